"""Every format tells the same words, to the letter, and runs none of them."""

from __future__ import annotations

import csv
import html.parser
import io
import re
import tempfile
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from protocol.base import Role
from protocol.records import Activity, Note, Record, Stack, Tally
from server.exports.archive import folded
from server.exports.drawing import GAP
from server.exports.make import MAKERS, make
from server.exports.media import MEDIA
from server.exports.words import CATALOGUES, Words, words_for
from server.workshop.seen_by import Viewer, seen
from tests.exports.opening import in_odt
from tests.exports.test_exports import log

ENGLISH = Words("en")
HOSTILE = (
    "=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)", "\tTab first", "'=1", "<script>alert(1)</script>", "&lt;b&gt;",
    "[x](javascript:1)", "# head", "*bold* _it_", "#panic(1) $x^2$ @ref <label> \\", "]]> --> {{7*7}} ${7*7}",
    "\u202eabc\u202c", "a\nb\n  c", "_x0041_", "ends \ufffe here", "x" * 1_000, "שלום abc",
    "\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea \U0001f44d\U0001f3fd", "\U00010348 \U0001d4b3 \U0001f9ea",
)  # fmt: skip
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
TEXT = st.text(st.sampled_from("<>&=+-@#$*_[](){}\\'\"\t\n ") | LETTERS, min_size=1, max_size=40).filter(str.strip)


def records(*texts: str) -> list[Record]:
    """What the screen sees of a workshop with these notes."""
    return seen(folded(log(*texts)), Viewer(Role.PROJECTOR))


class Texts(html.parser.HTMLParser):
    """The words of each item, and every tag and attribute there is."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.items: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.policy = ""
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"] or ""
        if tag == "p" and self.inside:
            self.items.append("")
        elif tag == "br" and self.inside:
            self.items[-1] += "\n"
        elif tag == "li":
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "p"

    def handle_data(self, data: str) -> None:
        if self.inside and self.items and data.strip("\n"):
            self.items[-1] += data


def in_html(made: bytes) -> list[str]:
    return Texts(made.decode()).items


def in_docx(made: bytes) -> list[str]:
    return [
        line.text for line in docx.Document(io.BytesIO(made)).paragraphs if line.style and "List" in line.style.name
    ]


def in_csv(made: bytes) -> list[str]:
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    return [row[3].removeprefix("'") for row in rows[1:]]


def in_xlsx(made: bytes) -> list[str]:
    """Text cells of the notes' column, as Excel reads them."""
    book = zipfile.ZipFile(io.BytesIO(made))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    shared = ET.fromstring(book.read("xl/sharedStrings.xml"))
    strings = ["".join(t.text or "" for t in si.iter(f"{{{space['m']}}}t")) for si in shared.findall("m:si", space)]
    sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.find(".//m:f", space) is None
    cells = [c for c in sheet.iterfind(".//m:c", space) if re.fullmatch(r"D\d+", c.attrib["r"])]
    found = [strings[int(cell.findtext("m:v", "", space))] for cell in cells[1:]]
    return [re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text) for text in found]


READERS: dict[str, Any] = {"html": in_html, "docx": in_docx, "odt": in_odt, "csv": in_csv, "xlsx": in_xlsx}


@pytest.mark.parametrize("kind", READERS)
def test_hostile_text_is_text(kind: str) -> None:
    """[EXP1] [EXP2] [EXP3] Formulas, markup, directions, planes of Unicode: each note once, to the letter."""
    found = READERS[kind](make(kind, records(*HOSTILE), ENGLISH))
    unfit = kind in {"docx", "odt"}
    for text in HOSTILE:
        wanted = text.replace("\ufffe", "\ufffd").replace("\t", GAP) if unfit else text
        assert found.count(wanted) == 1, (kind, text)


@settings(max_examples=40, deadline=None, database=None)
@given(TEXT)
@pytest.mark.parametrize("kind", READERS)
def test_any_text(kind: str, text: str) -> None:
    """[EXP2] [EXP3] Whatever people write."""
    wanted = text.rstrip(" \t\n") if kind in {"html", "docx", "odt"} else text
    wanted = re.sub("[\ufffe\uffff]", "\ufffd", wanted).replace("\t", GAP) if kind in {"docx", "odt"} else wanted
    assert wanted in READERS[kind](make(kind, records(text), ENGLISH))


def test_page_is_alone() -> None:
    """[EXP4] It has no script, no address, nothing to fetch; the policy forbids all of that besides."""
    page = Texts(make("html", records(*HOSTILE), ENGLISH).decode())
    assert not page.tags & {"script", "a", "img", "link", "iframe", "form", "object", "base"}
    assert not {name for name in page.attributes if name.startswith("on")} | page.attributes & {"href", "src", "srcdoc"}
    assert page.policy.startswith("default-src 'none'")


def test_word_file_has_structure() -> None:
    """[EXP5] Headings of the outline, a title, a language; no link out of the file."""
    made = make("docx", records("one"), ENGLISH)
    file = docx.Document(io.BytesIO(made))
    styles = [line.style.name for line in file.paragraphs if line.style]
    assert styles.count("Title") == 1
    assert {"Heading 1", "Heading 2", "List Bullet"} <= set(styles)
    assert file.core_properties.title == "Test"
    assert file.core_properties.language == "en"
    names = zipfile.ZipFile(io.BytesIO(made))
    assert not any(b'TargetMode="External"' in names.read(name) for name in names.namelist())


def test_pdf_is_tagged_and_literal() -> None:
    """[EXP2] [EXP5] Outline, title, language, tags; what looks like a command of the setter is words."""
    texts = ("#panic(1)", "$x^2$", "*bold* _it_", "= head", "@ref <label>", "#{ 1 + 1 } \\ end", 'a "quoted" word')
    file = pypdf.PdfReader(io.BytesIO(make("pdf", records(*texts), ENGLISH)))
    assert file.metadata is not None
    assert file.metadata.title == "Test"
    root: Any = file.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    first: Any = file.outline[0]
    assert first.title.endswith("Issues proposed")
    words = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    for text in texts:
        assert text in words


def test_pdf_takes_anything() -> None:
    """[EXP2] Hostile text and long words are set, whatever fonts there are."""
    assert make("pdf", records(*HOSTILE), ENGLISH).startswith(b"%PDF")


def test_what_is_beyond_the_best_is_in_the_annex() -> None:
    """[ARCH3] [EXP1] Seven of a section stand in the paper, the most wanted first; the others behind it, each once."""
    state = folded(log(*(f"note {n}" for n in range(10))))
    tally = Tally(id="step-6.n9", round="step-6", target="n9", dots=3, people=2)
    state.place(("tally", tally.id), tally)
    state.place(("step", "step-6"), state.steps["step-6"].model_copy(update={"shown": True}))
    text = make("md", seen(state, Viewer(Role.PROJECTOR)), ENGLISH).decode()
    body, _, annex = text.partition("## Annex")
    assert "- note 9 **(3 dots)**\n- note 0\n" in body
    assert "*3 more are in the annex.*" in body
    assert [f"note {n}" for n in range(10) if f"- note {n}\n" in annex] == ["note 6", "note 7", "note 8"]
    assert text.count("note 7") == 1


def test_among_equals_the_larger_stack_is_first() -> None:
    """[VOTE7] As on the screens: the larger stack, the other one, then single notes as they hang."""
    state = folded(log(*(f"note {n}" for n in range(8))))
    for name, notes in (("A pair", (2, 3)), ("Three of them", (4, 5, 6))):
        first = state.notes[f"n{notes[0]}"]
        stack = Stack(id=name[0], board=first.board, section=first.section, rank=first.rank, title=name)
        state.place(("stack", stack.id), stack)
        for n in notes:
            state.place(("note", f"n{n}"), state.notes[f"n{n}"].model_copy(update={"stack": stack.id}))
    text = make("md", seen(state, Viewer(Role.PROJECTOR)), ENGLISH).decode()
    told = [text.index(f"- {words}") for words in ("Three of them", "A pair", "note 0", "note 1", "note 7")]
    assert told == sorted(told)


def test_tables_tell_what_the_asker_sees() -> None:
    """[EXP1] [SEE2] [SEE3] A sealed note has no row, an anonymous one no author."""
    state = folded(log("open", "hers"))
    step = state.steps["step-5"]
    state.place(("note", "n1"), Note(**{**dict(state.notes["n1"]), "anonymous": True, "by": "ana"}))
    table = make("csv", seen(state, Viewer(Role.PROJECTOR)), ENGLISH).decode("utf-8-sig")
    assert "hers" in table
    state.place(("step", step.id), step.model_copy(update={"private": True}))
    assert in_csv(make("csv", seen(state, Viewer(Role.PROJECTOR)), ENGLISH)) == []


def test_words_in_each_language() -> None:
    """[WORDS1] [EXP1] Each language has every word, with the same holes; the first one asked for is taken."""
    english, spanish = CATALOGUES["en"], CATALOGUES["es"]
    assert english.keys() == spanish.keys()
    for key in english:
        assert set(re.findall(r"\{\w+\}", english[key])) == set(re.findall(r"\{\w+\}", spanish[key])), key
        assert english[key].count("|") == spanish[key].count("|"), key
    assert words_for("fr, es-MX;q=0.8").language == "es"
    assert words_for("es_ES.UTF-8").language == "es"
    assert words_for("").language == "en"
    assert "Documento informativo" in make("html", records("uno"), Words("es")).decode()


def test_plan() -> None:
    """[EXP1] [EXP2] The activities stand in paper and tables, in order of time, their words to the letter."""
    state = folded(log("one"))
    for n, title in enumerate(("=later | *x*", "sooner")):
        activity = Activity(id=f"a{n}", rank="a0", title=title, owner="Dana", start=5 - 4 * n, length=3, by=None, at=1)
        state.place(("activity", activity.id), activity)
    told = seen(state, Viewer(Role.PROJECTOR))
    text = make("md", told, ENGLISH).decode()
    assert text.index("sooner") < text.index("later")
    assert "| Feb 1970 to Apr 1970 | sooner | Dana |  | idea |" in text
    assert MarkdownIt("commonmark").enable("table").render(text).count("<td>=later | *x*</td>") == 1
    file = docx.Document(io.BytesIO(make("docx", told, ENGLISH)))
    assert [cell.text for cell in file.tables[0].columns[1].cells] == ["Activity", "sooner", "=later | *x*"]
    assert (
        "<f>" not in zipfile.ZipFile(io.BytesIO(make("xlsx", told, ENGLISH))).read("xl/worksheets/sheet3.xml").decode()
    )
    assert make("pdf", told, ENGLISH).startswith(b"%PDF")


def test_formats_have_names() -> None:
    """[HTTP4] Whatever can be made has a name on the wire."""
    assert MAKERS.keys() == MEDIA.keys()


def test_styles_are_in_the_wheel() -> None:
    """[HOUSE5] The files beside the code are found from it."""
    assert {file.suffix for file in (Path(__file__).parents[2] / "server/exports").iterdir()} >= {
        ".css",
        ".typ",
        ".xml",
    }


def test_nothing_on_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """[EXP6] All formats are made in memory: where a making is killed, nothing is left."""
    for name in ("mkdtemp", "mkstemp", "TemporaryFile"):
        monkeypatch.setattr(tempfile, name, None)
    for kind in MAKERS:
        assert make(kind, records("Hello"), words_for("en"))
