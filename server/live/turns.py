"""Much to do, and none of it so urgent that everything else may wait: a little in each turn of the loop."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

TURN_S: Final = 0.004
"""Longest that this keeps the loop from everything else."""


class Turns:
    """Calls each in order, as many per turn of the loop as its time allows."""

    def __init__(self) -> None:
        self.spent_s = 0.0
        """All that the calls took so far."""
        self._waiting: deque[Callable[[], object]] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def soon(self, call: Callable[[], object]) -> None:
        """Call this when it is its turn."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._turn)
        self._waiting.append(call)

    def _turn(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            self._waiting.popleft()()
            while self._waiting and loop.time() < began + TURN_S:
                self._waiting.popleft()()
        finally:
            self.spent_s += loop.time() - began
            if self._waiting:
                loop.call_soon(self._turn)
