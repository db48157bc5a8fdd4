"""Hands: who wishes to speak, in the order in which they asked."""

from protocol.changes import Change
from protocol.commands import HandClear, HandLower, HandRaise

from . import find
from .actor import Actor
from .roles import leads
from .state import State


def raise_(state: State, actor: Actor, _command: HandRaise, now: int) -> tuple[Change, ...]:
    """[HAND1] Mine goes up; one that is up stays where it is in the queue."""
    me = find.person(state, actor.person or "")
    return find.patch(me, hand=now) if me.hand is None else ()


def lower(state: State, actor: Actor, command: HandLower, _now: int) -> tuple[Change, ...]:
    """[HAND1] [HAND2] [ROLE5] It goes down."""
    who = state.people.get(command.person)
    if who is None or who.board is None or not leads(state, actor, who.board):
        actor.must_be(command.person)
    return find.patch(find.person(state, command.person), hand=None)


def clear(state: State, actor: Actor, _command: HandClear, _now: int) -> tuple[Change, ...]:
    """[HAND2] All go down."""
    actor.must_facilitate()
    return tuple(change for person in state.people.values() for change in find.patch(person, hand=None))
