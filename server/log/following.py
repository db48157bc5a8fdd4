"""Following: read what is there, wait for the bell, read on. One pipe, so nothing can fall between two."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager

from protocol.entries import Entry, Head

from .base import Known
from .wake import Bell

Read = Callable[[Head], Awaitable[list[Entry]]]
Ringing = AbstractContextManager[Bell]


async def following(
    read: Read, bells: Ringing, after: Head, *, known: Known | None = None, look: float | None = None
) -> AsyncIterator[list[Entry]]:
    """Entries behind `after` in batches, for ever ([LOG8]). `look`: after so many seconds it looks without a bell.

    A ring that names the very head that is `known` already, as after one's own append, needs no look.
    """
    told: Head | None = None
    with bells as bell:
        while True:
            bell.clear()
            if known and known().seq > after.seq:
                after = known()
            entries = [] if told == after else await read(after)
            told = None
            if entries:
                yield entries
                after = entries[-1].head
            else:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(look):  # unlike `wait_for`, it never swallows a cancelling
                        await bell.wait()
                        told = bell.head
