"""Soft steps: what is written in a step belongs to it, though the others moved on."""

import pytest

from protocol import commands as c
from protocol.codes import Code
from protocol.records import Comment, Note
from server.workshop.access import is_sealed
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, BOB, FAY, SCREEN, World, eyes, with_boards, writing


def late(world: World, step: str | None) -> None:
    """Ann sends what she wrote while that step was before her."""
    world.do(ANN, writing("n1").model_copy(update={"step": step}))


def test_a_late_note_keeps_the_promise_it_was_written_under() -> None:
    """[SOFT1] Face down until the reveal of its own step, though the current one is open."""
    world = with_boards("private")
    world.go("open")
    late(world, "private")
    note = world.note("n1")
    assert (note.step, note.late) == ("private", True)
    assert is_sealed(world.state, note)
    world.do(FAY, c.StepReveal(step="private"))
    assert not is_sealed(world.state, world.note("n1"))


def test_a_late_note_stays_without_a_name() -> None:
    """[SOFT1]."""
    world = with_boards("nameless")
    world.go("open")
    late(world, "nameless")
    assert world.note("n1").anonymous


def test_in_time_is_not_late() -> None:
    """[SOFT1]."""
    world = with_boards("open")
    late(world, "open")
    assert (world.note("n1").step, world.note("n1").late) == ("open", False)


def test_named_by_nobody_it_is_as_ever() -> None:
    """[SOFT1] [NOTE3]."""
    world = with_boards("open")
    world.do(BOB, writing("n0"))
    world.go("vote")
    late(world, None)
    assert (world.note("n1").step, world.note("n1").late) == ("open", True)


@pytest.mark.parametrize("step", ["gone", "vote"])
def test_what_was_written_nowhere_goes_back_to_its_author(step: str) -> None:
    """[SOFT1] Not into an open step, where it was not meant to be seen."""
    world = with_boards("open")
    assert world.refusal(ANN, writing("n1").model_copy(update={"step": step})) is Code.NOT_FOUND
    assert "n1" not in world.state.notes


@pytest.mark.parametrize("switched", ["private", "anonymous"])
def test_a_note_keeps_its_promise_where_its_step_was_changed_before_it_came(switched: str) -> None:
    """[SOFT4] Written without a line, while nobody had written there yet."""
    world = with_boards("private" if switched == "private" else "nameless")
    step = world.state.step.id
    world.do(FAY, c.StepEdit.model_validate({"step": step, switched: False}))
    meant = writing("n1").model_copy(update={"step": step, switched: True})
    if switched == "private":
        assert world.refusal(ANN, meant) is Code.OPEN_NOW
        assert "n1" not in world.state.notes
        world.do(ANN, meant.model_copy(update={"private": False}))
        assert not is_sealed(world.state, world.note("n1"))
    else:
        world.do(ANN, meant)
        assert world.note("n1").anonymous


def test_what_comes_after_its_reveal_is_open() -> None:
    """[SOFT4] [SOFT1] That was promised, too."""
    world = with_boards("private")
    world.do(FAY, c.StepReveal(step="private"))
    late_one = writing("n1").model_copy(update={"step": "private", "private": True})
    world.do(ANN, late_one)
    assert not is_sealed(world.state, world.note("n1"))


def test_many_late_notes_are_as_one() -> None:
    """[SOFT1] [NOTE14]."""
    world = with_boards("private")
    world.go("open")
    notes = tuple(writing(id_).model_copy(update={"step": "private"}) for id_ in ("n1", "n2"))
    world.do(ANN, c.NoteMany(commands=notes))
    assert all(is_sealed(world.state, world.note(id_)) for id_ in ("n1", "n2"))


def test_others_are_told_nothing_of_a_late_note_that_lies_face_down() -> None:
    """[SOFT1] [SEE2] Nor who wrote it."""
    world = with_boards("private")
    world.go("open")
    late(world, "private")
    for actor in (BOB, FAY, SCREEN):
        [note] = [r for r in seen(world.state, eyes(actor)) if isinstance(r, Note)]
        assert (note.text, note.by, note.sealed, note.late) == ("", None, True, True)


def test_a_comment_keeps_the_promise_it_was_written_under() -> None:
    """[SOFT2] [COMMENT2] Though the step is another by now."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    said = c.CommentAdd(id="c1", note="n1", rank="a0", text="so true", anonymous=True)
    world.do(BOB, said)
    world.do(BOB, said.model_copy(update={"id": "c2", "anonymous": False}))
    for actor in (ANN, FAY, SCREEN):
        told = {r.id: r.by for r in seen(world.state, eyes(actor)) if isinstance(r, Comment)}
        assert told == {"c1": None, "c2": "bob"}
