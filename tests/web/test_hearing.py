"""What a client may say on a WebSocket, in any pieces; and what it may not."""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from server.web.framing import COMPRESSED, ENDING
from server.web.hearing import MOST_BYTES, Broken, Hearing

if TYPE_CHECKING:
    from collections.abc import Sequence


class Said(NamedTuple):
    """A message, where it is cut into frames, whether it is compressed, and the pings between its frames."""

    opcode: Opcode
    data: bytes
    cuts: list[int]
    compressed: bool
    pings: list[bytes]


SAID = st.builds(
    Said,
    st.sampled_from([Opcode.TEXT, Opcode.BINARY]),
    st.binary(max_size=300) | st.integers(1_000, 70_000).map(lambda n: b"abc" * n),
    st.lists(st.integers(0, 400), max_size=4).map(sorted),
    st.booleans(),
    st.lists(st.binary(max_size=125), max_size=2),
)


def pressed(data: bytes) -> bytes:
    """As a client compresses it."""
    press = zlib.compressobj(wbits=-15)
    return (press.compress(data) + press.flush(zlib.Z_SYNC_FLUSH)).removesuffix(ENDING)


def as_compressed(frame: bytes) -> bytes:
    """With the bit that says so."""
    return bytes((frame[0] | COMPRESSED,)) + frame[1:]


def frames(said: Said) -> bytes:
    """On the wire."""
    body = pressed(said.data) if said.compressed else said.data
    places = [0, *(min(cut, len(body)) for cut in said.cuts), len(body)]
    out = b""
    for i, (start, end) in enumerate(itertools.pairwise(places)):
        opcode = Opcode.CONT if i else said.opcode
        frame = Frame(opcode, body[start:end], fin=i == len(places) - 2).serialize(mask=True)
        out += b"".join(Frame(Opcode.PING, ping).serialize(mask=True) for ping in said.pings)
        out += as_compressed(frame) if said.compressed and not i else frame
    return out


@settings(deadline=None)
@given(st.lists(SAID, max_size=6), st.lists(st.integers(1, 2_000), max_size=40))
def test_however_it_comes(conversation: Sequence[Said], pieces: list[int]) -> None:
    """[WIRE1] Each message is heard once, whole and in order, however it was framed and the network cut it."""
    hearing, wire = Hearing(inflates=True), b"".join(map(frames, conversation))
    heard, at, i = [], 0, 0
    while at < len(wire):
        size = pieces[i] if i < len(pieces) else 8_192
        heard += list(hearing.feed(wire[at : at + size]))
        at, i = at + size, i + 1
    messages = [(opcode, data) for opcode, data in heard if opcode != Opcode.PING]
    assert messages == [(said.opcode, said.data) for said in conversation]
    pings = [data for opcode, data in heard if opcode == Opcode.PING]
    assert pings == [ping for said in conversation for _ in range(len(said.cuts) + 1) for ping in said.pings]


def text(data: bytes = b"hello", *, fin: bool = True, mask: bool = True) -> bytes:
    """A frame."""
    return Frame(Opcode.TEXT, data, fin=fin).serialize(mask=mask)


BREAKS = {
    "not masked": (text(mask=False), 1002),
    "a reserved bit": (b"\xa1" + text()[1:], 1002),
    "a reserved opcode": (b"\x83" + text()[1:], 1002),
    "compressed though it was not agreed": (as_compressed(text()), 1002),
    "an end of nothing": (b"\x80" + text()[1:], 1002),
    "a message within another": (text(fin=False) + text(), 1002),
    "a ping in pieces": (b"\x09" + text()[1:], 1002),
    "a ping that is long": (b"\x89" + text(b"x" * 126)[1:], 1002),
    "a close of one byte": (b"\x88" + text(b"x")[1:], 1002),
    "a close with a number that there is not": (b"\x88" + text((1006).to_bytes(2, "big"))[1:], 1002),
    "a close whose reason is no text": (b"\x88" + text(b"\x03\xe8\xff")[1:], 1002),
    "too large, seen from its header": (b"\x81\xff" + (2**40).to_bytes(8, "big"), 1009),
    "too large, in pieces": (text(b"x" * MOST_BYTES, fin=False) + b"\x80" + text(b"x")[1:], 1009),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_it(name: str) -> None:
    """[WIRE1] What is against the standard is not heard, and closes the line with the number that it has for it."""
    data, number = BREAKS[name]
    hearing = Hearing(inflates=False)
    assert [message for _, message in hearing.feed(text(b"before"))] == [b"before"]
    with pytest.raises(Broken) as broken:
        list(hearing.feed(data))
    assert broken.value.number == number


@pytest.mark.parametrize(
    ("data", "number"),
    [(b"\xff\xff no deflate", 1007), (pressed(b"a" * (MOST_BYTES + 1)), 1009), (pressed(b"a" * 50_000_000), 1009)],
)
def test_what_cannot_be_inflated(data: bytes, number: int) -> None:
    """[WIRE1] Neither what is no deflate nor what becomes too large is heard; the most that may be is."""
    with pytest.raises(Broken) as broken:
        list(Hearing(inflates=True).feed(as_compressed(text(data))))
    assert broken.value.number == number
    most = as_compressed(text(pressed(b"a" * MOST_BYTES)))
    assert [len(message) for _, message in Hearing(inflates=True).feed(most)] == [MOST_BYTES]
