"""Seats: people without a device, for whom the one beside them acts."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.base import Role
from protocol.codes import Code
from server.workshop.actor import SYSTEM
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, BOB, EVERYBODY, FAY, SCREEN, World, eyes, joining, with_boards, writing


def acting(seat: str, command: c.Act) -> c.SeatAct:
    """The command by which a host does something for a seat."""
    return c.SeatAct(seat=seat, command=command)


def table(step: str) -> World:
    """Ann sits at board 1 with Mia and Tom, who have no device."""
    world = with_boards(step)
    world.do(ANN, c.PersonMove(person="ann", board="i1"))
    for id_ in ("mia", "tom"):
        world.do(ANN, c.SeatAdd(id=id_, name=id_.title()))
    return world


def vote(target: str, dots: int) -> c.VoteCast:
    """So many dots on an item."""
    return c.VoteCast(round="vote", target=target, dots=dots)


def test_a_seat_is_a_person_beside_its_host() -> None:
    """[SEAT1] With a name, on the host's board; it leads nothing, and seats nobody."""
    world = table("open")
    mia = world.state.people["mia"]
    assert (mia.name, mia.role, mia.host, mia.board) == ("Mia", Role.PARTICIPANT, "ann", "i1")
    assert world.refusal(ANN, c.SeatAdd(id="mia", name="Mia")) is Code.EXISTS
    assert world.refusal(FAY, c.PersonRole(person="mia", role=Role.FACILITATOR)) is Code.INVALID
    assert world.refusal(FAY, c.PersonLead(person="mia", board="i1")) is Code.INVALID


def test_a_device_has_so_many_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """[SEAT1] [LIMIT5]."""
    monkeypatch.setattr(limits, "SEATS", 2)
    assert table("open").refusal(ANN, c.SeatAdd(id="zoe", name="Zoe")) is Code.TOO_MANY


def test_what_is_done_for_a_seat_is_the_seats() -> None:
    """[SEAT2] Its notes, its dots out of a budget of its own, its hand; nobody else's seat."""
    world = table("open")
    world.do(ANN, acting("mia", writing("n1")))
    assert world.note("n1").by == "mia"
    world.do(ANN, acting("tom", c.HandRaise()))
    assert world.state.people["tom"].hand
    assert world.state.people["ann"].hand is None
    world.go("vote")
    for seat in ("mia", "tom"):
        world.do(ANN, acting(seat, vote("n1", 2)))
    world.do(ANN, vote("n1", 1))
    tally = world.state.tallies["vote.n1"]
    assert (tally.dots, tally.people) == (5, 3)
    assert world.refusal(ANN, acting("mia", vote("n1", 3))) is Code.OVER_ITEM
    for seat in ("mia", "bob", "zed"):
        assert world.refusal(BOB, acting(seat, vote("n1", 1))) is Code.FORBIDDEN


def test_once_for_the_device() -> None:
    """[SEAT2] [ONCE4] The device's numbers go on, whomever it acts for."""
    world = table("open")
    commands: list[c.Command] = [acting("mia", writing("n1")), writing("n2"), acting("tom", writing("n3"))]
    for n, command in enumerate(commands):
        world.do(ANN, command)
        assert world.state.clients["ann"][:2] == ("ann", 4 + n)


@pytest.mark.parametrize("who", ["ann", "mia"])
def test_paused_with_its_host(who: str) -> None:
    """[SEAT2] [MUTE1] The host's pause is that of the seats; a seat's is its own."""
    world = table("open")
    world.do(FAY, c.PersonMute(person=who, muted=True))
    assert world.refusal(ANN, acting("mia", writing("n1"))) is Code.MUTED
    if who == "mia":
        world.do(ANN, acting("tom", writing("n1")))
        world.do(ANN, writing("n2"))


def test_its_secrets_are_its_hosts_alone() -> None:
    """[SEAT3] [SEE2] [SEE4] Sealed notes and ballots of a seat."""
    world = table("private")
    world.do(ANN, acting("mia", writing("n1", "a secret")))
    readers = [a.person for a in (*EVERYBODY, SCREEN) if "a secret" in str(seen(world.state, eyes(a)))]
    assert readers == ["ann"]
    world.do(ANN, c.NoteEdit(id="n1", rev=1, base="a secret", text="another"))
    assert world.refusal(BOB, c.NoteEdit(id="n1", rev=1, base="a secret", text="mine")) is Code.FORBIDDEN
    world.go("choose")
    world.do(ANN, acting("mia", c.VoteCast(round="choose", target="i1", dots=1)))
    told = [a.person for a in (*EVERYBODY, SCREEN) if any(r.kind == "ballot" for r in seen(world.state, eyes(a)))]
    assert told == ["ann"]


def test_ready_with_its_host() -> None:
    """[SEAT4] [READY1]."""
    world = table("open")
    world.do(ANN, c.PersonReady(step="open", ready=True))
    assert {id_ for id_, person in world.state.people.items() if person.ready == "open"} == {"ann", "mia", "tom"}


def test_a_seat_is_no_late_comer() -> None:
    """[SEAT4] [PEOPLE4] Those who come are placed by the devices on the boards, not by the seats at them."""
    world = table("open")
    world.do(FAY, c.PersonMove(person="bob", board="i2"))
    world.do(FAY, c.PersonMove(person="cy", board="i2"))
    world.do(FAY, c.PeoplePlace(on=True))
    world.do(SYSTEM, joining("dee"))
    assert world.state.people["dee"].board == "i1"


def test_a_guests_place_is_not_taken() -> None:
    """[SEAT1] [DOOR4] Whoever waits at the door has that name already."""
    world = table("open")
    world.do(SYSTEM, c.DoorSet(policy="approve"))
    world.do(SYSTEM, joining("gus").model_copy(update={"code": "ABC234"}))
    assert world.refusal(ANN, c.SeatAdd(id="gus", name="Gus")) is Code.EXISTS


def test_seats_go_where_their_host_goes() -> None:
    """[SEAT4] Moved, balanced and put out together."""
    world = table("open")
    world.do(FAY, c.PersonMove(person="mia", board="i2"))
    boards = {person.id: person.board for person in world.state.people.values()}
    assert (boards["ann"], boards["mia"], boards["tom"]) == ("i2", "i2", "i2")
    world.do(FAY, c.PeopleBalance())
    world.do(FAY, c.PersonRemove(person="ann", removed=True))
    assert {id_ for id_, person in world.state.people.items() if person.removed} == {"ann", "mia", "tom"}


def test_a_seat_is_given_up() -> None:
    """[SEAT4] By its host; what it wrote stays, and nothing is done for it any more."""
    world = table("open")
    world.do(ANN, acting("mia", writing("n1")))
    assert world.refusal(BOB, c.SeatDrop(id="mia")) is Code.FORBIDDEN
    assert world.refusal(ANN, c.SeatDrop(id="bob")) is Code.FORBIDDEN
    world.do(ANN, c.SeatDrop(id="mia"))
    assert world.note("n1").by == "mia"
    assert world.refusal(ANN, acting("mia", writing("n2"))) is Code.REMOVED
