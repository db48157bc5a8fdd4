"""Who may see what: one function decides it for socket, HTTP, export and late joiners alike ([SEE1]).

It fails closed: a kind of record that no rule here knows is not seen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from protocol.base import Role
from protocol.changes import Change, Drop, Patch, Put
from protocol.hook import Hook
from protocol.records import (
    Ballot,
    Comment,
    Contribution,
    Issue,
    Key,
    Memo,
    Note,
    Notice,
    Person,
    Reaction,
    Record,
    Stack,
    Tally,
    Update,
)
from protocol.version import FORM

from .access import is_held, is_sealed
from .fold import key_of, touched
from .seats import device_of
from .state import State
from .votes import is_given_back, item, tally_id

MINUTE_MS: Final = 60_000
VISIBILITY: Final = frozenset({"private", "revealed", "blind", "shown"})
"""The settings of a step on which the views of its notes and tallies hang."""
ON_BOARDS: Final = ("note", "stack", "comment", "tally", "contribution")
"""The kinds of which only what is on watched boards is seen ([SEE9])."""


OF_PAPER: Final = ("paper", "update")
"""The kinds that only who watches the paper sees ([PAPER2])."""
OWNED: Final = ("person", "note", "issue", "ballot", "reaction", "memo", "comment", "contribution")
"""The kinds of which somebody may see a record otherwise than their role does."""
HOLDING: Final = frozenset({"waits", "aside"})
"""The fields that hold a note or an issue back from all but its author and facilitators."""
HIDING: Final = VISIBILITY | HOLDING | {"board", "binned"}
"""The fields of a note on which the views of its tallies and comments hang; a `put` counts as all of them."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `person` None: nobody in particular of this role. `boards` None: watches all. `paper`: that too.

    `form`: the newest form of the paper that their app knows ([FORM2]).
    """

    role: Role
    person: str | None = None
    boards: frozenset[str] | None = None
    paper: bool = False
    form: int = FORM

    @property
    def audience(self) -> "Viewer":
        """Everybody of the same role who watches the same boards, and the paper or not."""
        return self if self.person is None else Viewer(self.role, None, self.boards, self.paper, self.form)


def seen_by(state: State, viewer: Viewer, record: Record) -> Record | None:
    """The record as this viewer may see it; None: not at all."""
    rule = _RULES.get(record.kind)
    return rule(state, viewer, record) if rule else None


def reading(viewer: Viewer) -> Viewer:
    """The same, with the paper before their eyes: who takes everything out."""
    return replace(viewer, paper=True)


def seen(state: State, viewer: Viewer) -> list[Record]:
    """Everything this viewer may see."""
    return list(each_seen(state, viewer))


def each_seen(state: State, viewer: Viewer) -> Iterator[Record]:
    """As `seen`, one after the other; who takes a pause in between asks a copy of the state."""
    views = (seen_by(state, viewer, r) for kind in state.records.values() for r in kind.values())
    return (view for view in views if view is not None)


def affected(state: State, changes: Iterable[Change]) -> set[Key]:
    """The places whose views these changes may alter: those touched, and those that hang on them.

    Asked of the state before the changes. What they put anew is touched, so several entries may be asked of
    at once.
    """
    changes = list(changes)
    keys = touched(changes)
    for change in changes:
        keys |= _hanging_on(state, change)
    return keys


def owners(state: State, keys: Iterable[Key], changes: Iterable[Change] = ()) -> set[str]:
    """The people who may see one of these otherwise than their role does: those who cast it or wrote it.

    Of a note that hides nothing its author sees what all see. With the `changes` to come, the people for whom
    it may differ before or after them.
    """
    changes = list(changes)
    records = [state.get(*key) for key in keys]
    records += [change.record for change in changes if isinstance(change, Put)]
    turning = any(_turns(change) for change in changes)
    hosts = {r.id: r.host for r in records if isinstance(r, Person) and r.host}
    found = {person for record in records for person in _owners_of(state, record, turning=turning)}
    others = {hosts.get(person) or device_of(state, person) or person for person in found}
    standing = {key_of(change)[1] for change in changes if _stands(change)}
    return others | {device_of(state, person) or person for person in standing}


def owned(state: State) -> Iterator[tuple[str, Record]]:
    """Who sees what otherwise than their role does, as it is now; each device has it once ([SEAT3])."""
    for kind in OWNED:
        for record in state.records[kind].values():
            if people := tuple(_owners_of(state, record, turning=False)):
                for device in {device_of(state, person) or person for person in people}:
                    yield device, record


def turned(changes: Iterable[Change]) -> set[str]:
    """[ROLE2] The people whose role these changes give: what they see may be other than before."""
    return {
        change.id
        for change in changes
        if isinstance(change, Patch) and change.kind == "person" and "role" in change.set
    }


def _owners_of(state: State, record: Record | None, *, turning: bool) -> Iterator[str]:
    if isinstance(record, Person):
        if record.muted or record.ready is not None:
            yield record.id
    elif isinstance(record, Note | Issue):
        if record.by is not None and (turning or hides(state, record)):
            yield record.by
    elif isinstance(record, Ballot | Reaction | Memo):
        yield record.person
    elif isinstance(record, Comment | Contribution):
        if record.by is not None and record.anonymous:
            yield record.by
        for on in _said_of(state, record):
            yield from _owners_of(state, on, turning=turning)


def _said_of(state: State, record: Comment | Contribution) -> tuple[Record | None, ...]:
    """What it was said of, or brought to."""
    issue = record.issue if isinstance(record, Contribution) else None
    return state.notes.get(record.note or ""), state.issues.get(issue or "")


def removed(changes: Iterable[Change]) -> set[str]:
    """[REMOVE1] The people whom these changes put out."""
    patches = (change for change in changes if isinstance(change, Patch) and change.kind == "person")
    return {change.id for change in patches if change.set.get("removed")}


def views(state: State, viewer: Viewer, keys: Iterable[Key]) -> dict[Key, Record | None]:
    """What the viewer sees at each of these places."""
    found: dict[Key, Record | None] = {}
    for key in keys:
        record = state.get(*key)
        found[key] = seen_by(state, viewer, record) if record is not None else None
    return found


def difference(before: Mapping[Key, Record | None], after: Mapping[Key, Record | None]) -> list[Change]:
    """The changes that turn what was seen into what is seen; in a stable order."""
    pairs = ((key, before.get(key), after.get(key)) for key in sorted({*before, *after}))
    return [change for key, old, new in pairs for change in _step_between(key, old, new)]


def catch_up(after: Mapping[Key, Record | None]) -> list[Change]:
    """The changes that bring whoever saw anything at these places to what is seen now ([RESUME1])."""
    return [
        Put(record=new) if new is not None else Drop(kind=cast("Any", key[0]), id=key[1])
        for key, new in sorted(after.items(), key=lambda pair: pair[0])
    ]


def _step_between(key: Key, old: Record | None, new: Record | None) -> Sequence[Change]:
    if new is None:
        return () if old is None else (Drop(kind=cast("Any", key[0]), id=key[1]),)
    if old is None:
        return (Put(record=new),)
    if old is new or old == new:
        return ()
    known = old.__dict__
    fields = {name for name, value in new.__dict__.items() if known[name] != value}
    return (Patch.model_construct(kind=new.kind, id=new.id, set=new.model_dump(mode="json", include=fields)),)


def _turns(change: Change) -> bool:
    """Whether a change may hide or show what others see of a note or an issue: of its step, or of itself."""
    kind, _ = key_of(change)
    hiding = isinstance(change, Patch) and not HOLDING.union({"binned"}).isdisjoint(change.set)
    return kind == "step" or (kind in {"note", "issue"} and hiding)


def _stands(change: Change) -> bool:
    """Whether a change of a person may alter what they see, and others do not: role, muted, ready."""
    told_apart = {"role", "muted", "ready"}
    return isinstance(change, Patch) and change.kind == "person" and not told_apart.isdisjoint(change.set)


def hides(state: State, note: Note | Issue) -> bool:
    """Whether its author sees more of it than others do."""
    if isinstance(note, Issue):
        return is_held(note)
    return note.anonymous or note.binned or is_held(note) or is_sealed(state, note)


def _hanging_on(state: State, change: Change) -> set[Key]:
    """What is not touched, but seen otherwise: what is of a step; a note's comments and tallies, a stack's tallies."""
    kind, id_ = key_of(change)
    fields = change.set.keys() if isinstance(change, Patch) else VISIBILITY
    if kind == "step":
        people = _ready_in(state, id_) if not isinstance(change, Patch) or "anonymous" in fields else set()
        return people | (_of_step(state, id_) if fields & VISIBILITY else set())
    if kind == "person" and isinstance(change, Patch) and "role" in fields:
        return _by_role(state)
    if kind in {"note", "issue"} and fields & HIDING:
        said = _contributed_to(state, kind, id_) | (_comments_on(state, id_) if kind == "note" else set())
        return _tallies_of(state, id_) | said | (_ballots_on(state, id_) if "aside" in fields else set())
    if kind == "stack" and "board" in fields:
        return _tallies_of(state, id_)
    if kind == "workshop" and "paper_form" in fields:
        return {(of, each) for of in OF_PAPER for each in state.records[of]}
    return set()


def _tallies_of(state: State, id_: str) -> set[Key]:
    return {("tally", place) for step in state.steps if (place := tally_id(step, id_)) in state.tallies}


def _ballots_on(state: State, id_: str) -> set[Key]:
    return {("ballot", ballot.id) for ballot in state.ballots.values() if ballot.target == id_}


def _comments_on(state: State, note: str) -> set[Key]:
    return {("comment", id_) for id_ in state.comments_on.get(note, ())}


def _contributed_to(state: State, kind: str, id_: str) -> set[Key]:
    return {("contribution", each.id) for each in state.contributed_to(kind, id_)}


def _of_step(state: State, step: str) -> set[Key]:
    notes = [note.id for note in state.notes.values() if note.step == step]
    comments = (key for note in notes for key in _comments_on(state, note))
    tallies = (("tally", tally.id) for tally in state.tallies.values() if tally.round == step)
    given = (key for note in notes for key in _contributed_to(state, "note", note))
    return {*(("note", note) for note in notes), *comments, *given, *tallies}


def _ready_in(state: State, step: str) -> set[Key]:
    return {("person", person.id) for person in state.people.values() if person.ready == step}


def _by_role(state: State) -> set[Key]:
    """[ROLE2] What facilitators see otherwise than participants."""
    leading, taking_part = Viewer(Role.FACILITATOR), Viewer(Role.PARTICIPANT)
    records = (record for kind in state.records.values() for record in kind.values())
    return {
        (record.kind, record.id)
        for record in records
        if seen_by(state, leading, record) != seen_by(state, taking_part, record)
    }


def _person(state: State, viewer: Viewer, record: Record) -> Record:
    """[MUTE1] [READY4] Told to all but that their writing is paused, and that they are ready in a nameless step."""
    person = cast("Person", record)
    if _is_mine(state, viewer, person.id):
        return person
    hidden: dict[str, object] = {}
    if person.muted and viewer.role is not Role.FACILITATOR:
        hidden["muted"] = False
    if person.ready is not None and is_nameless(state, person.ready):
        hidden["ready"] = None
    return person.model_copy(update=hidden) if hidden else person


def is_nameless(state: State, step: str) -> bool:
    """Whether who is ready in this step is told to nobody else; of one that is gone neither."""
    found = state.steps.get(step)
    return found is None or found.anonymous


def _public(_state: State, _viewer: Viewer, record: Record) -> Record:
    return record


def _door(_state: State, viewer: Viewer, record: Record) -> Record | None:
    """[KEY4] The facilitators', without what is secret in it."""
    return record.model_copy(update={"codes": (), "password": None}) if viewer.role is Role.FACILITATOR else None


def _hook(_state: State, viewer: Viewer, record: Record) -> Record | None:
    """[HOOK3] The facilitators', without the address, which may be secret itself."""
    hook = cast("Hook", record)
    seen = {"address": "", "on": hook.address != ""}
    return hook.model_copy(update=seen) if viewer.role is Role.FACILITATOR else None


def _guest(_state: State, viewer: Viewer, record: Record) -> Record | None:
    """[DOOR3] The facilitators'."""
    return record if viewer.role is Role.FACILITATOR else None


def _own(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE4] [REACT2] [MEMO1] One's own; but dots that are given back are on nothing ([ASIDE2])."""
    if isinstance(record, Ballot) and is_given_back(state, record):
        return None
    mine = isinstance(record, Ballot | Reaction | Memo) and _is_mine(state, viewer, record.person)
    return record if mine else None


def _is_mine(state: State, viewer: Viewer, person: str | None) -> bool:
    """Whether it is the viewer's own, or of a seat at their device ([SEAT3])."""
    if viewer.person is None or person is None:
        return False
    return viewer.person == person or viewer.person == device_of(state, person)


def _tally(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE5] Not while the round is blind; of a note or a stack, only where its board is watched; of none held back."""
    tally = cast("Tally", record)
    step = state.steps.get(tally.round)
    if step is None or (step.blind and not step.shown):
        return None
    on = item(state, step, tally.target)
    if on is not None and is_held(on):
        return None
    there = state.notes.get(tally.target) or state.stacks.get(tally.target)
    return tally if there is None or _watches(viewer, there) else None


def _stack(_state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE9] All that is on it is public."""
    return record if _watches(viewer, cast("Stack", record)) else None


def _comment(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[COMMENT3] Whoever may read the note; and who wrote it, where that is told."""
    comment = cast("Comment", record)
    return _nameless(state, viewer, comment) if _reads(state, viewer, state.notes.get(comment.note)) else None


def _contribution(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[GIVE5] Whoever may read what it was brought to; and who brought it, where that is told."""
    given = cast("Contribution", record)
    if given.note is not None and not _reads(state, viewer, state.notes.get(given.note)):
        return None
    if given.issue is not None:
        issue = state.issues.get(given.issue)
        if issue is None or _issue(state, viewer, issue) is None:
            return None
    return _nameless(state, viewer, given)


def _reads(state: State, viewer: Viewer, note: Note | None) -> bool:
    """Whether the viewer may read all that is on a note."""
    if note is None or not _watches(viewer, note):
        return False
    if _is_mine(state, viewer, note.by):
        return True
    hidden = (note.binned or is_held(note)) and viewer.role is not Role.FACILITATOR
    return not hidden and not is_sealed(state, note)


def _nameless(state: State, viewer: Viewer, said: Comment | Contribution) -> Record:
    """[COMMENT2] [GIVE5] Without its author, where that is told to nobody else."""
    if said.anonymous and not _is_mine(state, viewer, said.by):
        return said.model_copy(update={"by": None, "at": _minute(said.at)})
    return said


def _note(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE2] [SEE3] [SEE8] [SEE9] [MOD1] [ASIDE1] Each hides its part, from all but the author."""
    note = cast("Note", record)
    if not _watches(viewer, note):
        return None
    if _is_mine(state, viewer, note.by):
        return note
    if is_held(note) and viewer.role is not Role.FACILITATOR:
        return None
    if is_sealed(state, note):
        return _face_down(note)
    if note.anonymous:
        note = note.model_copy(update={"by": None, "at": _minute(note.at)})
    if note.binned and viewer.role is not Role.FACILITATOR:
        note = note.model_copy(update={"text": "", "siblings": (), "binned_at": 0})
    return note


def _face_down(note: Note) -> Note:
    return Note(
        id=note.id,
        board=note.board,
        section=note.section,
        rank=note.rank,
        text="",
        by=None,
        at=_minute(note.at),
        step=note.step,
        sealed=True,
        late=note.late,
        binned=note.binned,
        stack=note.stack,
        waits=note.waits,
        aside=note.aside,
    )


def _issue(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[MOD1] [ASIDE4] What is held back is its author's and the facilitators'."""
    issue = cast("Issue", record)
    told = not is_held(issue) or viewer.role is Role.FACILITATOR or _is_mine(state, viewer, issue.by)
    return issue if told else None


def _notice(_state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SAY2] What was said to one group is not for the wall."""
    notice = cast("Notice", record)
    return None if notice.board is not None and viewer.role is Role.PROJECTOR else notice


def _paper(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[PAPER2] [PAPER5] [FORM2] Who watches it and knows all in it; and of its changes none that waits for another."""
    reads = viewer.paper and viewer.form >= state.workshop.paper_form
    return record if reads and not (isinstance(record, Update) and record.held) else None


def _watches(viewer: Viewer, item: Note | Stack) -> bool:
    return viewer.boards is None or item.board in viewer.boards


def _minute(at: int) -> int:
    return at - at % MINUTE_MS


_RULES: Final[dict[str, Callable[[State, Viewer, Any], Record | None]]] = {
    **dict.fromkeys(("workshop", "step", "section", "lens", "board"), _public),
    "issue": _issue,
    "person": _person,
    "activity": _public,
    "door": _door,
    "guest": _guest,
    "hook": _hook,
    "note": _note,
    "stack": _stack,
    "comment": _comment,
    "contribution": _contribution,
    "reaction": _own,
    "ballot": _own,
    "tally": _tally,
    "notice": _notice,
    "memo": _own,
    "paper": _paper,
    "update": _paper,
}
