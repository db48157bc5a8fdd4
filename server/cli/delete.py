"""`plenary delete`: take a workshop out of a store for ever."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from protocol.entries import EMPTY
from server.exports.archive import folded
from server.files.opening import files_of
from server.files.store import FilesError
from server.live.forgetting import forget
from server.log.base import Gone, Log, StoreError
from server.log.opening import is_shared, opened
from server.workshop.refused import Corrupt

from .stored import DELETED, NONE, led_to

Workshop = Annotated[str, typer.Argument(help="The workshop's code.")]
Store = Annotated[str, typer.Option(help="The store's file, its server stopped; or redis://….", envvar="PLENARY_STORE")]
Files = Annotated[
    str, typer.Option(help="Where its files lie, if not beside the store (PLENARY_FILES).", envvar="PLENARY_FILES")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


def delete(workshop: Workshop, store: Store = "plenary.db", files: Files = "", yes: Yes = False) -> None:
    """Delete a workshop with its log, snapshot, codes and files; nobody gets it back. Exit code 1 where there is none.

    Of a Redis that instances use: their people are told, and see it no more.
    """
    if not is_shared(store) and not Path(store).is_file():
        raise typer.BadParameter(f"{store} is not there")
    try:
        asyncio.run(_delete(store, workshop.lower(), files, sure=yes))
    except Gone as gone:
        typer.echo(DELETED, err=True)
        raise typer.Exit(1) from gone
    except (StoreError, FilesError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error


async def _delete(store: str, code: str, files: str, *, sure: bool) -> None:
    log = await opened(store, risk=True)
    try:
        name = await led_to(log, code)
        title, codes = await _about(log, name)
        if not sure:
            typer.confirm(f"Delete {title} for ever?", abort=True)
        await forget(log, name, codes, files=files_of(files, store, shared=is_shared(store)))
        typer.echo(f"{title} was deleted.")
    finally:
        await log.close()


async def _about(log: Log, name: str) -> tuple[str, tuple[str, ...]]:
    """What to call it, and the codes that lead to it; a log that cannot be folded any more is deleted all the same."""
    entries = await log.read(name, EMPTY)
    if not entries:
        typer.echo(NONE, err=True)
        raise typer.Exit(1)
    try:
        state = folded(entries)
        return f"“{state.workshop.title}” ({name}, {len(entries)} entries)", state.door.codes
    except (Corrupt, KeyError):
        return f"{name} ({len(entries)} entries)", ()
