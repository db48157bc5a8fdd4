"""Giving files out: to who may see what they were brought to, and never as a page of ours ([FILE5] [FILE6])."""

import re
from collections.abc import AsyncIterator
from typing import Final, cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from protocol.codes import Code
from protocol.messages import Ticket
from protocol.records import Contribution
from server.files import uploads
from server.files.kinds import PICTURES, named
from server.files.store import Missing
from server.files.uploads import Uploads
from server.live.room import Room
from server.live.visit import Claims
from server.workshop.refused import Refused
from server.workshop.seen_by import Viewer, seen_by

from .house import House, house_of

TICKET_MS: Final = 600_000
"""So long a ticket opens its file."""
RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
SAFE: Final = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
    "cache-control": "private, no-store",
    "accept-ranges": "bytes",
}


def keeping(house: House) -> Uploads:
    """What keeps files here; refused with `no_files` where nothing does."""
    if house.uploads is None:
        raise Refused(Code.NO_FILES, "This server keeps no files.")
    return house.uploads


async def give(request: Request) -> Response:
    """`GET /api/workshops/{workshop}/files/{file}`, or `…/small`; with a token, or with `?ticket=`."""
    house = house_of(request)
    there = keeping(house)
    room, viewer = await house.seer(_claims(request))
    file = _seen(room, viewer, request.path_params["file"])
    if request.url.path.endswith("/small"):
        if not file.small:
            raise Refused(Code.NOT_FOUND, "It has no small picture.")
        return await _small(there, room, file)
    return await _given(request, there, room, file)


async def ticket(request: Request) -> Response:
    """[FILE6] `POST /api/workshops/{workshop}/files/{file}/ticket`."""
    house = house_of(request)
    claims = house.claims_of(request)
    file = _seen(*await house.seer(claims), request.path_params["file"])
    until = house.registry.clock() + TICKET_MS
    return JSONResponse(Ticket(ticket=house.tokens.ticket(claims, file.id, until)).model_dump(mode="json"))


def _claims(request: Request) -> Claims:
    house, shown = house_of(request), request.query_params.get("ticket")
    if shown is None:
        return house.claims_of(request)
    claims = house.tokens.admitted(shown, request.path_params["file"], house.registry.clock())
    if claims.workshop != request.path_params["workshop"]:
        raise Refused(Code.BAD_TOKEN, "This address is of another workshop.")
    return claims


def _seen(room: Room, viewer: Viewer, id_: str) -> Contribution:
    """[GIVE5] The file, as far as this viewer may see it."""
    found = room.state.contributions.get(id_)
    view = seen_by(room.state, viewer, found) if found else None
    if view is None or cast("Contribution", view).blob is None:
        raise Refused(Code.NOT_FOUND, "There is no such file (any more).")
    return cast("Contribution", view)


async def _small(there: Uploads, room: Room, file: Contribution) -> Response:
    try:
        body = await there.store.whole(uploads.small(room.id, file.blob or ""))
    except Missing as error:
        raise Refused(Code.NOT_FOUND, "There is no such picture (any more).") from error
    return Response(body, headers=SAFE, media_type="image/jpeg")


async def _given(request: Request, there: Uploads, room: Room, file: Contribution) -> Response:
    kind = file.media or "application/octet-stream"
    start, end = _part(request.headers.get("range"), file.size)
    name = uploads.kept(room.id, file.blob or "")
    body = there.store.get(name, start, end)
    first = await _first(body)
    how = "inline" if kind in PICTURES else "attachment"
    headers = {
        **SAFE,
        "content-disposition": f"{how}; filename*=UTF-8''{quote(named(file.title, kind), safe='')}",
        "content-length": str(end - start),
        "etag": f'"{file.sha256}"',
    }
    partly = (start, end) != (0, file.size)
    if partly:
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    # Of plain text the letters are known to be these ([FILE4]); Starlette says so by itself.
    return StreamingResponse(_whole(first, body), 206 if partly else 200, headers, kind)


async def _first(body: AsyncIterator[bytes]) -> bytes:
    """The first piece: what is not there is said before anything is."""
    try:
        return await anext(body, b"")
    except Missing as error:
        raise Refused(Code.NOT_FOUND, "There is no such file (any more).") from error


async def _whole(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in rest:
        yield piece


def _part(asked: str | None, size: int) -> tuple[int, int]:
    """[FILE5] From where to where; all of it where it is not one part that there is."""
    found = RANGE.fullmatch(asked or "")
    if found is None or found.group(0) == "bytes=-":
        return 0, size
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    return (start, end) if start < end else (0, size)
