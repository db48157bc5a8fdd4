"""Files of other tools over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import httpx

from protocol import limits
from protocol.entries import EMPTY
from protocol.imports import Import
from server.imports.reading import read
from server.web.making import Making
from tests.imports import made as files

from .stand import Stand, stand


async def sent(place: Stand, made: dict[str, Any], who: dict[str, Any], data: bytes, name: str = "") -> httpx.Response:
    """A file, as the app sends it."""
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        return await client.post(
            f"{place.url}/api/workshops/{made['id']}/imports",
            params={"name": name},
            content=data,
            headers={"authorization": f"Bearer {who['token']}"},
        )


async def test_a_file_is_told_as_tables() -> None:
    """[IMP6] To facilitators; nothing is written by it."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator", "Fay"), await place.join(made)
        before = await place.log.read(made["id"], EMPTY)
        data = files.dumped(files.trello(name="Ünïcode ✓"))
        told = await sent(place, made, boss, data, "tablero ñ.json")
        assert (told.status_code, Import.model_validate_json(told.content)) == (200, read(data, "tablero ñ.json"))
        assert (await sent(place, made, ana, data)).json()["code"] == "forbidden"
        assert await place.log.read(made["id"], EMPTY) == before


async def test_files_that_are_not_taken() -> None:
    """[IMP4] [IMP6] [HTTP7] Each with a code and words; what is too large is not even read."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator", "Fay")
        for data, status, code in (
            (b"%PDF-1.7", 400, "invalid"),
            (b'{"a":' * 100_000, 400, "malformed"),
            (b"\xff" * (limits.IMPORT_BYTES + 1), 413, "too_large"),
        ):
            answer = await sent(place, made, boss, data, "x.json")
            assert (answer.status_code, answer.json()["code"]) == (status, code)
        place.house.reading = Making("false")
        assert (await sent(place, made, boss, b"a\nb")).json()["code"] == "too_large"


async def test_the_room_does_not_wait_for_a_file() -> None:
    """[IMP4] While one is read, people write."""
    async with stand() as place, asyncio.timeout(60):
        made = await place.workshop()
        boss = await place.join(made, "facilitator", "Fay")
        ana = await place.live(await place.join(made))
        place.house.reading = Making("sh", "-c", "exec sleep 600")
        reading = asyncio.create_task(sent(place, made, boss, b"one\ntwo"))
        assert (await ana.do(do="person.rename", name="Ana María", place="room"))["type"] == "done"
        assert not reading.done()
        reading.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await reading
