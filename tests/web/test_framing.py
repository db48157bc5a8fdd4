"""Frames as they go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from server.web.framing import SMALL, deflated, plain

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("size", [0, 1, 125, 126, SMALL, 65_535, 65_536, 300_000])
@pytest.mark.parametrize("how", [plain, deflated])
def test_a_frame_is_read_as_it_was_written(how: Callable[[bytes], bytes], size: int) -> None:
    """[FAN1] Any client of the standard reads the very text, twice in a row, compressed or not."""
    text = (b'{"text":"what somebody wrote"}' * (size // 30 + 1))[:size]
    data = how(text) * 2
    frames = _frames(data)
    assert [bytes(frame.data) for frame in frames] == [text, text]
    assert {frame.opcode for frame in frames} == {Opcode.TEXT}
    if how is deflated and size > 1_000:
        assert len(data) < len(text)


def _frames(data: bytes) -> list[Frame]:
    reader, read = StreamReader(), list[Frame]()
    reader.feed_data(data)
    for _ in range(2):
        extensions = [PerMessageDeflate(True, True, 15, 15)]
        steps = Frame.parse(reader.read_exact, mask=False, max_size=None, extensions=extensions)
        try:
            while True:
                next(steps)
        except StopIteration as done:
            read.append(done.value)
    return read
