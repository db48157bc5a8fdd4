"""Commands on the agenda and its clock."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Detail, Dots, Each, Id, Minutes, Rank, Shape, Title
from protocol.records import StepKind


class StepGo(Shape):
    """Facilitator: make `step` the current one; `current` is the step the facilitator saw ([STEP2])."""

    do: Literal["step.go"] = "step.go"
    step: Id
    current: Id


class StepExtend(Shape):
    """Facilitator: give the current step more minutes (or fewer, when negative)."""

    do: Literal["step.extend"] = "step.extend"
    minutes: Annotated[int, Field(ge=-limits.STEP_MINUTES, le=limits.STEP_MINUTES)]


class StepPause(Shape):
    """Facilitator: stop the clock of the current step (`step`, as the facilitator saw it), or let it go on."""

    do: Literal["step.pause"] = "step.pause"
    step: Id
    on: bool


class StepEnd(Shape):
    """Facilitator: the time of the current step (`step`, as the facilitator saw it) is up now; the step stays."""

    do: Literal["step.end"] = "step.end"
    step: Id


class StepAdd(Shape):
    """Facilitator: a new step in the agenda."""

    do: Literal["step.add"] = "step.add"
    id: Id
    rank: Rank
    step: StepKind
    title: Title
    minutes: Minutes
    instruction: Detail = ""


class StepEdit(Shape):
    """Facilitator: change a step; fields left out stay as they are."""

    do: Literal["step.edit"] = "step.edit"
    step: Id
    title: Title | None = None
    minutes: Minutes | None = None
    instruction: Detail | None = None
    rank: Rank | None = None
    dots: Dots | None = None
    most: Annotated[int, Field(ge=1, le=99)] | None = None
    blind: bool | None = None
    private: bool | None = None
    anonymous: bool | None = None
    most_notes: Each | None = None
    moderated: bool | None = None
    skipped: bool | None = None


class StepDrop(Shape):
    """Facilitator: take a step out of the agenda; not the current one, nor one that holds notes or dots."""

    do: Literal["step.drop"] = "step.drop"
    step: Id


class StepReveal(Shape):
    """Facilitator: turn over the sealed notes of a private writing step. Cannot be undone."""

    do: Literal["step.reveal"] = "step.reveal"
    step: Id


class StepShow(Shape):
    """Facilitator: show the results of a round of dots. Cannot be undone."""

    do: Literal["step.show"] = "step.show"
    step: Id
