"""A client's WebSocket frames (RFC 6455 §5, RFC 7692): bytes in as they come, whole messages out ([WIRE1])."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from websockets.exceptions import ProtocolError
from websockets.frames import Close, apply_mask  # type: ignore[attr-defined]  # in C where it can be

from .framing import COMPRESSED, ENDING, FIN, TEXT, Opcode

MOST_BYTES: Final = 262_144
"""Above this the line is closed; from the limit to this it gets our own words ([LIMIT2])."""
RESERVED: Final = 0x30
MASKED: Final = 0x80
KEY: Final = 2
"""Where a short frame has its mask; behind that is what it carries."""
SHORT: Final = KEY + 4
CONTROL: Final = 0x08
CONTROL_BYTES: Final = 125
KNOWN: Final = frozenset(Opcode)
Heard = tuple[int, bytes]
"""A whole message, or a control frame: its opcode, and what it carries."""


class Broken(Exception):
    """It is against the standard: the line is closed with this number."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(words)
        self.number = number


class Hearing:
    """What one client says. `inflates`: compression was agreed, of each message by itself."""

    __slots__ = ("_first", "_inflates", "_kept", "_message")

    def __init__(self, *, inflates: bool) -> None:
        self._inflates = inflates
        self._kept: bytearray | None = None
        """The beginning of a frame."""
        self._first = 0
        """The first byte of a message that comes in several frames; 0 where none is under way."""
        self._message: bytearray | None = None

    def feed(self, came: bytes) -> Iterable[Heard]:
        """All that is whole now; raises `Broken` behind it."""
        length = len(came) - SHORT
        idle = self._kept is None and not self._first
        if idle and 0 <= length <= CONTROL_BYTES and came[1] == MASKED | length:
            first, payload = came[0], apply_mask(came[SHORT:], came[KEY:SHORT])
            # A short message and nothing else: what nearly always comes.
            if first == TEXT:
                return ((Opcode.TEXT, payload),)
            if first == TEXT | COMPRESSED and self._inflates:
                return ((Opcode.TEXT, _inflated(payload)),)
        return self._pieces(came)

    def _pieces(self, came: bytes) -> Iterator[Heard]:
        data: bytes | bytearray = came
        if self._kept is not None:
            self._kept += came
            data = self._kept
        at = 0
        while frame := self._frame(data, at):
            first, payload, at = frame
            if heard := self._whole(first, payload):
                yield heard
        if at == len(data):
            self._kept = None
        elif self._kept is None:
            self._kept = bytearray(data[at:])
        else:
            del self._kept[:at]  # without a copy: what comes byte by byte costs no more

    def _frame(self, data: bytes | bytearray, at: int) -> tuple[int, bytes, int] | None:
        """The next: its first byte, what it carries, and where it ends; None while it is not whole."""
        have = len(data)
        if have < at + 2:
            return None
        first, second = data[at], data[at + 1]
        if not second & MASKED:
            raise Broken(1002, "not masked")
        length, head = second & 0x7F, at + 2
        if length > CONTROL_BYTES:
            head += 2 if length == 126 else 8
            if have < head:
                return None
            length = int.from_bytes(data[at + 2 : head], "big")
        self._check(first, length)
        end = head + 4 + length
        if have < end:
            return None
        return first, apply_mask(bytes(data[head + 4 : end]), bytes(data[head : head + 4])), end

    def _check(self, first: int, length: int) -> None:
        opcode = first & 0x0F
        if first & RESERVED or opcode not in KNOWN:
            raise Broken(1002, "unknown kind of frame")
        if opcode & CONTROL:
            if first & COMPRESSED or not first & FIN or length > CONTROL_BYTES:
                raise Broken(1002, "a control frame is short and whole")
        elif (opcode == Opcode.CONT) != bool(self._first):
            raise Broken(1002, "a message within another, or the end of none")
        elif first & COMPRESSED and (opcode == Opcode.CONT or not self._inflates):
            raise Broken(1002, "compression was not agreed")
        elif length + len(self._message or b"") > MOST_BYTES:
            raise Broken(1009, "too large")

    def _whole(self, first: int, payload: bytes) -> Heard | None:
        """This frame, or the message that it ends."""
        opcode = first & 0x0F
        if opcode & CONTROL:
            if opcode == Opcode.CLOSE:
                _check_close(payload)
            return opcode, payload
        if self._first or not first & FIN:
            self._first = self._first or first
            self._message = self._message or bytearray()
            self._message += payload
            if not first & FIN:
                return None
            first, payload = self._first, bytes(self._message)
            self._first, self._message = 0, None
        return first & 0x0F, _inflated(payload) if first & COMPRESSED else payload


def _check_close(payload: bytes) -> None:
    try:
        Close.parse(payload)
    except (ProtocolError, UnicodeDecodeError) as error:
        raise Broken(1002, "no such number") from error


def _inflated(data: bytes) -> bytes:
    """At most so much of it that it is seen to be too large."""
    try:
        text = zlib.decompressobj(wbits=-15).decompress(data + ENDING, MOST_BYTES + 1)
    except zlib.error as error:
        raise Broken(1007, "cannot be inflated") from error
    if len(text) > MOST_BYTES:
        raise Broken(1009, "too large")
    return text
