"""Keeping the files' store tidy: what nobody can reach any more is deleted ([FILE8] [FILE9])."""

from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from protocol.entries import EMPTY, Head
from server.files.store import Store
from server.files.uploads import Uploads
from server.log.base import Gone, Log
from server.workshop.refused import Corrupt

from .held import reopened

logger = structlog.get_logger("rooms")
GRACE: Final = timedelta(days=1)
"""What is younger may be on its way, or known to an instance that has not told the log yet."""


class Tidying:
    """Sweeps a store of files by what the log says. Any number of instances may do it at once."""

    def __init__(self, log: Log, files: Store) -> None:
        self._log = log
        self._files = files
        self._known: dict[str, tuple[Head, frozenset[str]]] = {}
        """The files that a workshop has, as of which head: it is opened again only when that moved."""

    async def sweep(self, now: datetime | None = None) -> None:
        """Once over all of it. Raises `FilesError` and `StoreError` where one of the stores does not answer."""
        before = (now or datetime.now(UTC)) - GRACE
        for workshop in await self._files.firsts():
            try:
                blobs = await self._blobs(workshop)
            except Gone:
                await self._files.forget(workshop)
                logger.info("files of a deleted workshop deleted", workshop=workshop)
                continue
            if blobs is not None:
                await Uploads(self._files).sweep(workshop, set(blobs), before)

    async def _blobs(self, workshop: str) -> frozenset[str] | None:
        """None where the log cannot say: it may have come back empty, and be given back what it lost ([HEAL1])."""
        last = await self._log.last(workshop)
        if last is None:
            return None
        head, blobs = self._known.get(workshop, (EMPTY, frozenset[str]()))
        if head != last.head:
            try:
                state, _, _ = await reopened(self._log, workshop)
            except (Corrupt, ValueError, KeyError) as error:
                logger.warning("cannot be read, so its files are kept", workshop=workshop, error=str(error))
                return None
            head = state.head
            blobs = frozenset(each.blob for each in state.contributions.values() if each.blob is not None)
            self._known[workshop] = head, blobs
        return blobs
