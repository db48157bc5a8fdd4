"""Texts with a separator between their cells: CSV, TSV, and what is copied out of a spreadsheet."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Final

from protocol import limits

from .building import Building
from .guessing import table

SEPARATORS: Final = (",", ";", "\t", "|")
LOOKED_AT: Final = 200
"""Rows by which the separator is found out."""


def separator(text: str) -> tuple[str, float]:
    """The likeliest, and how sure it is: the share of rows that have as many cells (two or more) as most have."""
    first = text[:6].lower()
    if first.startswith("sep=") and first[4:5] in SEPARATORS:
        return first[4], 1.0
    return max(((each, _evenness(text, each)) for each in SEPARATORS), key=lambda found: found[1])


def _evenness(text: str, each: str) -> float:
    widths = Counter[int]()
    for row in _rows(text[: limits.IMPORT_BYTES // 8], each):
        widths[len(row)] += bool(row)
        if widths.total() == LOOKED_AT:
            break
    width, often = max(widths.items(), key=lambda found: found[1], default=(0, 0))
    return often / widths.total() if width > 1 else 0.0


def _rows(text: str, each: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=each)


def separated(text: str, each: str, title: str) -> Building:
    """All of it."""
    csv.field_size_limit(limits.IMPORT_CHARS)
    building = Building("csv", title)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    rows: list[list[str]] = []
    for row in _rows(text, each):
        if len(rows) > limits.IMPORT_ROWS:
            break
        if any(row):
            rows.append(row)
    table(building, "", rows)
    return building
