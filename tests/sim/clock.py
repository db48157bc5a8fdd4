"""A virtual clock: an event loop that never waits. Where nothing is left to do, time jumps to what comes next."""

from __future__ import annotations

from asyncio import base_events


class StuckError(Exception):
    """Nothing will ever happen again."""


class VirtualLoop(base_events.BaseEventLoop):
    """asyncio's own loop, without the operating system: no sockets, no threads, no real time."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._selector = self

    def time(self) -> float:
        """Seconds since the run began."""
        return self._now

    def select(self, timeout: float | None) -> list[object]:
        """Where a loop waits for sockets, this one jumps."""
        if timeout is None:
            raise StuckError
        self._now += max(0.0, timeout)
        return []

    def _process_events(self, _events: list[object]) -> None:
        """There are none."""

    def _write_to_self(self) -> None:
        """There is no other thread to wake it."""
