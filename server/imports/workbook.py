"""Workbooks (XLSX): each sheet a table. Never more is unpacked than the limits allow ([IMP4])."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from xml.parsers import expat

from protocol import limits
from protocol.codes import Code
from protocol.imports import What
from server.workshop.refused import Refused

from .building import Building
from .guessing import table

Found = Callable[[str, dict[str, str]], None]

PARTS: Final = 2_000
"""Most parts of a workbook."""
CHUNK: Final = 65_536
DATES: Final = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built-in formats of numbers that are dates or times."""
DATE_SIGNS: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
UNSPOKEN: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What a format says literally, or by name of a colour or a language."""
DAMAGED: Final = (
    expat.ExpatError, zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error,
)  # fmt: skip
"""What the readers of archives and of XML raise; `RuntimeError`: a part needs a password."""
REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Workbook:
    """An archive of XML parts, read one after another from one allowance."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED:
            raise Refused(Code.MALFORMED, "This workbook is damaged.") from None
        self.names = [each.filename for each in self._zip.infolist()]
        if len(self.names) > PARTS:
            raise Refused(Code.TOO_LARGE, "This workbook has too many parts.")
        self._left = limits.IMPORT_UNPACKED

    def read(self, name: str, start: Found, end: Callable[[str], None], said: Callable[[str], None]) -> None:
        """Walk through a part; one that is not there is empty. Names are told without their namespaces."""
        if name not in self.names:
            return
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, fields: start(_local(tag), {_local(k): v for k, v in fields.items()})
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = said
        parser.StartDoctypeDeclHandler = _no_entities
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Refused(Code.TOO_LARGE, "This workbook unpacks to more than is allowed.")
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except DAMAGED:
            raise Refused(Code.MALFORMED, "This workbook is damaged.") from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _no_entities(*_: object) -> None:
    raise Refused(Code.INVALID, "This workbook declares entities, which no office program does.")


def read(data: bytes, title: str) -> Building:
    """All of it: a table for each sheet, and what lies over them."""
    book = Workbook(data)
    if "xl/workbook.xml" not in book.names:
        raise Refused(Code.INVALID, "This archive is no workbook (XLSX).")
    building = Building("xlsx", title)
    named, early = _sheets(book)
    strings = [_unescaped(text) for text in _texts(book, "xl/sharedStrings.xml", "si")]
    dated = _dated(book)
    for name, part in named:
        sheet = Sheet(strings, dated, early=early)
        book.read(part, sheet.start, sheet.end, sheet.said)
        before = len(building.tables)
        table(building, name, sheet.rows())
        if len(building.tables) == before:
            building.leave(What.EMPTY, name)
    _over(book, building)
    return building


def _sheets(book: Workbook) -> tuple[list[tuple[str, str]], bool]:
    """The names and parts of the sheets, in order; and whether days count from 1904."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    early: list[bool] = []

    def related(tag: str, fields: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[fields.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", fields.get("Target", "")))[1:]

    def listed(tag: str, fields: dict[str, str]) -> None:
        if tag == "sheet":
            found.append((fields.get("name", ""), fields.get("id", "")))
        elif tag == "workbookPr" and fields.get("date1904") in {"1", "true"}:
            early.append(True)

    book.read("xl/_rels/workbook.xml.rels", related, _quiet, _quiet)
    book.read("xl/workbook.xml", listed, _quiet, _quiet)
    return [(name, targets.get(id_, "")) for name, id_ in found], bool(early)


def _texts(book: Workbook, part: str, whole: str) -> list[str]:
    """What each element of this name says, in runs that belong together; readings above the line excepted."""
    texts: list[str] = []
    runs: list[str] = []
    within: list[str] = []

    def end(tag: str) -> None:
        within.pop()
        if tag == whole:
            texts.append("".join(runs))
            runs.clear()
        elif tag == "p" and whole in within:
            runs.append("\n")

    def said(text: str) -> None:
        if within[-1] in {"t", "text"} and "rPh" not in within and (whole in within):
            runs.append(text)

    book.read(part, lambda tag, _: within.append(tag), end, said)
    return texts


def _dated(book: Workbook) -> list[bool]:
    """Of each style of a cell, whether its number is a date."""
    own: dict[int, bool] = {}
    styles: list[bool] = []
    within: list[str] = []

    def start(tag: str, fields: dict[str, str]) -> None:
        within.append(tag)
        id_ = _whole(fields.get("numFmtId", "0"))
        if tag == "numFmt":
            own[id_] = bool(DATE_SIGNS.search(UNSPOKEN.sub("", fields.get("formatCode", ""))))
        elif tag == "xf" and "cellXfs" in within:
            styles.append(own.get(id_, id_ in DATES))

    book.read("xl/styles.xml", start, lambda _: [within.pop()].clear(), _quiet)
    return styles


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written `_xHHHH_`."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _over(book: Workbook, building: Building) -> None:
    """Comments, text boxes and pictures."""
    threads = [name for name in book.names if name.startswith("xl/threadedComments/")]
    plain = [name for name in book.names if re.fullmatch(r"xl/(comments/)?comments?\d*\.xml", name)]
    for name in threads:
        building.leave(What.COMMENT, *_texts(book, name, "threadedComment"))
    for name in () if threads else plain:
        building.leave(What.COMMENT, *_texts(book, name, "comment"))
    for name in book.names:
        if re.fullmatch(r"xl/drawings/[^/]+\.xml", name):
            building.leave(What.BOX, *filter(str.strip, _texts(book, name, "txBody")))
    building.leave(What.PICTURE, count=sum(name.startswith("xl/media/") for name in book.names))


class Sheet:
    """The cells of one sheet, as they come."""

    def __init__(self, strings: list[str], dated: list[bool], *, early: bool) -> None:
        self._strings, self._dated, self._early = strings, dated, early
        self._cells: dict[int, dict[int, str]] = {}
        self._at = (0, -1)
        self._cell: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._within: list[str] = []

    def start(self, tag: str, fields: dict[str, str]) -> None:
        """A row or a cell begins; what does not say where it is follows the last."""
        self._within.append(tag)
        if tag == "row":
            self._at = (_whole(fields.get("r", "")) or self._at[0] + 1, -1)
        elif tag == "c":
            place = REFERENCE.fullmatch(fields.get("r", ""))
            row, column = (int(place[2]), _column(place[1])) if place else (self._at[0], self._at[1] + 1)
            self._at, self._cell, self._words = (row, column), fields, {}

    def said(self, text: str) -> None:
        """A piece of a cell's value, formula or text."""
        tag = self._within[-1]
        if tag in {"v", "f"} or (tag == "t" and "rPh" not in self._within):
            self._words[tag] = self._words.get(tag, "") + text

    def end(self, tag: str) -> None:
        """A cell is over."""
        self._within.pop()
        if tag == "c" and (value := self._value()):
            row, column = self._at
            if column >= limits.IMPORT_COLUMNS or (row not in self._cells and len(self._cells) > limits.IMPORT_ROWS):
                raise Refused(Code.TOO_MANY, "This workbook has more rows or columns than are allowed.")
            self._cells.setdefault(row, {})[column] = value

    def rows(self) -> list[list[str]]:
        """What there is, without what is empty between."""
        return [[cells.get(column, "") for column in range(max(cells) + 1)] for _, cells in sorted(self._cells.items())]

    def _value(self) -> str:
        """[IMP3] What was last seen there; a formula that was never reckoned, as it is written."""
        kind, value = self._cell.get("t", "n"), self._words.get("v", "")
        if kind == "s":
            n = _whole(value)
            return self._strings[n] if n < len(self._strings) else ""
        if kind == "inlineStr":
            return _unescaped(self._words.get("t", ""))
        if kind == "b" and value:
            return "TRUE" if value == "1" else "FALSE"
        style = _whole(self._cell.get("s", "0"))
        if kind == "n" and value and style < len(self._dated) and self._dated[style]:
            return _moment(value, early=self._early)
        return _unescaped(value) or (f"={self._words['f']}" if "f" in self._words else "")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _moment(value: str, *, early: bool) -> str:
    """Days since the beginning, as a date, a time, or both; by Excel's calendar, in which 1900 was a leap year."""
    try:
        days = float(value)
        began = datetime(1904, 1, 1) if early else datetime(1899, 12, 30 if days >= 60 else 31)  # noqa: DTZ001
        at = began + timedelta(seconds=round(days * 86_400))
    except (ValueError, OverflowError):
        return value
    if days == int(days):
        return at.strftime("%Y-%m-%d")
    return at.strftime("%H:%M" if 0 < days < 1 else "%Y-%m-%d %H:%M")


def _quiet(*_: object) -> None:
    return None
