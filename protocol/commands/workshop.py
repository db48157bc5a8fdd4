"""Commands on the workshop as a whole and on its boards."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.agenda import Agenda
from protocol.base import Days, Detail, Id, Millis, Shape, Title, Wall


class WorkshopEdit(Shape):
    """Facilitator: title and purpose."""

    do: Literal["workshop.edit"] = "workshop.edit"
    title: Title
    purpose: Detail


class AgendaSet(Shape):
    """System only: this agenda instead of the one there is, where nothing has begun ([TMPL5])."""

    do: Literal["agenda.set"] = "agenda.set"
    agenda: Agenda


class WorkshopStart(Shape):
    """Facilitator: when the session begins (ms); None: no time is set."""

    do: Literal["workshop.start"] = "workshop.start"
    at: Millis | None


class WorkshopRetain(Shape):
    """Facilitator: delete the workshop so many days after its last entry; None: keep it ([KEEP1])."""

    do: Literal["workshop.retain"] = "workshop.retain"
    days: Days | None


class WorkshopSpotlight(Shape):
    """Facilitator: put a board, a stack, a note or the `plan` in front of everybody, or nothing."""

    do: Literal["workshop.spotlight"] = "workshop.spotlight"
    target: Id | None


class WorkshopGather(Shape):
    """Facilitator: bring everybody to what is in the spotlight, or let them go ([GATHER1])."""

    do: Literal["workshop.gather"] = "workshop.gather"
    on: bool


class WorkshopWall(Shape):
    """Facilitator: what the big screens do from now on ([SCENE8])."""

    do: Literal["workshop.wall"] = "workshop.wall"
    wall: Wall


class BoardLock(Shape):
    """Facilitator, or who leads the board: lock or unlock it."""

    do: Literal["board.lock"] = "board.lock"
    board: Id
    locked: bool


class BoardExtend(Shape):
    """Facilitator: give one group more minutes in the current step (`step`, as the facilitator saw it) ([MON3])."""

    do: Literal["board.extend"] = "board.extend"
    board: Id
    step: Id
    minutes: Annotated[int, Field(ge=1, le=limits.STEP_MINUTES)]
