"""Guests: whoever asked to come in and waits at the door, until a facilitator lets them in or turns them away."""

from collections import Counter
from collections.abc import Iterator, Sequence

from protocol import limits
from protocol.base import Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import GuestAdmit, GuestTurn, PersonJoin
from protocol.records import Guest, Person

from . import find
from .actor import Actor
from .hues import hue
from .refused import Refused
from .state import State


def wait(state: State, command: PersonJoin, now: int) -> tuple[Change, ...]:
    """[DOOR3] [LIMIT5] To the door; of those turned away the earliest give way."""
    if command.id in state.guests:
        return ()
    gone = sorted((g for g in state.guests.values() if g.turned), key=lambda guest: (guest.at, guest.id))
    over = len(state.guests) + 1 - limits.GUESTS
    if over > len(gone):
        raise Refused(Code.FULL, f"At most {limits.GUESTS} people wait at the door.")
    guest = Guest(id=command.id, name=command.name, place=command.place, at=now)
    return (*(find.drop(one) for one in gone[: max(0, over)]), Put(record=guest))


def admit(state: State, actor: Actor, command: GuestAdmit, now: int) -> tuple[Change, ...]:
    """[DOOR4] In they come; who is in already, or gone, is left out."""
    actor.must_facilitate()
    known = [state.guests[id_] for id_ in dict.fromkeys(command.ids) if id_ in state.guests]
    return admitted(state, known, now)


def turn(state: State, actor: Actor, command: GuestTurn, _now: int) -> tuple[Change, ...]:
    """[DOOR4] They are told so, and may ask again."""
    actor.must_facilitate()
    known = (state.guests[id_] for id_ in dict.fromkeys(command.ids) if id_ in state.guests)
    return tuple(change for guest in known for change in find.patch(guest, turned=True))


def admitted(state: State, guests: Sequence[Guest], now: int) -> tuple[Change, ...]:
    """Guests become people, who have their id."""
    if len(state.people) + len(guests) > limits.PEOPLE:
        raise Refused(Code.FULL, f"A workshop holds at most {limits.PEOPLE} people.")
    changes: list[Change] = []
    boards = places(state)
    for place, guest in enumerate(guests, len(state.people)):
        known = {"id": guest.id, "name": guest.name, "place": guest.place, "role": Role.PARTICIPANT}
        news = {"board": next(boards), "hue": hue(place), "joined": now}
        person = Person.model_validate({**known, **news})
        changes += [find.drop(guest), Put(record=person)]
    return tuple(changes)


def places(state: State) -> Iterator[str | None]:
    """[PEOPLE4] Where those who come late go, one by one: to the board with fewest people; of equals the first."""
    sizes = Counter(p.board for p in state.people.values() if p.role is Role.PARTICIPANT and p.host is None)
    while True:
        late = state.workshop.placing and state.boards
        board = min(state.boards.values(), key=lambda b: (sizes[b.id], b.rank, b.id)).id if late else None
        sizes[board] += 1
        yield board


def at_the_door(state: State, person: str) -> None:
    """[DOOR3] Refuse whoever still waits, or was turned away."""
    guest = state.guests.get(person)
    if guest is not None and guest.turned:
        raise Refused(Code.TURNED_AWAY, "The facilitator did not let you in.")
    if guest is not None:
        raise Refused(Code.WAITING, "The facilitator has not let you in yet.")
