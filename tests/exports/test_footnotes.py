"""Footnotes in every format: numbered, at their place, to the letter, and real ones where it has such."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from pycrdt import XmlElement, XmlText

from protocol.records import Paper
from server.exports.document import Footnote, Grid, Listing, Prose, Run
from server.exports.make import make
from server.exports.written import written
from tests.exports.opening import file_of, named, text_of
from tests.exports.test_documents import HOSTILE
from tests.exports.test_written import ENGLISH, paper_of, records


def noted(*parts: str | tuple[str, ...]) -> XmlElement:
    """A paragraph; each tuple is a footnote with its words."""
    pieces: list[Any] = [
        XmlText(part) if isinstance(part, str) else XmlElement("footnote", {}, [XmlText(*part)]) for part in parts
    ]
    return XmlElement("paragraph", {}, pieces)


def item(*parts: str | tuple[str, ...]) -> XmlElement:
    return XmlElement("bullet_list", {}, [XmlElement("list_item", {}, [noted(*parts)])])


def cell(*parts: str | tuple[str, ...]) -> XmlElement:
    row = XmlElement("table_row", {}, [XmlElement("table_cell", {}, [noted(*parts)])])
    return XmlElement("table", {}, [row])


def three() -> Paper:
    """Three, in a paragraph, a list and a table, and one without words."""
    return paper_of(
        noted("Pay", ("By hand",), " and ", ("",), "train"), item("All", ("Nearly",)), cell("Some", ("A few",))
    )


def test_numbered_as_they_come() -> None:
    """[PAPER14] In paragraphs, lists and tables; one without words is none."""
    prose, listing, grid = written(three(), ())
    first, second, third = (Footnote(n, (Run(said),)) for n, said in ((1, "By hand"), (2, "Nearly"), (3, "A few")))
    assert prose == Prose((Run("Pay"), Run("", note=first), Run(" and "), Run("train")))
    assert listing == Listing(False, ((Prose((Run("All"), Run("", note=second))),),))
    assert grid == Grid((((Run("Some"), Run("", note=third)),),), 0)


def test_where_there_are_links() -> None:
    """[PAPER14] From the sign to the footnote and back, before the annex; in Markdown by its number."""
    page = make("html", records(three(), "A note"), ENGLISH).decode()
    assert re.findall(r'<sup><a id="ref-(\d)" href="#note-(\d)"', page) == [("1", "1"), ("2", "2"), ("3", "3")]
    assert re.findall(r'<li id="note-(\d)"><p dir="auto">([\w ]+) <a href="#ref-(\d)"', page) == [
        ("1", "By hand", "1"),
        ("2", "Nearly", "2"),
        ("3", "A few", "3"),
    ]
    assert page.index('class="footnotes"') < page.index('class="annex"')
    told = make("md", records(three()), ENGLISH).decode()
    assert "Pay[^1] and train" in told
    assert "| Some[^3] |" in told
    assert "\n[^2]: Nearly\n" in told


def test_real_ones_in_office_files() -> None:
    """[PAPER14] DOCX and ODT hold each at its place, and as what the format has for it."""
    made = make("docx", records(three()), ENGLISH)
    file = docx.Document(io.BytesIO(made))
    signs = [sign.get(qn("w:id")) for sign in file.element.body.iter(qn("w:footnoteReference"))]
    notes = parse_xml(zipfile.ZipFile(io.BytesIO(made)).read("word/footnotes.xml"))
    said = {note.get(qn("w:id")): "".join(text.text or "" for text in note.iter(qn("w:t"))).strip() for note in notes}
    assert signs == ["1", "2", "3"]
    assert {"1": "By hand", "2": "Nearly", "3": "A few"}.items() <= said.items()
    content = file_of(make("odt", records(three()), ENGLISH))
    found = [text_of(line) for note in content.iter(named("text:note")) for line in note.iter(named("text:p"))]
    assert found == ["By hand", "Nearly", "A few"]


def test_at_the_foot_of_its_page() -> None:
    """[PAPER14] [EXP5] PDF, by PDF/UA-1 as ever."""
    made = pypdf.PdfReader(io.BytesIO(make("pdf", records(three()), ENGLISH)))
    [text] = [text for page in made.pages if "By hand" in (text := page.extract_text())]
    assert text.index("Some") < text.index("By hand") < text.index("Nearly") < text.index("A few")
    root: Any = made.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\t" not in text], ids=range(len(HOSTILE) - 1))
def test_hostile_text_is_text(text: str) -> None:
    """[EXP2] [PAPER14] To the letter, and executed nowhere."""
    text = " ".join(text.split())
    paper = paper_of(noted("See", (text,)))
    page = make("html", records(paper), ENGLISH).decode()
    assert "<script>alert" not in page
    shown = text.replace("\ufffe", "\ufffd")
    notes = parse_xml(zipfile.ZipFile(io.BytesIO(make("docx", records(paper), ENGLISH))).read("word/footnotes.xml"))
    assert shown in "".join(text.text or "" for text in notes.iter(qn("w:t")))
    [note] = file_of(make("odt", records(paper), ENGLISH)).iter(named("text:note-body"))
    assert [text_of(line) for line in note] == [shown]
    assert make("md", records(paper), ENGLISH).decode().count("[^1]") == 2
    assert make("pdf", records(paper), ENGLISH).startswith(b"%PDF")
