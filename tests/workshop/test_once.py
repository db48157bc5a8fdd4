"""Exactly once."""

import pytest

from protocol import commands as c
from protocol.base import Place
from protocol.codes import Code
from server.workshop.once import check
from server.workshop.refused import Refused
from tests.workshop.world import ANN, BOB, World, with_boards, writing

RENAME = c.PersonRename(name="Ann", place=Place.REMOTE)


def test_the_next_command_is_taken_and_a_gap_is_not() -> None:
    """[ONCE1] `prev` counts; `n` may jump, as it does after a refusal."""
    world = World()
    assert check(world.state, "tab", "ann", 1, 0) is None
    world.do(ANN, RENAME)
    assert check(world.state, "ann", "ann", 2, 1) is None
    assert check(world.state, "ann", "ann", 7, 1) is None
    for n, prev in ((2, 0), (3, 2), (7, 6)):
        with pytest.raises(Refused) as no:
            check(world.state, "ann", "ann", n, prev)
        assert no.value.code is Code.GAP


def test_a_command_that_was_done_is_answered_with_its_seq() -> None:
    """[ONCE2] Whatever `prev` it names."""
    world = World()
    world.do(ANN, RENAME)
    assert check(world.state, "ann", "ann", 1, 0) == world.state.head.seq
    assert check(world.state, "ann", "ann", 1, 5) == world.state.head.seq


def test_a_refused_command_leaves_no_trace() -> None:
    """[ONCE3]."""
    world = with_boards("open")
    before, entries = world.state.digest(), len(world.log)
    assert world.refusal(ANN, writing("n1", board="nowhere")) is Code.NOT_FOUND
    assert (world.state.digest(), len(world.log)) == (before, entries)
    assert check(world.state, "ann", "ann", 2, 0) is None


def test_a_counter_belongs_to_whoever_used_it_first() -> None:
    """[ONCE4] Even for a number that was done."""
    world = World()
    world.do(ANN, RENAME)
    for n, prev in ((1, 0), (2, 1)):
        with pytest.raises(Refused) as no:
            check(world.state, "ann", "bob", n, prev)
        assert no.value.code is Code.FORBIDDEN


def test_a_command_that_changes_nothing_has_an_entry() -> None:
    """[ONCE5]."""
    world = World()
    world.do(BOB, RENAME)
    entries = len(world.log)
    assert world.do(BOB, RENAME) == ()
    assert len(world.log) == entries + 1
    assert world.state.clients["bob"] == ("bob", 2, world.state.head.seq)
