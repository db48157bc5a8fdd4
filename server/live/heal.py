"""Healing: the store came back older than what this room holds, so what it lost is appended again, once ([HEAL1])."""

from collections import deque
from collections.abc import Sequence
from typing import Final

import structlog

from protocol.entries import EMPTY, Draft, Entry, Head
from server.log.base import HeadMoved, Log, PositionGone
from server.workshop.fold import fold
from server.workshop.rebase import rebased
from server.workshop.state import State

logger = structlog.get_logger("rooms")
MOST: Final = 5_000
"""Entries that are held, of each workshop."""


class Held:
    """The newest entries that passed here, dense, and the head `before` them."""

    def __init__(self, before: Head) -> None:
        self.before = before
        self.entries: deque[Entry] = deque()

    def take(self, entries: Sequence[Entry]) -> None:
        """Hold these too, and of all only the newest."""
        self.entries.extend(entries)
        while len(self.entries) > MOST:
            self.before = self.entries.popleft().head


async def heal(log: Log, workshop: str, held: Held) -> int:
    """Append again what of `held` the log lost; how many entries that were.

    Where several instances try, one is first, and the others find it done. Raises `PositionGone` where the log does
    not even hold what was before `held`, `StoreError` where it cannot be reached.
    """
    while True:
        head, lost = await _parted(log, workshop, held)
        entries = await log.read(workshop, EMPTY)
        drafts = _drafts(workshop, entries, head, lost)
        if not drafts:
            return 0
        try:
            await log.append(workshop, drafts, entries[-1].head if entries else EMPTY)
        except HeadMoved:
            continue
        return len(drafts)


def _drafts(workshop: str, entries: Sequence[Entry], head: Head, lost: Sequence[Entry]) -> list[Draft]:
    """As they were; or, where something was written without them, as they can stand behind it ([HEAL4])."""
    there = {(entry.client, entry.n) for entry in entries[head.seq :]}
    if not there:
        return [entry.draft for entry in lost]
    state = State()
    for entry in entries[: head.seq]:
        fold(state, entry)
    base = State.from_bytes(state.to_bytes())
    for entry in entries[head.seq :]:
        fold(state, entry)
    logger.warning("rebasing", workshop=workshop, lost=len(lost), meanwhile=len(there))
    return rebased(base, state, lost, lambda entry: (entry.client, entry.n) not in there)


async def _parted(log: Log, workshop: str, held: Held) -> tuple[Head, list[Entry]]:
    """The last head that the log and we share, and what we hold behind it; whoever holds a head holds all before it."""
    entries = list(held.entries)
    heads = [held.before, *(entry.head for entry in entries)]
    low, high = 0, len(heads) - 1
    if not await _holds(log, workshop, held.before):
        raise PositionGone
    while low < high:
        middle = (low + high + 1) // 2
        if await _holds(log, workshop, heads[middle]):
            low = middle
        else:
            high = middle - 1
    return heads[low], entries[low:]


async def _holds(log: Log, workshop: str, head: Head) -> bool:
    try:
        await log.read(workshop, head)
    except PositionGone:
        return False
    return True
