"""Commands on the plan: its activities."""

from typing import Literal

from protocol.base import ActivityTitle, After, Count, Id, Length, Line, Month, Rank, Shape
from protocol.records import Status


class ActivityAdd(Shape):
    """Something to be done. `issue` and `source`: what it is for, and the note or stack it comes from ([PLAN3])."""

    do: Literal["activity.add"] = "activity.add"
    id: Id
    rank: Rank
    title: ActivityTitle
    owner: Line = ""
    first: Line = ""
    start: Month
    length: Length
    issue: Id | None = None
    source: Id | None = None


class ActivityEdit(Shape):
    """Change its words; those left out stay as they are. `rev` is the version I began with ([PLAN2])."""

    do: Literal["activity.edit"] = "activity.edit"
    id: Id
    rev: Count
    title: ActivityTitle | None = None
    owner: Line | None = None
    first: Line | None = None


class ActivitySet(Shape):
    """Move or stretch it in time, say how it stands or what it is for; fields left out stay as they are.

    Of `issue` and `lens` the empty text means: none. `after`: all that it waits for ([PLAN6]).
    """

    do: Literal["activity.set"] = "activity.set"
    id: Id
    start: Month | None = None
    length: Length | None = None
    status: Status | None = None
    issue: Id | Literal[""] | None = None
    rank: Rank | None = None
    lens: Id | Literal[""] | None = None
    after: After | None = None


class ActivityDrop(Shape):
    """Take it out of the plan."""

    do: Literal["activity.drop"] = "activity.drop"
    id: Id
