"""Notes and stacks as entries of lists, each with its dots and what lies beneath it."""

from protocol.records import Board, Note, Section, Stack

from .document import Item
from .wall import Wall
from .words import Words


def items_of(wall: Wall, board: Board, section: Section, words: Words) -> tuple[Item, ...]:
    """What may be read of a section, the most wanted first; of equals the larger stack ([VOTE7])."""
    told = [note for note in wall.inside[board.id, section.id] if not note.sealed]
    inside: dict[str, list[Note]] = {}
    for note in told:
        if note.stack is not None:
            inside.setdefault(note.stack, []).append(note)
    stacks = [
        (-len(notes), wall.stacks[id_].rank, id_, stack_item(wall, wall.stacks[id_], notes, words))
        for id_, notes in inside.items()
    ]
    single = [(-1, note.rank, note.id, note_item(wall, note, words)) for note in told if note.stack is None]
    ordered = sorted([*stacks, *single], key=lambda entry: (-entry[3].dots, *entry[:3]))
    return tuple(item for *_, item in ordered)


def stack_item(wall: Wall, stack: Stack, notes: list[Note], words: Words) -> Item:
    """A stack counts the dots on itself and on its notes."""
    ordered = sorted(notes, key=lambda note: -wall.dots[note.id])
    dots = wall.dots[stack.id] + sum(wall.dots[note.id] for note in notes)
    beneath = tuple(note_item(wall, note, words) for note in ordered)
    return Item(stack.title or words("stack"), dots, items=beneath, source=stack.id)


def note_item(wall: Wall, note: Note, words: Words) -> Item:
    """A note with its other versions beneath."""
    versions = tuple(Item(text, label=words("also"), source=note.id) for text in note.siblings)
    # Line ends at its end would stand between it and its dots.
    return Item(note.text.rstrip(" \t\n"), wall.dots[note.id], items=versions, source=note.id, colour=note.colour)
