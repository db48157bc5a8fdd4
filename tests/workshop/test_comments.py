"""Comments on notes, and reactions to them."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.base import Role
from protocol.codes import Code
from protocol.records import Comment, Note, Reaction
from server.workshop.actor import Actor
from server.workshop.invariants import broken
from server.workshop.seen_by import Viewer, seen
from tests.workshop.world import ANN, BOB, CY, EVERYBODY, FAY, SCREEN, World, eyes, with_boards, writing


def saying(id_: str, text: str = "so true", note: str = "n1") -> c.CommentAdd:
    return c.CommentAdd(id=id_, note=note, rank="a0", text=text)


def noted(step: str = "open") -> World:
    """Ann has written n1."""
    world = with_boards(step)
    world.do(ANN, writing("n1"))
    return world


def comments(world: World, actor: Actor, boards: frozenset[str] | None = None) -> list[Comment]:
    return [record for record in seen(world.state, eyes(actor, boards)) if isinstance(record, Comment)]


def test_people_comment_and_change_their_own() -> None:
    """[COMMENT1] Facilitators remove any, and change none but their own."""
    world = noted()
    world.do(BOB, saying("c1"))
    world.do(BOB, c.CommentEdit(id="c1", text="half true"))
    for actor in (ANN, FAY):
        assert world.refusal(actor, c.CommentEdit(id="c1", text="false")) is Code.FORBIDDEN
    assert world.state.comments["c1"].text == "half true"
    assert world.refusal(ANN, c.CommentDrop(id="c1")) is Code.FORBIDDEN
    world.do(FAY, c.CommentDrop(id="c1"))
    assert world.state.comments == {}
    assert world.state.comments_on == {}
    assert world.refusal(BOB, saying("c2", note="gone")) is Code.NOT_FOUND


def test_a_sealed_a_locked_and_a_binned_note_take_none() -> None:
    """[COMMENT1] [NOTE9]."""
    world = noted("private")
    world.do(ANN, saying("c1"))
    for asked in (saying("c2"), c.NoteReact(id="n1", on=True)):
        assert world.refusal(BOB, asked) is Code.FORBIDDEN
    world.do(FAY, c.StepReveal(step="private"))
    assert world.refusal(BOB, saying("c1")) is Code.EXISTS
    world.do(FAY, c.BoardLock(board="i1", locked=True))
    assert world.refusal(BOB, saying("c2")) is Code.LOCKED
    world.do(FAY, c.BoardLock(board="i1", locked=False))
    world.do(BOB, c.NoteReact(id="n1", on=True))
    world.do(ANN, c.NoteBin(id="n1"))
    assert world.refusal(BOB, saying("c2")) is Code.NOT_FOUND
    assert world.refusal(CY, c.NoteReact(id="n1", on=True)) is Code.NOT_FOUND
    world.do(BOB, c.NoteReact(id="n1", on=False))


@pytest.mark.parametrize(("written", "commented"), [("nameless", "open"), ("open", "nameless")])
def test_who_commented_namelessly_is_told_to_nobody(written: str, commented: str) -> None:
    """[COMMENT2] For ever, and the moment is told to the minute only."""
    world = noted(written)
    world.go(commented)
    world.do(BOB, saying("c1"))
    world.go("open")
    for actor in (ANN, FAY, SCREEN):
        [comment] = comments(world, actor)
        assert (comment.by, comment.at % 60_000) == (None, 0)
    assert [comment.by for comment in comments(world, BOB)] == ["bob"]


def test_a_comment_is_seen_with_its_note() -> None:
    """[COMMENT3] [SEE9]."""
    world = noted()
    world.do(BOB, saying("c1"))
    assert all(comments(world, actor) for actor in (*EVERYBODY, SCREEN))
    assert comments(world, CY, frozenset({"i2"})) == []
    world.do(CY, c.NoteBin(id="n1"))
    assert [bool(comments(world, actor)) for actor in (ANN, FAY, BOB, CY, SCREEN)] == [True, True, False, False, False]
    world.do(CY, c.NoteRestore(id="n1"))
    world.do(FAY, c.StepEdit(step="open", private=True))
    assert [bool(comments(world, actor)) for actor in (ANN, FAY, BOB, CY, SCREEN)] == [True, False, False, False, False]


def test_one_reacts_once_and_takes_it_back() -> None:
    """[REACT1]."""
    world = noted()
    for actor, on, count in ((BOB, True, 1), (BOB, True, 1), (CY, True, 2), (BOB, False, 1), (BOB, False, 1)):
        world.do(actor, c.NoteReact(id="n1", on=on))
        assert world.note("n1").reactions == count
        assert broken(world.state) == []
    assert list(world.state.reactions) == ["n1.cy"]


def test_a_reaction_is_its_persons_and_the_count_everybodys() -> None:
    """[REACT2]."""
    world = noted()
    world.do(BOB, c.NoteReact(id="n1", on=True))
    for actor in (ANN, FAY, SCREEN, BOB):
        records = seen(world.state, eyes(actor))
        assert [r.person for r in records if isinstance(r, Reaction)] == (["bob"] if actor is BOB else [])
        assert [r.reactions for r in records if isinstance(r, Note)] == [1]
    world.do(FAY, c.StepEdit(step="open", private=True))
    assert [r.reactions for r in seen(world.state, Viewer(Role.PROJECTOR)) if isinstance(r, Note)] == [0]


def test_there_are_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5]."""
    monkeypatch.setattr(limits, "COMMENTS", 1)
    monkeypatch.setattr(limits, "REACTIONS", 1)
    world = noted()
    world.do(BOB, saying("c1"))
    assert world.refusal(BOB, saying("c2")) is Code.TOO_MANY
    world.do(BOB, c.NoteReact(id="n1", on=True))
    assert world.refusal(CY, c.NoteReact(id="n1", on=True)) is Code.TOO_MANY
