"""What people brought stands in the paper: where it leads, or what the file is called."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from typing import Any

import pypdf
import pytest

from protocol.base import Role
from protocol.changes import Put
from protocol.records import Contribution, Paper, Record
from server.exports.archive import folded
from server.exports.beginning import beginning
from server.exports.document import Heading, Listing, Prose
from server.exports.make import make
from server.exports.wall import Wall
from server.exports.words import Words
from server.exports.written import written
from server.workshop.fold import apply
from server.workshop.merging import encoded
from server.workshop.seen_by import Viewer, seen
from tests.exports.test_documents import HOSTILE
from tests.exports.test_exports import log

ENGLISH = Words("en")


def records(*brought: Contribution, binned: bool = False) -> list[Record]:
    """A workshop with one note, perhaps in the bin, and these."""
    state = folded(log("One note"))
    note = state.notes["n0"].model_copy(update={"binned": binned})
    given: list[Record] = [note, *brought]
    apply(state, [Put(record=each) for each in given])
    return seen(state, Viewer(Role.PROJECTOR))


def link(title: str = "The study", **fields: Any) -> Contribution:
    return Contribution(id="c1", title=title, url="https://example.org/study", by=None, at=2, **fields)


FILE = Contribution(id="c0", title="Rubrics.pdf", blob="b", media="application/pdf", size=9, by=None, at=3)


def links(kind: str, made: bytes) -> set[str]:
    """Where a document's links lead."""
    if kind == "md":
        return set(re.findall(r"\]\(<([^>]*)>\)", made.decode()))
    if kind == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(made)).pages
        notes: list[Any] = [note.get_object() for page in pages for note in page.get("/Annots", [])]
        return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        if kind == "docx":
            return set(re.findall(r'Target="(http[^"]*)"', file.read("word/_rels/document.xml.rels").decode()))
        return set(re.findall(r'<text:a [^>]*xlink:href="([^"]*)"', file.read("content.xml").decode()))


def listed(given: list[Record]) -> list[str]:
    """The list in the paper as it begins."""
    base = encoded(beginning(Wall.of(given), ENGLISH, names=False))
    blocks = written(Paper(id="paper", base=base, target=800, by=None, at=1), ())
    for head, block in itertools.pairwise(blocks):
        if isinstance(head, Heading) and head.text == "What people brought":
            assert isinstance(block, Listing)
            lines = [inner for item in block.items for inner in item]
            return ["".join(run.text for run in line.line) for line in lines if isinstance(line, Prose)]
    return []


def test_address_can_be_followed() -> None:
    """[PAPER1] [EXP16] In the paper as it begins, and in documents without one; a file's name leads nowhere."""
    given = records(FILE, link())
    base = encoded(beginning(Wall.of(given), ENGLISH, names=False))
    paper = Paper(id="paper", base=base, target=800, by=None, at=1)
    for told in (given, [*given, paper]):
        page = make("html", told, ENGLISH).decode()
        assert re.findall(r'<a [^>]*href="(http[^"]*)"[^>]*>([^<]*)', page) == [("https://example.org/study",) * 2]
        for kind in ("pdf", "docx", "odt", "md"):
            assert "https://example.org/study" in links(kind, make(kind, told, ENGLISH))


def test_in_the_paper_as_it_begins() -> None:
    """[PAPER1] As it came; nothing where nothing was brought, or to what is in the bin."""
    assert listed(records(FILE, link())) == ["The study (https://example.org/study)", "Rubrics.pdf"]
    assert listed(records()) == []
    assert listed(records(link(note="n0"))) == ["The study (https://example.org/study)"]
    assert listed(records(link(note="n0"), binned=True)) == []


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[3]])
def test_in_a_document_without_a_paper(text: str) -> None:
    """[EXP1] [EXP2] Before who took part, and to the letter."""
    title = " ".join(text.split())
    page = make("html", records(link(title), FILE), ENGLISH).decode()
    assert "<script>alert" not in page
    told = make("md", records(link("The study"), FILE), ENGLISH).decode()
    assert told.index("What people brought") < told.index("Rubrics") < told.index("Who took part")
