"""Steps: the agenda and what only facilitators steer."""

import json

import pytest
from pydantic import TypeAdapter

from protocol import commands as c
from protocol import limits
from protocol.base import Place, Wall
from protocol.changes import Patch
from protocol.codes import Code
from protocol.records import StepKind
from server.workshop.actor import SYSTEM as SERVER
from server.workshop.actor import Actor
from server.workshop.decide import AJAR
from server.workshop.invariants import broken
from server.workshop.speculate import Rejected
from tests.workshop.roles import KINDS, SYSTEM, plain
from tests.workshop.world import ANN, BOB, FAY, World, joining, with_boards, writing

COMMAND: TypeAdapter[c.Command] = TypeAdapter(c.AnyCommand)


def adding(id_: str) -> c.StepAdd:
    return c.StepAdd(id=id_, rank="a9", step=StepKind.TALK, title="Talk", minutes=5)


STEERING: list[c.Command] = [
    c.StepGo(step="open", current="private"),
    c.StepExtend(minutes=5),
    c.StepPause(step="private", on=True),
    c.StepEnd(step="private"),
    adding("talk"),
    c.StepEdit(step="open", title="Write more"),
    c.StepDrop(step="plenary"),
    c.StepReveal(step="private"),
    c.StepShow(step="vote"),
    c.WorkshopEdit(title="New", purpose="Newer"),
    c.WorkshopSpotlight(target="i1"),
    c.WorkshopWall(wall="black"),
    c.BoardLock(board="i1", locked=True),
    c.BoardExtend(board="i1", step="private", minutes=2),
    c.IssueMerge(id="i3", into="i1"),
    c.IssueChoose(ids=("i1",)),
]


def test_there_is_always_one_current_step_in_the_agenda() -> None:
    """[STEP1]."""
    world = World()
    assert world.state.step.id == "welcome"
    assert world.refusal(FAY, c.StepGo(step="nowhere", current="welcome")) is Code.NOT_FOUND
    world.go("open")
    assert world.state.step.id == "open"
    assert broken(world.state) == []


def test_two_presses_of_next_are_one() -> None:
    """[STEP2]."""
    world = World()
    press = c.StepGo(step="propose", current="welcome")
    world.do(FAY, press)
    assert world.refusal(FAY, press) is Code.STALE
    assert world.refusal(FAY, c.StepGo(step="choose", current="welcome")) is Code.STALE
    assert world.state.step.id == "propose"


def test_going_starts_the_clock_and_clears_extension_and_spotlight() -> None:
    """[STEP3] Back as well as forth."""
    world = with_boards("plenary")
    for step in ("welcome", "close", "propose"):
        world.do(FAY, c.StepExtend(minutes=5))
        if world.state.step.step is not StepKind.CLOSE:
            world.do(FAY, c.WorkshopSpotlight(target="i1"))
        world.go(step)
        now = world.state.workshop
        assert (now.step, now.step_started) == (step, world.now)
        assert (now.extended, now.spotlight) == (0, None)


@pytest.mark.parametrize("command", STEERING, ids=lambda command: command.do)
def test_only_facilitators_steer(command: c.Command) -> None:
    """[STEP4]."""
    world = with_boards("private")
    assert world.refusal(ANN, command) is Code.FORBIDDEN
    assert world.do(FAY, command)


def test_what_the_big_screens_do_ends_with_the_step_and_with_a_new_spotlight() -> None:
    """[SCENE8]."""
    world = with_boards("open")
    walls: list[Wall] = ["turns", "still", "black"]
    for wall in walls:
        world.do(FAY, c.WorkshopWall(wall=wall))
        world.do(FAY, c.WorkshopSpotlight(target="i1"))
        seen = [world.state.workshop.wall]
        world.do(FAY, c.WorkshopWall(wall=wall))
        world.do(FAY, c.WorkshopSpotlight(target=None))
        seen.append(world.state.workshop.wall)
        world.go("plenary")
        seen.append(world.state.workshop.wall)
        assert seen == ["live", wall, "live"]
        world.go("open")


def test_the_newest_word_about_the_big_screens_counts() -> None:
    """[SCENE8] It says when it was said; boards come in turn without a spotlight before them."""
    world = with_boards("open")
    world.do(FAY, c.WorkshopSpotlight(target="i1"))
    world.do(FAY, c.WorkshopGather(on=True))
    world.do(FAY, c.WorkshopWall(wall="black"))
    assert (world.state.workshop.gathered, world.state.workshop.wall_at) == (FAY.person, world.now)
    assert world.do(FAY, c.WorkshopWall(wall="black")), "the same again is a newer word than a screen's key"
    world.do(FAY, c.WorkshopWall(wall="turns"))
    assert (world.state.workshop.spotlight, world.state.workshop.gathered) == (None, None)
    world.do(FAY, c.WorkshopSpotlight(target="i1"))
    assert (world.state.workshop.wall, world.state.workshop.wall_at) == ("live", 0)


def test_everybody_is_brought_to_the_spotlight_and_let_go() -> None:
    """[GATHER1] To something, by a facilitator; it moves along with the spotlight, and ends with it or the step."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    assert world.refusal(FAY, c.WorkshopGather(on=True)) is Code.NOT_NOW
    world.do(FAY, c.WorkshopSpotlight(target="i1"))
    assert world.refusal(ANN, c.WorkshopGather(on=True)) is Code.FORBIDDEN
    world.do(FAY, c.WorkshopGather(on=True))
    world.do(FAY, c.WorkshopSpotlight(target="n1"))
    assert world.state.workshop.gathered == FAY.person
    world.do(FAY, c.WorkshopGather(on=False))
    assert (world.state.workshop.gathered, world.state.workshop.spotlight) == (None, "n1")
    ends: list[tuple[Actor, c.Command]] = [
        (ANN, c.NoteBin(id="n1")),
        (FAY, c.WorkshopSpotlight(target=None)),
        (FAY, c.StepGo(step="vote", current=world.state.workshop.step)),
    ]
    for by, end in ends:
        world.do(FAY, c.WorkshopSpotlight(target="n1" if by == ANN else "i1"))
        world.do(FAY, c.WorkshopGather(on=True))
        world.do(by, end)
        assert (world.state.workshop.gathered, world.state.workshop.spotlight) == (None, None)


def test_everybody_is_brought_to_the_plan() -> None:
    """[GATHER3] Like to a board, in any step; it ends with the step."""
    world = with_boards("open")
    assert world.refusal(ANN, c.WorkshopSpotlight(target="plan")) is Code.FORBIDDEN
    world.do(FAY, c.WorkshopSpotlight(target="plan"))
    world.do(FAY, c.WorkshopGather(on=True))
    assert (world.state.workshop.spotlight, world.state.workshop.gathered) == ("plan", FAY.person)
    assert list(broken(world.state)) == []
    world.do(FAY, c.StepGo(step="vote", current=world.state.workshop.step))
    assert (world.state.workshop.spotlight, world.state.workshop.gathered) == (None, None)


def test_the_spotlight_is_on_a_board_or_an_unbinned_note() -> None:
    """[STEP4]."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    [change] = world.do(FAY, c.WorkshopSpotlight(target="n1"))
    assert change == Patch(kind="workshop", id="workshop", set={"spotlight": "n1"})
    assert world.refusal(FAY, c.WorkshopSpotlight(target="i3")) is Code.NOT_FOUND
    world.do(ANN, c.NoteBin(id="n1"))
    assert world.state.workshop.spotlight is None
    assert world.refusal(FAY, c.WorkshopSpotlight(target="n1")) is Code.NOT_FOUND
    assert world.do(FAY, c.WorkshopSpotlight(target=None)) == ()


def test_nothing_is_refused_because_time_is_up() -> None:
    """[STEP5]."""
    world = with_boards("open")
    world.now += 24 * 3_600_000
    world.do(ANN, writing("n1"))
    assert world.note("n1").late is False


def test_what_is_current_or_in_use_is_not_dropped() -> None:
    """[STEP6]."""
    world = with_boards("open")
    assert world.refusal(FAY, c.StepDrop(step="open")) is Code.NOT_NOW
    world.do(ANN, writing("n1"))
    world.go("vote")
    world.do(ANN, c.VoteCast(round="vote", target="n1", dots=1))
    world.go("plenary")
    assert world.refusal(FAY, c.StepDrop(step="open")) is Code.NOT_EMPTY
    assert world.refusal(FAY, c.StepDrop(step="vote")) is Code.NOT_EMPTY
    world.do(FAY, c.StepDrop(step="private"))
    assert "private" not in world.state.steps
    assert world.refusal(FAY, c.StepDrop(step="private")) is Code.NOT_FOUND


def test_a_closed_workshop_is_read_only() -> None:
    """[STEP7] People may still come in; going back reopens."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.go("close")
    commands: list[c.Command] = [
        writing("n2"),
        c.NoteEdit(id="n1", rev=1, base="some words", text="x"),
        c.VoteCast(round="vote", target="n1", dots=1),
        c.IssueAdd(id="i9", rank="a0", title="Late"),
        c.PersonRename(name="Ann", place=Place.REMOTE),
        c.WorkshopEdit(title="New", purpose=""),
        c.IssueChoose(ids=("i1",)),
    ]
    for command in commands:
        assert world.refusal(FAY, command) is Code.CLOSED
    assert world.refusal(ANN, c.StepExtend(minutes=1)) is Code.CLOSED
    world.do(SERVER, joining("dee"))
    assert world.refusal(FAY, c.StepEdit(step="close", title="The end")) is Code.CLOSED
    world.go("open")
    world.do(ANN, writing("n2"))


@pytest.mark.parametrize("name", sorted(KINDS.keys() - SYSTEM))
def test_what_a_closed_workshop_still_does(name: str) -> None:
    """[STEP7] Of all commands those few of the facilitators', and nothing of anybody else."""
    world = with_boards("close")
    command = COMMAND.validate_json(json.dumps(plain(name)))
    for actor in (ANN, BOB):
        assert world.refusal(actor, command) is Code.CLOSED
    outcome = world.ask(FAY, command)
    closed = isinstance(outcome, Rejected) and outcome.code is Code.CLOSED
    assert closed is (name not in AJAR)


@pytest.mark.parametrize("promise", ["private", "anonymous", "blind"])
def test_a_promise_that_was_used_is_kept(promise: str) -> None:
    """[STEP8] An unused one may go; a new one may always be made."""
    world = with_boards("open")
    kept = {"private": "private", "anonymous": "nameless", "blind": "vote"}[promise]
    off = c.StepEdit.model_validate({"step": kept, promise: False})
    on = c.StepEdit.model_validate({"step": kept, promise: True})
    world.do(FAY, off)
    world.do(FAY, on)
    world.do(ANN, writing("n0"))
    world.go(kept)
    if promise == "blind":
        world.do(ANN, c.VoteCast(round="vote", target="n0", dots=1))
    else:
        world.do(ANN, writing("n1"))
    world.go("plenary")
    assert world.refusal(FAY, off) is Code.KEPT_PRIVATE
    world.go(kept)
    assert world.refusal(FAY, off) is Code.KEPT_PRIVATE
    world.do(FAY, c.StepEdit(step=kept, title="Renamed"))
    assert getattr(world.state.steps[kept], promise) is True


def test_what_was_shown_stays_shown() -> None:
    """[STEP8] No command has a field to hide it again."""
    world = with_boards("private")
    world.do(FAY, c.StepReveal(step="private"))
    world.do(FAY, c.StepShow(step="vote"))
    assert world.do(FAY, c.StepReveal(step="private")) == ()
    for step in ("open", "private", "vote", "private"):
        world.go(step)
    assert world.state.steps["private"].revealed
    assert world.state.steps["vote"].shown
    assert not {"revealed", "shown"} & c.StepEdit.model_fields.keys()


def test_extending_adds_up_within_the_limit() -> None:
    """[STEP9] Nor may an edit of the current step pass it."""
    world = World()
    world.do(FAY, c.StepExtend(minutes=5))
    world.do(FAY, c.StepExtend(minutes=-15))
    assert world.state.workshop.extended == -10
    assert world.refusal(FAY, c.StepExtend(minutes=-1)) is Code.INVALID
    assert world.refusal(FAY, c.StepEdit(step="welcome", minutes=9)) is Code.INVALID
    world.do(FAY, c.StepExtend(minutes=limits.STEP_MINUTES))
    assert world.refusal(FAY, c.StepExtend(minutes=1)) is Code.INVALID
    assert world.refusal(FAY, c.StepEdit(step="welcome", minutes=11)) is Code.INVALID
    world.do(FAY, c.StepEdit(step="open", minutes=limits.STEP_MINUTES))


def test_an_edit_leaves_alone_what_it_does_not_name() -> None:
    """[STEP4]."""
    world = World()
    before = world.state.steps["vote"]
    world.do(FAY, c.StepEdit(step="vote", dots=9, instruction=""))
    assert world.state.steps["vote"] == before.model_copy(update={"dots": 9, "instruction": ""})


def test_one_step_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5]."""
    world = World()
    monkeypatch.setattr(limits, "STEPS", len(world.state.steps) + 1)
    world.do(FAY, adding("talk"))
    assert world.refusal(FAY, adding("talk")) is Code.EXISTS
    assert world.refusal(FAY, adding("more")) is Code.TOO_MANY
