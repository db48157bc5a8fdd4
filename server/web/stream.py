"""The live line where WebSocket does not get through: server-sent events down, POST up ([STREAM1]-[STREAM3]).

Another `Line` for the same `Visit`. It costs a task and a queue for each who needs it, which a WebSocket does not.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from protocol import limits
from protocol.codes import Code
from server.live.frame import Form, Frame
from server.live.visit import Claims, Visit
from server.workshop.refused import Refused

from .guard import is_ours
from .house import House

NAME: Final = "plenary-line"
"""The header that names the line."""
PIECE: Final = 65_536
"""Most bytes that are handed to the transport at once: what waits is to wait here, where it is counted."""
TALKING: Final = 4
"""Most requests of one line that may wait to be heard; a client sends one after the other."""
HEADERS: Final = {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",  # proxies that gather answers are asked not to
}


def event(frame: Frame) -> tuple[bytes, Form]:
    """A message as one event; JSON holds no line break."""
    return b"data: " + frame.payload + b"\n\n", event


class Stream(Response):
    """One connection, from its first event to its last; the `Line` of its visit."""

    def __init__(self, house: House, key: tuple[Claims, str]) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self._house = house
        self._key = key
        self._visit = Visit(house.registry, house.tokens.prove, house.buckets, self)
        house.streams[key] = self
        self._queue: deque[bytes] = deque()
        self._waiting = 0
        self._news = asyncio.Event()
        self._closed = False
        self._pouring: asyncio.Task[None] | None = None
        self._end: asyncio.TimerHandle | None = None
        self._talking = asyncio.Lock()
        self._talkers = 0
        self.full = False

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """For as long as both sides want it."""
        self._house.came(self._visit)
        self._pouring = asyncio.create_task(self._pour(send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait({self._pouring, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._visit.over = True
            self._house.gate.soon(self._leave)
            del self._house.streams[self._key]
            self._pouring.cancel()
            leaving.cancel()
            if self._end:
                self._end.cancel()

    async def hear(self, texts: Sequence[bytes]) -> None:
        """[STREAM1] One after the other; not while a hello is answered, and not at once from whoever floods."""
        if self._talkers >= TALKING:
            raise Refused(Code.RATE, "One after the other, please.")
        self._talkers += 1
        try:
            async with self._talking:
                for text in texts:
                    pause = self._visit.hear(text)
                    if self._visit.entering:
                        await asyncio.wait({self._visit.entering})
                    elif pause:
                        await asyncio.sleep(pause / 1_000)
        finally:
            self._talkers -= 1

    # What the visit calls.

    def write(self, frame: Frame) -> None:
        """Send it; after `close` nothing is sent."""
        self._put(frame.made(event)[0])

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Send these."""
        for frame in frames:
            self._put(frame.made(event)[0])

    def buffered(self) -> int:
        """Bytes that were not handed over yet."""
        return self._waiting

    def close(self, number: int, reason: str) -> None:
        """Behind all that was written; a peer that does not take it is cut after the grace."""
        self._put(f"event: close\ndata: {number} {reason}\n\n".encode())
        if not self._closed:
            self._closed = True
            self._end = asyncio.get_running_loop().call_later(self._house.grace, self._cut)

    # How it is done.

    def _put(self, data: bytes) -> None:
        if self._closed:
            return
        self._queue.append(data)
        self._waiting += len(data)
        if self._waiting > limits.BUFFER_BYTES and not self.full:
            self.full = True
            self._visit.filled()
        self._news.set()

    async def _pour(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        # Some proxies let nothing through until they hold so much.
        await send({"type": "http.response.body", "body": b":" + b" " * 2_048 + b"\n\n", "more_body": True})
        while self._queue or not self._closed:
            if self._queue:
                await send({"type": "http.response.body", "body": self._taken(), "more_body": True})
            else:
                self._news.clear()
                await self._news.wait()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _taken(self) -> bytes:
        """The next piece of what waits."""
        taken: list[bytes] = []
        room = PIECE
        while self._queue and room > 0:
            first = self._queue.popleft()
            taken.append(first[:room])
            if len(first) > room:
                self._queue.appendleft(first[room:])
            room -= len(taken[-1])
        self._waiting -= PIECE - room
        self.full = self.full and self._waiting > limits.BUFFER_BYTES // 4
        return b"".join(taken)

    def _cut(self) -> None:
        if self._pouring:
            self._pouring.cancel()

    def _leave(self) -> None:
        self._visit.leave()
        self._house.left(self._visit)


async def _turn(house: House) -> None:
    """[BYE3] Wait at the gate."""
    let_in = asyncio.Event()
    house.gate.soon(let_in.set)
    await let_in.wait()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _line_of(request: Request) -> tuple[House, tuple[Claims, str]]:
    """[STREAM2] Whose line it is, and its name."""
    house: House = request.app.state.house
    if not is_ours(request.headers.get("origin"), request.headers.get("host"), house.origins):
        raise Refused(Code.ORIGIN, "The page comes from another site.")
    claims = house.claims_of(request)
    name = request.headers.get(NAME, "")
    if not 16 <= len(name) <= limits.ID_CHARS:
        raise Refused(Code.INVALID, "The header Plenary-Line names the line: 16 to 64 characters, new for each.")
    return house, (claims, name)


async def events(request: Request) -> Response:
    """[STREAM1] `GET /api/workshops/{workshop}/events`: the line down."""
    house, key = _line_of(request)
    await _turn(house)
    if key in house.streams:
        raise Refused(Code.EXISTS, "A line of that name is here.")
    return Stream(house, key)


async def do(request: Request) -> Response:
    """[STREAM1] `POST /api/workshops/{workshop}/do`: the line up, one message a line."""
    house, key = _line_of(request)
    texts = [text for text in (await request.body()).split(b"\n") if text]
    stream = house.streams.get(key)
    if stream is None:
        raise Refused(Code.NOT_FOUND, "There is no such line here.")
    await stream.hear(texts)
    return Response(status_code=204)


ROUTES = [
    Route("/api/workshops/{workshop}/events", events),
    Route("/api/workshops/{workshop}/do", do, methods=["POST"]),
]
