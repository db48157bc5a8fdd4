"""Reads a change of the paper: a Yjs update, version 1, as far as our editor writes them; anything else is `Malformed`.

It says what is in an update, not what that comes to: for this see `shelf`.
"""

import json
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from protocol.base import CONTROL

MOST: Final = 2**32 - 1
"""Largest client id, clock and length."""
MARKS: Final = {
    "strong": frozenset[str](),
    "em": frozenset[str](),
    "link": frozenset({"href"}),
    "source": frozenset({"of"}),
    "insertion": frozenset({"by", "id"}),
    "deletion": frozenset({"by", "id"}),
}
"""Each with the attributes that it has."""
ADDRESS: Final = ("https://", "http://", "mailto:")
"""What a link may lead to."""
ADDRESS_CHARS: Final = 2_000
SOURCES: Final = re.compile(r"[A-Za-z0-9_-]{1,64}(?: [A-Za-z0-9_-]{1,64}){0,11}")
"""What words are drawn from: at most twelve records, by id."""
SUGGESTED: Final = frozenset({"insertion", "deletion"})
NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""An id: of what a quote or picture is of, of who suggests, and of a suggestion."""
PLAIN: Final = 100
"""Largest number that an attribute may hold: levels, spans, where a list begins."""
GONE, DELETED, STRING, FORMAT, TYPE, ANY = 0, 1, 4, 6, 7, 8
ELEMENT, TEXT = 3, 6
Place = tuple[int, int]
"""(client, clock): how Yjs names a thing."""


Suggestion = tuple[str, str]
"""(by whom, id)."""


class Malformed(ValueError):
    """These bytes are no change of a paper."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one client put somewhere: behind `left`, before `right`, else in `parent` (a thing, or the root's name).

    `kind` is that of its content; `name` an element's, or `#id` where its values are ids. `attribute`: it is none of
    the parent's children.
    """

    client: int
    clock: int
    length: int
    kind: int
    left: Place | None = None
    right: Place | None = None
    parent: Place | str | None = None
    attribute: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """An update: each client's pieces, dense and in order; what it deletes; the words; the suggestions it names."""

    pieces: dict[int, list[Piece]]
    deleted: tuple[tuple[int, int, int], ...]
    """(client, clock, length)."""
    words: str
    suggestions: frozenset[Suggestion] = frozenset()


def read(data: bytes) -> Read:
    """What is in it."""
    reader = _Reader(data)
    try:
        found = reader.update()
    except (IndexError, struct.error, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("it is cut short, or no text") from error
    if reader.at != len(data):
        raise Malformed("something is behind its end")
    return found


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.said: list[str] = []
        self.suggested: set[Suggestion] = set()

    def update(self) -> Read:
        pieces: dict[int, list[Piece]] = {}
        for _ in range(self.number()):
            count, client, clock = self.number(), self.number(), self.number()
            if client in pieces:
                raise Malformed("a client comes twice")
            pieces[client] = list(self._of(client, clock, count))
        return Read(pieces, tuple(self._deletions()), "".join(self.said), frozenset(self.suggested))

    def _of(self, client: int, clock: int, count: int) -> Iterator[Piece]:
        for _ in range(count):
            piece = self._piece(client, clock)
            if not 0 < piece.length <= MOST - clock:
                raise Malformed("nothing is not a thing")
            clock += piece.length
            yield piece

    def _piece(self, client: int, clock: int) -> Piece:
        info = self._byte()
        kind = info & 31
        if kind == GONE:
            return Piece(client, clock, self.number(), GONE)
        left = (self.number(), self.number()) if info & 128 else None
        right = (self.number(), self.number()) if info & 64 else None
        parent: Place | str | None = None
        if left is None and right is None:
            parent = self._text() if self.number() == 1 else (self.number(), self.number())
            if info & 32:
                self._text()
        length, name = self._content(kind)
        return Piece(client, clock, length, kind, left, right, parent, attribute=bool(info & 32), name=name)

    def _content(self, kind: int) -> tuple[int, str]:
        """Its length, and the name of an element."""
        if kind == DELETED:
            return self.number(), ""
        if kind == STRING:
            text = self._text()
            if CONTROL.search(text):
                raise Malformed("text must not hold control characters")
            self.said.append(text)
            return len(text.encode("utf-16-le")) // 2, ""
        if kind == FORMAT:
            name, attributes = self._text(), _mark_of(self._text())
            _fits(name, attributes)
            if name in SUGGESTED and attributes is not None:
                self.suggested.add((attributes["by"], attributes["id"]))
            return 1, ""
        if kind == TYPE:
            type_ = self.number()
            if type_ not in {ELEMENT, TEXT}:
                raise Malformed("a type that a paper does not have")
            return 1, self._text() if type_ == ELEMENT else "#text"
        if kind == ANY:
            count = self.number()
            ids = {self._value() for _ in range(count)}
            if len(ids) > 1:
                raise Malformed("values of several kinds")
            return count, "#id" if True in ids else ""
        raise Malformed(f"content of kind {kind}")

    def _value(self) -> bool:
        """What an attribute may be: nothing, a small number, or an id; whether it is an id."""
        kind = self._byte()
        if kind in {126, 127}:
            return False
        if kind == 119:
            if not NAME.fullmatch(self._text()):
                raise Malformed("words that an attribute may not have")
            return True
        if kind == 125:
            first = self._byte()
            value: float = first & 63
            if first & 64 or (first & 128 and (value := value + (self._byte() << 6)) > 8_191):
                raise Malformed("too large a number")
        elif kind == 124:
            value = struct.unpack_from(">f", self.data, self._skip(4))[0]
        elif kind == 123:
            value = struct.unpack_from(">d", self.data, self._skip(8))[0]
        else:
            raise Malformed("a value that an attribute may not have")
        if not 0 <= value <= PLAIN or value != int(value):
            raise Malformed("a number that an attribute may not have")
        return False

    def _deletions(self) -> Iterator[tuple[int, int, int]]:
        for _ in range(self.number()):
            client = self.number()
            for _ in range(self.number()):
                clock, length = self.number(), self.number()
                if clock + length > MOST:
                    raise Malformed("it deletes too much")
                yield client, clock, length

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if value > MOST:
                raise Malformed("too large a number")
            if byte < 128:
                return value
            shift += 7

    def _text(self) -> str:
        length = self.number()
        start = self._skip(length)
        return self.data[start : start + length].decode()

    def _byte(self) -> int:
        self.at += 1
        return self.data[self.at - 1]

    def _skip(self, length: int) -> int:
        start = self.at
        self.at += length
        if self.at > len(self.data):
            raise Malformed("it is cut short")
        return start


def _mark_of(value: str) -> Any:
    """What a mark begins with, its attributes; or what it ends with, nothing."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError) as error:
        raise Malformed("a mark that is no JSON") from error


def _fits(name: str, attributes: Any) -> None:
    """Raises `Malformed` where a mark may not be so."""
    if name not in MARKS:
        raise Malformed("a mark that a paper does not have")
    if attributes is None:
        return
    if not isinstance(attributes, dict) or set(attributes) != MARKS[name]:
        raise Malformed("a mark with attributes that it does not have")
    if name == "link" and not is_address(attributes["href"]):
        raise Malformed("a link that leads nowhere")
    if name == "source" and not are_sources(attributes["of"]):
        raise Malformed("a source that is none")
    if name in SUGGESTED and not all(is_name(value) for value in attributes.values()):
        raise Malformed("a suggestion of nobody")


def is_name(named: object) -> bool:
    """Whether it may be the id of a person or of a suggestion."""
    return isinstance(named, str) and NAME.fullmatch(named) is not None


def is_address(href: object) -> bool:
    """Whether a link may lead there."""
    return (
        isinstance(href, str)
        and href.lower().startswith(ADDRESS)
        and len(href) <= ADDRESS_CHARS
        and not CONTROL.search(href)
    )


def are_sources(named: object) -> bool:
    """Whether records are named so, by id, with a space between."""
    return isinstance(named, str) and SOURCES.fullmatch(named) is not None
