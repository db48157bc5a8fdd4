"""What people wrote in the paper, as ODT: paragraphs, quotes, tables, and lists that lie in each other.

The format lets no table stand in a list: there the lists end before it and go on behind it, with their numbers.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import Final

from .document import Grid, Heading, Line, Listing, Prose, Quote, Run, Written
from .opentables import table
from .openwriting import named, put, run_on

INSIDE: Final = "List_20_Contents"


@dataclass(slots=True)
class _Level:
    """A list that is being written. `at`: which of its items; `begun`: something of that item stands there."""

    ordered: bool
    at: int = 0
    begun: bool = False
    list_: ET.Element | None = None
    item: ET.Element | None = None

    def within(self, parent: ET.Element) -> ET.Element:
        """The element of its item, which goes on without a number of its own behind a table."""
        if self.list_ is None:
            self.list_ = put(parent, "text:list", text__style_name="Numbers" if self.ordered else "Marks_plain")
        if self.item is None:
            first = self.list_.find(named("text:list-item")) is None
            self.item = put(self.list_, "text:list-header" if self.begun else "text:list-item")
            if self.ordered and first and self.at > 1 and not self.begun:
                self.item.set(named("text:start-value"), str(self.at))
            self.begun = True
        return self.item


@dataclass(slots=True)
class Lists:
    """Writes blocks into the text, in whatever lists they lie."""

    text: ET.Element
    styles: ET.Element
    levels: list[_Level] = field(default_factory=list)

    def write(self, block: Written, style: str) -> None:
        """A block; in lists and quotes a heading is a bold line."""
        if isinstance(block, Prose):
            self._line(block.line, style)
        elif isinstance(block, Heading):
            self._line((Run(block.text, strong=True),), style)
        elif isinstance(block, Quote):
            for inner in block.blocks:
                self.write(inner, "Quotations")
        elif isinstance(block, Listing):
            self._list(block)
        elif isinstance(block, Grid):
            for level in self.levels:
                level.list_ = level.item = None
            table(self.text, self.styles, block)

    def _list(self, block: Listing) -> None:
        level = _Level(block.ordered)
        self.levels.append(level)
        for item in block.items:
            level.at, level.begun, level.item = level.at + 1, False, None
            for inner in item:
                self.write(inner, INSIDE)
        self.levels.pop()

    def _line(self, line: Line, style: str) -> None:
        parent = self.text
        for level in self.levels:
            parent = level.within(parent)
        run_on(put(parent, "text:p", text__style_name=style), line)
