"""The paper that all wrote, as blocks of a document."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count, zip_longest
from typing import Any, Final

from pycrdt import XmlFragment, XmlText

from protocol.records import Paper, Update
from server.workshop.merging import whole
from server.workshop.shelf import PICTURE, ROOT
from server.workshop.yjs import is_address

from .document import Footnote, Grid, Heading, Line, Listing, Prose, Quote, Run, Written

LISTS: Final = {"bullet_list": False, "ordered_list": True}


def written(
    paper: Paper,
    updates: Iterable[Update],
    quoting: Callable[[XmlFragment], None] | None = None,
    showing: Callable[[str, str, Line], Iterable[Written]] | None = None,
) -> tuple[Written, ...]:
    """All of it, in order; what has no words is left out, and quotes and pictures where nothing says or shows them."""
    document = whole(paper, updates)
    root = document.get(ROOT, type=XmlFragment)
    if quoting:
        quoting(root)
    numbers, blocks = count(1), list[Written]()
    for element in root.children:
        if element.tag != PICTURE:
            blocks += _block(element, numbers)
        elif showing:
            alt = "".join(run.text for run in _words_of(element, "picture_alt"))
            blocks += showing(str(dict(element.attributes).get("of")), alt, _words_of(element, "picture_caption"))
    return tuple(blocks)


def _words_of(picture: Any, tag: str) -> Line:
    """What is said in those of its parts that have this name."""
    return tuple(run for part in picture.children if part.tag == tag for run in _line(part, count(1)))


def _blocks(parent: Any, numbers: Iterator[int]) -> Iterator[Written]:
    """`numbers`: those of the footnotes to come."""
    for element in parent.children:
        yield from _block(element, numbers)


def _block(element: Any, numbers: Iterator[int]) -> Iterator[Written]:
    tag = element.tag
    if tag == "heading":
        text = "".join(run.text for run in _line(element, numbers)).strip()
        if text:
            yield Heading(_level(element), text)
    elif tag == "blockquote":
        yield Quote(tuple(_blocks(element, numbers)))
    elif tag in LISTS:
        yield Listing(LISTS[tag], tuple(tuple(_blocks(item, numbers)) for item in element.children))
    elif tag == "table":
        yield from _grid(element, numbers)
    elif line := _line(element, numbers):
        yield Prose(line)


def _level(heading: Any) -> int:
    return min(3, max(1, _number(heading, "level")))


def _number(element: Any, name: str) -> int:
    """What an attribute says; 1 where it says nothing."""
    value: Any = next((value for key, value in element.attributes if key == name), 1)
    return int(value) if isinstance(value, int | float) else 1


def _grid(table: Any, numbers: Iterator[int]) -> Iterator[Grid]:
    """Cells that span others are followed by empty ones, so that all rows are as long."""
    rows = [[line for cell in row.children for line in _cell(cell, numbers)] for row in table.children]
    heads = 0
    for row in table.children:
        if any(cell.tag != "table_header" for cell in row.children):
            break
        heads += 1
    if rows and any(rows):
        even = zip(*zip_longest(*rows, fillvalue=()), strict=True)
        yield Grid(tuple(tuple(row) for row in even), min(heads, 1))


def _cell(cell: Any, numbers: Iterator[int]) -> Iterator[Line]:
    yield tuple(_joined(block for block in _blocks(cell, numbers)))
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
    elif isinstance(block, Grid):
        yield from (tuple(run for cell in row for run in (*cell, Run(" "))) for row in block.rows)


def _line(element: Any, numbers: Iterator[int]) -> Line:
    runs = (run for child in element.children for run in _runs(child, numbers))
    return tuple(run for run in runs if run.text or run.note)


def _runs(child: Any, numbers: Iterator[int]) -> Iterator[Run]:
    if not isinstance(child, XmlText):
        if child.tag == "footnote":
            said = _line(child, numbers)
            yield Run("", note=Footnote(next(numbers), said) if said else None)
        else:
            yield Run("\n")
        return
    for text, attributes in child.diff():
        marks: dict[str, Any] = attributes or {}
        if "insertion" in marks:
            continue  # it is suggested only ([PAPER18])
        link = marks.get("link")
        href = link.get("href") if isinstance(link, dict) else None
        yield Run(str(text), "strong" in marks, "em" in marks, str(href) if is_address(href) else "")
