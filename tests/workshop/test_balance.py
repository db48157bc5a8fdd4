"""Balanced groups: equal sizes, nobody remote alone, wishes kept, the same every time."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol import commands as c
from protocol.base import Place, Role
from protocol.codes import Code
from server.workshop.actor import SYSTEM
from server.workshop.balance import Group, Seats, best
from tests.workshop.world import BOB, EVERYBODY, FAY, World, joining, with_boards

BOARDS = ("i1", "i2", "i3")
FEW = st.sampled_from([0, 0, 1, 2])
GROUPS = st.builds(Group, *[FEW] * 4)
PEOPLE = st.lists(
    st.tuples(st.sampled_from(list(Place)), st.sampled_from([None, *BOARDS])),
    max_size=30,
)
"""Where each of them is, and the board they took."""


def room(people: Sequence[tuple[Place, str | None]], boards: int = 3) -> World:
    """A world of so many boards, with these people and nobody else but the facilitator."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=BOARDS[:boards]))
    for who in EVERYBODY[1:]:
        del world.state.records["person"][who.person or ""]
    for n, (place, board) in enumerate(people):
        world.do(SYSTEM, c.PersonJoin(id=f"p{n}", name="P", role=Role.PARTICIPANT, place=place))
        if board in BOARDS[:boards]:
            world.do(FAY, c.PersonMove(person=f"p{n}", board=board))
    return world


def sizes(world: World) -> list[Seats]:
    """How many sit at each board, and how many of them are remote."""
    people = [p for p in world.state.people.values() if p.role is Role.PARTICIPANT]
    assert all(p.board in world.state.boards for p in people)
    at = Counter((p.board, p.place) for p in people)
    return [(at[b, Place.ROOM] + at[b, Place.REMOTE], at[b, Place.REMOTE]) for b in world.state.boards]


def taken(world: World) -> dict[str, str | None]:
    return {p.id: p.board for p in world.state.people.values() if p.role is Role.PARTICIPANT}


def alone(seats: Sequence[Seats]) -> int:
    """How many remote people sit among people in the room, without another who is remote."""
    return sum(remote == 1 and size > 1 for size, remote in seats)


def granted(groups: Sequence[Group], seats: Sequence[Seats]) -> int:
    """How many of those who asked for a board have it."""
    return -sum(group.cost(*there)[1] for group, there in zip(groups, seats, strict=True))


def every(groups: Sequence[Group], in_room: int, remote: int) -> Iterator[list[Seats]]:
    """All ways to fill the boards."""
    if not groups:
        yield from [[]] if in_room == remote == 0 else []
        return
    first = groups[0]
    last = len(groups) == 1
    for here in range(in_room if last else first.stay_room, in_room + 1):
        for far in range(remote if last else first.stay_remote, remote + 1):
            if here >= first.stay_room and far >= first.stay_remote:
                yield from ([(here + far, far), *rest] for rest in every(groups[1:], in_room - here, remote - far))


def uneven(seats: Sequence[Seats]) -> int:
    """Least where the sizes are as equal as can be."""
    return sum(size * size for size, _ in seats)


@settings(max_examples=200, deadline=None)
@given(st.lists(GROUPS, min_size=1, max_size=3), st.integers(0, 3), st.integers(0, 4))
def test_no_way_is_better(groups: list[Group], more_room: int, more_remote: int) -> None:
    """[PEOPLE2] [PEOPLE3] Of all ways: equal sizes first, then nobody alone, then boards that people took."""
    in_room = more_room + sum(g.stay_room + g.like_room for g in groups)
    remote = more_remote + sum(g.stay_remote + g.like_remote for g in groups)
    seats = best(groups, in_room + remote, remote)
    assert sum(size for size, _ in seats) == in_room + remote
    assert sum(far for _, far in seats) == remote
    others = list(every(groups, in_room, remote))
    assert seats in others
    rank = min((uneven(other), alone(other), -granted(groups, other)) for other in others)
    assert (uneven(seats), alone(seats), -granted(groups, seats)) == rank


@settings(max_examples=60, deadline=None)
@given(PEOPLE, st.integers(1, 3))
def test_anew_sizes_differ_by_one_at_most_and_nobody_is_lost(
    people: list[tuple[Place, str | None]], boards: int
) -> None:
    """[PEOPLE2] [PEOPLE3] Everybody has a board; two who are remote need never be alone where two sit at each."""
    world, again = room(people, boards), room(people, boards)
    world.do(FAY, c.PeopleBalance(anew=True))
    there = sizes(world)
    assert sum(size for size, _ in there) == len(people)
    assert max(there)[0] - min(there)[0] <= 1
    remote = sum(far for _, far in there)
    if len(people) >= 3 * boards and remote != 1:
        assert alone(there) == 0
    again.do(FAY, c.PeopleBalance(anew=True))
    assert taken(again) == taken(world)
    assert world.do(FAY, c.PeopleBalance(anew=True)) == ()


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_those_who_have_a_board_keep_it(people: list[tuple[Place, str | None]]) -> None:
    """[PEOPLE2] Without `anew` nobody who has a board is moved, and nobody joins a board that is not the smallest."""
    world = room(people)
    before = taken(world)
    stay = Counter(board for board in before.values() if board)
    world.do(FAY, c.PeopleBalance())
    after = taken(world)
    assert all(after[who] == board for who, board in before.items() if board)
    smallest = min(size for size, _ in sizes(world))
    assert all(size <= max(smallest + 1, stay[b]) for b, (size, _) in zip(BOARDS, sizes(world), strict=True))


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_who_took_a_board_keeps_it_as_far_as_sizes_allow(people: list[tuple[Place, str | None]]) -> None:
    """[PEOPLE2] [PEOPLE3] All in the room: of each board as many stay as have a place there."""
    world = room([(Place.ROOM, board) for _, board in people])
    before = taken(world)
    world.do(FAY, c.PeopleBalance(anew=True))
    kept = Counter(board for who, board in taken(world).items() if before[who] == board)
    likes = Counter(board for board in before.values() if board)
    low, more = divmod(len(people), 3)
    most = sum(min(likes[board], low) for board in BOARDS) + min(more, sum(likes[board] > low for board in BOARDS))
    assert sum(kept.values()) == most


def test_a_remote_pair_comes_together() -> None:
    """[PEOPLE3] Two remote people among many get one board, though both boards would take one."""
    world = room([(Place.REMOTE, None), *[(Place.ROOM, None)] * 6, (Place.REMOTE, None)], 2)
    world.do(FAY, c.PeopleBalance())
    assert sorted(sizes(world)) == [(4, 0), (4, 2)]


def test_large_rooms_are_placed_at_once() -> None:
    """[PEOPLE2] [PEOPLE3] 5,000 people on 12 boards."""
    groups = [Group(like_room=n * 40, like_remote=n * 3) for n in range(12)]
    seats = best(groups, 5_000, 1_900)
    assert {size for size, _ in seats} == {416, 417}
    assert sum(far for _, far in seats) == 1_900
    assert alone(seats) == 0


def test_balance_needs_boards_and_a_facilitator() -> None:
    """[PEOPLE2] [STEP4]."""
    assert World().refusal(FAY, c.PeopleBalance()) is Code.NOT_NOW
    for anew in (False, True):
        assert with_boards("propose").refusal(BOB, c.PeopleBalance(anew=anew)) is Code.FORBIDDEN


@pytest.mark.parametrize("anew", [False, True])
def test_nobody_to_place_changes_nothing(anew: bool) -> None:
    """[PEOPLE2] Facilitators have no board."""
    world = room([])
    world.do(SYSTEM, joining("gus", Role.FACILITATOR))
    world.do(FAY, c.PeoplePlace(on=True))
    assert world.do(FAY, c.PeopleBalance(anew=anew)) == ()
