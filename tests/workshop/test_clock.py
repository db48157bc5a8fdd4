"""The clock of the current step: stopped, let go, ended and given more."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from server.workshop.clock import MINUTE
from server.workshop.invariants import broken
from tests.workshop.world import ANN, FAY, World, with_boards, writing


def left(world: World) -> int:
    """Milliseconds left, as every screen reckons it; below zero: over time."""
    workshop, step = world.state.workshop, world.state.step
    reading = world.now if workshop.paused is None else workshop.paused
    return workshop.step_started + (step.minutes + workshop.extended) * MINUTE - reading


def timed(world: World) -> bool:
    """Whether the clock times something."""
    return world.state.workshop.timed


def running() -> World:
    """Two boards, and people write: ten minutes."""
    world = with_boards("open")
    assert left(world) == 10 * MINUTE
    return world


def test_a_stopped_clock_goes_on_from_where_it_stood() -> None:
    """[TIME1] However long it stood; stopping it twice is stopping it once."""
    world = running()
    world.now += 2 * MINUTE
    world.do(FAY, c.StepPause(step="open", on=True))
    stands = left(world)
    world.now += 45 * MINUTE
    assert left(world) == stands
    assert world.do(FAY, c.StepPause(step="open", on=True)) == ()
    world.do(FAY, c.StepPause(step="open", on=False))
    assert left(world) == stands
    world.now += MINUTE
    assert left(world) == stands - MINUTE
    assert world.do(FAY, c.StepPause(step="open", on=False)) == ()


def test_minutes_are_added_to_a_standing_clock_too() -> None:
    """[TIME1] [STEP9]."""
    world = running()
    world.do(FAY, c.StepPause(step="open", on=True))
    stands = left(world)
    world.now += 99 * MINUTE
    world.do(FAY, c.StepExtend(minutes=3))
    assert left(world) == stands + 3 * MINUTE
    assert world.state.workshop.paused is not None


@pytest.mark.parametrize("command", [c.StepPause(step="private", on=True), c.StepEnd(step="private")])
def test_a_clock_that_is_not_seen_any_more_is_left_alone(command: c.Command) -> None:
    """[TIME1] Somebody pressed Next meanwhile."""
    world = running()
    assert world.refusal(FAY, command) is Code.STALE


def test_the_time_is_up_when_the_facilitator_says_so() -> None:
    """[TIME2] To the millisecond; the step stays, and people write on."""
    world = running()
    world.now += 3 * MINUTE + 17_123
    world.do(FAY, c.StepEnd(step="open"))
    assert left(world) == 0
    assert world.state.step.id == "open"
    assert world.state.workshop.extended == -7
    world.do(ANN, writing("n1"))
    assert world.note("n1").late is False
    assert world.do(FAY, c.StepEnd(step="open")) == ()
    assert broken(world.state) == []


def test_a_standing_clock_is_ended_too() -> None:
    """[TIME2] It stands no more, and is over from now."""
    world = running()
    world.do(FAY, c.StepPause(step="open", on=True))
    world.now += 70 * MINUTE
    world.do(FAY, c.StepEnd(step="open"))
    assert (left(world), world.state.workshop.paused) == (0, None)


def test_what_has_no_clock_is_not_ended() -> None:
    """[TIME2]."""
    world = running()
    world.do(FAY, c.StepEdit(step="open", minutes=0))
    assert world.do(FAY, c.StepEnd(step="open")) == ()


@pytest.mark.parametrize("over", [0, 1, 40_000, 7 * MINUTE, 30 * 60 * MINUTE])
def test_what_is_added_when_the_time_is_up_counts_from_then(over: int) -> None:
    """[TIME3] Also the morning after: the length keeps its limit ([STEP9])."""
    world = running()
    world.now += 10 * MINUTE + over
    world.do(FAY, c.StepExtend(minutes=5))
    assert left(world) == 5 * MINUTE
    assert broken(world.state) == []


def test_what_is_added_is_no_more_than_a_step_may_last() -> None:
    """[TIME3]."""
    world = running()
    world.now += 11 * MINUTE
    world.do(FAY, c.StepExtend(minutes=limits.STEP_MINUTES))
    assert left(world) == limits.STEP_MINUTES * MINUTE


def test_once_results_are_shown_nothing_is_timed_until_that_is_asked_for() -> None:
    """[TIME7] Minutes that are added are for what the room does next; those that are taken are not."""
    world = with_boards("vote")
    world.do(FAY, c.StepPause(step="vote", on=True))
    assert timed(world)
    world.do(FAY, c.StepShow(step="vote"))
    assert not timed(world)
    world.do(FAY, c.StepExtend(minutes=-1))
    assert not timed(world)
    world.do(FAY, c.StepExtend(minutes=5))
    assert (left(world), timed(world)) == (5 * MINUTE, True)
    world.do(FAY, c.StepExtend(minutes=1))
    assert left(world) == 6 * MINUTE
    assert world.do(FAY, c.StepShow(step="vote")) == ()
    world.go("open")
    assert timed(world)
    world.go("vote")
    assert not timed(world)


def test_a_clock_that_is_let_go_after_the_results_times_something() -> None:
    """[TIME7] Also one whose time is up by then gets minutes; results of another step say nothing of this one."""
    world = with_boards("vote")
    world.now += 60 * MINUTE
    world.do(FAY, c.StepShow(step="vote"))
    world.do(FAY, c.StepExtend(minutes=5))
    assert (left(world), timed(world)) == (5 * MINUTE, True)
    later = with_boards("vote")
    later.do(FAY, c.StepPause(step="vote", on=True))
    later.do(FAY, c.StepShow(step="vote"))
    later.do(FAY, c.StepPause(step="vote", on=False))
    assert timed(later)
    elsewhere = with_boards("open")
    elsewhere.do(FAY, c.StepShow(step="vote"))
    assert timed(elsewhere)


def test_going_on_lets_the_clock_run() -> None:
    """[STEP3] [TIME1]."""
    world = running()
    world.do(FAY, c.StepPause(step="open", on=True))
    world.go("vote")
    assert world.state.workshop.paused is None
    assert left(world) == 10 * MINUTE


def group_left(world: World, board: str) -> int:
    """Milliseconds left for a group, as its screens reckon it."""
    return left(world) + world.state.boards[board].extra


def test_one_group_gets_more_minutes() -> None:
    """[MON3] The room and the others do not; two presses are two."""
    world = running()
    before = left(world)
    world.do(FAY, c.BoardExtend(board="i1", step="open", minutes=2))
    world.do(FAY, c.BoardExtend(board="i1", step="open", minutes=2))
    assert left(world) == before - 2_000
    assert group_left(world, "i1") == left(world) + 4 * MINUTE
    assert group_left(world, "i2") == left(world)
    world.do(FAY, c.StepExtend(minutes=1))
    assert group_left(world, "i1") == left(world) + 4 * MINUTE


def test_a_groups_minutes_count_from_now_where_its_time_is_up() -> None:
    """[MON3] Also where the room's clock stands."""
    world = running()
    world.now += 13 * MINUTE
    world.do(FAY, c.BoardExtend(board="i1", step="open", minutes=2))
    assert group_left(world, "i1") == 2 * MINUTE
    assert group_left(world, "i2") == left(world) < 0
    world.do(FAY, c.BoardExtend(board="i1", step="open", minutes=2))
    assert group_left(world, "i1") == 4 * MINUTE - 1_000
    world.do(FAY, c.StepPause(step="open", on=True))
    world.now += 60 * MINUTE
    assert group_left(world, "i1") == 4 * MINUTE - 2_000


def test_a_groups_minutes_are_of_the_step_that_the_facilitator_saw() -> None:
    """[MON3] [STEP3] And gone with it."""
    world = running()
    world.do(FAY, c.BoardExtend(board="i1", step="open", minutes=2))
    world.go("vote")
    assert world.state.boards["i1"].extra == 0
    assert world.refusal(FAY, c.BoardExtend(board="i1", step="open", minutes=2)) is Code.STALE
    assert world.refusal(FAY, c.BoardExtend(board="i3", step="vote", minutes=2)) is Code.NOT_FOUND
    assert world.refusal(ANN, c.BoardExtend(board="i1", step="vote", minutes=2)) is Code.FORBIDDEN
    world.do(FAY, c.BoardExtend(board="i1", step="vote", minutes=limits.STEP_MINUTES))
    assert world.refusal(FAY, c.BoardExtend(board="i1", step="vote", minutes=1)) is Code.INVALID
    world.do(FAY, c.StepEdit(step="vote", minutes=0))
    assert world.refusal(FAY, c.BoardExtend(board="i2", step="vote", minutes=1)) is Code.NOT_NOW
