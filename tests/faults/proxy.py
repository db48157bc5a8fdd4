"""A network that can be broken: a TCP proxy, to a place that may change."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from random import Random


Target = int | tuple[str, int]
ACCEPTING = 10
"""Turns of the loop until a connection that was just accepted is seen."""


class Half(asyncio.Protocol):
    """One side of a connection. What comes before the other side is there, or while the way is cut, is kept."""

    def __init__(self, way: Proxy, other: Half | None = None) -> None:
        self.way = way
        self.other = other
        self.transport: asyncio.Transport | None = None
        self._kept = bytearray()
        self._coming: deque[bytes] = deque()
        """What is still under way, where the way is long."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is up; a side that somebody opened looks for its other one."""
        self.transport = cast("asyncio.Transport", transport)
        self.way.halves.add(self)
        if self.other is None:
            self.way.spawn(self._meet())

    def data_received(self, data: bytes) -> None:
        """To the other side."""
        if any(word in data for word in self.way.refused):
            self.end()
        elif self.way.latency_s:
            self._coming.append(data)
            asyncio.get_running_loop().call_later(self.way.latency_s, self._arrive)
        else:
            self._kept += data
            self.flush()

    def connection_lost(self, _: Exception | None) -> None:
        """The other side hears of it."""
        self.way.halves.discard(self)
        if self.other:
            self.other.end()

    def flush(self) -> None:
        """Pass on what was kept, if it may pass."""
        if self._kept and self.way.passable and self.other and self.other.transport:
            self.other.transport.write(bytes(self._kept))
            self._kept.clear()

    def end(self) -> None:
        """Break it."""
        if self.transport:
            self.transport.abort()

    def _arrive(self) -> None:
        self._kept += self._coming.popleft()
        self.flush()

    async def _meet(self) -> None:
        other = await self.way.reach(self)
        if other is None or self not in self.way.halves:
            self.end()
            if other:
                other.end()
        else:
            self.other = other
            self.flush()


class Proxy:
    """Each connection goes to the next of `targets` (ports here, or elsewhere) that takes it."""

    def __init__(self, *targets: Target) -> None:
        self.targets = targets
        self.port = 0
        self.passable = True
        self.latency_s = 0.0
        """How long everything takes, one way."""
        self.refused: tuple[bytes, ...] = ()
        """A connection over which one of these comes is broken."""
        self.halves: set[Half] = set()
        self._turn = itertools.count()
        self._busy: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.get_running_loop().create_server(lambda: Half(self), "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def cut(self) -> None:
        """Nothing passes any more, in either direction, and nobody is told."""
        self.passable = False

    def heal(self) -> None:
        """What was kept passes, and all that follows."""
        self.passable = True
        for half in list(self.halves):
            half.flush()

    def drop(self, chance: float, random: Random) -> int:
        """Break each connection with this chance; how many were broken."""
        unlucky = [half for half in list(self.halves) if half.other and random.random() < chance / 2]
        for half in unlucky:
            half.end()
        return len(unlucky)

    def point(self, *targets: Target) -> None:
        """From now on to there; the old connections break."""
        self.targets = targets
        for half in list(self.halves):
            half.end()

    async def reach(self, half: Half) -> Half | None:
        """The other side for this one; None where nobody takes it."""
        first = next(self._turn)
        for i in range(len(self.targets)):
            there = Half(self, half)
            target = self.targets[(first + i) % len(self.targets)]
            host, port = target if isinstance(target, tuple) else ("127.0.0.1", target)
            with contextlib.suppress(OSError):
                await asyncio.get_running_loop().create_connection(partial(_itself, there), host, port)
                return there
        return None

    def spawn(self, work: Coroutine[None, None, None]) -> None:
        """Beside all else."""
        task = asyncio.create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def close(self) -> None:
        """Break what is left."""
        if self._server:
            self._server.close()
        turns = 0
        while turns < ACCEPTING or self._busy or self.halves:
            self.point(*self.targets)
            turns += 1
            await asyncio.sleep(0)


def _itself(half: Half) -> Half:
    return half


@contextlib.asynccontextmanager
async def proxy(*targets: Target) -> AsyncIterator[Proxy]:
    """A proxy for the length of a test."""
    way = Proxy(*targets)
    await way.start()
    try:
        yield way
    finally:
        await way.close()
