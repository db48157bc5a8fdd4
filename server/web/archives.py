"""A workshop's archive comes in over HTTP: proved beside the server, then planted whole ([ARCH7])."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.codes import Code
from protocol.entries import ENTRY, Entry
from protocol.messages import Opened
from server.log.base import HeadMoved
from server.workshop.refused import Refused

from .house import House, house_of
from .links import links_by
from .making import Broken
from .proving import Proved

AT_A_TURN: Final = 200
"""So many entries are read in one turn of the loop: the rooms are not to wait."""
CODES: Final = 50
"""Most codes that an archive may bring back; more are no workshop's that anybody led."""
PATIENCE_S: Final = 120
"""How long an archive may take to arrive."""


async def open_archive(request: Request) -> Response:
    """[ARCH7] `POST /api/workshops/import`: the archive is the body."""
    house = house_of(request)
    async with house.arriving:
        proved, entries = await _proved(house, request)
    if len(proved.codes) > CODES:
        raise Refused(Code.INVALID, "The archive claims too many codes.")
    try:
        await house.registry.log.plant(proved.id, entries)
    except HeadMoved:
        raise Refused(Code.EXISTS, "A workshop of this code is here already. Whoever leads it has its link.") from None
    taken = [code.upper() for code in proved.codes if not await house.registry.point(code, proved.id)]
    made = links_by(house.tokens, proved.id, proved.code, proved.door, house.base(request))
    opened = Opened(id=made.id, code=made.code, links=made.links, taken=tuple(taken))
    return JSONResponse(opened.model_dump(mode="json"), 201)


async def _proved(house: House, request: Request) -> tuple[Proved, list[Entry]]:
    """What the archive holds, all of it proved by the store's clock; nothing was written yet."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            body = await request.body()
        told = await house.proving.made(request, body, str(await house.registry.log.now()))
    except (Broken, TimeoutError):
        raise Refused(Code.TOO_LARGE, "The archive takes too long. `plenary import` takes larger ones.") from None
    first, *lines = told.split(b"\n")
    entries: list[Entry] = []
    for place in range(0, len(lines), AT_A_TURN):
        entries += [ENTRY.validate_json(line) for line in lines[place : place + AT_A_TURN]]
        await asyncio.sleep(0)
    return Proved.model_validate_json(first), entries
