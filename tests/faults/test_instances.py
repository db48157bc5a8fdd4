"""Two instances on one Redis: one workshop, and one may die."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from client.participant import Participant, RefusedError, join, request
from protocol.commands import BoardLock, IssueAdd, IssueChoose
from protocol.entries import EMPTY, Entry
from protocol.messages import Joined
from server.cli.process import Process
from server.exports.archive import folded
from server.log.redis import RedisLog
from tests.log.contract import sound
from tests.log.redis_server import RedisServer, redis_server

from .serving import process

FAST = 150
"""How many commands the faster of two gets done; each is asked when the one before is answered."""
SLOWER = 0.3
"""The least share of the slower."""
ROOT = Path(__file__).parents[2]


def issue(n: int) -> IssueAdd:
    """An issue to add."""
    return IssueAdd(id=f"new-{n}", rank=f"b{n}z", title=f"Issue {n}")


async def begun(*servers: Process) -> tuple[str, list[Joined]]:
    """A new workshop, and somebody who comes in at each server."""
    made = await request(f"{servers[0].url}/api/workshops", {"title": "Shared"})
    key = made["links"]["facilitator"].partition("#k=")[2]
    return made["id"], [await join(server.url, key=key, name="Facilitator") for server in servers]


async def stored(redis: RedisServer, workshop: str) -> list[Entry]:
    """What Redis holds of it."""
    log = await RedisLog.opened(redis.url)
    entries = await log.read(workshop, EMPTY)
    await log.close()
    return entries


def _has(person: Participant, issues: set[str]) -> bool:
    return all(person.get("issue", one) for one in issues)


async def test_one_of_two_is_killed(tmp_path: Path) -> None:
    """[LOG21] [LOG8] [HERE3] What is done at one instance shows at the other, which goes on alone when it is killed."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        workshop, joined = await begun(one, two)
        async with Participant(one.url, joined[0].token) as ana, Participant(two.url, joined[1].token) as ben:
            async with asyncio.timeout(60):
                await ana.do(issue(1))
                await ben.until(lambda: ben.get("issue", "new-1") is not None)
                await ben.do(issue(2))
                await ana.until(lambda: ana.get("issue", "new-2") is not None)
                both = {joined[0].person, joined[1].person}
                await ana.until(lambda: ana.present == both)
                await ben.until(lambda: ben.present == both)
                await asyncio.gather(
                    *(person.do(issue(10 * i + n)) for n in range(8) for i, person in ((1, ana), (2, ben)))
                )
                one.kill()
                await ben.until(lambda: ben.present == {joined[1].person})
                await ben.do(issue(3))
                waiting = asyncio.create_task(ana.do(issue(4)))
                await asyncio.to_thread(one.start)
                await waiting
                await ana.until(lambda: ana.get("issue", "new-3") is not None)
                await ben.until(lambda: ben.get("issue", "new-4") is not None)
        entries = await stored(redis, workshop)
        assert sound(entries)
        assert {f"new-{n}" for n in (1, 2, 3, 4, *range(10, 18), *range(20, 28))} <= set(folded(entries).issues)


async def test_a_tab_goes_elsewhere(tmp_path: Path) -> None:
    """[HERE4] The same tab at another instance: its older line ends, whatever is still under way on it."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        _, joined = await begun(one)
        here, there = (Participant(place.url, joined[0].token, "tab") for place in (one, two))
        async with asyncio.timeout(60), here, there:
            await here.until(lambda: here.reconnects > 0)


async def test_two_write_at_full_speed(tmp_path: Path) -> None:
    """[LOG21] [LOG2] Two instances write one board as fast as they can: none lost, none double, none starves."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        workshop, joined = await begun(one, two)
        done = [0, 0]

        async def write(place: int, person: Participant, count: int) -> None:
            async with asyncio.timeout(120):
                while max(done) < count:
                    n = 1_000 * (place + 1) + done[place]
                    await person.do(BoardLock(board="issue-0", locked=bool(n % 2)))
                    done[place] += 1

        async with Participant(one.url, joined[0].token) as ana, Participant(two.url, joined[1].token) as ben:
            await ana.do(IssueChoose(ids=("issue-0",)))
            await ben.until(lambda: ben.get("board", "issue-0") is not None)
            await asyncio.gather(write(0, ana, FAST), write(1, ben, FAST))
        entries = await stored(redis, workshop)
        assert sound(entries)
        locks = [(entry.client, entry.n) for entry in entries if entry.name == "board.lock"]
        assert len(locks) == len(set(locks)) == sum(done)
        assert min(done) / sum(done) >= SLOWER


async def test_redis_comes_back_older(tmp_path: Path) -> None:
    """[HEAL1] [HEAL2] Redis is restored from an older copy: what was acknowledged meanwhile is there again, once."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one, process(tmp_path, redis.url) as two:
        workshop, joined = await begun(one, two)
        async with Participant(one.url, joined[0].token) as ana, Participant(two.url, joined[1].token) as ben:
            async with asyncio.timeout(90):
                await asyncio.gather(ana.do(issue(1)), ben.do(issue(2)))
                copy = shutil.copytree(tmp_path / "appendonlydir", tmp_path / "older")
                for n in range(10, 15):
                    await asyncio.gather(ana.do(issue(n)), ben.do(issue(n + 10)))
                redis.send(signal.SIGKILL)
                shutil.rmtree(tmp_path / "appendonlydir")
                copy.rename(tmp_path / "appendonlydir")
                await asyncio.to_thread(redis.start)
                await asyncio.gather(ana.do(issue(3)), ben.do(issue(4)))
                wanted = {f"new-{n}" for n in (1, 2, 3, 4, *range(10, 15), *range(20, 25))}
                for person in (ana, ben):
                    await person.until(partial(_has, person, wanted))
        entries = await stored(redis, workshop)
        assert sound(entries)
        assert wanted <= set(folded(entries).issues)
        done = [(entry.client, entry.n) for entry in entries]
        assert len(done) == len(set(done))


async def test_redis_is_away(tmp_path: Path) -> None:
    """[DO3] [DO4] [HTTP5] [LOG18] Redis frozen: not ready, people stay; what they do meanwhile is stored in order."""
    with redis_server(tmp_path) as redis, process(tmp_path, redis.url) as one:
        workshop, [joined] = await begun(one)
        async with Participant(one.url, joined.token) as ana:
            async with asyncio.timeout(90):
                await ana.do(issue(1))
                redis.send(signal.SIGSTOP)
                waiting = [ana.submit(issue(n)) for n in range(10, 20)]
                with pytest.raises(RefusedError) as no:
                    await request(f"{one.url}/readyz")
                assert no.value.code == "store"
                assert not any(answer.done() for answer in waiting)
                redis.send(signal.SIGCONT)
                seqs = await asyncio.gather(*waiting)
            assert ana.reconnects == 0
        assert seqs == sorted(set(seqs))
        names = [entry.n for entry in await stored(redis, workshop) if entry.name == "issue.add"]
        assert len(names) == 11
        assert names == sorted(set(names))


def test_no_common_secret() -> None:
    """[LOG21] [HTTP3] Instances without a common secret would not know each other's people: refused."""
    command = [sys.executable, "-m", "server", "serve", "--store", "redis://127.0.0.1:1/0"]
    environment = {**os.environ, "PLENARY_SECRET": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)
    assert done.returncode == 1
    assert "PLENARY_SECRET" in done.stderr
