"""A WebSocket without a task of its own: what comes is heard at once, and ready-made frames go to the transport.

In place of uvicorn's own protocol (`Config.ws`). ASGI would cost a task, a queue and an encoding for each person; here
a frame that was made once is written to everybody ([FAN1]), and nothing is kept for each that all could share.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.server import ServerState

from protocol import limits
from protocol.codes import Code
from server.live.frame import Form, Frame
from server.live.line import part
from server.live.visit import Visit
from server.workshop.refused import Refused

from .framing import FIN, Opcode, closing, framed
from .guard import is_ours
from .handshake import Answer, answer, asked
from .hearing import Broken, Hearing
from .problems import problem
from .window import plain

if TYPE_CHECKING:
    from .house import House

PATH: Final = "/ws"
BLANK: Final = b"\r\n\r\n"


class Wire(asyncio.Protocol):
    """One connection, from its handshake to its end; the `Line` of its visit."""

    __slots__ = (
        "_asking",
        "_end",
        "_form",
        "_hearing",
        "_house",
        "_inbox",
        "_mute",
        "_resting",
        "_state",
        "_transport",
        "_visit",
        "full",
    )

    def __init__(self, house: "House", server_state: ServerState, **_: object) -> None:
        self._house = house
        self._state = server_state
        self._transport: asyncio.Transport = None  # type: ignore[assignment]
        self._asking = b""
        """Of the request, until it is whole."""
        self._hearing: Hearing | None = None
        """After the handshake, until something comes that is against the standard."""
        self._form: Form = plain
        self._visit: Visit | None = None
        self._inbox: deque[bytes | None] | None = None
        """What came while nothing is heard."""
        self._resting = False
        """Nothing is heard for now."""
        self.full = False
        self._mute = False
        """Closing or closed: nothing more is sent."""
        self._end: asyncio.TimerHandle | None = None

    # What the loop and uvicorn call.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Uvicorn hands over a connection that asked for an upgrade."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=limits.BUFFER_BYTES, low=limits.BUFFER_BYTES // 4)
        self._state.connections.add(self)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        """Something came."""
        if self._hearing:
            self._listen(self._hearing, data)
        elif not self._mute:
            self._ask(data)

    def pause_writing(self) -> None:
        """More waits for the peer than its budget."""
        self.full = True
        if self._visit:
            self._visit.filled()

    def resume_writing(self) -> None:
        """It took most of that."""
        self.full = False

    def eof_received(self) -> None:
        """The peer sends no more: the transport closes."""

    def connection_lost(self, _error: Exception | None) -> None:
        """It is over; its visit leaves when it is its turn, and meanwhile nothing is sent."""
        self._mute = True
        self._state.connections.discard(self)
        if self._end:
            self._end.cancel()
        if self._visit:
            self._visit.over = True
            self._house.gate.soon(self._left)

    def shutdown(self) -> None:
        """The server stops; everybody was told goodbye before."""
        self._transport.abort()

    # What the visit calls.

    def write(self, frame: Frame) -> None:
        """Send it; after `close` nothing is sent."""
        if not self._mute:
            data, self._form = frame.forms.get(self._form) or frame.made(self._form)
            self._transport.write(data)

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Send these with one call of the kernel."""
        if not self._mute:
            self._transport.write(b"".join([self._next_form(frame) for frame in frames]))

    def buffered(self) -> int:
        """Bytes that the kernel has not taken yet."""
        return 0 if self._transport.is_closing() else self._transport.get_write_buffer_size()

    def close(self, number: int, reason: str) -> None:
        """Behind all that was written; a peer that does not take it is cut after the grace."""
        if not self._mute:
            self._mute = True
            self._end = asyncio.get_running_loop().call_later(self._house.grace, self._transport.abort)
            self._transport.write(closing(number, reason))

    # How it is done.

    def _next_form(self, frame: Frame) -> bytes:
        data, self._form = frame.made(self._form)
        return data

    def _left(self) -> None:
        if self._visit:
            self._visit.leave()
            self._house.left(self._visit)
            self._visit = None

    def _ask(self, data: bytes) -> None:
        """[HELLO3] [HELLO4] Let in, or refuse in the words that HTTP has for it."""
        head, blank, rest = (self._asking + data).partition(BLANK)
        if not blank and len(head) <= limits.FRAME_BYTES:
            self._asking = head
            return
        self._asking = b""
        try:
            self._greet(self._answer(head))
        except Refused as no:
            self._refuse(no)
        else:
            if rest:
                self.data_received(rest)

    def _answer(self, head: bytes) -> Answer:
        request = asked(head)
        if request.path != PATH:
            raise Refused(Code.NOT_FOUND, "There is no line here.")
        if not is_ours(request.headers.get("origin"), request.headers.get("host"), self._house.origins):
            raise Refused(Code.ORIGIN, "The page comes from another site.")
        return answer(request.headers)

    def _greet(self, answer: Answer) -> None:
        self._transport.write(answer.response)
        self._form = answer.agreed.form
        self._hearing = Hearing(inflates=answer.agreed.inflates)
        self._visit = Visit(self._house.registry, self._house.tokens.prove, self._house.buckets, self)
        self._house.came(self._visit)
        if not answer.ours:
            part(self, Code.VERSION)

    def _refuse(self, no: Refused) -> None:
        self._mute = True
        response = problem(no.code, no.message)
        headers = {**response.headers, "connection": "close", "sec-websocket-version": "13"}
        lines = [f"HTTP/1.1 {response.status_code} Refused", *(f"{name}: {value}" for name, value in headers.items())]
        self._transport.write("\r\n".join([*lines, "\r\n"]).encode() + bytes(response.body))
        self._transport.close()

    def _listen(self, hearing: Hearing, data: bytes) -> None:
        try:
            for opcode, message in hearing.feed(data):
                if opcode == Opcode.TEXT:
                    self._take(message)
                elif opcode == Opcode.BINARY:
                    self._take(None)
                elif opcode == Opcode.CLOSE:
                    self._parted(message)
                elif opcode == Opcode.PING and not self._mute and not self.full:
                    self._transport.write(framed(message, FIN | Opcode.PONG))
        except Broken as broken:
            self.close(broken.number, str(broken))
            self._hearing = None
            if self._transport.can_write_eof():
                self._transport.write_eof()

    def _parted(self, message: bytes) -> None:
        """The peer closes, or answers that we do."""
        if not self._mute:
            self._mute = True
            self._transport.write(framed(message, FIN | Opcode.CLOSE))
        self._transport.close()

    def _take(self, message: bytes | None) -> None:
        """Hear it now, or when it is time."""
        if self._resting:
            self._inbox = self._inbox or deque()
            self._inbox.append(message)
        else:
            self._hear(message)

    def _hear(self, message: bytes | None) -> None:
        """One after the other; not while a hello is answered, and not from whoever floods."""
        visit = self._visit
        if visit is None or visit.over:
            return
        pause = visit.hear(message)
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
        while self._inbox and not self._resting:
            self._hear(self._inbox.popleft())
        if not self._resting and not self._transport.is_closing():
            self._inbox = None
            self._transport.resume_reading()


def wire(house: "House") -> Any:
    """What uvicorn makes for each connection that asks for an upgrade."""
    return partial(_wire, house)


def _wire(house: "House", *, server_state: ServerState, **_: object) -> Wire:
    return Wire(house, server_state)
