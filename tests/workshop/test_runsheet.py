"""The run sheet: steps left out, and the time that a session begins at."""

from protocol import commands as c
from protocol.codes import Code
from server.workshop.clock import MINUTE
from server.workshop.invariants import broken
from tests.workshop.world import FAY, NOW, World, with_boards

LATER = NOW + 30 * MINUTE


def test_a_step_is_skipped_and_taken_in_again() -> None:
    """[RUN1]."""
    world = World()
    world.do(FAY, c.StepEdit(step="choose", skipped=True))
    assert world.state.steps["choose"].skipped
    world.do(FAY, c.StepEdit(step="choose", skipped=False))
    assert not world.state.steps["choose"].skipped


def test_the_current_step_is_never_skipped() -> None:
    """[RUN1] Whoever goes to one that was takes it in again."""
    world = World()
    assert world.refusal(FAY, c.StepEdit(step="welcome", skipped=True)) is Code.NOT_NOW
    world.do(FAY, c.StepEdit(step="choose", skipped=True))
    world.go("choose")
    assert not world.state.steps["choose"].skipped
    assert broken(world.state) == []


def test_the_first_clock_waits_for_the_time_that_is_set() -> None:
    """[RUN2] And for another, when that is set instead; without one it stands."""
    world = World()
    for at in (LATER, LATER + MINUTE, NOW - MINUTE):
        world.do(FAY, c.WorkshopStart(at=at))
        now = world.state.workshop
        assert (now.starts, now.step_started, now.paused) == (at, at, None)
    world.do(FAY, c.WorkshopStart(at=None))
    now = world.state.workshop
    assert (now.starts, now.paused) == (None, now.step_started)


def test_nothing_starts_by_itself_and_going_on_early_is_going_on() -> None:
    """[RUN2] [STEP3] Back in the first step before the time, its clock waits again."""
    world = World()
    world.do(FAY, c.WorkshopStart(at=LATER))
    world.now = LATER + MINUTE
    assert world.state.step.id == "welcome"
    world.now = LATER - 9 * MINUTE
    world.go("propose")
    assert world.state.workshop.step_started == world.now
    assert world.state.workshop.starts == LATER
    world.go("welcome")
    assert world.state.workshop.step_started == LATER


def test_a_time_set_later_moves_the_plan_alone() -> None:
    """[RUN2] The clock of a later step runs on."""
    world = with_boards("open")
    before = world.state.workshop
    world.do(FAY, c.WorkshopStart(at=LATER))
    assert world.state.workshop == before.model_copy(update={"starts": LATER})


def test_leaving_the_first_step_is_on_time_where_none_was_set() -> None:
    """[RUN3] Its ten minutes count as ten, however long people took to come."""
    world = World()
    world.now += 99 * MINUTE
    world.go("propose")
    assert world.state.workshop.starts == world.now - 10 * MINUTE
    world.go("welcome")
    assert world.state.workshop.step_started == world.now
