"""What a facilitator sets aside."""

from protocol import commands as c
from protocol.codes import Code
from protocol.records import Ballot, Comment, Note, Tally
from server.workshop.actor import Actor
from server.workshop.invariants import broken
from server.workshop.seen_by import seen
from server.workshop.votes import placed
from tests.workshop.world import ANN, BOB, CY, FAY, World, eyes, with_boards, writing


def written() -> World:
    """Three notes of Ann's, one of them commented on by Bob."""
    world = with_boards("open")
    for id_ in ("n1", "n2", "n3"):
        world.do(ANN, writing(id_))
    world.do(BOB, c.CommentAdd(id="c1", note="n1", rank="a0", text="Hear, hear"))
    return world


def voted() -> World:
    """Bob has placed two dots on a note and one on another, Cy one; the results are shown."""
    world = written()
    world.do(FAY, c.StepEdit(step="vote", dots=3))
    world.go("vote")
    for who, target, dots in ((BOB, "n1", 2), (BOB, "n2", 1), (CY, "n1", 1)):
        world.do(who, c.VoteCast(round="vote", target=target, dots=dots))
    world.do(FAY, c.StepShow(step="vote"))
    return world


def ids(world: World, who: Actor, kind: type) -> set[str]:
    """What this person is sent of a kind."""
    return {record.id for record in seen(world.state, eyes(who)) if isinstance(record, kind)}


def test_a_note_that_is_set_aside_is_held_from_others() -> None:
    """[ASIDE1] Its comments too; its author reads that it was, and may change it."""
    world = written()
    world.do(FAY, c.NoteAside(id="n1", on=True))
    assert (ids(world, BOB, Note), ids(world, BOB, Comment)) == ({"n2", "n3"}, set())
    assert ids(world, ANN, Note) == ids(world, FAY, Note) == {"n1", "n2", "n3"}
    assert ids(world, ANN, Comment) == {"c1"}
    assert world.refusal(BOB, c.NoteEdit(id="n1", rev=1, base="some words", text="mine")) is Code.NOT_FOUND
    world.do(ANN, c.NoteEdit(id="n1", rev=1, base="some words", text="milder words"))
    world.do(FAY, c.NoteAside(id="n1", on=False))
    assert (ids(world, BOB, Note), ids(world, BOB, Comment)) == ({"n1", "n2", "n3"}, {"c1"})
    assert world.note("n1").text == "milder words"


def test_only_facilitators_set_aside() -> None:
    """[ASIDE1] [ROLE1] Not alone, not among several as one, not for a seat."""
    world = written()
    aside = c.NoteAside(id="n1", on=True)
    assert world.refusal(ANN, aside) is Code.FORBIDDEN
    assert world.refusal(ANN, c.NoteMany(commands=(aside,))) is Code.FORBIDDEN
    world.do(FAY, c.SeatAdd(id="mia", name="Mia"))
    assert world.refusal(FAY, c.SeatAct(seat="mia", command=aside)) is Code.FORBIDDEN
    world.do(FAY, c.NoteMany(commands=(aside, c.NoteAside(id="n2", on=True))))
    assert ids(world, BOB, Note) == {"n3"}


def test_it_leaves_its_stack_and_the_spotlight() -> None:
    """[ASIDE1] [ASIDE3] [STACK1] And is taken back into it."""
    world = written()
    world.do(BOB, c.StackMake(id="s", notes=("n1", "n2", "n3")))
    world.do(FAY, c.WorkshopSpotlight(target="n1"))
    world.do(FAY, c.NoteAside(id="n1", on=True))
    assert (world.note("n1").stack, world.state.workshop.spotlight) == (None, None)
    assert world.refusal(FAY, c.WorkshopSpotlight(target="n1")) is Code.NOT_FOUND
    back = c.NoteMove(id="n1", board="i1", section="pro", rank="a0", stack="s")
    assert world.refusal(FAY, back) is Code.NOT_FOUND
    again = c.NoteAside(id="n1", on=False, was=c.Was(aside=True))
    world.do(FAY, c.NoteMany(commands=(again, back)))
    assert world.note("n1").stack == "s"
    assert world.refusal(FAY, again) is Code.STALE


def test_it_is_not_the_bin_and_keeps_that_it_waited() -> None:
    """[ASIDE1] Its author may bin it; brought back, what waited waits again."""
    world = with_boards("open")
    world.do(FAY, c.StepEdit(step="open", moderated=True))
    world.do(ANN, writing("n1"))
    world.do(FAY, c.NoteAside(id="n1", on=True))
    world.do(ANN, c.NoteBin(id="n1"))
    world.do(ANN, c.NoteRestore(id="n1"))
    assert world.note("n1").aside
    world.do(FAY, c.NoteAside(id="n1", on=False))
    assert (world.note("n1").waits, world.note("n1").aside, ids(world, BOB, Note)) == (True, False, set())


def test_it_leaves_room_for_another_of_its_author() -> None:
    """[CAP1] [ASIDE1] Brought back it may be one too many: that is the facilitator's to say."""
    world = written()
    world.do(FAY, c.StepEdit(step="open", most_notes=3))
    assert world.refusal(ANN, writing("n4")) is Code.CAPPED
    world.do(FAY, c.NoteAside(id="n1", on=True))
    world.do(ANN, writing("n4"))
    world.do(FAY, c.NoteAside(id="n1", on=False))
    assert world.refusal(ANN, writing("n5")) is Code.CAPPED


def test_dots_on_it_are_given_back() -> None:
    """[ASIDE2] Nobody is told of them, and they are free."""
    world = voted()
    world.do(FAY, c.NoteAside(id="n1", on=True))
    for who in (BOB, CY, FAY):
        assert ids(world, who, Tally) == {"vote.n2"}
    assert (ids(world, BOB, Ballot), ids(world, CY, Ballot)) == ({"vote.bob.n2"}, set())
    assert placed(world.state, "vote", "bob") == 1
    world.do(BOB, c.VoteCast(round="vote", target="n3", dots=2))
    assert world.refusal(BOB, c.VoteCast(round="vote", target="n2", dots=2)) is Code.OVER_BUDGET
    assert world.refusal(CY, c.VoteCast(round="vote", target="n1", dots=2)) is Code.NOT_FOUND
    assert broken(world.state) == []


def test_brought_back_at_once_nothing_is_lost() -> None:
    """[ASIDE2] [ASIDE3]."""
    world = voted()
    before = world.state.records["ballot"].copy(), world.state.records["tally"].copy()
    world.do(FAY, c.NoteAside(id="n1", on=True))
    world.do(FAY, c.NoteAside(id="n1", on=False))
    assert (world.state.records["ballot"], world.state.records["tally"]) == before
    assert ids(world, BOB, Ballot) == {"vote.bob.n1", "vote.bob.n2"}


def test_brought_back_later_each_has_as_many_as_are_still_free() -> None:
    """[ASIDE2] [VOTE2] [VOTE5]."""
    world = voted()
    world.do(FAY, c.NoteAside(id="n1", on=True))
    world.do(BOB, c.VoteCast(round="vote", target="n3", dots=1))
    world.do(CY, c.VoteCast(round="vote", target="n2", dots=2))
    world.do(CY, c.VoteCast(round="vote", target="n3", dots=1))
    world.do(FAY, c.NoteAside(id="n1", on=False))
    assert world.state.ballots["vote.bob.n1"].dots == 1
    assert "vote.cy.n1" not in world.state.ballots
    tally = world.state.tallies["vote.n1"]
    assert (tally.dots, tally.people) == (1, 1)
    assert broken(world.state) == []


def test_whoever_is_back_before_they_heard_may_take_a_dot_off() -> None:
    """[ASIDE2] [VOTE6] Taking back is always allowed."""
    world = voted()
    world.do(FAY, c.NoteAside(id="n1", on=True))
    world.do(CY, c.VoteCast(round="vote", target="n1", dots=0))
    world.do(FAY, c.NoteAside(id="n1", on=False))
    assert world.state.tallies["vote.n1"].people == 1


def test_so_it_is_with_an_issue() -> None:
    """[ASIDE4] Not with one that has a board, nor with one that was merged."""
    world = with_boards("choose")
    world.do(BOB, c.VoteCast(round="choose", target="i3", dots=2))
    assert world.refusal(FAY, c.IssueAside(id="i1", on=True)) is Code.NOT_EMPTY
    assert world.refusal(BOB, c.IssueAside(id="i3", on=True)) is Code.FORBIDDEN
    world.do(FAY, c.IssueAside(id="i3", on=True))
    told = {(r.kind, r.id) for r in seen(world.state, eyes(BOB))}
    assert not told & {("issue", "i3"), ("ballot", "choose.bob.i3"), ("tally", "choose.i3")}
    world.do(BOB, c.VoteCast(round="choose", target="i2", dots=2))
    world.do(FAY, c.IssueAside(id="i3", on=False))
    assert world.state.tallies["choose.i3"].dots == 1
    assert broken(world.state) == []


def test_a_merged_issue_is_not_set_aside() -> None:
    """[ASIDE4]."""
    world = World()
    world.do(FAY, c.IssueMerge(id="i3", into="i1"))
    assert world.refusal(FAY, c.IssueAside(id="i3", on=True)) is Code.NOT_FOUND
