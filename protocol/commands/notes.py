"""Commands on notes."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Count, Id, NoteText, PaperColour, Rank, Shape

from .was import Was


class NoteAdd(Shape):
    """Write a note. `step`: the writing step that its author had before them ([SOFT1]).

    `private` and `anonymous`: what they were promised there ([SOFT4]).
    """

    do: Literal["note.add"] = "note.add"
    id: Id
    board: Id
    section: Id
    rank: Rank
    text: NoteText
    step: Id | None = None
    private: bool = False
    anonymous: bool = False


class NoteEdit(Shape):
    """Change a note's text. `rev` and `base`: the version I began with, for the merge ([NOTE4]).

    `exact`: only where the text still is `base`; else it is refused with `stale`, not merged ([UNDO1]).
    """

    do: Literal["note.edit"] = "note.edit"
    id: Id
    rev: Count
    base: NoteText
    text: NoteText
    exact: bool = False


class NoteSettle(Shape):
    """Of a note with siblings: `text` stands, the siblings go. `rev` is the version seen."""

    do: Literal["note.settle"] = "note.settle"
    id: Id
    rev: Count
    text: NoteText


class NoteMove(Shape):
    """Put a note elsewhere. With `stack` it joins that, wherever it lies by now; without, it leaves its own."""

    do: Literal["note.move"] = "note.move"
    id: Id
    board: Id
    section: Id
    rank: Rank
    stack: Id | None = None
    was: Was | None = None


class NoteTag(Shape):
    """Give a note exactly these lenses."""

    do: Literal["note.tag"] = "note.tag"
    id: Id
    lenses: Annotated[tuple[Id, ...], Field(max_length=limits.LENSES)]
    was: Was | None = None


class NoteColour(Shape):
    """Give a note a colour of its own; None: its section's."""

    do: Literal["note.colour"] = "note.colour"
    id: Id
    colour: PaperColour | None
    was: Was | None = None


class NoteBin(Shape):
    """Put a note into the bin. `new`: take back that I wrote it, while nobody did anything to it ([UNDO2])."""

    do: Literal["note.bin"] = "note.bin"
    id: Id
    was: Was | None = None
    new: bool = False


class NoteRestore(Shape):
    """Take a note out of the bin."""

    do: Literal["note.restore"] = "note.restore"
    id: Id
    was: Was | None = None


class NoteAdmit(Shape):
    """Facilitator: let these notes through that wait; what does not wait (any more) is left out ([MOD2])."""

    do: Literal["note.admit"] = "note.admit"
    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=limits.STACKED)]


class NoteAside(Shape):
    """Facilitator: set a note aside, or bring it back ([ASIDE1])."""

    do: Literal["note.aside"] = "note.aside"
    id: Id
    on: bool
    was: Was | None = None


class NoteReact(Shape):
    """Say "me too" to a note, or take it back."""

    do: Literal["note.react"] = "note.react"
    id: Id
    on: bool
