"""Notes and stacks as cards on a drawing: as large as they are wanted, in the colours of the board."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .direction import runs_leftward
from .document import Item
from .drawing import ACCENT, INK, QUIET, box, disc, lines, say, wide, written
from .words import Words

PAPERS: Final = {
    "sage": ("#dceed6", "#c3dcbb", "#436936"),
    "rose": ("#ffdfd6", "#f4c8bb", "#884a37"),
    "sky": ("#d1ebfe", "#b4d9f3", "#21648a"),
    "sand": ("#f1e6cc", "#e2d2ad", "#735a13"),
    "lilac": ("#ece2fc", "#dbccf1", "#695087"),
    "mint": ("#cdf0e9", "#aee0d6", "#006e61"),
}
"""Paper, its edge and its sign, as on the board (theme.css)."""
OTHER: Final = ("#f3eee4", "#d9d1c3", "#655c50")
PAD: Final = 6.0
GAP: Final = 6.0
LEADING: Final = 1.22
GROWS: Final = 0.4
"""The most wanted is set so much larger."""
BROAD: Final = 12.5
"""A column is at least so many times as wide as its letters are high; no card is twice as wide."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How much is shown of each: the size of letters, lines of a note, notes of a stack, lines of each of these."""

    size: float
    lines: int
    notes: int
    inner: int


CLOSEST: Final = Manner(10.7, 4, 2, 2)
"""8 points: what is smaller is not read on paper."""
TRIED: Final = 12
"""So many find no room before no more are tried."""


@dataclass(frozen=True, slots=True)
class Looks:
    """What all cards share. `most`: the most dots on any; `snug`: how much of its reckoned width a text takes."""

    manner: Manner
    most: int
    snug: float
    words: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a card."""

    text: str
    size: float
    bold: bool = False
    quiet: bool = False
    leftward: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A note or stack as it will be drawn."""

    rows: tuple[Row, ...]
    item: Item
    size: float
    width: float

    @property
    def height(self) -> float:
        """With its edges."""
        return 2 * PAD + sum(row.size for row in self.rows) * LEADING


@dataclass(frozen=True, slots=True)
class Packed:
    """Cards in columns, where each stands; how many found no room; whether any had to be cut short for it."""

    placed: tuple[tuple[float, float, Card], ...]
    left: int
    height: float
    cut: bool


def pack(items: Sequence[Item], width: float, height: float, looks: Looks) -> Packed:
    """As many as fit, the first ones first, each where the wall is shortest; a long one is cut rather than left out."""
    size = looks.manner.size
    columns = max(1, min(len(items), int((width + GAP) // (size * BROAD + GAP))))
    each = min((width - (columns - 1) * GAP) / columns, 2 * size * BROAD)
    ends = [0.0] * columns
    placed: list[tuple[float, float, Card]] = []
    missed, short = 0, False
    for item in items:
        at = min(range(columns), key=ends.__getitem__)
        room = height - ends[at]
        made = card(item, each, looks)
        if made.height > room:
            short = True
            made = card(item, each, replace(looks, manner=CLOSEST))
        if made.height <= room:
            placed.append((at * (each + GAP), ends[at], made))
            ends[at] += made.height + GAP
        elif (missed := missed + 1) == TRIED:
            break
    return Packed(tuple(placed), len(items) - len(placed), max(0.0, max(ends) - GAP), short)


def card(item: Item, width: float, looks: Looks) -> Card:
    """One note, or a stack with the notes in it."""
    manner = looks.manner
    size = manner.size * (1 + GROWS * item.dots / looks.most) if looks.most else manner.size
    room = (width - 2 * PAD) / looks.snug
    stack = is_stack(item)
    # Beside the number of dots stands the first line alone.
    beside = room - _dotted(item.dots, size) / looks.snug
    told = lines(item.text, size, room, manner.lines, beside)
    rows = [Row(text, size, bold=stack, leftward=runs_leftward(item.text)) for text in told or [" "]]
    small = manner.size * 0.9
    for inner in item.items[: manner.notes]:
        words = f"{inner.label} {inner.text}" if inner.label else f"\u2013 {inner.text}"
        leftward = runs_leftward(words)
        rows += [Row(text, small, quiet=True, leftward=leftward) for text in lines(words, small, room, manner.inner)]
    if len(item.items) > manner.notes:
        rows.append(Row(looks.words("and_more", len(item.items) - manner.notes), small, quiet=True))
    return Card(tuple(rows), item, size, width)


def draw(x: float, y: float, made: Card, section: str | None) -> Iterator[str]:
    """It, at its place, on the paper of its section, or of its own colour."""
    paper, edge, _ = PAPERS.get(made.item.colour or section or "", OTHER)
    height = made.height
    if is_stack(made.item):
        yield box(x + 3, y + 3, made.width - 3, height - 1, rx=5, fill=edge)
        yield box(x, y, made.width - 3, height - 1, rx=5, fill=paper, stroke=edge, stroke_width=0.8)
    else:
        yield box(x, y, made.width, height, rx=5, fill=paper, stroke=edge, stroke_width=0.8)
    at = y + PAD
    for row in made.rows:
        looks = {"font_weight": "bold"} if row.bold else {}
        place = (x + PAD, at + row.size * 0.95, made.width - 2 * PAD)
        shade = QUIET if row.quiet else INK
        yield written(place, row.size, row.text, leftward=row.leftward, fill=shade, **looks)
        at += row.size * LEADING
    if made.item.dots:
        size, told = made.size * 0.9, str(made.item.dots)
        long = wide(told, size)
        end = x + PAD + long + size * 0.75 if made.rows[0].leftward else x + made.width - PAD
        base = y + PAD + made.size * 0.95
        yield say(end, base, size, told, text_anchor="end", fill=ACCENT, font_weight="bold")
        yield disc(end - long - size * 0.45, base - size * 0.34, size * 0.3, fill=ACCENT)


def is_stack(item: Item) -> bool:
    """What lies beneath a note that is none are versions of it, with a label."""
    return bool(item.items) and not item.items[0].label


def _dotted(dots: int, size: float) -> float:
    """The room for the number of dots, beside the text."""
    return wide(str(dots), size * 0.9) + size * 1.2 if dots else 0.0
