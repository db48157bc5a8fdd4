"""Reading a store from the command line: what it holds of a workshop, or a plain error."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from protocol.entries import EMPTY, Entry
from server.log.base import Gone, Log, Snapshot, StoreError
from server.log.opening import is_shared, opened
from server.workshop.pointing import pointed_to

NONE: Final = "There is no such workshop in this store."
DELETED: Final = "This workshop was deleted; this store holds nothing of it any more."


@dataclass(frozen=True, slots=True)
class Stored:
    """A workshop's whole log, and its newest snapshot."""

    entries: list[Entry]
    snapshot: Snapshot | None


def stored(store: str, workshop: str | None) -> dict[str, Stored]:
    """What a store holds of a workshop (None: of all), by workshop; ends the command where there is none.

    A workshop is also found by a code that leads to it.
    """
    if not is_shared(store) and not Path(store).is_file():
        raise typer.BadParameter(f"{store} is not there")
    try:
        found = asyncio.run(_read(store, workshop.lower() if workshop else None))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except Gone as gone:
        typer.echo(DELETED, err=True)
        raise typer.Exit(1) from gone
    if not found:
        typer.echo(NONE, err=True)
        raise typer.Exit(1)
    return found


async def _read(store: str, workshop: str | None) -> dict[str, Stored]:
    log = await opened(store, risk=True)  # it is only read
    try:
        wanted = await led_to(log, workshop) if workshop else None
        names = [name for name in await log.workshops() if wanted in {None, name}]
        found = {name: await _one(log, name) for name in names}
        return {name: one for name, one in found.items() if not pointed_to(one.entries)}
    finally:
        await log.close()


async def led_to(log: Log, code: str) -> str:
    """[KEY3] The workshop that a code leads to, which is itself where it leads nowhere else."""
    return pointed_to(await log.read(code, EMPTY)) or code


async def _one(log: Log, name: str) -> Stored:
    return Stored(await log.read(name, EMPTY), await log.load_snapshot(name))
