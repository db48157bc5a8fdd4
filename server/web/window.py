"""Compression that many share though it remembers: frames that refer back to those before them ([FAN6], RFC 7692).

A receiver keeps the last 32 KiB that compressed messages became, its window; messages that come as they are leave it
alone. So all who were sent the very same compressed messages can be sent the next one too, squeezed once against what
all of them hold. What is for one person goes as it is: nobody loses touch for it.
"""

import zlib
from contextlib import suppress
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from websockets.exceptions import NegotiationError
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.headers import build_extension, parse_extension

from server.live.frame import Around, Chapter, Form, Frame

from .framing import COMPRESSED, ENDING, TEXT, framed

SMALL: Final = 200
"""Messages below so many bytes are not compressed by themselves: it would save next to nothing."""
LARGE: Final = 8_192
"""From here compressing what is for one person saves more than losing touch costs."""
WINDOWS: Final = 8
"""Most windows that are kept for a chapter of a room; whoever comes after that waits for the next chapter."""
BITS: Final = 13
MEMORY: Final = 6
"""A window of 8 KiB, 64 KiB with what zlib needs beside it: a fiftieth more bytes than with four times of both."""
FULL_BITS: Final = 15
"""The window that each client has who does not say otherwise."""
NO_TAKEOVER: Final = "server_no_context_takeover"
DEFLATE: Final = ServerPerMessageDeflateFactory(server_no_context_takeover=True, client_no_context_takeover=True)


class Press(Protocol):
    """A compressor of `zlib`, whose type has no name."""

    def compress(self, data: bytes, /) -> bytes:
        """Take this in."""

    def flush(self, mode: int, /) -> bytes:
        """All that it holds back."""


def plain(frame: Frame) -> tuple[bytes, Form]:
    """As it is."""
    return framed(frame.payload), plain


def alone(frame: Frame) -> tuple[bytes, Form]:
    """Compressed by itself, without anything of the messages before; a small one as it is."""
    if isinstance(frame, Around):
        return _around(frame), alone
    if len(frame.payload) < SMALL:
        return framed(frame.payload), alone
    return _pressed(_press(FULL_BITS, 8), frame.payload), alone


def fresh(frame: Frame) -> tuple[bytes, Form]:
    """To who shares no window: likewise, but what all of an audience get begins a window for those who get it so."""
    chapter = frame.chapter
    if chapter is None or chapter.windows >= WINDOWS:
        return frame.made(alone)[0], fresh
    chapter.windows += 1
    window = Window(chapter, _press(BITS, MEMORY))
    return window.next(frame.payload), window


class Window:
    """What all hold who were sent the very same compressed messages since the chapter began."""

    __slots__ = ("_chapter", "_press")

    def __init__(self, chapter: Chapter, press: Press) -> None:
        self._chapter = chapter
        self._press: Press | None = press
        """None when it has gone on: who stands here now was left behind."""

    def __call__(self, frame: Frame) -> tuple[bytes, Form]:
        """Squeezed against what they hold; who was left behind, and all in a new chapter, begin anew."""
        if frame.chapter is None and len(frame.payload) < LARGE:
            return frame.made(plain)[0], self
        press = self._press
        if press is None or frame.chapter is not self._chapter:
            return frame.made(fresh)
        self._press = None
        window = Window(self._chapter, press)
        return window.next(frame.payload), window

    def next(self, payload: bytes) -> bytes:
        """The message that makes this window of the one before it."""
        assert self._press
        return _pressed(self._press, payload)


class Agreed(NamedTuple):
    """What was agreed of compression: our header (empty: none), the first frame's form, whether theirs may be so."""

    answer: str
    form: Form
    inflates: bool


@lru_cache(64)
def agreed(offered: str) -> Agreed:
    """Our side of it. What comes is compressed message by message, so no window is kept for anybody.

    `offered`: the client's header; raises `InvalidHeader`. Most clients offer the same, so it is worked out once.
    """
    for name, params in parse_extension(offered) if offered else ():
        if name == DEFLATE.name:
            with suppress(NegotiationError):
                answer, deflate = DEFLATE.process_request_params(params, ())
                if (NO_TAKEOVER, None) in params:
                    form = alone
                else:
                    answer.remove((NO_TAKEOVER, None))
                    form = fresh
                if deflate.local_max_window_bits < FULL_BITS:
                    form = plain
                return Agreed(build_extension([(name, answer)]), form, inflates=True)
    return Agreed("", plain, inflates=False)


def _press(bits: int, memory: int) -> Press:
    # Level 1: a tenth larger than the default, in a third of its time.
    return zlib.compressobj(level=1, wbits=-bits, memLevel=memory)


def _around(frame: Around) -> bytes:
    """[FAN7] What many have in common is compressed once for all of them."""
    shared = frame.shared
    if shared.pressed is None:
        shared.pressed = _block(shared.payload)
    # The last byte begins the empty block that ends a message, of which the rest is left out.
    return framed(b"".join((_block(frame.head), shared.pressed, _block(frame.tail), b"\0")), TEXT | COMPRESSED)


def _block(data: bytes) -> bytes:
    """As DEFLATE has it, whole bytes that refer to nothing before them; short ones as they are (RFC 1951 §3.2.4)."""
    if len(data) < LARGE:
        return b"\0" + len(data).to_bytes(2, "little") + (len(data) ^ 0xFFFF).to_bytes(2, "little") + data
    press = _press(FULL_BITS, 8)
    return press.compress(data) + press.flush(zlib.Z_SYNC_FLUSH)


def _pressed(press: Press, payload: bytes) -> bytes:
    body = press.compress(payload) + press.flush(zlib.Z_SYNC_FLUSH)
    return framed(body.removesuffix(ENDING), TEXT | COMPRESSED)
