"""Having Redis write its append-only files anew, so that what was deleted leaves the disk too ([GONE3])."""

import asyncio
from collections import defaultdict
from typing import Final

import structlog
from redis.exceptions import RedisError, ResponseError

from .masters import Masters

logger = structlog.get_logger("store")
AGAIN_S: Final = 0.2
"""Before asking again a master that is just writing its file: what it began with may hold what was deleted since."""
MOST_S: Final = 5.0
"""Longest pause between two tries."""
PARTING_S: Final = 10.0
"""Longest that closing waits for it."""
BUSY: Final = "in progress"
BY_HAND: Final = "what was deleted is still in the append-only file of Redis: run BGREWRITEAOF"


class Rewriting:
    """One task for all that is asked; many deletions are one rewriting."""

    def __init__(self, masters: Masters) -> None:
        self._masters = masters
        self._keys: set[str] = set()
        self._task: asyncio.Task[None] | None = None

    def soon(self, key: str) -> None:
        """The master that has this key."""
        self._keys.add(key)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work(), name="rewriting")

    @property
    def tasks(self) -> list[asyncio.Task[None]]:
        """What is under way."""
        return [self._task] if self._task else []

    async def close(self) -> None:
        """Wait a while until all are asked."""
        if self._task and not self._task.done():
            await asyncio.wait([self._task], timeout=PARTING_S)
            if self._task.cancel():
                logger.warning(BY_HAND)

    async def _work(self) -> None:
        pause = AGAIN_S
        while self._keys:
            keys, self._keys = self._keys, set()
            for master, its in self._by_master(keys).items():
                if master is None or not await self._asked(master):
                    self._keys |= its
            if self._keys:
                await asyncio.sleep(pause)
                pause = min(2 * pause, MOST_S)

    def _by_master(self, keys: set[str]) -> dict[str | None, set[str]]:
        """The keys by who has them; None: nobody just now."""
        found = defaultdict[str | None, set[str]](set)
        for key in keys:
            try:
                found[self._masters.of(key)].add(key)
            except RedisError:
                found[None].add(key)
        return found

    async def _asked(self, master: str) -> bool:
        """Whether it was asked, or will not do it whatever we say."""
        try:
            await self._masters.rewrite(master)
        except ResponseError as error:
            if BUSY in str(error):
                return False
            logger.warning(BY_HAND, error=str(error))
        except (RedisError, OSError):
            return False
        return True
