"""`plenary import`: put a workshop's archive into a store."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from protocol import limits
from protocol.entries import EMPTY, Head
from server.exports.incoming import Incoming, incoming
from server.files.opening import files_of
from server.files.store import FilesError
from server.log.base import Gone, HeadMoved, Log, StoreError
from server.log.opening import is_shared, opened
from server.settings import Settings
from server.web.bundles import Bundle, opened_bundle, parts
from server.web.links import links_by
from server.web.tokens import Tokens, kept_secret
from server.workshop.pointing import pointed_to, pointing_to
from server.workshop.refused import Corrupt

from .stored import DELETED

File = Annotated[Path, typer.Argument(help="The archive that plenary export wrote.", exists=True, dir_okay=False)]
Store = Annotated[str | None, typer.Option(help="The store's file, its server stopped; or redis://… (PLENARY_STORE).")]


class Other(Exception):
    """The store holds something else of that id; it was left alone."""


def bring(file: File, store: Store = None) -> None:
    """Put an archive into a store, entry for entry and hash for hash, and print the workshop's links there.

    All of it is proved first. Exit code 1 where it is not sound, or where the store holds something else of its id.
    """
    settings = Settings(store=store) if store else Settings()
    try:
        found = asyncio.run(_bring(file, settings))
    except (Corrupt, FilesError, Other, StoreError, OSError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from error
    except Gone as gone:
        typer.echo(DELETED, err=True)
        raise typer.Exit(1) from gone
    _show(found, settings)


async def _bring(file: Path, settings: Settings) -> Incoming:
    log = await opened(settings.store, risk=settings.risk)
    try:
        with opened_bundle(file) as bundle:
            found = incoming(bundle.archive(limits.ARCHIVE_BYTES) if bundle else _read(file), await log.now())
            new = await _whole(log, found, bundle, settings)
        for code in found.codes:
            if not await _pointed(log, code, found.id):
                typer.echo(f"The code {code.upper()} leads to another workshop here; it stays so.", err=True)
    finally:
        await log.close()
    done = "imported" if new else "here already, as it is in the archive"
    typer.echo(f"{found.id}: {found.state.head.seq} entries, digest {found.state.digest()}: {done}")
    return found


def _read(file: Path) -> bytes:
    with file.open("rb") as source:
        return source.read(limits.ARCHIVE_BYTES + 1)


async def _whole(log: Log, found: Incoming, bundle: Bundle | None, settings: Settings) -> bool:
    """[ARCH8] Its files, then its log; whether it was not there yet."""
    wanted = parts(found.state.contributions.values(), found.id)
    if not bundle:
        lacking = sum(part.size is not None for part in wanted.values())
        if lacking:
            typer.echo(
                f"This archive has no files in it; {lacking} are not there unless they lie here already.", err=True
            )
        return await _planted(log, found)
    bundle.prove(wanted)
    files = files_of(settings.files, settings.store, shared=is_shared(settings.store))
    if files is None and wanted:
        raise FilesError("say with PLENARY_FILES where files lie; nothing was written")
    given = await bundle.give(found.id, wanted, files) if files else []
    try:
        return await _planted(log, found)
    except (Gone, Other, StoreError):
        if files:
            await files.delete(*given)
        raise


async def _planted(log: Log, found: Incoming) -> bool:
    """[ARCH6] Whether it was not there yet."""
    try:
        await log.plant(found.id, found.entries)
    except HeadMoved as moved:
        if moved.head != found.state.head:
            raise Other(await _what(log, found, moved.head)) from moved
        return False
    return True


async def _what(log: Log, found: Incoming, head: Head) -> str:
    entries = await log.read(found.id, EMPTY)
    if pointed_to(entries):
        return f"here {found.id} is a code of another workshop; nothing was written"
    if found.state.head in {entry.head for entry in entries}:
        return f"the store holds workshop {found.id} and more of it ({head.seq} entries); nothing was written"
    return f"the store holds another workshop {found.id}, or less of it; nothing was written"


async def _pointed(log: Log, code: str, workshop: str) -> bool:
    """[KEY3] Let a code lead there again; False where it leads elsewhere."""
    try:
        await log.append(code, [pointing_to(workshop)], EMPTY)
    except HeadMoved:
        return pointed_to(await log.read(code, EMPTY)) == workshop
    except Gone:
        return False
    return True


def _show(found: Incoming, settings: Settings) -> None:
    """[ARCH4] Links are signed by whoever serves them, so they are new here."""
    if is_shared(settings.store) and not settings.secret:
        typer.echo("Set PLENARY_SECRET as the instances have it, and import again, to see its links.")
        return
    tokens = Tokens(settings.secret or kept_secret(Path(settings.store)))
    base = settings.public_url.rstrip("/") or f"http://localhost:{settings.port}"
    links = links_by(tokens, found.id, found.state.workshop.code, found.state.door, base).links
    typer.echo(f"  Facilitator   {links.facilitator}\n  Projector     {links.projector}")
    typer.echo(f"  Participants  {links.participant}")
