"""Elements of the paper, made of blocks: what it begins with, and what its quotes say."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from pycrdt import XmlElement, XmlText

from server.workshop.shelf import QUOTE

from .direction import isolated
from .document import Bullets, Heading, Item, Line, Listing, Paragraph, Prose, Table, Written
from .words import Words

Marks = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Quotes:
    """A list of live quotes: of these notes and stacks."""

    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A list of lines, without breaks, whose words are drawn from `source`."""

    listing: Listing
    source: str


class Writing:
    """Makes elements of blocks. Words take their marks only once they lie in a document: see `fill`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.marked: list[tuple[XmlText, str, Marks]] = []
        """Where words are to be put, they, and their marks."""

    def fill(self) -> None:
        """Put the words where they belong, the last first: each stands before those that are there."""
        for place, said, marks in reversed(self.marked):
            place.insert(0, said, marks)
        self.marked = []

    def elements(self, block: Heading | Paragraph | Bullets | Table | Quotes | Said) -> Iterator[XmlElement]:
        if isinstance(block, Heading):
            yield self._line("heading", block.text, level=block.level)
        elif isinstance(block, Paragraph):
            yield self._line("paragraph", block.text, block.source)
        elif isinstance(block, Bullets):
            if block.items:
                yield self._list(block.items)
        elif isinstance(block, Quotes):
            quotes = [XmlElement(QUOTE, {"of": of}) for of in block.of]
            yield XmlElement("bullet_list", contents=[XmlElement("list_item", contents=[each]) for each in quotes])
        elif isinstance(block, Said):
            yield XmlElement("bullet_list", contents=[self._said(item, block.source) for item in block.listing.items])
        else:
            yield self._table(block)

    def _said(self, item: Iterable[Written], source: str) -> XmlElement:
        lines = [each.line for each in item if isinstance(each, Prose)]
        return XmlElement("list_item", contents=[self._runs(line, source) for line in lines])

    def _runs(self, line: Line, source: str) -> XmlElement:
        place = XmlText()
        for run in line:
            leads: Marks = {"link": {"href": run.href}} if run.href else {}
            self.marked.append((place, run.text, {"source": {"of": source}, **leads}))
        return XmlElement("paragraph", {}, [place])

    def _list(self, items: Sequence[Item]) -> XmlElement:
        """A stack's notes lie beneath its name."""
        return XmlElement("bullet_list", contents=[self._item(item) for item in items])

    def _item(self, item: Item) -> XmlElement:
        return XmlElement("list_item", contents=self.entry(item))

    def entry(self, item: Item) -> list[XmlElement]:
        """What it says, with its dots, and what lies beneath it."""
        dots = " " + isolated(f"({self.words('dots', item.dots)})", item.text) if item.dots else ""
        label = f"{item.label} " if item.label else ""
        inner = [self._list(item.items)] if item.items else []
        return [self._line("paragraph", f"{label}{item.text}{dots}", item.source), *inner]

    def remark(self, text: str) -> XmlElement:
        """Words of ours, as a paragraph of their own."""
        place = XmlText()
        self.marked.append((place, text, {"em": {}}))
        return XmlElement("paragraph", {}, [place])

    def _table(self, table: Table) -> XmlElement:
        rows = [self._row("table_header", table.head)]
        for row, source in zip_longest(table.rows, table.sources, fillvalue=""):
            rows.append(self._row("table_cell", map(str, row), source))
        return XmlElement("table", contents=rows)

    def _row(self, kind: str, cells: Iterable[str], source: str = "") -> XmlElement:
        inside = [XmlElement(kind, contents=[self._line("paragraph", cell, source)]) for cell in cells]
        return XmlElement("table_row", contents=inside)

    def _line(self, kind: str, text: str, source: str = "", **attributes: Any) -> XmlElement:
        """Text to the letter; its newlines are breaks."""
        parts: list[XmlElement | XmlText] = []
        for n, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
            if n:
                parts.append(XmlElement("hard_break"))
            if line and source:
                place = XmlText()
                self.marked.append((place, line, {"source": {"of": source}}))
                parts.append(place)
            elif line:
                parts.append(XmlText(line))
        return XmlElement(kind, attributes, parts)
