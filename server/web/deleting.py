"""Deleting a workshop for ever, and how long it is kept otherwise."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.codes import Code
from protocol.messages import Delete, Keeping
from server.files.store import FilesError
from server.live.forgetting import forget
from server.live.retention import fewest
from server.log.base import StoreError
from server.workshop.refused import Refused

from .house import house_of

logger = structlog.get_logger("web")
SWEEP_S: Final = 6 * 3_600
"""About how often it is looked for workshops that were kept long enough ([KEEP2])."""


async def delete(request: Request) -> Response:
    """[GONE7] `DELETE /api/workshops/{workshop}`, for whoever leads it now."""
    house = house_of(request)
    await (await house.led(request)).reach(None)
    room = await house.led(request)
    wanted = Delete.model_validate_json(await request.body())
    if plain(wanted.title) != plain(room.state.workshop.title):
        raise Refused(Code.INVALID, "title: the workshop has another.")
    try:
        files = house.uploads.store if house.uploads else None
        await forget(house.registry.log, room.id, room.state.door.codes, files=files)
    except (StoreError, FilesError) as error:
        logger.warning("deleting did not come to its end", workshop=room.id, error=str(error))
        raise
    return Response(status_code=204)


def plain(title: str) -> str:
    """A title as somebody may type it again: case and blanks do not matter."""
    return " ".join(title.split()).casefold()


async def keeping(request: Request) -> Response:
    """[KEEP3] `GET /api/workshops/{workshop}/keeping`, for all who take part: how long it is kept."""
    house = house_of(request)
    room, _ = await house.asker(request)
    state = room.state
    answer = Keeping(
        limit=house.retention.limit or None,
        days=fewest(house.retention.limit, state.workshop.retain),
        until=await house.retention.until(room.id, state),
    )
    return JSONResponse(answer.model_dump(mode="json"))


async def sweeping(*sweeps: Callable[[], Awaitable[object]]) -> None:
    """For as long as the app runs: at its start, and every some hours."""
    while True:
        for sweep in sweeps:
            try:
                await sweep()
            except (StoreError, FilesError) as error:
                logger.warning("not looked for what was kept long enough", error=str(error))
            except Exception:
                logger.exception("a sweep failed")
        await asyncio.sleep(SWEEP_S * random.uniform(0.9, 1.1))  # noqa: S311 - spreads load, guards nothing
