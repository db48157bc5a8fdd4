"""A client's side of the line as the standards have it: frames parsed, and inflated with what its window holds."""

from __future__ import annotations

from websockets.extensions.permessage_deflate import PerMessageDeflate
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader


class Reading:
    """One client."""

    def __init__(self, *, takeover: bool = True) -> None:
        self._deflate = [PerMessageDeflate(not takeover, True, 15, 15)]

    def read(self, data: bytes) -> list[bytes]:
        """The texts of these frames."""
        stream, texts = StreamReader(), list[bytes]()
        stream.feed_data(data)
        while stream.buffer:
            frame = self._next(stream)
            assert (frame.opcode, frame.fin) == (Opcode.TEXT, True)
            texts.append(bytes(frame.data))
        return texts

    def _next(self, stream: StreamReader) -> Frame:
        steps = Frame.parse(stream.read_exact, mask=False, max_size=None, extensions=self._deflate)
        try:
            while True:
                next(steps)
        except StopIteration as done:
            frame: Frame = done.value
            return frame
