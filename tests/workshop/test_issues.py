"""Issues: proposed, edited, merged, chosen."""

import pytest
from pydantic import ValidationError

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from server.workshop.actor import Actor
from server.workshop.invariants import broken
from tests.workshop.world import ANN, BOB, CY, FAY, World, with_boards, writing


def proposing(id_: str, title: str = "Seat time") -> c.IssueAdd:
    return c.IssueAdd(id=id_, rank="a5", title=title, detail="Hours are not learning.")


def voting(world: World, actor: Actor, target: str, dots: int) -> None:
    world.do(actor, c.VoteCast(round="choose", target=target, dots=dots))


def tally(world: World, target: str) -> tuple[int, int] | None:
    found = world.state.tallies.get(f"choose.{target}")
    return (found.dots, found.people) if found else None


def test_issues_are_proposed_while_that_is_the_step() -> None:
    """[ISSUE1] By facilitators always."""
    world = World()
    for step in ("propose", "choose"):
        world.go(step)
        world.do(ANN, proposing(step))
        assert world.state.issues[step].by == "ann"
    for step in ("welcome", "open", "vote", "plenary"):
        world.go(step)
        assert world.refusal(ANN, proposing("x")) is Code.NOT_NOW
        world.do(FAY, proposing(step))


def test_an_id_that_is_taken_is_refused() -> None:
    """[ISSUE1] [NOTE12]."""
    world = World()
    world.go("propose")
    assert world.refusal(ANN, proposing("i1")) is Code.EXISTS


def test_people_change_their_own_and_facilitators_any() -> None:
    """[ISSUE2]."""
    world = World()
    world.go("propose")
    for id_ in ("mine", "ours"):
        world.do(ANN, proposing(id_))
    assert world.refusal(BOB, c.IssueEdit(id="mine", rev=1, title="No")) is Code.FORBIDDEN
    assert world.refusal(BOB, c.IssueDrop(id="mine")) is Code.FORBIDDEN
    assert world.refusal(BOB, c.IssueDrop(id="i1")) is Code.FORBIDDEN
    world.do(ANN, c.IssueEdit(id="mine", rev=1, title="Sharper"))
    world.do(FAY, c.IssueEdit(id="mine", rev=2, title="Sharper still"))
    assert (world.state.issues["mine"].title, world.state.issues["mine"].rev) == ("Sharper still", 3)
    world.do(ANN, c.IssueDrop(id="mine"))
    world.do(FAY, c.IssueDrop(id="ours"))
    assert world.state.issues.keys() == {"i1", "i2", "i3"}


def test_an_edit_names_the_version_it_began_with() -> None:
    """[ISSUE3] One that changes nothing makes no version."""
    world = World()
    world.do(FAY, c.IssueEdit(id="i1", rev=1, title="Second"))
    assert world.refusal(FAY, c.IssueEdit(id="i1", rev=1, title="Third")) is Code.STALE
    assert world.refusal(FAY, c.IssueEdit(id="i1", rev=3, title="Third")) is Code.INVALID
    assert world.do(FAY, c.IssueEdit(id="i1", rev=2, title="Second")) == ()
    assert world.state.issues["i1"].rev == 2


def test_merging_moves_dots_within_the_most_per_item() -> None:
    """[ISSUE4] Ann had the most on it already, Bob one, Cy none."""
    world = World()
    world.go("choose")
    for actor, dots in ((ANN, 2), (BOB, 1)):
        voting(world, actor, "i1", dots)
    for actor, dots in ((ANN, 1), (BOB, 1), (CY, 2)):
        voting(world, actor, "i2", dots)
    world.do(FAY, c.IssueMerge(id="i2", into="i1"))
    assert (tally(world, "i1"), tally(world, "i2")) == ((6, 3), None)
    assert world.state.issues["i2"].merged == "i1"
    assert world.state.spent["choose", "ann"] == 2
    assert broken(world.state) == []


def test_merged_issues_take_no_dots_and_are_not_chosen() -> None:
    """[ISSUE4] Nor merged again."""
    world = World()
    world.go("choose")
    world.do(FAY, c.IssueMerge(id="i2", into="i1"))
    assert world.refusal(ANN, c.VoteCast(round="choose", target="i2", dots=1)) is Code.NOT_FOUND
    assert world.refusal(FAY, c.IssueChoose(ids=("i2",))) is Code.INVALID
    for id_, into in (("i2", "i3"), ("i3", "i2"), ("i3", "i3")):
        assert world.refusal(FAY, c.IssueMerge(id=id_, into=into)) is Code.INVALID


def test_what_was_merged_before_moves_along_and_comes_back() -> None:
    """[ISSUE4] It comes back when the issue that took it in is withdrawn."""
    world = World()
    world.do(FAY, c.IssueMerge(id="i3", into="i2"))
    world.do(FAY, c.IssueMerge(id="i2", into="i1"))
    assert world.state.issues["i3"].merged == "i1"
    world.do(FAY, c.IssueDrop(id="i1"))
    assert [issue.merged for issue in world.state.issues.values()] == [None, None]


def test_withdrawing_takes_the_dots_back() -> None:
    """[ISSUE2] [VOTE5] A note of the same id keeps its own."""
    world = with_boards("open")
    world.do(ANN, writing("i3"))
    world.go("vote")
    world.do(ANN, c.VoteCast(round="vote", target="i3", dots=2))
    world.go("choose")
    voting(world, ANN, "i3", 1)
    world.do(FAY, c.IssueDrop(id="i3"))
    assert world.state.ballots.keys() == {"vote.ann.i3"}
    assert world.state.tallies.keys() == {"vote.i3"}
    assert broken(world.state) == []


def test_an_issue_with_a_board_stays() -> None:
    """[ISSUE5] Others may be merged into it."""
    world = with_boards("choose")
    assert world.refusal(FAY, c.IssueDrop(id="i1")) is Code.NOT_EMPTY
    assert world.refusal(FAY, c.IssueMerge(id="i1", into="i3")) is Code.NOT_EMPTY
    world.do(FAY, c.IssueMerge(id="i3", into="i1"))


def test_choosing_leaves_exactly_the_chosen_as_boards() -> None:
    """[ISSUE6] In the order chosen, each once."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=("i2", "i1", "i2")))
    assert {b.id: b.title for b in world.state.boards.values()} == {"i2": "Issue 2", "i1": "Issue 1"}
    world.do(FAY, c.PersonMove(person="ann", board="i2"))
    world.do(FAY, c.WorkshopSpotlight(target="i2"))
    world.do(FAY, c.IssueChoose(ids=("i3", "i1")))
    assert min(world.state.boards.values(), key=lambda b: b.rank).id == "i3"
    assert world.state.boards.keys() == {"i1", "i3"}
    assert world.state.people["ann"].board is None
    assert world.state.workshop.spotlight is None
    assert world.refusal(FAY, c.IssueChoose(ids=("i1", "gone"))) is Code.NOT_FOUND


def test_a_board_with_notes_does_not_go() -> None:
    """[ISSUE6] Not even one with binned notes."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(ANN, c.NoteBin(id="n1"))
    assert world.refusal(FAY, c.IssueChoose(ids=("i2",))) is Code.NOT_EMPTY
    world.do(FAY, c.IssueChoose(ids=("i1", "i3")))
    assert world.state.boards.keys() == {"i1", "i3"}


def test_a_board_keeps_the_title_of_its_issue() -> None:
    """[ISSUE6]."""
    world = with_boards("open")
    world.do(FAY, c.IssueEdit(id="i1", rev=1, title="Sharper"))
    assert world.state.boards["i1"].title == "Sharper"


def test_long_ranks_do_not_matter_to_boards() -> None:
    """[ISSUE6]."""
    world = World()
    world.do(FAY, c.IssueAdd(id="far", rank="a" * 128, title="Far"))
    world.do(FAY, c.IssueChoose(ids=("far",)))
    assert world.state.boards["far"].rank == "a0"


def test_one_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5] Of boards, the command itself holds no more."""
    world = World()
    monkeypatch.setattr(limits, "ISSUES", 4)
    world.do(FAY, proposing("i4"))
    assert world.refusal(FAY, proposing("i5")) is Code.TOO_MANY
    with pytest.raises(ValidationError):
        c.IssueChoose(ids=tuple(f"i{i}" for i in range(limits.BOARDS + 1)))
