"""A server for a test, as its own process."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from server.cli import process as own
from server.cli.process import Process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "for tests"
"""What instances on one Redis have in common."""


@contextlib.contextmanager
def process(folder: Path, shared: str = "") -> Iterator[Process]:
    """A server for the length of a test; `shared`: the Redis it is to use."""
    with own.process(shared or str(folder / "plenary.db"), secret=SECRET if shared else "") as server:
        yield server
