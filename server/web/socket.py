"""The WebSocket: hands text to the visit, and the visit's frames to the wire; neither waits for the other."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.websockets import WebSocket, WebSocketDisconnect

from protocol import limits
from protocol.codes import Code
from protocol.messages import SUBPROTOCOL
from server.live.line import part
from server.live.visit import Visit

from .serving import CUT

if TYPE_CHECKING:
    from .house import House


class SocketLine:
    """A line over a WebSocket: frames wait here, one writer sends them in order."""

    def __init__(self, socket: WebSocket, cut: Callable[[], None], grace: float) -> None:
        self._socket = socket
        self._cut = cut
        self._grace = grace
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._wake = asyncio.Event()
        self._end: tuple[int, str] | None = None

    def write(self, frame: bytes) -> None:
        """Queue a frame; after `close` it is dropped."""
        if self._end is None:
            self._frames.append(frame)
            self._bytes += len(frame)
            self._wake.set()

    def buffered(self) -> int:
        """Bytes not handed to the transport yet."""
        return self._bytes

    def close(self, number: int, reason: str) -> None:
        """Close once what waits is sent; of a reader that is over its budget only the last words are kept."""
        if self._end is not None:
            return
        self._end = (number, reason)
        if self._bytes > limits.BUFFER_BYTES:
            while len(self._frames) > 1:
                self._bytes -= len(self._frames.popleft())
        self._wake.set()
        asyncio.get_running_loop().call_later(self._grace, self._cut)

    async def pump(self) -> None:
        """Send frames until the line closes. A blocked reader blocks this task alone."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while self._frames:
                frame = self._frames.popleft()
                await self._socket.send_text(frame.decode())
                self._bytes -= len(frame)
            if self._end:
                await self._socket.close(*self._end)
                return


async def live(socket: WebSocket) -> None:
    """`/ws`: one device, from hello to leaving."""
    house: House = socket.app.state.house
    offered = SUBPROTOCOL in socket.scope.get("subprotocols", [])
    await socket.accept(subprotocol=SUBPROTOCOL if offered else None)
    cut = socket.scope["extensions"].get(CUT, {"cut": lambda: None})["cut"]
    line = SocketLine(socket, cut, house.grace)
    visit = Visit(house.registry, house.tokens.prove, house.buckets, line)
    house.came(visit)
    if not offered:
        part(line, Code.VERSION)
    try:
        await _both(socket, line, visit)
    finally:
        visit.leave()
        house.left(visit)


async def _both(socket: WebSocket, line: SocketLine, visit: Visit) -> None:
    """Read and write side by side until either ends."""
    tasks = [asyncio.create_task(_read(socket, visit)), asyncio.create_task(line.pump())]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            with contextlib.suppress(WebSocketDisconnect, RuntimeError):
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(socket: WebSocket, visit: Visit) -> None:
    """[DO1] Only parses and hands over; the store is never awaited here. Who floods is read more slowly."""
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            return
        pause = await visit.hear(message.get("text"))
        if visit.over:
            await asyncio.Event().wait()
        if pause:
            await asyncio.sleep(pause / 1_000)
