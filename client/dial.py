"""The line a participant speaks over, and how it is opened; a simulation brings its own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from protocol.messages import SUBPROTOCOL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    Dial = Callable[[str], AbstractAsyncContextManager["Line"]]
    """From a server's address to an open line; raises `OSError`, `TimeoutError` or `WebSocketException`."""


class Line(Protocol):
    """Text both ways, in order, until it breaks; then both raise as `Dial` does."""

    async def send(self, text: str, /) -> None:
        """Up."""

    async def recv(self) -> str | bytes:
        """What came down."""

    @property
    def close_code(self) -> int | None:
        """Why it was closed; None while it is not, or where nobody said."""

    @property
    def close_reason(self) -> str | None:
        """The same in a word."""


@asynccontextmanager
async def dial(url: str) -> AsyncIterator[Line]:
    """A WebSocket to the server at this `http(s)` address."""
    address = url.replace("http", "ws", 1).rstrip("/") + "/ws"
    settings: dict[str, Any] = {"compression": None, "max_size": None, "ping_interval": None, "proxy": None}
    async with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], close_timeout=2, **settings) as line:
        yield line
