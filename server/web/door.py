"""The door: a connection that asks for a WebSocket goes straight to its `Wire`, a few per turn of the loop.

Thousands who lost their line come again in the same second. Were they all let in at once, those who stayed would wait
for them ([BYE3]); and uvicorn would parse each request, write it out again, and have it parsed once more.
"""

import asyncio
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from protocol import limits

from .wire import Wire

if TYPE_CHECKING:
    from .house import House

ASKS: Final = re.compile(
    rb"GET [^\r\n]* HTTP/1\.1\r\n(?:[^\r\n]+\r\n)*?upgrade:[ \t]*websocket[ \t]*\r\n", re.IGNORECASE
)


class Door(asyncio.Protocol):
    """A connection until it is known what it asks for."""

    __slots__ = ("_came", "_house", "_http", "_state", "_transport")

    def __init__(self, house: "House", http: Callable[[], HttpToolsProtocol], state: ServerState) -> None:
        self._house = house
        self._http = http
        self._state = state
        self._came = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connected."""
        self._transport = cast("asyncio.Transport", transport)
        self._state.connections.add(self)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        """A whole request for a WebSocket waits at the gate; anything else is uvicorn's, which knows all of HTTP."""
        if self._came:  # it waits, and goes on talking: so much is kept, and no more
            self._came += data
            if self._transport and len(self._came) > limits.FRAME_BYTES:
                self._transport.abort()
            return
        self._came = data
        if data.endswith(b"\r\n\r\n") and ASKS.match(data):
            self._house.gate.soon(self._come)
        else:
            self._become(self._http())

    def connection_lost(self, _error: Exception | None) -> None:
        """It went without asking, or while it waited."""
        self._state.connections.discard(self)
        self._transport = None

    def shutdown(self) -> None:
        """The server stops."""
        if self._transport:
            self._transport.abort()

    def _come(self) -> None:
        if self._transport and not self._transport.is_closing():
            self._become(Wire(self._house, self._state))

    def _become(self, protocol: Wire | HttpToolsProtocol) -> None:
        transport = self._transport
        assert transport
        self._state.connections.discard(self)
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        protocol.data_received(self._came)


def door(house: "House") -> Any:
    """What uvicorn makes for each connection."""

    def made(config: Config, server_state: ServerState, **others: Any) -> Door:
        return Door(house, partial(HttpToolsProtocol, config, server_state, **others), server_state)

    return made
