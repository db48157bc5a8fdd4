"""Running the app on uvicorn, so that goodbye is said before the sockets close ([BYE1])."""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import State

if TYPE_CHECKING:
    from .house import House

WS_BYTES: Final = 262_144
"""Above this the library closes the line itself; from the limit to this it gets our own words ([LIMIT2])."""
PARTING_S: Final = 3.0
"""Longest that everybody's last words may take."""
CUT: Final = "plenary.cut"
"""The extension of a WebSocket's scope that ends its connection at once."""


class Cuttable(WebSocketsSansIOProtocol):
    """uvicorn's own, plus a way to cut a peer that takes nothing: ASGI can only ask it to close."""

    def handle_connect(self, event: Request) -> None:
        """As ever, and offer the cut. The app starts in a later turn of the loop."""
        super().handle_connect(event)
        if not self.handshake_complete:
            extensions: dict[str, object] = self.scope["extensions"]  # type: ignore[assignment]
            extensions[CUT] = {"cut": self.transport.abort}

    def shutdown(self) -> None:
        """As ever; who is saying goodbye already is not told twice, which the library would refuse to do."""
        if self.handshake_complete and self.conn.state is not State.OPEN:
            self.stop_keepalive()
            self.transport.abort()
        else:
            super().shutdown()


class Serving(uvicorn.Server):
    """uvicorn, with a greeting and a farewell."""

    def __init__(self, config: uvicorn.Config, house: "House", up: Callable[[int], None]) -> None:
        super().__init__(config)
        self._house = house
        self._up = up

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As usual; then say that we are up, with the port that we really have."""
        await super().startup(sockets)
        self._up(int(self.servers[0].sockets[0].getsockname()[1]))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Nobody new; `bye` to everybody and the rooms stored; then as usual."""
        for server in self.servers:
            server.close()
        await self._house.registry.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PARTING_S):
                await self._house.emptied()
        await super().shutdown(sockets)


def serving(
    app: Starlette, host: str, port: int, up: Callable[[int], None] = lambda _port: None, *, proxies: str = "127.0.0.1"
) -> Serving:
    """A server for the app, with the limits that ours needs. `up` is told the port once it is bound.

    `proxies`: as the setting `trusted_proxies`.
    """
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws=Cuttable,
        ws_max_size=WS_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        server_header=False,
        forwarded_allow_ips=proxies,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
    )
    return Serving(config, app.state.house, up)
