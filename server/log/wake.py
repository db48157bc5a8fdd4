"""Waking those who follow: a bell per workshop. It only says "look"; what is there is read from the log itself."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator

from protocol.entries import Head


class Bell(asyncio.Event):
    """Set by each ring; whoever follows clears it before they look."""

    head: Head | None = None
    """The log's head as of the last ring; None where the ring did not say."""


class Bells:
    """One bell per workshop and follower; ringing wakes all who wait at that moment."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, dict[Bell, None]] = defaultdict(dict)

    def ring(self, workshop: str, head: Head | None = None) -> None:
        """Something was appended, up to `head`."""
        for bell in self._waiting.get(workshop, ()):
            bell.head = head
            bell.set()

    @contextlib.contextmanager
    def at(self, workshop: str) -> Iterator[Bell]:
        """A bell for one who follows."""
        bell = Bell()
        self._waiting[workshop][bell] = None
        try:
            yield bell
        finally:
            self._waiting[workshop].pop(bell, None)
            if not self._waiting[workshop]:
                del self._waiting[workshop]
