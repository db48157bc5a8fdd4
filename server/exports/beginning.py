"""The paper as it begins: the outline, with the best of the boards to draw on, as a document that all then write in.

It is made of what everybody may see, the big screen too, so that nothing in it betrays anybody ([PAPER1]).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
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
    for block in blocks:
        for element in _elements(block, words):
            root.children.append(element)
    return document.get_update()


def _outline(wall: Wall, words: Words, *, names: bool) -> Iterator[Block]:
    yield Heading(1, words("context"))
    if wall.workshop.purpose:
        yield Paragraph(wall.workshop.purpose)
    yield Paragraph(words("context_facts", day=words.day(wall.workshop.created), facts=", ".join(facts(wall, words))))
    if wall.lenses:
        yield Heading(1, words("definition"))
        yield Paragraph(words("definition_text"))
        yield Bullets(tuple(map(Item, wall.lenses.values())))
    yield from _boards(wall, words)
    if wall.plan:
        yield Heading(1, words("plan"))
        yield activities(wall, words)
    yield Heading(1, words("took_part"))
    yield Paragraph(words("people", len(wall.people)) + ".")
    if names:
        taking_part = [person for person in wall.people if not person.removed]
        named = [person.name for person in sorted(taking_part, key=_first_those_who_lead)]
        if len(named) > LISTED:
            yield Paragraph(" · ".join(named))
        else:
            yield Bullets(tuple(map(Item, named)))


def _first_those_who_lead(person: Any) -> tuple[bool, str]:
    return person.role is not Role.FACILITATOR, person.name.casefold()


def _boards(wall: Wall, words: Words) -> Iterator[Block]:
    details = {issue.id: issue.detail for issue in wall.issues}
    for board in wall.boards:
        yield Heading(1, board.title)
        if details.get(board.id):
            yield Paragraph(details[board.id])
        for section in wall.sections:
            items = items_of(wall, board, section, words)[:DRAWN]
            if items:
                yield Heading(2, section.title)
                yield Bullets(items)


def _elements(block: Block, words: Words) -> Iterator[XmlElement]:
    if isinstance(block, Heading):
        yield _line("heading", block.text, level=block.level)
    elif isinstance(block, Paragraph):
        yield _line("paragraph", block.text)
    elif isinstance(block, Bullets):
        if block.items:
            yield _list(block.items, words)
    else:
        yield _table(block)


def _list(items: Sequence[Item], words: Words) -> XmlElement:
    """A stack's notes lie beneath its name."""
    return XmlElement("bullet_list", contents=[_item(item, words) for item in items])


def _item(item: Item, words: Words) -> XmlElement:
    dots = f" ({words('dots', item.dots)})" if item.dots else ""
    label = f"{item.label} " if item.label else ""
    inner = [_list(item.items, words)] if item.items else []
    return XmlElement("list_item", contents=[_line("paragraph", f"{label}{item.text}{dots}"), *inner])


def _table(table: Table) -> XmlElement:
    rows = [_row("table_header", table.head), *(_row("table_cell", map(str, row)) for row in table.rows)]
    return XmlElement("table", contents=rows)


def _row(kind: str, cells: Iterable[str]) -> XmlElement:
    return XmlElement("table_row", contents=[XmlElement(kind, contents=[_line("paragraph", cell)]) for cell in cells])


def _line(kind: str, text: str, **attributes: Any) -> XmlElement:
    """Text to the letter; its newlines are breaks."""
    parts: list[XmlElement | XmlText] = []
    for n, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if n:
            parts.append(XmlElement("hard_break"))
        if line:
            parts.append(XmlText(line))
    return XmlElement(kind, attributes, parts)
