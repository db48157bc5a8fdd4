"""The participant's line: what it sends again, where it goes on, and when it gives up."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection

from client import participant
from client.participant import Participant, RefusedError, join, request
from protocol import limits
from protocol.base import Place
from protocol.codes import Code
from protocol.commands import PersonRename
from protocol.records import Lens

from .scripted import YOU, Scripted, command, say

RENAME = PersonRename(name="New", place=Place.ROOM)
LENS = {"kind": "lens", "id": "l1", "rank": "a0", "title": "Mastery"}


@asynccontextmanager
async def met(**options: Any) -> AsyncIterator[tuple[Participant, Scripted, ServerConnection]]:
    """A participant that has been welcomed, the server, and its end of the line."""
    async with Scripted() as server:
        me = Participant(server.url, "token", client="c", **options)
        starting = asyncio.create_task(me.start())
        line, _ = await server.line()
        await starting
        yield me, server, line
        await me.stop()


async def test_asked_to_wait() -> None:
    """[LIMIT4] [CLIENT2] What is refused for now is sent again by itself, and not before the pause."""
    async with met() as (me, _, line):
        loop = asyncio.get_running_loop()
        answer = me.submit(RENAME)
        assert await command(line) == (1, 0)
        began = loop.time()
        await say(line, type="refused", n=1, prev=0, code="rate", message="slowly", retry_after=150)
        assert await command(line) == (1, 0)
        assert loop.time() - began >= 0.15
        await say(line, type="done", n=1, seq=2)
        await say(line, type="saved", seq=2)
        assert await answer == 2


async def test_own_pace() -> None:
    """[LIMIT4] It stays under the server's rate by itself."""
    async with met() as (me, _, line):
        loop = asyncio.get_running_loop()
        began = loop.time()
        for n in range(1, limits.COMMANDS_BURST + 10):
            me.submit(RENAME)
            await command(line)
            await say(line, type="done", n=n, seq=n)
        assert loop.time() - began >= 9 / limits.COMMANDS_PER_SECOND


async def test_resume() -> None:
    """[RESUME1] After `resume` it is only where the missed changes have brought it."""
    async with met() as (me, server, line):
        put = {"op": "put", "record": LENS}
        await say(line, type="changes", seq=5, tag="t5", changes=[put])
        await me.until(lambda: me.get("lens", "l1") is not None)
        await line.close()
        for seq in (5, 9):
            again = await server.lines.get()
            assert json.loads(await again.recv())["after"] == {"seq": 5, "tag": "t5"}
            await say(again, type="resume", you=YOU, seq=seq + 4, tag="t9", now=1, last=0)
            if seq == 5:
                await again.close()
            else:
                patch = {"op": "patch", "kind": "lens", "id": "l1", "set": {"title": "Support"}}
                await say(again, type="changes", seq=9, tag="t9", changes=[patch])
        await me.until(lambda: me.position is not None and me.position.seq == 9)
        assert me.get("lens", "l1") == Lens(id="l1", rank="a0", title="Support")


async def test_a_patch_of_nothing() -> None:
    """[RESUME2] A copy that does not fit is thrown away: whole and right beats partial."""
    async with met() as (me, server, line):
        await say(
            line,
            type="changes",
            seq=2,
            tag="t",
            changes=[{"op": "patch", "kind": "lens", "id": "l1", "set": {"title": "x"}}],
        )
        _, hello = await server.line(seq=7)
        assert hello["after"] is None
        await me.until(lambda: me.reconnects == 1)


async def test_watching_is_kept() -> None:
    """[SEE9] On a new line it watches what it watched, and begins with everything."""
    async with met() as (me, server, line):
        me.watch(("b1",))
        assert json.loads(await line.recv()) == {"type": "watch", "boards": ["b1"]}
        await line.close()
        again, hello = await server.line()
        assert hello["after"] is None
        assert json.loads(await again.recv()) == {"type": "watch", "boards": ["b1"]}


async def test_life(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIVE1] Quiet, it beats; not hearing anything, it takes the line for dead and makes another."""
    monkeypatch.setattr(limits, "BEAT_MS", 20)
    monkeypatch.setattr(limits, "DEAD_MS", 200)
    async with met() as (me, server, line):
        assert json.loads(await line.recv())["type"] == "beat"
        await server.line()
        await me.until(lambda: me.reconnects == 1)


async def test_life_in_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIVE2] Quiet for a while it answers what comes; just after it said something it does not."""
    async with met() as (me, _, line):
        await say(line, type="beat", t=0, now=1)
        me.submit(RENAME)
        assert await command(line) == (1, 0)
        monkeypatch.setattr(participant, "ANSWER", 0)
        await say(line, type="beat", t=0, now=1)
        assert json.loads(await line.recv()) == {"type": "beat", "t": 0}


@pytest.mark.parametrize(("number", "reason", "code"), [(4501, "bad_token", "bad_token"), (4999, "odd", "internal")])
async def test_closed_for_good(number: int, reason: str, code: str) -> None:
    """[CODE2] [CLIENT5] A number of 4500 or above ends it, also without a goodbye; whoever waits is told."""
    async with met() as (me, _, line):
        answer = me.submit(RENAME)
        await line.close(number, reason)
        with pytest.raises(RefusedError):
            await me.until(lambda: False)
        assert isinstance(answer.exception(), RefusedError)
        assert me.ended == Code(code)
        with pytest.raises(RefusedError):
            me.submit(RENAME)


async def test_asked_to_come_back() -> None:
    """[CLIENT5] [BYE1] `retry_after` is obeyed."""
    async with met() as (me, server, line):
        loop = asyncio.get_running_loop()
        await say(line, type="bye", code="restart", message="soon", retry_after=300)
        began = loop.time()
        await line.close(4000)
        await server.line()
        assert loop.time() - began >= 0.29
        await me.until(lambda: me.reconnects == 1)


async def test_leaving() -> None:
    """[CLIENT2] Who leaves cancels what is not saved, and sends no more."""
    frames: list[str] = []
    async with met(on_frame=frames.append) as (me, _, line):
        answer = me.submit(RENAME)
        await command(line)
        await me.stop()
        assert answer.cancelled()
        with pytest.raises(ConnectionError):
            me.submit(RENAME)
        await line.wait_closed()
    assert json.loads(frames[0])["type"] == "welcome"


async def test_a_fault_of_our_own_is_not_hidden() -> None:
    """[CODE2] What breaks the participant reaches whoever waits, and `stop`."""

    def break_(_: str) -> None:
        raise LookupError("ours")

    async with Scripted() as server:
        me = Participant(server.url, "token", on_frame=break_)
        starting = asyncio.create_task(me.start())
        await server.line()
        with pytest.raises(ConnectionError):
            await starting
        with pytest.raises(LookupError):
            await me.stop()


async def test_no_server() -> None:
    """[CLIENT5] Where nobody answers HTTP, it is an `OSError`; where a proxy does, its words."""
    async with Scripted() as server:
        with pytest.raises(RefusedError) as no:
            await request(f"{server.url}/api/codes/x")
        assert no.value.code is Code.INTERNAL
    with pytest.raises(OSError, match="refused"):
        await join(server.url, code="x", name="y")
