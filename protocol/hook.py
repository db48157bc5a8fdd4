"""Another program that is told of what happens: the record that says where it is, and how far it was told."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Count, HookAddress, Icon, Id, Millis, Shape, Title


class Happening(Shape):
    """Something that another program is told of. `step`: the one that is current then."""

    n: Count
    what: Literal["step.changed", "workshop.closed", "test"]
    at: Millis
    step: Id
    kind: Icon
    """What that step is for."""
    title: Title


class Attempt(Shape):
    """How it ended to tell the happening `n`. `status`: what was answered (HTTP); None: nothing was."""

    n: Count
    at: Millis
    arrived: bool
    status: Annotated[int, Field(ge=100, le=999)] | None = None
    why: Literal["answered", "silent", "unreachable", "not_allowed"] = "answered"


class Hook(Shape):
    """Another program that is told of what happens ([HOOK2]). Facilitators get it, without its address."""

    kind: Literal["hook"] = "hook"
    id: Id
    address: HookAddress | Literal[""]
    """Empty: nobody is told; or it is not for whoever gets this."""
    on: bool = False
    """Only ever true in what is sent: somebody is told."""
    number: Count = 1
    """Of its secret."""
    count: Count = 0
    """How many happenings there were."""
    waiting: tuple[Happening, ...] = ()
    """Not told yet, the oldest first."""
    tries: Count = 0
    """How often the first of them was tried."""
    due: Millis = 0
    """Not before then is it tried again."""
    last: Attempt | None = None
