"""A real program that is told of what happens, on a port of its own; it answers as a test wants."""

from __future__ import annotations

import asyncio
import contextlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import digest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True)
class Came:
    """A request."""

    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """What it says."""
        return dict(json.loads(self.body))

    def is_signed(self, secret: str) -> bool:
        """By this secret, as Standard Webhooks has it."""
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        made = b64encode(digest(b64decode(secret.removeprefix("whsec_")), signed, sha256)).decode()
        return self.headers["webhook-signature"] == f"v1,{made}"


@dataclass
class Receiver:
    """`answers`: the statuses to give, in turn, the last for ever; 0: none, and the line is closed."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    came: list[Came] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def until(self, many: int) -> list[Came]:
        """Wait until so many came."""
        async with asyncio.timeout(20), self.news:
            await self.news.wait_for(lambda: len(self.came) >= many)
        return self.came

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines()[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        status = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        async with self.news:
            self.came.append(Came(headers, body))
            self.news.notify_all()
        if status:
            where = f"location: {self.url}/elsewhere\r\n" if 300 <= status < 400 else ""
            writer.write(f"HTTP/1.1 {status} OK\r\n{where}content-length: 0\r\nconnection: close\r\n\r\n".encode())
        with contextlib.suppress(ConnectionError):
            await writer.drain()
            writer.close()
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """One for the length of a test."""
    one = Receiver()
    server = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield one
