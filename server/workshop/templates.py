"""Templates: agendas as plain data; a workshop begins as a copy of one."""

from functools import cache
from pathlib import Path

from protocol.agenda import Agenda
from protocol.base import Id, Tongue
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.records import Board, Issue, Lens, Record, Section, Step, Workshop

from .ranks import rank
from .refused import Refused

FOLDER = Path(__file__).parent / "templates"


def names() -> list[str]:
    """The templates there are."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


@cache
def load(name: Id, language: Tongue = "en") -> Agenda:
    """[TMPL3] A template by its name, in this language if we have it; refused with `not_found` where there is none."""
    if name not in names():
        raise Refused(Code.NOT_FOUND, "There is no template of that name.")
    translated = FOLDER / language / f"{name}.json"
    file = translated if translated.is_file() else FOLDER / f"{name}.json"
    return Agenda.model_validate_json(file.read_bytes())


def founding(  # noqa: PLR0913, PLR0917
    agenda: Agenda,
    workshop_id: str,  # noqa: ARG001
    code: str,
    title: str,
    purpose: str,
    now: int,
) -> tuple[Change, ...]:
    """The changes of a workshop's first entry, at `now` (ms). An empty `purpose` takes the agenda's.

    The workshop's own id names its log and stands in no record.
    """
    workshop = Workshop(
        id="workshop",
        code=code,
        title=title,
        purpose=purpose or agenda.purpose,
        step="step-0",
        step_started=now,
        paused=now,
        created=now,
    )
    return tuple(Put(record=record) for record in (*planned(agenda, now), workshop))


def planned(agenda: Agenda, now: int) -> list[Record]:
    """The records that an agenda comes to; the first step is `step-0`."""
    return [
        *(Step(id=f"step-{i}", rank=rank(i), **dict(step)) for i, step in enumerate(agenda.steps)),
        *(Section(id=f"section-{i}", rank=rank(i), **dict(s)) for i, s in enumerate(agenda.sections)),
        *(Lens(id=f"lens-{i}", rank=rank(i), title=lens) for i, lens in enumerate(agenda.lenses)),
        *_suggested(agenda, now),
        *_chosen(agenda),
    ]


def _suggested(agenda: Agenda, now: int) -> list[Issue]:
    return [
        Issue(id=f"issue-{i}", rank=rank(i), title=plan.title, detail=plan.detail, by=None, at=now)
        for i, plan in enumerate(agenda.issues)
    ]


def _chosen(agenda: Agenda) -> list[Board]:
    plans = enumerate(agenda.issues)
    return [Board(id=f"issue-{i}", rank=rank(i), title=plan.title) for i, plan in plans if plan.chosen]
