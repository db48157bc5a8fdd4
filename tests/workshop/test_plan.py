"""The plan: activities, who may touch them, and what they name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from protocol.records import Activity, Status
from server.workshop.invariants import broken
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, BOB, EVERYBODY, SCREEN, World, eyes, with_boards, writing


def activity(id_: str = "p1", **more: Any) -> c.ActivityAdd:
    """A calibration day in the second quarter."""
    return c.ActivityAdd(**{"id": id_, "rank": "a0", "title": "Calibrate", "start": 3, "length": 3, **more})


def one(world: World) -> Activity:
    return world.state.activities["p1"]


def test_everybody_plans() -> None:
    """[PLAN1] Whoever takes part adds, changes and drops; all see it; the projector only looks."""
    world = with_boards("open")
    world.do(ANN, activity(owner="Dana", first="Call the three districts"))
    for actor in (*EVERYBODY, SCREEN):
        assert one(world) in seen(world.state, eyes(actor))
    world.do(BOB, c.ActivityEdit(id="p1", rev=1, title="Calibrate together", owner="Dana and Bo", first="Call"))
    assert (one(world).title, one(world).rev, one(world).by) == ("Calibrate together", 2, "ann")
    assert world.refusal(SCREEN, c.ActivityDrop(id="p1")) is Code.FORBIDDEN
    world.do(BOB, c.ActivityDrop(id="p1"))
    assert world.state.activities == {}
    assert world.refusal(BOB, c.ActivityDrop(id="p1")) is Code.NOT_FOUND


def test_closed() -> None:
    """[PLAN1] [STEP7] Not when the workshop is closed."""
    world = with_boards("open")
    world.go("close")
    assert world.refusal(ANN, activity()) is Code.CLOSED


def test_words_are_not_overwritten() -> None:
    """[PLAN2] Two who change the words: the second is told; what is left out stays; else the last word counts."""
    world = with_boards("open")
    world.do(ANN, activity())
    edit = c.ActivityEdit(id="p1", rev=1, title="One", owner="", first="")
    world.do(ANN, edit)
    assert world.refusal(BOB, edit.model_copy(update={"title": "Two"})) is Code.STALE
    world.do(ANN, c.ActivitySet(id="p1", start=6))
    world.do(BOB, c.ActivitySet(id="p1", start=9, length=12, status=Status.AGREED))
    world.do(BOB, c.ActivityEdit(id="p1", rev=2, owner="Bo"))
    assert (one(world).title, one(world).owner, one(world).rev) == ("One", "Bo", 3)
    world.do(BOB, c.ActivityEdit(id="p1", rev=3, owner=""))
    assert (one(world).owner, one(world).rev) == ("", 4)
    assert (one(world).start, one(world).length, one(world).status, one(world).rev) == (9, 12, Status.AGREED, 4)
    assert world.do(BOB, c.ActivitySet(id="p1", start=9)) == ()


def test_where_it_comes_from() -> None:
    """[PLAN3] An issue, a note or a stack that are there; no sealed note; later they may go."""
    world = with_boards("open")
    for id_ in ("n1", "n2"):
        world.do(ANN, writing(id_, "words"))
    world.do(ANN, c.StackMake(id="s", notes=("n1", "n2")))
    world.do(BOB, activity("p1", issue="i1", source="n1"))
    world.do(BOB, activity("p2", source="s"))
    assert world.refusal(BOB, activity("p3", issue="nope")) is Code.NOT_FOUND
    assert world.refusal(BOB, activity("p3", source="nope")) is Code.NOT_FOUND
    assert world.refusal(BOB, c.ActivitySet(id="p1", issue="nope")) is Code.NOT_FOUND
    assert world.refusal(BOB, activity("p1")) is Code.EXISTS
    world.do(ANN, c.StackSplit(id="s"))
    assert world.state.activities["p2"].source == "s"
    world.do(BOB, c.ActivitySet(id="p1", issue=""))
    assert one(world).issue is None
    world.go("private")
    world.do(ANN, writing("n3", "sealed"))
    assert world.refusal(BOB, activity("p3", source="n3")) is Code.NOT_NOW


def test_under_a_lens() -> None:
    """[PLAN5] One that is there, or none."""
    world = with_boards("open")
    world.do(ANN, activity())
    assert world.refusal(BOB, c.ActivitySet(id="p1", lens="nope")) is Code.NOT_FOUND
    world.do(BOB, c.ActivitySet(id="p1", lens="l1"))
    assert one(world).lens == "l1"
    world.do(BOB, c.ActivitySet(id="p1", lens=""))
    assert one(world).lens is None


def test_waits_for_others() -> None:
    """[PLAN6] For those in the plan, each once, in no circle; for what went nobody waits."""
    world = with_boards("open")
    for id_ in ("p1", "p2", "p3"):
        world.do(ANN, activity(id_))
    world.do(BOB, c.ActivitySet(id="p2", after=("p1", "p1")))
    world.do(BOB, c.ActivitySet(id="p3", after=("p2", "p1")))
    assert [world.state.activities[id_].after for id_ in ("p1", "p2", "p3")] == [(), ("p1",), ("p2", "p1")]
    assert world.refusal(BOB, c.ActivitySet(id="p1", after=("nope",))) is Code.NOT_FOUND
    for after in (("p1",), ("p2",), ("p3",)):
        assert world.refusal(BOB, c.ActivitySet(id="p1", after=after)) is Code.INVALID
    world.do(BOB, c.ActivityDrop(id="p1"))
    assert [world.state.activities[id_].after for id_ in ("p2", "p3")] == [(), ("p2",)]
    assert broken(world.state) == []


@pytest.mark.parametrize(("fields", "rule"), [({"lens": "nope"}, "PLAN5"), ({"after": ("p1",)}, "PLAN6")])
def test_unsound_names_are_found(fields: dict[str, Any], rule: str) -> None:
    """[PLAN5] [PLAN6] [ARCH2] What names what is not there, or waits for itself, is no sound state."""
    world = with_boards("open")
    world.do(ANN, activity())
    world.state.place(("activity", "p1"), one(world).model_copy(update=fields))
    assert [found[1:6] for found in broken(world.state)] == [rule]


@given(start=st.integers(0, limits.PLAN_MONTHS - 1), length=st.integers(1, limits.PLAN_MONTHS))
def test_ends_within_the_plan(start: int, length: int) -> None:
    """[PLAN4] Added or moved, it never ends behind the plan."""
    world = with_boards("open")
    world.do(ANN, activity(start=0, length=1))
    fits = start + length <= limits.PLAN_MONTHS
    for command in (activity("p2", start=start, length=length), c.ActivitySet(id="p1", start=start, length=length)):
        if fits:
            world.do(ANN, command)
        else:
            assert world.refusal(ANN, command) is Code.INVALID
    assert broken(world.state) == []


def test_no_more_than_a_plan_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5] One more is refused."""
    monkeypatch.setattr(limits, "ACTIVITIES", 1)
    world = with_boards("open")
    world.do(ANN, activity())
    assert world.refusal(ANN, activity("p2")) is Code.TOO_MANY


def test_unsound_plan_is_found() -> None:
    """[PLAN4] [ARCH2] What ends behind the plan is no sound state."""
    world = with_boards("open")
    world.do(ANN, activity())
    world.state.place(("activity", "p1"), one(world).model_copy(update={"start": 35, "length": 12}))
    assert broken(world.state) == ["[PLAN4] p1 ends behind the plan"]
