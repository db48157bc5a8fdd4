"""The paper's pictures in a document: those that everybody may see, and in words what is not to be had ([PICTURE1])."""

from collections.abc import Callable, Iterator
from typing import Final

from .album import Album
from .document import Line, Picture, Prose, Run, Written
from .wall import Wall
from .words import Words

ALT_CHARS: Final = 500
"""Longer words are cut: somebody listens to them."""
Showing = Callable[[str, str, Line], Iterator[Written]]
"""What stands for the picture of this id, with its words and its caption."""


def showing(wall: Wall, words: Words) -> Showing:
    """Shows what is there, as long as there is room."""
    album = Album(wall.pictures)

    def show(of: str, alt: str, caption: Line) -> Iterator[Written]:
        alt = " ".join(alt.split())[:ALT_CHARS]
        shot = album.shot(of)
        if shot:
            yield Picture(alt, caption, shot)
            return
        if alt:
            yield Prose((Run(f"{words('no_picture')} ", em=True), Run(alt)))
        if caption:
            yield Prose(caption)

    return show
