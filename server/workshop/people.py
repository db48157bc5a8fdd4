"""People: joining, naming, and who is on which board."""

from protocol import limits
from protocol.base import Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import PeoplePlace, PersonJoin, PersonMove, PersonRename
from protocol.records import Person

from . import find
from .actor import Actor
from .door import opens
from .guests import places, wait
from .hues import hue
from .refused import Refused
from .roles import leads
from .seats import along, device_of
from .state import State


def join(state: State, actor: Actor, command: PersonJoin, now: int) -> tuple[Change, ...]:
    """[JOIN1] [JOIN3] [PEOPLE4] Somebody came in; coming again changes nothing."""
    actor.must_be_system("People join by their link or code.")
    if command.id in state.people:
        return ()
    if command.role not in {Role.FACILITATOR, Role.PARTICIPANT}:
        raise Refused(Code.INVALID, "A projector is no person.")
    opens(state, command)
    if command.code is not None and state.door.policy == "approve":
        return wait(state, command, now)
    find.room_for(state.people, limits.PEOPLE, "people", Code.FULL)
    fields = command.model_dump(exclude={"do", "code", "key", "passed"})
    board = next(places(state)) if command.role is Role.PARTICIPANT else None
    return (Put(record=Person(**fields, board=board, hue=hue(len(state.people)), joined=now)),)


def place(state: State, actor: Actor, command: PeoplePlace, _now: int) -> tuple[Change, ...]:
    """[PEOPLE4] Put those who join late on a board, or let them choose."""
    actor.must_facilitate()
    return find.patch(state.workshop, placing=command.on)


def rename(state: State, actor: Actor, command: PersonRename, _now: int) -> tuple[Change, ...]:
    """[JOIN4] One's own name and place; a facilitator anybody's."""
    who = find.present(state, command.person or actor.person or "")
    actor.must_be(who.id)
    return find.patch(who, name=command.name, place=command.place.value)


def move(state: State, actor: Actor, command: PersonMove, _now: int) -> tuple[Change, ...]:
    """[PEOPLE1] [ROLE5] [SEAT4] Go to a board, or be taken there, with those who sit at one's device."""
    host = device_of(state, command.person) or ""
    who = state.people.get(host)
    led = {board for board in (command.board, who.board if who else None) if board is not None}
    if not led or not all(leads(state, actor, board) for board in led):
        actor.must_be(host)
    who = find.present(state, host)
    if command.board is not None:
        find.board(state, command.board)
    return along(state, who, board=command.board)
