"""The pace of a room: at rest what happens is told at once; under load all of what happened during the last telling."""

import asyncio
from collections.abc import Callable
from typing import Final

LEAST_S: Final = 0.0
"""Least time between two tellings."""
MOST_S: Final = 0.25
"""Longest that anything waits."""
REST: Final = 2
"""Between two tellings the loop has so many times as long as one takes, for everything else…"""
REST_S: Final = 0.06
"""…up to this; or as long as one takes, if that is longer."""


class Pace:
    """Calls `tell` soon after each `soon`, and leaves the loop twice the time in between that the last telling took."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self.took_s = 0.0
        """How long the last telling kept the loop, the sends of the kernel included."""
        self._tell = tell
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> bool:
        """Whether something waits to be told."""
        return self._timer is not None

    def soon(self) -> None:
        """Something happened: tell it now, or when it is time."""
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        if loop.time() >= self._due:
            self._now()
        else:
            self._timer = loop.call_at(self._due, self._now)

    def stop(self) -> None:
        """Nothing more is told."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _now(self) -> None:
        self.stop()
        loop = asyncio.get_running_loop()
        began = loop.time()
        self._tell()
        self._due = loop.time() + self._rest(loop.time() - began)
        loop.call_soon(self._measure, began)  # the transports write to the kernel before the next turn of the loop

    def _measure(self, began: float) -> None:
        now = asyncio.get_running_loop().time()
        self.took_s = now - began
        self._due = now + self._rest(self.took_s)

    @staticmethod
    def _rest(took: float) -> float:
        return max(LEAST_S, min(REST * took, REST_S), min(took, MOST_S))
