"""How the asker saw what they change."""

from typing import Literal

from protocol.base import Id, NoteText, PaperColour, Rank, Shape, StackTitle


class Was(Shape):
    """How the asker saw a note or a stack: where a field that is given here is another by now, `stale` ([UNDO1]).

    Of `stack` and `colour` the empty text means: none.
    """

    text: NoteText | None = None
    lenses: tuple[Id, ...] | None = None
    board: Id | None = None
    section: Id | None = None
    rank: Rank | None = None
    stack: Id | Literal[""] | None = None
    colour: PaperColour | Literal[""] | None = None
    binned: bool | None = None
    aside: bool | None = None
    title: StackTitle | None = None
