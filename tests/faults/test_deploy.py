"""A rolling upgrade behind a real load balancer, with the configuration that we ship."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from client.participant import Participant, RefusedError, join, request
from protocol.commands import IssueAdd
from server.cli.conversation import read
from server.cli.play import Manner
from server.cli.process import Process, free_port
from tests.conversations import conversation
from tests.log.redis_server import redis_server

from .recording import Recording, exactly_once
from .serving import SECRET
from .test_instances import stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.log.redis_server import RedisServer

CONFIG = Path(__file__).parents[2] / "docs" / "haproxy.cfg"
BUDGET = 5
AGAIN_S = 0.05


@contextlib.contextmanager
def balancer(folder: Path, instances: list[Process]) -> Iterator[str]:
    """HAProxy over these two; the address that people open."""
    program = shutil.which("haproxy")
    assert program, "no HAProxy on this machine: `python3 tests` installs it"
    port = free_port()
    config = CONFIG.read_text().replace("bind :8000", f"bind 127.0.0.1:{port}")
    for n, instance in enumerate(instances, 1):
        config = config.replace(f"plenary-{n}:8000 resolvers names", f"127.0.0.1:{instance.port}")
    (folder / "haproxy.cfg").write_text(config)
    running = subprocess.Popen([program, "-f", str(folder / "haproxy.cfg")], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=30)


@contextlib.asynccontextmanager
async def deployed(folder: Path) -> AsyncIterator[tuple[str, list[Process], RedisServer]]:
    """As `compose.yaml` says: a Redis, two instances, a load balancer."""
    with redis_server(folder) as redis, contextlib.ExitStack() as stack:
        instances = [Process(redis.url, secret=SECRET) for _ in range(2)]
        for instance in instances:
            stack.callback(instance.stop)
            await asyncio.to_thread(instance.start)
        url = stack.enter_context(balancer(folder, instances))
        await answers(f"{url}/readyz")
        yield url, instances, redis


async def answers(url: str, *, yes: bool = True) -> None:
    """Wait until it is answered well, or no more."""
    async with asyncio.timeout(60):
        while await _well(url) is not yes:
            await asyncio.sleep(AGAIN_S)


async def _well(url: str) -> bool:
    try:
        await request(url)
    except (RefusedError, OSError):
        return False
    except ValueError:  # not JSON: it said ok
        return True
    return True


async def test_rolling_upgrade(tmp_path: Path) -> None:
    """[BYE1] [LOG21] [DO1] [CLIENT3] One instance after the other is replaced while people write."""
    talk = read(conversation("dev-small-london-policing"))
    async with deployed(tmp_path) as (url, instances, redis):
        made = await request(f"{url}/api/workshops", {"title": "Upgraded"})
        joined = await join(url, key=made["links"]["facilitator"].partition("#k=")[2], name="Facilitator")
        async with Participant(url, joined.token) as boss:
            stage = Recording(url, made["code"], boss)
            playing = asyncio.create_task(stage.play(talk, Manner(speed=0, dots=BUDGET)))
            for reached, instance in zip(stage.reached.values(), instances, strict=True):
                await reached.wait()
                await asyncio.to_thread(instance.stop)
                await answers(f"{url}/readyz")  # the other takes everybody
                await asyncio.to_thread(instance.start)
            played = await playing
        assert played.tallies == talk.dots(BUDGET)
        exactly_once(await stored(redis, made["id"]), stage.acked, len(talk.authors))


async def test_store_away(tmp_path: Path) -> None:
    """[HTTP5] Redis is gone: nobody is sent away, whoever comes finds what lives, and all is stored when it is back."""
    async with deployed(tmp_path) as (url, instances, redis):
        made = await request(f"{url}/api/workshops", {"title": "Away"})
        joined = await join(url, key=made["links"]["facilitator"].partition("#k=")[2], name="Facilitator")
        async with Participant(url, joined.token) as boss:
            redis.stop()
            for instance in instances:
                await answers(f"{instance.url}/readyz", yes=False)
            await answers(f"{url}/healthz")
            waiting = boss.submit(IssueAdd(id="later", rank="a9", title="Written while the store was away"))
            assert not waiting.done()
            await asyncio.to_thread(redis.start)
            await answers(f"{url}/readyz")
            assert await waiting > 0
        assert boss.reconnects == 0
