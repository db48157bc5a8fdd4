"""Roles: who leads, who leads a board, who may write; given, shared, handed over and taken back.

They live in the state: what a token says counts only until its person is there ([ROLE2]).
"""

from protocol.base import Role
from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import PersonLead, PersonMute, PersonRemove, PersonRole
from protocol.records import Person

from . import find
from .actor import Actor
from .refused import Refused
from .seats import along
from .state import State


def role_of(state: State, person: str | None, claimed: Role) -> Role:
    """[ROLE2] The role of whoever holds a token; what it says itself counts for who is no person: the projector."""
    if person is None:
        return claimed
    return state.people[person].role if person in state.people else Role.PARTICIPANT


def leads(state: State, actor: Actor, board: str) -> bool:
    """[ROLE3] [ROLE5] Whether this is a facilitator, or who leads this board."""
    me = state.people.get(actor.person or "")
    return actor.facilitates or (me is not None and me.leads == board)


def give(state: State, actor: Actor, command: PersonRole, _now: int) -> tuple[Change, ...]:
    """[ROLE3] Share the role, hand it over, or end it; somebody always leads."""
    actor.must_facilitate()
    who = _standing(state, command.person)
    if command.role is Role.FACILITATOR:
        mine = find.person(state, actor.person or "") if command.instead else None
        given = find.patch(who, role=Role.FACILITATOR.value, leads=None, muted=False)
        return (*given, *(find.patch(mine, role=Role.PARTICIPANT.value) if mine and mine.id != who.id else ()))
    if command.role is not Role.PARTICIPANT or command.instead:
        raise Refused(Code.INVALID, "One is a facilitator or a participant.")
    _others_lead(state, who)
    return find.patch(who, role=Role.PARTICIPANT.value)


def lead(state: State, actor: Actor, command: PersonLead, _now: int) -> tuple[Change, ...]:
    """[ROLE5] A second facilitator for one board."""
    actor.must_facilitate()
    who = _standing(state, command.person)
    if command.board is not None:
        find.board(state, command.board)
    if who.role is Role.FACILITATOR:
        raise Refused(Code.INVALID, "A facilitator leads every board.")
    return find.patch(who, leads=command.board)


def mute(state: State, actor: Actor, command: PersonMute, _now: int) -> tuple[Change, ...]:
    """[MUTE1] Pause somebody's writing, or let them go on."""
    actor.must_facilitate()
    who = find.present(state, command.person)
    if who.role is Role.FACILITATOR and command.muted:
        raise Refused(Code.INVALID, "A facilitator's writing is not paused.")
    return find.patch(who, muted=command.muted)


def remove(state: State, actor: Actor, command: PersonRemove, _now: int) -> tuple[Change, ...]:
    """[REMOVE1] Put somebody out, or let them in again; what they wrote stays."""
    actor.must_facilitate()
    who = find.person(state, command.person)
    if not command.removed:
        return find.patch(who, removed=False)
    if who.id == actor.person:
        raise Refused(Code.INVALID, "Nobody removes themself.")
    _others_lead(state, who)
    gone: dict[str, object] = {
        "removed": True,
        "role": Role.PARTICIPANT.value,
        "board": None,
        "leads": None,
        "hand": None,
    }
    return along(state, who, **gone)


def _standing(state: State, person: str) -> Person:
    """[SEAT1] Whoever may lead: somebody with a device."""
    who = find.present(state, person)
    if who.host is not None:
        raise Refused(Code.INVALID, "A seat at another's device has no role.")
    return who


def _others_lead(state: State, who: Person) -> None:
    if not any(p.role is Role.FACILITATOR and p.id != who.id for p in state.people.values()):
        raise Refused(Code.NOT_NOW, "Somebody has to lead: make another person a facilitator first.")
