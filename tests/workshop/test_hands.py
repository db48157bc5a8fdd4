"""Raised hands: a queue by the log's clock."""

from protocol import commands as c
from protocol.codes import Code
from server.workshop.actor import Actor
from tests.workshop.world import ANN, BOB, CY, EVERYBODY, FAY, World


def queue(world: World) -> list[str]:
    """Whose hands are up, in order."""
    up = [(person.hand, person.id) for person in world.state.people.values() if person.hand is not None]
    return [id_ for _, id_ in sorted(up)]


def raised(*actors: Actor) -> World:
    """A world in which these raised their hands, one after the other."""
    world = World()
    for actor in actors:
        world.do(actor, c.HandRaise())
    return world


def test_hands_stand_in_the_order_in_which_they_went_up() -> None:
    """[HAND1] Raised again a hand keeps its place; lowered and raised it is the last."""
    world = raised(BOB, ANN, CY)
    assert world.do(BOB, c.HandRaise()) == ()
    assert queue(world) == ["bob", "ann", "cy"]
    world.do(BOB, c.HandLower(person="bob"))
    assert queue(world) == ["ann", "cy"]
    assert world.do(BOB, c.HandLower(person="bob")) == ()
    world.do(BOB, c.HandRaise())
    assert queue(world) == ["ann", "cy", "bob"]


def test_a_facilitator_lowers_one_or_all() -> None:
    """[HAND2] Others lower their own alone."""
    world = raised(BOB, ANN, FAY)
    assert world.refusal(ANN, c.HandLower(person="bob")) is Code.FORBIDDEN
    assert world.refusal(ANN, c.HandClear()) is Code.FORBIDDEN
    assert world.refusal(FAY, c.HandLower(person="zed")) is Code.NOT_FOUND
    world.do(FAY, c.HandLower(person="bob"))
    assert queue(world) == ["ann", "fay"]
    world.do(FAY, c.HandClear())
    assert queue(world) == []
    assert world.do(FAY, c.HandClear()) == ()


def test_a_closed_workshop_takes_no_hands() -> None:
    """[HAND1] [STEP7]."""
    world = World()
    world.go("close")
    assert {world.refusal(actor, c.HandRaise()) for actor in EVERYBODY} == {Code.CLOSED}
