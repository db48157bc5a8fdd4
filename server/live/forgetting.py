"""Deleting a workshop for ever, with the codes that lead to it ([GONE5] [GONE6])."""

import contextlib
from collections.abc import Iterable

from protocol.entries import EMPTY, Head
from server.files.store import Store
from server.log.base import Gone, HeadMoved, Log
from server.workshop.pointing import pointed_to


async def forget(
    log: Log, workshop: str, codes: Iterable[str] = (), if_head: Head | None = None, files: Store | None = None
) -> None:
    """The workshop first: a code that is left by a crash then leads to nothing, and the next sweep finds it.

    So it is with its files ([FILE9]). Raises `HeadMoved` as `Log.forget` does, with nothing deleted; `FilesError` where
    all is deleted but them.
    """
    await log.forget(workshop, if_head)
    for code in codes:
        await unpoint(log, code, workshop)
    if files is not None:
        await files.forget(workshop)


async def unpoint(log: Log, code: str, workshop: str) -> None:
    """Delete a code that leads to this workshop; one that by now is another's is left alone."""
    with contextlib.suppress(Gone, HeadMoved):
        entries = await log.read(code, EMPTY)
        if pointed_to(entries) == workshop:
            await log.forget(code, entries[-1].head)
