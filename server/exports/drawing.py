"""SVG by hand: shapes and text. What people wrote is text in it, and runs nothing ([EXP2])."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

UNFIT: Final = re.compile("[\ufffe\uffff]")
"""What XML 1.0 cannot hold of the text that Plenary accepts; it is shown as the sign for a character that is none."""
FONTS: Final = "Atkinson Hyperlegible Next, Segoe UI, Helvetica Neue, Arial, Libertinus Serif, sans-serif"
INK: Final = "#1f1a14"
QUIET: Final = "#655c50"
LINE: Final = "#d9d1c3"
ACCENT: Final = "#005b63"
NARROW: Final = frozenset("iljtfrI.,:;!|'\u2019\u2018()[]-/ \u00a0")
BROAD: Final = frozenset("mwMW@%&\u2013\u2014\u2026\u201c\u201d")
PICTURED: Final = re.compile("[\ufe0f\u20e3\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
"""What is in a sign that may be drawn as an emoji."""
ELLIPSIS: Final = "…"
SIGN: Final = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|.(?:[\u0300-\u036f\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)
"""What is one to the eye: flags, and a character with what is joined to it ([EXP17])."""
GAP: Final = "\u2003"
"""Stands for a tab, which has no stop to go to on a page."""


def fit(text: str) -> str:
    """To the letter, as far as XML holds it."""
    return UNFIT.sub("\ufffd", text)


def gapped(text: str) -> str:
    """The same with gaps for tabs: these would go to a stop of ours."""
    return fit(text).replace("\t", GAP)


def picture(width: float, height: float, parts: Iterable[str], alt: str) -> str:
    """The whole, as a file of its own or within a page. Lengths are in units of its own."""
    box = f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" height="{_n(height)}"'
    begin = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{escape(fit(alt))}"'
    inside = "\n".join(parts)
    return f'{begin} font-family="{FONTS}" fill="{INK}">\n{inside}\n</svg>\n'


def box(x: float, y: float, width: float, height: float, **looks: object) -> str:
    """A rectangle."""
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{_looks(looks)}/>'


def stroke(x: float, y: float, to_x: float, to_y: float, **looks: object) -> str:
    """A line."""
    return f'<line x1="{_n(x)}" y1="{_n(y)}" x2="{_n(to_x)}" y2="{_n(to_y)}"{_looks(looks)}/>'


def disc(x: float, y: float, radius: float, **looks: object) -> str:
    """A full circle."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_looks(looks)}/>'


def say(x: float, y: float, size: float, text: str, **looks: object) -> str:
    """One line of text, so high, from `x` on (or up to it with `text_anchor="end"`); blanks stay."""
    looks = {"xml:space": "preserve", **looks}
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{_looks(looks)}>{escape(fit(text))}</text>'


def written(place: tuple[float, float, float], size: float, text: str, *, leftward: bool, **looks: object) -> str:
    """One line of what people wrote, at x and y, with so much room: `leftward` from its end on, in that order.

    The signs for it are in the text, as not all that shows drawings knows of an attribute. What takes more room than
    was reckoned is set narrower by us (drawing.typ).
    """
    x, y, room = place
    looks = {"data_room": _n(room), **looks}
    if leftward:
        return say(x + room, y, size, f"\u202b{text}\u202c", text_anchor="end", **looks)
    return say(x, y, size, text, **looks)


def span(text: str, **looks: object) -> str:
    """Words within a line that look otherwise, to be put in by `line`."""
    return f"<tspan{_looks(looks)}>{escape(fit(text))}</tspan>"


def line(x: float, y: float, size: float, spans: Iterable[str], **looks: object) -> str:
    """One line of several `span`s."""
    looks = {"xml:space": "preserve", **looks}
    return f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{_looks(looks)}>{"".join(spans)}</text>'


def wide(text: str, size: float) -> float:
    """About how wide a text is; rather too much."""
    if text.isascii():
        return size * sum(map(_em, text))
    return size * sum(1.52 if PICTURED.search(sign) else sum(map(_em, sign)) for sign in SIGN.findall(text))


def cut(text: str, size: float, room: float) -> str:
    """As much of a text as fits on one line; what is cut ends in an ellipsis."""
    text = " ".join(text.split())
    if wide(text, size) <= room:
        return text
    return _first(text, size, room - wide(ELLIPSIS, size)).rstrip() + ELLIPSIS


def _first(text: str, size: float, room: float) -> str:
    """As many of its signs as have room; none is parted."""
    at = 0
    for sign in SIGN.findall(text):
        room -= wide(sign, size)
        if room < 0:
            break
        at += len(sign)
    return text[:at]


def lines(text: str, size: float, room: float, most: int, first: float | None = None) -> list[str]:
    """A text on at most so many lines, as wide as `room`, the first one as `first`; what is cut ends in an ellipsis."""
    first = room if first is None else first
    found: list[str] = []
    for written in _broken(text, size, room, first):
        if len(found) == most:
            last = first if most == 1 else room
            found[-1] = cut(found[-1] + "\u00a0" * 400, size, last).rstrip(" \u00a0" + ELLIPSIS) + ELLIPSIS
            break
        found.append(written)
    return found


def _broken(text: str, size: float, room: float, first: float) -> Iterator[str]:
    """By the writer's own line ends, then between words; a word that is too long is broken."""
    limit = first
    for own in text.splitlines() or [""]:
        made = ""
        for word in own.split():
            joined = f"{made} {word}" if made else word
            if wide(joined, size) <= limit:
                made = joined
                continue
            if made:
                yield made
                limit = room
            made = word
            while wide(made, size) > limit:
                at = len(_first(made, size, limit)) or len(SIGN.findall(made)[0])
                yield made[:at]
                limit = room
                made = made[at:]
        if made:
            yield made
            limit = room


def _em(sign: str) -> float:
    if sign in NARROW:
        return 0.38
    if sign in BROAD:
        return 0.98
    if sign.isascii():
        return 0.75 if sign.isupper() else 0.63
    if unicodedata.combining(sign) or unicodedata.category(sign) in {"Cf", "Mn"}:
        return 0.0
    # Signs as wide as they are high are so in every font, also where all else is narrower than reckoned.
    return 1.25 if unicodedata.east_asian_width(sign) in {"W", "F"} else 0.68


def _looks(looks: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in looks.items())


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
