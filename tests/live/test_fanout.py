"""Any commands, by any people, with readers that stall and come back: what each was sent is what each may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocol import commands as c
from protocol import limits
from protocol.base import Role
from protocol.changes import Change, Drop
from protocol.commands import Command
from protocol.entries import Entry
from protocol.messages import DOWN, Changes, Position
from server.live.fanout import Reader
from server.live.held import Held
from server.live.replica import Replica
from server.live.room import Room
from server.log.memory import MemoryLog, chain
from server.workshop.actor import Actor
from server.workshop.fold import apply
from server.workshop.seen_by import Viewer, difference, seen
from server.workshop.speculate import Accepted, Request, speculate
from server.workshop.state import State
from tests.live.floor import FakeLine
from tests.workshop.asking import ASKED, meant
from tests.workshop.world import ANN, BOB, FAY, World, writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from protocol.records import Key, Record

WATCHED = (None, frozenset({"i1"}))
PEOPLE = [(Role.FACILITATOR, "fay"), (Role.PARTICIPANT, "ann"), (Role.PARTICIPANT, "bob"), (Role.PROJECTOR, None)]
VIEWERS = [
    *(Viewer(role, person, boards) for role, person in PEOPLE for boards in WATCHED),
    *(Viewer(role, person, paper=True) for role, person in PEOPLE),
]


def sight(state: State, viewer: Viewer) -> dict[Key, Record]:
    """What this viewer may see."""
    return {(record.kind, record.id): record for record in seen(state, viewer)}


class Onlooker:
    """A reader with its own copy, which only ever changes by what comes over its line."""

    def __init__(self, room: Room, viewer: Viewer) -> None:
        self.viewer = viewer
        self.line = FakeLine()
        self.copy = State()
        self.room = room
        apply(self.copy, difference({}, dict(sight(room.state, viewer))))
        self.past: list[tuple[Position, dict[Key, Record]]] = []
        self.reader = Reader(self.line, viewer, room.position)
        room.fanout.enter(self.reader)

    @property
    def held(self) -> dict[Key, Record]:
        """The copy."""
        return {(kind, id_): r for kind, records in self.copy.records.items() for id_, r in records.items()}

    def stall(self, stalled: bool) -> None:
        """Take nothing, or all again."""
        self.line.stuck = limits.BUFFER_BYTES + 1 if stalled else 0
        if stalled:
            self.room.fanout.filled(self.reader)

    def look(self) -> None:
        """Take in what came."""
        for frame in self.line.changes():
            apply(self.copy, frame.changes)
        self.line.frames.clear()
        if not self.reader.behind:
            self.past.append((self.room.fanout.position, self.held))


def decided(room: Room, batch: list[tuple[Actor, Command]], turn: int) -> list[Entry]:
    """A batch, decided as the pipeline does."""
    requests = [
        Request(f"{turn}-{i}", 1, 0, actor, meant(room.state, command)) for i, (actor, command) in enumerate(batch)
    ]
    outcomes = speculate(room.state, requests, 1_700_000_100_000 + turn * 17_000)
    drafts = [outcome.draft for outcome in outcomes if isinstance(outcome, Accepted)]
    return chain(drafts, room.state.head, 1_700_000_100_000 + turn * 17_000)


def begun(step: str) -> Room:
    """A workshop with two boards and two notes."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=("i1", "i2")))
    world.go(step)
    world.do(ANN, writing("x", "alpha beta gamma"))
    world.do(BOB, writing("i2", "alpha beta gamma"))
    return Room("w", MemoryLog(), Replica(world.state, b"secret"), Held(State()), lambda: 0)


class Turn(NamedTuple):
    """What is asked, who is stalled, who comes then, and whether it is told at once or with the next turn."""

    batch: list[tuple[Actor, Command]]
    stalled: set[int]
    comes: int | None
    told: bool


ROLES_STAY = ASKED.filter(lambda asked: not isinstance(asked[1], c.PersonRole | c.PersonLead | c.PersonRemove))
"""An onlooker here stays what it is; what a change of role does to open lines is for `tests/web/test_people.py`."""
TURNS = st.lists(
    st.builds(
        Turn,
        st.lists(ROLES_STAY, min_size=1, max_size=5),
        st.sets(st.integers(0, len(VIEWERS) - 1), max_size=3),
        st.none() | st.integers(0, len(VIEWERS) - 1),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(["propose", "private", "open", "nameless"]), TURNS)
def test_what_was_sent_is_what_may_be_seen(step: str, turns: list[Turn]) -> None:
    """[FAN2] [FAN4] [FAN5] [RESUME1] [SEE1] After every telling each copy is what `seen_by` gives; stalled readers when
    they drained, who came in between too; and whoever left off anywhere on the way gets there by what was missed.
    """
    room = begun(step)
    onlookers = [Onlooker(room, viewer) for viewer in VIEWERS]
    for number, turn in enumerate(turns):
        for i, onlooker in enumerate(onlookers):
            onlooker.stall(i in turn.stalled)
        for reader in room.fanout.look_after(number):
            room.catch_up(reader)
        with mock.patch.object(room.pace, "soon"):
            room.advance(decided(room, turn.batch, number))
        if turn.comes is not None:
            onlookers.append(Onlooker(room, VIEWERS[turn.comes]))
        if not turn.told:
            continue
        room._tell()
        for onlooker in onlookers:
            onlooker.look()
            if not onlooker.reader.behind:
                assert onlooker.held == sight(room.state, onlooker.viewer)
    for onlooker in onlookers:
        for position, held in onlooker.past:
            missed = room.missed.since(position, onlooker.viewer)
            assert missed is not None
            message = DOWN.validate_json(missed.payload)
            assert isinstance(message, Changes)
            assert resumed(held, message.changes) == sight(room.state, onlooker.viewer)


def resumed(held: dict[Key, Record], changes: Sequence[Change]) -> dict[Key, Record]:
    """An old copy with what was missed; a client may not hold what it is told to drop."""
    copy = State()
    apply(copy, difference({}, dict(held)))
    apply(copy, [change for change in changes if not isinstance(change, Drop) or (change.kind, change.id) in held])
    return {(kind, id_): record for kind in copy.records for id_, record in copy.records[kind].items()}
