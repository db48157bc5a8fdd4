"""Archives over HTTP: a whole workshop comes in as it was, or nothing does."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
from typing import Any

import httpx
import pytest

from protocol import limits
from protocol.changes import Put
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Door
from server.exports.archive import archive, folded
from server.live.forgetting import forget
from server.web.making import Making
from tests.exports.test_exports import log, whole

from .stand import Stand, stand


async def sent(place: Stand, body: bytes) -> httpx.Response:
    """An archive, as anybody may send one."""
    async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
        return await client.post(f"{place.url}/api/workshops/import", content=body)


async def written(place: Stand) -> bytes:
    """A workshop in which something was done, as its operator's archive."""
    made = await place.workshop("From elsewhere")
    ana = await place.live(await place.join(made))
    assert (await ana.do(do="hand.raise"))["type"] == "done"
    entries = await place.log.read(made["id"], EMPTY)
    return json.dumps(archive(folded(entries), None, entries)).encode()


def behind(entries: list[Entry], *changes: Any) -> bytes:
    """The archive with one more entry, whose hash is right."""
    more = Entry.after(entries[-1].head, 9, Draft(by="p", client="z", n=1, name="x", changes=changes))
    return json.dumps(archive(folded([*entries, more]), None, [*entries, more])).encode()


async def test_a_workshop_moves_house() -> None:
    """[ARCH7] [ARCH4] Entry for entry, with links that open it; and it goes on there."""
    async with stand() as place:
        body = await written(place)
    async with stand() as other:
        answer = await sent(other, body)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert made["taken"] == []
        there = await other.log.read(made["id"], EMPTY)
        assert json.dumps(archive(folded(there), None, there)).encode() == body
        fay = await other.live(await other.join(made, "facilitator", "Fay"), "fay")
        assert "From elsewhere" in fay.text
        said = await fay.do(do="step.extend", minutes=1)
        assert said["type"] == "done", said


async def test_what_is_here_already() -> None:
    """[ARCH7] [ARCH6] Its links are told to nobody who merely has an archive; what was deleted stays so."""
    async with stand() as place:
        body = await written(place)
        [workshop] = await place.log.workshops()
        again = await sent(place, body)
        assert (again.status_code, again.json()["code"]) == (409, "exists")
        assert "links" not in again.text
        await forget(place.log, workshop, ())
        gone = await sent(place, body)
        assert (gone.status_code, gone.json()["code"]) == (410, "deleted")


async def test_codes_that_lead_elsewhere() -> None:
    """[ARCH7] [ARCH6] They stay there, and that is said; no archive takes hundreds of them."""
    async with stand() as place:
        await place.house.registry.point("abc234", "another")
        moved = behind(log("one"), Put(record=Door(id="door", codes=("abc234", "def567"))))
        answer = await sent(place, moved)
        assert (answer.status_code, answer.json()["taken"]) == (201, ["ABC234"])
        assert (await place.house.registry.room("def567")).id == "w"
    async with stand() as place:
        codes = tuple(f"code{n}" for n in range(60))
        assert (await sent(place, behind(log("one"), Put(record=Door(id="door", codes=codes))))).status_code == 400
        assert await place.log.workshops() == []


GOOD = whole("one", "=1+1 <script>")
BAD = {
    "cut": (GOOD[: len(GOOD) // 2], "invalid"),
    "edited": (GOOD.replace(b"=1+1", b"=1+2"), "invalid"),
    "packed": (gzip.compress(b" " * 50_000_000), "invalid"),
    "deep": (b'{"a":' * 100_000, "invalid"),
    "of a viewer": (json.dumps({**json.loads(GOOD), "entries": None}).encode(), "invalid"),
    "empty": (b"", "invalid"),
    "no archive": (b"[1, 2]", "invalid"),
    "large": (b" " * (limits.SENT_ARCHIVE_BYTES + 1), "too_large"),
}


@pytest.mark.parametrize("name", BAD)
async def test_what_is_refused(name: str) -> None:
    """[ARCH7] [ARCH5] Damaged, forged, packed, hostile or too large: a code and plain words, and nothing is written."""
    body, code = BAD[name]
    async with stand() as place:
        answer = await sent(place, body)
        assert answer.json()["code"] == code
        assert answer.json()["detail"].endswith(".")
        assert await place.log.workshops() == []


async def test_the_rooms_do_not_wait() -> None:
    """[ARCH7] While one is proved, people write; what takes too long is refused."""
    async with stand() as place, asyncio.timeout(60):
        ana = await place.live(await place.join(await place.workshop()))
        place.house.proving = Making("sh", "-c", "exec sleep 600")
        coming = asyncio.create_task(sent(place, GOOD))
        assert (await ana.do(do="hand.raise"))["type"] == "done"
        assert not coming.done()
        coming.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await coming
        place.house.proving = Making("false")
        assert (await sent(place, GOOD)).json()["code"] == "too_large"
