"""A document's title at the foot of its pages: on one line, beside their numbers."""

from typing import Final

from .direction import runs_leftward
from .drawing import ELLIPSIS, cut, wide

ROOM: Final = 46.0
"""Of the line, in its letters' size: as much as each of the formats has there."""
LOOSE: Final = " ,;:.-\u2013\u2014"
"""What does not stand before an ellipsis."""
RIGHT_TO_LEFT: Final = "\u200f"
"""What stands before it belongs to letters that run to the left."""


def at_foot(title: str) -> str:
    """The title; a long one ends at a word's end with an ellipsis."""
    title = " ".join(title.split())
    if wide(title, 1) <= ROOM:
        return title
    kept = cut(title, 1, ROOM).removesuffix(ELLIPSIS)
    if title[len(kept) : len(kept) + 1] != " ":
        # One word that is too long is broken all the same.
        kept = kept.rpartition(" ")[0] or kept
    return kept.rstrip(LOOSE) + ELLIPSIS + (RIGHT_TO_LEFT if runs_leftward(title) else "")
