"""The paper that all wrote, as blocks of a document."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, Final

from pycrdt import XmlFragment, XmlText

from protocol.records import Paper, Update
from server.workshop.merging import whole
from server.workshop.shelf import ROOT
from server.workshop.yjs import is_address

from .document import Grid, Heading, Line, Listing, Prose, Quote, Run, Written

LISTS: Final = {"bullet_list": False, "ordered_list": True}


def written(paper: Paper, updates: Iterable[Update]) -> tuple[Written, ...]:
    """All of it, in order; paragraphs without words are left out."""
    return tuple(_blocks(whole(paper, updates).get(ROOT, type=XmlFragment)))


def _blocks(parent: Any) -> Iterator[Written]:
    for element in parent.children:
        yield from _block(element)


def _block(element: Any) -> Iterator[Written]:
    tag = element.tag
    if tag == "heading":
        text = "".join(run.text for run in _line(element)).strip()
        if text:
            yield Heading(_level(element), text)
    elif tag == "blockquote":
        yield Quote(tuple(_blocks(element)))
    elif tag in LISTS:
        yield Listing(LISTS[tag], tuple(tuple(_blocks(item)) for item in element.children))
    elif tag == "table":
        yield from _grid(element)
    elif line := _line(element):
        yield Prose(line)


def _level(heading: Any) -> int:
    return min(3, max(1, _number(heading, "level")))


def _number(element: Any, name: str) -> int:
    """What an attribute says; 1 where it says nothing."""
    value: Any = next((value for key, value in element.attributes if key == name), 1)
    return int(value) if isinstance(value, int | float) else 1


def _grid(table: Any) -> Iterator[Grid]:
    """Cells that span others are followed by empty ones, so that all rows are as long."""
    rows = [[line for cell in row.children for line in _cell(cell)] for row in table.children]
    heads = 0
    for row in table.children:
        if any(cell.tag != "table_header" for cell in row.children):
            break
        heads += 1
    if rows and any(rows):
        even = zip(*zip_longest(*rows, fillvalue=()), strict=True)
        yield Grid(tuple(tuple(row) for row in even), min(heads, 1))


def _cell(cell: Any) -> Iterator[Line]:
    yield tuple(_joined(block for block in _blocks(cell)))
    for _ in range(_number(cell, "colspan") - 1):
        yield ()


def _joined(blocks: Iterable[Written]) -> Iterator[Run]:
    """Blocks one below the other, as lines of a cell."""
    first = True
    for line in (line for block in blocks for line in _lines(block)):
        if not first:
            yield Run("\n")
        first = False
        yield from line


def _lines(block: Written) -> Iterator[Line]:
    if isinstance(block, Prose):
        yield block.line
    elif isinstance(block, Heading):
        yield (Run(block.text, strong=True),)
    elif isinstance(block, Quote):
        yield from (line for inner in block.blocks for line in _lines(inner))
    elif isinstance(block, Listing):
        yield from (line for item in block.items for inner in item for line in _lines(inner))
    else:
        yield from (tuple(run for cell in row for run in (*cell, Run(" "))) for row in block.rows)


def _line(element: Any) -> Line:
    runs = (run for child in element.children for run in _runs(child))
    return tuple(run for run in runs if run.text)


def _runs(child: Any) -> Iterator[Run]:
    if not isinstance(child, XmlText):
        yield Run("\n")
        return
    for text, attributes in child.diff():
        marks: dict[str, Any] = attributes or {}
        link = marks.get("link")
        href = link.get("href") if isinstance(link, dict) else None
        yield Run(str(text), "strong" in marks, "em" in marks, str(href) if is_address(href) else "")
