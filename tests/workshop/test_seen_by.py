"""Who sees what."""

from collections.abc import Iterable

import pytest

from protocol import commands as c
from protocol.base import Role
from protocol.changes import Drop, Patch, Put
from protocol.records import KINDS, Key, Lens, Note, Record
from server.workshop import seen_by as module
from server.workshop.actor import SYSTEM, Actor
from server.workshop.decide import decide
from server.workshop.fold import apply, touched
from server.workshop.seen_by import (
    Viewer,
    affected,
    catch_up,
    difference,
    owners,
    seen,
    seen_by,
    views,
)
from server.workshop.state import State
from tests.workshop.world import (
    ANN,
    BOB,
    CY,
    EVERYBODY,
    FAY,
    SCREEN,
    World,
    eyes,
    joining,
    with_boards,
    writing,
)

OTHERS = (FAY, BOB, SCREEN)


def sight(world: World, actor: Actor, kind: str, id_: str) -> Record | None:
    record = world.state.get(kind, id_)
    assert record is not None
    return seen_by(world.state, eyes(actor), record)


def note_of(world: World, actor: Actor, id_: str = "n1") -> Note:
    note = sight(world, actor, "note", id_)
    assert isinstance(note, Note)
    return note


def keys(records: Iterable[Record]) -> set[Key]:
    return {(record.kind, record.id) for record in records}


def secretive(step: str) -> World:
    """Ann has written n1 in this step, with all that a note can have."""
    world = with_boards(step)
    world.do(ANN, writing("n1", text="secret words"))
    world.do(ANN, c.NoteTag(id="n1", lenses=("l1",)))
    for text in ("secret dogs", "secret cats"):
        world.do(ANN, c.NoteEdit(id="n1", rev=1, base="secret words", text=text))
    assert world.note("n1").siblings == ("secret cats",)
    return world


def test_a_kind_that_no_rule_knows_is_not_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """[SEE1]."""
    world = World()
    lens = world.state.records["lens"]["l1"]
    assert seen_by(world.state, eyes(FAY), lens) == lens
    monkeypatch.delitem(module._RULES, "lens")
    assert seen_by(world.state, eyes(FAY), lens) is None
    assert all(record.kind != "lens" for record in seen(world.state, eyes(FAY)))


def test_every_kind_has_a_rule() -> None:
    """[SEE1]."""
    assert module._RULES.keys() == KINDS.keys()


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role)
def test_a_sealed_note_shows_others_only_where_it_lies(actor: Actor) -> None:
    """[SEE2]."""
    world = secretive("private")
    note = world.note("n1")
    assert note_of(world, actor) == Note(
        id="n1",
        board="i1",
        section="pro",
        rank="a0",
        text="",
        by=None,
        at=note.at // 60_000 * 60_000,
        step="private",
        sealed=True,
    )
    assert note_of(world, ANN) == note


@pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.role)
def test_the_author_of_an_anonymous_note_is_told_to_nobody(actor: Actor) -> None:
    """[SEE3] Not after the reveal, nor after the promise is taken off the step for later; nor its time."""
    world = secretive("nameless")
    world.go("plenary")
    seen_note = note_of(world, actor)
    assert (seen_note.by, seen_note.at % 60_000, seen_note.anonymous) == (None, 0, True)
    assert seen_note.text == "secret dogs"
    assert note_of(world, ANN).by == "ann"
    world.do(FAY, c.StepReveal(step="nameless"))
    world.do(BOB, c.NoteBin(id="n1"))
    assert note_of(world, actor).by is None


def test_a_ballot_is_seen_by_its_caster_alone() -> None:
    """[SEE4]."""
    world = secretive("open")
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="n1", dots=1))
    for actor in (*EVERYBODY, SCREEN):
        assert (sight(world, actor, "ballot", "vote.bob.n1") is not None) == (actor is BOB)


def test_a_blind_tally_is_seen_by_nobody_until_shown() -> None:
    """[SEE5] Then by all."""
    world = secretive("open")
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="n1", dots=1))
    for actor in (*EVERYBODY, SCREEN):
        assert sight(world, actor, "tally", "vote.n1") is None
    world.do(FAY, c.StepShow(step="vote"))
    for actor in (*EVERYBODY, SCREEN):
        assert sight(world, actor, "tally", "vote.n1") == world.state.tallies["vote.n1"]


def test_an_open_tally_is_seen_at_once() -> None:
    """[SEE5]."""
    world = World()
    world.go("choose")
    world.do(BOB, c.VoteCast(round="choose", target="i1", dots=2))
    assert ("tally", "choose.i1") in keys(seen(world.state, eyes(SCREEN)))


@pytest.mark.parametrize(
    ("command", "key"),
    [(c.StepReveal(step="private"), ("note", "n1")), (c.StepShow(step="vote"), ("tally", "vote.n2"))],
)
def test_reveal_and_results_bring_all_that_became_visible(command: c.Command, key: Key) -> None:
    """[SEE6] In the frame of the very same entry."""
    world = secretive("private")
    world.go("open")
    world.do(ANN, writing("n2"))
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="n2", dots=1))
    for actor in OTHERS:
        state = State.from_bytes(world.state.to_bytes())
        changes = decide(state, FAY, command, world.now)
        places = affected(state, changes)
        before = views(state, eyes(actor), places)
        apply(state, changes)
        assert key in touched(difference(before, views(state, eyes(actor), places)))


def test_a_binned_note_has_no_text_but_for_author_and_facilitators() -> None:
    """[SEE8]."""
    world = secretive("open")
    world.do(CY, c.NoteBin(id="n1"))
    for actor in (ANN, FAY):
        assert note_of(world, actor) == world.note("n1")
    for actor in (BOB, SCREEN):
        binned = note_of(world, actor)
        assert (binned.text, binned.siblings, binned.binned, binned.binned_at) == ("", (), True, 0)


def test_a_binned_sealed_note_stays_sealed() -> None:
    """[SEE8]."""
    world = secretive("private")
    world.do(ANN, c.NoteBin(id="n1"))
    for actor in OTHERS:
        note = note_of(world, actor)
        assert (note.sealed, note.binned, note.text) == (True, True, "")


def test_who_watches_some_boards_gets_no_notes_of_others() -> None:
    """[SEE9] Nor the tallies on them; watching more sends the rest."""
    world = secretive("open")
    world.do(BOB, writing("n2", board="i2"))
    world.do(FAY, c.StepShow(step="vote"))
    world.go("vote")
    for target in ("n1", "n2"):
        world.do(BOB, c.VoteCast(round="vote", target=target, dots=1))
    few = keys(seen(world.state, eyes(ANN, frozenset({"i2"}))))
    assert {("note", "n2"), ("tally", "vote.n2"), ("board", "i1")} <= few
    assert not {("note", "n1"), ("tally", "vote.n1")} & few
    assert keys(seen(world.state, eyes(ANN))) - few == {("note", "n1"), ("tally", "vote.n1")}
    none = keys(seen(world.state, eyes(ANN, frozenset())))
    assert not {kind for kind, _ in none} & {"note", "tally"}


def test_a_note_that_moves_takes_its_tally_along() -> None:
    """[SEE9] [FAN2]."""
    world = secretive("open")
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="n1", dots=1))
    move = (Patch(kind="note", id="n1", set={"board": "i2"}),)
    assert affected(world.state, move) == {("note", "n1"), ("tally", "vote.n1")}
    assert affected(world.state, (Patch(kind="note", id="n1", set={"text": "x"}),)) == {("note", "n1")}


def test_owners_are_those_who_see_more_than_their_role() -> None:
    """[FAN1] With the changes to come: those of whom it will be so."""
    world = with_boards("open")
    world.do(ANN, writing("plain"))
    world.go("nameless")
    world.do(BOB, writing("nameless"))
    world.do(CY, writing("binned"))
    world.do(CY, c.NoteBin(id="binned"))
    state = world.state
    assert owners(state, {("note", "plain"), ("step", "open"), ("note", "gone")}) == set()
    assert owners(state, {("note", "nameless")}) == {"bob"}
    assert owners(state, {("note", "binned")}) == {"cy"}
    plain = {("note", "plain")}
    assert owners(state, plain, (Patch(kind="note", id="plain", set={"text": "x"}),)) == set()
    assert owners(state, plain, (Patch(kind="note", id="plain", set={"binned": True}),)) == {"ann"}
    assert owners(state, plain, (Patch(kind="step", id="open", set={"private": True}),)) == {"ann"}
    world.go("vote")
    changes = world.do(BOB, c.VoteCast(round="vote", target="plain", dots=1))
    assert owners(World().state, affected(World().state, changes), changes) == {"bob"}
    assert owners(state, {("ballot", "vote.bob.plain"), ("tally", "vote.plain")}) == {"bob"}


def test_a_difference_says_only_what_differs() -> None:
    """[FAN2] In a stable order, and in JSON's own values."""
    lens = Lens(id="l1", rank="a0", title="Old")
    new = lens.model_copy(update={"title": "New"})
    person = with_boards("open").state.people["ann"]
    left = person.model_copy(update={"role": Role.FACILITATOR})
    before: dict[Key, Record | None] = {
        ("lens", "l1"): lens,
        ("lens", "l2"): lens,
        ("person", "ann"): person,
        ("lens", "l3"): lens,
    }
    after: dict[Key, Record | None] = {
        ("person", "ann"): left,
        ("lens", "l3"): None,
        ("lens", "l1"): new,
        ("lens", "l4"): lens,
        ("lens", "l2"): lens,
    }
    changes = difference(before, after)
    assert changes == [
        Patch(kind="lens", id="l1", set={"title": "New"}),
        Drop(kind="lens", id="l3"),
        Put(record=lens),
        Patch(kind="person", id="ann", set={"role": "facilitator"}),
    ]
    assert type(changes[3].set["role"]) is str  # type: ignore[union-attr]
    assert difference({("lens", "l1"): None}, {("lens", "l1"): None}) == []


def test_catching_up_puts_what_is_there_and_drops_the_rest() -> None:
    """[RESUME1]."""
    lens = Lens(id="l1", rank="a0", title="Old")
    after: dict[Key, Record | None] = {("note", "n1"): None, ("lens", "l1"): lens}
    assert catch_up(after) == [Put(record=lens), Drop(kind="note", id="n1")]


def test_a_viewer_without_a_person_owns_nothing() -> None:
    """[SEE2] Notes of the server itself are nobody's."""
    world = secretive("private")
    world.do(SYSTEM, writing("n2", text="hidden"))
    world.do(SYSTEM, joining("dee"))
    note = seen_by(world.state, Viewer(Role.PARTICIPANT), world.note("n2"))
    assert isinstance(note, Note)
    assert note.text == ""
