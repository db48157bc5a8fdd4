"""Commands on comments."""

from typing import Literal

from protocol.base import CommentText, Id, Rank, Shape


class CommentAdd(Shape):
    """Say something to a note. `anonymous`: its author was promised to stay unnamed ([SOFT2])."""

    do: Literal["comment.add"] = "comment.add"
    id: Id
    note: Id
    rank: Rank
    text: CommentText
    anonymous: bool = False


class CommentEdit(Shape):
    """Change my comment."""

    do: Literal["comment.edit"] = "comment.edit"
    id: Id
    text: CommentText


class CommentDrop(Shape):
    """Take my comment away (facilitator: any)."""

    do: Literal["comment.drop"] = "comment.drop"
    id: Id
