"""The fold: entries make the state. Knows `put`, `patch` and `drop`, and no business rule."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from protocol.changes import Change, Drop, Patch, Put
from protocol.entries import Entry
from protocol.records import KINDS, Key, Record

from .refused import Corrupt
from .state import State

Undo = list[tuple[Key, Record | None]]
"""What stood where, before; newest last."""
Placed = list[tuple[Key, Record | None]]
"""What stands where, afterwards."""


def key_of(change: Change) -> Key:
    """The place a change touches."""
    if isinstance(change, Put):
        return change.record.kind, change.record.id
    return change.kind, change.id


def touched(changes: Iterable[Change]) -> set[Key]:
    """All places these changes touch."""
    return {key_of(change) for change in changes}


def apply(state: State, changes: Sequence[Change]) -> Undo:
    """Make the changes, all or none; returns what `undo` needs. Raises `Corrupt` ([FOLD3])."""
    done: Undo = []
    try:
        for change in changes:
            key = key_of(change)
            done.append((key, state.place(key, _result(state, change))))
    except Corrupt:
        undo(state, done)
        raise
    return done


def undo(state: State, done: Undo) -> None:
    """Put everything back as it was before `apply` ([FOLD4])."""
    for key, record in reversed(done):
        state.place(key, record)


def fold(state: State, entry: Entry, *, check: bool = False) -> Placed:
    """Take the next entry in; what it came to. `check` also proves its hash.

    Raises `Corrupt`, the state then as before.
    """
    if entry.seq != state.head.seq + 1:
        raise Corrupt(f"entry {entry.seq} cannot follow {state.head.seq}")
    if check and not entry.follows(state.head):
        raise Corrupt(f"entry {entry.seq} is not as it was written, or what stands before it is not")
    done = apply(state, entry.changes)
    _counted(state, entry)
    return [(key, state.get(*key)) for key, _ in done]


def refold(state: State, entry: Entry, placed: Placed) -> None:
    """Take the next entry in where `fold` took it in before, in a state that stood as this one does."""
    for key, record in placed:
        state.place(key, record)
    _counted(state, entry)


def _counted(state: State, entry: Entry) -> None:
    # After a rewind a lost entry may come behind a later one of the same client ([HEAL4]); its counter never goes back.
    if entry.n >= state.clients.get(entry.client, ("", 0, 0))[1]:
        state.clients[entry.client] = (entry.by, entry.n, entry.seq)
    state.head = entry.head


def _result(state: State, change: Change) -> Record | None:
    if isinstance(change, Put):
        return change.record
    if isinstance(change, Drop):
        return None
    return _patched(state, change)


def _patched(state: State, change: Patch) -> Record:
    old = state.get(change.kind, change.id)
    if old is None:
        raise Corrupt(f"a patch of {change.kind} {change.id}, which is not there")
    if change.set.keys() & {"kind", "id"}:
        raise Corrupt(f"a patch that moves {change.kind} {change.id} elsewhere")
    try:
        fields = {name: _field(change.kind, name)(value) for name, value in change.set.items()}
    except (ValidationError, KeyError) as error:
        raise Corrupt(f"a patch that does not fit {change.kind} {change.id}") from error
    return old.model_copy(update=fields)


@cache
def _field(kind: str, name: str) -> Callable[[object], Any]:
    """Validates what a field may hold, in JSON's own values too."""
    field = KINDS[kind].model_fields[name]
    shape: Any = Annotated[field.annotation, field]
    return TypeAdapter(shape, config=ConfigDict(strict=False)).validate_python
