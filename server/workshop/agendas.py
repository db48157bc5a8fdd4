"""Agendas of workshops: taken out of one, and put into one in which nothing has begun."""

from collections.abc import Iterable
from typing import TypeVar

from protocol.agenda import Agenda, IssuePlan, SectionPlan, StepPlan
from protocol.base import Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import AgendaSet
from protocol.records import Issue, Lens, Section, Step, StepKind

from . import find
from .access import is_held
from .actor import Actor
from .refused import Refused
from .spotlight import ANEW
from .state import State
from .steps import first_of
from .templates import planned

PLANNED = ("step", "section", "lens", "issue", "board", "memo")
"""The kinds of records that an agenda comes to, and those that hang on one of these."""
R = TypeVar("R", Step, Section, Lens, Issue)


def agenda_of(state: State, *, issues: bool) -> Agenda:
    """[DUP1] What a workshop was set up with: no people, notes or dots.

    `issues`: those suggested in advance too. Where nothing is to be chosen, those with a board come in any case.
    """
    workshop = state.workshop
    steps = _in_order(state.steps.values())
    chosen = state.boards.keys() if all(step.step is not StepKind.CHOOSE for step in steps) else frozenset[str]()
    suggested = [
        issue
        for issue in _in_order(state.issues.values())
        if not issue.merged and not is_held(issue) and _in_advance(state, issue)
    ]
    return Agenda(
        name=workshop.title,
        purpose=workshop.purpose,
        steps=tuple(StepPlan(**{name: getattr(step, name) for name in StepPlan.model_fields}) for step in steps),
        sections=tuple(
            SectionPlan(title=s.title, hint=s.hint, colour=s.colour, icon=s.icon)
            for s in _in_order(s for s in state.records["section"].values() if isinstance(s, Section))
        ),
        lenses=tuple(
            lens.title for lens in _in_order(one for one in state.records["lens"].values() if isinstance(one, Lens))
        ),
        issues=tuple(
            IssuePlan(title=issue.title, detail=issue.detail, chosen=issue.id in chosen)
            for issue in suggested
            if issues or issue.id in chosen
        ),
    )


def set_(state: State, actor: Actor, command: AgendaSet, now: int) -> tuple[Change, ...]:
    """[TMPL5] Another agenda instead of this one; people and the door stay as they are."""
    actor.must_be_system("An agenda is opened over HTTP.")
    if has_begun(state):
        raise Refused(Code.NOT_NOW, "The workshop has begun; open the agenda in a new one.")
    news = planned(command.agenda, now)
    there = {(record.kind, record.id) for record in news}
    old = [record for kind in PLANNED for record in state.records[kind].values()]
    gone = [find.drop(record) for record in old if (record.kind, record.id) not in there]
    freed = [
        change for person in state.people.values() for change in find.patch(person, board=None, leads=None, ready=None)
    ]
    starts = state.workshop.starts
    clock = {"step_started": now if starts is None else starts, "paused": now if starts is None else None}
    fresh = {"step": "step-0", "purpose": command.agenda.purpose, "extended": 0, "timed": True, **ANEW, **clock}
    return (*(Put(record=record) for record in news), *find.patch(state.workshop, **fresh), *freed, *gone)


def has_begun(state: State) -> bool:
    """Whether the first step was left, or anything is there that somebody did."""
    done = any((state.notes, state.stacks, state.ballots, state.activities))
    proposed = any(not _in_advance(state, issue) for issue in state.issues.values())
    return state.step.id != first_of(state).id or done or proposed


def _in_advance(state: State, issue: Issue) -> bool:
    """Whether it was suggested with the agenda, or by who leads."""
    by = state.people.get(issue.by or "")
    return issue.by is None or (by is not None and by.role is Role.FACILITATOR)


def _in_order(records: Iterable[R]) -> list[R]:
    return sorted(records, key=lambda record: (record.rank, record.id))
