"""What a facilitator notes to themself."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.base import Role
from protocol.codes import Code
from protocol.records import Memo
from server.exports.archive import archive
from server.workshop.invariants import broken
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, BOB, EVERYBODY, FAY, SCREEN, World, eyes, with_boards

SECRET = "Ask about costs"


def memos(world: World) -> dict[str, str]:
    return {id_: memo.text for id_, memo in world.state.memos.items()}


def test_a_facilitator_notes_something_for_each_step() -> None:
    """[MEMO1] The last word counts; blank is none."""
    world = with_boards("open")
    for text in ("Ask", SECRET):
        world.do(FAY, c.MemoWrite(step="vote", text=text))
    world.do(FAY, c.MemoWrite(step="open", text="Breathe"))
    assert memos(world) == {"vote.fay": SECRET, "open.fay": "Breathe"}
    assert world.do(FAY, c.MemoWrite(step="vote", text=SECRET)) == ()
    world.do(FAY, c.MemoWrite(step="vote", text=""))
    assert memos(world) == {"open.fay": "Breathe"}
    assert world.do(FAY, c.MemoWrite(step="vote", text="")) == ()
    assert world.refusal(ANN, c.MemoWrite(step="open", text="Me too")) is Code.FORBIDDEN
    assert world.refusal(FAY, c.MemoWrite(step="gone", text="Where")) is Code.NOT_FOUND


def test_nobody_else_is_sent_it() -> None:
    """[MEMO1] [SEE1] Another facilitator neither, whose own stands beside it; nor is it in their export."""
    world = with_boards("open")
    world.do(FAY, c.PersonRole(person="bob", role=Role.FACILITATOR))
    world.do(FAY, c.MemoWrite(step="open", text=SECRET))
    world.do(BOB, c.MemoWrite(step="open", text="Mine"))
    for actor in (*EVERYBODY, SCREEN):
        viewer = eyes(actor)
        texts = [record.text for record in seen(world.state, viewer) if isinstance(record, Memo)]
        assert texts == {"fay": [SECRET], "bob": ["Mine"]}.get(actor.person or "", [])
        assert (SECRET in str(archive(world.state, viewer))) == (actor is FAY)


def test_a_step_takes_them_along() -> None:
    """[MEMO2]."""
    world = with_boards("open")
    world.do(FAY, c.MemoWrite(step="plenary", text=SECRET))
    world.do(FAY, c.StepDrop(step="plenary"))
    assert memos(world) == {}
    assert broken(world.state) == []


def test_there_are_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """[MEMO1] [LIMIT5]."""
    world = with_boards("open")
    world.do(FAY, c.MemoWrite(step="vote", text=SECRET))
    monkeypatch.setattr(limits, "MEMOS", 1)
    assert world.refusal(FAY, c.MemoWrite(step="open", text="More")) is Code.TOO_MANY
    world.do(FAY, c.MemoWrite(step="vote", text="Other"))
