"""The paper as it begins: the outline, with the best of the boards to draw on, as a document that all then write in.

It is made of what everybody may see, the big screen too, so that nothing in it betrays anybody ([PAPER1]).
Its words carry what they are drawn from ([PAPER11]); notes and stacks are quoted live ([QUOTE6]). Its numbers stay as
they are then, and say so.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from pycrdt import Doc, XmlFragment

from server.workshop.shelf import ROOT

from .contributed import contributed
from .document import Bullets, Heading, Item, Paragraph, Table
from .items import items_of
from .paper import activities, facts
from .wall import Wall
from .words import Words
from .writing import Quotes, Said, Writing

LISTED: Final = 12
"""More names than these stand in one paragraph, not in a list."""
DRAWN: Final = 5
"""How many items of a section stand there at first, the most wanted first."""
Block = Heading | Paragraph | Bullets | Table | Quotes | Said


def beginning(wall: Wall, words: Words, *, names: bool) -> bytes:
    """The document. `names`: those who took part are named."""
    blocks = list(_outline(wall, words, names=names))
    digest = hashlib.sha256(repr((blocks, wall.workshop)).encode()).digest()
    # Two that begin at the same time must not be taken for the same one.
    document: Doc[Any] = Doc(client_id=int.from_bytes(digest[:4]) | 1)
    root = document.get(ROOT, type=XmlFragment)
    writing = Writing(words)
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
    if wall.contributions:
        yield Heading(1, words("contributions"))
        yield Said(contributed(wall), source=own)
    yield Heading(1, words("took_part"))
    yield Paragraph(words("people_then", people=words("people", len(wall.participants))), source=own)
    if names:
        named = sorted((person.name for person in wall.participants), key=str.casefold)
        if len(named) > LISTED:
            yield Paragraph(" · ".join(named), source=own)
        else:
            yield Bullets(tuple(Item(name, source=own) for name in named))


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
                yield Quotes(tuple(item.source for item in items))
