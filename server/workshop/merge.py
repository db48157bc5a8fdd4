"""Two people in one note: their texts merge word by word, three-way, from what both began with ([NOTE4])."""

import re

from merge3 import Merge3

from protocol import limits

WORDS = re.compile(r"\s+|\S+")
"""Words end at white space alone: letters of many scripts are made of several characters."""


def merge(base: str, theirs: str, mine: str) -> str | None:
    """One text with both changes, or None where both changed the same words or it grows too long."""
    if mine in {base, theirs}:
        return theirs
    if theirs == base:
        return mine
    merged = _woven(base, theirs, mine)
    return merged if merged is not None and merged.strip() and len(merged) <= limits.NOTE_CHARS else None


def _woven(base: str, theirs: str, mine: str) -> str | None:
    parts: list[str] = []
    three = Merge3(WORDS.findall(base), WORDS.findall(theirs), WORDS.findall(mine))
    for group in three.merge_groups():
        if group[0] == "conflict":
            return None
        parts.extend(group[1])
    return "".join(parts)
