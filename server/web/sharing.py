"""The public page of the paper: its link is made, replaced and ended here, and the page itself is served."""

import re
import secrets
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.codes import Code
from protocol.commands import PageShare
from protocol.messages import Page, SharePage
from server.exports.page import AGAIN_S, POLICY, later, nothing
from server.files.store import FilesError
from server.live.room import Room
from server.log.base import Gone, StoreError
from server.workshop.refused import Refused

from .asking import asked
from .house import House, house_of
from .tokens import ALPHABET, new_person

NAME_CHARS: Final = 32
"""158 bits: nobody guesses one ([PAGE2])."""
NAME: Final = re.compile(f"[{ALPHABET}]{{{NAME_CHARS}}}")
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cache-control": "private, no-cache",
}
_NOTHING: Final = nothing().encode()
_LATER: Final = later().encode()


async def read(request: Request) -> Response:
    """[PAGE4] [PAGE5] [PAGE8] `GET /read/{page}`."""
    try:
        return await _read(request)
    except (StoreError, FilesError):
        return _later()
    except Refused as no:
        if no.code is not Code.BUSY:
            raise
        return _later()


def _later() -> Response:
    return Response(_LATER, 503, {**HEADERS, "retry-after": str(AGAIN_S)}, "text/html; charset=utf-8")


async def _read(request: Request) -> Response:
    house = house_of(request)
    room = await _shared(house, request.path_params["page"])
    if room is None:
        return Response(_NOTHING, 404, HEADERS, "text/html; charset=utf-8")
    made = await house.public.of(request, room)
    headers = {**HEADERS, "etag": made.etag}
    if made.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(made.body, headers=headers, media_type="text/html; charset=utf-8")


async def _shared(house: House, page: str) -> Room | None:
    """The workshop whose paper is read under this name, as of the newest head; None: there is none (any more)."""
    if not NAME.fullmatch(page):
        return None
    try:
        room = await house.registry.room(page)
        await room.reach(None)
    except Gone:
        return None
    except Refused as no:
        if no.code in {Code.NOT_FOUND, Code.DELETED}:
            return None
        raise
    return room if room.state.door.page == page and room.state.paper else None


async def page_of(request: Request) -> Response:
    """[PAGE2] `GET /api/workshops/{workshop}/page`, for facilitators: where the paper may be read, if anywhere."""
    house = house_of(request)
    return _said(house, request, await house.led(request))


async def share(request: Request) -> Response:
    """[PAGE1] `POST /api/workshops/{workshop}/page`, for facilitators: a link, instead of the one before."""
    house = house_of(request)
    room = await house.led(request)
    wanted = SharePage.model_validate_json(await request.body())
    if room.state.paper is None:  # a name is not made for nothing
        raise Refused(Code.NOT_NOW, "The paper has not begun yet.")
    page = "".join(secrets.choice(ALPHABET) for _ in range(NAME_CHARS))
    if not await house.registry.point(page, room.id):
        raise Refused(Code.BUSY, "Please try again.")
    await asked(room, f"page-{new_person()}", PageShare(page=page, language=wanted.language))
    return _said(house, request, room)


async def unshare(request: Request) -> Response:
    """[PAGE1] `DELETE /api/workshops/{workshop}/page`, for facilitators: nobody reads it any more."""
    room = await house_of(request).led(request)
    await asked(room, f"page-{new_person()}", PageShare(page=None))
    return Response(status_code=204)


def _said(house: House, request: Request, room: Room) -> Response:
    page = room.state.door.page
    link = f"{house.base(request)}/read/{page}" if page else None
    return JSONResponse(Page(link=link).model_dump(mode="json"))
