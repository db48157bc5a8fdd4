"""Typst at work: a source and what it reads go in, a file comes out. Only ours is source; what people wrote is data."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst

MAIN: Final = "main.typ"
FIGURE: Final = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("figure.svg")\n'


def pdf_of(source: bytes, files: Mapping[str, bytes]) -> bytes:
    """By PDF/UA-1; where no font has a character of the text, which that forbids, tagged all the same."""
    with TemporaryDirectory() as name:
        main = _laid_out(Path(name), source, files)
        try:
            return typst.compile(main, root=main.parent, format="pdf", pdf_standards="ua-1")
        except typst.TypstError:
            return typst.compile(main, root=main.parent, format="pdf")


def png_of(svg: str, ppi: float) -> bytes:
    """A picture, for what cannot show the drawing itself."""
    with TemporaryDirectory() as name:
        main = _laid_out(Path(name), FIGURE, {"figure.svg": svg.encode()})
        return typst.compile(main, root=main.parent, format="png", ppi=ppi)


def _laid_out(folder: Path, source: bytes, files: Mapping[str, bytes]) -> Path:
    for name, body in {MAIN: source, **files}.items():
        (folder / name).write_bytes(body)
    return folder / MAIN
