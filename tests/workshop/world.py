"""A small workshop to test in: its log, its state, and people who ask for things."""

from typing import Final

from protocol import commands as c
from protocol.base import Place, Role
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Issue, Lens, Note, Record, Section, Step, StepKind, Workshop
from server.workshop.actor import SYSTEM, Actor
from server.workshop.fold import fold
from server.workshop.seen_by import Viewer
from server.workshop.speculate import Accepted, Outcome, Rejected, Request, speculate
from server.workshop.state import State

NOW: Final = 1_700_000_012_345
FAY: Final = Actor("fay", Role.FACILITATOR)
ANN: Final = Actor("ann", Role.PARTICIPANT)
BOB: Final = Actor("bob", Role.PARTICIPANT)
CY: Final = Actor("cy", Role.PARTICIPANT)
SCREEN: Final = Actor(None, Role.PROJECTOR)
EVERYBODY: Final = (FAY, ANN, BOB, CY)


def agenda() -> list[Step]:
    """One step of each kind that matters; its id is the kind's, `open` and `private` are for writing."""
    plan: list[tuple[str, StepKind, dict[str, object]]] = [
        ("welcome", StepKind.WELCOME, {}),
        ("propose", StepKind.PROPOSE, {}),
        ("choose", StepKind.CHOOSE, {"dots": 3, "most": 2}),
        ("private", StepKind.WRITE, {"private": True}),
        ("open", StepKind.WRITE, {}),
        ("nameless", StepKind.WRITE, {"anonymous": True}),
        ("vote", StepKind.VOTE, {"dots": 5, "most": 2, "blind": True}),
        ("plenary", StepKind.PLENARY, {}),
        ("close", StepKind.CLOSE, {}),
    ]
    return [
        Step.model_validate(
            {"kind": "step", "id": id_, "rank": f"a{i}", "step": kind, "title": id_, "minutes": 10, **more}
        )
        for i, (id_, kind, more) in enumerate(plan)
    ]


def beginning() -> tuple[Change, ...]:
    """The first entry's changes: agenda, two sections, two lenses, three issues suggested in advance."""
    records: list[Record] = [
        *agenda(),
        Section(id="pro", rank="a0", title="Benefits", colour="sage", icon="sprout"),
        Section(id="con", rank="a1", title="Risks", colour="rose", icon="triangle-alert"),
        Lens(id="l1", rank="a0", title="Mastery"),
        Lens(id="l2", rank="a1", title="Support"),
        *(Issue(id=f"i{i}", rank=f"a{i}", title=f"Issue {i}", by=None, at=NOW) for i in (1, 2, 3)),
        Workshop(
            id="workshop",
            code="ABC234",
            title="A workshop",
            purpose="",
            step="welcome",
            step_started=NOW,
            created=NOW,
        ),
    ]
    return tuple(Put(record=record) for record in records)


class World:
    """A workshop with four people in it, and a log of all that happened."""

    def __init__(self) -> None:
        self.state = State()
        self.log: list[Entry] = []
        self.now = NOW
        self._store(Draft(by="system", client="system", n=1, name="workshop.create", changes=beginning()))
        for actor in EVERYBODY:
            assert actor.person is not None
            self.do(SYSTEM, joining(actor.person, actor.role))

    def request(self, actor: Actor, command: c.Command) -> Request:
        """What this actor's one device would send."""
        client = actor.person or actor.role.value
        last = self.state.clients.get(client, ("", 0, 0))[1]
        return Request(client, last + 1, last, actor, command)

    def ask(self, actor: Actor, command: c.Command) -> Outcome:
        """Decide, store and fold, as a room would, a second later."""
        self.now += 1_000
        [outcome] = speculate(self.state, [self.request(actor, command)], self.now)
        if isinstance(outcome, Accepted):
            self._store(outcome.draft)
        return outcome

    def do(self, actor: Actor, command: c.Command) -> tuple[Change, ...]:
        """Ask for what must be accepted; returns its changes."""
        outcome = self.ask(actor, command)
        assert isinstance(outcome, Accepted), outcome
        return outcome.draft.changes

    def refusal(self, actor: Actor, command: c.Command) -> Code:
        """Ask for what must be refused; returns why."""
        outcome = self.ask(actor, command)
        assert isinstance(outcome, Rejected), outcome
        return outcome.code

    def go(self, step: str) -> None:
        """Make a step the current one."""
        self.do(FAY, c.StepGo(step=step, current=self.state.workshop.step))

    def note(self, id_: str) -> Note:
        """A note as it stands."""
        return self.state.notes[id_]

    def _store(self, draft: Draft) -> None:
        head = self.log[-1].head if self.log else EMPTY
        entry = Entry.after(head, self.now, draft)
        fold(self.state, entry, check=True)
        self.log.append(entry)


def joining(person: str, role: Role = Role.PARTICIPANT) -> c.PersonJoin:
    """The command by which somebody comes in."""
    return c.PersonJoin(id=person, name=person.title(), role=role, place=Place.ROOM)


def writing(id_: str, text: str = "some words", board: str = "i1", section: str = "pro") -> c.NoteAdd:
    """The command that writes a note."""
    return c.NoteAdd(id=id_, board=board, section=section, rank="a0", text=text)


def with_boards(step: str) -> World:
    """A world in which issues 1 and 2 have boards, at this step."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=("i1", "i2")))
    world.go(step)
    return world


def eyes(actor: Actor, boards: frozenset[str] | None = None) -> Viewer:
    """The viewer that this actor is."""
    return Viewer(actor.role, actor.person, boards)
