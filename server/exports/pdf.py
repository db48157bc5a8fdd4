"""A document as PDF, set by Typst: tagged, with outline, title and language ([EXP5]).

The text reaches Typst as data that its template shows, never as a part of its source.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from .document import Block, Bullets, Document, Heading, Item, Paragraph
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
    return {"kind": "table", "head": block.head, "rows": block.rows}


def _item(item: Item, words: Words) -> dict[str, Any]:
    return {
        "text": item.text,
        "label": item.label,
        "dots": words("dots", item.dots) if item.dots else "",
        "items": [_item(inner, words) for inner in item.items],
    }
