"""An instance: the real registry, rooms, visits and store driver, without a web server around them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

from protocol.base import Role
from server.live.frame import beat
from server.live.registry import Registry
from server.live.visit import Claims, Visit
from server.log.redis import RedisLog

from .redis import Client, Server

if TYPE_CHECKING:
    from random import Random

    from server.live.rate import Bucket
    from server.live.room import Room

    from .network import Link

SECRET = b"the instances' common secret"
EPOCH_MS = 1_700_000_000_000
TICK_S = 0.5


def prove(token: str) -> Claims:
    """Tokens of a simulation say what they prove."""
    person, _, role = token.partition("/")
    return Claims("w", person or None, Role(role))


class Instance:
    """Up after `start`; `kill` ends it as `kill -9` does, `stop` as an operator does."""

    def __init__(self, name: str, server: Server, chance: Random, skew_ms: int) -> None:
        self.name = name
        server.clients.add(name)
        self.up = False
        self.frozen_until = 0.0
        self._server = server
        self._chance = chance
        self._skew = skew_ms
        self._tasks: set[asyncio.Task[None]] = set()
        self.links: dict[Link, Visit] = {}

    def start(self) -> None:
        """As `plenary serve` does."""
        self.redis = Client(self._server, self._chance)
        self.log = RedisLog(cast("Any", self.redis), self._clock, {"": str(self._server.run)})
        self.registry = Registry(self.log, SECRET, self._clock, self._steady)
        self.buckets: dict[str, Bucket] = {}
        self.links = {}
        self._spawn(self._tick())
        self.up = True

    @property
    def room(self) -> Room | None:
        """The workshop's room here, where it is open."""
        return self.registry.rooms.get("w") if self.up else None

    def accept(self, link: Link) -> None:
        """A device connects."""
        link.visit = self.links[link] = Visit(self.registry, prove, self.buckets, link)
        self._spawn(self._serve(link, self.links[link]))

    async def kill(self) -> None:
        """Nothing of it is left, and nobody was told."""
        self.up, self.redis.dead = False, True
        for link in self.links:
            link.cut(device_knows=self._chance.random() < 0.7, instance_knows=True)
        await self._end()

    async def stop(self) -> None:
        """Goodbye to all; what waits is stored."""
        self.up = False
        await self.registry.close()
        await self.log.close()
        await self._end()

    async def _end(self) -> None:
        log, registry = self.log, self.registry
        ours = [*self._tasks, *registry._tasks.values(), *registry.peers._saying]
        tasks = [*ours, log._listening, *log._running, *log._rewriting.tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, link: Link, visit: Visit) -> None:
        try:
            while not visit.over and (text := await link.heard()) is not None:
                pause = visit.hear(text)
                if visit.entering:
                    await visit.entering
                if pause:
                    await asyncio.sleep(pause / 1_000)
        finally:
            visit.leave()
            self.links.pop(link, None)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self.registry.tick()
            pulse = beat(0, self._clock())
            for visit in list(self.links.values()):
                visit.tick(self._steady(), pulse)

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _clock(self) -> int:
        return EPOCH_MS + self._skew + self._steady()

    @staticmethod
    def _steady() -> int:
        return int(asyncio.get_running_loop().time() * 1_000)
