"""People: joining, naming, placing."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.base import Place, Role
from protocol.codes import Code
from server.workshop.actor import SYSTEM, Actor
from tests.workshop.world import ANN, EVERYBODY, FAY, SCREEN, World, joining, with_boards, writing


def boards_of(world: World) -> dict[str, str | None]:
    return {person.id: person.board for person in world.state.people.values()}


def test_joining_puts_a_person_into_the_state_once() -> None:
    """[JOIN1]."""
    world = World()
    world.do(SYSTEM, c.PersonJoin(id="dee", name="Dee", role=Role.PARTICIPANT, place=Place.REMOTE))
    dee = world.state.people["dee"]
    assert (dee.name, dee.role, dee.place, dee.joined) == ("Dee", Role.PARTICIPANT, Place.REMOTE, world.now)
    people = len(world.state.people)
    again = c.PersonJoin(id="dee", name="Somebody else", role=Role.FACILITATOR, place=Place.ROOM)
    assert world.do(SYSTEM, again) == ()
    assert world.state.people["dee"] == dee
    assert len(world.state.people) == people


def test_hues_go_round() -> None:
    """[JOIN1]."""
    world = World()
    for i in range(12):
        world.do(SYSTEM, joining(f"p{i}"))
    hues = [person.hue for person in world.state.people.values()]
    assert hues[:12] == list(range(12))
    assert hues[12:] == [0, 1, 2, 3]


@pytest.mark.parametrize("actor", EVERYBODY)
def test_only_the_server_lets_people_in(actor: Actor) -> None:
    """[JOIN1] [JOIN2]."""
    assert World().refusal(actor, joining("dee")) is Code.FORBIDDEN


def test_one_person_too_many_is_refused_with_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5] Who is in already may come again."""
    world = World()
    monkeypatch.setattr(limits, "PEOPLE", 5)
    world.do(SYSTEM, joining("dee"))
    assert world.refusal(SYSTEM, joining("eve")) is Code.FULL
    assert world.do(SYSTEM, joining("dee")) == ()


def test_the_projector_has_no_person_and_no_command() -> None:
    """[JOIN3]."""
    world = with_boards("open")
    for role in (Role.PROJECTOR, Role.SYSTEM):
        assert world.refusal(SYSTEM, joining("wall", role)) is Code.INVALID
    for command in (writing("n1"), c.PeopleBalance(), c.PersonRename(name="Wall", place=Place.ROOM)):
        assert world.refusal(SCREEN, command) is Code.FORBIDDEN


def test_people_rename_and_place_themselves() -> None:
    """[JOIN4] Without a name of somebody else it is themselves."""
    world = World()
    world.do(FAY, c.PersonRename(name="Fay Wray", place=Place.REMOTE))
    fay, ann = world.state.people["fay"], world.state.people["ann"]
    assert (fay.name, fay.place) == ("Fay Wray", Place.REMOTE)
    assert ann.name == "Ann"


def test_participants_move_themselves_and_facilitators_anybody() -> None:
    """[PEOPLE1]."""
    world = with_boards("propose")
    world.do(ANN, c.PersonMove(person="ann", board="i1"))
    world.do(FAY, c.PersonMove(person="bob", board="i2"))
    assert world.refusal(ANN, c.PersonMove(person="bob", board="i1")) is Code.FORBIDDEN
    assert world.refusal(ANN, c.PersonMove(person="ann", board="i3")) is Code.NOT_FOUND
    assert world.refusal(FAY, c.PersonMove(person="zed", board="i1")) is Code.NOT_FOUND
    assert boards_of(world) == {"fay": None, "ann": "i1", "bob": "i2", "cy": None}
    world.do(ANN, c.PersonMove(person="ann", board=None))
    assert boards_of(world)["ann"] is None


def test_balance_levels_the_boards_and_moves_nobody() -> None:
    """[PEOPLE2]."""
    world = with_boards("propose")
    for name in ("dee", "eve", "flo"):
        world.do(SYSTEM, joining(name))
    for name in ("ann", "bob", "cy"):
        world.do(FAY, c.PersonMove(person=name, board="i1"))
    world.do(FAY, c.PeopleBalance())
    boards = boards_of(world)
    assert {name: boards[name] for name in ("ann", "bob", "cy")} == dict.fromkeys(("ann", "bob", "cy"), "i1")
    assert {name: boards[name] for name in ("dee", "eve", "flo")} == dict.fromkeys(("dee", "eve", "flo"), "i2")
    assert boards["fay"] is None
    assert world.do(FAY, c.PeopleBalance()) == ()


def test_balance_of_many_differs_by_one_at_most() -> None:
    """[PEOPLE2]."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=("i1", "i2", "i3")))
    for i in range(8):
        world.do(SYSTEM, joining(f"p{i}"))
    world.do(FAY, c.PersonMove(person="p7", board="i3"))
    world.do(FAY, c.PeopleBalance())
    crowd = [board for who, board in boards_of(world).items() if who != "fay"]
    sizes = [crowd.count(board) for board in ("i1", "i2", "i3")]
    assert sum(sizes) == len(crowd)
    assert max(sizes) - min(sizes) <= 1


def test_late_comers_are_placed_where_groups_were_balanced() -> None:
    """[PEOPLE4] On the smallest board, until a facilitator lets them choose; facilitators nowhere."""
    world = with_boards("open")
    world.do(SYSTEM, joining("p1"))
    assert boards_of(world)["p1"] is None
    world.do(FAY, c.PeopleBalance())
    for name in ("p2", "p3", "p4"):
        world.do(SYSTEM, joining(name))
    world.do(SYSTEM, joining("flo", Role.FACILITATOR))
    crowd = [board for who, board in boards_of(world).items() if who not in {"fay", "flo"}]
    assert sorted((crowd.count("i1"), crowd.count("i2"))) == [3, 4]
    assert boards_of(world)["flo"] is None
    assert world.refusal(ANN, c.PeoplePlace(on=False)) is Code.FORBIDDEN
    world.do(FAY, c.PeoplePlace(on=False))
    world.do(SYSTEM, joining("p5"))
    assert boards_of(world)["p5"] is None


def test_without_boards_nobody_is_placed() -> None:
    """[PEOPLE4]."""
    world = World()
    world.do(FAY, c.PeoplePlace(on=True))
    world.do(SYSTEM, joining("p1"))
    assert boards_of(world)["p1"] is None
