"""Speculation: decided in order, and rolled back."""

import pytest

from protocol import commands as c
from protocol.base import Place
from protocol.codes import Code
from protocol.entries import Entry
from server.workshop import speculate as module
from server.workshop.decide import decide
from server.workshop.fold import fold
from server.workshop.speculate import Accepted, Duplicate, Rejected, Request, speculate
from tests.workshop.world import ANN, BOB, World, with_boards, writing


def edit(text: str, rev: int) -> c.NoteEdit:
    return c.NoteEdit(id="n1", rev=rev, base="some words", text=text)


def batch() -> list[Request]:
    """Each stands on the one before."""
    return [
        Request("tab", 1, 0, ANN, writing("n1")),
        Request("tab", 2, 1, ANN, edit("other words", 1)),
        Request("bobs", 1, 0, BOB, edit("some thoughts", 1)),
        Request("tab", 3, 2, ANN, c.NoteTag(id="n1", lenses=("l9",))),
        Request("tab", 4, 2, ANN, c.NoteTag(id="n1", lenses=("l1",))),
        Request("tab", 2, 1, ANN, edit("other words", 1)),
        Request("tab", 9, 8, ANN, c.NoteBin(id="n1")),
        Request("tab", 5, 4, BOB, c.NoteBin(id="n1")),
    ]


def test_a_batch_is_decided_in_order_and_leaves_no_trace() -> None:
    """[FOLD4] [ONCE1] [ONCE2] [ONCE3] [ONCE4]."""
    world = with_boards("open")
    before = world.state.digest()
    outcomes = speculate(world.state, batch(), world.now)
    assert world.state.digest() == before
    assert "tab" not in world.state.clients
    assert [type(outcome) for outcome in outcomes] == [
        Accepted,
        Accepted,
        Accepted,
        Rejected,
        Accepted,
        Duplicate,
        Rejected,
        Rejected,
    ]
    codes = [outcome.code for outcome in outcomes if isinstance(outcome, Rejected)]
    assert codes == [Code.NOT_FOUND, Code.GAP, Code.FORBIDDEN]


def test_what_is_folded_is_what_was_speculated() -> None:
    """[FOLD4]."""
    world = with_boards("open")
    outcomes = speculate(world.state, batch(), world.now)
    for outcome in outcomes:
        if isinstance(outcome, Accepted):
            fold(world.state, Entry.after(world.state.head, world.now, outcome.draft))
    assert world.note("n1").text == "other thoughts"
    assert world.note("n1").lenses == ("l1",)
    assert world.state.clients["tab"][:2] == ("ann", 4)
    again = speculate(world.state, batch(), world.now)
    assert [type(outcome) for outcome in again][:3] == [Duplicate, Duplicate, Duplicate]


def test_the_state_is_as_found_even_when_a_rule_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """[FOLD4] [BYE2]."""
    world = World()
    before = world.state.digest()

    def faulty(*args: object) -> object:
        if isinstance(args[2], c.PeopleBalance):
            raise ZeroDivisionError
        return decide(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "decide", faulty)
    rename = c.PersonRename(name="Anna", place=Place.ROOM)
    asked = [Request("tab", 1, 0, ANN, rename), Request("tab", 2, 1, ANN, c.PeopleBalance())]
    with pytest.raises(ZeroDivisionError):
        speculate(world.state, asked, world.now)
    assert world.state.digest() == before


def test_a_draft_names_person_client_number_and_command() -> None:
    """[ONCE1]."""
    world = with_boards("open")
    [outcome] = speculate(world.state, batch()[:1], world.now)
    assert isinstance(outcome, Accepted)
    draft = outcome.draft
    assert (draft.by, draft.client, draft.n, draft.name) == ("ann", "tab", 1, "note.add")
