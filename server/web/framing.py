"""A server's WebSocket frames (RFC 6455 §5.2): whole and unmasked."""

from enum import IntEnum
from typing import Final

FIN: Final = 0x80
COMPRESSED: Final = 0x40
ENDING: Final = b"\x00\x00\xff\xff"
"""The end of what is compressed, which stands in no message (RFC 7692 §7.2.1)."""


class Opcode(IntEnum):
    """What a frame is."""

    CONT = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


TEXT: Final = FIN | Opcode.TEXT


def framed(body: bytes, first: int = TEXT) -> bytes:
    """With its header."""
    length = len(body)
    if length < 126:
        return bytes((first, length)) + body
    if length < 65_536:
        return bytes((first, 126)) + length.to_bytes(2, "big") + body
    return bytes((first, 127)) + length.to_bytes(8, "big") + body


def closing(number: int, reason: str) -> bytes:
    """The last frame of a line."""
    return framed(number.to_bytes(2, "big") + reason.encode()[:123], FIN | Opcode.CLOSE)
