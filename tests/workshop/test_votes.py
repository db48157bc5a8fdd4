"""Dots: budgets, rounds and tallies."""

import pytest

from protocol import commands as c
from protocol.codes import Code
from server.workshop.actor import SYSTEM, Actor
from server.workshop.invariants import broken
from tests.workshop.world import ANN, BOB, CY, EVERYBODY, FAY, World, with_boards, writing


def voting() -> World:
    """Four notes, of Ann, and the round open: five dots, at most two on one."""
    world = with_boards("open")
    for i in range(1, 5):
        world.do(ANN, writing(f"n{i}"))
    world.go("vote")
    return world


def dots(target: str, number: int, round_: str = "vote") -> c.VoteCast:
    return c.VoteCast(round=round_, target=target, dots=number)


def tally(world: World, target: str = "n1", round_: str = "vote") -> tuple[int, int] | None:
    found = world.state.tallies.get(f"{round_}.{target}")
    return (found.dots, found.people) if found else None


def test_casting_sets_the_dots_on_an_item() -> None:
    """[VOTE1]."""
    world = voting()
    world.do(BOB, dots("n1", 2))
    assert world.do(BOB, dots("n1", 2)) == ()
    world.do(BOB, dots("n1", 1))
    assert world.state.ballots["vote.bob.n1"].dots == 1
    assert tally(world) == (1, 1)


def test_nobody_passes_budget_or_most_per_item() -> None:
    """[VOTE2] Moving dots within the budget is fine."""
    world = voting()
    assert world.refusal(BOB, dots("n1", 3)) is Code.OVER_ITEM
    for target, number in (("n1", 2), ("n2", 2), ("n3", 1)):
        world.do(BOB, dots(target, number))
    assert world.refusal(BOB, dots("n3", 2)) is Code.OVER_BUDGET
    assert world.refusal(BOB, dots("n4", 1)) is Code.OVER_BUDGET
    world.do(BOB, dots("n1", 1))
    world.do(BOB, dots("n4", 1))
    assert world.state.spent["vote", "bob"] == 5
    world.do(CY, dots("n1", 2))


@pytest.mark.parametrize("step", ["welcome", "choose", "open", "plenary"])
def test_dots_are_placed_and_taken_back_only_in_their_round(step: str) -> None:
    """[VOTE3]."""
    world = voting()
    world.do(BOB, dots("n1", 1))
    world.go(step)
    for number in (0, 1, 2):
        assert world.refusal(BOB, dots("n1", number)) is Code.NOT_NOW
    assert world.refusal(BOB, dots("n1", 1, "gone")) is Code.NOT_FOUND
    world.go("vote")
    world.do(BOB, dots("n1", 0))


def test_a_step_that_is_no_round_takes_no_dots() -> None:
    """[VOTE3]."""
    world = voting()
    world.go("open")
    assert world.refusal(BOB, dots("n1", 1, "open")) is Code.NOT_NOW


def test_dots_go_on_what_the_round_is_about() -> None:
    """[VOTE4]."""
    world = voting()
    for target in ("i1", "gone", "pro"):
        assert world.refusal(BOB, dots(target, 1)) is Code.NOT_FOUND
    world.go("choose")
    for target in ("n1", "gone"):
        assert world.refusal(BOB, dots(target, 1, "choose")) is Code.NOT_FOUND
    world.do(BOB, dots("i3", 1, "choose"))


def test_a_sealed_note_takes_its_authors_dots_alone() -> None:
    """[VOTE4]."""
    world = with_boards("private")
    world.do(ANN, writing("n1"))
    world.go("vote")
    for actor in (BOB, FAY):
        assert world.refusal(actor, dots("n1", 1)) is Code.NOT_FOUND
    world.do(ANN, dots("n1", 1))
    world.do(FAY, c.StepReveal(step="private"))
    world.do(BOB, dots("n1", 1))


def test_dots_on_a_binned_note_are_only_taken_back() -> None:
    """[VOTE4] [NOTE8] Until then they count."""
    world = voting()
    for target in ("n1", "n2"):
        world.do(BOB, dots(target, 2))
    world.do(ANN, c.NoteBin(id="n1"))
    assert world.refusal(CY, dots("n1", 1)) is Code.NOT_FOUND
    assert world.refusal(BOB, dots("n3", 2)) is Code.OVER_BUDGET
    world.do(BOB, dots("n1", 0))
    world.do(BOB, dots("n3", 2))


def test_a_tally_is_the_sum_and_there_is_none_of_nothing() -> None:
    """[VOTE5]."""
    world = voting()
    steps: list[tuple[Actor, int, tuple[int, int] | None]] = [
        (ANN, 2, (2, 1)),
        (BOB, 1, (3, 2)),
        (ANN, 0, (1, 1)),
        (CY, 0, (1, 1)),
        (BOB, 0, None),
    ]
    for actor, number, expected in steps:
        world.do(actor, dots("n1", number))
        assert tally(world) == expected
        assert broken(world.state) == []
    assert world.state.ballots == {}


def test_a_smaller_budget_takes_no_dot_away() -> None:
    """[VOTE6] Nor does a smaller most per item."""
    world = voting()
    for target in ("n1", "n2"):
        world.do(BOB, dots(target, 2))
    world.do(FAY, c.StepEdit(step="vote", dots=2, most=1))
    assert world.state.spent["vote", "bob"] == 4
    assert world.refusal(BOB, dots("n3", 1)) is Code.OVER_BUDGET
    world.do(BOB, dots("n1", 1))
    world.do(BOB, dots("n2", 0))
    world.do(BOB, dots("n3", 1))
    assert world.refusal(BOB, dots("n4", 1)) is Code.OVER_BUDGET


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.person)
def test_everybody_who_joined_may_vote(actor: Actor) -> None:
    """[VOTE1]."""
    voting().do(actor, dots("n1", 1))


def test_the_server_has_no_dots() -> None:
    """[VOTE1] [JOIN3]."""
    assert voting().refusal(SYSTEM, dots("n1", 1)) is Code.NOT_FOUND
