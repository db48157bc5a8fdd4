"""Links and files: who brings them to what, and who sees them."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from protocol.records import Contribution
from server.workshop.actor import SYSTEM, Actor
from server.workshop.invariants import broken
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, BOB, CY, FAY, SCREEN, World, eyes, with_boards, writing

EVERYBODY = (ANN, BOB, CY, FAY, SCREEN)


def link(id_: str = "g1", note: str | None = None, issue: str | None = None) -> c.LinkAdd:
    return c.LinkAdd(id=id_, title="The data", url="https://example.org/data?a=1#b", note=note, issue=issue)


def file(id_: str = "g1", size: int = 9, by: str = "ann", note: str | None = None) -> c.FileAdd:
    sha256 = "a" * 64
    return c.FileAdd(
        id=id_, title="a.png", blob=f"b-{id_}", media="image/png", size=size, sha256=sha256, by=by, note=note
    )


def given(world: World, actor: Actor) -> list[Contribution]:
    return [record for record in seen(world.state, eyes(actor)) if isinstance(record, Contribution)]


def told(world: World) -> list[bool]:
    """To whom of everybody anything is told."""
    return [bool(given(world, actor)) for actor in EVERYBODY]


def noted(step: str = "open") -> World:
    """Ann has written n1."""
    world = with_boards(step)
    world.do(ANN, writing("n1"))
    return world


def test_a_link_to_each() -> None:
    """[GIVE1] To the workshop, to an issue, to a note, and not to two of them."""
    world = noted()
    world.do(BOB, link("g1"))
    world.do(BOB, link("g2", issue="i1"))
    world.do(BOB, link("g3", note="n1"))
    assert world.refusal(BOB, link("g4", "n1", "i1")) is Code.INVALID
    assert world.refusal(BOB, link("g3")) is Code.EXISTS
    assert [(each.note, each.issue, each.by) for each in given(world, SCREEN)] == [
        (None, None, "bob"),
        (None, "i1", "bob"),
        ("n1", None, "bob"),
    ]
    assert broken(world.state) == []
    world.go("close")
    assert world.refusal(BOB, link("g5")) is Code.CLOSED


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org", "https://", "https://a b", ""],
)
def test_only_pages(address: str) -> None:
    """[GIVE1] What a link leads to runs nothing here."""
    with pytest.raises(ValueError, match="url"):
        c.LinkAdd(id="g1", title="A", url=address)


def test_to_what_one_may_touch() -> None:
    """[GIVE2] Sealed, locked, binned, held back, merged."""
    world = noted("private")
    for note in ("n1", "gone"):
        assert world.refusal(BOB, link(note=note)) is (Code.FORBIDDEN if note == "n1" else Code.NOT_FOUND)
    world.do(ANN, link(note="n1"))
    world.do(FAY, c.StepReveal(step="private"))
    world.do(FAY, c.BoardLock(board="i1", locked=True))
    assert world.refusal(BOB, link("g2", note="n1")) is Code.LOCKED
    world.do(FAY, c.BoardLock(board="i1", locked=False))
    world.do(FAY, c.NoteAside(id="n1", on=True))
    assert world.refusal(BOB, link("g2", note="n1")) is Code.NOT_FOUND
    assert world.refusal(BOB, c.ContributionDrop(id="g1")) is Code.NOT_FOUND
    world.do(FAY, c.NoteAside(id="n1", on=False))
    world.do(ANN, c.NoteBin(id="n1"))
    assert world.refusal(BOB, link("g2", note="n1")) is Code.NOT_FOUND
    world.do(FAY, c.IssueAdd(id="i4", rank="a4", title="Again"))
    world.do(FAY, c.IssueMerge(id="i4", into="i1"))
    for issue in ("i4", "gone"):
        assert world.refusal(BOB, link("g2", issue=issue)) is Code.NOT_FOUND


def test_ones_own() -> None:
    """[GIVE3]."""
    world = noted()
    world.do(BOB, link())
    for asked in (c.ContributionName(id="g1", title="Mine"), c.ContributionDrop(id="g1")):
        assert world.refusal(ANN, asked) is Code.FORBIDDEN
    world.do(BOB, c.ContributionName(id="g1", title="More data"))
    assert world.state.contributions["g1"].title == "More data"
    world.do(FAY, c.ContributionDrop(id="g1"))
    assert (world.state.contributions, world.state.contributed) == ({}, {})
    assert world.refusal(BOB, c.ContributionDrop(id="g1")) is Code.NOT_FOUND


def test_with_its_issue() -> None:
    """[GIVE4] Merged, and withdrawn."""
    world = noted()
    world.do(FAY, c.IssueAdd(id="i4", rank="a4", title="Again"))
    world.do(FAY, c.IssueAdd(id="i5", rank="a5", title="And again"))
    world.do(BOB, link(issue="i4"))
    world.do(FAY, c.IssueMerge(id="i4", into="i5"))
    assert world.state.contributions["g1"].issue == "i5"
    world.do(FAY, c.IssueDrop(id="i5"))
    assert world.state.contributions == {}
    assert broken(world.state) == []


def test_seen_with_its_note() -> None:
    """[GIVE5] Binned, set aside, sealed: with the note they come and go, for those who look on too."""
    world = noted()
    world.do(BOB, link(note="n1"))
    assert told(world) == [True] * 5
    assert given(world, BOB)[0].url == "https://example.org/data?a=1#b"
    assert seen(world.state, eyes(CY, frozenset({"i2"}))) != []
    assert not [r for r in seen(world.state, eyes(CY, frozenset({"i2"}))) if isinstance(r, Contribution)]
    world.do(CY, c.NoteBin(id="n1"))
    assert told(world) == [True, False, False, True, False]
    world.do(CY, c.NoteRestore(id="n1"))
    world.do(FAY, c.NoteAside(id="n1", on=True))
    assert told(world) == [True, False, False, True, False]
    world.do(FAY, c.NoteAside(id="n1", on=False))
    world.do(FAY, c.StepEdit(step="open", private=True))
    assert told(world) == [True, False, False, False, False]


def test_seen_with_its_issue() -> None:
    """[GIVE5] What is held back takes along what was brought to it."""
    world = World()
    world.go("propose")
    world.do(FAY, c.StepEdit(step="propose", moderated=True))
    world.do(ANN, c.IssueAdd(id="i4", rank="a4", title="Mine"))
    world.do(ANN, link(issue="i4"))
    assert world.refusal(BOB, link("g2", issue="i4")) is Code.NOT_FOUND
    assert told(world) == [True, False, False, True, False]
    world.do(FAY, c.IssueAdmit(ids=("i4",)))
    assert told(world) == [True] * 5
    world.do(FAY, c.IssueAside(id="i4", on=True))
    assert told(world) == [True, False, False, True, False]


@pytest.mark.parametrize(("written", "brought"), [("nameless", "open"), ("open", "nameless")])
def test_nameless(written: str, brought: str) -> None:
    """[GIVE5] For ever, and the moment to the minute only; whatever it is."""
    world = noted(written)
    world.go(brought)
    world.do(BOB, link(note="n1"))
    world.do(SYSTEM, file("g2", by="bob", note="n1"))
    world.go("open")
    for actor in (ANN, CY, FAY, SCREEN):
        assert [(each.by, each.at % 60_000) for each in given(world, actor)] == [(None, 0)] * 2
    assert [each.by for each in given(world, BOB)] == ["bob"] * 2


def test_a_file_is_its_senders() -> None:
    """[FILE3] As what they may do, asked for by the server alone."""
    world = noted("private")
    for actor in (ANN, FAY):
        assert world.refusal(actor, file()) is Code.FORBIDDEN
    for by, code in (("bob", Code.FORBIDDEN), ("nobody", Code.NOT_FOUND)):
        assert world.refusal(SYSTEM, file(by=by, note="n1")) is code
    world.do(SYSTEM, file(note="n1"))
    assert told(world) == [True, False, False, False, False]
    world.do(FAY, c.PersonMute(person="bob", muted=True))
    assert world.refusal(SYSTEM, file("g2", by="bob")) is Code.MUTED
    assert world.refusal(BOB, link("g2")) is Code.MUTED
    world.do(FAY, c.PersonRemove(person="cy", removed=True))
    assert world.refusal(SYSTEM, file("g2", by="cy")) is Code.REMOVED
    world.go("close")
    assert world.refusal(SYSTEM, file("g2", by="fay")) is Code.CLOSED


def test_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """[FILE1] [LIMIT5]."""
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    monkeypatch.setattr(limits, "FILES_BYTES", 15)
    monkeypatch.setattr(limits, "CONTRIBUTIONS", 2)
    world = noted()
    for size in (0, 11):
        assert world.refusal(SYSTEM, file(size=size)) is Code.FILE_SIZE
    world.do(SYSTEM, file(size=10))
    assert world.refusal(SYSTEM, file("g2", size=6)) is Code.FILE_SPACE
    world.do(SYSTEM, file("g2", size=5))
    assert world.refusal(ANN, link("g3")) is Code.TOO_MANY
    world.do(ANN, c.ContributionDrop(id="g1"))
    world.do(SYSTEM, file("g3", size=10))


def test_not_taken_back_as_new() -> None:
    """[UNDO2] Something was brought to the note meanwhile."""
    world = noted()
    world.do(BOB, link(note="n1"))
    assert world.refusal(ANN, c.NoteBin(id="n1", new=True)) is Code.STALE
