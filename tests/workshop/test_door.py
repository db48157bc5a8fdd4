"""The door: which links and codes open it, and who is told of it."""

import pytest

from protocol import commands as c
from protocol.base import Place, Role
from protocol.codes import Code
from protocol.records import Door
from server.workshop.actor import SYSTEM, Actor
from server.workshop.door import let_in, number, valid
from server.workshop.refused import Refused
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, BOB, EVERYBODY, FAY, SCREEN, World, eyes
from tests.workshop.writing import nothing


def coming(person: str, role: Role = Role.PARTICIPANT, **by: object) -> c.PersonJoin:
    return c.PersonJoin.model_validate({"id": person, "name": "Dee", "role": role, "place": Place.ROOM, **by})


def test_a_replaced_code_opens_nothing() -> None:
    """[KEY1] The new one does; people who are in stay."""
    world = World()
    people = dict(world.state.people)
    world.do(SYSTEM, coming("dee", code="abc234"))
    world.do(SYSTEM, c.KeyReplace(role=Role.PARTICIPANT, code="NEW567"))
    assert world.state.workshop.code == "NEW567"
    assert world.refusal(SYSTEM, coming("eve", code="abc234")) is Code.BAD_CODE
    world.do(SYSTEM, coming("eve", code="new567"))
    assert people.items() <= world.state.people.items()
    assert {"dee", "eve"} <= world.state.people.keys()


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PROJECTOR])
def test_a_replaced_key_opens_nothing(role: Role) -> None:
    """[KEY1] Each role's links have a number of their own."""
    world = World()
    other = Role.PROJECTOR if role is Role.FACILITATOR else Role.FACILITATOR
    valid(world.state, role, 0)
    world.do(SYSTEM, c.KeyReplace(role=role))
    assert (number(world.state.door, role), number(world.state.door, other)) == (1, 0)
    valid(world.state, role, 1)
    with pytest.raises(Refused) as no:
        valid(world.state, role, 0)
    assert no.value.code is Code.BAD_TOKEN
    let_in(world.state, Role.PROJECTOR, 0)


def test_a_facilitator_comes_by_the_newest_key_only() -> None:
    """[KEY1]."""
    world = World()
    world.do(SYSTEM, c.KeyReplace(role=Role.FACILITATOR))
    assert world.refusal(SYSTEM, coming("dee", Role.FACILITATOR, key=0)) is Code.BAD_TOKEN
    world.do(SYSTEM, coming("dee", Role.FACILITATOR, key=1))


def test_screens_may_be_ended_too() -> None:
    """[KEY5] Those of an earlier link; the people stay."""
    world = World()
    world.do(SYSTEM, c.KeyReplace(role=Role.PROJECTOR))
    world.do(SYSTEM, c.KeyReplace(role=Role.PROJECTOR, end=True))
    with pytest.raises(Refused) as no:
        let_in(world.state, Role.PROJECTOR, 1)
    assert no.value.code is Code.BAD_TOKEN
    let_in(world.state, Role.PROJECTOR, 2)
    let_in(world.state, Role.FACILITATOR, 0)


def test_every_code_is_remembered() -> None:
    """[KEY3] Once each."""
    world = World()
    for code in ("NEW567", "NEW789", "NEW567"):
        world.do(SYSTEM, c.KeyReplace(role=Role.PARTICIPANT, code=code))
    assert world.state.door.codes == ("new567", "new789")
    assert world.refusal(SYSTEM, c.KeyReplace(role=Role.PARTICIPANT)) is Code.INVALID


@pytest.mark.parametrize("actor", [*EVERYBODY, SCREEN], ids=lambda actor: str(actor.person))
def test_only_the_server_replaces(actor: Actor) -> None:
    """[KEY2]."""
    assert World().refusal(actor, c.KeyReplace(role=Role.FACILITATOR)) is Code.FORBIDDEN


@pytest.mark.parametrize("actor", [FAY, ANN, BOB, SCREEN], ids=lambda actor: str(actor.person))
def test_the_door_is_the_facilitators(actor: Actor) -> None:
    """[KEY4] [DOOR2] And they are told nothing that is secret."""
    world = World()
    world.do(SYSTEM, c.DoorSet(policy="password", password="salt$hash"))
    world.do(SYSTEM, c.KeyReplace(role=Role.PARTICIPANT, code="NEW567"))
    doors = [record for record in seen(world.state, eyes(actor)) if isinstance(record, Door)]
    assert len(doors) == (actor is FAY)
    assert all((door.codes, door.password, door.policy) == ((), None, "password") for door in doors)


def test_the_page_of_the_paper_has_one_name_at_a_time() -> None:
    """[PAGE1] Of a paper that has begun; each name stays known, so that it goes with the workshop."""
    world = World()
    assert world.refusal(SYSTEM, c.PageShare(page="one")) is Code.NOT_NOW
    world.do(SYSTEM, c.PaperBegin(base=nothing()))
    world.do(SYSTEM, c.PageShare(page="one", language="es"))
    world.do(SYSTEM, c.PageShare(page="two"))
    assert (world.state.door.page, world.state.door.page_language) == ("two", "en")
    assert world.state.door.codes == ("one", "two")
    world.do(SYSTEM, c.PageShare(page=None))
    assert world.state.door.page is None
    assert world.do(SYSTEM, c.PageShare(page=None)) == ()
    for actor in (FAY, ANN):
        assert world.refusal(actor, c.PageShare(page=None)) is Code.FORBIDDEN
