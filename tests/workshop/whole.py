"""An afternoon in which every kind of command is done once, in an order in which each can be."""

from typing import Final

from protocol import commands as c
from protocol.base import Place, Role
from protocol.hook import Attempt
from protocol.records import Status, StepKind
from server.workshop.actor import SYSTEM, Actor
from tests.workshop.world import ANN, BOB, CY, FAY, NOW, writing
from tests.workshop.writing import Writer, nothing

_NEW: Final = c.PersonJoin(id="dee", name="Dee", role=Role.PARTICIPANT, place=Place.REMOTE)
_GUESTS: Final = [_NEW.model_copy(update={"id": id_, "code": "ABC234"}) for id_ in ("gus", "gil")]

WHOLE: Final[list[tuple[Actor, c.Command]]] = [
    # Coming in.
    (SYSTEM, _NEW),
    (SYSTEM, c.DoorSet(policy="approve")),
    *((SYSTEM, guest) for guest in _GUESTS),
    (FAY, c.GuestAdmit(ids=("gus",))),
    (FAY, c.GuestTurn(ids=("gil",))),
    (SYSTEM, c.KeyReplace(role=Role.PARTICIPANT, code="NEW567")),
    (ANN, c.PersonRename(name="Ann", place=Place.REMOTE)),
    (FAY, c.WorkshopEdit(title="Another", purpose="Why")),
    (FAY, c.WorkshopRetain(days=90)),
    (FAY, c.WorkshopStart(at=NOW + 3_600_000)),
    # Hands and roles.
    (ANN, c.HandRaise()),
    (BOB, c.HandRaise()),
    (FAY, c.HandLower(person="ann")),
    (FAY, c.HandClear()),
    (FAY, c.PersonLead(person="bob", board="i2")),
    (FAY, c.PersonMute(person="cy", muted=True)),
    (FAY, c.PersonMute(person="cy", muted=False)),
    (FAY, c.PersonRole(person="bob", role=Role.FACILITATOR)),
    (FAY, c.PersonRole(person="bob", role=Role.PARTICIPANT)),
    (FAY, c.PersonRemove(person="dee", removed=True)),
    # Issues and groups.
    (FAY, c.IssueAdd(id="i4", rank="a3", title="Another issue")),
    (FAY, c.IssueEdit(id="i4", rev=1, title="Another one")),
    (FAY, c.IssueMerge(id="i4", into="i3")),
    (FAY, c.IssueDrop(id="i4")),
    (FAY, c.IssueAside(id="i3", on=True)),
    (FAY, c.IssueAside(id="i3", on=False)),
    (FAY, c.StepEdit(step="propose", moderated=True)),
    (FAY, c.StepGo(step="propose", current="open")),
    (ANN, c.IssueAdd(id="i5", rank="a4", title="One that waits")),
    (FAY, c.IssueAdmit(ids=("i5",))),
    (FAY, c.StepGo(step="open", current="propose")),
    (FAY, c.IssueChoose(ids=("i1", "i2", "i3"))),
    (ANN, c.PersonMove(person="ann", board="i1")),
    (FAY, c.PeopleBalance()),
    (FAY, c.PeoplePlace(on=False)),
    (FAY, c.BoardLock(board="i3", locked=True)),
    # Seats.
    (ANN, c.SeatAdd(id="mia", name="Mia")),
    (ANN, c.SeatAct(seat="mia", command=writing("m1"))),
    (ANN, c.SeatDrop(id="mia")),
    # Notes and stacks.
    (ANN, writing("n1")),
    (BOB, writing("n2")),
    (BOB, c.NoteEdit(id="n1", rev=1, base="some words", text="other words")),
    (ANN, c.NoteEdit(id="n1", rev=1, base="some words", text="my words")),
    (ANN, c.NoteSettle(id="n1", rev=3, text="our words")),
    (ANN, c.NoteTag(id="n1", lenses=("l1",))),
    (ANN, c.NoteColour(id="n1", colour="mint")),
    (CY, c.NoteReact(id="n1", on=True)),
    (CY, c.CommentAdd(id="c1", note="n1", rank="a0", text="Yes")),
    (CY, c.CommentEdit(id="c1", text="Yes, and")),
    (CY, c.CommentDrop(id="c1")),
    # Links and files.
    (CY, c.LinkAdd(id="g1", title="The data", url="https://example.org/data", note="n1")),
    (CY, c.ContributionName(id="g1", title="All the data")),
    (SYSTEM, c.FileAdd(id="g2", title="a.png", blob="b2", media="image/png", size=9, sha256="a" * 64, by="ann")),
    (ANN, c.ContributionDrop(id="g2")),
    (BOB, c.NoteBin(id="n2")),
    (BOB, c.NoteRestore(id="n2")),
    (BOB, c.NoteMove(id="n2", board="i1", section="con", rank="a1")),
    (BOB, c.StackMake(id="t", notes=("n1", "n2"))),
    (BOB, c.StackName(id="t", title="Both")),
    (BOB, c.StackMove(id="t", board="i1", section="con", rank="a0")),
    (FAY, c.WorkshopSpotlight(target="t")),
    (FAY, c.WorkshopGather(on=True)),
    (FAY, c.WorkshopWall(wall="turns")),
    (BOB, c.StackSplit(id="t")),
    (BOB, c.NoteMany(commands=(c.NoteBin(id="n1"), c.NoteBin(id="n2")))),
    # What waits, and what is set aside.
    (FAY, c.StepEdit(step="open", moderated=True)),
    (ANN, writing("n3")),
    (FAY, c.NoteAdmit(ids=("n3",))),
    (FAY, c.NoteAside(id="n3", on=True)),
    (FAY, c.StepEdit(step="open", moderated=False)),
    # The plan.
    (ANN, c.ActivityAdd(id="p1", rank="a0", title="Calibrate", start=1, length=3, issue="i1", source="x")),
    (BOB, c.ActivityEdit(id="p1", rev=1, title="Calibrate together")),
    (BOB, c.ActivitySet(id="p1", status=Status.AGREED)),
    (ANN, c.ActivityAdd(id="p2", rank="a1", title="Tell the board", start=4, length=1)),
    (ANN, c.ActivitySet(id="p2", lens="l1", after=("p1",))),
    (BOB, c.ActivityDrop(id="p1")),
    # The paper.
    (SYSTEM, c.PaperBegin(base=nothing(), by="fay")),
    (ANN, c.PaperEdit(id="u1", data=Writer(11, nothing()).paragraph("Together"))),
    (FAY, c.PaperSet(target=600)),
    (SYSTEM, c.PageShare(page="anyone")),
    # Messages, and who is ready.
    (FAY, c.NoticeSay(id="m", text="Five minutes to go")),
    (FAY, c.NoticeEnd(id="m")),
    (ANN, c.PersonReady(step="open", ready=True)),
    # Another program that is told.
    (SYSTEM, c.HookSet(address="https://example.org/hook")),
    (SYSTEM, c.HookTest()),
    (SYSTEM, c.HookTry(n=1, tries=0)),
    (SYSTEM, c.HookTold(attempt=Attempt(n=1, at=NOW, arrived=True, status=204))),
    # The agenda and its clock.
    (FAY, c.StepAdd(id="new", rank="a9", step=StepKind.WRITE, title="More", minutes=5)),
    (FAY, c.StepEdit(step="new", minutes=7)),
    (FAY, c.MemoWrite(step="new", text="Ask about costs")),
    (FAY, c.StepDrop(step="new")),
    (FAY, c.StepExtend(minutes=2)),
    (FAY, c.BoardExtend(board="i1", step="open", minutes=2)),
    (FAY, c.StepReveal(step="private")),
    (FAY, c.StepGo(step="vote", current="open")),
    (FAY, c.StepPause(step="vote", on=True)),
    (FAY, c.StepEnd(step="vote")),
    (CY, c.VoteCast(round="vote", target="x", dots=1)),
    (FAY, c.StepShow(step="vote")),
]
