"""Notes: no text is ever lost."""

from itertools import permutations

import pytest
from pydantic import ValidationError

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from protocol.records import StepKind
from server.workshop.access import is_sealed
from server.workshop.actor import Actor
from server.workshop.invariants import broken
from tests.workshop.world import ANN, BOB, CY, EVERYBODY, FAY, World, with_boards, writing


def edit(text: str, rev: int = 1, base: str = "some words", id_: str = "n1") -> c.NoteEdit:
    return c.NoteEdit(id=id_, rev=rev, base=base, text=text)


def with_note(step: str = "open") -> World:
    """Ann has written n1 on board i1."""
    world = with_boards(step)
    world.do(ANN, writing("n1"))
    return world


TOUCHING: list[c.Command] = [
    edit("new words"),
    c.NoteSettle(id="n1", rev=1, text="settled"),
    c.NoteMove(id="n1", board="i2", section="con", rank="a5"),
    c.NoteTag(id="n1", lenses=("l1",)),
    c.NoteBin(id="n1"),
]


def test_a_note_is_on_a_board_and_in_a_section_that_exist() -> None:
    """[NOTE1]."""
    world = with_note()
    for board, section in (("i3", "pro"), ("i1", "gone")):
        assert world.refusal(ANN, writing("n2", board=board, section=section)) is Code.NOT_FOUND
        assert world.refusal(ANN, c.NoteMove(id="n1", board=board, section=section, rank="a0")) is Code.NOT_FOUND
    assert world.refusal(ANN, c.NoteBin(id="n9")) is Code.NOT_FOUND


@pytest.mark.parametrize("step", ["welcome", "propose", "choose", "open", "vote", "plenary"])
def test_notes_may_be_changed_by_all_in_any_step_but_close(step: str) -> None:
    """[NOTE2]."""
    world = with_note(step)
    for actor in EVERYBODY:
        world.do(actor, writing(f"by-{actor.person}"))
    for actor, command in zip((BOB, BOB, FAY, CY, ANN), TOUCHING, strict=True):
        if not isinstance(command, c.NoteSettle):
            assert world.do(actor, command)
    world.do(CY, c.NoteRestore(id="n1"))
    world.go("close")
    for command in (*TOUCHING, writing("n9")):
        assert world.refusal(FAY, command) is Code.CLOSED


@pytest.mark.parametrize("command", [*TOUCHING, c.NoteRestore(id="n1"), writing("n2")], ids=lambda x: x.do)
def test_on_a_locked_board_only_facilitators_write(command: c.Command) -> None:
    """[NOTE2]."""
    world = with_note()
    world.do(FAY, c.BoardLock(board="i1", locked=True))
    assert world.refusal(ANN, command) is Code.LOCKED
    world.do(FAY, command)


def test_nothing_moves_onto_a_locked_board() -> None:
    """[NOTE2]."""
    world = with_note()
    world.do(FAY, c.BoardLock(board="i2", locked=True))
    assert world.refusal(ANN, c.NoteMove(id="n1", board="i2", section="pro", rank="a0")) is Code.LOCKED


def test_a_note_belongs_to_a_writing_step_and_is_late_after_it() -> None:
    """[NOTE3]."""
    world = with_boards("plenary")
    world.do(ANN, writing("early"))
    assert (world.note("early").step, world.note("early").late) == ("plenary", False)
    for step in ("private", "nameless"):
        world.go(step)
        world.do(ANN, writing(step))
        assert (world.note(step).step, world.note(step).late) == (step, False)
    world.go("vote")
    world.do(BOB, writing("late"))
    late = world.note("late")
    assert world.state.steps[late.step].step is StepKind.WRITE
    assert (late.step, late.late, late.anonymous) == ("nameless", True, True)


def test_an_edit_from_the_current_version_replaces_the_text() -> None:
    """[NOTE4]."""
    world = with_note()
    world.do(BOB, edit("entirely new"))
    assert (world.note("n1").text, world.note("n1").rev) == ("entirely new", 2)
    assert world.do(CY, edit("entirely new", rev=2)) == ()


def test_an_edit_from_an_older_version_is_merged() -> None:
    """[NOTE4]."""
    world = with_note()
    world.do(ANN, edit("some better words"))
    world.do(BOB, edit("some words indeed"))
    assert (world.note("n1").text, world.note("n1").rev) == ("some better words indeed", 3)
    assert world.do(CY, edit("some words")) == ()


@pytest.mark.parametrize("order", list(permutations([("ann", 0), ("bob", 1), ("cy", 2)])))
def test_no_text_is_lost_whatever_the_order(order: list[tuple[str, int]]) -> None:
    """[NOTE5]."""
    texts = ["some dogs", "some cats", "some cows"]
    who = {"ann": ANN, "bob": BOB, "cy": CY}
    world = with_note()
    for person, i in order:
        world.do(who[person], edit(texts[i]))
    note = world.note("n1")
    assert note.text == texts[order[0][1]]
    assert sorted([note.text, *note.siblings]) == sorted(texts)
    before = note
    world.do(ANN, edit(texts[order[1][1]]))
    assert world.note("n1") == before


def test_siblings_are_bounded_and_what_does_not_fit_is_refused() -> None:
    """[NOTE5] [LIMIT5]."""
    world = with_note()
    world.do(ANN, edit("some dogs"))
    for i in range(limits.SIBLINGS):
        world.do(BOB, edit(f"some cats {i}"))
    assert world.refusal(BOB, edit("some cows")) is Code.TOO_MANY
    assert len(world.note("n1").siblings) == limits.SIBLINGS
    world.do(BOB, edit("some cats 0"))


def test_a_merge_that_grows_too_long_is_kept_beside() -> None:
    """[NOTE5]."""
    world = with_note()
    long = "w" * (limits.NOTE_CHARS - 20)
    world.do(ANN, edit(f"{long} some words"))
    world.do(BOB, edit(f"some words {long}"))
    note = world.note("n1")
    assert (note.text, note.siblings) == (f"{long} some words", (f"some words {long}",))


def test_a_version_yet_to_come_is_stale() -> None:
    """[NOTE6]."""
    assert with_note().refusal(ANN, edit("x", rev=2)) is Code.STALE


def test_settling_the_current_version_clears_the_siblings() -> None:
    """[NOTE7] It cannot clear a sibling that its author has not seen."""
    world = with_note()
    world.do(ANN, edit("some dogs"))
    world.do(BOB, edit("some cats"))
    seen = world.note("n1").rev
    world.do(CY, edit("some cows"))
    assert world.refusal(ANN, c.NoteSettle(id="n1", rev=seen, text="pets")) is Code.STALE
    assert world.refusal(ANN, c.NoteSettle(id="n1", rev=seen + 2, text="pets")) is Code.STALE
    world.do(ANN, c.NoteSettle(id="n1", rev=seen + 1, text="pets and cows"))
    note = world.note("n1")
    assert (note.text, note.siblings, note.rev) == ("pets and cows", (), seen + 2)
    assert world.do(ANN, c.NoteSettle(id="n1", rev=note.rev, text=note.text)) == ()


def test_a_binned_note_comes_back_as_it_was() -> None:
    """[NOTE8]."""
    world = with_note()
    world.do(ANN, c.NoteTag(id="n1", lenses=("l2",)))
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="n1", dots=2))
    before = world.note("n1")
    world.do(CY, c.NoteBin(id="n1"))
    assert world.note("n1") == before.model_copy(update={"binned": True, "binned_at": world.now})
    assert world.do(CY, c.NoteBin(id="n1")) == ()
    assert world.state.tallies["vote.n1"].dots == 2
    world.do(CY, c.NoteRestore(id="n1"))
    assert world.note("n1") == before
    assert world.do(CY, c.NoteRestore(id="n1")) == ()


def test_edits_of_a_binned_note_are_accepted() -> None:
    """[NOTE8]."""
    world = with_note()
    world.do(CY, c.NoteBin(id="n1"))
    world.do(ANN, edit("typed meanwhile"))
    assert (world.note("n1").text, world.note("n1").binned) == ("typed meanwhile", True)


@pytest.mark.parametrize("command", TOUCHING, ids=lambda command: command.do)
@pytest.mark.parametrize("actor", [BOB, FAY], ids=lambda actor: actor.person)
def test_a_sealed_note_is_changed_by_its_author_alone(actor: Actor, command: c.Command) -> None:
    """[NOTE9]."""
    world = with_note("private")
    assert world.refusal(actor, command) is Code.FORBIDDEN
    world.do(ANN, command)


def test_an_anonymous_note_is_edited_by_all() -> None:
    """[NOTE9]."""
    world = with_note("nameless")
    world.do(BOB, edit("better words"))
    world.go("private")
    world.do(ANN, writing("n2"))
    world.do(FAY, c.StepReveal(step="private"))
    world.do(BOB, edit("revealed words", id_="n2"))
    assert world.note("n2").text == "revealed words"


def test_no_note_is_orphaned() -> None:
    """[NOTE10] Neither board, nor step, nor issue goes from under it."""
    world = with_note()
    world.go("plenary")
    for command in (c.StepDrop(step="open"), c.IssueChoose(ids=("i2",)), c.IssueDrop(id="i1")):
        assert world.refusal(FAY, command) is Code.NOT_EMPTY
    assert broken(world.state) == []


def test_a_note_carries_lenses_that_exist_each_once() -> None:
    """[NOTE11]."""
    world = with_note()
    world.do(BOB, c.NoteTag(id="n1", lenses=("l2", "l1", "l2")))
    assert world.note("n1").lenses == ("l2", "l1")
    assert world.refusal(BOB, c.NoteTag(id="n1", lenses=("l1", "l9"))) is Code.NOT_FOUND
    world.do(BOB, c.NoteTag(id="n1", lenses=()))
    assert world.note("n1").lenses == ()


def test_a_note_is_never_replaced() -> None:
    """[NOTE12] Not even by its author, nor from the bin."""
    world = with_note()
    assert world.refusal(ANN, writing("n1", text="other")) is Code.EXISTS
    world.do(ANN, c.NoteBin(id="n1"))
    assert world.refusal(BOB, writing("n1", text="other")) is Code.EXISTS
    assert world.note("n1").text == "some words"


def test_one_note_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5] The bin counts."""
    world = with_note()
    monkeypatch.setattr(limits, "NOTES", 2)
    world.do(ANN, c.NoteBin(id="n1"))
    world.do(ANN, writing("n2"))
    assert world.refusal(ANN, writing("n3")) is Code.TOO_MANY


def test_text_is_kept_to_the_letter() -> None:
    """[NOTE4] [LIMIT1]."""
    world = with_boards("open")
    text = "  <b>éé\n\n\t</b> \u202e.\r\n"
    world.do(ANN, writing("n1", text=text))
    assert world.note("n1").text == text


def test_a_note_is_sealed_in_a_private_step_until_the_reveal() -> None:
    """[SEE7] [SEE2] What presence and sight go by."""
    world = with_note("private")
    world.go("open")
    world.do(ANN, writing("n2"))
    assert (is_sealed(world.state, world.note("n1")), is_sealed(world.state, world.note("n2"))) == (
        True,
        False,
    )
    world.do(FAY, c.StepReveal(step="private"))
    assert not is_sealed(world.state, world.note("n1"))


def test_a_note_may_have_a_colour_of_its_own() -> None:
    """[NOTE13] Of the palette alone."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(BOB, c.NoteColour(id="n1", colour="mint"))
    assert world.note("n1").colour == "mint"
    world.do(ANN, c.NoteColour(id="n1", colour=None))
    assert world.note("n1").colour is None
    with pytest.raises(ValidationError):
        c.NoteColour.model_validate({"id": "n1", "colour": "red"})
