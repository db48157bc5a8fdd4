"""A file of whatever kind: what it is, told by its content, its name being a hint ([IMP1])."""

from typing import Final

from protocol import limits
from protocol.codes import Code
from protocol.imports import Import
from server.workshop.refused import Refused

from . import excalidraw, trello, values, workbook
from .building import Building
from .decoded import decoded
from .guessing import NAMES
from .lists import is_marked, listed
from .separated import separated, separator
from .tree import parsed

OTHERS: Final = (
    (b"%PDF", "A PDF holds no notes that can be told apart. Export the board as CSV or XLSX."),
    (b"\xd0\xcf\x11\xe0", "This is an old workbook (XLS), or one with a password. Save it as XLSX or CSV."),
    (b"\x89PNG", "A picture holds no text. Export the board as CSV or XLSX."),
    (b"\xff\xd8\xff", "A picture holds no text. Export the board as CSV or XLSX."),
    (b"GIF8", "A picture holds no text. Export the board as CSV or XLSX."),
    (b"{\\rtf", "Save the document as plain text, and bring that in."),
    (b"\x1f\x8b", "The file is compressed. Unpack it first."),
)
JSON: Final = frozenset({"json", "excalidraw"})
"""Kinds that are JSON by their name. Any other text may begin with a bracket: `[x] Call Dana`."""
SURE: Final = 0.9
"""So even must the rows of a text be for it to be a table, where its name does not say so."""


def read(data: bytes, name: str = "") -> Import:
    """All of it as tables, or `Refused` with what is wrong."""
    if len(data) > limits.IMPORT_BYTES:
        raise Refused(Code.TOO_LARGE, "The file is too large.")
    for sign, words in OTHERS:
        if data.startswith(sign):
            raise Refused(Code.INVALID, words)
    title, _, kind = name.rpartition(".")
    title, kind = (title, kind.lower()) if title else (name, "")
    if data.startswith(b"PK\x03\x04"):
        return workbook.read(data, title).done()
    return _of_text(decoded(data), title, kind).done()


def _of_text(text: str, title: str, kind: str) -> Building:
    if not text.strip():
        raise Refused(Code.INVALID, "The file is empty.")
    if kind in JSON or (text.lstrip().startswith(("{", "[")) and kind not in {"csv", "tsv", "md"}):
        return _of_json(text, title, kind)
    sign, sure = separator(text)
    if kind in {"csv", "tsv"}:
        return separated(text, "\t" if kind == "tsv" and not sure else sign, title)
    if kind not in {"md", "markdown"} and _is_table(text, sign, sure):
        return separated(text, sign, title)
    return listed(text, title)


def _is_table(text: str, sign: str, sure: float) -> bool:
    """Tabs are in tables alone; a comma also is in sentences, so there the first row must name columns."""
    first, _, rest = text.strip().partition("\n")
    if sure < SURE or not rest.strip():
        return False
    names = ["".join(filter(str.isalnum, name.casefold())) for name in first.split(sign)]
    return sign == "\t" or (not is_marked(text) and sum(name in NAMES for name in names) * 2 >= len(names))


def _of_json(text: str, title: str, kind: str) -> Building:
    try:
        value = parsed(text)
    except Refused:
        if kind in JSON:
            raise
        return listed(text, title)
    if trello.is_board(value):
        return trello.board(value, title)
    if excalidraw.is_drawing(value):
        return excalidraw.drawing(value, title)
    if values.is_list(value):
        return values.values(value, title)
    if isinstance(value, dict) and "plenary" in value:
        raise Refused(Code.INVALID, "This is a file of Plenary itself, which is opened at the front door.")
    if kind and kind not in JSON:
        return listed(text, title)
    raise Refused(Code.INVALID, "This JSON is neither a board of Trello, nor a drawing of Excalidraw, nor a list.")
