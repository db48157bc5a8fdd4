"""Keeping workshops for so many days and no longer: each is deleted so long after its last entry ([KEEP1] [KEEP2])."""

import asyncio
from collections.abc import Iterable
from typing import Final, get_args

import structlog

from protocol.base import Days
from protocol.entries import Entry, Head
from server.files.store import FilesError, Store
from server.log.base import Gone, HeadMoved, Log
from server.workshop.pointing import pointed_to
from server.workshop.refused import Corrupt
from server.workshop.state import State

from .forgetting import forget, unpoint
from .held import reopened

logger = structlog.get_logger("rooms")
DAY_MS: Final = 86_400_000
LEAST_DAYS: Final = min(get_args(Days))
"""Nobody chooses fewer: a younger workshop need not be opened."""
REST: Final = 4
"""After each workshop that had to be opened, so many times as long as that took: people's work comes first."""


def fewest(*days: int | None) -> int | None:
    """The smallest number of days; 0 and None: for ever."""
    return min((each for each in days if each), default=None)


class Retention:
    """`limit`: the longest that this server keeps a workshop (days); 0: there is no limit. `files` go with it."""

    def __init__(self, log: Log, limit: int, files: Store | None = None) -> None:
        self.limit = limit
        self._log = log
        self._files = files
        self._chosen: dict[str, tuple[Head, int | None]] = {}
        """What the facilitators of old workshops chose, as of which head: they are opened once."""

    async def until(self, workshop: str, state: State) -> int | None:
        """[KEEP3] When it will be deleted, if nothing more is done in it (ms); None: it is kept."""
        days = fewest(self.limit, state.workshop.retain)
        last = await self._log.last(workshop) if days else None
        return last.at + days * DAY_MS if days and last else None

    async def sweep(self) -> list[str]:
        """Delete what is due, and codes that lead to nothing; the workshops that were deleted.

        Any number of instances may do it at once. Raises `StoreError` where the store does not answer.
        """
        now, gone, codes = await self._log.now(), [], {}
        for name in await self._log.workshops():
            try:
                last = await self._log.last(name)
                elsewhere = pointed_to([last]) if last and last.seq == 1 else None
                if elsewhere:
                    codes[name] = elsewhere
                elif last and await self._is_due(name, last, now):
                    gone.append(name)
                    await forget(self._log, name, if_head=last.head, files=self._files)
                    logger.info("kept long enough", workshop=name)
            except FilesError as error:
                logger.warning("its files are still there", workshop=name, error=str(error))
            except (Gone, HeadMoved):
                gone = [each for each in gone if each != name]
        await self._clear(codes.items())
        return gone

    async def _is_due(self, name: str, last: Entry, now: int) -> bool:
        days = (now - last.at) // DAY_MS
        if self.limit and days >= self.limit:
            return True
        if days < LEAST_DAYS:
            return False
        chosen = await self._choice(name, last.head)
        return chosen is not None and days >= chosen

    async def _choice(self, name: str, head: Head) -> int | None:
        known, chosen = self._chosen.get(name, (None, None))
        if known == head:
            return chosen
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            state, _, _ = await reopened(self._log, name)
            self._chosen[name] = state.head, state.workshop.retain
        except (Corrupt, ValueError, KeyError) as error:
            logger.warning("cannot be read, so it is kept", workshop=name, error=str(error))
            self._chosen[name] = head, None
        await asyncio.sleep((loop.time() - began) * REST)
        return self._chosen[name][1]

    async def _clear(self, codes: Iterable[tuple[str, str]]) -> None:
        """[GONE6] Codes whose workshop is deleted go too."""
        forgotten = set(await self._log.forgotten())
        for code, workshop in codes:
            if workshop in forgotten:
                await unpoint(self._log, code, workshop)
