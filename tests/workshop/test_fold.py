"""The fold: entries make the state."""

import pytest

from protocol import commands as c
from protocol.changes import Change, Drop, Patch, Put
from protocol.entries import ENTRY, Draft, Entry
from protocol.records import Lens
from server.workshop.fold import apply, fold, touched, undo
from server.workshop.refused import Corrupt
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, FAY, World, with_boards, writing


def busy() -> World:
    """A world in which something of everything happened."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(BOB, c.NoteTag(id="n1", lenses=("l1",)))
    world.do(BOB, writing("n2", board="i2"))
    world.go("vote")
    world.do(ANN, c.VoteCast(round="vote", target="n2", dots=2))
    world.do(BOB, c.VoteCast(round="vote", target="n2", dots=1))
    world.do(BOB, c.VoteCast(round="vote", target="n2", dots=0))
    return world


def folded(entries: list[Entry], state: State | None = None) -> State:
    state = state or State()
    for entry in entries:
        fold(state, entry, check=True)
    return state


def next_entry(world: World, *changes: Change) -> Entry:
    draft = Draft(by="ann", client="ann", n=99, name="x", changes=changes)
    return Entry.after(world.state.head, world.now, draft)


def test_the_log_makes_the_state() -> None:
    """[FOLD1] Also when the entries have been text in between."""
    world = busy()
    again = folded([ENTRY.validate_json(ENTRY.dump_json(entry)) for entry in world.log])
    assert again.records == world.state.records
    assert again.digest() == world.state.digest()
    assert again.head == world.log[-1].head


def test_snapshot_and_tail_make_the_state() -> None:
    """[FOLD2] At every place of the log."""
    world = busy()
    for cut in range(1, len(world.log)):
        snapshot = folded(world.log[:cut]).to_bytes()
        state = folded(world.log[cut:], State.from_bytes(snapshot))
        assert state.digest() == world.state.digest()
        assert (state.head, state.clients) == (world.state.head, world.state.clients)


@pytest.mark.parametrize(
    "change",
    [
        Patch(kind="note", id="gone", set={"text": "x"}),
        Patch(kind="note", id="n1", set={"colour": "red"}),
        Patch(kind="note", id="n1", set={"rev": "three"}),
        Patch(kind="note", id="n1", set={"id": "n3"}),
    ],
)
def test_a_change_that_does_not_fit_is_corrupt(change: Change) -> None:
    """[FOLD3] What stood before it in the same entry is taken back."""
    world = busy()
    before, head = world.state.digest(), world.state.head
    good = Put(record=Lens(id="l9", rank="a9", title="New"))
    with pytest.raises(Corrupt):
        fold(world.state, next_entry(world, good, Drop(kind="note", id="n2"), change))
    assert (world.state.digest(), world.state.head) == (before, head)


def test_an_entry_out_of_order_is_corrupt() -> None:
    """[FOLD3]."""
    world = busy()
    draft = Draft(by="ann", client="ann", n=100, name="x", changes=())
    for entry in (world.log[-1], Entry.after(next_entry(world).head, world.now, draft)):
        before = world.state.digest()
        with pytest.raises(Corrupt):
            fold(world.state, entry)
        assert world.state.digest() == before


def test_an_edited_entry_is_corrupt_where_hashes_are_checked() -> None:
    """[FOLD3] [LOG4]."""
    world = busy()
    edited = next_entry(world).model_copy(update={"by": "bob"})
    with pytest.raises(Corrupt, match="not as it was written"):
        fold(world.state, edited, check=True)


def test_undo_puts_everything_back() -> None:
    """[FOLD4] The indexes too."""
    world = busy()
    before, spent, notes = world.state.digest(), dict(world.state.spent), dict(world.state.notes_on)
    changes: list[Change] = [
        Drop(kind="note", id="n1"),
        Drop(kind="ballot", id="vote.ann.n2"),
        Patch(kind="note", id="n2", set={"board": "i1"}),
        Put(record=world.note("n1")),
    ]
    done = apply(world.state, changes)
    assert world.state.digest() != before
    undo(world.state, done)
    assert world.state.digest() == before
    assert (dict(world.state.spent), dict(world.state.notes_on)) == (spent, notes)


def test_touched_names_each_place_once() -> None:
    """[FOLD3]."""
    lens = Lens(id="l1", rank="a0", title="x")
    changes: list[Change] = [
        Put(record=lens),
        Patch(kind="lens", id="l1", set={}),
        Drop(kind="note", id="n1"),
    ]
    assert touched(changes) == {("lens", "l1"), ("note", "n1")}


def test_the_same_change_twice_is_the_same_state() -> None:
    """[FOLD1] `put` whether or not it was there, `drop` too."""
    world = World()
    issue = world.state.issues["i1"]
    before = world.state.digest()
    apply(world.state, [Put(record=issue), Drop(kind="note", id="never")])
    assert world.state.digest() == before
    assert FAY.person in world.state.people
