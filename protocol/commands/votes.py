"""Commands on dots."""

from typing import Literal

from protocol.base import Dots, Id, Shape


class VoteCast(Shape):
    """I want exactly `dots` of my dots on `target` in this round; 0 takes them back ([VOTE1])."""

    do: Literal["vote.cast"] = "vote.cast"
    round: Id
    target: Id
    dots: Dots
