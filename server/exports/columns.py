"""How wide the columns of a table are: by what stands in them."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

NARROWEST: Final = 6
"""In signs."""
LONGEST_WORD: Final = 18
"""A longer one is broken."""
LONGEST: Final = 400
"""What is longer needs no more room than this."""
SPREAD: Final = 8
"""The longer a text, the more lines it takes: a column grows with the root of this many times its length."""


def shares(rows: Iterable[Sequence[str]]) -> tuple[float, ...]:
    """The part of the width for each column; together 1. The rows are equally long."""
    wanted = [max(map(_wanted, column)) for column in zip(*rows, strict=True)]
    return tuple(each / sum(wanted) for each in wanted)


def _wanted(text: str) -> float:
    word = max(map(len, text.split()), default=0)
    return max(NARROWEST, min(word, LONGEST_WORD) * 1.25 + 2, math.sqrt(SPREAD * min(len(text), LONGEST)))


def plain(row: Sequence[object]) -> tuple[str, ...]:
    """A row's cells as texts; those of a grid are lines of runs."""
    return tuple("".join(run.text for run in cell) if isinstance(cell, tuple) else str(cell) for cell in row)
