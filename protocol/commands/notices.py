"""Commands on what facilitators say to the room: a line for all, or for one group."""

from typing import Literal

from protocol.base import Id, NoticeText, Shape


class NoticeSay(Shape):
    """Facilitator: a line that everybody's screen shows, or that of one group ([SAY1])."""

    do: Literal["notice.say"] = "notice.say"
    id: Id
    text: NoticeText
    board: Id | None = None


class NoticeEnd(Shape):
    """Facilitator: take the line off the screens; it stays in the list of what was said ([SAY3])."""

    do: Literal["notice.end"] = "notice.end"
    id: Id
