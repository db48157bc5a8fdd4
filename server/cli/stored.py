"""Reading a store file from the command line: all entries of one workshop, or a plain error."""

import asyncio
from pathlib import Path

import typer

from protocol.entries import EMPTY, Entry
from server.log.base import StoreError
from server.log.sqlite import SqliteLog


def entries_of(store: Path, workshop: str | None) -> dict[str, list[Entry]]:
    """The entries of a workshop (None: of all), by workshop; ends the command where there is none."""
    if not store.exists():
        raise typer.BadParameter(f"{store} is not there")
    try:
        found = asyncio.run(_read(store, workshop.lower() if workshop else None))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if not any(found.values()):
        typer.echo("There is no such workshop in this store.", err=True)
        raise typer.Exit(1)
    return found


async def _read(store: Path, workshop: str | None) -> dict[str, list[Entry]]:
    log = SqliteLog(store)
    try:
        names = [workshop] if workshop else await log.workshops()
        return {name: await log.read(name, EMPTY) for name in names}
    finally:
        await log.close()
