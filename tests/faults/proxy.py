"""A network that can be broken: a TCP proxy, to a place that may change."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from functools import partial
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine


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

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It is up; a side that somebody opened looks for its other one."""
        self.transport = cast("asyncio.Transport", transport)
        self.way.halves.add(self)
        if self.other is None:
            self.way.spawn(self._meet())

    def data_received(self, data: bytes) -> None:
        """To the other side."""
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
