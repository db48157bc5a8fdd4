"""What the paper's live quotes say: what their notes and stacks say to everybody at this moment ([QUOTE1])."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from pycrdt import XmlFragment, XmlText

from protocol.records import Note
from server.workshop.shelf import QUOTE

from .document import Item
from .items import note_item, stack_item
from .wall import Wall
from .words import Words
from .writing import Writing


def quoting(wall: Wall, words: Words) -> Callable[[XmlFragment], None]:
    """Puts in the place of each quote what it says. The text is the asker's own copy."""
    says = _says(wall, words)
    writing = Writing(words)

    def put(parent: Any) -> None:
        for n, child in reversed(list(enumerate(parent.children))):
            if isinstance(child, XmlText):
                continue
            if child.tag != QUOTE:
                put(child)
                continue
            item = says(str(dict(child.attributes).get("of", "")))
            made = writing.entry(item) if item else [writing.remark(words("not_on_board"))]
            del parent.children[n]
            for element in reversed(made):
                parent.children.insert(n, element)
            writing.fill()

    return put


def _says(wall: Wall, words: Words) -> Callable[[str], Item | None]:
    """What a note or a stack says to everybody; nothing where not everybody may see it ([QUOTE2])."""
    notes = {note.id: note for note in wall.notes if wall.is_open(note)}
    inside: defaultdict[str | None, list[Note]] = defaultdict(list)
    for note in notes.values():
        inside[note.stack].append(note)

    def says(of: str) -> Item | None:
        if note := notes.get(of):
            return note_item(wall, note, words)
        stack = wall.stacks.get(of)
        return stack_item(wall, stack, inside[of], words) if stack and inside[of] else None

    return says
