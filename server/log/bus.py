"""The bus: what instances tell each other beside the log. Anything said may be lost; nothing is kept."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

Hear = Callable[[str, bytes], None]
"""Called with the workshop and what was said of it, our own words too."""


@runtime_checkable
class Bus(Protocol):
    """A store that instances share has this besides the log."""

    async def say(self, workshop: str, words: bytes) -> None:
        """To all instances; raises `StoreError` where it cannot be said."""

    def listen(self, hear: Hear) -> None:
        """From now on `hear` is called; it must not raise."""
