"""A WebSocket without a task of its own: what comes is heard at once, and ready-made frames go to the transport.

In place of uvicorn's own protocol (`Config.ws`), over the sans-I/O core of `websockets`. ASGI would cost a task, a
queue and an encoding for each person; here a frame that was made once is written to everybody ([FAN1]).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.server import ServerState
from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.frames import Frame as Received
from websockets.frames import Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

from protocol import limits
from protocol.codes import Code
from protocol.messages import SUBPROTOCOL
from server.live.frame import Frame
from server.live.line import part
from server.live.visit import Visit

from .framing import deflated, plain
from .guard import is_ours
from .problems import problem

if TYPE_CHECKING:
    from .house import House

PATH: Final = "/ws"
MOST_BYTES: Final = 262_144
"""Above this the library closes the line itself; from the limit to this it gets our own words ([LIMIT2])."""
QUIET: Final = logging.getLogger("plenary.wire")
QUIET.setLevel(logging.CRITICAL)  # what a peer does wrong is told to the peer
DEFLATE: Final = [
    # A message is compressed by itself, once for all who get it; no window is kept for anybody.
    ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)
]


def _chosen(_protocol: ServerProtocol, offered: Any) -> Subprotocol | None:
    return Subprotocol(SUBPROTOCOL) if SUBPROTOCOL in offered else None


class Wire(asyncio.Protocol):
    """One connection, from its handshake to its end; the `Line` of its visit."""

    __slots__ = (
        "_core",
        "_end",
        "_house",
        "_inbox",
        "_made",
        "_parts",
        "_resting",
        "_state",
        "_text",
        "_transport",
        "_visit",
        "full",
    )

    def __init__(self, house: "House", server_state: ServerState, **_: object) -> None:
        self._house = house
        self._state = server_state
        self._core = ServerProtocol(extensions=DEFLATE, select_subprotocol=_chosen, max_size=MOST_BYTES, logger=QUIET)
        self._transport: asyncio.Transport = None  # type: ignore[assignment]
        self._made = plain
        self._visit: Visit | None = None
        self._inbox: deque[bytes | None] = deque()
        """What came while a hello is answered."""
        self._parts: list[bytes] = []
        """The beginning of a message that comes in several frames."""
        self._text = True
        self._resting = False
        """Nothing is heard for now."""
        self.full = False
        self._end: asyncio.TimerHandle | None = None

    # What the loop and uvicorn call.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Uvicorn hands over a connection that asked for an upgrade."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=limits.BUFFER_BYTES, low=limits.BUFFER_BYTES // 4)
        self._state.connections.add(self)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        """Something came."""
        self._core.receive_data(data)
        for event in self._core.events_received():
            if isinstance(event, Request):
                self._shake(event)
            elif isinstance(event, Received):
                self._take(event)
        self._flush()

    def pause_writing(self) -> None:
        """More waits for the peer than its budget."""
        self.full = True

    def resume_writing(self) -> None:
        """It took most of that."""
        self.full = False

    def eof_received(self) -> None:
        """The peer sends no more."""
        self._core.receive_eof()
        self._flush()

    def connection_lost(self, _error: Exception | None) -> None:
        """It is over."""
        self._state.connections.discard(self)
        if self._end:
            self._end.cancel()
        if self._visit:
            self._visit.leave()
            self._house.left(self._visit)
            self._visit = None

    def shutdown(self) -> None:
        """The server stops; everybody was told goodbye before."""
        self._transport.abort()

    # What the visit calls.

    def write(self, frame: Frame) -> None:
        """Send it; after `close` nothing is sent."""
        if self._end is None:
            self._transport.write(frame.forms.get(self._made) or frame.made(self._made))

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Send these with one call of the kernel."""
        if self._end is None:
            self._transport.write(b"".join([frame.made(self._made) for frame in frames]))

    def buffered(self) -> int:
        """Bytes that the kernel has not taken yet."""
        return self._transport.get_write_buffer_size()

    def close(self, number: int, reason: str) -> None:
        """Behind all that was written; a peer that does not take it is cut after the grace."""
        if self._end is None:
            self._end = asyncio.get_running_loop().call_later(self._house.grace, self._transport.abort)
            if self._core.state is State.OPEN:
                self._core.send_close(number, reason)
            self._flush()

    # How it is done.

    def _shake(self, request: Request) -> None:
        """[HELLO3] [HELLO4] Let in, or refuse in the words that HTTP has for it."""
        if request.path.partition("?")[0] != PATH:
            self._refuse(404, Code.NOT_FOUND, "There is no line here.")
        elif not is_ours(request.headers.get("origin"), request.headers.get("host"), self._house.origins):
            self._refuse(403, Code.ORIGIN, "The page comes from another site.")
        else:
            response = self._core.accept(request)
            self._core.send_response(response)
            self._flush()
            if response.status_code == 101:
                self._greet()

    def _greet(self) -> None:
        if self._core.extensions:
            self._made = deflated
        self._visit = Visit(self._house.registry, self._house.tokens.prove, self._house.buckets, self)
        self._house.came(self._visit)
        if self._core.subprotocol is None:
            part(self, Code.VERSION)

    def _refuse(self, status: int, code: Code, words: str) -> None:
        answer = problem(code, words, status)
        response = self._core.reject(status, bytes(answer.body).decode())
        response.headers = Headers([*answer.headers.items(), ("connection", "close")])
        self._core.send_response(response)

    def _take(self, frame: Received) -> None:
        if frame.opcode in {Opcode.TEXT, Opcode.BINARY}:
            self._text, self._parts = frame.opcode is Opcode.TEXT, []
        elif frame.opcode is not Opcode.CONT:
            return
        self._parts.append(bytes(frame.data))
        if frame.fin:
            message, self._parts = b"".join(self._parts), []
            self._inbox.append(message if self._text else None)
            self._next()

    def _next(self) -> None:
        """Hear what came, one after the other; not while a hello is answered, and not from whoever floods."""
        visit = self._visit
        while self._inbox and visit and not visit.over and not self._resting:
            pause = visit.hear(self._inbox.popleft())
            if visit.entering:
                self._rest()
                visit.entering.add_done_callback(self._go_on)
            elif pause:
                self._rest()
                asyncio.get_running_loop().call_later(pause / 1_000, self._go_on)

    def _rest(self) -> None:
        self._resting = True
        self._transport.pause_reading()

    def _go_on(self, _: object = None) -> None:
        self._resting = False
        if not self._transport.is_closing():
            self._transport.resume_reading()
            self._next()

    def _flush(self) -> None:
        """What the core has to say: the handshake, pongs, the close."""
        for data in self._core.data_to_send():
            if data:
                self._transport.write(data)
            else:
                self._transport.close()


def wire(house: "House") -> Any:
    """What uvicorn makes for each connection that asks for an upgrade."""
    return partial(_wire, house)


def _wire(house: "House", *, server_state: ServerState, **_: object) -> Wire:
    return Wire(house, server_state)
