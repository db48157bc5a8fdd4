"""The Redis store keeps the contract, on a real Redis; and what it promises beyond it."""

from __future__ import annotations

import asyncio
import shutil
import signal
import socket
from typing import TYPE_CHECKING

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from protocol.entries import EMPTY, Entry
from server.log.base import Gone, HeadMoved, Snapshot, StoreError, StoreUnfit
from server.log.redis import RedisLog

from .contract import LogContract, draft, filled, sound
from .redis_server import RedisServer, redis_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of one's own."""
    with redis_server(tmp_path) as running:
        yield running


class TestRedis(LogContract):
    """Runs the whole suite on a real Redis."""

    @pytest.fixture
    def now(self) -> list[int]:
        """The clock."""
        return [1_000_000]

    @pytest.fixture
    async def log(self, now: list[int], server: RedisServer) -> AsyncIterator[RedisLog]:
        """A fresh store."""
        log = await RedisLog.opened(server.url, lambda: now[0])
        yield log
        await log.close()


async def test_one_append_is_one_write(server: RedisServer) -> None:
    """[LOG17] An append is one item, whose id is its last seq, and no transaction in the append-only file."""
    log = await RedisLog.opened(server.url)
    entries = await log.append("w", [draft(1), draft(2), draft(3)], EMPTY)
    await log.append("w", [draft(4)], entries[-1].head)
    await log.close()
    redis = Redis.from_url(server.url)
    items = await redis.xrange("plenary:{w}:log") or []
    assert [item[0] for item in items] == [b"3-0", b"4-0"]
    await redis.aclose()


async def test_no_transaction_is_written(server: RedisServer, tmp_path: Path) -> None:
    """[LOG17] What the append-only file holds of an append is a single command."""
    log = await RedisLog.opened(server.url)
    await filled(log, "w", 5)
    await log.close()
    server.stop()
    written = b"".join(file.read_bytes() for file in tmp_path.glob("appendonlydir/*.aof"))
    assert written.count(b"XADD") == 2
    assert b"MULTI" not in written


async def test_middle_of_a_batch(server: RedisServer) -> None:
    """[LOG7] Reading goes on from any entry, also inside an item."""
    log = await RedisLog.opened(server.url)
    entries = await filled(log, "w", 9)
    for entry in entries:
        assert await log.read("w", entry.head) == entries[entry.seq :]
    await log.close()


async def test_two_instances(server: RedisServer) -> None:
    """[LOG2] [LOG8] Two instances that append as they can make one log, and both follow all of it."""
    logs = [await RedisLog.opened(server.url) for _ in range(2)]
    got: list[list[Entry]] = [[], []]

    async def follow(i: int) -> None:
        async for entries in logs[i].follow("w", EMPTY):
            got[i] += entries
            if len(got[i]) >= 60:
                return

    async def write(i: int) -> None:
        head = EMPTY
        for n in range(30):
            while True:
                try:
                    [entry] = await logs[i].append("w", [draft(n, f"c{i}")], head)
                except HeadMoved as moved:
                    head = moved.head
                else:
                    head = entry.head
                    break

    async with asyncio.timeout(60):
        await asyncio.gather(follow(0), follow(1), write(0), write(1))
    assert got[0] == got[1] == await logs[0].read("w", EMPTY)
    assert sound(got[0])
    assert len({(entry.client, entry.n) for entry in got[0]}) == 60
    for log in logs:
        await log.close()


async def test_frozen(server: RedisServer) -> None:
    """[LOG18] A reply that was lost while Redis was frozen: the entries are stored once, and acknowledged."""
    log = await RedisLog.opened(server.url)
    [first] = await log.append("w", [draft(1)], EMPTY)
    server.send(signal.SIGSTOP)
    appending = asyncio.create_task(log.append("w", [draft(2)], first.head))
    redis = Redis.from_url(server.url, socket_timeout=0.5)
    with pytest.raises(Exception, match=r"(?i)timeout"):
        await redis.ping()
    await asyncio.wait([appending], timeout=2.5)
    assert not appending.done()
    server.send(signal.SIGCONT)
    async with asyncio.timeout(30):
        [second] = await appending
    assert await log.read("w", EMPTY) == [first, second]
    await redis.aclose()
    await log.close()


async def test_killed(server: RedisServer) -> None:
    """[LOG6] [LOG12] [LOG18] Redis is killed and comes back: what was acknowledged is there, and an append goes on."""
    log = await RedisLog.opened(server.url)
    entries = await filled(log, "w", 20)
    server.send(signal.SIGKILL)
    appending = asyncio.create_task(log.append("w", [draft(21)], entries[-1].head))
    await asyncio.to_thread(server.start)
    async with asyncio.timeout(30):
        entries += await appending
    assert await log.read("w", EMPTY) == entries
    await log.close()


async def test_wake_ups_are_not_needed(server: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """[LOG19] With every wake-up lost, a follower still gets what others append."""
    log, other = await RedisLog.opened(server.url), await RedisLog.opened(server.url)
    monkeypatch.setattr(log._bells, "ring", lambda _workshop, _head: None)
    following = log.follow("w", EMPTY)
    next_ = asyncio.ensure_future(anext(following))
    await asyncio.sleep(0)
    entries = await other.append("w", [draft(1)], EMPTY)
    async with asyncio.timeout(30):
        assert await next_ == entries
    for each in (log, other):
        await each.close()


async def test_who_only_listens_is_told_of_a_dead_line(server: RedisServer) -> None:
    """[LOG19] The kernel asks whether the other end still lives, and how soon it gives up."""
    log = await RedisLog.opened(server.url)
    watching = Redis.from_url(server.url)
    while not (await watching.pubsub_numsub("plenary:wake"))[0][1]:
        await asyncio.sleep(0.01)
    assert isinstance(log._redis, Redis)
    lines = log._redis.connection_pool._in_use_connections
    assert lines
    for line in lines:
        assert line._writer
        end = line._writer.get_extra_info("socket")
        assert end.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        options = (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        assert [end.getsockopt(socket.IPPROTO_TCP, option) for option in options] == [5, 5, 3]
    await watching.aclose()
    await log.close()


async def test_away(tmp_path: Path) -> None:
    """[LOG16] A Redis that is not there is told in our words."""
    away = RedisServer(tmp_path)
    with pytest.raises(StoreError, match="does not answer"):
        await RedisLog.opened(away.url)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--appendonly", "no"), "append-only"),
        (("--appendonly", "yes", "--maxmemory-policy", "allkeys-lru"), "evict"),
        (("--appendonly", "yes", "--replicaof", "127.0.0.1 1"), "replica"),
    ],
)
async def test_unfit(tmp_path: Path, options: tuple[str, ...], words: str) -> None:
    """[LOG20] A Redis that could lose what it is given is refused in plain words, unless the risk is accepted."""
    with redis_server(tmp_path, *options) as server:
        with pytest.raises(StoreUnfit, match=words):
            await RedisLog.opened(server.url)
        await (await RedisLog.opened(server.url, risk=True)).close()


def _on_disk(folder: Path) -> int:
    """How often the words of the drafts stand in the append-only files."""
    try:
        return sum(file.read_bytes().count(b"lens 1") for file in folder.glob("appendonlydir/*"))
    except FileNotFoundError:  # Redis has just given one another name: look again
        return _on_disk(folder)


async def _none_on_disk(folder: Path) -> None:
    async with asyncio.timeout(30):
        while _on_disk(folder):
            await asyncio.sleep(0.05)


async def test_forgotten_with_one_write(server: RedisServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[GONE1] [LOG17] A text stands where the stream and the snapshot were, put there by a single command."""
    log = await RedisLog.opened(server.url)
    monkeypatch.setattr(log._rewriting, "soon", lambda _: None)
    [entry] = await log.append("w", [draft(1)], EMPTY)
    await log.save_snapshot("w", Snapshot(entry.head, b"a body"))
    await log.forget("w")
    redis = Redis.from_url(server.url)
    assert await redis.mget("plenary:{w}:log", "plenary:{w}:snapshot") == [b"gone", b"gone"]
    await redis.aclose()
    await log.close()
    server.stop()
    written = b"".join(file.read_bytes() for file in tmp_path.glob("appendonlydir/*.aof")).upper()
    assert written.count(b"MSET") == 1
    assert b"MULTI" not in written
    assert b"DEL" not in written


async def test_nothing_is_left_in_the_append_only_file(server: RedisServer, tmp_path: Path) -> None:
    """[GONE3] The words leave the disk: Redis is asked to write its file anew, also while it is just doing so."""
    log = await RedisLog.opened(server.url)
    for name in ("u", "v", "w"):
        entries = await filled(log, name, 200)
        await log.save_snapshot(name, Snapshot(entries[-1].head, b"lens 1" * 9_000))
    assert _on_disk(tmp_path) > 100
    redis = Redis.from_url(server.url)
    await redis.config_set("rdb-key-save-delay", 2_000)  # so that writing takes its time
    await redis.bgrewriteaof()
    await asyncio.gather(*(log.forget(name) for name in ("u", "v", "w")))
    await _none_on_disk(tmp_path)
    await redis.aclose()
    await log.close()


async def test_closing_waits_until_redis_was_asked(server: RedisServer, tmp_path: Path) -> None:
    """[GONE3] Closed right behind a deletion, as the command line does: Redis cleans its file all the same."""
    log = await RedisLog.opened(server.url)
    await filled(log, "w", 20)
    await log.forget("w")
    await log.close()
    await _none_on_disk(tmp_path)


async def test_deleting_makes_room(server: RedisServer) -> None:
    """[GONE1] A Redis whose memory is full takes no more, but a workshop can be deleted from it."""
    log = await RedisLog.opened(server.url)
    await filled(log, "w", 20)
    redis = Redis.from_url(server.url)
    await redis.config_set("maxmemory", 1)
    with pytest.raises(RedisError, match="maxmemory"):
        await redis.set("more", "words")
    await log.forget("w")
    with pytest.raises(Gone):
        await log.read("w", EMPTY)
    await redis.aclose()
    await log.close()


async def test_gone_for_every_instance(server: RedisServer) -> None:
    """[GONE1] Deleted at one instance: the other's follower is told, and nothing it holds is stored again."""
    log, other = await RedisLog.opened(server.url), await RedisLog.opened(server.url)
    entries = await filled(log, "w", 5)
    following = asyncio.ensure_future(anext(other.follow("w", (await other.read("w", EMPTY))[-1].head)))
    await asyncio.sleep(0)
    await log.forget("w")
    async with asyncio.timeout(30):
        with pytest.raises(Gone):
            await following
    for drafts, head in (([draft(6)], entries[-1].head), ([entry.draft for entry in entries], EMPTY)):
        with pytest.raises(Gone):
            await other.append("w", drafts, head)
    assert await other.workshops() == []
    for each in (log, other):
        await each.close()


async def _listening(server: RedisServer, count: int) -> None:
    """Wait until so many hear wake-ups."""
    redis = Redis.from_url(server.url)
    while (await redis.pubsub_numsub("plenary:wake"))[0][1] < count:
        await asyncio.sleep(0.01)
    await redis.aclose()


@pytest.mark.parametrize("told", [True, False])
async def test_redis_comes_back_older(server: RedisServer, tmp_path: Path, told: bool) -> None:
    """[GONE4] Redis comes back as it was before the deletion: whoever knew of it deletes it again.

    One knows who was told when it happened, and who looked later what was deleted.
    """
    log = await RedisLog.opened(server.url)
    other = await filled(log, "v", 2)
    await filled(log, "w", 5)
    copy = shutil.copytree(tmp_path / "appendonlydir", tmp_path / "older")
    forgets = await RedisLog.opened(server.url)
    if told:
        await _listening(server, 2)
    await forgets.forget("w")
    if told:
        while "w" not in log._gone:
            await asyncio.sleep(0.01)
    else:
        assert await log.forgotten() == ["w"]
    await forgets.close()
    server.send(signal.SIGKILL)
    shutil.rmtree(tmp_path / "appendonlydir")
    copy.rename(tmp_path / "appendonlydir")
    await asyncio.to_thread(server.start)
    newcomer = await RedisLog.opened(server.url)
    async with asyncio.timeout(30):
        while await newcomer.forgotten() != ["w"]:
            await asyncio.sleep(0.05)
    with pytest.raises(Gone):
        await newcomer.read("w", EMPTY)
    assert await newcomer.read("v", EMPTY) == other
    for each in (log, newcomer):
        await each.close()
