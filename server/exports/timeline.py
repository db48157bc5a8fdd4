"""The plan over the months: what the figure shows, and the figure as SVG."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from protocol.records import Activity, Status

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
LOOKS: Final[dict[Status, dict[str, object]]] = {
    Status.IDEA: {"fill": "#ffffff", "stroke": ACCENT, "stroke_dasharray": "4 2.5"},
    Status.AGREED: {"fill": "#a9cdd0", "stroke": ACCENT},
    Status.BEGUN: {"fill": ACCENT, "stroke": ACCENT},
    Status.DONE: {"fill": QUIET, "stroke": QUIET},
}


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
    """Its parts: quarters above, and below each other the activities, each with its bar beneath its words."""
    month = width / timeline.months
    bottom = height(timeline)
    year = None
    for quarter in timeline.quarters:
        x = quarter.start * month
        begins = quarter.year != year
        yield stroke(x, 3 if begins else 18, x, bottom, stroke=LINE, stroke_width=1 if begins else 0.5)
        if begins:
            yield say(x + 4, 13, 11.5, str(quarter.year), font_weight="bold")
        if quarter.length * month > 20:
            yield say(x + 4, 27, 10.5, quarter.name, fill=QUIET)
        year = quarter.year
    yield stroke(0, HEAD - 2, width, HEAD - 2, stroke=LINE, stroke_width=1)
    for n, bar in enumerate(timeline.bars):
        yield from _row(bar, HEAD + n * ROW, month, width)


def _row(bar: Bar, top: float, month: float, width: float) -> Iterator[str]:
    """The words run on beyond a short bar, to the side where there is more room."""
    start, end = bar.start * month, (bar.start + bar.length) * month
    late = (start + end) / 2 > width / 2
    room = (end if late else width - start) - 2
    quiet = cut(bar.quiet, TEXT, room * 0.45)
    begun = bar.status is Status.BEGUN
    title = cut(bar.title, TEXT * 1.1 if begun else TEXT, room - wide(f"  {quiet}", TEXT))
    spans = (span(title, font_weight="bold" if begun else "normal"), span(f"  {quiet}", fill=QUIET))
    anchor = {"text_anchor": "end"} if late else {}
    yield line(end - 1 if late else start + 1, top + 15, TEXT, spans, **anchor)
    yield box(start + 1, top + 20, max(end - start - 2, 3), BAR, rx=2.5, stroke_width=1, **LOOKS[bar.status])
