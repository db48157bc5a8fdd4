"""Following: read what is there, wait for the bell, read on. One pipe, so nothing can fall between two."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

from protocol.entries import Entry, Head

from .wake import Bells

Read = Callable[[str, Head], Awaitable[list[Entry]]]


async def following(
    read: Read, bells: Bells, workshop: str, after: Head, look: float | None = None
) -> AsyncIterator[list[Entry]]:
    """Entries behind `after` in batches, for ever ([LOG8]). `look`: after so many seconds it looks without a bell."""
    bell = bells.listen(workshop)
    try:
        while True:
            bell.clear()
            entries = await read(workshop, after)
            if entries:
                yield entries
                after = entries[-1].head
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(bell.wait(), look)
    finally:
        bells.leave(workshop, bell)
