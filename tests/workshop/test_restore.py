"""What a store lost, given back as records: sound together with what it has."""

import copy

from protocol import commands as c
from protocol.entries import Entry
from server.workshop.fold import fold
from server.workshop.invariants import broken
from server.workshop.restore import restored_to, restoring
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, CY, FAY, World, with_boards, writing


def begun() -> World:
    """Four notes, and the round of dots open."""
    world = with_boards("open")
    for id_ in ("n1", "n2", "n3", "n4"):
        world.do(ANN, writing(id_))
    world.go("vote")
    return world


def restored(world: World, base: State) -> State:
    """The state of `world` with what it lacks of `base`; there is no more to it."""
    state, entries = copy.deepcopy(world.state), list[Entry]()
    for draft in restoring(state, base, {}):
        entries.append(Entry.after(state.head, world.now, draft))
        fold(state, entries[-1], check=True)
    assert broken(state) == []
    assert restoring(state, base, restored_to(entries)) == []
    return state


def test_stacks_and_what_lies_in_them_come_back() -> None:
    """[HEAL5] Where all of it was lost, with dots, comments and reactions."""
    world = begun()
    there = copy.deepcopy(world)
    there.do(BOB, writing("n5"))
    there.do(BOB, writing("n6"))
    there.do(BOB, c.StackMake(id="s", notes=("n5", "n6"), title="Both"))
    there.do(CY, c.VoteCast(round="vote", target="s", dots=2))
    there.do(CY, c.CommentAdd(id="c1", note="n5", rank="a0", text="yes"))
    there.do(CY, c.NoteReact(id="n5", on=True))
    state = restored(world, there.state)
    assert (state.stacks["s"].title, state.stacked["s"]) == ("Both", {"n5", "n6"})
    assert (state.tallies["vote.s"].dots, state.notes["n5"].reactions, list(state.comments)) == (2, 1, ["c1"])


def test_a_stack_whose_notes_lie_elsewhere_does_not_come_back() -> None:
    """[HEAL5] [STACK1] What the store has stays: its notes are loose there. The dots go back to who placed them."""
    world = begun()
    there = copy.deepcopy(world)
    there.do(BOB, c.StackMake(id="s", notes=("n1", "n2")))
    there.do(CY, c.VoteCast(round="vote", target="s", dots=2))
    there.do(CY, c.NoteReact(id="n3", on=True))
    world.do(FAY, c.NoteMove(id="n1", board="i2", section="con", rank="a0"))
    state = restored(world, there.state)
    assert (state.stacks, state.notes["n2"].stack, state.tallies) == ({}, None, {})
    assert (state.spent["vote", "cy"], state.notes["n3"].reactions) == (0, 1)
