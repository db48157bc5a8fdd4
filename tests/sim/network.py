"""The network between people and instances: late, stuck, cut, and sometimes twice."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from protocol import limits

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from random import Random

    from server.live.frame import Frame
    from server.live.visit import Visit

CLOSED = object()
"""What comes out last."""
TICK = 1e-6
"""No two arrive at the same moment: what was sent first comes first."""


@dataclass
class Roads:
    """How it goes in this run: seconds, and odds from 0 to 1."""

    latency: float = 0.02
    twice: float = 0.0


class Way:
    """One direction of a line. What is put in comes out later and in order, or never."""

    def __init__(self, roads: Roads, chance: Random, out: Callable[[object], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._roads = roads
        self._chance = chance
        self._out = out
        self._last = 0.0
        self.items: deque[object] = deque()
        self.waiting = 0
        """Bytes under way."""
        self.stuck_until = 0.0
        self.gone = False

    def put(self, item: object) -> None:
        """Send it on its way."""
        if self.gone:
            return
        wanted = self._loop.time() + self._chance.expovariate(1 / self._roads.latency)
        self._last = max(wanted, self.stuck_until, self._last + TICK)
        self.waiting += _size(item)
        self.items.append(item)
        self._loop.call_at(self._last, self._arrive)

    def _arrive(self) -> None:
        """The oldest, whichever it was meant for: nothing overtakes."""
        if self._loop.time() < self.stuck_until:
            self._loop.call_at(self.stuck_until, self._arrive)
            return
        item = self.items.popleft()
        self.waiting -= _size(item)
        if not self.gone:
            self._out(item)


def _size(item: object) -> int:
    return len(item) if isinstance(item, bytes | str) else 0


class Link:
    """A line between a device and an instance; each side has its end."""

    def __init__(self, roads: Roads, chance: Random, reached: Counter[str]) -> None:
        self._roads = roads
        self._chance = chance
        self._reached = reached
        self._here: deque[str] = deque()
        self._there: deque[str] = deque()
        self._news_here = asyncio.Event()
        self._news_there = asyncio.Event()
        self.down = Way(roads, chance, self._came_here)
        self.up = Way(roads, chance, self._came_there)
        self.close_code: int | None = None
        self.close_reason: str | None = None
        self.broken = False
        """The device knows that it is over."""
        self.over = False
        """The instance knows that it is over."""
        self.closing = False
        self.visit: Visit | None = None
        """Who is told when it is over its budget."""

    # The device's end, as the client's line.

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.broken = True
        self.up.put(CLOSED)

    async def send(self, text: str) -> None:
        """Up."""
        if self.broken:
            raise ConnectionResetError
        self.up.put(text)
        if '"type":"do"' in text and self._chance.random() < self._roads.twice:
            self._reached["a command came twice"] += 1
            self.up.put(text)

    async def recv(self) -> str:
        """What came down."""
        while not self._here:
            if self.broken:
                raise ConnectionResetError
            self._news_here.clear()
            await self._news_here.wait()
        return self._here.popleft()

    # The instance's end, as a `server.live.line.Line`.

    def write(self, frame: Frame) -> None:
        """Down."""
        if not self.closing:
            self.down.put(frame.payload)
            if self.full and self.visit:
                self.visit.filled()

    def under_way(self) -> list[str]:
        """What was written and may still be heard, whatever happens to whoever wrote it."""
        down = [] if self.down.gone else [item.decode() for item in self.down.items if isinstance(item, bytes)]
        return [*self._here, *down]

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Down, one behind the other."""
        for frame in frames:
            self.write(frame)

    @property
    def full(self) -> bool:
        """Whether it is over its budget."""
        return self.buffered() > limits.BUFFER_BYTES

    def buffered(self) -> int:
        """What the device has not taken."""
        return self.down.waiting

    def close(self, number: int, reason: str) -> None:
        """Behind all that was written."""
        if not self.closing:
            self.closing = True
            self.down.put((number, reason))

    async def heard(self) -> str | None:
        """What came up; None: it is over."""
        while not self._there:
            if self.over:
                return None
            self._news_there.clear()
            await self._news_there.wait()
        return self._there.popleft()

    # What happens to lines.

    def cut(self, *, device_knows: bool, instance_knows: bool) -> None:
        """Nothing passes any more. Who does not know finds out by silence."""
        self.up.gone = self.down.gone = True
        if device_knows:
            self._break_here()
        if instance_knows:
            self._break_there()

    def stick(self, seconds: float, *, up: bool = True, down: bool = True) -> None:
        """Nothing arrives for so long; then all of it."""
        until = asyncio.get_running_loop().time() + seconds
        for way, sticks in ((self.up, up), (self.down, down)):
            if sticks:
                way.stuck_until = until

    def _came_here(self, item: object) -> None:
        if isinstance(item, bytes):
            self._here.append(item.decode())
            self._news_here.set()
        elif isinstance(item, tuple):
            self.close_code, self.close_reason = item
            self._break_here()
            self.over = True
            self._news_there.set()

    def _came_there(self, item: object) -> None:
        if isinstance(item, str):
            self._there.append(item)
            self._news_there.set()
        else:
            self._break_there()

    def _break_here(self) -> None:
        self.broken = True
        self._news_here.set()

    def _break_there(self) -> None:
        self.over = True
        self._news_there.set()
