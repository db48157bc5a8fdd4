"""Commands on stacks."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Id, Rank, Shape, StackTitle

from .was import Was


class StackMake(Shape):
    """Stack notes where the first of them lies. `rank`: the stack's place there; without, that of the first note."""

    do: Literal["stack.make"] = "stack.make"
    id: Id
    notes: Annotated[tuple[Id, ...], Field(min_length=2, max_length=limits.STACKED)]
    rank: Rank | None = None
    title: StackTitle = ""


class StackName(Shape):
    """Name a stack."""

    do: Literal["stack.name"] = "stack.name"
    id: Id
    title: StackTitle
    was: Was | None = None


class StackMove(Shape):
    """Put a stack elsewhere, with its notes."""

    do: Literal["stack.move"] = "stack.move"
    id: Id
    board: Id
    section: Id
    rank: Rank
    was: Was | None = None


class StackSplit(Shape):
    """Take a stack apart: its notes lie on their own again, each at its own rank."""

    do: Literal["stack.split"] = "stack.split"
    id: Id
