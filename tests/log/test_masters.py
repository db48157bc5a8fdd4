"""The Redis store keeps the contract on a cluster too, and follows a Sentinel to the next master."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from typing import TYPE_CHECKING, Any

import pytest
from redis import Redis

from protocol.entries import EMPTY
from server.log.base import Gone, StoreError, StoreUnfit
from server.log.masters import Masters
from server.log.redis import AT_ONCE, RedisLog, translated

from .contract import LogContract, draft, filled, sound
from .redis_many import cluster, sentinel
from .redis_server import redis_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from .redis_server import RedisServer

MANY = 150
HEARD_S = 20


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[RedisServer]]:
    """Three masters, for all tests of this page."""
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture
def address(nodes: list[RedisServer]) -> str:
    """Of the cluster, empty; nothing is under way that an earlier test said, such as that a workshop was deleted."""
    for node in nodes:
        with Redis(port=node.port) as one:
            one.flushall()
    _quiet(nodes)
    return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in nodes[:2])


def _quiet(nodes: list[RedisServer]) -> None:
    """Between two masters messages keep their order: a last one of each has come to all."""
    with contextlib.ExitStack() as stack:
        masters = [stack.enter_context(Redis(port=node.port)) for node in nodes]
        ears = [stack.enter_context(one.pubsub()) for one in masters]
        for ear in ears:
            ear.subscribe("quiet")
            assert ear.get_message(timeout=HEARD_S)
        for one in masters:
            one.publish("quiet", b"")
        for ear in ears:
            for _ in masters:
                assert ear.get_message(timeout=HEARD_S)


class TestCluster(LogContract):
    """[LOG24] Runs the whole suite on a real cluster of three masters."""

    @pytest.fixture
    def now(self) -> list[int]:
        """The clock."""
        return [1_000_000]

    @pytest.fixture
    async def log(self, now: list[int], address: str) -> AsyncIterator[RedisLog]:
        """A fresh store."""
        log = await RedisLog.opened(address, lambda: now[0])
        yield log
        await log.close()


async def test_spread_over_the_masters(nodes: list[RedisServer], address: str) -> None:
    """[LOG24] Workshops lie on all masters; two instances see what either appends to any of them."""
    one, two = [await RedisLog.opened(address) for _ in range(2)]
    names = [f"w{n}" for n in range(30)]
    async with asyncio.timeout(60):
        for name in names:
            coming = asyncio.ensure_future(anext(two.follow(name, EMPTY)))
            assert await filled(one, name, 2) == await coming
    assert await two.workshops() == sorted(names)
    for node in nodes:
        with Redis(port=node.port) as master:
            assert master.dbsize() > 0
    for log in (one, two):
        await log.close()


async def test_a_master_dies(tmp_path: Path) -> None:
    """[LOG24] [LOG18] One master is killed and comes back: its workshops wait, and go on."""
    with cluster(tmp_path) as nodes:
        log = await RedisLog.opened(f"redis+cluster://127.0.0.1:{nodes[0].port}")
        names = [f"w{n}" for n in range(12)]
        heads = {name: (await filled(log, name, 3))[-1].head for name in names}
        nodes[1].send(signal.SIGKILL)
        waiting = [asyncio.create_task(_insist(log, name, heads[name])) for name in names]
        await asyncio.to_thread(nodes[1].start)
        async with asyncio.timeout(60):
            await asyncio.gather(*waiting)
        for name in names:
            entries = await log.read(name, EMPTY)
            assert [entry.n for entry in entries] == [1, 2, 3, 4]
            assert sound(entries)
        await log.close()


async def _insist(log: RedisLog, name: str, head: object) -> None:
    while True:
        try:
            await log.append(name, [draft(4)], head)  # type: ignore[arg-type]
        except StoreError:
            continue
        return


async def test_sentinel(tmp_path: Path) -> None:
    """[LOG25] The master dies, the Sentinel names another: the log goes on there."""
    with sentinel(tmp_path) as (master, address):
        log = await RedisLog.opened(address)
        entries = await filled(log, "w", 6)
        with Redis(port=master.port) as one:
            assert one.wait(1, 5_000) == 1
        master.send(signal.SIGKILL)
        async with asyncio.timeout(60):
            await _insist(log, "w", entries[-1].head)
            again = await log.read("w", EMPTY)
        assert [entry.n for entry in again] == [1, 2, 3, 4, 5, 6, 4]
        assert sound(again)
        await log.close()


async def test_deleted_behind_a_sentinel(tmp_path: Path) -> None:
    """[GONE4] [LOG25] The master dies before its replica heard of the deletion: at the new one it is done again."""
    with sentinel(tmp_path) as (master, address):
        log = await RedisLog.opened(address)
        await filled(log, "w", 6)
        with Redis(port=master.port) as one:
            assert one.wait(1, 5_000) == 1
            [replica] = one.info("replication").keys() & {"slave0"}
            port = one.info("replication")[replica]["port"]
        with Redis(port=port) as other:
            other.replicaof("127.0.0.1", 1)  # it hears nothing more
        await log.forget("w")
        master.send(signal.SIGKILL)
        with Redis(port=port) as other:
            other.replicaof("127.0.0.1", master.port)
        newcomer = None
        async with asyncio.timeout(60):
            while newcomer is None or await _held(newcomer):
                await asyncio.sleep(0.1)
                with contextlib.suppress(StoreError):
                    newcomer = newcomer or await RedisLog.opened(address)
        for each in (log, newcomer):
            await each.close()


async def _held(log: RedisLog) -> bool:
    """Whether the store still has the workshop, or cannot be asked."""
    try:
        await log.read("w", EMPTY)
    except StoreError:
        return True
    except Gone:
        return False
    return True


async def test_deleted_on_a_cluster(nodes: list[RedisServer], address: str) -> None:
    """[GONE3] [LOG24] Each master that held some of what was deleted writes its file anew."""
    log = await RedisLog.opened(address)
    names = [f"w{n}" for n in range(12)]
    for name in names:
        await filled(log, name, 2)
    before = [_rewritten(node) for node in nodes]
    await asyncio.gather(*(log.forget(name) for name in names))
    async with asyncio.timeout(30):
        while not all(_rewritten(node) > count for node, count in zip(nodes, before, strict=True)):
            await asyncio.sleep(0.05)
    assert await log.workshops() == []
    assert await log.forgotten() == sorted(names)
    await log.close()


def _rewritten(node: RedisServer) -> int:
    with Redis(port=node.port) as master:
        return int(master.info("persistence")["aof_rewrites"])


async def test_many_workshops_share_few_connections(tmp_path: Path) -> None:
    """[LOG23] However many workshops are read at once, the library never runs out of connections."""
    with redis_server(tmp_path) as server:
        log = await RedisLog.opened(server.url)
        async with asyncio.timeout(60):
            await asyncio.gather(*(filled(log, f"w{n}", 1) for n in range(MANY)))
            await asyncio.gather(*(log.read(f"w{n}", EMPTY) for n in range(MANY) for _ in range(4)))
            with Redis(port=server.port) as one:
                assert (
                    one.info("clients")["connected_clients"] <= AT_ONCE + 3
                )  # the ear, the look at the runs, and ours
        await log.close()


def test_a_connection_cut_under_the_driver() -> None:
    """[LOG16] The driver's own slip on a connection that was cut is told as any; a slip of ours is not hidden."""
    stream: Any = None
    with pytest.raises(StoreError, match="cut"), translated():
        stream.writelines([])
    with pytest.raises(AttributeError), translated():
        stream.head()


@pytest.mark.parametrize("address", ["redis+sentinel://127.0.0.1:1", "redis://127.0.0.1:not-a-port/0"])
async def test_no_such_address(address: str) -> None:
    """[LOG16] [LOG25] An address that cannot be one is refused in plain words."""
    with pytest.raises(StoreUnfit, match="no address"):
        await RedisLog.opened(address)


async def test_words_in_an_address() -> None:
    """[LOG25] Who one is, and which database, is in the address."""
    masters = Masters("redis+sentinel://me:s%40cret@one:26379,two/plenary/3")
    assert masters.sentinel
    places = [one.connection_pool.connection_kwargs for one in masters.sentinel.sentinels]
    assert [(place["host"], place["port"], place["password"]) for place in places] == [
        ("one", 26379, "s@cret"),
        ("two", 26379, "s@cret"),
    ]
    await masters.close()
