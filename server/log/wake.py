"""Waking those who follow: a bell per workshop. It only says "look"; what is there is read from the log itself."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Iterator


class Bells:
    """One bell per workshop; ringing wakes all who wait at that moment."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, dict[asyncio.Event, None]] = defaultdict(dict)

    def ring(self, workshop: str) -> None:
        """Something was appended."""
        for event in self._waiting.get(workshop, ()):
            event.set()

    @contextlib.contextmanager
    def at(self, workshop: str) -> Iterator[asyncio.Event]:
        """An event that each ring sets; the listener clears it before it looks."""
        event = asyncio.Event()
        self._waiting[workshop][event] = None
        try:
            yield event
        finally:
            self._waiting[workshop].pop(event, None)
            if not self._waiting[workshop]:
                del self._waiting[workshop]
