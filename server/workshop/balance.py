"""Balanced groups: how many go where, so that sizes are equal and nobody remote sits alone among people in the room.

First it is reckoned with numbers alone, board by board: every way to fill the boards that could be best is tried, and
of those that end alike only the best is kept. Then people get the places, in the order in which they joined.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from protocol.base import Place
from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import PeopleBalance
from protocol.records import Person

from . import find
from .actor import Actor
from .refused import Refused
from .seats import along
from .state import State
from .taking_part import takes_part

NEAR: Final = 3
"""How far from an even spread it looks for pairs of remote people; it may take two from one board and bring three."""


@dataclass(frozen=True, slots=True)
class Group:
    """One board: who stays there whatever happens, and who would like to; in the room, and remote."""

    stay_room: int = 0
    stay_remote: int = 0
    like_room: int = 0
    like_remote: int = 0

    @property
    def stay(self) -> int:
        """How many are there already."""
        return self.stay_room + self.stay_remote

    def cost(self, size: int, remote: int) -> "Cost":
        """What is wrong with it when so many sit here, so many of them remote."""
        granted = min(self.like_remote, remote - self.stay_remote)
        granted += min(self.like_room, size - remote - self.stay_room)
        return int(remote == 1 and size > 1), -granted, remote * remote


Cost = tuple[int, int, int]
"""Remote people alone; wishes granted, below zero; how unevenly remote people are spread. Less is better, in order."""
Seats = tuple[int, int]
"""How many sit at a board, and how many of them are remote."""


def balance(state: State, actor: Actor, command: PeopleBalance, _now: int) -> tuple[Change, ...]:
    """[PEOPLE2] [PEOPLE3] [PEOPLE4] Place those who have no board; or `anew` everybody, who stays where that may be."""
    actor.must_facilitate()
    if not state.boards:
        raise Refused(Code.NOT_NOW, "There are no boards yet; choose issues first.")
    boards = [board.id for board in sorted(state.boards.values(), key=lambda b: (b.rank, b.id))]
    crowd = sorted(
        (p for p in state.people.values() if takes_part(p) and p.host is None),
        key=lambda p: (p.joined, p.id),
    )
    placed = Counter((p.board, p.place) for p in crowd)
    there = [(placed[board, Place.ROOM], placed[board, Place.REMOTE]) for board in boards]
    groups = [Group(0, 0, *both) if command.anew else Group(*both) for both in there]
    remote = sum(p.place is Place.REMOTE for p in crowd)
    seats = best(groups, len(crowd), remote)
    dealt = [change for person, board in _dealt(crowd, boards, seats) for change in along(state, person, board=board)]
    return (*dealt, *find.patch(state.workshop, placing=True))


def best(groups: Sequence[Group], people: int, remote: int) -> list[Seats]:
    """How many sit where: sizes as equal as those who stay allow, and of those ways the one that costs least."""
    low, more = _level([group.stay for group in groups], people)
    near = _spread(groups, low, more, remote)
    found: dict[tuple[int, int], tuple[Cost, list[Seats]]] = {(0, 0): ((0, 0, 0), [])}
    expected = 0
    for place, group in enumerate(groups):
        expected += near[place]
        following: dict[tuple[int, int], tuple[Cost, list[Seats]]] = {}
        for (given, gone), (cost, seats) in found.items():
            for size, here in _ways(group, low, near[place]):
                key = given + (group.stay <= low < size), gone + here
                if key[0] > more or abs(key[1] - expected) > NEAR * len(groups):
                    continue
                total = _sum(cost, group.cost(size, here))
                if key not in following or total < following[key][0]:
                    following[key] = total, [*seats, (size, here)]
        found = following
    return found[more, remote][1]


def _level(stay: Sequence[int], people: int) -> tuple[int, int]:
    """The size to which the boards are filled like glasses, and how many of them get one more."""
    low, free = min(stay), people - sum(stay)
    while (open_ := sum(size <= low for size in stay)) <= free:
        free -= open_
        low += 1
    return low, free


def _ways(group: Group, low: int, near: int) -> Iterator[Seats]:
    """The numbers worth trying at one board: few remote people, or about as many as an even spread brings."""
    for size in (low, low + 1) if group.stay <= low else (group.stay,):
        for remote in sorted({0, 1, 2, 3, *range(near - NEAR, near + NEAR + 1)}):
            if group.stay_remote <= remote <= size - group.stay_room:
                yield size, remote


def _spread(groups: Sequence[Group], low: int, more: int, remote: int) -> list[int]:
    """How many remote people sit where, if it did not matter that one is alone: each goes where it costs least."""
    wanted = sorted(range(len(groups)), key=lambda i: -(groups[i].like_room + groups[i].like_remote))
    bigger = [i for i in wanted if groups[i].stay <= low][:more]
    sizes = [max(low + (i in bigger), group.stay) for i, group in enumerate(groups)]
    there = [group.stay_remote for group in groups]
    for _ in range(remote - sum(there)):
        open_ = [i for i, group in enumerate(groups) if there[i] < sizes[i] - group.stay_room]
        there[min(open_, key=lambda i: _step(groups[i], sizes[i], there[i]))] += 1
    return there


def _step(group: Group, size: int, remote: int) -> Cost:
    """What one more remote person costs, but for being alone."""
    before, after = group.cost(size, remote), group.cost(size, remote + 1)
    return 0, after[1] - before[1], after[2] - before[2]


def _sum(one: Cost, other: Cost) -> Cost:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


def _dealt(crowd: Sequence[Person], boards: Sequence[str], seats: Sequence[Seats]) -> Iterator[tuple[Person, str]]:
    """Who sits where: whoever is there keeps the place while there are any, the others are dealt round."""
    left = Counter[tuple[str, Place]]()
    for board, (size, remote) in zip(boards, seats, strict=True):
        left[board, Place.REMOTE], left[board, Place.ROOM] = remote, size - remote
    moving: list[Person] = []
    for person in crowd:
        if person.board is not None and left[person.board, person.place]:
            left[person.board, person.place] -= 1
        else:
            moving.append(person)
    for person in moving:
        board = max(boards, key=lambda b: left[b, person.place])
        left[board, person.place] -= 1
        yield person, board
