"""`plenary verify`: fold an archive or a store again, prove every hash and every invariant."""

from pathlib import Path
from typing import Annotated

import typer

from server.exports.archive import folded, read_archive
from server.log.base import Snapshot
from server.log.opening import is_shared
from server.workshop.fold import fold
from server.workshop.invariants import broken
from server.workshop.refused import Corrupt
from server.workshop.state import State

from .stored import Stored, stored

File = Annotated[str | None, typer.Argument(help="An archive, or a store. With --store: the workshop's code.")]
Workshop = Annotated[str | None, typer.Argument(help="Of a store: this workshop only.")]
Store = Annotated[str | None, typer.Option(help="The store's file, its server stopped; or redis://….")]


def verify(file: File = None, workshop: Workshop = None, store: Store = None) -> None:
    """Say that all is well, or the first thing that is wrong; exit code 1 then."""
    if store is not None:
        file, workshop = store, workshop or file
    if file is None:
        raise typer.BadParameter("an archive or a store is wanted")
    try:
        for name, state in _states(file, workshop).items():
            sound(state)
            typer.echo(f"{name}: {state.head.seq} entries, digest {state.digest()}: all is well")
    except Corrupt as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error


def sound(state: State) -> None:
    """Raise `Corrupt` with the first invariant that does not hold."""
    for wrong in broken(state):
        raise Corrupt(wrong)


def _states(file: str, workshop: str | None) -> dict[str, State]:
    path = Path(file)
    if is_shared(file) or not path.is_file() or _is_store(path):
        return {name: _state(name, found) for name, found in stored(file, workshop).items()}
    return {path.name: read_archive(path.read_bytes())}


def _is_store(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(16).startswith(b"SQLite format 3")


def _state(name: str, found: Stored) -> State:
    try:
        if found.snapshot:
            _check(found.snapshot, found)
        return folded(found.entries)
    except Corrupt as error:
        raise Corrupt(f"workshop {name}: {error}") from error


def _check(snapshot: Snapshot, found: Stored) -> None:
    """[FOLD2] A snapshot is what the entries up to it make; one of an entry that is not there shows a lost end."""
    state = State()
    for entry in found.entries[: snapshot.head.seq]:
        fold(state, entry, check=True)
    if state.head != snapshot.head:
        raise Corrupt(f"the log does not hold entry {snapshot.head.seq}, of which there is a snapshot")
    try:
        digest = State.from_bytes(snapshot.body).digest()
    except (ValueError, KeyError, TypeError) as error:
        raise Corrupt(f"the snapshot at entry {snapshot.head.seq} cannot be read") from error
    if digest != state.digest():
        raise Corrupt(f"the snapshot at entry {snapshot.head.seq} is not what the entries make")
