"""An agenda as plain data: what a workshop begins with, as built in, in a file, or in the request that makes one.

It holds nobody's notes, dots or names. `version` is the file's own; a file of a later one is refused in plain words.
"""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from . import limits
from .base import Colour, Detail, Dots, Each, Icon, Minutes, Shape, Title
from .records import StepKind

NEWEST: Final = 1
NEWER: Final = "newer_version"
"""The kind of error that a file of a later version is."""


def _known(version: object) -> object:
    if isinstance(version, int) and version > NEWEST:
        raise PydanticCustomError(NEWER, "this agenda was saved by a newer Plenary")
    return version


class StepPlan(Shape):
    """A step of an agenda: a step as it is before anything happened in it."""

    step: StepKind
    title: Title
    minutes: Minutes
    instruction: Detail = ""
    dots: Dots = 5
    most: Annotated[int, Field(ge=1, le=99)] = 1
    blind: bool = False
    private: bool = False
    anonymous: bool = False
    most_notes: Each = 0
    moderated: bool = False


class SectionPlan(Shape):
    """A column that every board gets."""

    title: Title
    hint: Detail = ""
    colour: Colour
    icon: Icon


class IssuePlan(Shape):
    """An issue suggested in advance."""

    title: Title
    detail: Detail = ""
    chosen: bool = False
    """It has its board from the beginning, where nothing is to be chosen ([TMPL2])."""


def _few_boards(issues: tuple[IssuePlan, ...]) -> tuple[IssuePlan, ...]:
    if sum(issue.chosen for issue in issues) > limits.BOARDS:
        raise PydanticCustomError("too_many_boards", f"at most {limits.BOARDS} issues are chosen")
    return issues


class Agenda(Shape):
    """A whole agenda. Its file says that it is one, and in which version ([TMPL4])."""

    plenary: Literal["agenda"] = "agenda"
    version: Annotated[Literal[1], BeforeValidator(_known)] = 1
    name: Title
    purpose: Detail
    steps: Annotated[tuple[StepPlan, ...], Field(min_length=1, max_length=limits.STEPS)]
    sections: Annotated[tuple[SectionPlan, ...], Field(min_length=1, max_length=limits.SECTIONS)]
    lenses: Annotated[tuple[Title, ...], Field(max_length=limits.LENSES)] = ()
    issues: Annotated[tuple[IssuePlan, ...], Field(max_length=limits.ISSUES), AfterValidator(_few_boards)] = ()
