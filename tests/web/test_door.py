"""Connections before it is known what they ask for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from server.live import turns

from .stand import stand

if TYPE_CHECKING:
    from collections.abc import Sequence

ASK = (
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: plenary.v1\r\n\r\n"
)


async def answer(port: int, pieces: Sequence[bytes]) -> str:
    """The first line that comes back when these pieces are sent, each when the one before has left."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in pieces:
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0)
    async with asyncio.timeout(10):
        line = await reader.readline()
    writer.close()
    return line.decode().strip()


@pytest.mark.parametrize("size", [1, 20, 60, 1_000])
async def test_however_it_comes(size: int) -> None:
    """[HELLO1] [HTTP5] A request is heard however the network cut it, for a WebSocket and for anything else."""
    async with stand() as place:
        for text, expected in ((ASK, "HTTP/1.1 101"), ("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200")):
            data = text.format(port=place.port).encode()
            pieces = [data[at : at + size] for at in range(0, len(data), size)]
            assert (await answer(place.port, pieces)).startswith(expected)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ASK.replace("/ws", "/elsewhere"), "404"),
        (ASK.replace("Host:", "Origin: http://evil.example\r\nHost:"), "403"),
        (ASK.replace("Version: 13", "Version: 7"), "400"),
        ("\x16\x03\x01 this is no request\r\n\r\n", "400"),
        ("POST /healthz HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n", "4"),
    ],
)
async def test_refused_in_words_of_http(asked: str, expected: str) -> None:
    """[HELLO3] [HTTP1] Who asks for what is not here, or not in the right words, is told so; others live on."""
    async with stand() as place:
        line = await answer(place.port, [asked.format(port=place.port).encode()])
        assert line.split()[1].startswith(expected)
        assert (await answer(place.port, [ASK.format(port=place.port).encode()])).startswith("HTTP/1.1 101")


async def test_a_crowd_at_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE3] However many come at once, each gets in, those who left again while they waited are nobody."""
    monkeypatch.setattr(turns, "TURN_S", 0)
    async with stand() as place:
        made = await place.workshop()
        token = (await place.join(made))["token"]
        gone = [await asyncio.open_connection("127.0.0.1", place.port) for _ in range(20)]
        for _, writer in gone:
            writer.write(ASK.format(port=place.port).encode())
            writer.transport.abort()
        lines: list[Any] = await asyncio.gather(*(place.live({"token": token}, client=f"c{n}") for n in range(8)))
        assert all(line.frames[0]["type"] == "welcome" for line in lines)
        for line in lines:
            await line.line.close()
        async with asyncio.timeout(10):
            await place.house.emptied()
        assert not place.house.visits
