"""Typst at work: a source and what it reads go in, a file comes out. Only ours is source; what people wrote is data.

All of it stays in memory: a making that is called off leaves nothing on a disk. Its letters are those that it brings
along, emoji from beside this, and for other scripts those of the system.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typst

MAIN: Final = "main.typ"
HERE: Final = Path(__file__).parent
DRAWING: Final = (HERE / "drawing.typ").read_bytes()
FONTS: Final = [str(HERE / "fonts")]
PAGE: Final = "#set page(width: auto, height: auto, margin: 0pt, fill: {ground})\n"
SHOWN: Final = PAGE + '#image("figure.svg")\n'
DRAWN: Final = PAGE + '#import "drawing.typ": *\n#show: lettered\n#drawing("figure.svg")\n'


def pdf_of(source: bytes, files: Mapping[str, bytes]) -> bytes:
    """By PDF/UA-1; where no font has a character of the text, which that forbids, tagged all the same."""
    given: Any = {MAIN: source, "drawing.typ": DRAWING, **files}  # which Typst's own types do not know of
    try:
        return typst.compile(given, format="pdf", font_paths=FONTS, pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(given, format="pdf", font_paths=FONTS)


def png_of(svg: str, ppi: float, ground: str = "white") -> bytes:
    """A picture of a picture. `ground`: what lies beneath it, as Typst says it."""
    return _png(SHOWN.format(ground=ground), svg, ppi)


def drawn_png(svg: str, ppi: float) -> bytes:
    """A picture of one of our drawings (`drawing.picture`), for what cannot show that itself."""
    return _png(DRAWN.format(ground="white"), svg, ppi)


def _png(source: str, svg: str, ppi: float) -> bytes:
    given: Any = {MAIN: source.encode(), "drawing.typ": DRAWING, "figure.svg": svg.encode()}
    return typst.compile(given, format="png", font_paths=FONTS, ppi=ppi)
