"""A Redis for simulations: as much of it as the log's driver uses, with the ways in which it fails.

What the scripts do is said again here in Python; that the real ones do it is proved on a real Redis by `tests/log`.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

from redis.exceptions import ConnectionError as Refused
from redis.exceptions import ResponseError
from redis.exceptions import TimeoutError as Silent

from protocol.entries import EMPTY, Entry, Head
from server.log.redis import BATCH

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from random import Random

ANSWER_S = 2.0
"""How long a caller waits for an answer that does not come."""
ALIVE_S = 1.0
"""How often whoever listens sees whether the other end is gone."""
Fields = dict[bytes, bytes]
T = TypeVar("T")


@dataclass
class Weather:
    """How it goes in this run: odds from 0 to 1, times in seconds."""

    reply_lost: float = 0.0
    wake_lost: float = 0.0
    talk_lost: float = 0.0
    trip: float = 0.001


@dataclass
class Server:
    """The store itself. `stream` holds its items, oldest first; it comes back from a fault by `restart`."""

    weather: Weather
    reached: Counter[str]
    stream: list[tuple[int, Fields]] = field(default_factory=list)
    kept: list[tuple[int, Fields]] = field(default_factory=list)
    """Every snapshot, and how many items there were when it was kept."""
    gone: bool = False
    """The workshop was deleted: what stands above is what an older copy of it would bring back."""
    run: int = 1
    away: bool = False
    ears: list[Ear] = field(default_factory=list)
    clients: set[str] = field(default_factory=set)
    """The instances that use it."""
    ever: dict[tuple[str, int], Entry] = field(default_factory=dict)
    """Everything that was ever stored, lost or not, by client and number."""
    revealed: float = math.inf
    """When the sealed notes were turned over (s)."""
    _read: dict[bytes, list[Entry]] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        """Of the last item."""
        if not self.stream or self.gone:
            return EMPTY
        seq, fields = self.stream[-1]
        return Head(seq, fields[b"hash"].decode())

    def entries(self) -> list[Entry]:
        """All that is stored."""
        return [] if self.gone else [entry for _, fields in self.stream for entry in self.batch(fields)]

    def batch(self, fields: Fields) -> list[Entry]:
        """What an item holds."""
        body = fields[b"batch"]
        if body not in self._read:
            self._read[body] = BATCH.validate_json(body)
        return self._read[body]

    def restart(self, items: int) -> None:
        """It comes back with only so many items, and whatever was kept by then."""
        self.reached["the store was rewound" if items < len(self.stream) else "the store was restarted"] += 1
        if self.gone and items < len(self.stream):
            self.reached["a deletion was lost"] += 1
            self.gone = False
        del self.stream[items:]
        self.kept = [(at, fields) for at, fields in self.kept if at <= items]
        self.run += 1
        for ear in list(self.ears):
            ear.deaf = True

    def append(self, keys: list[str], values: list[Any]) -> list[bytes]:
        """`append.lua`. A code that leads to the workshop has a log of its own, which nobody here asks for."""
        seq, digest, last, last_hash, batch, channel, workshop = values
        if keys != ["plenary:{w}:log"]:
            return [str(last).encode(), last_hash.encode()]
        self.standing()
        if self.head != Head(seq, digest):
            self.reached["an append came too late"] += 1
            return [str(self.head.seq).encode(), self.head.hash.encode()]
        self.stream.append((last, {b"hash": last_hash.encode(), b"batch": batch}))
        self._remember({b"batch": batch})
        self.tell(channel, workshop.encode(), self.weather.wake_lost)
        return [str(last).encode(), last_hash.encode()]

    def _remember(self, fields: Fields) -> None:
        for entry in self.batch(fields):
            self.ever.setdefault((entry.client, entry.n), entry)
            if entry.name == "step.reveal":
                self.revealed = min(self.revealed, asyncio.get_running_loop().time())

    def keep(self, _keys: list[str], values: list[Any]) -> int:
        """`keep.lua`."""
        self.standing()
        seq, digest, body = values
        if self.kept and int(self.kept[-1][1][b"seq"]) > seq:
            return 0
        fields = {b"seq": str(seq).encode(), b"hash": digest.encode(), b"body": body}
        self.kept.append((len(self.stream), fields))
        return 1

    def forget(self, _keys: list[str], values: list[Any]) -> list[bytes] | None:
        """`forget.lua`."""
        condition, seq, digest, _, channel, wake = values
        if condition and not self.gone and self.head != Head(seq, digest):
            return [str(self.head.seq).encode(), self.head.hash.encode()]
        self.gone = True
        self.tell(channel, wake.encode(), self.weather.wake_lost)
        return None

    def standing(self) -> None:
        """What Redis says where a text is, and a stream was meant."""
        if self.gone:
            self.reached["what is deleted was asked for"] += 1
            raise ResponseError("WRONGTYPE Operation against a key holding the wrong kind of value")

    def items(self) -> list[tuple[int, Fields]]:
        """The stream."""
        self.standing()
        return self.stream

    def snapshots(self) -> list[tuple[int, Fields]]:
        """The snapshots."""
        self.standing()
        return self.kept

    def tell(self, channel: str, data: bytes, lost: float) -> None:
        """To all who listen, unless it is lost."""
        for ear in self.ears:
            ear.hear(channel, data, lost)


class Client:
    """One instance's connection to it, in the words of `Masters` and of the real client."""

    def __init__(self, server: Server, chance: Random) -> None:
        self.client = self
        self.server = server
        self.chance = chance
        self.cut = False
        """Its network to the store is down."""
        self.dead = False
        """Its process was killed: nothing of it reaches the store any more."""

    def register_script(self, text: str) -> Callable[[list[str], list[Any]], Awaitable[Any]]:
        """Any of the scripts."""
        server = self.server
        does: Callable[[list[str], list[Any]], Any]
        does = server.append if "XADD" in text else server.forget if "MSET" in text else server.keep

        async def script(keys: list[str], values: list[Any]) -> Any:
            return await self._call(lambda: does(keys, values))

        return script

    async def xrange(self, _key: str, min: str, count: int) -> list[tuple[bytes, Fields]]:  # noqa: A002
        """Items from `min` on."""
        past, first = min.startswith("("), int(min.strip("(").partition("-")[0])
        return await self._call(
            lambda: [
                (f"{seq}-0".encode(), fields)
                for seq, fields in self.server.items()
                if seq > first or (seq == first and not past)
            ][:count]
        )

    async def xrevrange(self, _key: str, count: int) -> list[tuple[bytes, Fields]]:
        """The newest items."""
        return await self._call(
            lambda: [(f"{seq}-0".encode(), fields) for seq, fields in self.server.items()[::-1][:count]]
        )

    async def hmget(self, _key: str, names: list[str]) -> list[bytes | None]:
        """The newest snapshot's fields."""
        return await self._call(
            lambda: [kept[-1][1][name.encode()] if (kept := self.server.snapshots()) else None for name in names]
        )

    async def publish(self, channel: str, data: bytes) -> None:
        """On the bus."""
        await self._call(lambda: self.server.tell(channel, data, self.server.weather.talk_lost))

    async def about(self) -> dict[str, dict[str, str]]:
        """Which run it is."""
        return await self._call(lambda: {"": {"run_id": str(self.server.run)}})

    def of(self, _key: str) -> str:
        """There is one."""
        return ""

    async def rewrite(self, _master: str) -> None:
        """Taken note of."""
        await self._call(lambda: self.server.reached.update(["the file was written anew"]))

    async def scan_iter(self, **_: Any) -> AsyncIterator[bytes]:
        """The one workshop."""
        yield b"plenary:{w}:log"

    def pubsub(self) -> Ear:
        """Somebody who listens."""
        return Ear(self)

    async def close(self) -> None:
        """Nothing to let go of."""

    async def reach(self) -> None:
        """Raises what the driver raises where the store cannot be reached."""
        await asyncio.sleep(self.chance.uniform(0, 2 * self.server.weather.trip))
        if self.dead:
            await asyncio.Event().wait()
        if self.cut or self.server.away:
            if self.chance.random() < 0.5:
                raise Refused("refused")
            await asyncio.sleep(ANSWER_S)
            raise Silent("no answer")

    async def _call(self, does: Callable[[], T]) -> T:
        await self.reach()
        try:
            answer = does()
        except ResponseError:
            await asyncio.sleep(self.chance.uniform(0, 2 * self.server.weather.trip))
            raise
        await asyncio.sleep(self.chance.uniform(0, 2 * self.server.weather.trip))
        if self.chance.random() < self.server.weather.reply_lost or self.cut or self.server.away:
            self.server.reached["a reply was lost"] += 1
            await asyncio.sleep(ANSWER_S)
            raise Silent("no answer")
        return answer


class Ear:
    """A subscription. What is told while it is deaf is gone."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._heard: deque[tuple[str, bytes]] = deque()
        self._channels: tuple[str, ...] = ()
        self._wake = asyncio.Event()
        self.deaf = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self in self._client.server.ears:
            self._client.server.ears.remove(self)

    async def subscribe(self, *channels: str) -> None:
        """From now on it hears."""
        await self._client.reach()
        self._channels = channels
        self._client.server.ears.append(self)

    def hear(self, channel: str, data: bytes, lost: float) -> None:
        """One message, unless it is lost."""
        if self._client.cut or channel not in self._channels:
            return
        if self._client.chance.random() < lost:
            self._client.server.reached["a wake-up was lost"] += 1
            return
        self._heard.append((channel, data))
        self._wake.set()

    async def listen(self) -> AsyncIterator[dict[str, Any]]:
        """What it hears, until the line breaks."""
        while True:
            await self._something()
            if self.deaf or self._client.cut or self._client.server.away:
                raise Refused("the line broke")
            if self._heard:
                channel, data = self._heard.popleft()
                yield {"type": "message", "channel": channel.encode(), "data": data}

    async def _something(self) -> None:
        """A message, or it is time to see whether the line still lives."""
        if not self._heard:
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(ALIVE_S):
                    await self._wake.wait()
