"""Memos: what a facilitator notes to themself, for each step."""

from protocol import limits
from protocol.changes import Change, Drop, Put
from protocol.commands import MemoWrite
from protocol.records import Memo

from . import find
from .actor import Actor
from .state import State


def write(state: State, actor: Actor, command: MemoWrite, _now: int) -> tuple[Change, ...]:
    """[MEMO1] The last word of this person for this step counts; a blank one is none."""
    actor.must_facilitate()
    find.step(state, command.step)
    memo = Memo(
        id=memo_id(command.step, actor.person or ""), step=command.step, person=actor.person or "", text=command.text
    )
    before = state.memos.get(memo.id)
    if not command.text.strip():
        return (find.drop(before),) if before else ()
    if before:
        return find.patch(before, text=command.text)
    find.room_for(state.memos, limits.MEMOS, "notes to oneself")
    return (Put(record=memo),)


def without(state: State, step: str) -> tuple[Drop, ...]:
    """[MEMO2] What was noted for a step that goes."""
    return tuple(find.drop(memo) for memo in state.memos.values() if memo.step == step)


def memo_id(step: str, person: str) -> str:
    """A memo's place in the state."""
    return f"{step}.{person}"
