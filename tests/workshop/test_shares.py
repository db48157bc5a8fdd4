"""Who gives how much, and what these figures never tell."""

import pytest

from protocol import commands as c
from protocol.base import Place
from server.workshop.actor import SYSTEM, Actor
from server.workshop.shares import shares
from tests.workshop.world import ANN, BOB, CY, FAY, World, joining, with_boards, writing

REMOTE = [Actor(id_, ANN.role) for id_ in ("rae", "rio", "ros")]
ROOM = [ANN, BOB, CY]


def mixed(step: str) -> World:
    """Three in the room, three remote, two boards."""
    world = with_boards(step)
    for actor in REMOTE:
        world.do(SYSTEM, joining(actor.person or "").model_copy(update={"place": Place.REMOTE}))
    return world


def by_place(world: World) -> dict[str, tuple[int, int, int | None]]:
    return {given.place.value: (given.people, given.notes, given.dots) for given in shares(world.state).places}


def test_how_many_gave_something_in_the_current_step() -> None:
    """[SHARE1] [SHARE2] However much each of them did; facilitators do not count, nor earlier steps."""
    world = mixed("open")
    for turn, actor in enumerate((ANN, ANN, BOB, FAY)):
        world.do(actor, writing(f"n{turn}"))
    told = shares(world.state)
    assert (told.step, told.people, told.gave) == ("open", 6, 2)
    world.go("plenary")
    assert shares(world.state).gave is None
    world.go("propose")
    assert shares(world.state).gave == 0
    world.do(CY, c.IssueAdd(id="i4", rank="a9", title="Another"))
    assert shares(world.state).gave == 1
    world.go("vote")
    world.do(CY, c.VoteCast(round="vote", target="n1", dots=1))
    world.do(CY, c.VoteCast(round="vote", target="n2", dots=1))
    assert shares(world.state).gave == 1
    world.do(CY, c.VoteCast(round="vote", target="n1", dots=0))
    world.do(CY, c.VoteCast(round="vote", target="n2", dots=0))
    assert shares(world.state).gave == 0


def test_of_fewer_than_three_it_is_not_told() -> None:
    """[SHARE2]."""
    world = with_boards("private")
    world.do(ANN, writing("n1"))
    assert shares(world.state).gave == 1
    world.do(FAY, c.PersonRemove(person="cy", removed=True))
    assert (shares(world.state).people, shares(world.state).gave) == (2, None)


@pytest.mark.parametrize("step", ["private", "nameless"])
def test_notes_that_hide_their_author_are_not_counted_by_place(step: str) -> None:
    """[SHARE3] [SEE2] [SEE3] Face down until the reveal, anonymous for ever."""
    world = mixed("open")
    world.do(ANN, writing("n1"))
    world.do(REMOTE[0], writing("n2"))
    world.do(FAY, writing("n3"))
    before = by_place(world)
    assert before == {"room": (3, 1, None), "remote": (3, 1, None)}
    world.go(step)
    world.do(REMOTE[1], writing("n4"))
    assert by_place(world) == before
    world.do(FAY, c.StepReveal(step=step))
    assert by_place(world)["remote"][1] == (2 if step == "private" else 1)
    world.do(REMOTE[0], c.NoteBin(id="n2"))
    assert by_place(world)["remote"][1] == (1 if step == "private" else 0)


def voted(*actors: Actor) -> World:
    """A round in which these placed a dot each; the first a second one."""
    world = mixed("open")
    world.do(ANN, writing("n1"))
    world.do(ANN, writing("n2"))
    world.go("vote")
    for actor in actors:
        world.do(actor, c.VoteCast(round="vote", target="n1", dots=1))
    world.do(actors[0], c.VoteCast(round="vote", target="n2", dots=1))
    return world


def test_dots_are_told_once_the_round_is_over_and_open() -> None:
    """[SHARE3] [SEE5] In tenths; while one votes, or while it is blind, nothing."""
    world = voted(*ROOM, *REMOTE)
    world.do(FAY, c.StepShow(step="vote"))
    assert {dots for _, _, dots in by_place(world).values()} == {None}
    world.go("plenary")
    assert {place: dots for place, (_, _, dots) in by_place(world).items()} == {"room": 6, "remote": 4}
    blind = voted(*ROOM, *REMOTE)
    blind.go("plenary")
    assert {dots for _, _, dots in by_place(blind).values()} == {None}


def test_dots_of_fewer_than_three_of_a_place_are_not_told() -> None:
    """[SHARE3] [SEE4]."""
    world = voted(*ROOM, *REMOTE[:2])
    world.do(FAY, c.StepShow(step="vote"))
    world.go("plenary")
    assert {dots for _, _, dots in by_place(world).values()} == {None}
