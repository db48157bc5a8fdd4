"""The paper's live quotes in the documents: what the board says to everybody now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import XmlElement

from protocol.base import Role
from protocol.changes import Patch, Put
from protocol.records import Note, Stack, Tally
from server.exports.archive import folded
from server.exports.document import Listing, Prose, Run
from server.exports.make import make
from server.exports.quotes import quoting
from server.exports.wall import Wall
from server.exports.words import Words
from server.exports.written import written
from server.workshop.fold import apply
from server.workshop.seen_by import Viewer, seen
from tests.exports.test_exports import log
from tests.exports.test_written import paper_of, said

if TYPE_CHECKING:
    from protocol.changes import Change
    from server.exports.document import Written
    from server.workshop.state import State

ENGLISH = Words("en")
GONE = (Prose((Run("What is quoted here is not on its board now.", em=True),)),)
FAY, ANN = Viewer(Role.FACILITATOR, "fay", paper=True), Viewer(Role.PARTICIPANT, "ann", paper=True)
WALL = Viewer(Role.PROJECTOR, paper=True)


def board(*of: str, texts: tuple[str, ...] = ("One note", "Two\nlines")) -> State:
    """Notes on a board, and a paper with these quotes."""
    state = folded(log(*texts))
    apply(state, [Put(record=paper_of(*(XmlElement("live_quote", {"of": one}) for one in of)))])
    return state


def told(state: State, viewer: Viewer = WALL) -> tuple[Written, ...]:
    """What the paper says to this one."""
    wall = Wall.of(seen(state, viewer))
    assert wall.paper
    return written(wall.paper, wall.updates, quoting(wall, ENGLISH))


def patched(state: State, kind: Any, id_: str, **fields: Any) -> None:
    """Some fields of a record are others now."""
    change: Change = Patch(kind=kind, id=id_, set=fields)
    apply(state, [change])


def with_dots(state: State, **dots: int) -> None:
    """As a round of votes gave them."""
    for target, n in dots.items():
        tally = Tally(id=f"step-6.{target}", round="step-6", target=target, dots=n, people=1)
        apply(state, [Put(record=tally)])


def test_it_says_what_the_note_says_now() -> None:
    """[QUOTE1] With its dots and its other versions, changed as they are."""
    state = board("n1")
    assert told(state) == (Prose((Run("Two"), Run("\n"), Run("lines"))),)
    patched(state, "note", "n1", text="Better", siblings=("Or so",))
    patched(state, "step", "step-6", blind=False)
    with_dots(state, n1=3)
    assert told(state) == (
        Prose((Run("Better (3 dots)"),)),
        Listing(False, ((Prose((Run("also: Or so"),)),),)),
    )


def test_a_stack_says_its_name_and_its_notes() -> None:
    """[QUOTE1] The most wanted first; dots are summed."""
    state = board("pile")
    stack = Stack(id="pile", board="issue-0", section="section-0", rank="a0", title="Both")
    apply(state, [Put(record=stack)])
    patched(state, "step", "step-6", blind=False)
    for n in (0, 1):
        patched(state, "note", f"n{n}", stack="pile")
    with_dots(state, pile=1, n1=2)
    assert told(state)[0] == Prose((Run("Both (3 dots)"),))
    assert isinstance(told(state)[1], Listing)
    assert repr(told(state)[1]).index("Two") < repr(told(state)[1]).index("One note")


HIDING: dict[str, tuple[Any, str, dict[str, Any]]] = {
    "binned": ("note", "n0", {"binned": True}),
    "waiting": ("note", "n0", {"waits": True}),
    "set aside": ("note", "n0", {"aside": True}),
    "sealed": ("step", "step-5", {"private": True}),
}


@pytest.mark.parametrize("how", HIDING)
@pytest.mark.parametrize("viewer", [FAY, ANN, WALL], ids=["leads", "wrote it", "screen"])
def test_what_not_everybody_may_read_is_said_to_nobody(how: str, viewer: Viewer) -> None:
    """[QUOTE2] To those neither who may read it elsewhere; and it speaks again."""
    state = board("n0")
    patched(state, "note", "n0", by="ann")
    kind, id_, hidden = HIDING[how]
    patched(state, kind, id_, **hidden)
    assert told(state, viewer) == GONE
    patched(state, kind, id_, **dict.fromkeys(hidden, False))
    assert told(state, viewer) == (Prose((Run("One note"),)),)


def test_what_never_was_is_no_fault() -> None:
    """[QUOTE2] Nor is a stack whose notes are all hidden."""
    state = board("never", "pile")
    stack = Stack(id="pile", board="issue-0", section="section-0", rank="a0", title="Secret")
    apply(state, [Put(record=stack)])
    assert told(state) == GONE * 2


@pytest.mark.parametrize("kind", ["md", "html", "docx", "odt", "pdf", "page"])
def test_every_format_has_it(kind: str) -> None:
    """[QUOTE1] [EXP7] And says plainly what is not there; no id goes out."""
    state = board("note-one", "never-was", texts=())
    note = Note(
        id="note-one", board="issue-0", section="section-0", rank="a", text="Clear goals", by=None, at=1, step="step-5"
    )
    apply(state, [Put(record=note)])
    found = said(kind, make(kind, seen(state, WALL), ENGLISH))
    for words in ("Clear goals", "What is quoted here is not on its board now."):
        assert words in found.replace("\\", "")
    assert "note-one" not in found


@given(st.lists(st.sampled_from(["n0", "n1", "pile", "never"]), max_size=6), st.data())
def test_all_read_the_same(of: list[str], data: st.DataObject) -> None:
    """[QUOTE1] [QUOTE2] Whoever they are, whatever is hidden, and nothing hidden is said."""
    state = board(*of, texts=("Zero", "First"))
    for n in (0, 1):
        fields = {"by": "ann", **{name: data.draw(st.booleans()) for name in ("binned", "waits", "aside")}}
        patched(state, "note", f"n{n}", **fields)
    private = data.draw(st.booleans())
    patched(state, "step", "step-5", private=private)
    read = [told(state, viewer) for viewer in (FAY, ANN, WALL)]
    assert read[0] == read[1] == read[2]
    for note in (state.notes["n0"], state.notes["n1"]):
        hidden = private or note.binned or note.waits or note.aside
        assert (note.text in repr(read[0])) == (not hidden and note.id in of)
