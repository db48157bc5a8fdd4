"""Who may see what: one function decides it for socket, HTTP, export and late joiners alike ([SEE1]).

It fails closed: a kind of record that no rule here knows is not seen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from protocol.base import Role
from protocol.changes import Change, Drop, Patch, Put
from protocol.records import Ballot, Key, Note, Record, Tally

from .fold import key_of, touched
from .notes import is_sealed
from .state import State
from .votes import tally_id

MINUTE_MS: Final = 60_000
VISIBILITY: Final = frozenset({"private", "revealed", "blind", "shown"})
"""The settings of a step on which the views of its notes and tallies hang."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks. `person` None: nobody in particular of this role. `boards` None: watches all."""

    role: Role
    person: str | None = None
    boards: frozenset[str] | None = None


def seen_by(state: State, viewer: Viewer, record: Record) -> Record | None:
    """The record as this viewer may see it; None: not at all."""
    rule = _RULES.get(record.kind)
    return rule(state, viewer, record) if rule else None


def seen(state: State, viewer: Viewer) -> list[Record]:
    """Everything this viewer may see."""
    views = (seen_by(state, viewer, r) for kind in state.records.values() for r in kind.values())
    return [view for view in views if view is not None]


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
    notes = (r for r in records if isinstance(r, Note) and (turning or hides(state, r)))
    voters = {r.person for r in records if isinstance(r, Ballot)}
    return voters | {note.by for note in notes if note.by is not None}


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
    """Whether a change may hide or show what others see of a note: of its step, or into the bin."""
    kind, _ = key_of(change)
    return kind == "step" or (kind == "note" and isinstance(change, Patch) and "binned" in change.set)


def hides(state: State, note: Note) -> bool:
    """Whether its author sees more of it than others do."""
    return note.anonymous or note.binned or is_sealed(state, note)


def _hanging_on(state: State, change: Change) -> set[Key]:
    """What is not touched, but seen otherwise: a step's notes and tallies; a note's tallies when it moves."""
    kind, id_ = key_of(change)
    fields = change.set.keys() if isinstance(change, Patch) else VISIBILITY
    if kind == "step" and fields & VISIBILITY:
        return _of_step(state, id_)
    if kind == "note" and fields & {*VISIBILITY, "board"}:
        return {("tally", place) for step in state.steps if (place := tally_id(step, id_)) in state.tallies}
    return set()


def _of_step(state: State, step: str) -> set[Key]:
    notes: set[Key] = {("note", n.id) for n in state.notes.values() if n.step == step}
    return notes | {("tally", t.id) for t in state.tallies.values() if t.round == step}


def _public(_state: State, _viewer: Viewer, record: Record) -> Record:
    return record


def _ballot(_state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE4] One's own."""
    mine = isinstance(record, Ballot) and viewer.person is not None and record.person == viewer.person
    return record if mine else None


def _tally(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE5] Not while the round is blind; and of a note, only where its board is watched."""
    tally = cast("Tally", record)
    step = state.steps.get(tally.round)
    if step is None or (step.blind and not step.shown):
        return None
    note = state.notes.get(tally.target)
    return tally if note is None or _watches(viewer, note) else None


def _note(state: State, viewer: Viewer, record: Record) -> Record | None:
    """[SEE2] [SEE3] [SEE8] [SEE9] Sealed, anonymous, binned: each hides its part, from all but the author."""
    note = cast("Note", record)
    if not _watches(viewer, note):
        return None
    if viewer.person is not None and viewer.person == note.by:
        return note
    if is_sealed(state, note):
        return _face_down(note)
    if note.anonymous:
        note = note.model_copy(update={"by": None, "at": _minute(note.at)})
    if note.binned and viewer.role is not Role.FACILITATOR:
        note = note.model_copy(update={"text": "", "siblings": ()})
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
    )


def _watches(viewer: Viewer, note: Note) -> bool:
    return viewer.boards is None or note.board in viewer.boards


def _minute(at: int) -> int:
    return at - at % MINUTE_MS


_RULES: Final[dict[str, Callable[[State, Viewer, Any], Record | None]]] = {
    **dict.fromkeys(("workshop", "step", "section", "lens", "person", "issue", "board"), _public),
    "note": _note,
    "ballot": _ballot,
    "tally": _tally,
}
