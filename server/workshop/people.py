"""People: joining, naming, and who is on which board."""

from collections import Counter

from protocol import limits
from protocol.base import Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import PeopleBalance, PersonJoin, PersonMove, PersonRename
from protocol.records import Person

from . import find
from .actor import Actor
from .refused import Refused
from .state import State

HUES = 12


def join(state: State, actor: Actor, command: PersonJoin, now: int) -> tuple[Change, ...]:
    """[JOIN1] [JOIN3] Somebody came in; coming again changes nothing."""
    if actor.role is not Role.SYSTEM:
        raise Refused(Code.FORBIDDEN, "People join by their link or code.")
    if command.id in state.people:
        return ()
    if command.role not in {Role.FACILITATOR, Role.PARTICIPANT}:
        raise Refused(Code.INVALID, "A projector is no person.")
    find.room_for(state.people, limits.PEOPLE, "people", Code.FULL)
    hue = len(state.people) % HUES
    return (Put(record=Person(**command.model_dump(exclude={"do"}), hue=hue, joined=now)),)


def rename(state: State, actor: Actor, command: PersonRename, _now: int) -> tuple[Change, ...]:
    """[JOIN4] My own name and place."""
    me = find.person(state, actor.person or "")
    return find.patch(me, name=command.name, place=command.place.value)


def move(state: State, actor: Actor, command: PersonMove, _now: int) -> tuple[Change, ...]:
    """[PEOPLE1] Go to a board."""
    actor.must_be(command.person)
    who = find.person(state, command.person)
    if command.board is not None:
        find.board(state, command.board)
    return find.patch(who, board=command.board)


def balance(state: State, actor: Actor, _command: PeopleBalance, _now: int) -> tuple[Change, ...]:
    """[PEOPLE2] Each participant without a board goes to the board that has fewest."""
    actor.must_facilitate()
    if not state.boards:
        raise Refused(Code.NOT_NOW, "There are no boards yet; choose issues first.")
    crowd = sorted((p for p in state.people.values() if p.role is Role.PARTICIPANT), key=lambda p: (p.joined, p.id))
    sizes = Counter(p.board for p in crowd if p.board)
    boards = sorted(state.boards.values(), key=lambda b: (b.rank, b.id))
    changes: list[Change] = []
    for person in (p for p in crowd if p.board is None):
        board = min(boards, key=lambda b: sizes[b.id])
        sizes[board.id] += 1
        changes += find.patch(person, board=board.id)
    return tuple(changes)
