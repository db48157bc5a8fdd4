"""Who may touch a note, and when: sealed notes, locked boards, and what changed since the asker looked."""

from protocol.codes import Code
from protocol.commands import Was
from protocol.records import Issue, Note, Stack

from . import find
from .actor import Actor
from .refused import Refused
from .roles import leads
from .seats import device_of
from .state import State


def is_sealed(state: State, note: Note) -> bool:
    """Whether only its author may read it yet ([SEE2])."""
    step = state.steps[note.step]
    return step.private and not step.revealed


def is_held(record: Note | Issue) -> bool:
    """Whether it waits for a facilitator, or one set it aside: its author and facilitators alone see it."""
    return record.waits or record.aside


def told(state: State, actor: Actor, record: Note | Issue, what: str) -> None:
    """[MOD1] [ASIDE1] Refuse what is held back from this person as if it were not there."""
    mine = record.by is not None and device_of(state, record.by) == device_of(state, actor.person)
    if is_held(record) and not mine and not actor.facilitates:
        raise Refused(Code.NOT_FOUND, f"There is no such {what} (any more).")


def placeable(state: State, actor: Actor, board: str, section: str) -> None:
    """Refuse a place that is not there, or on a board that is locked ([NOTE1] [NOTE2])."""
    find.board(state, board)
    if state.get("section", section) is None:
        raise Refused(Code.NOT_FOUND, "There is no such section.")
    unlocked(state, actor, board)


def unlocked(state: State, actor: Actor, board: str) -> None:
    """Refuse everybody but who leads it on a locked board ([NOTE2])."""
    if state.boards[board].locked and not leads(state, actor, board):
        raise Refused(Code.LOCKED, "The facilitator has locked this board.")


def open_note(state: State, actor: Actor, id_: str) -> Note:
    """The note, if this person may touch it ([NOTE2] [NOTE9])."""
    note = find.note(state, id_)
    told(state, actor, note, "note")
    if is_sealed(state, note) and device_of(state, note.by) != device_of(state, actor.person):
        raise Refused(Code.FORBIDDEN, "This note is still sealed.")
    unlocked(state, actor, note.board)
    return note


def open_stack(state: State, actor: Actor, id_: str) -> Stack:
    """The stack, if this person may touch it ([STACK4])."""
    stack = find.stack(state, id_)
    unlocked(state, actor, stack.board)
    return stack


def unchanged(record: Note | Stack, was: Was | None) -> None:
    """[UNDO1] Refuse where somebody changed what the asker names."""
    if was is None:
        return
    for name, value in was.model_dump(exclude_none=True).items():
        if (getattr(record, name, None) or "") != (value or ""):
            raise Refused(Code.STALE, "It changed since you looked.")
