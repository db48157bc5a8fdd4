"""The fold: entries make the state. Knows `put`, `patch` and `drop`, and no business rule."""

from collections.abc import Iterable, Sequence
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


def fold(state: State, entry: Entry, *, check: bool = False) -> None:
    """Take the next entry in. `check` also proves its hash. Raises `Corrupt`, the state then as before."""
    if entry.seq != state.head.seq + 1:
        raise Corrupt(f"entry {entry.seq} cannot follow {state.head.seq}")
    if check and not entry.follows(state.head):
        raise Corrupt(f"entry {entry.seq} does not follow from entry {state.head.seq}: its hash is wrong")
    apply(state, entry.changes)
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
        fields = {name: _field(change.kind, name).validate_python(value) for name, value in change.set.items()}
    except (ValidationError, KeyError) as error:
        raise Corrupt(f"a patch that does not fit {change.kind} {change.id}") from error
    return old.model_copy(update=fields)


@cache
def _field(kind: str, name: str) -> TypeAdapter[Any]:
    """What a field may hold, in JSON's own values too."""
    field = KINDS[kind].model_fields[name]
    return TypeAdapter(Annotated[field.annotation, field], config=ConfigDict(strict=False))  # type: ignore[arg-type]
