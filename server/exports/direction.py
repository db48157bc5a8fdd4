"""Which way a text runs, by its letters: what no format finds out by itself."""

import unicodedata
from typing import Final

LEFTWARD: Final = frozenset({"R", "AL"})
"""Letters of scripts that run from the right to the left."""


def holds_leftward(text: str) -> bool:
    """Whether any of its letters run to the left."""
    return any(unicodedata.bidirectional(sign) in LEFTWARD for sign in text)
