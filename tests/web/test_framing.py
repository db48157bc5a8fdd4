"""Frames as they go out."""

from __future__ import annotations

import pytest

from server.web.framing import framed

from .reading import Reading


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 300_000])
def test_a_frame_is_read_as_it_was_written(size: int) -> None:
    """[FAN1] Any client of the standard reads the very text."""
    text = (b'{"text":"what somebody wrote"}' * (size // 30 + 1))[:size]
    assert Reading().read(framed(text)) == [text]
