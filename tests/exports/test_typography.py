"""What is sent out is set as it should be: figures, tables, numbers; and who hears it gets all of it."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from protocol.base import Role
from protocol.changes import Put
from protocol.records import Activity, Paper, Record, Status
from server.exports.archive import folded
from server.exports.beginning import beginning
from server.exports.columns import PAGE, shares
from server.exports.document import Bar, Document, Prose, Quarter, Run, Timeline
from server.exports.drawing import cut, lines, wide
from server.exports.html import html
from server.exports.make import make
from server.exports.timeline import ROWS, figure, timelines
from server.exports.wall import Wall
from server.exports.words import Words
from server.workshop.fold import apply
from server.workshop.merging import encoded
from server.workshop.seen_by import Viewer, seen
from tests.exports.test_documents import HOSTILE, TEXT
from tests.exports.test_exports import log

ENGLISH = Words("en")
SVG = "{http://www.w3.org/2000/svg}"


def planned(*titles: str, paper: bool = False, heading: bool = True) -> list[Record]:
    """A workshop with these activities, three months each; with a paper that all write, it begins from them."""
    state = folded(log("a note"))
    for n, title in enumerate(titles):
        activity = Activity(
            id=f"a{n}", rank=f"a{n:03}", title=title, owner="Dana", start=n % 20, length=3, by=None, at=1
        )
        apply(state, [Put(record=activity)])
    if paper:
        wall = Wall.of(seen(state, Viewer(Role.PROJECTOR)))
        wall = wall if heading else Wall(**{**{f: getattr(wall, f) for f in Wall.__slots__}, "plan": []})
        base = encoded(beginning(wall, ENGLISH, names=False))
        apply(state, [Put(record=Paper(id="paper", base=base, target=800, by=None, at=1))])
    return seen(state, Viewer(Role.PROJECTOR, paper=True))


def texts(svg: str) -> str:
    """The words of a drawing, as whoever shows it reads them."""
    return "\n".join("".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text"))


def test_figure_says_what_is_planned() -> None:
    """[EXP8] Titles, owners and standing as text, by quarter of the calendar; many take several figures."""
    made = list(timelines(Wall.of(planned(*(f"Do {n}" for n in range(ROWS + 1)))), ENGLISH))
    assert [len(one.bars) for one in made] == [ROWS, 1]
    assert [(q.name, q.year, q.length) for q in made[0].quarters][:2] == [("Q1", 1970, 3), ("Q2", 1970, 3)]
    words = texts(figure(made[0]))
    assert "Do 3  Dana · idea" in words
    assert "1971" in words
    assert "Do 3: " in made[0].alt
    assert {status.value for status in Status} <= {*["idea", "agreed", "begun", "done"]}


def bar(title: str, start: int, length: int, status: Status = Status.IDEA) -> Bar:
    return Bar(title, "Dana · idea", start, length, status)


def drawing(*bars: Bar) -> Timeline:
    """A figure of these activities."""
    return Timeline(24, tuple(Quarter(f"Q{n}", 2026, 3 * n, 3) for n in range(8)), bars, "The plan.")


@pytest.mark.parametrize("start", [0, 5, 13, 21])
def test_no_line_runs_through_words(start: int) -> None:
    """[EXP8] The quarters' lines end above words and go on beneath them, whatever the colour of the page."""
    tree = ET.fromstring(figure(drawing(bar("A study of credit recovery", start, 3, Status.BEGUN))))
    lines_ = [
        {side: float(each.get(side, "0")) for side in ("x1", "x2", "y1", "y2")} for each in tree.iter(f"{SVG}line")
    ]
    down = [each for each in lines_ if each["x1"] == each["x2"]]
    assert {each["x1"] for each in down} == {80.0 * n for n in range(8)}
    *_, text = tree.iter(f"{SVG}text")
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    long = 0.8 * wide("".join(text.itertext()), 12.5)
    assert not [each for each in down if x <= each["x1"] <= x + long and each["y1"] < y - 1 < each["y2"]]


@pytest.mark.parametrize("start", [0, 2, 5, 12, 18, 21])
def test_title_is_whole_wherever_its_bar_stands(start: int) -> None:
    """[EXP8] Words are cut only where the whole width has no room for them; they end within it."""
    title = "Convene a state policy working group on accountability for performance"
    tree = ET.fromstring(figure(drawing(bar(title, start, 3, Status.BEGUN))))
    *_, told = tree.iter(f"{SVG}text")
    said = "".join(told.itertext())
    assert said.startswith(title)
    assert 0 <= float(told.get("x", "-1")) <= min(start * 640 / 24 + 1, 640 - 0.8 * wide(said, 12.5))


@pytest.mark.parametrize("text", HOSTILE)
def test_figure_runs_nothing(text: str) -> None:
    """[EXP2] [EXP8] What people wrote is text in it: nothing else is ever there."""
    [one] = timelines(Wall.of(planned(text)), ENGLISH)
    tree = ET.fromstring(figure(one))
    assert {each.tag.removeprefix(SVG) for each in tree.iter()} <= {"svg", "text", "tspan", "rect", "line"}
    names = {name for each in tree.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}
    shown = " ".join(text.replace("\ufffe", "\ufffd").split())
    assert texts(figure(one)).split("\n")[-1].startswith(shown[:20].rstrip())


@given(TEXT, st.floats(40, 400))
def test_what_is_cut_fits(text: str, room: float) -> None:
    """[EXP8] No line is wider than its place, and what is cut says so."""
    made = cut(text, 12, room)
    assert wide(made, 12) <= room
    assert made == " ".join(text.split()) or made.endswith("…")
    several = lines(text, 12, room, 3)
    assert len(several) <= 3
    assert all(wide(each, 12) <= room + 12 for each in several)


@pytest.mark.parametrize("heading", [True, False])
def test_figure_in_what_all_wrote(heading: bool) -> None:
    """[EXP7] [EXP8] Beneath the plan's heading; where that is gone, in an annex."""
    page = make("html", planned("Do it", paper=True, heading=heading), ENGLISH).decode()
    assert page.count("<svg") == 1
    before = re.findall(r"<h2[^>]*>([^<]*)</h2>", page[: page.index("<svg")])[-1]
    assert before == ("The plan" if heading else "Annex: the plan over time")


def test_columns_are_as_wide_as_they_need() -> None:
    """[EXP9] A long text takes more than a short one, none is left without room."""
    narrow, long, empty = shares([("When", "Activity", ""), ("Oct 2026", "a rather long text " * 8, "")])
    assert long > narrow >= empty > 0.05
    assert narrow + long + empty == pytest.approx(1)
    heads = ("When", "Activity", "Who", "First step", "Standing")
    *_, standing = shares([heads, ("Nov 2026 to Oct 2028", "x" * 150, "y" * 60, "z" * 100, "idea")])
    assert standing * PAGE > len("Standing") * 1.25


def test_word_tables_and_figures() -> None:
    """[EXP5] [EXP8] [EXP9] Heads repeat, rows stay whole, the drawing has vectors, a picture and words."""
    made = make("docx", planned("Do it"), Words("es"))
    file = docx.Document(io.BytesIO(made))
    rows: Any = [row._tr for row in file.tables[0].rows]
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [row.trPr.find(qn("w:tblHeader")) is not None for row in rows] == [True, False]
    assert file.tables[0].rows[0].cells[0].paragraphs[0].paragraph_format.keep_with_next
    [shape] = file.inline_shapes
    drawn: Any = shape
    assert "Do it: " in drawn._inline.docPr.get("descr")
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert {name.rpartition(".")[2] for name in names if "media" in name} == {"png", "svg"}
    styles: Any = file.styles.element
    assert {lang.get(qn("w:val")) for lang in styles.iter(qn("w:lang"))} == {"es-ES"}


def test_line_beneath_the_title_block() -> None:
    """[EXP16] In Word, too."""
    file: Any = docx.Document(io.BytesIO(make("docx", planned("Do it"), ENGLISH)))
    ruled = [line.text for line in file.paragraphs if line._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") is not None]
    [facts] = ruled
    assert "1 note" in facts


def test_printed_address_stands_there_once() -> None:
    """[EXP16] A page on paper tells where a link leads, unless its words say that."""
    runs = [Run(text, href="https://example.org/a/") for text in ("https://example.org/a/", "example.org/a", "here")]
    page = html(Document("T", "", "Paper", "a day", (), (Prose(tuple(runs)),)))
    assert re.findall(r'<a class="told"[^>]*>([^<]*)', page) == ["https://example.org/a/", "example.org/a"]
    assert "a.told::after" in page


def test_annex_has_no_numbers() -> None:
    """[EXP9] In Word its headings carry none; in HTML they are marked."""
    file = docx.Document(io.BytesIO(make("docx", planned("Do it", paper=True), ENGLISH)))
    heads: list[Any] = [line for line in file.paragraphs if line.style and line.style.name == "Heading 1"]
    numbered = {line.text: line._p.pPr.numPr is not None for line in heads}
    assert numbered["The plan"]
    assert not numbered["Annex: the notes of the boards"]


def parts(element: Any) -> Iterator[Any]:
    """All of a PDF's tree of tags."""
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for one in element:
            yield from parts(one)
    elif isinstance(element, dict) and ("/S" in element or element.get("/Type") == "/StructTreeRoot"):
        yield element
        if "/K" in element:
            yield from parts(element["/K"])


@pytest.mark.parametrize("paper", [True, False])
@pytest.mark.parametrize("language", ["en", "es"])
def test_pdf_for_everybody(language: Any, paper: bool) -> None:
    """[EXP5] [EXP8] By PDF/UA-1: declared, titled, tagged, in a language; no level skipped, no figure without words."""
    file = pypdf.PdfReader(io.BytesIO(make("pdf", planned("Do it", "Do that", paper=paper), Words(language))))
    root: Any = file.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    tags = [(part["/S"], part) for part in parts(root["/StructTreeRoot"]) if "/S" in part]
    figures = [part for tag, part in tags if tag == "/Figure"]
    assert len(figures) == 1
    assert all("Do it: " in part["/Alt"] for part in figures)
    levels = [int(tag[2:]) for tag, _ in tags if re.fullmatch(r"/H[1-6]", tag)]
    assert levels
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    kinds = {tag for tag, _ in tags}
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= kinds
    pages: list[Any] = list(file.pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    assert all("/ToUnicode" in font for font in fonts)
