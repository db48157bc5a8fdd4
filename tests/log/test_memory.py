"""The memory log keeps the contract."""

import pytest

from server.log.memory import MemoryLog

from .contract import LogContract


class TestMemory(LogContract):
    """Runs the whole suite."""

    @pytest.fixture
    def now(self) -> list[int]:
        """The clock."""
        return [1_000_000]

    @pytest.fixture
    def log(self, now: list[int]) -> MemoryLog:
        """A fresh log."""
        return MemoryLog(lambda: now[0])
