"""A workshop's archive comes in over HTTP: proved beside the server, then planted whole ([ARCH7])."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from protocol import limits
from protocol.codes import Code
from protocol.entries import EMPTY, ENTRY, Entry
from protocol.messages import Opened
from protocol.records import Contribution
from server.exports.archive import beginning
from server.files.store import FilesError
from server.live.room import Room
from server.log.base import Gone, HeadMoved, StoreError
from server.workshop.refused import Corrupt, Refused
from server.workshop.seen_by import Viewer, each_seen, seen_by
from server.workshop.state import State

from .bundles import Bundle, by_title, opened_bundle, packed
from .giving import keeping
from .house import House, house_of
from .links import links_by
from .making import Broken, written
from .proving import Proved

AT_A_TURN: Final = 200
"""So many entries are read in one turn of the loop: the rooms are not to wait."""
CODES: Final = 50
"""Most codes that an archive may bring back; more are no workshop's that anybody led."""
PATIENCE_S: Final = 300
"""How long an archive may take to arrive."""


async def open_archive(request: Request) -> Response:
    """[ARCH7] `POST /api/workshops/import`: the archive, or one with its files in a ZIP, is the body."""
    house = house_of(request)
    async with house.arriving:
        with tempfile.TemporaryDirectory(prefix="plenary-") as folder:
            file = Path(folder) / "sent"
            await _received(request, file)
            try:
                with opened_bundle(file) as bundle:
                    opened = await _opened(house, request, file, bundle)
            except Corrupt as wrong:
                raise Refused(Code.INVALID, f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from wrong
            except FilesError as error:
                raise Refused(Code.STORE, "The files cannot be stored just now.") from error
    return JSONResponse(opened.model_dump(mode="json"), 201)


async def archived(state: State, viewer: Viewer) -> AsyncIterator[bytes]:
    """As `archive`, in pieces: nobody in a room waits for it. `state`: a copy, which stands still meanwhile."""
    yield json.dumps(beginning(state)).encode()[:-1] + b', "records": '
    async for some in written(each_seen(state, viewer)):
        yield some
    yield b"}"


async def with_files(house: House, room: Room, viewer: Viewer) -> Response:
    """[ARCH9] The archive as this viewer may see it, and the files of it, streamed."""
    state = room.state.copy()
    body = b"".join([some async for some in archived(state, viewer)])
    files = (seen_by(state, viewer, each) for each in state.contributions.values())
    wanted = by_title((each for each in files if isinstance(each, Contribution)), room.id)
    store = house.uploads.store if house.uploads else None
    there = {each.name for each in await store.found(f"{room.id}/")} if store else set()
    if any(part.at not in there for part in wanted.values()):
        raise Refused(Code.NOT_FOUND, "A file is not there (any more).")
    return StreamingResponse(packed(body, wanted, store), media_type="application/zip")


async def _received(request: Request, file: Path) -> None:
    """On the disk, however long it is."""
    with file.open("wb") as target:
        try:
            async with asyncio.timeout(PATIENCE_S):
                async for piece in request.stream():
                    target.write(piece)
        except TimeoutError:
            raise Refused(Code.TOO_LARGE, "The archive takes too long. `plenary import` takes larger ones.") from None


async def _opened(house: House, request: Request, file: Path, bundle: Bundle | None) -> Opened:
    proved, entries = await _proved(house, request, await asyncio.to_thread(_archive, file, bundle))
    if len(proved.codes) > CODES:
        raise Refused(Code.INVALID, "The archive claims too many codes.")
    log = house.registry.log
    given = await _given(house, proved, bundle) if bundle and not await log.read(proved.id, EMPTY) else []
    try:
        await log.plant(proved.id, entries)
    except (HeadMoved, Gone, StoreError) as no:
        if given:
            await keeping(house).store.delete(*given)
        if not isinstance(no, HeadMoved):
            raise
        raise Refused(Code.EXISTS, "A workshop of this code is here already. Whoever leads it has its link.") from None
    taken = [code.upper() for code in proved.codes if not await house.registry.point(code, proved.id)]
    made = links_by(house.tokens, proved.id, proved.code, proved.door, house.base(request))
    lacking = 0 if bundle else sum(part.size is not None for part in proved.files.values())
    return Opened(id=made.id, code=made.code, links=made.links, taken=tuple(taken), lacking=lacking)


def _archive(file: Path, bundle: Bundle | None) -> bytes:
    """The archive itself, as far as it is not too long."""
    most = limits.SENT_ARCHIVE_BYTES
    with file.open("rb") as source:
        body = bundle.archive(most) if bundle else source.read(most + 1)
    if len(body) > most:
        raise Refused(Code.TOO_LARGE, "The archive is too large. `plenary import` takes larger ones.")
    return body


async def _given(house: House, proved: Proved, bundle: Bundle) -> list[str]:
    """[ARCH8] Its files, proved and stored; the names of those that were not there yet."""
    await asyncio.to_thread(bundle.prove, proved.files)
    return await bundle.give(proved.id, proved.files, keeping(house).store) if proved.files else []


async def _proved(house: House, request: Request, body: bytes) -> tuple[Proved, list[Entry]]:
    """What the archive holds, all of it proved by the store's clock; nothing was written yet."""
    try:
        told = await house.proving.made(request, body, str(await house.registry.log.now()))
    except Broken:
        raise Refused(Code.TOO_LARGE, "The archive takes too long. `plenary import` takes larger ones.") from None
    first, *lines = told.split(b"\n")
    entries: list[Entry] = []
    for place in range(0, len(lines), AT_A_TURN):
        entries += [ENTRY.validate_json(line) for line in lines[place : place + AT_A_TURN]]
        await asyncio.sleep(0)
    return Proved.model_validate_json(first), entries
