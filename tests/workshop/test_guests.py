"""Who waits at the door, and who gets in."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.base import Place, Role
from protocol.codes import Code
from protocol.records import Guest
from server.workshop.actor import SYSTEM, Actor
from server.workshop.guests import at_the_door
from server.workshop.invariants import broken
from server.workshop.refused import Refused
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, FAY, SCREEN, World, eyes


def coming(person: str, **by: object) -> c.PersonJoin:
    """By the code."""
    fields = {"id": person, "name": "Dee", "role": Role.PARTICIPANT, "place": Place.REMOTE, "code": "abc234"}
    return c.PersonJoin.model_validate({**fields, **by})


def waiting(*people: str) -> World:
    """A door that asks for approval, and who is before it."""
    world = World()
    world.do(SYSTEM, c.DoorSet(policy="approve"))
    for person in people:
        world.do(SYSTEM, coming(person))
    return world


def told(world: World, person: str) -> Code | None:
    """How it stands with somebody."""
    try:
        at_the_door(world.state, person)
    except Refused as no:
        return no.code
    return None


def test_a_password_is_asked_for() -> None:
    """[DOOR1] [DOOR2] Of whoever comes by the code; not of those with a key."""
    world = World()
    world.do(SYSTEM, c.DoorSet(policy="password", password="one"))
    for passed in (None, "two"):
        assert world.refusal(SYSTEM, coming("dee", passed=passed)) is Code.PASSWORD
    world.do(SYSTEM, coming("dee", passed="one"))
    world.do(SYSTEM, c.PersonJoin(id="eve", name="Eve", role=Role.FACILITATOR, place=Place.ROOM, key=0))
    world.do(SYSTEM, c.DoorSet(policy="password"))
    kept = world.state.door.password
    world.do(SYSTEM, c.DoorSet(policy="open"))
    assert [kept, world.state.door.password] == ["one", None]
    assert world.refusal(SYSTEM, c.DoorSet(policy="password")) is Code.INVALID


def test_who_waits_is_nobody_yet() -> None:
    """[DOOR3] [DOOR4] Let in they are people like any other; all at once, or one by one."""
    world = waiting("dee", "eve", "gus")
    assert not {"dee", "eve", "gus"} & world.state.people.keys()
    assert world.do(SYSTEM, coming("dee", name="Again")) == ()
    world.do(FAY, c.GuestAdmit(ids=("eve", "nobody", "eve")))
    eve = world.state.people["eve"]
    assert (eve.name, eve.place, eve.role, eve.joined) == ("Dee", Place.REMOTE, Role.PARTICIPANT, world.now)
    assert [told(world, person) for person in ("dee", "eve")] == [Code.WAITING, None]
    assert world.do(FAY, c.GuestAdmit(ids=("eve",))) == ()
    assert broken(world.state) == []


def test_who_is_turned_away_is_told_so() -> None:
    """[DOOR3] [DOOR4] And may ask again under another id."""
    world = waiting("dee")
    world.do(FAY, c.GuestTurn(ids=("dee", "nobody")))
    assert told(world, "dee") is Code.TURNED_AWAY
    world.do(SYSTEM, coming("eve"))
    assert told(world, "eve") is Code.WAITING


def test_an_open_door_lets_in_whoever_waits() -> None:
    """[DOOR1] But nobody who was turned away."""
    world = waiting("dee", "eve")
    world.do(FAY, c.GuestTurn(ids=("eve",)))
    world.do(SYSTEM, c.DoorSet(policy="open"))
    assert ("dee" in world.state.people, "eve" in world.state.people) == (True, False)


@pytest.mark.parametrize("actor", [FAY, ANN, SCREEN], ids=lambda actor: str(actor.person))
def test_guests_are_the_facilitators(actor: Actor) -> None:
    """[DOOR3]."""
    guests = [record for record in seen(waiting("dee").state, eyes(actor)) if isinstance(record, Guest)]
    assert len(guests) == (actor is FAY)


def test_the_door_is_kept_to_the_end() -> None:
    """[DOOR4] [STEP7] Also when the workshop is closed."""
    world = waiting("dee", "eve")
    world.go("close")
    world.do(FAY, c.GuestAdmit(ids=("dee",)))
    world.do(FAY, c.GuestTurn(ids=("eve",)))


def test_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5] [DOOR3] Those turned away make room, the earliest first."""
    monkeypatch.setattr(limits, "GUESTS", 2)
    world = waiting("dee", "eve")
    assert world.refusal(SYSTEM, coming("gus")) is Code.FULL
    world.do(FAY, c.GuestTurn(ids=("dee",)))
    world.do(SYSTEM, coming("gus"))
    assert world.state.guests.keys() == {"eve", "gus"}
    monkeypatch.setattr(limits, "PEOPLE", 5)
    assert world.refusal(FAY, c.GuestAdmit(ids=("eve", "gus"))) is Code.FULL
    world.do(FAY, c.GuestAdmit(ids=("eve",)))
