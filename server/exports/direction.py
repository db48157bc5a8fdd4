"""Which way a text runs, by its letters: what no format finds out by itself."""

import unicodedata
from typing import Final

LEFTWARD: Final = frozenset({"R", "AL"})
"""Letters of scripts that run from the right to the left."""
RIGHTWARD: Final = "L"
"""As Unicode names the letters of the others."""


def runs_leftward(text: str) -> bool:
    """Whether it begins at the right: as its first letter does, whatever signs and digits stand before that."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    return next((way for way in ways if way == RIGHTWARD or way in LEFTWARD), RIGHTWARD) in LEFTWARD


def holds_leftward(text: str) -> bool:
    """Whether any of its letters run to the left."""
    return any(unicodedata.bidirectional(sign) in LEFTWARD for sign in text)
