"""Running the app on uvicorn, so that goodbye is said before the sockets close ([BYE1])."""

import asyncio
import contextlib
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.applications import Starlette

from .door import door
from .wire import wire

if TYPE_CHECKING:
    from .house import House

PARTING_S: Final = 3.0
"""Longest that everybody's last words may take."""


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
        http=door(app.state.house),
        ws=wire(app.state.house),
        server_header=False,
        forwarded_allow_ips=proxies,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
    )
    return Serving(config, app.state.house, up)
