"""The briefing paper as a document: the issues, each board's best by section, who took part; the rest in an annex.

Every note that the asker may read stands in it once, a stack's notes beneath its title ([ARCH3]).
"""

from collections.abc import Iterator
from typing import Final

from protocol.base import Place
from protocol.records import Activity, Board, Section

from .contributed import contributed
from .document import Block, Bullets, Document, Heading, Item, Paragraph, Table
from .items import items_of
from .quotes import quoting
from .showing import showing
from .timeline import timelines
from .wall import Wall
from .words import CATALOGUES, Words
from .written import written

BEST: Final = 7
"""How many items of a section stand in the paper itself, the most wanted first."""
Sections = dict[tuple[str, str], tuple[Item, ...]]
"""What stands in each section of each board."""


def compose(wall: Wall, words: Words) -> Document:
    """The paper: as all wrote it, with the notes in an annex; where none was begun, of what stands there."""
    sections = {(board.id, section.id): items_of(wall, board, section, words) for board, section in _places(wall)}
    return Document(
        title=wall.workshop.title,
        # In what all wrote the purpose stands where they put it.
        purpose="" if wall.paper else wall.workshop.purpose,
        kind=words("paper"),
        date=words.day(wall.workshop.created),
        facts=tuple(facts(wall, words)),
        blocks=tuple(_blocks(wall, sections, words)),
        language=words.language,
    )


def _blocks(wall: Wall, sections: Sections, words: Words) -> Iterator[Block]:
    if wall.paper:
        yield from _told(wall, words)
        yield from _annex(wall, sections, words("annex_all"))
        return
    yield from _issues(wall, words)
    yield from (block for board in wall.boards for block in _board(wall, board, sections, words))
    yield from _plan(wall, words)
    if wall.contributions:
        yield Heading(1, words("contributions"))
        yield contributed(wall)
    yield from _people(wall, words)
    rest = {place: items[BEST:] for place, items in sections.items()}
    yield from _annex(wall, rest, words("annex"))


def _told(wall: Wall, words: Words) -> Iterator[Block]:
    """What all wrote. The plan's figure stands where the plan does, or in an annex of its own ([EXP7])."""
    figures = tuple(timelines(wall, words))
    titles = {catalogue["plan"] for catalogue in CATALOGUES.values()}
    for block in written(wall.paper, wall.updates, quoting(wall, words), showing(wall, words)) if wall.paper else ():
        yield block
        if isinstance(block, Heading) and block.text in titles:
            yield from figures
            figures = ()
    if figures:
        yield Heading(1, words("annex_plan"), annex=True, numbered=False)
        yield from figures


def _places(wall: Wall) -> Iterator[tuple[Board, Section]]:
    return ((board, section) for board in wall.boards for section in wall.sections)


def facts(wall: Wall, words: Words) -> Iterator[str]:
    """How many took part, and what came of it."""
    remote = sum(person.place is Place.REMOTE for person in wall.participants)
    interest = sum(wall.interest.values())
    yield words("fact_people", len(wall.participants))
    if remote:
        yield words("fact_remote", remote)
    yield words("fact_notes", len(wall.notes))
    if wall.given:
        yield words("fact_dots", wall.given)
    if interest:
        yield words("fact_interest", interest)
    if wall.plan:
        yield words("fact_activities", len(wall.plan))


def _issues(wall: Wall, words: Words) -> Iterator[Block]:
    standing = [issue for issue in wall.issues if issue.merged is None]
    yield Heading(1, words("issues"))
    if standing:
        ordered = sorted(standing, key=lambda issue: -wall.interest[issue.id])
        yield Bullets(tuple(Item(issue.title, wall.interest[issue.id]) for issue in ordered))


def _board(wall: Wall, board: Board, sections: Sections, words: Words) -> Iterator[Block]:
    yield Heading(1, board.title)
    for section in wall.sections:
        yield Heading(2, section.title)
        items = sections[board.id, section.id]
        if items:
            yield Bullets(items[:BEST], section.colour)
        if len(items) > BEST:
            yield Paragraph(words("more", len(items) - BEST), quiet=True)
        notes = wall.inside[board.id, section.id]
        sealed = sum(note.sealed for note in notes)
        if sealed:
            yield Paragraph(words("sealed", notes=words("notes", sealed)), quiet=True)
        if not notes:
            yield Paragraph(words("nothing"), quiet=True)


def _plan(wall: Wall, words: Words) -> Iterator[Block]:
    """The activities as they begin."""
    if wall.plan:
        yield Heading(1, words("plan"))
        yield from timelines(wall, words)
        yield activities(wall, words)


def activities(wall: Wall, words: Words) -> Table:
    """Them in a table."""
    heads = tuple(words(key) for key in ("when", "activity", "owner", "first", "standing"))
    rows = tuple(_activity(wall, activity, words) for activity in wall.plan)
    return Table(heads, rows, tuple(activity.id for activity in wall.plan))


def _activity(wall: Wall, activity: Activity, words: Words) -> tuple[str, ...]:
    when = words.span(wall.workshop.created, activity.start, activity.length)
    return (when, activity.title, activity.owner, activity.first, words(activity.status))


def _people(wall: Wall, words: Words) -> Iterator[Block]:
    remote = sum(person.place is Place.REMOTE for person in wall.participants)
    yield Heading(1, words("took_part"))
    yield Paragraph(words("remote", remote, people=words("people", len(wall.participants))))


def _annex(wall: Wall, sections: Sections, title: str) -> Iterator[Block]:
    begun = False
    for board in wall.boards:
        rest = [(section, sections[board.id, section.id]) for section in wall.sections]
        if any(items for _, items in rest):
            if not begun:
                yield Heading(1, title, annex=True, numbered=False)
                begun = True
            yield Heading(2, board.title, numbered=False)
        for section, items in rest:
            if items:
                yield Heading(3, section.title)
                yield Bullets(items, section.colour)
