"""Bytes to text: which encoding it is, line ends, and the characters that no note may hold ([IMP2])."""

import codecs
import re
from typing import Final

from protocol.base import CONTROL

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85]")
"""Vertical tabs and form feeds are how office programs break a line within a cell."""
INSTEAD: Final = "\ufffd"


def decoded(data: bytes) -> str:
    """The text, its line ends made newlines, without a mark. What cannot be is U+FFFD."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return plain(data[len(mark) :].decode(encoding, "replace"))
    return plain(_unmarked(data))


def plain(text: str) -> str:
    """What a note may hold: newlines for line ends, U+FFFD for control characters and lone surrogates."""
    return CONTROL.sub(INSTEAD, LINE_ENDS.sub("\n", text))


def _unmarked(data: bytes) -> str:
    """Without a mark: UTF-16 shows by its zeros; UTF-8 by being valid, but for a few bytes; else Windows-1252."""
    if wide := _wide(data[:4_096]):
        return data.decode(wide, "replace")
    text = data.decode("utf-8", "replace")
    bad = text.count(INSTEAD) - data.count(INSTEAD.encode())
    if bad * 10 <= sum(character > "\x7f" for character in text):
        return text
    return data.decode("cp1252", "replace")


def _wide(start: bytes) -> str | None:
    even, odd = start[::2], start[1::2]
    if len(start) >= 2 and odd.count(0) * 2 > len(odd) and not even.count(0):
        return "utf-16-le"
    if len(start) >= 2 and even.count(0) * 2 > len(even) and not odd.count(0):
        return "utf-16-be"
    return None
