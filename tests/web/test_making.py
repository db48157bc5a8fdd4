"""Documents are made beside the server, and for somebody who waits."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import os
from pathlib import Path

import httpx
import pytest

from protocol.base import Role
from protocol.entries import EMPTY
from protocol.records import Board
from server.exports.archive import folded
from server.web.making import Making, written
from server.workshop import state
from server.workshop.seen_by import Viewer, reading, seen
from server.workshop.state import IN_A_PIECE, RECORDS

from .stand import stand


def runs(process: int) -> bool:
    """Whether there is such a process still."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


async def test_nobody_waits_any_more(tmp_path: Path) -> None:
    """[EXP6] Whoever goes away takes the making along; the next asker is served as ever."""
    begun = tmp_path / "begun"
    async with stand() as place, httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(60):
        made = await place.workshop()
        token = (await place.join(made))["token"]
        able, place.house.making = place.house.making, Making("sh", "-c", f"echo $$ > {begun}; exec sleep 600")
        address = f"{place.url}/api/workshops/{made['id']}/export/md"
        asking = asyncio.create_task(client.get(address, headers={"authorization": f"Bearer {token}"}))
        while not (begun.exists() and begun.read_text().strip()):
            await asyncio.sleep(0.01)
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
        while runs(int(begun.read_text())):
            await asyncio.sleep(0.01)
        place.house.making = able
        assert (await place.get(f"/api/workshops/{made['id']}/export/md", token)).text.startswith("# Test")


async def test_of_the_moment_of_its_turn() -> None:
    """[EXP6] What it is made of is as the room is when its turn has come, in both ways the same."""
    async with stand() as place:
        made = await place.workshop()
        token = (await place.join(made))["token"]
        place.house.making = Making("sh", "-c", "cat")
        told = await place.get(f"/api/workshops/{made['id']}/export/md", token)
        whole = await place.get(f"/api/workshops/{made['id']}/export/json", token)
        assert told.json() == whole.json()["records"]


async def test_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """[EXP6] While it is written piece by piece the room goes on; what is written is of the moment it was begun in."""
    monkeypatch.setattr(state, "IN_A_PIECE", 1)
    async with stand() as place, asyncio.timeout(60):
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        line = await place.live(boss)

        async def write() -> None:
            for n in itertools.count():
                place.times.steady += 1_000
                await line.do(do="issue.add", id=f"issue-{n}", rank="a0", title=f"What now, no. {n}?")

        writing = asyncio.create_task(write())
        room = place.house.registry.rooms[made["id"]]
        try:
            while True:
                told = (await place.get(f"/api/workshops/{made['id']}/export/json", boss["token"])).json()
                if room.state.head.seq > told["seq"] + 1:
                    break
        finally:
            writing.cancel()
            await asyncio.wait([writing])
        entries = await place.log.read(made["id"], EMPTY)
        then = folded(entries[: told["seq"]])
        viewer = reading(Viewer(Role.FACILITATOR, boss["person"]))
        assert told["records"] == RECORDS.dump_python(seen(then, viewer), mode="json")


@pytest.mark.parametrize("count", [0, 1, IN_A_PIECE, IN_A_PIECE + 1, 2 * IN_A_PIECE])
async def test_records_in_pieces(count: int) -> None:
    """[EXP6] The pieces come to the list, whatever its length; between them others have their turn."""
    boards = [Board(id=f"board-{n}", rank="a0", title=f"Board {n}") for n in range(count)]
    turns = 0

    async def beside() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(beside())
    pieces = [piece async for piece in written(boards)]
    other.cancel()
    assert json.loads(b"".join(pieces)) == [each.model_dump(mode="json") for each in boards]
    assert turns >= count // IN_A_PIECE


async def test_what_cannot_be_made_is_said() -> None:
    """[EXP6] [HTTP1] A making that fails is an answer with a code, not a broken file."""
    async with stand() as place:
        made = await place.workshop()
        token = (await place.join(made))["token"]
        place.house.making = Making("false")
        assert (await place.get(f"/api/workshops/{made['id']}/export/md", token)).json()["code"] == "busy"
