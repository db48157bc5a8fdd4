"""Which way a text runs, by its letters: what no format finds out by itself."""

import unicodedata
from typing import Final

from .document import Block, Heading, Listing, Prose, Quote

LEFTWARD: Final = frozenset({"R", "AL"})
"""Letters of scripts that run from the right to the left."""
RIGHTWARD: Final = "L"
"""As Unicode names the letters of the others."""


def runs_leftward(text: str) -> bool:
    """Whether it begins at the right: as its first letter does, whatever signs and digits stand before that."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    return next((way for way in ways if way == RIGHTWARD or way in LEFTWARD), RIGHTWARD) in LEFTWARD


def isolated(ours: str, text: str) -> str:
    """Words of ours beside a text: where it runs to the left they are a whole of their own, and stay in their order."""
    return f"\u2066{ours}\u2069" if runs_leftward(text) else ours


def begins_leftward(block: Block) -> bool:
    """Whether what people wrote begins at the right: as the first of it does."""
    if isinstance(block, Prose):
        return runs_leftward("".join(run.text for run in block.line))
    if isinstance(block, Heading):
        return runs_leftward(block.text)
    inside = block.blocks if isinstance(block, Quote) else block.items[0] if isinstance(block, Listing) else ()
    return bool(inside) and begins_leftward(inside[0])


def holds_leftward(text: str) -> bool:
    """Whether any of its letters run to the left."""
    return any(unicodedata.bidirectional(sign) in LEFTWARD for sign in text)
