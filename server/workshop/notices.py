"""Notices: what facilitators say to the room, or to one group."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import NoticeEnd, NoticeSay
from protocol.records import Notice

from . import find
from .actor import Actor
from .refused import Refused
from .state import State


def say(state: State, actor: Actor, command: NoticeSay, now: int) -> tuple[Change, ...]:
    """[SAY1] A line to everybody, or to one group."""
    actor.must_facilitate()
    find.fresh(state, "notice", command.id)
    find.room_for(state.records["notice"], limits.NOTICES, "messages")
    if command.board is not None:
        find.board(state, command.board)
    return (Put(record=Notice(**command.model_dump(exclude={"do"}), by=actor.person, at=now)),)


def end(state: State, actor: Actor, command: NoticeEnd, _now: int) -> tuple[Change, ...]:
    """[SAY3] Off the screens."""
    actor.must_facilitate()
    notice = state.get("notice", command.id)
    if notice is None:
        raise Refused(Code.NOT_FOUND, "There is no such message.")
    return find.patch(notice, ended=True)
