"""A server that says what the test tells it to, for one client at a time."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Self

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

YOU = {"workshop": "w", "person": "me", "role": "participant"}


class Scripted:
    """Lines that come wait in `lines`; each is spoken with by hand."""

    def __init__(self) -> None:
        self.lines: asyncio.Queue[ServerConnection] = asyncio.Queue()
        self.url = ""
        self.over = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._server = await serve(self._accept, "127.0.0.1", 0, subprotocols=[Subprotocol("plenary.v1")])
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.over.set()
        self._server.close()
        await self._server.wait_closed()

    async def _accept(self, line: ServerConnection) -> None:
        await self.lines.put(line)
        await line.wait_closed()

    async def line(self, last: int = 0, seq: int = 1) -> tuple[ServerConnection, dict[str, Any]]:
        """The next line, welcomed; and what its hello said."""
        async with asyncio.timeout(20):
            line = await self.lines.get()
            hello = json.loads(await line.recv())
        welcome = {
            "type": "welcome",
            "you": YOU,
            "seq": seq,
            "tag": "t",
            "now": 1,
            "last": last,
            "records": [],
        }
        await line.send(json.dumps(welcome))
        return line, hello


async def command(line: ServerConnection) -> tuple[int, int]:
    """The next command's `n` and `prev`."""
    while True:
        async with asyncio.timeout(20):
            message = json.loads(await line.recv())
        if message["type"] == "do":
            return message["n"], message["prev"]


async def say(line: ServerConnection, **message: Any) -> None:
    """Send a message."""
    await line.send(json.dumps(message))
