"""Caps: how many notes, or issues, each person may write in a step."""

import pytest

from protocol import commands as c
from protocol.codes import Code
from server.workshop.speculate import Rejected
from tests.workshop.world import ANN, BOB, FAY, World, with_boards, writing


def capped(step: str = "open", most: int = 2) -> World:
    world = with_boards(step)
    world.do(FAY, c.StepEdit(step=step, most_notes=most))
    return world


def test_nobody_writes_more_than_the_step_allows() -> None:
    """[CAP1] The binned do not count; another person has a number of their own."""
    world = capped()
    world.do(ANN, writing("n1"))
    world.do(ANN, writing("n2"))
    assert world.refusal(ANN, writing("n3")) is Code.CAPPED
    world.do(BOB, writing("n4"))
    world.do(ANN, c.NoteBin(id="n1"))
    world.do(ANN, writing("n3"))
    assert world.refusal(ANN, writing("n5")) is Code.CAPPED


def test_facilitators_write_as_many_as_they_like() -> None:
    """[CAP1]."""
    world = capped(most=1)
    world.do(FAY, writing("n1"))
    world.do(FAY, writing("n2"))
    world.do(FAY, c.NoteBin(id="n1"))
    world.do(ANN, c.NoteRestore(id="n1"))


def test_each_seat_has_a_number_of_its_own() -> None:
    """[CAP1]."""
    world = capped(most=1)
    world.do(ANN, c.SeatAdd(id="mia", name="Mia"))
    world.do(ANN, writing("n1"))
    world.do(ANN, c.SeatAct(seat="mia", command=writing("n2")))
    assert world.refusal(ANN, c.SeatAct(seat="mia", command=writing("n3"))) is Code.CAPPED
    assert world.refusal(ANN, writing("n3")) is Code.CAPPED


def test_late_notes_count_in_the_step_they_belong_to() -> None:
    """[CAP1] [SOFT1]."""
    world = capped(most=1)
    world.do(ANN, writing("n1"))
    world.go("nameless")
    world.do(ANN, writing("n2"))
    assert world.refusal(ANN, writing("n3").model_copy(update={"step": "open"})) is Code.CAPPED
    world.go("plenary")
    world.do(BOB, writing("n4").model_copy(update={"step": "open"}))


def test_a_lower_number_takes_nothing_away_and_none_lifts_it() -> None:
    """[CAP1]."""
    world = capped()
    world.do(ANN, writing("n1"))
    world.do(ANN, writing("n2"))
    world.do(FAY, c.StepEdit(step="open", most_notes=1))
    assert world.refusal(ANN, writing("n3")) is Code.CAPPED
    world.do(ANN, c.NoteEdit(id="n2", rev=1, base="some words", text="others"))
    world.do(FAY, c.StepEdit(step="open", most_notes=0))
    world.do(ANN, writing("n3"))


def test_nothing_comes_out_of_the_bin_above_the_number() -> None:
    """[CAP2] Whoever of the participants brings it back; a facilitator may."""
    world = capped(most=1)
    world.do(ANN, writing("n1"))
    world.do(ANN, c.NoteBin(id="n1"))
    world.do(ANN, writing("n2"))
    assert world.refusal(ANN, c.NoteRestore(id="n1")) is Code.CAPPED
    assert world.refusal(BOB, c.NoteRestore(id="n1")) is Code.CAPPED
    assert world.do(ANN, c.NoteRestore(id="n2")) == ()
    world.do(FAY, c.NoteRestore(id="n1"))


def test_several_as_one_are_all_done_or_none() -> None:
    """[CAP2] A list above the number leaves no trace; a swap within it passes."""
    world = capped()
    world.do(ANN, writing("n1"))
    list_ = c.NoteMany(commands=(writing("n2"), writing("n3")))
    assert isinstance(world.ask(ANN, list_), Rejected)
    assert set(world.state.notes) == {"n1"}
    world.do(ANN, c.NoteMany(commands=(writing("n2"), c.NoteBin(id="n1"), writing("n3"))))
    assert world.state.written["open", "ann"] == 2


def test_issues_are_counted_where_they_are_proposed() -> None:
    """[CAP3]."""
    world = World()
    world.go("propose")
    world.do(FAY, c.StepEdit(step="propose", most_notes=1))
    world.do(ANN, c.IssueAdd(id="a", rank="a5", title="One"))
    more = c.IssueAdd(id="b", rank="a6", title="Another")
    assert world.refusal(ANN, more) is Code.CAPPED
    world.do(BOB, c.IssueAdd(id="c", rank="a7", title="Mine"))
    world.do(FAY, c.IssueMerge(id="a", into="i1"))
    assert world.refusal(ANN, more) is Code.CAPPED
    world.go("choose")
    assert world.refusal(ANN, more) is Code.CAPPED
    world.do(ANN, c.IssueDrop(id="a"))
    world.do(ANN, more)
    world.do(FAY, c.IssueAdd(id="d", rank="a8", title="The facilitator's"))
    world.do(FAY, c.IssueAdd(id="e", rank="a9", title="And another"))


@pytest.mark.parametrize("most", [-1, 100])
def test_the_number_is_within_its_limits(most: int) -> None:
    """[CAP1] [LIMIT1]."""
    with pytest.raises(ValueError, match="most_notes"):
        c.StepEdit(step="open", most_notes=most)
