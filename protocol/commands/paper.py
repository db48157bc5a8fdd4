"""Commands on the paper that all write together."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Count, Id, PaperBytes, Shape, UpdateBytes, WordCount


class PaperBegin(Shape):
    """The server: the paper begins, as it was made from the boards, for whoever asked ([PAPER1])."""

    do: Literal["paper.begin"] = "paper.begin"
    base: Annotated[PaperBytes, Field(max_length=limits.PAPER_BYTES)]
    by: Id | None = None
    target: WordCount = limits.PAPER_WORDS


class PaperEdit(Shape):
    """What I wrote into the paper ([PAPER3])."""

    do: Literal["paper.edit"] = "paper.edit"
    id: Id
    data: UpdateBytes
    form: Count = 0
    """The newest form of the paper that the app knows in which it was written ([FORM1])."""


class PaperSet(Shape):
    """Facilitator: how many words the paper should have, about."""

    do: Literal["paper.set"] = "paper.set"
    target: WordCount
