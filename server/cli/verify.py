"""`plenary verify`: fold an archive or a store again, prove every hash and every invariant."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from protocol.entries import Entry
from server.exports.archive import folded, read_archive
from server.workshop.invariants import broken
from server.workshop.refused import Corrupt
from server.workshop.state import State

from .stored import entries_of

File = Annotated[Path, typer.Argument(help="An archive, or a store (its server stopped).", exists=True, dir_okay=False)]
Workshop = Annotated[str | None, typer.Argument(help="Of a store: this workshop only.")]


def verify(file: File, workshop: Workshop = None) -> None:
    """Say that all is well, or the first thing that is wrong; exit code 1 then ([ARCH2])."""
    try:
        states = _states(file, workshop)
        for name, state in states.items():
            sound(state)
            typer.echo(f"{name}: {state.head.seq} entries, digest {state.digest()}: all is well")
    except Corrupt as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error


def sound(state: State) -> None:
    """Raise `Corrupt` with the first invariant that does not hold."""
    for wrong in broken(state):
        raise Corrupt(wrong)


def _states(file: Path, workshop: str | None) -> dict[str, State]:
    with file.open("rb") as opened:
        head = opened.read(16)
    if head.startswith(b"SQLite format 3"):
        return {name: _state(name, entries) for name, entries in entries_of(file, workshop).items()}
    return {file.name: read_archive(file.read_bytes())}


def _state(name: str, entries: Sequence[Entry]) -> State:
    try:
        return folded(entries)
    except Corrupt as error:
        raise Corrupt(f"workshop {name}: {error}") from error
