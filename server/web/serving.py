"""Running the app on uvicorn, so that goodbye is said before the sockets close ([BYE1])."""

import socket

import uvicorn
from starlette.applications import Starlette

from .house import House

WS_BYTES = 262_144
"""Above this the library closes the connection itself; between the limit and this it gets our own words ([LIMIT2])."""


class Serving(uvicorn.Server):
    """uvicorn, with a farewell."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """`bye` to everybody and the rooms stored; then as usual."""
        app = self.config.loaded_app
        while hasattr(app, "app") and not isinstance(app, Starlette):
            app = app.app
        house: House = app.state.house
        await house.registry.close()
        await super().shutdown(sockets)


def serving(app: Starlette, host: str, port: int) -> Serving:
    """A server for the app, with the limits that ours needs."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=WS_BYTES,
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_graceful_shutdown=10,
        h11_max_incomplete_event_size=16_384,
    )
    return Serving(config)
