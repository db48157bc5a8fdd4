"""The paper as it begins: the outline, with the best of the boards to draw on, as a document that all then write in.

It is made of what everybody may see, the big screen too, so that nothing in it betrays anybody ([PAPER1]).
Its words carry what they are drawn from ([PAPER11]).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from protocol.base import Role
from server.workshop.shelf import ROOT

from .document import Bullets, Heading, Item, Paragraph, Table
from .paper import activities, facts, items_of
from .wall import Wall
from .words import Words

LISTED: Final = 12
"""More names than these stand in one paragraph, not in a list."""
DRAWN: Final = 5
"""How many items of a section stand there at first, the most wanted first."""
Block = Heading | Paragraph | Bullets | Table


def beginning(wall: Wall, words: Words, *, names: bool) -> bytes:
    """The document. `names`: those who took part are named."""
    blocks = list(_outline(wall, words, names=names))
    digest = hashlib.sha256(repr((blocks, wall.workshop)).encode()).digest()
    # Two that begin at the same time must not be taken for the same one.
    document: Doc[Any] = Doc(client_id=int.from_bytes(digest[:4]) | 1)
    root = document.get(ROOT, type=XmlFragment)
    writing = _Writing(words)
    for block in blocks:
        for element in writing.elements(block):
            root.children.append(element)
            writing.fill()
    return document.get_update()


def _outline(wall: Wall, words: Words, *, names: bool) -> Iterator[Block]:
    own = wall.workshop.id
    told = words("context_facts", day=words.day(wall.workshop.created), facts=", ".join(facts(wall, words)))
    yield Heading(1, words("context"))
    if wall.workshop.purpose:
        yield Paragraph(wall.workshop.purpose, source=own)
    yield Paragraph(told, source=own)
    if wall.lenses:
        yield Heading(1, words("definition"))
        yield Paragraph(words("definition_text"), source=own)
        yield Bullets(tuple(Item(title, source=own) for title in wall.lenses.values()))
    yield from _boards(wall, words)
    if wall.plan:
        yield Heading(1, words("plan"))
        yield activities(wall, words)
    yield Heading(1, words("took_part"))
    yield Paragraph(words("people", len(wall.people)) + ".", source=own)
    if names:
        taking_part = [person for person in wall.people if not person.removed]
        named = [person.name for person in sorted(taking_part, key=_first_those_who_lead)]
        if len(named) > LISTED:
            yield Paragraph(" · ".join(named), source=own)
        else:
            yield Bullets(tuple(Item(name, source=own) for name in named))


def _first_those_who_lead(person: Any) -> tuple[bool, str]:
    return person.role is not Role.FACILITATOR, person.name.casefold()


def _boards(wall: Wall, words: Words) -> Iterator[Block]:
    details = {issue.id: issue.detail for issue in wall.issues}
    for board in wall.boards:
        yield Heading(1, board.title)
        if details.get(board.id):
            yield Paragraph(details[board.id], source=board.id)
        for section in wall.sections:
            items = items_of(wall, board, section, words)[:DRAWN]
            if items:
                yield Heading(2, section.title)
                yield Bullets(items)


class _Writing:
    """Makes elements of blocks. Words take their marks only once they lie in a document: see `fill`."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.marked: list[tuple[XmlText, str, str]] = []
        """Where words are to be put, they, and what they are drawn from."""

    def fill(self) -> None:
        """Put the words with marks where they belong."""
        for place, said, source in self.marked:
            place.insert(0, said, {"source": {"of": source}})
        self.marked = []

    def elements(self, block: Block) -> Iterator[XmlElement]:
        if isinstance(block, Heading):
            yield self._line("heading", block.text, level=block.level)
        elif isinstance(block, Paragraph):
            yield self._line("paragraph", block.text, block.source)
        elif isinstance(block, Bullets):
            if block.items:
                yield self._list(block.items)
        else:
            yield self._table(block)

    def _list(self, items: Sequence[Item]) -> XmlElement:
        """A stack's notes lie beneath its name."""
        return XmlElement("bullet_list", contents=[self._item(item) for item in items])

    def _item(self, item: Item) -> XmlElement:
        dots = f" ({self.words('dots', item.dots)})" if item.dots else ""
        label = f"{item.label} " if item.label else ""
        inner = [self._list(item.items)] if item.items else []
        line = self._line("paragraph", f"{label}{item.text}{dots}", item.source)
        return XmlElement("list_item", contents=[line, *inner])

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
                self.marked.append((place, line, source))
                parts.append(place)
            elif line:
                parts.append(XmlText(line))
        return XmlElement(kind, attributes, parts)
