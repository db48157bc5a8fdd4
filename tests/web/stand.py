"""A server on a free port in this process, and raw lines to it; clocks are the tests' own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from protocol.version import FORM
from server.log.memory import MemoryLog
from server.settings import Settings
from server.web.app import create_app
from server.web.serving import Serving, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from server.log.base import Log
    from server.web.house import House

SECRET = "a secret for tests"


@dataclass
class Times:
    """The wall clock and the steady clock, both in ms, moved by hand."""

    wall: int = 1_700_000_000_000
    steady: int = 1_000


@dataclass
class Raw:
    """A raw line: every frame that came, in order."""

    line: ClientConnection
    frames: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    n: int = 0
    """The last that was done."""
    asked: int = 0
    """The last that was sent."""

    async def send(self, message: dict[str, Any] | str | bytes) -> None:
        """Send anything."""
        await self.line.send(message if isinstance(message, (str, bytes)) else json.dumps(message))

    async def next(self) -> dict[str, Any]:
        """The next frame."""
        async with asyncio.timeout(20):
            frame = await self.line.recv()
        text = frame if isinstance(frame, str) else frame.decode()
        self.text += text
        self.frames.append(json.loads(text))
        return self.frames[-1]

    async def until(self, type_: str, true: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The next frame of this type of which something holds."""
        while True:
            frame = await self.next()
            if frame["type"] == type_ and true(frame):
                return frame

    async def do(self, n: int | None = None, prev: int | None = None, **command: Any) -> dict[str, Any]:
        """Send a command and give its answer, as `ask`."""
        return await self.ask(command, n, prev)

    async def ask(self, command: dict[str, Any], n: int | None = None, prev: int | None = None) -> dict[str, Any]:
        """Send a command and give its answer. Every number is used once; done commands are the next one's `prev`."""
        n = self.asked + 1 if n is None else n
        self.asked = max(self.asked, n)
        await self.send({"type": "do", "n": n, "prev": self.n if prev is None else prev, "command": command})
        while True:
            frame = await self.next()
            if frame["type"] in {"done", "refused"} and frame["n"] == n:
                if frame["type"] == "done":
                    self.n = max(self.n, n)
                return frame

    async def closed(self) -> int | None:
        """Read to the end; the close number."""
        with contextlib.suppress(Exception):
            while True:
                await self.next()
        await self.line.wait_closed()
        return self.line.close_code


@dataclass
class Stand:
    """The running server."""

    url: str
    house: House
    times: Times
    server: Serving
    log: Log
    running: asyncio.Task[None]
    lines: list[ClientConnection] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    async def workshop(self, title: str = "Test") -> dict[str, Any]:
        """Make one."""
        answer = await self.post("/api/workshops", {"title": title})
        assert answer.status_code == 201
        return dict(answer.json())

    async def post(self, path: str, body: Any, token: str | None = None) -> httpx.Response:
        """POST JSON."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.post(self.url + path, json=body, headers=headers)

    async def get(self, path: str, token: str | None = None) -> httpx.Response:
        """GET."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(trust_env=False) as client:
            return await client.get(self.url + path, headers=headers)

    async def join(self, made: dict[str, Any], role: str = "participant", name: str = "Ana") -> dict[str, Any]:
        """Come in."""
        key = made["links"][role].partition("#k=")[2]
        body = {"code": made["code"], "name": name} if role == "participant" else {"key": key, "name": name}
        answer = await self.post("/api/join", body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def raw(self, **options: Any) -> Raw:
        """A connection that has said nothing yet."""
        options.setdefault("subprotocols", [Subprotocol("plenary.v1")])
        options.setdefault("proxy", None)
        line = await connect(self.url.replace("http", "ws") + "/ws", max_size=None, ping_interval=None, **options)
        self.lines.append(line)
        return Raw(line)

    async def live(self, joined: dict[str, Any], client: str = "", after: Any = None) -> Raw:
        """A connection that has been welcomed."""
        raw = await self.raw()
        client = client or f"client-{len(self.lines)}"
        hello = {"type": "hello", "token": joined["token"], "client": client, "after": after, "form": FORM}
        await raw.send(hello)
        await raw.until("saved")
        raw.n = raw.frames[0]["last"]
        return raw


@contextlib.asynccontextmanager
async def stand(log: Log | None = None, **settings: Any) -> AsyncIterator[Stand]:
    """A server for the length of a test."""
    times = Times()
    log = log or MemoryLog(lambda: times.wall)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.setdefault("files", "memory://")
    app = create_app(Settings(**settings), log, SECRET, lambda: times.wall, lambda: times.steady)
    server = serving(app, "127.0.0.1", port)
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0)
    place = Stand(f"http://127.0.0.1:{port}", app.state.house, times, server, log, running)
    try:
        yield place
    finally:
        for line in place.lines:
            await line.close()
        server.should_exit = True
        await running
