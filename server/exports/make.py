"""One function for each format: from the records that the asker sees to the bytes of a file."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from protocol.records import Record

from . import poster
from .calendar import ics
from .given import Given
from .html import html
from .markdown import markdown
from .opendocument import odt
from .page import page
from .paper import compose
from .pdf import pdf
from .tables import csv_of, notes, plan, xlsx
from .wall import Wall
from .word import docx
from .words import Words

NONE: Final[Mapping[str, Given]] = MappingProxyType({})
Maker = Callable[[Wall, Words], bytes]

MAKERS: Final[dict[str, Maker]] = {
    "md": lambda wall, words: markdown(compose(wall, words)).encode(),
    "html": lambda wall, words: html(compose(wall, words)).encode(),
    "docx": lambda wall, words: docx(compose(wall, words)),
    "odt": lambda wall, words: odt(compose(wall, words)),
    "pdf": lambda wall, words: pdf(compose(wall, words)),
    "wall.pdf": poster.pdf,
    "wall.svg": poster.svg,
    "wall.png": poster.png,
    "csv": lambda wall, words: csv_of(notes(wall, words)),
    "plan.csv": lambda wall, words: csv_of(plan(wall, words)),
    "xlsx": xlsx,
    "ics": ics,
}


def make(kind: str, records: Sequence[Record], words: Words, pictures: Mapping[str, Given] = NONE) -> bytes:
    """The file of this format, or the `page` of the paper; `KeyError` where there is none."""
    if kind == "page":
        return page(Wall.of(records, pictures), words).encode()
    return MAKERS[kind](Wall.of(records, pictures), words)
