"""How wide the columns of a table are: by what stands in them."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

NARROWEST: Final = 6
"""In signs."""
LONGEST_WORDS: Final = (18, 14, 11, 8)
"""A longer one is broken; the later ones where there are many columns."""
PAGE: Final = 92
"""So many signs stand beside each other on a page."""
LONGEST: Final = 400
"""What is longer needs no more room than this."""
SPREAD: Final = 8
"""The longer a text, the more lines it takes: a column grows with the root of this many times its length."""


def shares(rows: Iterable[Sequence[str]]) -> tuple[float, ...]:
    """The part of the width for each column; together 1. The rows are equally long."""
    columns = list(zip(*rows, strict=True))
    least = _least(columns)
    wanted = [max(known, *map(_wanted, column)) for known, column in zip(least, columns, strict=True)]
    spare = PAGE - sum(least)
    if 0 < spare < sum(wanted) - sum(least):
        # Not all is to be had: what words need comes first.
        part = spare / (sum(wanted) - sum(least))
        wanted = [known + (each - known) * part for known, each in zip(least, wanted, strict=True)]
    return tuple(each / sum(wanted) for each in wanted)


def _least(columns: Sequence[Sequence[str]]) -> list[float]:
    """What the words need of each; where a page has no room for that, longer ones are broken first."""
    words = [max((len(word) for text in column for word in text.split()), default=0) for column in columns]
    found: list[float] = []
    for longest in LONGEST_WORDS:
        found = [max(NARROWEST, min(word, longest) * 1.25 + 2) for word in words]
        if sum(found) <= PAGE:
            break
    return found


def _wanted(text: str) -> float:
    return math.sqrt(SPREAD * min(len(text), LONGEST))


def plain(row: Sequence[object]) -> tuple[str, ...]:
    """A row's cells as texts; those of a grid are lines of runs."""
    return tuple("".join(run.text for run in cell) if isinstance(cell, tuple) else str(cell) for cell in row)
