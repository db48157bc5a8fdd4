"""Opening handshakes, good and bad."""

from __future__ import annotations

import pytest

from server.web.handshake import answer, asked
from server.workshop.refused import Refused

GOOD = (
    "GET /ws?x=1 HTTP/1.1\r\nHost: a.example\r\nUpgrade: WebSocket\r\nConnection: keep-alive\r\nConnection:Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: chat, plenary.v1"
)


def test_a_good_one() -> None:
    """[WIRE1] The standard's own example is answered as the standard has it."""
    request = asked(GOOD.encode())
    assert (request.path, request.headers["host"]) == ("/ws", "a.example")
    said = answer(request.headers)
    assert said.ours
    assert said.response.decode().split("\r\n") == [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Sec-WebSocket-Protocol: plenary.v1",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("GET", "POST"),
        ("HTTP/1.1", "HTTP/1.0"),
        ("WebSocket\r\n", "h2c\r\n"),
        ("Connection:Upgrade", "Connection:close"),
        ("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZQ=="),
        ("dGhlIHNhbXBsZSBub25jZQ==", "this is no base64"),
        ("dGhlIHNhbXBsZSBub25jZQ==", "\u00e9\u00e9"),
        ("Version: 13", "Version: 12"),
        ("Host: a.example", "Host: a.example\r\nHost: b.example"),
        ("Host: a.example", "Host : a.example"),
        ("Host: a.example", "Host: a.example\r\n folded"),
        ("Host: a.example", "Host"),
        ("Host: a.example", "Sec-WebSocket-Extensions: ;;"),
    ],
)
def test_bad_ones(old: str, new: str) -> None:
    """[WIRE1] What is no handshake is refused."""
    with pytest.raises(Refused):
        answer(asked(GOOD.replace(old, new).encode("latin-1")).headers)


@pytest.mark.parametrize("offered", ["permessage-deflate; server_max_window_bits=8", "x-webkit-deflate-frame", ""])
def test_extensions_that_we_do_not_have(offered: str) -> None:
    """[WIRE1] [FAN6] What we cannot do is not agreed to, and the line is plain."""
    headers = {**asked(GOOD.encode()).headers, "sec-websocket-extensions": offered}
    said = answer(headers)
    assert b"Extensions" not in said.response
    assert not said.agreed.inflates
