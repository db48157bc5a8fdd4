"""Templates: agendas, sections and suggested issues as plain data; a workshop begins as a copy of one."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from protocol.base import Colour, Detail, Dots, Icon, Id, Minutes, Shape, Title
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.records import Issue, Lens, Record, Section, Step, StepKind, Workshop

from .ranks import rank
from .refused import Refused

FOLDER = Path(__file__).parent / "templates"


class StepPlan(Shape):
    """A step as a template describes it."""

    step: StepKind
    title: Title
    minutes: Minutes
    instruction: Detail = ""
    dots: Dots = 5
    most: Annotated[int, Field(ge=1, le=99)] = 1
    blind: bool = False
    private: bool = False
    anonymous: bool = False


class SectionPlan(Shape):
    """A section as a template describes it."""

    title: Title
    hint: Detail = ""
    colour: Colour
    icon: Icon


class IssuePlan(Shape):
    """An issue suggested in advance."""

    title: Title
    detail: Detail = ""


class Template(Shape):
    """A whole template file."""

    name: Title
    purpose: Detail
    steps: Annotated[tuple[StepPlan, ...], Field(min_length=1)]
    sections: Annotated[tuple[SectionPlan, ...], Field(min_length=1)]
    lenses: tuple[Title, ...] = ()
    issues: tuple[IssuePlan, ...] = ()


def names() -> list[str]:
    """The templates there are."""
    return sorted(file.stem for file in FOLDER.glob("*.json"))


@cache
def load(name: Id) -> Template:
    """A template by its name; refused with `not_found` where there is none."""
    if name not in names():
        raise Refused(Code.NOT_FOUND, "There is no template of that name.")
    return Template.model_validate_json((FOLDER / f"{name}.json").read_bytes())


def founding(  # noqa: PLR0913, PLR0917
    template: Template,
    workshop_id: str,  # noqa: ARG001
    code: str,
    title: str,
    purpose: str,
    now: int,
) -> tuple[Change, ...]:
    """The changes of a workshop's first entry, at `now` (ms). An empty `purpose` takes the template's.

    The workshop's own id names its log and stands in no record.
    """
    records: list[Record] = [
        *(Step(id=f"step-{i}", rank=rank(i), **dict(step)) for i, step in enumerate(template.steps)),
        *(Section(id=f"section-{i}", rank=rank(i), **dict(s)) for i, s in enumerate(template.sections)),
        *(Lens(id=f"lens-{i}", rank=rank(i), title=lens) for i, lens in enumerate(template.lenses)),
        *_suggested(template, now),
        Workshop(
            id="workshop",
            code=code,
            title=title,
            purpose=purpose or template.purpose,
            step="step-0",
            step_started=now,
            created=now,
        ),
    ]
    return tuple(Put(record=record) for record in records)


def _suggested(template: Template, now: int) -> list[Issue]:
    plans = enumerate(template.issues)
    return [Issue(id=f"issue-{i}", rank=rank(i), **dict(plan), by=None, at=now) for i, plan in plans]
