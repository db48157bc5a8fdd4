"""The pictures of a document, made fit for it: none too large, and all together not either ([PICTURE3])."""

import hashlib
import struct
import zlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Final

import typst

from .document import Shot
from .given import Given
from .setting import png_of
from .sides import Sides, sides

PIXELS: Final = 40_000_000
"""Larger ones are not opened: they would take too much memory."""
STEPS: Final = (1_600, 1_100, 750, 480)
"""The longest side (pixels) that a picture drawn anew may have: the first with which there is room for it."""
KEPT_SIDE: Final = 2_600
"""A photo is left as it is up to this side (pixels)."""
KEPT_BYTES: Final = 2_000_000
"""And up to so many bytes; one drawn anew has at most as many."""
MOST: Final = 60
"""So many pictures stand in a document at most."""
ALL_BYTES: Final = 16_000_000
"""So much all pictures of a document come to, each as often as it stands there."""
INCH: Final = 96
"""So many pixels of a drawing."""
PROOF: Final = (32, 2)
"""So long, and so broad (pixels), a picture is drawn at least to see whether it can be read."""
TURNED: Final = 5
TURNS: Final = (
    "", "1 0 0 1 0 0", "-1 0 0 1 {w} 0", "-1 0 0 -1 {w} {h}", "1 0 0 -1 0 {h}",
    "0 1 1 0 0 0", "0 1 -1 0 {h} 0", "0 -1 -1 0 {h} {w}", "0 -1 1 0 0 {w}",
)  # fmt: skip
"""How each of Exif's ways is set upright."""


class Album:
    """The pictures that may be shown, by id; each is made fit once."""

    def __init__(self, given: Mapping[str, Given]) -> None:
        self._given = given
        self._fit: dict[str, Shot | None] = {}
        self._left = ALL_BYTES
        self._more = MOST

    def shot(self, of: str) -> Shot | None:
        """This one; None where it cannot be shown, or where there is no room for it any more."""
        given = self._given.get(of)
        if given is None or not self._more:
            return None
        if of not in self._fit or len(getattr(self._fit[of], "body", b"")) > self._left:
            self._fit[of] = fit(given, min(self._left, KEPT_BYTES))
        found = self._fit[of]
        if found:
            self._left -= len(found.body)
            self._more -= 1
        return found


def fit(given: Given, most: int) -> Shot | None:
    """A picture of at most so many bytes; of one that is only named, its name alone."""
    if not given.body:
        return Shot("", b"", 1, 1, given.name)
    found = sides(given.body)
    if found is None or not 0 < found.width * found.height <= PIXELS:
        return None
    seen = (found.height, found.width) if found.turn >= TURNED else (found.width, found.height)
    try:
        return _fit(given, found, seen, most)
    except typst.TypstError:
        return None  # it is too thin to be drawn


def _fit(given: Given, found: Sides, seen: tuple[int, int], most: int) -> Shot | None:
    """`seen`: its sides, the right one up."""
    svg = drawing(Shot(found.media, given.body, *seen), found)
    if _is_blank(png_of(svg, INCH * min(1, max(PROOF[0] / max(seen), PROOF[1] / min(seen))), "none")):
        return None  # what is in it is no such picture
    if found.plain and max(seen) <= KEPT_SIDE and len(given.body) <= most:
        return Shot(found.media, given.body, *seen, given.name)
    for step in STEPS:
        body = png_of(svg, INCH * min(1, step / max(seen)))
        if len(body) <= most and (drawn := sides(body)):
            return Shot(drawn.media, body, drawn.width, drawn.height, given.name)
    return None


def drawing(shot: Shot, as_told: Sides | None = None) -> str:
    """It within an SVG: a file of text, as Typst takes it from memory. `as_told`: how its file has it."""
    wide, high = (as_told.width, as_told.height) if as_told else (shot.width, shot.height)
    turned = TURNS[as_told.turn if as_told else 1].format(w=wide, h=high)
    body = f"data:{shot.media};base64,{b64encode(shot.body).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{shot.width}px" height="{shot.height}px" '
        f'viewBox="0 0 {shot.width} {shot.height}"><image transform="matrix({turned})" width="{wide}" '
        f'height="{high}" href="{body}"/></svg>'
    )


def named(shot: Shot) -> str:
    """The same for the same picture."""
    return hashlib.sha256(shot.body).hexdigest()[:20]


def _is_blank(png: bytes) -> bool:
    """Whether nothing at all is in a PNG of ours, of eight bits for each of four channels."""
    (height,) = struct.unpack(">I", png[20:24])
    at, packed = 8, b""
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    rows = zlib.decompress(packed)
    row = len(rows) // height
    return not any(any(rows[n * row + 1 : (n + 1) * row]) for n in range(height))
