"""Any commands by any people, in any order: what must hold always, does."""

import re
from collections import Counter
from dataclasses import replace
from typing import ClassVar, Final, get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from protocol import commands as c
from protocol.base import Role
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Ballot, Comment, Issue, Key, Note, Person, Reaction, Record, Tally
from server.workshop.access import is_held, is_sealed
from server.workshop.actor import Actor
from server.workshop.fold import apply, fold
from server.workshop.invariants import broken
from server.workshop.roles import role_of
from server.workshop.seats import device_of
from server.workshop.seen_by import Viewer, affected, difference, owned, owners, seen, seen_by, views
from server.workshop.speculate import Accepted, Request, speculate
from server.workshop.state import State
from server.workshop.votes import is_given_back, item, placed
from tests.workshop.asking import ASKED, BASE, meant
from tests.workshop.whole import WHOLE
from tests.workshop.world import ANN, BOB, FAY, NOW, World, writing

ROLES: Final = {
    "fay": Role.FACILITATOR,
    "ann": Role.PARTICIPANT,
    "bob": Role.PARTICIPANT,
    "cy": Role.PARTICIPANT,
}
WATCHED: Final = (None, frozenset({"i1"}))
VIEWERS: Final = [
    *(Viewer(role, person, boards) for person, role in ROLES.items() for boards in WATCHED),
    *(Viewer(Role.PROJECTOR, None, boards) for boards in WATCHED),
    Viewer(Role.PARTICIPANT, "bob", None, paper=True),
]
COMMANDS: Final = {kind.model_fields["do"].default for kind in get_args(c.Command)}
BEFORE: Final = {"agenda.set"}
"""What is done before an afternoon begins: see `test_agendas.py`."""
SNAPSHOT_EVERY: Final = 7
WORDY: Final = {"workshop", "issue", "board", "note", "stack", "comment"}


def audience(viewer: Viewer) -> Viewer:
    """Nobody in particular who looks from the same place."""
    return replace(viewer, person=None)


def by_key(records: list[Record]) -> dict[Key, Record]:
    return {(record.kind, record.id): record for record in records}


def now(state: State, viewer: Viewer) -> Viewer:
    """The same person, as what they are by now ([ROLE2])."""
    return replace(viewer, role=role_of(state, viewer.person, viewer.role))


class Afternoon(RuleBasedStateMachine):
    """A log, the state it makes, and what each viewer has been sent."""

    accepted: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.now = NOW
        self.copies: dict[Viewer, State] = {}

    @property
    def state(self) -> State:
        return self.world.state

    @initialize(step=st.sampled_from(["propose", "private", "open", "nameless"]))
    def begin(self, step: str) -> None:
        """Two boards, four notes, one binned, two stacked where that may be, and a viewer in every place."""
        self.world.do(FAY, c.IssueChoose(ids=("i1", "i2")))
        self.world.go(step)
        self.world.do(ANN, writing("x", BASE))
        self.world.do(BOB, writing("i2", BASE))
        self.world.do(BOB, writing("y", BASE))
        self.world.do(ANN, writing("z", BASE))
        self.world.do(ANN, c.NoteBin(id="z"))
        if step != "private":
            self.world.do(BOB, c.StackMake(id="s", notes=("x", "y")))
        for viewer in VIEWERS:
            self.copies[viewer] = State()
            apply(self.copies[viewer], difference({}, dict(by_key(seen(self.state, viewer)))))

    @rule(batch=st.lists(ASKED, min_size=1, max_size=8))
    def ask(self, batch: list[tuple[Actor, c.Command]]) -> None:
        """A batch, as a room decides it; what is accepted comes back from the log."""
        self.now += 17_000
        requests: list[Request] = []
        for actor, command in batch:
            plain = self.world.request(actor, meant(self.state, command))
            n = plain.n + sum(request.client == plain.client for request in requests)
            requests.append(Request(plain.client, n, n - 1, actor, plain.command))
        before = self.state.digest()
        outcomes = speculate(self.state, requests, self.now)
        assert self.state.digest() == before
        drafts = [outcome.draft for outcome in outcomes if isinstance(outcome, Accepted)]
        self.accepted.update(draft.name for draft in drafts if draft.changes)
        self.take(drafts)

    def take(self, drafts: list[Draft]) -> None:
        """Fold what came back, and send each viewer what they see otherwise now."""
        changes = [change for draft in drafts for change in draft.changes]
        keys = affected(self.state, changes)
        special = owners(self.state, keys, changes)
        old = {viewer: now(self.state, viewer) for viewer in VIEWERS}
        was = {eye: views(self.state, eye, keys) for eye in {*map(audience, old.values()), *old.values()}}
        for draft in drafts:
            self.store(draft)
        for viewer, copy in self.copies.items():
            eye, before = now(self.state, viewer), old[viewer]
            own, plain = views(self.state, eye, keys), views(self.state, audience(eye), keys)
            seen_now = own if viewer.person in special else plain
            apply(copy, difference(was[before if viewer.person in special else audience(before)], seen_now))
            assert own == plain or viewer.person in owners(self.state, keys)

    def store(self, draft: Draft) -> None:
        spent = dict(self.state.spent)
        head = self.world.log[-1].head if self.world.log else EMPTY
        entry = Entry.after(head, self.now, draft)
        fold(self.state, entry, check=True)
        self.world.log.append(entry)
        self.within_budget(draft, spent)
        self.within_number(draft)

    def within_number(self, draft: Draft) -> None:
        """[CAP1] Who wrote a note has no more in its step than it allows."""
        made = [change.record for change in draft.changes if change.op == "put" and isinstance(change.record, Note)]
        for note in made:
            author, step = self.state.people[note.by or ""], self.state.steps[note.step]
            held = bool(step.most_notes) and author.role is not Role.FACILITATOR
            assert not held or self.state.written[step.id, author.id] <= step.most_notes

    def within_budget(self, draft: Draft, spent: dict[tuple[str, str], int]) -> None:
        """[VOTE2] Whoever placed dots is within the budget of that moment."""
        for (round_, person), dots in self.state.spent.items():
            if draft.name in {"vote.cast", "seat.act"} and dots > spent.get((round_, person), 0):
                step = self.state.steps[round_]
                assert placed(self.state, round_, person) <= step.dots
                mine = (b for b in self.state.ballots.values() if (b.round, b.person) == (round_, person))
                put = {change.record.id for change in draft.changes if change.op == "put"}
                assert all(ballot.dots <= step.most for ballot in mine if ballot.id in put)

    @invariant()
    def is_sound(self) -> None:
        assert broken(self.state) == []

    @invariant()
    def every_copy_is_what_is_seen(self) -> None:
        for viewer, copy in self.copies.items():
            held = {(k, id_): r for k, records in copy.records.items() for id_, r in records.items()}
            assert held == by_key(seen(self.state, now(self.state, viewer)))

    @invariant()
    def whoever_comes_gets_all(self) -> None:
        """[HELLO1] What is made once for an audience, and what one's own is beside it, is all that one may see."""
        for viewer in self.copies:
            eyes = now(self.state, viewer)
            own = (seen_by(self.state, eyes, record) for device, record in owned(self.state) if device == eyes.person)
            got = by_key(seen(self.state, audience(eyes))) | by_key([record for record in own if record])
            assert got == by_key(seen(self.state, eyes))

    @invariant()
    def nothing_leaks(self) -> None:
        eyes = [now(self.state, viewer) for viewer in VIEWERS]
        for viewer in (*eyes, *map(audience, eyes)):
            records = seen(self.state, viewer)
            json = "\n".join(record.model_dump_json() for record in records if record.kind in WORDY)
            for note in self.state.notes.values():
                self.keeps_secret(viewer, note, json)
            for issue in self.state.issues.values():
                hidden = is_held(issue) and viewer.role is not Role.FACILITATOR and not self.is_mine(viewer, issue.by)
                assert not hidden or not {word for word in re.findall(r"word\d+x", issue.title) if word in json}
            for record in records:
                self.may_see(viewer, record)

    def keeps_secret(self, viewer: Viewer, note: Note, json: str) -> None:
        """No word of a sealed or binned note, or of what is said to it, is anywhere in what others are sent."""
        if self.is_mine(viewer, note.by):
            return
        held = note.binned or is_held(note)
        if is_sealed(self.state, note) or (held and viewer.role is not Role.FACILITATOR):
            said = [self.state.comments[id_].text for id_ in self.state.comments_on.get(note.id, ())]
            words = set(re.findall(r"word\d+x", " ".join((note.text, *note.siblings, *said))))
            assert not {word for word in words if word in json}

    def is_mine(self, viewer: Viewer, person: str | None) -> bool:
        """Of the viewer, or of a seat at their device ([SEAT3])."""
        return viewer.person is not None and viewer.person in {person, device_of(self.state, person)}

    def may_see(self, viewer: Viewer, record: Record) -> None:
        if isinstance(record, Person):
            assert not record.muted or viewer.role is Role.FACILITATOR or self.is_mine(viewer, record.id)
        elif isinstance(record, Ballot | Reaction):
            assert self.is_mine(viewer, record.person)
            assert not isinstance(record, Ballot) or not is_given_back(self.state, record)
        elif isinstance(record, Tally):
            step = self.state.steps[record.round]
            assert step.shown or not step.blind
            on = item(self.state, step, record.target)
            assert on is None or not is_held(on)
        elif isinstance(record, Issue):
            by = self.state.issues[record.id].by
            assert not is_held(record) or viewer.role is Role.FACILITATOR or self.is_mine(viewer, by)
        elif isinstance(record, Comment):
            comment = self.state.comments[record.id]
            assert self.is_mine(viewer, comment.by) or not comment.anonymous or record.by is None
        elif isinstance(record, Note):
            whole = self.state.notes[record.id]
            mine = self.is_mine(viewer, whole.by)
            assert mine or not is_held(whole) or viewer.role is Role.FACILITATOR
            assert mine or not whole.anonymous or (record.by is None and record.at % 60_000 == 0)
            assert mine or not is_sealed(self.state, whole) or (record.by is None and not record.lenses)
            assert viewer.boards is None or record.board in viewer.boards

    def teardown(self) -> None:
        """The log alone, and every snapshot with the rest of it, make the same state."""
        states = [State()]
        for entry in self.world.log:
            for state in states:
                fold(state, entry, check=True)
            if entry.seq % SNAPSHOT_EVERY == 0:
                states.append(State.from_bytes(states[0].to_bytes()))
        assert {state.digest() for state in states} == {self.state.digest()}
        assert {state.head for state in states} == {self.state.head}


MANY = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    database=None,
    derandomize=False,  # where CI is set it is true unless said, and all runs would be one and the same
    suppress_health_check=list(HealthCheck),
)


def test_an_afternoon_of_anything() -> None:
    """[FOLD1] [FOLD2] [FOLD4] [VOTE2] [VOTE5] [SEE2] [SEE3] [SEE4] [SEE5] [SEE8] [SEE9] [FAN2]."""
    run_state_machine_as_test(Afternoon, settings=MANY)


def test_an_afternoon_of_everything() -> None:
    """[FOLD1] [FOLD4] [SEE1] [FAN2] The same holds at every command of an afternoon that has one of each kind."""
    Afternoon.accepted.clear()
    afternoon = Afternoon()
    afternoon.begin("open")
    for one in WHOLE:
        before = afternoon.accepted.total()
        afternoon.ask([one])
        assert afternoon.accepted.total() == before + 1, one
        afternoon.is_sound()
        afternoon.every_copy_is_what_is_seen()
        afternoon.nothing_leaks()
    afternoon.teardown()
    assert sorted(COMMANDS - Afternoon.accepted.keys() - BEFORE) == []
