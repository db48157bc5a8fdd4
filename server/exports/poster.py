"""The wall on one page (A3, lying): each board with its sections, the most wanted first and largest ([EXP12]).

Letters are as large as everything allows; where not all fits at the smallest that is read on paper, each section says
how many more there are. What people wrote is text in the drawing.
"""

import json
import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from protocol.records import Board, Section

from .cards import CLOSEST, GAP, OTHER, PAPERS, Looks, Manner, Packed, draw, pack
from .direction import runs_leftward
from .document import Item
from .drawing import ACCENT, LINE, QUIET, box, cut, fit, lines, picture, say, stroke, wide, written
from .items import items_of
from .paper import facts
from .setting import drawn_png, pdf_of
from .wall import Wall
from .words import Words

WIDTH: Final = 1587.4
HEIGHT: Final = 1122.5
"""420 by 297 mm, in the 96ths of an inch that SVG reckons with."""
MARGIN: Final = 44.0
GUTTER: Final = 22.0
GROUND: Final = "#fbf8f2"
FOOT: Final = 24.0
TITLE: Final = 20.0
"""A board's title."""
HEAD: Final = 27.0
"""What a section's title takes."""
MORE: Final = 19.0
"""What the line takes that says how many more there are."""
NARROWEST: Final = 215.0
"""A section beside others is at least so wide."""
BETWEEN: Final = 13.0
"""Below a row of sections."""
BESIDE: Final = 4
"""So many boards stand beside each other."""
BOARDS: Final = 12
"""So many fit on a page."""
FIGURES: Final = 150
"""Dots in an inch of the picture."""
MANNERS: Final = (
    Manner(20, 30, 99, 12),
    Manner(18, 30, 99, 12),
    Manner(16.5, 30, 99, 12),
    Manner(15, 30, 99, 12),
    Manner(14, 30, 99, 12),
    Manner(13, 30, 99, 12),
    Manner(12, 30, 99, 8),
    Manner(11.5, 20, 12, 5),
    Manner(11, 20, 12, 5),
    Manner(11.5, 14, 8, 4),
    Manner(11.5, 10, 6, 3),
    Manner(11.5, 6, 3, 2),
    CLOSEST,
)
"""From roomy to close."""
ANY: Final = 1.0
"""Of the reckoned width, in whatever font the drawing is shown."""
OURS: Final = 0.82
"""The same in the font that the setter brings along."""
SOURCE: Final = b"""\
#let wall = json("wall.json")
#set document(title: wall.title, description: wall.kind, author: "Plenary", date: auto)
#set page(width: 420mm, height: 297mm, margin: 0mm)
#set text(lang: wall.language)
#import "drawing.typ": *
#show: lettered
#drawing("wall.svg", alt: wall.alt)
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a section of a board, and how wide it is. `sealed` notes are counted, not told."""

    section: Section
    items: tuple[Item, ...]
    notes: int
    sealed: int
    width: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A board, its cells in rows."""

    board: Board
    rows: tuple[tuple[Cell, ...], ...]
    width: float


def svg(wall: Wall, words: Words) -> bytes:
    """The drawing, as a file of its own."""
    return picture(WIDTH, HEIGHT, _parts(wall, words, ANY), alt(wall, words)).encode()


def png(wall: Wall, words: Words) -> bytes:
    """A picture of it."""
    return drawn_png(_set(wall, words), FIGURES)


def pdf(wall: Wall, words: Words) -> bytes:
    """It as a page to print; in words for who does not see it."""
    about = {"title": wall.workshop.title, "kind": words("wall"), "language": words.language}
    told = json.dumps({**about, "alt": fit(alt(wall, words))})
    return pdf_of(SOURCE, {"wall.json": told.encode(), "wall.svg": _set(wall, words).encode()})


def _set(wall: Wall, words: Words) -> str:
    return picture(WIDTH, HEIGHT, _parts(wall, words, OURS), alt(wall, words))


def alt(wall: Wall, words: Words) -> str:
    """What the page shows, in words: for each section the notes on it, and the most wanted."""
    told = [f"{words('wall')}: {wall.workshop.title}."]
    for board in wall.boards:
        told.append(f"{board.title}.")
        for section in wall.sections:
            cell = _cell(wall, board, section, 0, words)
            best = "; ".join(cut(item.text, 1, 60) for item in cell.items[:3])
            told.append(f"{section.title}: {words('notes', cell.notes)}. {best}")
    return " ".join(told)


def _parts(wall: Wall, words: Words, snug: float) -> Iterator[str]:
    yield box(0, 0, WIDTH, HEIGHT, fill=GROUND)
    top = yield from _title(wall, words)
    bottom = HEIGHT - MARGIN * 0.7 - FOOT
    shown = wall.boards[:BOARDS]
    looks = Looks(MANNERS[0], 0, snug, words)
    if shown:
        yield from _boards(wall, shown, (top, bottom), looks)
    else:
        yield from _issues(wall, top, bottom, looks)
    yield from _foot(wall, len(wall.boards) - len(shown), words)


def _boards(wall: Wall, shown: Sequence[Board], room: tuple[float, float], looks: Looks) -> Iterator[str]:
    """In bands of as many beside each other; all in the same manner."""
    top, bottom = room
    bands = math.ceil(len(shown) / BESIDE)
    each = math.ceil(len(shown) / bands)
    width = (WIDTH - 2 * MARGIN - (each - 1) * GUTTER) / each
    height = (bottom - top - (bands - 1) * GUTTER) / bands
    laid = [_laid(wall, board, width, looks.words) for board in shown]
    beginning = max(map(_beginning, laid))
    parts = [laid[n : n + each] for n in range(0, len(laid), each)]
    looks = _fitting(parts, height - beginning, looks)
    for n, band in enumerate(parts):
        y = top + n * (height + GUTTER)
        tall = _rows(band, height - beginning, looks)
        for k, one in enumerate(band):
            x = MARGIN + k * (width + GUTTER)
            yield from _headed(one, x, y, looks.words)
            yield from _board(one, (x, y + beginning), tall, looks)


def _title(wall: Wall, words: Words) -> Generator[str, None, float]:
    """Returns where it ends."""
    yield say(MARGIN, MARGIN + 10, 14, words("wall"), fill=ACCENT, font_weight="bold")
    y = MARGIN + 14
    for row in lines(wall.workshop.title, 34, WIDTH - 2 * MARGIN, 2):
        y += 38
        place = (MARGIN, y - 6, WIDTH - 2 * MARGIN)
        yield written(place, 34, row, leftward=runs_leftward(wall.workshop.title), font_weight="bold")
    told = " · ".join((words.day(wall.workshop.created), *facts(wall, words)))
    yield say(MARGIN, y + 18, 14, told, fill=QUIET)
    yield stroke(MARGIN, y + 32, WIDTH - MARGIN, y + 32, stroke=ACCENT, stroke_width=2)
    return y + 50


def _foot(wall: Wall, boards: int, words: Words) -> Iterator[str]:
    """Issues that became no board, as many as fit on a line; and what is not on the page."""
    y = HEIGHT - MARGIN * 0.7
    end = words("together")
    yield say(WIDTH - MARGIN, y, 12, end, fill=QUIET, text_anchor="end")
    chosen = {board.id for board in wall.boards} | {board.title for board in wall.boards}
    rest = [i for i in wall.issues if i.merged is None and not {i.id, i.title} & chosen]
    told = [words("boards_more", boards)] if boards > 0 else []
    if wall.boards and rest:
        ordered = sorted(rest, key=lambda issue: -wall.interest[issue.id])
        names = (
            f"{i.title} ({words('dots', wall.interest[i.id])})" if wall.interest[i.id] else i.title for i in ordered
        )
        told.append(f"{words('also_proposed')} {' · '.join(names)}")
    room = WIDTH - 2 * MARGIN - wide(end, 12) - GUTTER
    yield say(MARGIN, y, 12, cut(" · ".join(told), 12, room), fill=QUIET)


def _counted(dots: int, words: Words) -> str:
    return f" ({words('dots', dots)})" if dots else ""


def _cell(wall: Wall, board: Board, section: Section, width: float, words: Words) -> Cell:
    notes = wall.inside[board.id, section.id]
    items = items_of(wall, board, section, words)
    return Cell(section, items, len(notes), sum(note.sealed for note in notes), width)


def _laid(wall: Wall, board: Board, width: float, words: Words) -> Laid:
    """Sections stand beside each other where there is room for all of them, else beneath."""
    many = len(wall.sections)
    beside = many if many and width / many >= NARROWEST else 1 if many <= 4 else max(1, int(width // NARROWEST))
    each = (width - (beside - 1) * GUTTER) / beside
    cells = [_cell(wall, board, section, each, words) for section in wall.sections]
    return Laid(board, tuple(tuple(cells[n : n + beside]) for n in range(0, many, beside)), width)


def _beginning(one: Laid) -> float:
    """What a board's title and counts take."""
    return len(lines(one.board.title, TITLE, one.width, 2)) * TITLE * 1.2 + 26


def _fitting(bands: Sequence[Sequence[Laid]], height: float, looks: Looks) -> Looks:
    """The roomiest manner in which all is shown, else the closest."""
    items = [item for band in bands for one in band for row in one.rows for cell in row for item in cell.items]
    most = max((item.dots for item in items), default=0)
    for manner in MANNERS:
        looks = replace(looks, manner=manner, most=most)
        if all(sum(_needs(band, height, looks)) <= height for band in bands):
            break
    return looks


def _needs(band: Sequence[Laid], height: float, looks: Looks) -> list[float]:
    """What each row of sections takes; more than there is where it does not fit."""
    found = []
    for rows in zip(*(one.rows for one in band), strict=True):
        packed = [pack(cell.items, cell.width, height, looks) for row in rows for cell in row]
        # What does not fit is guessed from what does: rows share the room by it.
        guessed = (
            one.height * (1 + one.left / max(1, len(one.placed))) + (height if one.left or one.cut else 0)
            for one in packed
        )
        found.append(HEAD + max(guessed, default=0.0) + BETWEEN)
    return found


def _rows(band: Sequence[Laid], height: float, looks: Looks) -> list[float]:
    """How tall each row of sections is."""
    needs = _needs(band, height, looks)
    if not needs:
        return []
    total = sum(needs)
    if total <= height:
        spare = min((height - total) / len(needs), GUTTER)
        return [need + spare for need in needs]
    least = min(HEAD + MORE + 44, height / len(needs))
    rest = height - least * len(needs)
    return [least + rest * need / total for need in needs]


def _headed(one: Laid, x: float, y: float, words: Words) -> Iterator[str]:
    for row in lines(one.board.title, TITLE, one.width, 2):
        y += TITLE * 1.2
        yield written((x, y - 5, one.width), TITLE, row, leftward=runs_leftward(one.board.title), font_weight="bold")
    cells = [cell for row in one.rows for cell in row]
    counts = [words("notes", sum(cell.notes for cell in cells))]
    dots = sum(item.dots for cell in cells for item in cell.items)
    counts += [words("dots", dots)] if dots else []
    yield say(x, y + 11, 12.5, " · ".join(counts), fill=QUIET)


def _board(one: Laid, place: tuple[float, float], tall: Sequence[float], looks: Looks) -> Iterator[str]:
    x, y = place
    for row, height in zip(one.rows, tall, strict=True):
        for n, cell in enumerate(row):
            yield from _section(cell, (x + n * (cell.width + GUTTER), y), height - BETWEEN, looks)
        y += height


def _section(cell: Cell, place: tuple[float, float], height: float, looks: Looks) -> Iterator[str]:
    """Its title and count, its cards, and how many more there are."""
    (x, y), words = place, looks.words
    shade = PAPERS.get(cell.section.colour, OTHER)[2]
    counts = [words("notes", cell.notes)] if cell.notes else []
    counts += [words("sealed", notes=words("notes", cell.sealed)).rstrip(".")] if cell.sealed else []
    told = " · ".join(counts) or words("nothing").rstrip(".")
    yield say(x + cell.width, y + 13, 12, told, fill=QUIET, text_anchor="end")
    room = cell.width - wide(told, 12) - GAP
    yield say(x, y + 13, 14, cut(cell.section.title, 14, room), fill=shade, font_weight="bold")
    yield stroke(x, y + 19, x + cell.width, y + 19, stroke=LINE, stroke_width=1)
    packed = _fitted(cell.items, cell.width, height - HEAD, looks)
    for dx, dy, made in packed.placed:
        yield from draw(x + dx, y + HEAD + dy, made, cell.section.colour)
    if packed.left:
        base = y + HEAD + packed.height + MORE - 5
        yield say(x, base, 12.5, words("and_more", packed.left), fill=shade, font_weight="bold")


def _fitted(items: Sequence[Item], width: float, height: float, looks: Looks) -> Packed:
    """With room for the line that says how many more there are, where there are."""
    packed = pack(items, width, height, looks)
    return pack(items, width, height - MORE, looks) if packed.left else packed


def _issues(wall: Wall, top: float, bottom: float, looks: Looks) -> Iterator[str]:
    """Before there are boards: what was proposed."""
    standing = sorted((i for i in wall.issues if i.merged is None), key=lambda i: -wall.interest[i.id])
    items = tuple(Item(issue.title, wall.interest[issue.id]) for issue in standing)
    yield say(MARGIN, top + 16, TITLE, looks.words("issues"), font_weight="bold")
    top += TITLE * 2
    looks = replace(looks, most=max((item.dots for item in items), default=0))
    packed = Packed((), 0, 0, cut=False)
    for manner in MANNERS:
        packed = _fitted(items, WIDTH - 2 * MARGIN, bottom - top, replace(looks, manner=manner))
        if not packed.left and not packed.cut:
            break
    for dx, dy, made in packed.placed:
        yield from draw(MARGIN + dx, top + dy, made, None)
    if packed.left:
        told = looks.words("and_more", packed.left)
        yield say(MARGIN, top + packed.height + MORE - 5, 12.5, told, fill=QUIET, font_weight="bold")
