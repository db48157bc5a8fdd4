"""Seats: people who have no device, and sit at somebody else's."""

from protocol import limits
from protocol.base import Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import SeatAdd, SeatDrop
from protocol.records import Person

from . import find
from .actor import Actor
from .hues import hue
from .refused import Refused
from .state import State


def device_of(state: State, person: str | None) -> str | None:
    """[SEAT3] On whose device somebody is: their host's, or their own."""
    known = state.people.get(person or "")
    return known.host if known and known.host else person


def seats_of(state: State, host: str) -> list[Person]:
    """The people who sit there, but those who left."""
    return [person for person in state.people.values() if person.host == host and not person.removed]


def held(state: State, actor: Actor, seat: str) -> Person:
    """[SEAT2] A seat of one's own."""
    who = state.people.get(seat)
    if who is None or who.host is None or who.host != actor.person:
        raise Refused(Code.FORBIDDEN, "This seat is not at your device.")
    return who


def add(state: State, actor: Actor, command: SeatAdd, now: int) -> tuple[Change, ...]:
    """[SEAT1] Somebody sits down at my device."""
    host = find.person(state, actor.person or "")
    find.fresh(state, "person", command.id)
    find.fresh(state, "guest", command.id)
    find.room_for(state.people, limits.PEOPLE, "people", Code.FULL)
    find.room_for(seats_of(state, host.id), limits.SEATS, "seats at one device")
    where = {"place": host.place, "board": host.board, "host": host.id}
    who = {"id": command.id, "name": command.name, "role": Role.PARTICIPANT}
    return (Put(record=Person.model_validate({**who, **where, "hue": hue(len(state.people)), "joined": now})),)


def drop(state: State, actor: Actor, command: SeatDrop, _now: int) -> tuple[Change, ...]:
    """[SEAT4] They leave; what they wrote stays."""
    who = find.present(state, command.id)
    if not actor.facilitates or who.host is None:
        held(state, actor, command.id)
    return find.patch(who, removed=True, board=None, hand=None)


def along(state: State, host: Person, **fields: object) -> tuple[Change, ...]:
    """[SEAT4] What happens to a person, happens to those who sit at their device."""
    return tuple(change for who in (host, *seats_of(state, host.id)) for change in find.patch(who, **fields))
