"""Typst at work: a source and what it reads go in, a file comes out. Only ours is source; what people wrote is data.

All of it stays in memory: a making that is called off leaves nothing on a disk.
"""

from collections.abc import Mapping
from typing import Any, Final

import typst

MAIN: Final = "main.typ"
FIGURE: Final = '#set page(width: auto, height: auto, margin: 0pt, fill: {ground})\n#image("figure.svg")\n'


def pdf_of(source: bytes, files: Mapping[str, bytes]) -> bytes:
    """By PDF/UA-1; where no font has a character of the text, which that forbids, tagged all the same."""
    given: Any = {MAIN: source, **files}  # which Typst's own types do not know of
    try:
        return typst.compile(given, format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(given, format="pdf")


def png_of(svg: str, ppi: float, ground: str = "white") -> bytes:
    """A picture, for what cannot show the drawing itself. `ground`: what lies beneath it, as Typst says it."""
    given: Any = {MAIN: FIGURE.format(ground=ground).encode(), "figure.svg": svg.encode()}
    return typst.compile(given, format="png", ppi=ppi)
