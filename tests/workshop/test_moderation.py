"""Moderation: what is added waits until a facilitator lets it through."""

from protocol import commands as c
from protocol.base import Role
from protocol.codes import Code
from protocol.records import Note
from server.exports.wall import Wall
from server.workshop.seen_by import Viewer, affected, owners, seen
from tests.workshop.world import ANN, BOB, CY, FAY, SCREEN, World, eyes, with_boards, writing

SCREENS = Viewer(Role.PROJECTOR)


def moderated(step: str = "open") -> World:
    world = with_boards(step)
    world.do(FAY, c.StepEdit(step=step, moderated=True))
    return world


def notes(world: World, viewer: Viewer) -> dict[str, Note]:
    return {record.id: record for record in seen(world.state, viewer) if isinstance(record, Note)}


def test_what_is_added_is_its_authors_and_the_facilitators() -> None:
    """[MOD1] Nothing of it is sent to others: no record of that id, by whatever name."""
    world = moderated()
    world.do(ANN, writing("n1"))
    assert notes(world, eyes(ANN))["n1"].waits
    assert notes(world, eyes(FAY))["n1"].text == "some words"
    for viewer in (eyes(BOB), SCREENS, Viewer(Role.PARTICIPANT)):
        assert not notes(world, viewer)
        assert not any("n1" in record.model_dump_json() for record in seen(world.state, viewer))


def test_a_note_that_waits_is_told_to_its_author_apart() -> None:
    """[MOD1] [FAN1] Its author gets their own variant, and everybody theirs once it is let through."""
    world = moderated()
    changes = world.do(ANN, writing("n1"))
    before = World().state
    assert owners(before, affected(before, changes), changes) == {"ann"}
    through = world.request(FAY, c.NoteAdmit(ids=("n1",)))
    keys = affected(world.state, world.do(FAY, through.command))
    assert ("note", "n1") in keys


def test_what_facilitators_add_does_not_wait() -> None:
    """[MOD1] A seat at a facilitator's device is a participant all the same."""
    world = moderated()
    world.do(FAY, writing("n1"))
    assert not world.note("n1").waits
    world.do(FAY, c.SeatAdd(id="mia", name="Mia"))
    world.do(FAY, c.SeatAct(seat="mia", command=writing("n2")))
    assert world.note("n2").waits
    assert set(notes(world, eyes(BOB))) == {"n1"}


def test_others_cannot_do_anything_to_it() -> None:
    """[MOD1] It is as if it were not there."""
    world = moderated()
    world.do(ANN, writing("n1"))
    world.do(FAY, writing("n2"))
    for command in (
        c.NoteEdit(id="n1", rev=1, base="some words", text="others"),
        c.NoteMove(id="n1", board="i1", section="con", rank="a1"),
        c.NoteTag(id="n1", lenses=("l1",)),
        c.NoteBin(id="n1"),
        c.NoteReact(id="n1", on=True),
        c.CommentAdd(id="c1", note="n1", rank="a0", text="hm"),
        c.StackMake(id="s", notes=("n1", "n2")),
        c.ActivityAdd(id="a1", rank="a0", title="do it", start=3, length=1, source="n1"),
    ):
        assert world.refusal(BOB, command) is Code.NOT_FOUND, command
    for who in (FAY, ANN):
        assert world.refusal(who, c.StackMake(id="s", notes=("n2", "n1"))) is Code.NOT_FOUND
    assert world.refusal(FAY, c.WorkshopSpotlight(target="n1")) is Code.NOT_FOUND
    world.go("vote")
    for who in (ANN, BOB, FAY):
        assert world.refusal(who, c.VoteCast(round="vote", target="n1", dots=1)) is Code.NOT_FOUND
        assert world.refusal(who, c.VoteCast(round="vote", target="n1", dots=0)) is Code.NOT_FOUND


def test_its_author_and_the_facilitator_may_work_on_it() -> None:
    """[MOD1] What they say to it is theirs too."""
    world = moderated()
    world.do(ANN, writing("n1"))
    world.do(ANN, c.NoteEdit(id="n1", rev=1, base="some words", text="better words"))
    world.do(FAY, c.CommentAdd(id="c1", note="n1", rank="a0", text="Without the name, please"))
    kinds = {who.person: {r.kind for r in seen(world.state, eyes(who))} & {"note", "comment"} for who in (ANN, BOB)}
    assert kinds == {"ann": {"note", "comment"}, "bob": set()}


def test_let_through_it_is_everybodys() -> None:
    """[MOD2] As many as are named, and none that came since; what does not wait is left out."""
    world = moderated()
    for id_ in ("n1", "n2", "n3"):
        world.do(ANN, writing(id_))
    world.do(FAY, c.NoteAside(id="n2", on=True))
    world.do(FAY, c.NoteAdmit(ids=("n1", "n2", "gone")))
    assert set(notes(world, eyes(BOB))) == {"n1"}
    assert world.do(FAY, c.NoteAdmit(ids=("n1",))) == ()
    assert world.refusal(ANN, c.NoteAdmit(ids=("n3",))) is Code.FORBIDDEN
    world.do(ANN, c.NoteEdit(id="n1", rev=1, base="some words", text="new words"))
    assert notes(world, eyes(BOB))["n1"].text == "new words"


def test_moderation_is_switched_at_any_time() -> None:
    """[MOD3] What was seen stays seen; what waits goes on waiting."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(FAY, c.StepEdit(step="open", moderated=True))
    world.do(ANN, writing("n2"))
    world.do(FAY, c.StepEdit(step="open", moderated=False))
    world.do(ANN, writing("n3"))
    assert set(notes(world, eyes(BOB))) == {"n1", "n3"}
    world.do(FAY, c.NoteAdmit(ids=("n2",)))
    assert set(notes(world, eyes(BOB))) == {"n1", "n2", "n3"}


def test_a_late_note_waits_as_its_step_has_it() -> None:
    """[MOD1] [SOFT1]."""
    world = moderated()
    world.go("plenary")
    world.do(ANN, writing("n1").model_copy(update={"step": "open"}))
    assert (world.note("n1").waits, world.note("n1").late) == (True, True)
    world.do(FAY, c.NoteAdmit(ids=("n1",)))
    assert notes(world, SCREENS)["n1"].late


def test_face_down_it_waits_for_its_reveal_first() -> None:
    """[MOD1] [SEE2] What nobody may read nobody lets through."""
    world = moderated("private")
    world.do(ANN, writing("n1"))
    assert not notes(world, eyes(BOB))
    face_down = notes(world, eyes(FAY))["n1"]
    assert (face_down.sealed, face_down.text, face_down.by, face_down.waits) == (True, "", None, True)
    assert world.refusal(FAY, c.NoteAdmit(ids=("n1",))) is Code.FORBIDDEN
    assert world.refusal(FAY, c.NoteAside(id="n1", on=True)) is Code.FORBIDDEN
    world.do(FAY, c.StepReveal(step="private"))
    assert not notes(world, eyes(BOB))
    assert notes(world, eyes(FAY))["n1"].text == "some words"
    world.do(FAY, c.NoteAdmit(ids=("n1",)))
    assert notes(world, eyes(BOB))["n1"].by == "ann"


def test_anonymous_it_is_so_to_the_facilitator_too() -> None:
    """[MOD1] [SEE3]."""
    world = moderated("nameless")
    world.do(ANN, writing("n1"))
    told = notes(world, eyes(FAY))["n1"]
    assert (told.by, told.text, told.at % 60_000) == (None, "some words", 0)


def test_issues_wait_too() -> None:
    """[MOD1] [MOD2] Not chosen, not merged, no dots."""
    world = World()
    world.go("propose")
    world.do(FAY, c.StepEdit(step="propose", moderated=True))
    world.do(ANN, c.IssueAdd(id="i9", rank="a9", title="A tough one"))
    sees = {who: any(r.id == "i9" for r in seen(world.state, eyes(who))) for who in (ANN, BOB, FAY)}
    assert sees == {ANN: True, BOB: False, FAY: True}
    assert not any(r.id == "i9" for r in seen(world.state, SCREENS))
    assert world.refusal(BOB, c.IssueEdit(id="i9", rev=1, title="Mine")) is Code.NOT_FOUND
    assert world.refusal(BOB, c.IssueDrop(id="i9")) is Code.NOT_FOUND
    assert world.refusal(FAY, c.IssueChoose(ids=("i9",))) is Code.NOT_NOW
    assert world.refusal(FAY, c.IssueMerge(id="i9", into="i1")) is Code.NOT_NOW
    world.do(ANN, c.IssueEdit(id="i9", rev=1, title="A tougher one"))
    world.go("choose")
    assert world.refusal(BOB, c.VoteCast(round="choose", target="i9", dots=1)) is Code.NOT_FOUND
    world.do(CY, c.IssueAdd(id="i8", rank="a8", title="A late one"))
    assert world.state.issues["i8"].waits
    world.do(FAY, c.IssueAdmit(ids=("i9", "i8", "i1")))
    world.do(BOB, c.VoteCast(round="choose", target="i9", dots=1))
    assert not any(issue.waits for issue in world.state.issues.values())


def test_no_document_holds_what_waits() -> None:
    """[MOD1] Not the facilitator's either, nor the author's."""
    world = moderated()
    world.do(ANN, writing("n1"))
    world.do(FAY, c.StepEdit(step="propose", moderated=True))
    world.go("propose")
    world.do(ANN, c.IssueAdd(id="i9", rank="a9", title="A tough one"))
    for who in (ANN, BOB, FAY):
        wall = Wall.of(seen(world.state, eyes(who)))
        assert (wall.notes, [issue.id for issue in wall.issues]) == ([], ["i1", "i2", "i3"])


def test_a_closed_workshop_still_lets_through() -> None:
    """[STEP7] The papers then hold it."""
    world = moderated()
    world.do(ANN, writing("n1"))
    world.go("close")
    world.do(FAY, c.NoteAdmit(ids=("n1",)))
    assert set(notes(world, eyes(BOB))) == {"n1"}
    assert world.refusal(FAY, c.NoteAside(id="n1", on=True)) is Code.CLOSED


def test_the_projector_asks_for_nothing() -> None:
    """[MOD2] [JOIN3]."""
    world = moderated()
    world.do(ANN, writing("n1"))
    assert world.refusal(SCREEN, c.NoteAdmit(ids=("n1",))) is Code.FORBIDDEN
