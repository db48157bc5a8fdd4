"""The paper that all wrote, in every format: to the letter, with its marks, and running nothing."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest
from markdown_it import MarkdownIt
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from protocol.base import Role
from protocol.changes import Put
from protocol.records import Paper, Record, Update
from server.exports.archive import folded
from server.exports.beginning import beginning
from server.exports.document import Grid, Heading, Listing, Prose, Quote, Run
from server.exports.make import make
from server.exports.wall import Wall
from server.exports.words import Words
from server.exports.written import written
from server.workshop.fold import apply
from server.workshop.merging import encoded, whole
from server.workshop.seen_by import Viewer, seen
from server.workshop.yjs import read
from tests.exports.opening import file_of, named, text_of
from tests.exports.test_documents import HOSTILE
from tests.exports.test_exports import log
from tests.workshop.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = Words("en")


def line(kind: str, *parts: str | tuple[str, dict[str, Any]], **attributes: Any) -> XmlElement:
    """A paragraph or heading; a part may carry marks."""
    element = XmlElement(kind, attributes, [XmlText()])
    element.parts = parts  # type: ignore[attr-defined]
    return element


def paper_of(*elements: XmlElement) -> Paper:
    """A paper of these."""
    document: Doc[Any] = Doc(client_id=5)
    root = document.get("paper", type=XmlFragment)
    for element in elements:
        root.children.append(element)
        _fill(element)
    return Paper(id="paper", base=encoded(document.get_update()), target=800, by=None, at=1)


def _fill(element: Any) -> None:
    for part in getattr(element, "parts", ()):
        text = element.children[0]
        words, marks = (part, None) if isinstance(part, str) else part
        text.insert(len(text), words, marks)


def records(paper: Paper, *notes: str) -> list[Record]:
    """What whoever takes it home gets."""
    state = folded(log(*notes))
    apply(state, [Put(record=paper)])
    return seen(state, Viewer(Role.PROJECTOR, paper=True))


def nested(*texts: str) -> list[XmlElement]:
    """A list in a list, a quote, a table, each with these words."""
    items = [XmlElement("list_item", {}, [XmlElement("paragraph", {}, [XmlText(text)])]) for text in texts]
    cells = [XmlElement("table_cell", {}, [XmlElement("paragraph", {}, [XmlText(text)])]) for text in texts]
    head = XmlElement("table_header", {}, [XmlElement("paragraph", {}, [XmlText("Head")])])
    return [
        XmlElement("ordered_list", {}, items),
        XmlElement("blockquote", {}, [XmlElement("paragraph", {}, [XmlText(texts[0])])]),
        XmlElement("table", {}, [XmlElement("table_row", {}, [head]), XmlElement("table_row", {}, cells)]),
    ]


def test_what_is_in_it() -> None:
    """[EXP7] Headings, marks, links, lists, quotes and tables; empty lines are left out."""
    marked: tuple[tuple[str, dict[str, Any]], ...] = (
        ("bold", {"strong": {}}),
        (" here", {"link": {"href": "https://example.org/"}}),
    )
    paper = paper_of(line("heading", "Title", level=2), line("paragraph", "Some ", *marked), *nested("One", "Two"))
    assert written(paper, ()) == (
        Heading(2, "Title"),
        Prose((Run("Some "), Run("bold", strong=True), Run(" here", href="https://example.org/"))),
        Listing(True, ((Prose((Run("One"),)),), (Prose((Run("Two"),)),))),
        Quote((Prose((Run("One"),)),)),
        Grid((((Run("Head"),), ()), ((Run("One"),), (Run("Two"),))), 1),
    )


def test_what_is_not_in_its_base_yet_is_in_it() -> None:
    """[EXP7] [PAPER5] In whatever order it lies there."""
    paper = paper_of(line("paragraph", "Once"))
    writer = Writer(9, paper.base)
    made = [writer.insert(4, " upon"), writer.insert(9, " a time")]
    updates = [Update(id=f"u{n}", n=9 - n, data=data, by=None, at=1) for n, data in enumerate(made)]
    [prose] = written(paper, updates)
    assert isinstance(prose, Prose)
    assert "".join(run.text for run in prose.line) == "Once upon a time"


def test_without_what_is_only_suggested() -> None:
    """[PAPER19] What is to be put in is not there yet, what is to go still is; a line of nothing else is left out."""
    new, old = ({kind: {"by": "ann", "id": "s1"}} for kind in ("insertion", "deletion"))
    paper = paper_of(
        line("paragraph", "Pay is ", ("by hand", old), ("by machine", new), "."),
        line("paragraph", ("A new line", new)),
        line("heading", "Pay", (" and time", new), level=1),
    )
    assert written(paper, ()) == (Prose((Run("Pay is "), Run("by hand"), Run("."))), Heading(1, "Pay"))
    for kind in ("md", "html", "docx", "odt", "pdf"):
        found = said(kind, make(kind, records(paper), ENGLISH))
        assert "by hand" in found
        assert "machine" not in found
        assert "new line" not in found


@pytest.mark.parametrize("kind", ["md", "html", "docx", "odt", "pdf"])
def test_every_format_has_it(kind: str) -> None:
    """[EXP7] And the notes behind it."""
    paper = paper_of(
        line("heading", "What we found", level=1), line("paragraph", "Clear goals help"), *nested("One", "Two")
    )
    found = said(kind, make(kind, records(paper, "A note"), ENGLISH))
    for words in (
        "What we found",
        "Clear goals help",
        "One",
        "Two",
        "Head",
        "A note",
        "the notes of the boards",
    ):
        assert words in found, (kind, words)
    assert "Issues proposed" not in found


def said(kind: str, made: bytes) -> str:
    """The words of a file."""
    if kind == "docx":
        file = docx.Document(io.BytesIO(made))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(each.text for each in file.paragraphs), *cells])
    if kind == "odt":
        root = file_of(made)
        return "\n".join(text_of(line) for tag in ("text:h", "text:p") for line in root.iter(named(tag)))
    if kind == "pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    return made.decode()


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\t" not in text], ids=range(len(HOSTILE) - 1))
def test_hostile_text_is_text(text: str) -> None:
    """[EXP2] [EXP7] In a line of its own, bold, in a link, in lists, quotes and tables."""
    text = text.strip()
    marks = {"strong": {}, "em": {}, "link": {"href": "https://example.org/?a=<b>&c='\"]"}}
    paper = paper_of(
        line("paragraph", "a", (text, marks), "b"), line("paragraph", text), *nested(text.replace("\n", " "))
    )
    page = make("html", records(paper), ENGLISH).decode()
    assert "<script>alert" not in page
    assert 'href="https://example.org/?a=&lt;b&gt;&amp;c=&#x27;&quot;]"' in page
    shown = MarkdownIt("commonmark").enable("table").render(make("md", records(paper), ENGLISH).decode())
    plain = re.sub(r"<[^>]*>", "", shown.replace("<br />\n", "\n").replace("<br>", "\n"))
    assert "<script>" not in shown
    assert plain.count(_escaped(text)) >= 2, plain
    words = "\n".join(each.text for each in docx.Document(io.BytesIO(make("docx", records(paper), ENGLISH))).paragraphs)
    assert text.replace("\ufffe", "\ufffd") in words
    opened = make("odt", records(paper), ENGLISH)
    assert said("odt", opened).count(text.replace("\ufffe", "\ufffd")) >= 2
    [link] = file_of(opened).iter(named("text:a"))
    assert link.get(named("xlink:href")) == "https://example.org/?a=<b>&c='\"]"
    assert make("pdf", records(paper), ENGLISH).startswith(b"%PDF")


def _escaped(text: str) -> str:
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(sign, name)
    return text


def test_where_it_begins_is_a_paper() -> None:
    """[PAPER1] [PAPER4] To the letter, and nothing that the editor does not have."""
    state = folded(log(*HOSTILE))
    wall = Wall.of(seen(state, Viewer(Role.PROJECTOR)))
    base = beginning(wall, ENGLISH, names=True)
    assert read(base).pieces
    blocks = written(Paper(id="paper", base=encoded(base), target=800, by=None, at=1), ())
    assert [block.text for block in blocks if isinstance(block, Heading)][:2] == ["Context", "Working definition"]
    assert beginning(wall, ENGLISH, names=True) == base


def test_where_it_begins_says_what_it_is_drawn_from() -> None:
    """[PAPER11] [QUOTE6] By id alone, and no export has any of it."""
    state = folded(log("One note", "Two\nlines"))
    wall = Wall.of(seen(state, Viewer(Role.PROJECTOR)))
    paper = Paper(id="paper", base=encoded(beginning(wall, ENGLISH, names=True)), target=800, by=None, at=1)
    document = whole(paper, ())
    root = document.get("paper", type=XmlFragment)
    drawn = Counter(part for part in _parts(root) if part[1])
    assert {source for _, source in drawn} == {"issue-0", wall.workshop.id}
    assert str(root).count('<live_quote of="n0">') == str(root).count('<live_quote of="n1">') == 1
    apply(state, [Put(record=paper)])
    for kind in ("md", "html"):
        assert "n0" not in make(kind, seen(state, Viewer(Role.PROJECTOR, paper=True)), ENGLISH).decode()


def _parts(element: Any) -> Iterator[tuple[str, str]]:
    """All words, each with what they are drawn from."""
    if isinstance(element, XmlText):
        for said, marks in element.diff():
            yield str(said), ((marks or {}).get("source") or {}).get("of", "")
        return
    for child in element.children:
        yield from _parts(child)
