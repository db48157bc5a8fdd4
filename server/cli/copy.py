"""`plenary copy`: take workshops from one store into another, hash for hash."""

import asyncio
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from protocol.changes import Put
from protocol.entries import EMPTY, Entry
from server.exports.archive import folded
from server.files.opening import files_of
from server.files.store import FilesError
from server.files.store import Store as Files
from server.log.base import Gone, Log, StoreError
from server.log.opening import is_shared, opened
from server.web.bundles import parts, proved

from .stored import DELETED, NONE, led_to

Source = Annotated[str, typer.Argument(help="The store to read: a file (its server stopped), or redis://…")]
Target = Annotated[str, typer.Argument(help="The store to write: a file, or redis://…")]
Workshop = Annotated[str | None, typer.Argument(help="This workshop only; otherwise all.")]
SourceFiles = Annotated[str, typer.Option(help="Where the source's files lie, if not beside its file.")]
TargetFiles = Annotated[str, typer.Option(help="Where the files go, if not beside the target's file.")]
WithoutFiles = Annotated[bool, typer.Option("--without-files", help="Copy the logs alone.")]


class Way(NamedTuple):
    """Where files lie, and where they go; None: it is not said."""

    source: Files | None
    target: Files | None


class Differs(Exception):
    """The target holds another workshop of that id, or a longer one; it was left alone."""


def copy(
    source: Source,
    target: Target,
    workshop: Workshop = None,
    source_files: SourceFiles = "",
    target_files: TargetFiles = "",
    without_files: WithoutFiles = False,
) -> None:
    """Copy workshops and their files; called again, it goes on where it ended.

    Exit code 1 where anything could not be copied.
    """
    if not is_shared(source) and not Path(source).is_file():
        raise typer.BadParameter(f"{source} is not there")
    way = None if without_files else Way(_lying(source_files, source), _lying(target_files, target))
    try:
        copied = asyncio.run(_copy(source, target, workshop.lower() if workshop else None, way))
    except (StoreError, Differs) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except FilesError as error:
        words = "--source-files and --target-files say where files lie, --without-files copies the logs alone"
        typer.echo(f"{error}; {words}", err=True)
        raise typer.Exit(1) from error
    except Gone as gone:
        typer.echo(DELETED, err=True)
        raise typer.Exit(1) from gone
    if not copied:
        typer.echo(NONE, err=True)
        raise typer.Exit(1)


def _lying(setting: str, store: str) -> Files | None:
    return files_of(setting, store, shared=is_shared(store))


async def _copy(source: str, target: str, workshop: str | None, way: Way | None) -> int:
    at = [0]
    there = await opened(source)
    try:
        here = await opened(target, lambda: at[0])
        try:
            names = await (_with_codes(there, workshop) if workshop else there.workshops())
            deleted = set() if workshop else await _delete_too(there, here)
            for name in names:
                entries = await there.read(name, EMPTY)
                _prove(name, entries)
                files = await _files_too(entries, name, way) if way else 0
                head = await transfer(there, here, name, entries, at)
                typer.echo(f"{name}: {head.seq} entries, {files} files, head {head.hash}")
            return len(names) + len(deleted)
        finally:
            await here.close()
    finally:
        await there.close()


async def _delete_too(source: Log, target: Log) -> list[str]:
    """[GONE9] What was deleted in the source is never made in the target; what the target holds of it is left alone."""
    gone, held = await source.forgotten(), set(await target.workshops())
    for name in gone:
        if name in held:
            typer.echo(f"{name}: deleted in the source, still held by the target: plenary delete {name} --store …")
        else:
            await target.forget(name)
    return gone


async def _with_codes(log: Log, code: str) -> list[str]:
    """[KEY3] A workshop, and the codes that lead to it; nothing where there is none."""
    name = await led_to(log, code)
    entries = await log.read(name, EMPTY)
    codes = folded(entries).door.codes if entries else ()
    return [name for name in (name, *codes) if await log.read(name, EMPTY)]


async def _held(target: Log, name: str) -> list[Entry]:
    try:
        return await target.read(name, EMPTY)
    except Gone as gone:
        raise Differs(f"The workshop {name} was deleted in the target; it was left so.") from gone


def _prove(name: str, entries: list[Entry]) -> None:
    head = EMPTY
    for entry in entries:
        if not entry.follows(head):
            raise Differs(f"The source's log of {name} is broken at entry {head.seq + 1}; it was not copied.")
        head = entry.head


async def _files_too(entries: Sequence[Entry], name: str, way: Way) -> int:
    """[ARCH10] The files that it knows, those that are not there yet, each proved; how many it knows."""
    if not any(isinstance(c, Put) and c.record.kind == "contribution" for entry in entries for c in entry.changes):
        return 0
    wanted = parts(folded(entries).contributions.values(), name)
    if wanted and way.target is None:
        raise FilesError(f"{name} has files, and it is not said where they go")
    there = {each.name for each in await way.target.found(f"{name}/")} if way.target and wanted else set()
    for part in wanted.values():
        if way.target and part.at not in there:
            await way.target.put(part.at, proved(part, way.source))
    return sum(part.size is not None for part in wanted.values())


async def transfer(source: Log, target: Log, name: str, entries: list[Entry], at: list[int]) -> Entry:
    """[LOG22] One workshop, each entry at its own moment, so that the hashes stay; `at` sets the target's clock.

    Returns the last entry. Raises `Differs`.
    """
    known = await _held(target, name)
    if known != entries[: len(known)]:
        raise Differs(f"The target holds another workshop {name}, or more of it; it was left alone.")
    if not known:
        await target.plant(name, entries)
        known = entries
    head = known[-1].head
    for moment, group in groupby(entries[len(known) :], lambda entry: entry.at):
        at[0] = moment
        head = (await target.append(name, [entry.draft for entry in group], head))[-1].head
    if head != entries[-1].head:
        raise Differs(f"The copy of {name} came out different; do not use it.")
    snapshot = await source.load_snapshot(name)
    if snapshot:
        await target.save_snapshot(name, snapshot)
    return entries[-1]
