"""Following: read what is there, wait for the bell, read on. One pipe, so nothing can fall between two."""

from collections.abc import AsyncIterator, Awaitable, Callable

from protocol.entries import Entry, Head

from .wake import Bells

Read = Callable[[str, Head], Awaitable[list[Entry]]]


async def following(read: Read, bells: Bells, workshop: str, after: Head) -> AsyncIterator[list[Entry]]:
    """Entries behind `after` in batches, for ever ([LOG8])."""
    bell = bells.listen(workshop)
    try:
        while True:
            bell.clear()
            entries = await read(workshop, after)
            if entries:
                yield entries
                after = entries[-1].head
            else:
                await bell.wait()
    finally:
        bells.leave(workshop, bell)
