"""Several commands on notes and stacks as one."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Shape

from .notes import NoteAdd, NoteAside, NoteBin, NoteColour, NoteEdit, NoteMove, NoteRestore, NoteTag
from .stacks import StackMake, StackMove, StackName, StackSplit

Item = (
    NoteAdd | NoteEdit | NoteMove | NoteTag | NoteColour | NoteBin | NoteRestore | NoteAside
    | StackMake | StackName | StackMove | StackSplit
)  # fmt: skip
AnyItem = Annotated[Item, Field(discriminator="do")]


class NoteMany(Shape):
    """Several commands on notes and stacks as one: all of them, in order, or none ([NOTE14])."""

    do: Literal["note.many"] = "note.many"
    commands: Annotated[tuple[AnyItem, ...], Field(min_length=1, max_length=limits.STACKED)]
