"""A file of another tool as it was read: tables of texts, and what is suggested to be done with them ([IMP1])."""

from enum import StrEnum
from typing import Literal

from .base import Count, Shape


class Meaning(StrEnum):
    """What a column is to a note."""

    TEXT = "text"
    SECTION = "section"
    AUTHOR = "author"
    TAGS = "tags"
    BENEATH = "beneath"
    """Written beneath the note's text, behind the column's name."""
    IGNORE = "ignore"


class Known(StrEnum):
    """A column that has its name from its place in the file, not from a heading."""

    LIST = "list"
    CARD = "card"
    DESCRIPTION = "description"
    CHECKLISTS = "checklists"
    COMMENTS = "comments"
    ATTACHMENTS = "attachments"
    LABELS = "labels"
    MEMBERS = "members"
    VOTES = "votes"
    DUE = "due"
    TEXT = "text"
    FRAME = "frame"
    LINK = "link"
    HEADING = "heading"
    UNDER = "under"


class What(StrEnum):
    """What has no place in a table."""

    ABOUT = "about"
    """A description of the whole."""
    EMPTY = "empty"
    """Lists, frames or headings with nothing in them; sheets without a word."""
    HISTORY = "history"
    """What was done to it, and when."""
    COMMENT = "comment"
    """Comments on what is not there any more, or on a cell."""
    DELETED = "deleted"
    SHAPE = "shape"
    """Drawn, without words."""
    BOX = "box"
    """Text that lies over a sheet."""
    PICTURE = "picture"
    REPLACED = "replaced"
    """Characters that no note may hold, shown as U+FFFD."""


class ImportColumn(Shape):
    """A column: its name, or which it is, and what it is suggested to be."""

    name: str
    known: Known | None = None
    meaning: Meaning


class ImportTable(Shape):
    """Rows of texts, each as long as there are columns.

    `header`: the columns have their names from a first row, which is not among these. `cells`: each cell is a note,
    and its column's name a section. `archived`: it was out of sight there.
    """

    title: str
    header: bool
    cells: bool = False
    archived: bool = False
    columns: tuple[ImportColumn, ...]
    rows: tuple[tuple[str, ...], ...]


class ImportLeft(Shape):
    """What has no place in a table: how many, and the words of those that have any."""

    what: What
    count: Count
    texts: tuple[str, ...] = ()


class Import(Shape):
    """A whole file."""

    format: Literal["csv", "xlsx", "trello", "excalidraw", "json", "markdown", "list"]
    title: str
    tables: tuple[ImportTable, ...]
    left: tuple[ImportLeft, ...]
