"""A workshop is deleted at one of two instances on one Redis: nothing of it comes back, whatever the other does."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from client.participant import Participant, RefusedError, fetch, join, request
from protocol.codes import Code
from server.log.base import Gone
from server.log.redis import RedisLog
from tests.log.redis_server import RedisServer, redis_server

from .serving import process
from .test_instances import begun, issue

if TYPE_CHECKING:
    from pathlib import Path

    from protocol.messages import Joined
    from server.cli.process import Process

WAITING = re.compile(r"^plenary_commands_waiting (\S+)$", re.MULTILINE)


async def delete(server: Process, workshop: str, token: str) -> None:
    """As the console does."""
    await fetch(f"{server.url}/api/workshops/{workshop}", {"title": "Shared"}, token, method="DELETE")


async def ended(*people: Participant) -> None:
    """Wait until the server wants each of them no more; why."""
    for person in people:
        with pytest.raises(RefusedError) as no:
            await person.until(lambda: False)
        assert no.value.code is Code.DELETED


async def is_gone(redis: RedisServer, folder: Path, workshop: str, *servers: Process) -> None:
    """For the store, at every instance, and on the disk."""
    log = await RedisLog.opened(redis.url)
    with pytest.raises(Gone):
        await log.load_snapshot(workshop)
    assert await log.workshops() == []
    await log.close()
    for server in servers:
        with pytest.raises(RefusedError) as no:
            await request(f"{server.url}/api/codes/{workshop}")
        assert no.value.code is Code.DELETED
    while any(b"Issue 7" in file.read_bytes() for file in folder.glob("appendonlydir/*")):
        await asyncio.sleep(0.05)


async def comes_again(server: Process, joined: Joined) -> None:
    """Somebody with a token that was good: told, and not asked to come again."""
    person = Participant(server.url, joined.token)
    with pytest.raises(RefusedError) as no:
        await person.start()
    assert no.value.code is Code.DELETED
    await person.stop()
    with pytest.raises(RefusedError) as no:
        await join(server.url, code=joined.workshop, name="Somebody else")
    assert no.value.code is Code.DELETED


async def test_deleted_at_one(tmp_path: Path) -> None:
    """[GONE5] [GONE6] [GONE7] Who is at the other is told too; both restarted, it still is gone."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        workshop, joined = await begun(one, two)
        async with asyncio.timeout(90):
            ana, ben = (Participant(at.url, who.token) for at, who in zip((one, two), joined, strict=True))
            await asyncio.gather(ana.start(), ben.start())
            await asyncio.gather(ana.do(issue(7)), ben.do(issue(8)))
            writing = [ben.submit(issue(n)) for n in range(20, 40)]
            await delete(one, workshop, joined[0].token)
            await ended(ana, ben)
            answers = await asyncio.gather(*writing, return_exceptions=True)
            assert {answer.code for answer in answers if isinstance(answer, RefusedError)} <= {Code.DELETED}
            await asyncio.gather(ana.stop(), ben.stop())
            for server, end in ((one, one.kill), (two, two.stop)):
                end()
                await asyncio.to_thread(server.start)
            await is_gone(redis, tmp_path, workshop, one, two)
            for server in (one, two):
                await comes_again(server, joined[1])


async def test_the_other_stood_still(tmp_path: Path) -> None:
    """[GONE5] Frozen with commands that are not stored yet: they are refused then, and nothing is written."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        workshop, joined = await begun(one, two)
        async with asyncio.timeout(120):
            ben = Participant(two.url, joined[1].token)
            await ben.start()
            await ben.do(issue(7))
            redis.send(signal.SIGSTOP)
            waiting = [ben.submit(issue(n)) for n in range(20, 30)]
            while await _waiting(two) == 0:
                await asyncio.sleep(0.02)
            two.send(signal.SIGSTOP)
            redis.send(signal.SIGCONT)
            await delete(one, workshop, joined[0].token)
            await is_gone(redis, tmp_path, workshop, one)
            two.send(signal.SIGCONT)
            await ended(ben)
            answers = await asyncio.gather(*waiting, return_exceptions=True)
            assert {answer.code for answer in answers if isinstance(answer, RefusedError)} <= {Code.DELETED}
            await ben.stop()
            await is_gone(redis, tmp_path, workshop, one, two)
            await comes_again(two, joined[1])


async def _waiting(server: Process) -> float:
    found = WAITING.search((await fetch(f"{server.url}/metrics")).decode())
    return float(found[1]) if found else 0.0


async def test_redis_comes_back_older(tmp_path: Path) -> None:
    """[GONE4] [GONE5] Redis is restored from a copy that still has it: both instances know better."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        workshop, joined = await begun(one, two)
        async with asyncio.timeout(90):
            ben = Participant(two.url, joined[1].token)
            await ben.start()
            await ben.do(issue(7))
            copy = shutil.copytree(tmp_path / "appendonlydir", tmp_path / "older")
            await delete(one, workshop, joined[0].token)
            await ended(ben)
            await ben.stop()
            redis.send(signal.SIGKILL)
            shutil.rmtree(tmp_path / "appendonlydir")
            copy.rename(tmp_path / "appendonlydir")
            await asyncio.to_thread(redis.start)
            log = await RedisLog.opened(redis.url)
            while await log.forgotten() != [workshop]:
                await asyncio.sleep(0.05)
            await log.close()
            for server in (one, two):
                await comes_again(server, joined[1])
            await is_gone(redis, tmp_path, workshop, one, two)
