"""The wall on one page."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pypdf
import pytest
import typst

from protocol import commands as c
from protocol.base import Role
from protocol.records import Board, Stack, Tally
from server.exports.archive import folded
from server.exports.cards import CLOSEST
from server.exports.drawing import wide
from server.exports.make import make
from server.exports.poster import OURS
from server.exports.setting import DRAWING, FONTS
from server.exports.words import Words
from server.workshop.seen_by import Viewer, seen
from tests.exports.test_documents import HOSTILE, records
from tests.exports.test_emoji import EMOJI
from tests.exports.test_exports import log
from tests.exports.test_seen import private
from tests.exports.test_typography import SVG, texts
from tests.workshop.world import FAY, SCREEN, eyes

ENGLISH = Words("en")
SMALLEST = CLOSEST.size * 0.9


def drawn(*notes: str) -> str:
    """The page with these notes."""
    return make("wall.svg", records(*notes), ENGLISH).decode()


def bare(text: str) -> str:
    """Its signs, however it is broken into lines."""
    return "".join(text.replace("\ufffe", "\ufffd").split())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_text(text: str) -> None:
    """[EXP2] [EXP12] To the letter, in a drawing of shapes and words alone; set as page and picture too."""
    svg = drawn(text)
    tree = ET.fromstring(svg)
    assert {each.tag.removeprefix(SVG) for each in tree.iter()} <= {"svg", "text", "rect", "line", "circle"}
    names = {name for each in tree.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name == "style"}
    assert bare(text) in bare(texts(svg))


@pytest.mark.parametrize(("kind", "sign"), [("wall.pdf", b"%PDF"), ("wall.png", b"\x89PNG")])
def test_anything_is_set(kind: str, sign: bytes) -> None:
    """[EXP2] [EXP12] Hostile text and long words, whatever fonts there are."""
    assert make(kind, records(*HOSTILE), ENGLISH).startswith(sign)


@pytest.mark.parametrize("many", [0, 1, 9, 30, 400])
def test_everything_is_on_it_or_counted(many: int) -> None:
    """[EXP12] What is not shown is told; nothing is smaller than is read, nor beside the page."""
    svg = drawn(*(f"note {n} of several words that say something about the matter at hand" for n in range(many)))
    tree = ET.fromstring(svg)
    shown = len(set(re.findall(r"note \d+ of", texts(svg))))
    more = re.findall(r"^and (\d+) more$", texts(svg), re.MULTILINE)
    assert shown + sum(map(int, more)) == many
    assert bool(more) == (many == 400)
    sizes = [float(text.get("font-size", "0")) for text in tree.iter(f"{SVG}text")]
    assert min(sizes) >= SMALLEST
    width, height = (float(tree.get(side, "0")) for side in ("width", "height"))
    for each in tree.iter(f"{SVG}rect"):
        x, y, w, h = (float(each.get(name, "0")) for name in ("x", "y", "width", "height"))
        assert x + w <= width + 0.1
        assert y + h <= height + 0.1
    assert all(float(text.get("y", "0")) <= height for text in tree.iter(f"{SVG}text"))


@pytest.mark.parametrize("boards", [0, 1, 2, 3, 5, 12, 14])
def test_any_number_of_boards(boards: int) -> None:
    """[EXP12] Before there are boards, the issues; beyond twelve it is told how many more."""
    told = [record for record in records("one") if not isinstance(record, Board)]
    several = [Board(id=f"b{n}", rank=f"a{n:02}", title=f"Board number {n}") for n in range(boards)]
    words = texts(make("wall.svg", [*told, *several], ENGLISH).decode())
    assert ("Issues proposed" in words) == (boards == 0)
    assert len(re.findall(r"Board number \d+", words)) == min(boards, 12)
    assert ("and 2 more boards" in words) == (boards == 14)


def test_most_wanted_first_and_largest() -> None:
    """[EXP12] A stack under its name with what lies in it; a note in its own colour."""
    state = folded(log("plain", "wanted", "inside"))
    state.place(("stack", "s"), Stack(id="s", board="issue-0", section="section-0", rank="a1", title="Together"))
    state.place(("note", "n2"), state.notes["n2"].model_copy(update={"stack": "s"}))
    state.place(("note", "n1"), state.notes["n1"].model_copy(update={"colour": "lilac"}))
    tally = Tally(id="step-6.n1", round="step-6", target="n1", dots=3, people=2)
    state.place(("tally", tally.id), tally)
    state.place(("step", "step-6"), state.steps["step-6"].model_copy(update={"shown": True}))
    tree = ET.fromstring(make("wall.svg", seen(state, Viewer(Role.PROJECTOR)), ENGLISH))
    sizes = {"".join(text.itertext()): float(text.get("font-size", "0")) for text in tree.iter(f"{SVG}text")}
    assert sizes["wanted"] > sizes["plain"] == sizes["Together"] > sizes["\u2013 inside"]
    order = list(sizes)
    assert order.index("wanted") < order.index("plain")
    assert "3 notes · 3 dots" in sizes
    assert "#ece2fc" in {each.get("fill") for each in tree.iter(f"{SVG}rect")}


def test_it_runs_as_its_first_letter_does() -> None:
    """[EXP13] What begins with a letter that runs to the left begins at the right of its card; its dots stand left."""
    state = folded(log("منصة, abc", "abc, منصة"))
    for n in range(2):
        state.place(("tally", f"t{n}"), Tally(id=f"step-6.n{n}", round="step-6", target=f"n{n}", dots=7 + n, people=2))
    state.place(("step", "step-6"), state.steps["step-6"].model_copy(update={"shown": True}))
    tree = ET.fromstring(make("wall.svg", seen(state, Viewer(Role.PROJECTOR)), ENGLISH))
    placed = {"".join(text.itertext()): text for text in tree.iter(f"{SVG}text")}
    arabic, latin = placed["\u202bمنصة, abc\u202c"], placed["abc, منصة"]
    assert arabic.get("text-anchor") == "end"
    assert latin.get("text-anchor") is None
    assert float(placed["7"].get("x", "0")) < float(arabic.get("x", "0")) == float(placed["8"].get("x", "0"))


def test_what_no_font_has_lies_over_nothing() -> None:
    """[EXP12] Signs as wide as high have that room in our narrow font, too."""
    assert wide("日本語", 10) * OURS >= 30


@pytest.mark.parametrize("emoji", [*EMOJI, "\u260e", "1\u20e3"])
def test_emoji_have_their_room(emoji: str) -> None:
    """[EXP12] [EXP17] Each is one picture, and a quarter wider than high."""
    assert wide(emoji * 5, 10) * OURS >= 5 * 12.45
    assert wide(emoji * 5, 10) == pytest.approx(5 * wide(emoji, 10))


@pytest.mark.parametrize(
    "sign", ["W", "r", "\U0001f438\U0001f3fd", "\U0001f469\u200d\U0001f438", "\u0429", "\u05d0\u0416"]
)
def test_no_line_leaves_its_card(sign: str) -> None:
    """[EXP12] On the page one that takes more room than was reckoned is set narrower."""
    tree = ET.fromstring(drawn(sign * 300))
    [card] = [each for each in tree.iter(f"{SVG}rect") if each.get("rx")]
    lines = [each for each in tree.iter(f"{SVG}text") if sign * 3 in "".join(each.itertext())]
    assert {float(each.get("data-room", "inf")) < float(card.get("width", "0")) for each in lines} == {True}
    source = b"""#import "drawing.typ": lettered, squeezed
        #show: lettered
        #context [#metadata(measure(squeezed(json("told.json"), 300pt)).width.pt()) <wide>]"""
    given: Any = {"main.typ": source, "drawing.typ": DRAWING, "told.json": json.dumps(sign * 300).encode()}
    assert json.loads(typst.query(given, "<wide>", field="value", one=True, font_paths=FONTS)) == pytest.approx(300)


def test_what_is_sealed_stays_so() -> None:
    """[SEE2] [EXP12] Others' sealed notes are counted, in the drawing and in its words; then they are told."""
    world = private()
    for actor in (FAY, SCREEN):
        svg = make("wall.svg", seen(world.state, eyes(actor)), ENGLISH).decode()
        assert "sealed words" not in svg
        assert "Still sealed: 1 note" in svg
    world.do(FAY, c.StepReveal(step="private"))
    assert "sealed words" in make("wall.svg", seen(world.state, eyes(SCREEN)), ENGLISH).decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_page_for_everybody(language: Any) -> None:
    """[EXP12] One page of A3 by PDF/UA-1, titled, in a language, in words for who does not see it."""
    file = pypdf.PdfReader(io.BytesIO(make("wall.pdf", records("one", "two"), Words(language))))
    [page] = file.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (1191, 842)
    assert file.metadata is not None
    assert file.metadata.title == "Test"
    root: Any = file.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert Words(language)("wall") in page.extract_text()
