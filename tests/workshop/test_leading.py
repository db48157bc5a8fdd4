"""Who leads, who leads a board, whose writing is paused, and who was put out."""

from typing import Any

import pytest

from protocol import commands as c
from protocol.base import Place, Role
from protocol.codes import Code
from server.workshop.actor import Actor
from server.workshop.roles import role_of
from server.workshop.seen_by import seen
from server.workshop.speculate import Rejected
from tests.workshop.world import ANN, BOB, CY, EVERYBODY, FAY, SCREEN, World, eyes, with_boards, writing


def roles(world: World) -> set[str]:
    """Who leads."""
    return {person.id for person in world.state.people.values() if person.role is Role.FACILITATOR}


def given(person: str, role: Role = Role.FACILITATOR, *, instead: bool = False) -> c.PersonRole:
    """The command that gives somebody a role."""
    return c.PersonRole(person=person, role=role, instead=instead)


def test_the_role_is_what_the_state_says() -> None:
    """[ROLE2] [ROLE3] Given, it counts at once, though the token says participant; taken, it does not."""
    world = with_boards("open")
    world.do(FAY, given("ann"))
    assert roles(world) == {"fay", "ann"}
    world.do(ANN, c.BoardLock(board="i1", locked=True))
    world.do(ANN, given("fay", Role.PARTICIPANT))
    assert world.refusal(FAY, c.BoardLock(board="i1", locked=False)) is Code.FORBIDDEN
    assert world.refusal(FAY, given("fay")) is Code.FORBIDDEN


def test_a_token_alone_does_not_make_one_lead() -> None:
    """[ROLE2] [KEY2] Nor does a person whom the state does not hold."""
    state = World().state
    claimed = Role.FACILITATOR
    assert [role_of(state, who, claimed) for who in ("fay", "ann", "nobody")] == [
        Role.FACILITATOR,
        Role.PARTICIPANT,
        Role.PARTICIPANT,
    ]
    assert role_of(state, None, Role.PROJECTOR) is Role.PROJECTOR


def test_handing_over() -> None:
    """[ROLE3] One leads instead of the other, in one; to oneself it changes nothing."""
    world = World()
    assert world.do(FAY, given("fay", instead=True)) == ()
    world.do(FAY, given("ann", instead=True))
    assert roles(world) == {"ann"}


def test_somebody_always_leads() -> None:
    """[ROLE3] [REMOVE1] The last facilitator stays one."""
    world = World()
    assert world.refusal(FAY, given("fay", Role.PARTICIPANT)) is Code.NOT_NOW
    assert world.refusal(FAY, c.PersonRemove(person="fay", removed=True)) is Code.INVALID
    assert world.refusal(FAY, given("ann", Role.PROJECTOR)) is Code.INVALID
    assert world.refusal(FAY, given("zed")) is Code.NOT_FOUND
    world.do(FAY, given("ann"))
    world.do(FAY, given("fay", Role.PARTICIPANT))
    assert roles(world) == {"ann"}


def test_who_leads_a_board_locks_it_and_places_its_people() -> None:
    """[ROLE5] [NOTE2] [HAND2] That board's, nobody else's."""
    world = with_boards("open")
    assert world.refusal(FAY, c.PersonLead(person="ann", board="gone")) is Code.NOT_FOUND
    assert world.refusal(FAY, c.PersonLead(person="fay", board="i1")) is Code.INVALID
    world.do(FAY, c.PersonLead(person="ann", board="i1"))
    world.do(ANN, c.BoardLock(board="i1", locked=True))
    world.do(ANN, writing("n1"))
    assert world.refusal(BOB, writing("n2")) is Code.LOCKED
    assert world.refusal(ANN, c.BoardLock(board="i2", locked=True)) is Code.FORBIDDEN
    world.do(ANN, c.PersonMove(person="bob", board="i1"))
    world.do(BOB, c.HandRaise())
    world.do(ANN, c.HandLower(person="bob"))
    assert world.refusal(ANN, c.PersonMove(person="bob", board="i2")) is Code.FORBIDDEN
    world.do(ANN, c.PersonMove(person="bob", board=None))
    world.do(CY, c.PersonMove(person="cy", board="i2"))
    world.do(CY, c.HandRaise())
    assert world.refusal(ANN, c.PersonMove(person="cy", board="i1")) is Code.FORBIDDEN
    assert world.refusal(ANN, c.HandLower(person="cy")) is Code.FORBIDDEN
    world.do(FAY, c.IssueChoose(ids=("i1", "i2")))
    world.do(FAY, c.PersonLead(person="ann", board=None))
    assert world.refusal(ANN, c.BoardLock(board="i1", locked=False)) is Code.FORBIDDEN


def test_a_board_that_goes_is_led_by_nobody() -> None:
    """[ROLE5] [ISSUE6]."""
    world = with_boards("open")
    world.do(FAY, c.PersonLead(person="ann", board="i2"))
    world.do(BOB, c.PersonMove(person="bob", board="i2"))
    world.do(FAY, c.IssueChoose(ids=("i1",)))
    assert (world.state.people["ann"].leads, world.state.people["bob"].board) == (None, None)


def test_a_facilitator_names_anybody() -> None:
    """[JOIN4] Others name themselves alone."""
    world = World()
    name: dict[str, Any] = {"name": "Anna", "place": Place.REMOTE}
    world.do(FAY, c.PersonRename(person="ann", **name))
    assert (world.state.people["ann"].name, world.state.people["ann"].place) == ("Anna", Place.REMOTE)
    assert world.refusal(BOB, c.PersonRename(person="ann", **name)) is Code.FORBIDDEN
    world.do(BOB, c.PersonRename(person="bob", **name))


PAUSED: list[c.Command] = [
    writing("n2"),
    c.NoteEdit(id="n1", rev=1, base="some words", text="other words"),
    c.NoteMany(commands=(c.NoteBin(id="n1"),)),
    c.CommentAdd(id="c1", note="n1", rank="a0", text="but"),
    c.IssueEdit(id="i1", rev=1, title="Mine"),
    c.PersonRename(name="Bobby", place=Place.ROOM),
]


@pytest.mark.parametrize("command", PAUSED, ids=lambda command: command.do)
def test_whoever_is_muted_writes_nothing(command: c.Command) -> None:
    """[MUTE1] Until they may go on."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(FAY, c.PersonMute(person="bob", muted=True))
    assert world.refusal(BOB, command) is Code.MUTED
    world.do(FAY, c.PersonMute(person="bob", muted=False))
    answer = world.ask(BOB, command)
    assert not isinstance(answer, Rejected) or answer.code is not Code.MUTED


def test_whoever_is_muted_still_takes_part() -> None:
    """[MUTE1] They vote, react, move and raise their hand. Facilitators are not muted."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(FAY, c.PersonMute(person="bob", muted=True))
    world.do(BOB, c.NoteReact(id="n1", on=True))
    world.do(BOB, c.PersonMove(person="bob", board="i1"))
    world.do(BOB, c.HandRaise())
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="n1", dots=1))
    assert world.refusal(FAY, c.PersonMute(person="fay", muted=True)) is Code.INVALID
    world.do(FAY, given("bob"))
    assert not world.state.people["bob"].muted


def test_that_somebody_is_muted_is_not_told_to_others() -> None:
    """[MUTE1] [SEE1] To them, and to facilitators."""
    world = World()
    world.do(FAY, c.PersonMute(person="bob", muted=True))
    told = [
        actor.person
        for actor in (*EVERYBODY, SCREEN)
        if any(record.kind == "person" and record.muted for record in seen(world.state, eyes(actor)))
    ]
    assert told == ["fay", "bob"]


def test_whoever_is_put_out_is_gone_and_their_words_stay() -> None:
    """[REMOVE1] [REMOVE2] And let in again as a participant, they go on as who they were."""
    world = with_boards("open")
    world.do(BOB, c.PersonMove(person="bob", board="i1"))
    world.do(BOB, c.HandRaise())
    world.do(BOB, writing("n1"))
    world.do(FAY, given("bob"))
    world.do(FAY, c.PersonRemove(person="bob", removed=True))
    bob = world.state.people["bob"]
    assert (bob.board, bob.hand, bob.role, world.note("n1").by) == (None, None, Role.PARTICIPANT, "bob")
    assert world.refusal(BOB, c.HandRaise()) is Code.REMOVED
    for command in (c.PersonMove(person="bob", board="i1"), given("bob"), c.PersonMute(person="bob", muted=True)):
        assert world.refusal(FAY, command) is Code.NOT_FOUND
    world.do(FAY, c.PeopleBalance())
    assert world.state.people["bob"].board is None
    world.do(FAY, c.PersonRemove(person="bob", removed=False))
    world.do(BOB, c.NoteBin(id="n1"))
    assert roles(world) == {"fay"}


def test_only_facilitators_put_people_out() -> None:
    """[REMOVE1] [MUTE1] [ROLE1]."""
    asked = Actor("ann", Role.FACILITATOR)
    world = World()
    for command in (c.PersonRemove(person="bob", removed=True), c.PersonMute(person="bob", muted=True), given("ann")):
        assert world.refusal(asked, command) is Code.FORBIDDEN
