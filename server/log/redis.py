"""The log in Redis 7 or later, or Valkey: any number of instances share it.

Per workshop a stream `plenary:{id}:log`. One append is one script with one write ([LOG17]): one item with the whole
batch, under the id `<last seq>-0`. The library's own retries are off, since a call that was repeated behind our back
could be stored twice; a lost reply is resolved by asking again with the very same entries ([LOG18]).

A workshop that was deleted is a text where its stream and its snapshot were, put there with one write ([GONE1]):
whoever comes to either, with whatever verb and of whatever version, is told by Redis itself that this is no stream.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Self, cast

from pydantic import TypeAdapter
from redis.exceptions import RedisError, ResponseError

from protocol.entries import EMPTY, Draft, Entry, Head

from .base import Gone, HeadMoved, Known, PositionGone, Snapshot, StoreError, StoreUnfit
from .bus import Hear
from .ending import ended
from .following import following
from .masters import About, Masters
from .memory import chain, wall_clock
from .rewriting import Rewriting
from .wake import Bells

WAKE: Final = "plenary:wake"
"""The channel on which each workshop that got entries is told, with its head. Only a wake-up: it may be lost."""
TALK: Final = "plenary:talk"
"""The channel of the bus."""
LOOK_S: Final = 1.0
"""How often a follower looks by itself ([LOG19])."""
PATIENCE_S: Final = 8.0
"""How long an append is asked again before it is given up."""
PAUSE_S: Final = 0.05
"""Before asking again; doubled each time."""
CHUNK: Final = 500
"""Most items read at once."""
AT_ONCE: Final = 64
"""Most calls under way at once ([LOG23]); the library has 100 connections, and raises when they are used up."""
PLANTED: Final = 100
"""Entries in one item of a log that is planted."""
PLANTING_S: Final = 600
"""What was put together and then never planted is gone after so long."""
BATCH: Final[TypeAdapter[list[Entry]]] = TypeAdapter(list[Entry])
Item = tuple[bytes, dict[bytes, bytes]]
"""A stream's item: its id and its fields, `hash` (of its last entry) and `batch`."""
FOLDER: Final = Path(__file__).parent


class RedisLog:
    """Use `RedisLog.opened`. Raises `StoreError` in plain words where Redis does not answer."""

    def __init__(self, masters: Masters, clock: Callable[[], int], runs: dict[str, str]) -> None:
        self._masters = masters
        self._redis = redis = masters.client
        self._clock = clock
        self._bells = Bells()
        self._ends: dict[str, tuple[Head, int]] = {}
        self._append = redis.register_script((FOLDER / "append.lua").read_text())
        self._plant = redis.register_script((FOLDER / "plant.lua").read_text())
        self._keep = redis.register_script((FOLDER / "keep.lua").read_text())
        self._forget = redis.register_script((FOLDER / "forget.lua").read_text())
        self._rewriting = Rewriting(masters)
        self._gone: set[str] = set()
        """What this instance knows to be deleted, to delete it again where Redis came back older ([GONE4])."""
        self._running: set[asyncio.Task[list[Entry]]] = set()
        self._runs = runs
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._hear: Hear | None = None
        self._listening = asyncio.create_task(self._listen(), name="wake-ups")
        self._closed = False

    @classmethod
    async def opened(cls, url: str, clock: Callable[[], int] = wall_clock, *, risk: bool = False) -> Self:
        """Connect (`Masters` says to what), and see that it keeps what it is given ([LOG20]).

        `risk` takes it as it is.
        """
        try:
            masters = Masters(url)
        except ValueError as error:
            raise StoreUnfit(f"This is no address of a Redis: {error}") from error
        try:
            with translated():
                runs = {name: _fit(about, risk=risk) for name, about in (await masters.about()).items()}
        except BaseException:
            await masters.close()
            raise
        return cls(masters, clock, runs)

    async def append(self, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        """[LOG1] [LOG2] All behind `expected`, or `HeadMoved`. Cancelling does not stop it ([LOG9])."""
        self._open()
        task = asyncio.create_task(self._appended(workshop, drafts, expected))
        self._running.add(task)
        task.add_done_callback(self._ended)
        return await asyncio.shield(task)

    async def plant(self, workshop: str, entries: Sequence[Entry]) -> None:
        """[LOG27] Put together beside, piece by piece, and then there at once; or `HeadMoved`."""
        self._open()
        if not entries:
            return
        last = entries[-1]
        aside = f"plenary:{{{workshop}}}:planting:{secrets.token_hex(8)}"
        async with self._asking(workshop):
            for place in range(0, len(entries), PLANTED):
                piece = list(entries[place : place + PLANTED])
                end, batch = piece[-1], BATCH.dump_json(piece, exclude_unset=True)
                await self._redis.xadd(aside, {"hash": end.hash, "batch": batch}, id=f"{end.seq}-0")
                await self._redis.expire(aside, PLANTING_S)
            # By itself: of a script with two writes, a cut of the append-only file could leave one.
            await self._redis.persist(aside)
            done = await self._plant([_log(workshop), aside], [WAKE, f"{workshop}\n{last.seq} {last.hash}"])
            newest = None if done else await self._newest(workshop)
        if newest:
            raise HeadMoved(newest.head)
        self._bells.ring(workshop, last.head)

    async def read(self, workshop: str, after: Head) -> list[Entry]:
        """[LOG7] What lies behind `after`, read in pieces; a gap is refused."""
        self._open()
        async with self._asking(workshop):
            entries = await self._behind(workshop, after)
        if entries:
            self._ends[workshop] = entries[-1].head, entries[-1].at
        return entries

    def follow(self, workshop: str, after: Head, known: Known | None = None) -> AsyncIterator[list[Entry]]:
        """[LOG8] [LOG19] What lies behind `after`, and what comes; wake-ups may be lost."""
        return following(partial(self.read, workshop), self._bells.at(workshop), after, known=known, look=LOOK_S)

    async def save_snapshot(self, workshop: str, snapshot: Snapshot) -> None:
        """[LOG11] Keep the later one."""
        self._open()
        async with self._asking(workshop):
            await self._keep([_snapshot(workshop)], [snapshot.head.seq, snapshot.head.hash, snapshot.body])

    async def load_snapshot(self, workshop: str) -> Snapshot | None:
        """[LOG10] The newest one."""
        self._open()
        async with self._asking(workshop):
            found = await cast("Awaitable[list[bytes | None]]", self._redis.hmget(_snapshot(workshop), _FIELDS))
            seq, digest, body = found
            if seq is None or digest is None or body is None:
                return None
            return Snapshot(Head(int(seq), digest.decode()), body)

    async def last(self, workshop: str) -> Entry | None:
        """The newest."""
        self._open()
        async with self._asking(workshop):
            return await self._newest(workshop)

    async def forget(self, workshop: str, if_head: Head | None = None) -> None:
        """[GONE1] [GONE2] [GONE3] Out of its memory when this returns; each master is then asked to clean its file."""
        self._open()
        async with self._asking():
            await self._forgotten(workshop, if_head)
        self._bells.ring(workshop)

    async def workshops(self) -> list[str]:
        """Those that have entries."""
        return await self._named("STREAM")

    async def now(self) -> int:
        """By ours or the master's: one alone that is wrong has nothing deleted too early."""
        self._open()
        async with self._asking():
            return min(self._clock(), await self._masters.time_ms())

    async def forgotten(self) -> list[str]:
        """Those that were deleted; from now on this instance knows it of each."""
        names = await self._named("STRING")
        self._gone.update(names)
        return names

    async def say(self, workshop: str, words: bytes) -> None:
        """[HERE3] The bus: to all instances, and lost where they do not listen."""
        self._open()
        async with self._asking():
            await self._redis.publish(TALK, workshop.encode() + b"\n" + words)

    def listen(self, hear: Hear) -> None:
        """The bus: what any instance says."""
        self._hear = hear

    async def close(self) -> None:
        """Finish what was begun and let go of the connections."""
        if self._closed:
            return
        self._closed = True
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._rewriting.close()
        await ended(self._listening)
        await self._masters.close()

    @contextlib.asynccontextmanager
    async def _asking(self, workshop: str | None = None) -> AsyncIterator[None]:
        """[LOG16] [LOG23] A call: its turn, and its errors in our words. `workshop`: the one whose keys it is about."""
        if workshop in self._gone:
            raise Gone
        async with self._turns:
            with translated():
                try:
                    yield
                except ResponseError as error:
                    if workshop is None or not str(error).startswith(NO_STREAM):
                        raise
                    self._gone.add(workshop)
                    raise Gone from error

    def _open(self) -> None:
        if self._closed:
            raise StoreError("the store is closed")

    def _ended(self, task: asyncio.Task[list[Entry]]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waited has it, or has gone

    async def _appended(self, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        """[LOG18] Ask until there is an answer. Entries once made stay the same, so they are stored once at most."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + PATIENCE_S, PAUSE_S
        entries: list[Entry] | None = None
        while True:
            try:
                async with self._asking(workshop):
                    if entries is None:
                        at = await self._at(workshop, expected)
                        entries = chain(drafts, expected, max(self._clock(), at))
                    return await self._asked(workshop, entries, expected)
            except StoreUnfit:
                raise
            except StoreError:
                if loop.time() + pause > until or self._closed:
                    raise
            await asyncio.sleep(pause)
            pause *= 2

    async def _asked(self, workshop: str, entries: list[Entry], expected: Head) -> list[Entry]:
        if not entries:
            return entries
        last = entries[-1]
        batch = BATCH.dump_json(entries, exclude_unset=True)
        wake = f"{workshop}\n{last.seq} {last.hash}"
        values: list[int | str | bytes] = [expected.seq, expected.hash, last.seq, last.hash, batch, WAKE, wake]
        seq, digest = await self._append([_log(workshop)], values)
        head = Head(int(seq), digest.decode())
        if head != last.head and not await self._holds(workshop, entries, expected):
            raise HeadMoved(head)
        self._ends[workshop] = last.head, last.at
        self._bells.ring(workshop, last.head)
        return entries

    async def _holds(self, workshop: str, entries: list[Entry], expected: Head) -> bool:
        """Whether an earlier try of these very entries was stored, and others came behind it."""
        try:
            return (await self._behind(workshop, expected))[: len(entries)] == entries
        except PositionGone:
            return False

    async def _at(self, workshop: str, expected: Head) -> int:
        """[LOG5] When the expected head was appended (ms); `HeadMoved` where it is not the head."""
        if expected == EMPTY:
            return 0
        head, at = self._ends.get(workshop, (EMPTY, 0))
        if head != expected:
            last = await self._newest(workshop)
            if last is None or last.head != expected:
                raise HeadMoved(last.head if last else EMPTY)
            at = last.at
        return at

    async def _newest(self, workshop: str) -> Entry | None:
        items = cast("list[Item]", await self._redis.xrevrange(_log(workshop), count=1))
        return _entries(items[0])[-1] if items else None

    async def _forgotten(self, workshop: str, if_head: Head | None) -> None:
        values = ["" if if_head is None else "if", *((if_head.seq, if_head.hash) if if_head else (0, "")), GONE, WAKE]
        answer = await self._forget([_log(workshop), _snapshot(workshop)], [*values, f"{workshop}\n{GONE}"])
        if answer:
            seq, digest = answer
            raise HeadMoved(Head(int(seq), digest.decode()))
        self._gone.add(workshop)
        self._ends.pop(workshop, None)
        self._rewriting.soon(_log(workshop))

    async def _named(self, kind: str) -> list[str]:
        """The workshops whose log is of this type."""
        self._open()
        async with self._asking():
            keys = [key async for key in self._redis.scan_iter(match=_log("*"), count=1_000, _type=kind)]
        return sorted({key.decode().partition("{")[2].rpartition("}")[0] for key in keys})

    async def _behind(self, workshop: str, after: Head) -> list[Entry]:
        """The item that holds `after` is the first whose last entry is not before it."""
        entries: list[Entry] = []
        start, seen = f"{after.seq}-0", after == EMPTY
        while items := cast("list[Item]", await self._redis.xrange(_log(workshop), min=start, count=CHUNK)):
            for item in items:
                batch = _entries(item)
                if not seen:
                    batch = _cut(batch, after)
                    seen = True
                entries += batch
            start = f"({items[-1][0].decode()}"
            if len(items) < CHUNK:
                break
        if not seen:
            raise PositionGone
        _dense(entries, after.seq)
        return entries

    async def _listen(self) -> None:
        """Ring for what others append; when the line breaks, everybody is woken, for something may have been missed."""
        while True:
            with contextlib.suppress(RedisError, OSError):
                async with self._redis.pubsub() as wakes:
                    await wakes.subscribe(WAKE, TALK)
                    await self._see_runs()
                    async for message in wakes.listen():
                        if message["type"] == "message":
                            self._heard(message["channel"], message["data"])
            await asyncio.sleep(LOOK_S)

    def _heard(self, channel: bytes, data: bytes) -> None:
        workshop, _, words = data.partition(b"\n")
        if channel == WAKE.encode():
            if words == GONE.encode():
                self._gone.add(workshop.decode())
            seq, _, digest = words.decode().partition(" ")
            self._bells.ring(workshop.decode(), Head(int(seq), digest) if seq.isdigit() else None)
        elif self._hear:
            self._hear(workshop.decode(), words)

    async def _see_runs(self) -> None:
        """After a restart the append-only file is written anew: Redis 7.0 may lose what follows a torn end.

        And what was deleted is deleted again, for it may have come back older ([GONE4]).
        """
        runs = {name: _run(about) for name, about in (await self._masters.about()).items()}
        restarted = [name for name, run in runs.items() if self._runs.get(name) != run]
        for workshop in sorted(self._gone) if restarted else ():
            await self._forgotten(workshop, None)
        self._runs |= runs
        for name in restarted:
            await self._masters.rewrite(name)


NO_STREAM: Final = "WRONGTYPE"
"""How Redis begins to say that a key is of another type than the verb is for."""
GONE: Final = "gone"
"""What stands where a workshop was."""
STREAM: Final = {"drain", "read", "readexactly", "readline", "readuntil", "write", "writelines"}
"""What the driver asks of a stream."""
_FIELDS: Final = ["seq", "hash", "body"]


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """[LOG16] The driver's errors, once, in our words."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as error:
        raise StoreError(f"Redis does not answer: {error}") from error
    except AttributeError as error:
        # The cluster client cuts a connection that another call is just writing to, and that one finds no stream.
        if error.obj is not None or error.name not in STREAM:
            raise
        raise StoreError("Redis does not answer: the connection was cut") from error
    except ValueError as error:
        raise StoreUnfit(f"the store holds what it should not: {error}") from error


def _fit(about: About, *, risk: bool) -> str:
    """The id of this master's run, when it is fit."""
    version = str(about.get("redis_version", "0"))
    if int(version.partition(".")[0]) < 7:
        raise StoreUnfit(f"This Redis is {version}; Plenary needs 7 or later.")
    faults = [
        ("it is a replica", about.get("role") != "master"),
        ("its append-only file is off (appendonly yes)", not about.get("aof_enabled")),
        ("it may evict keys (maxmemory-policy noeviction)", about.get("maxmemory_policy") != "noeviction"),
    ]
    found = "; ".join(words for words, wrong in faults if wrong)
    if found and not risk:
        raise StoreUnfit(f"This Redis could lose what it is given: {found}.")
    return _run(about)


def _run(about: About) -> str:
    return str(about["run_id"])


def _log(workshop: str) -> str:
    return f"plenary:{{{workshop}}}:log"


def _snapshot(workshop: str) -> str:
    return f"plenary:{{{workshop}}}:snapshot"


def _entries(item: Item) -> list[Entry]:
    return BATCH.validate_json(item[1][b"batch"])


def _cut(batch: list[Entry], after: Head) -> list[Entry]:
    """What of a batch lies behind `after`, which is in it."""
    for place, entry in enumerate(batch):
        if entry.head == after:
            return batch[place + 1 :]
    raise PositionGone


def _dense(entries: list[Entry], seq: int) -> None:
    for place, entry in enumerate(entries, seq + 1):
        if entry.seq != place:
            raise ValueError(f"entry {place} is missing")
