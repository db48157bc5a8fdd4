"""Templates and how a workshop begins."""

import re
from pathlib import Path

import pytest

from protocol.changes import Put
from protocol.codes import Code
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import StepKind
from server.workshop.fold import fold
from server.workshop.invariants import broken
from server.workshop.ranks import rank
from server.workshop.refused import Refused
from server.workshop.state import State
from server.workshop.templates import founding, load, names
from tests.workshop.world import NOW


def begun(name: str, purpose: str = "") -> State:
    changes = founding(load(name), "w1", "ABC234", "Our afternoon", purpose, NOW)
    assert all(isinstance(change, Put) for change in changes)
    draft = Draft(by="system", client="system", n=1, name="workshop.create", changes=changes)
    state = State()
    fold(state, Entry.after(EMPTY, NOW, draft), check=True)
    return state


@pytest.mark.parametrize("name", names())
def test_a_workshop_begins_sound_at_its_first_step(name: str) -> None:
    """[HTTP2] [STEP1]."""
    state = begun(name)
    assert broken(state) == []
    first = min(state.steps.values(), key=lambda step: step.rank)
    assert state.workshop.step == first.id
    assert (state.workshop.title, state.workshop.code) == ("Our afternoon", "ABC234")
    assert state.workshop.purpose == load(name).purpose
    assert state.clients == {"system": ("system", 1, 1)}


def test_the_half_day_is_the_reference_workshop() -> None:
    """[HTTP2]."""
    state = begun("tough-issues", "To conquer them.")
    assert state.workshop.purpose == "To conquer them."
    steps = sorted(state.steps.values(), key=lambda step: step.rank)
    kinds = [
        "welcome",
        "propose",
        "choose",
        "breakout",
        "write",
        "write",
        "vote",
        "break",
        "plenary",
        "plan",
        "paper",
        "close",
    ]
    assert [step.step for step in steps] == [StepKind(kind) for kind in kinds]
    assert [step.minutes for step in steps] == [10, 20, 15, 5, 30, 20, 15, 15, 40, 40, 20, 10]
    assert [step.private for step in steps if step.step is StepKind.WRITE] == [True, False]
    assert all(step.instruction for step in steps)
    choose, vote = steps[2], steps[6]
    assert (choose.dots, choose.blind) == (3, True)
    assert (vote.dots, vote.most, vote.blind) == (5, 2, True)
    assert [issue.by for issue in state.issues.values()] == [None] * 4
    assert all(issue.detail for issue in state.issues.values())
    assert len(state.records["section"]) == 3
    assert len(state.records["lens"]) == 5


@pytest.mark.parametrize("name", names())
def test_a_workshop_begins_with_its_clock_standing(name: str) -> None:
    """[TIME4] Whoever makes a workshop a week before does not find it a week over time."""
    workshop = begun(name).workshop
    assert workshop.paused == workshop.step_started == NOW


def test_the_short_one_lasts_an_hour() -> None:
    """[HTTP2]."""
    assert sum(step.minutes for step in load("quick").steps) == 60


def test_the_front_door_offers_every_template() -> None:
    """[TMPL1] With the length that it has."""
    door = (Path(__file__).parents[2] / "client/web/src/screens/templates.ts").read_text("utf-8")
    offered = dict(re.findall(r"id: '([\w-]+)', minutes: (\d+)", door))
    assert {name: str(sum(step.minutes for step in load(name).steps)) for name in names()} == offered


def test_some_bring_their_board_along() -> None:
    """[TMPL2] Where nothing is to be chosen, people write without choosing; where something is, nothing is yet."""
    for name in names():
        kinds = {step.step for step in load(name).steps}
        assert len(begun(name).boards) == (0 if StepKind.CHOOSE in kinds else 1)


@pytest.mark.parametrize("name", ["retrospective", "1-2-4-all", "swot"])
def test_nobody_is_led_by_who_was_first(name: str) -> None:
    """[TMPL2] In each the first writing is face down, votes are blind, every step says what to do, and it ends."""
    steps = load(name).steps
    assert next(step for step in steps if step.step is StepKind.WRITE).private
    assert all(step.blind and step.dots >= step.most for step in steps if step.step is StepKind.VOTE)
    assert all(step.instruction and step.minutes for step in steps)
    assert (steps[0].step, steps[-1].step) == (StepKind.WELCOME, StepKind.CLOSE)


@pytest.mark.parametrize("name", ["nothing", "../secrets", ""])
def test_an_unknown_template_is_refused(name: str) -> None:
    """[HTTP2]."""
    with pytest.raises(Refused) as no:
        load(name)
    assert no.value.code is Code.NOT_FOUND


def test_ranks_sort_as_they_count() -> None:
    """[HTTP2] As the browser's `generateNKeysBetween` has them."""
    ranks = [rank(i) for i in range(62 + 62 * 62)]
    assert ranks == sorted(set(ranks))
    assert (ranks[0], ranks[61], ranks[62], ranks[-1]) == ("a0", "az", "b00", "bzz")
