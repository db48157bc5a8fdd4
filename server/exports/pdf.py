"""A document as PDF, set by Typst: tagged, with outline, title and language ([EXP5]).

The text reaches Typst as data that its template shows, never as a part of its source.
"""

import json
from pathlib import Path
from typing import Any, Final

from .album import drawing, named
from .columns import plain, shares
from .direction import begins_leftward, runs_leftward
from .document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Table,
    Timeline,
)
from .foot import at_foot
from .setting import pdf_of
from .timeline import figure
from .words import Words

TEMPLATE: Final = (Path(__file__).parent / "paper.typ").read_bytes()
ROOM: Final = (160.0, 190.0)
"""For a picture, in millimetres."""
WHOLE: Final = 1_400
"""A table with fewer signs stays on one page."""


def pdf(document: Document) -> bytes:
    """The file."""
    files: dict[str, bytes] = {}
    told = as_data(document, files)
    return pdf_of(TEMPLATE, {**files, "paper.json": json.dumps(told).encode()})


def as_data(document: Document, files: dict[str, bytes]) -> dict[str, Any]:
    """The document as its template reads it; its figures are put among `files`."""
    words = Words(document.language)
    return {
        "title": document.title,
        "foot": at_foot(document.title),
        "leftward": {"title": runs_leftward(document.title), "purpose": runs_leftward(document.purpose)},
        "purpose": document.purpose,
        "kind": document.kind,
        "facts": " · ".join((document.date, *document.facts)),
        "language": document.language,
        "blocks": [_block(block, words, files) for block in document.blocks],
    }


def _block(block: Block, words: Words, files: dict[str, bytes]) -> dict[str, Any]:
    if isinstance(block, Heading):
        looks = {"annex": block.annex, "numbered": block.numbered, "leftward": runs_leftward(block.text)}
        return {"kind": "heading", "level": block.level, "text": block.text, **looks}
    if isinstance(block, Paragraph):
        looks = {"quiet": block.quiet, "leftward": runs_leftward(block.text)}
        return {"kind": "paragraph", "text": block.text, **looks}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "colour": block.colour or "", "items": [_item(item, words) for item in block.items]}
    if isinstance(block, Table):
        return {"kind": "table", "head": block.head, "rows": block.rows, **_laid_out([block.head, *block.rows])}
    if isinstance(block, Timeline):
        name = f"figure-{len(files)}.svg"
        files[name] = figure(block).encode()
        return {"kind": "figure", "file": name, "alt": block.alt}
    return _written(block, words, files)


def _written(block: Prose | Quote | Listing | Grid | Picture, words: Words, files: dict[str, bytes]) -> dict[str, Any]:
    if isinstance(block, Prose):
        return {"kind": "prose", "line": _line(block.line), "leftward": begins_leftward(block)}
    if isinstance(block, Quote):
        inside = [_block(inner, words, files) for inner in block.blocks]
        return {"kind": "quote", "blocks": inside, "leftward": begins_leftward(block)}
    if isinstance(block, Listing):
        items = [
            {
                "leftward": bool(item) and begins_leftward(item[0]),
                "blocks": [_block(inner, words, files) for inner in item],
            }
            for item in block.items
        ]
        return {"kind": "listing", "ordered": block.ordered, "items": items}
    if isinstance(block, Picture):
        name = f"{named(block.shot)}.svg"
        files[name] = drawing(block.shot).encode()
        width, _ = block.shot.extent(*ROOM)
        return {"kind": "picture", "file": name, "alt": block.alt, "width": width, "caption": _line(block.caption)}
    rows = [[_line(cell) for cell in row] for row in block.rows]
    return {"kind": "grid", "head": block.head, "rows": rows, **_laid_out(block.rows)}


def _laid_out(rows: Any) -> dict[str, Any]:
    """How wide the columns of a table are, which way each cell runs, and whether it stays on one page."""
    told = [plain(row) for row in rows]
    ways = [[runs_leftward(cell) for cell in row] for row in told]
    return {"shares": shares(told), "ways": ways, "whole": sum(len(cell) for row in told for cell in row) < WHOLE}


def _line(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "text": run.text,
            "strong": run.strong,
            "em": run.em,
            "href": run.href,
            "note": _line(run.note.line) if run.note else [],
        }
        for run in line
    ]


def _item(item: Item, words: Words) -> dict[str, Any]:
    return {
        "text": item.text,
        "leftward": runs_leftward(item.text),
        "label": item.label,
        "dots": words("dots", item.dots) if item.dots else "",
        "items": [_item(inner, words) for inner in item.items],
    }
