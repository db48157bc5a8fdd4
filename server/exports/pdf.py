"""A document as PDF, set by Typst: tagged, with outline, title and language ([EXP5]).

The text reaches Typst as data that its template shows, never as a part of its source.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from .document import Block, Bullets, Document, Grid, Heading, Item, Line, Listing, Paragraph, Prose, Quote, Table
from .words import Words

TEMPLATE: Final = (Path(__file__).parent / "paper.typ").read_bytes()


def pdf(document: Document) -> bytes:
    """The file."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "paper.typ").write_bytes(TEMPLATE)
        (Path(folder) / "paper.json").write_text(json.dumps(plain(document)), "utf-8")
        return _set(Path(folder) / "paper.typ")


def _set(source: Path) -> bytes:
    """By PDF/UA-1; where no font has a character of the text, which that forbids, tagged all the same."""
    try:
        return typst.compile(source, root=source.parent, format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        return typst.compile(source, root=source.parent, format="pdf")


def plain(document: Document) -> dict[str, Any]:
    """The document as its template reads it."""
    words = Words(document.language)
    return {
        "title": document.title,
        "purpose": document.purpose,
        "kind": document.kind,
        "facts": " · ".join((document.date, *document.facts)),
        "language": document.language,
        "blocks": [_block(block, words) for block in document.blocks],
    }


def _block(block: Block, words: Words) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text, "annex": block.annex}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "quiet": block.quiet}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "colour": block.colour or "", "items": [_item(item, words) for item in block.items]}
    if isinstance(block, Table):
        return {"kind": "table", "head": block.head, "rows": block.rows}
    return _written(block, words)


def _written(block: Prose | Quote | Listing | Grid, words: Words) -> dict[str, Any]:
    if isinstance(block, Prose):
        return {"kind": "prose", "line": _line(block.line)}
    if isinstance(block, Quote):
        return {"kind": "quote", "blocks": [_block(inner, words) for inner in block.blocks]}
    if isinstance(block, Listing):
        items = [[_block(inner, words) for inner in item] for item in block.items]
        return {"kind": "listing", "ordered": block.ordered, "items": items}
    return {"kind": "grid", "head": block.head, "rows": [[_line(cell) for cell in row] for row in block.rows]}


def _line(line: Line) -> list[dict[str, Any]]:
    return [{"text": run.text, "strong": run.strong, "em": run.em, "href": run.href} for run in line]


def _item(item: Item, words: Words) -> dict[str, Any]:
    return {
        "text": item.text,
        "label": item.label,
        "dots": words("dots", item.dots) if item.dots else "",
        "items": [_item(inner, words) for inner in item.items],
    }
