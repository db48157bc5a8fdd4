"""Which store an address names: a Redis (`masters.SCHEMES`), or else the path of a SQLite file."""

from collections.abc import Callable
from pathlib import Path

from .base import Log
from .masters import SCHEMES
from .memory import wall_clock
from .redis import RedisLog
from .sqlite import SqliteLog


def is_shared(store: str) -> bool:
    """Whether several instances may use it at once."""
    return store.startswith(SCHEMES)


async def opened(store: str, clock: Callable[[], int] = wall_clock, *, risk: bool = False) -> Log:
    """Open it; raises `StoreError` and its kinds, in plain words. `risk`: as in `RedisLog.opened`."""
    return await RedisLog.opened(store, clock, risk=risk) if is_shared(store) else SqliteLog(Path(store), clock)
