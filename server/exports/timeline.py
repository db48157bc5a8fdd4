"""The plan over the months: what the figure shows, and the figure as SVG."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from protocol.records import Activity, Status

from .direction import holds_leftward
from .document import Bar, Quarter, Timeline
from .drawing import ACCENT, LINE, QUIET, box, cut, line, picture, say, span, stroke, wide
from .wall import Wall
from .words import Words

SHOWN: Final = 24
"""So many months at least, as on the screen."""
ROWS: Final = 24
"""More activities make more figures, each of which fits on a page."""

WIDTH: Final = 640.0
"""160 mm of a page."""
HEAD: Final = 34.0
ROW: Final = 31.0
TEXT: Final = 12.5
BAR: Final = 7.0
AROUND: Final = 2.5
"""So much of the ground is free around words."""
LEFT_TO_RIGHT: Final = "\u200e"
"""What stands behind it runs on to the right, whichever way the letters before it did."""
LOOKS: Final[dict[Status, dict[str, object]]] = {
    Status.IDEA: {"fill": "#ffffff", "stroke": ACCENT, "stroke_dasharray": "4 2.5"},
    Status.AGREED: {"fill": "#a9cdd0", "stroke": ACCENT},
    Status.BEGUN: {"fill": ACCENT, "stroke": ACCENT},
    Status.DONE: {"fill": QUIET, "stroke": QUIET},
}


@dataclass(frozen=True, slots=True)
class Said:
    """A line of words, from where to where it stands at most, and how it is drawn."""

    start: float
    end: float
    top: float
    parts: tuple[str, ...]


def timelines(wall: Wall, words: Words) -> Iterator[Timeline]:
    """The plan in figures of at most `ROWS` activities."""
    created = wall.workshop.created
    months = max(SHOWN, *(each.start + each.length for each in wall.plan)) if wall.plan else SHOWN
    quarters = tuple(_quarters(created, months, words))
    for start in range(0, len(wall.plan), ROWS):
        part = wall.plan[start : start + ROWS]
        told = "; ".join(f"{each.title}: {words.span(created, each.start, each.length)}" for each in part)
        whole = words("timeline_alt", span=words.span(created, 0, months))
        yield Timeline(months, quarters, tuple(_bar(each, words) for each in part), f"{whole} {told}.")


def _bar(each: Activity, words: Words) -> Bar:
    quiet = " · ".join(filter(None, (each.owner, words(each.status))))
    return Bar(each.title, quiet, each.start, each.length, each.status)


def _quarters(created: int, months: int, words: Words) -> Iterator[Quarter]:
    first = datetime.fromtimestamp(created / 1000, UTC)
    at = 0
    while at < months:
        year, month = divmod(first.month - 1 + at, 12)
        length = min(3 - month % 3, months - at)
        yield Quarter(words("quarter", n=month // 3 + 1), first.year + year, at, length)
        at += length


def figure(timeline: Timeline) -> str:
    """As SVG, `WIDTH` wide."""
    return picture(WIDTH, height(timeline), drawn(timeline, WIDTH), timeline.alt)


def height(timeline: Timeline) -> float:
    """In the same unit."""
    return HEAD + ROW * len(timeline.bars) + 4


def drawn(timeline: Timeline, width: float) -> Iterator[str]:
    """Its parts: quarters above, and below each other the activities, each with its bar beneath its words.

    The quarters' lines end where words stand: a ground behind them would have to be of the page's colour.
    """
    month = width / timeline.months
    said = [_said(bar, HEAD + n * ROW, month, width) for n, bar in enumerate(timeline.bars)]
    year = None
    for quarter in timeline.quarters:
        x = quarter.start * month
        begins = quarter.year != year
        for top, bottom in _free(x, 3 if begins else 18, height(timeline), said):
            yield stroke(x, top, x, bottom, stroke=LINE, stroke_width=1 if begins else 0.5)
        if begins:
            yield say(x + 4, 13, 11.5, str(quarter.year), font_weight="bold")
        if quarter.length * month > 20:
            yield say(x + 4, 27, 10.5, quarter.name, fill=QUIET)
        year = quarter.year
    yield stroke(0, HEAD - 2, width, HEAD - 2, stroke=LINE, stroke_width=1)
    for bar, words in zip(timeline.bars, said, strict=True):
        yield from words.parts
        start, long = bar.start * month, bar.length * month
        yield box(start + 1, words.top + 20, max(long - 2, 3), BAR, rx=2.5, stroke_width=1, **LOOKS[bar.status])


def _free(x: float, top: float, bottom: float, said: Iterable[Said]) -> Iterator[tuple[float, float]]:
    """The pieces of the line at `x` on which no words stand."""
    for words in said:
        if words.start - AROUND <= x <= words.end + AROUND:
            yield top, words.top + 2
            top = words.top + 18.5
    yield top, bottom


def _said(bar: Bar, top: float, month: float, width: float) -> Said:
    """The words begin with their bar, or as far before it as they need so that they end on the page."""
    quiet = cut(bar.quiet, TEXT, width * 0.45)
    begun = bar.status is Status.BEGUN
    size = TEXT * 1.1 if begun else TEXT
    title = cut(bar.title, size, width - 2 - wide(f"  {quiet}", TEXT))
    between = f"{LEFT_TO_RIGHT}  " if holds_leftward(title) else "  "
    spans = (span(title, font_weight="bold" if begun else "normal"), span(f"{between}{quiet}", fill=QUIET))
    long = wide(title, size) + wide(f"  {quiet}", TEXT)
    start = max(min(bar.start * month, width - 1 - long), 0) + 1
    return Said(start, start + long, top, (line(start, top + 15, TEXT, spans),))
