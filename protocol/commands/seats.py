"""Commands on seats: people without a device of their own, for whom somebody beside them acts."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.base import Id, PersonName, Shape

from .comments import CommentAdd, CommentDrop, CommentEdit
from .issues import IssueAdd, IssueDrop, IssueEdit
from .many import Item, NoteMany
from .notes import NoteReact, NoteSettle
from .people import HandLower, HandRaise, PersonRename
from .votes import VoteCast

Act = (
    Item | NoteSettle | NoteReact | NoteMany
    | CommentAdd | CommentEdit | CommentDrop
    | IssueAdd | IssueEdit | IssueDrop
    | VoteCast
    | HandRaise | HandLower | PersonRename
)  # fmt: skip
AnyAct = Annotated[Act, Field(discriminator="do")]


class SeatAdd(Shape):
    """Give a seat on my device to somebody who has none."""

    do: Literal["seat.add"] = "seat.add"
    id: Id
    name: PersonName


class SeatDrop(Shape):
    """Give up a seat of mine (facilitator: any)."""

    do: Literal["seat.drop"] = "seat.drop"
    id: Id


class SeatAct(Shape):
    """Do this for a seat of mine."""

    do: Literal["seat.act"] = "seat.act"
    seat: Id
    command: AnyAct
