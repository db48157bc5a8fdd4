"""A document before it is of any format: a title block, and a tree of blocks. Texts are as people wrote them."""

from dataclasses import dataclass
from typing import Final, Literal

from protocol.base import Colour
from protocol.records import Status

MM: Final = 25.4
DOTS: Final = 120
"""Of a picture, to an inch of paper."""


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
class Footnote:
    """What stands at the foot; numbered from 1 on, in the order of the text."""

    number: int
    line: "Line"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike. `href`: where they lead. `note`: it has no words, a footnote's sign stands there."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""
    note: Footnote | None = None


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


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture's bytes, and its sides (pixels). `name`: that of its file in an archive."""

    media: str
    body: bytes
    width: int
    height: int
    name: str = ""

    def extent(self, width: float, height: float) -> tuple[float, float]:
        """How large it stands on paper (mm): as it is, and no larger than this."""
        scale = min(MM / DOTS, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that somebody brought. `alt` says in words what it shows; where it is empty, it only decorates."""

    alt: str
    caption: Line
    shot: Shot


Written = Heading | Prose | Quote | Listing | Grid | Picture
"""What people write in the paper."""
Block = Heading | Paragraph | Bullets | Table | Timeline | Prose | Quote | Listing | Grid | Picture


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
