"""The opening handshake of a WebSocket (RFC 6455 §4.2): what was asked, and what we agree to ([WIRE1])."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Final, NamedTuple

from websockets.exceptions import InvalidHeader

from protocol.codes import Code
from protocol.messages import SUBPROTOCOL
from server.workshop.refused import Refused

from .window import Agreed, agreed

GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
LISTS: Final = frozenset({"connection", "upgrade", "sec-websocket-protocol", "sec-websocket-extensions"})
"""Headers that may come more than once."""


class Asked(NamedTuple):
    """A request for a WebSocket; names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]


class Answer(NamedTuple):
    """We agree: the response, whether they speak our subprotocol, and what was agreed of compression."""

    response: bytes
    ours: bool
    agreed: Agreed


def asked(head: bytes) -> Asked:
    """A request without the blank line behind it; refused with `malformed`."""
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        name, value = name.lower(), value.strip(" \t")
        if not colon or not name or name[0] in " \t" or name[-1] in " \t" or (name in headers and name not in LISTS):
            raise Refused(Code.MALFORMED, "A header is not as HTTP has it.")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    method, _, rest = first.partition(" ")
    target, _, version = rest.partition(" ")
    if method != "GET" or version != "HTTP/1.1":
        raise Refused(Code.MALFORMED, "A WebSocket is asked for with GET and HTTP/1.1.")
    return Asked(target.partition("?")[0], headers)


def answer(headers: Mapping[str, str]) -> Answer:
    """The handshake, if it is one; refused with `malformed`."""
    if headers.get("upgrade", "").lower() != "websocket" or "upgrade" not in _list(headers, "connection"):
        raise Refused(Code.MALFORMED, "This is no request for a WebSocket.")
    if headers.get("sec-websocket-version") != "13":
        raise Refused(Code.MALFORMED, "Version 13 of WebSocket is spoken here.")
    ours = SUBPROTOCOL in _list(headers, "sec-websocket-protocol")
    try:
        compression = agreed(headers.get("sec-websocket-extensions", ""))
    except InvalidHeader as error:
        raise Refused(Code.MALFORMED, "The extensions cannot be read.") from error
    lines = [
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade",
        f"Sec-WebSocket-Accept: {_accepted(headers.get('sec-websocket-key', ''))}",
        *([f"Sec-WebSocket-Protocol: {SUBPROTOCOL}"] if ours else []),
        *([f"Sec-WebSocket-Extensions: {compression.answer}"] if compression.answer else []),
    ]
    return Answer("\r\n".join([*lines, "\r\n"]).encode(), ours, compression)


def _list(headers: Mapping[str, str], name: str) -> list[str]:
    """The values of such a header; case matters in none of ours."""
    return [value.strip(" \t").lower() for value in headers.get(name, "").split(",")]


def _accepted(key: str) -> str:
    try:
        if len(base64.b64decode(key.encode("latin-1"), validate=True)) != 16:
            raise Refused(Code.MALFORMED, "The key of a handshake has 16 bytes.")
    except binascii.Error as error:
        raise Refused(Code.MALFORMED, "The key of a handshake is base64.") from error
    digest = hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()
