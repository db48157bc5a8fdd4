"""Which way what people wrote runs, and how much of a title stands at the foot."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from pycrdt import Doc, XmlFragment

from server.exports.direction import runs_leftward
from server.exports.document import Bullets as Marked
from server.exports.document import Document, Footnote, Grid, Heading, Item, Listing, Prose, Quote, Run
from server.exports.drawing import wide
from server.exports.foot import ROOM, at_foot
from server.exports.html import html
from server.exports.opendocument import odt
from server.exports.pdf import pdf
from server.exports.word import docx as word
from server.exports.words import Words
from server.exports.writing import Writing
from tests.exports.opening import file_of, named, text_of

ARABIC = "لا منصة (3) OECD"
LATIN = "OECD (3) لا منصة"
LONG = "Competency-Based Learning: a planning session on conquering the tough issues that hold the field back, together"


def prose(text: str) -> Prose:
    return Prose((Run(text[:2]), Run(text[2:], strong=True)))


def document(text: str, title: str = "Ours") -> Document:
    """A text wherever one may stand."""
    blocks = (
        Heading(1, text), prose(text), Marked((Item(text, 2),)), Listing(True, ((prose(text),),)),
        Quote((prose(text),)), Grid((((Run(text),),),), 0),
        Prose((Run(text), Run("", note=Footnote(1, (Run(text),))))), Heading(1, "Annex", annex=True, numbered=False),
    )  # fmt: skip
    return Document(title, "", "Paper", "a day", (), blocks)


@pytest.mark.parametrize(
    ("text", "leftward"),
    [(ARABIC, True), (LATIN, False), ("12. שלום abc", True), ("(1) abc שלום", False), ("", False), ("123 …", False)],
)
def test_by_the_first_letter(text: str, leftward: bool) -> None:
    """[EXP13] Signs and digits before it say nothing."""
    assert runs_leftward(text) == leftward


@pytest.mark.parametrize(("text", "leftward"), [(ARABIC, True), (LATIN, False)])
def test_in_word(text: str, leftward: bool) -> None:
    """[EXP13] Headings, prose, items, quotes, cells; and of its runs those that say nothing else."""
    file = docx.Document(io.BytesIO(word(document(text))))
    lines = [line for line in file.element.body.iter(qn("w:p")) if "منصة" in "".join(line.itertext())]
    assert len(lines) == 7
    assert [line.pPr is not None and line.pPr.find(qn("w:bidi")) is not None for line in lines] == [leftward] * 7
    for line in lines:
        order = [each.tag for each in line.pPr] if line.pPr is not None else []
        after = {qn("w:spacing"), qn("w:ind"), qn("w:jc")}
        assert not leftward or not after & set(order[: order.index(qn("w:bidi"))])
        runs: list[Any] = list(line.iter(qn("w:r")))
        assert any(run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in runs) == leftward


@pytest.mark.parametrize(("text", "leftward"), [(ARABIC, True), (LATIN, False)])
def test_in_open_document(text: str, leftward: bool) -> None:
    """[EXP13] In a style of its own that comes from the other, or is like it."""
    root = file_of(odt(document(text)))
    turned = {
        style.get(named("style:name"))
        for style in root.iter(named("style:style"))
        for looks in style.iter(named("style:paragraph-properties"))
        if looks.get(named("style:writing-mode")) == "rl-tb"
    }
    lines = [line for tag in ("text:p", "text:h") for line in root.iter(named(tag)) if "منصة" in text_of(line)]
    assert len(lines) >= 7
    assert [line.get(named("text:style-name")) in turned for line in lines] == [leftward] * len(lines)


@pytest.mark.parametrize(("text", "leftward"), [("لا", True), ("No", False)])
def test_in_pdf(text: str, leftward: bool) -> None:
    """[EXP13] What runs to the left begins at the right."""
    found: dict[str, float] = {}

    def read(said: str, place: list[float], *_: object) -> None:
        found[said] = place[4]

    pages = pypdf.PdfReader(io.BytesIO(pdf(Document("Ours", "", "Paper", "a day", (), (prose(text),))))).pages
    pages[0].extract_text(visitor_text=read)
    assert (found[text] > 400) == leftward
    assert found["Ours"] < 100


def test_dots_stay_in_their_order() -> None:
    """[EXP13] Words of ours beside what runs to the left are a whole of their own, in every format and in quotes."""
    told = f"\u2066{Words('en')('dots', 2)}\u2069"
    spaced = told.replace(" ", "\u00a0")
    file = docx.Document(io.BytesIO(word(document(ARABIC))))
    assert f"{ARABIC}\t{spaced}" in [line.text for line in file.paragraphs]
    assert f"{ARABIC}\t{spaced}" in [text_of(line) for line in file_of(odt(document(ARABIC))).iter(named("text:p"))]
    assert f"{LATIN}\t{spaced[1:-1]}" in [
        line.text for line in docx.Document(io.BytesIO(word(document(LATIN)))).paragraphs
    ]
    root = Doc[Any]().get("paper", type=XmlFragment)
    root.children.append(*Writing(Words("en")).entry(Item(ARABIC, 2)))
    assert "(2 dots)\u2069" in str(root)


def test_marks_stand_where_items_begin() -> None:
    """[EXP13] In HTML a bullet, or the line beside an item, is at the right of what runs to the left."""
    assert html(document(ARABIC)).count('<li dir="rtl">') == 2
    assert '<li dir="rtl">' not in html(document(LATIN))


def mixed(ordered: bool) -> Document:
    """Items of either way beside each other, and within each other."""
    inner = Listing(ordered, ((prose("inner"),), (prose("داخل"),)))
    told = Listing(ordered, ((prose("first"),), (prose("منصة"),), (prose("third"), inner), (prose("مرحبا"), inner)))
    turned = Listing(ordered, ((prose("أهلا"),), (prose("last"),)))
    marked = Marked((Item(ARABIC, 0, items=(Item("beneath"),)),))
    return Document("Ours", "", "Paper", "a day", (), (told, turned, marked))


@pytest.mark.parametrize("ordered", [False, True])
def test_each_item_goes_its_own_way(ordered: bool) -> None:
    """[EXP13] In PDF its mark stands at the right of what begins there, else at the left; numbers go on."""
    places: list[tuple[str, float]] = []

    def read(said: str, place: list[float], *_: object) -> None:
        places.extend((word, place[4]) for word in said.split())

    page = pypdf.PdfReader(io.BytesIO(pdf(mixed(ordered)))).pages[0]
    page.extract_text(visitor_text=read)
    told = places[: [word for word, _ in places].index("(")]
    marks = [(word.strip("."), x) for word, x in told if word in {"•", "‣"} or word.strip(".").isdecimal()]
    left = [False, True, False, False, True, True, False, True, True, False]
    assert [x > 400 for _, x in marks] == left
    if ordered:
        assert [word for word, _ in marks] == ["1", "2", "3", "1", "2", "4", "1", "2", "1", "2"]


@pytest.mark.parametrize("ordered", [False, True])
def test_in_word_each_item_goes_its_own_way(ordered: bool) -> None:
    """[EXP13] Behind each mark there is a gap, however deep it lies: no tab of the outer ones ends it before."""
    file: Any = docx.Document(io.BytesIO(word(mixed(ordered))))
    style = "List Number" if ordered else "List Bullet"
    lines = [line for line in file.paragraphs if line.style.name == style][:10]
    told = [line._p.pPr.find(qn("w:bidi")) is not None for line in lines]
    assert told == [False, True, False, False, True, True, False, True, True, False]
    assert not file.part.numbering_part.element.xpath("//w:lvl/w:pPr/w:tabs")


@pytest.mark.parametrize("ordered", [False, True])
def test_in_html_each_item_says_which_way_it_goes(ordered: bool) -> None:
    """[EXP13] So it does not go the way of the one that it lies in."""
    made = html(mixed(ordered))
    ways = re.findall(r'<li dir="(\w+)">\s*<p dir="auto">(\w+)', made)
    assert ways == [
        ("ltr", "fi"), ("rtl", "من"), ("ltr", "th"), ("ltr", "in"), ("rtl", "دا"), ("rtl", "مر"), ("ltr", "in"),
        ("rtl", "دا"), ("rtl", "أه"), ("ltr", "la"), ("rtl", "لا"), ("ltr", "beneath"),
    ]  # fmt: skip


@pytest.mark.parametrize("title", [LONG, "x" * 200, "ورشة تخطيط " * 15, "W" * 90, "One\ntwo " * 30, "A - " * 60])
def test_at_the_foot(title: str) -> None:
    """[EXP14] On one line, to a word's end, and it says that there is more."""
    told = at_foot(title)
    assert wide(told, 1) <= ROOM
    assert told.rstrip("\u200f").endswith("…")
    kept = told.rstrip("\u200f…")
    whole = " ".join(title.split())
    assert whole.startswith(kept)
    assert " " not in whole or not whole[len(kept)].isalnum()
    assert at_foot("A short one") == "A short one"


def test_at_the_foot_of_each_format() -> None:
    """[EXP14] The same."""
    made = document(LATIN, LONG)
    told = at_foot(LONG)
    assert told.endswith("tough issues…")
    for page in pypdf.PdfReader(io.BytesIO(pdf(made))).pages:
        assert told in page.extract_text()
    assert "that hold" not in pypdf.PdfReader(io.BytesIO(pdf(made))).pages[1].extract_text()
    [line] = docx.Document(io.BytesIO(word(made))).sections[0].footer.paragraphs
    assert line.text.startswith(f"{told}\t")
    foot = file_of(odt(made), "styles.xml").find(f".//{named('style:footer')}/{named('text:p')}")
    assert foot is not None
    assert text_of(foot).startswith(f"{told}\t")
