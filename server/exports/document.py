"""A document before it is of any format: a title block, and a tree of blocks. Texts are as people wrote them."""

from dataclasses import dataclass
from typing import Literal

from protocol.base import Colour
from protocol.records import Status


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `annex` begins a part after the paper itself, on a page of its own.

    What is not `numbered` has no number where others of its level have one.
    """

    level: int
    text: str
    annex: bool = False
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words of ours that stand alone; `quiet` ones are remarks on what is not there.

    `source` is the id of the record they tell of.
    """

    text: str
    quiet: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: a text, the dots on it, and what lies beneath it. `label` is a word of ours before it.

    `source` is the id of the record it is.
    """

    text: str
    dots: int = 0
    label: str = ""
    items: tuple["Item", ...] = ()
    source: str = ""
    colour: Colour | None = None
    """Its own, where it has one instead of its section's."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `colour` is its section's."""

    items: tuple[Item, ...]
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of heads. Numbers are set as numbers. `sources`: for each row the id of the record it is."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of the calendar, or what is shown of them. `start` and `length` are in months."""

    name: str
    year: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Bar:
    """An activity. `quiet`: what is said of it besides its title; `start` and `length` are in months."""

    title: str
    quiet: str
    start: int
    length: int
    status: Status


@dataclass(frozen=True, slots=True)
class Timeline:
    """Activities over the months: a figure. `alt` says in words what it shows."""

    months: int
    quarters: tuple[Quarter, ...]
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. `href`: where they lead."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph as people wrote it."""

    line: Line


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    blocks: tuple["Written", ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each of its items holds blocks."""

    ordered: bool
    items: tuple[tuple["Written", ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as people wrote it. `head`: that many rows are heads. Its rows are equally long."""

    rows: tuple[tuple[Line, ...], ...]
    head: int


Written = Heading | Prose | Quote | Listing | Grid
"""What people write in the paper."""
Block = Heading | Paragraph | Bullets | Table | Timeline | Prose | Quote | Listing | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """The whole. `date` and `facts` are ready to read, in `language`."""

    title: str
    purpose: str
    kind: str
    date: str
    facts: tuple[str, ...]
    blocks: tuple[Block, ...]
    language: Literal["en", "es"] = "en"
