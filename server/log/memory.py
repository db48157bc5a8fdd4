"""The log in memory: the reference for every other store, and the tests' log. Durable as long as the process."""

import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from protocol.entries import EMPTY, Draft, Entry, Head

from .base import Gone, HeadMoved, Known, PositionGone, Snapshot, StoreError
from .following import following
from .wake import Bells


def wall_clock() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


class MemoryLog:
    """Lists in a dict. Every step is one turn of the loop, so nothing is ever half done."""

    def __init__(self, clock: Callable[[], int] = wall_clock) -> None:
        self._clock = clock
        self._entries: defaultdict[str, list[Entry]] = defaultdict(list)
        self._snapshots: dict[str, Snapshot] = {}
        self._gone: set[str] = set()
        self._bells = Bells()
        self._closed = False

    async def append(self, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        """[LOG1] [LOG2] All behind `expected`, or `HeadMoved`."""
        self._open(workshop)
        log = self._entries[workshop]
        head, at = (log[-1].head, log[-1].at) if log else (EMPTY, 0)
        if head != expected:
            raise HeadMoved(head)
        entries = chain(drafts, head, max(self._clock(), at))
        log.extend(entries)
        self._bells.ring(workshop, log[-1].head if log else None)
        return entries

    async def plant(self, workshop: str, entries: Sequence[Entry]) -> None:
        """[LOG27] As they are, or `HeadMoved`."""
        self._open(workshop)
        log = self._entries[workshop]
        if log:
            raise HeadMoved(log[-1].head)
        log.extend(entries)
        self._bells.ring(workshop, log[-1].head if log else None)

    async def read(self, workshop: str, after: Head) -> list[Entry]:
        """[LOG7] What lies behind `after`."""
        self._open(workshop)
        log = self._entries.get(workshop, [])
        held = after == EMPTY or (0 < after.seq <= len(log) and log[after.seq - 1].hash == after.hash)
        if not held:
            raise PositionGone
        return log[after.seq :]

    def follow(self, workshop: str, after: Head, known: Known | None = None) -> AsyncIterator[list[Entry]]:
        """[LOG8] What lies behind `after`, and what comes."""
        return following(partial(self.read, workshop), self._bells.at(workshop), after, known=known)

    async def save_snapshot(self, workshop: str, snapshot: Snapshot) -> None:
        """[LOG11] Keep the later one."""
        self._open(workshop)
        kept = self._snapshots.get(workshop)
        if kept is None or kept.head.seq <= snapshot.head.seq:
            self._snapshots[workshop] = snapshot

    async def load_snapshot(self, workshop: str) -> Snapshot | None:
        """[LOG10] The newest one."""
        self._open(workshop)
        return self._snapshots.get(workshop)

    async def last(self, workshop: str) -> Entry | None:
        """The newest."""
        self._open(workshop)
        log = self._entries.get(workshop)
        return log[-1] if log else None

    async def forget(self, workshop: str, if_head: Head | None = None) -> None:
        """[GONE1] [GONE2] Nothing but the id is left."""
        self._open()
        log = self._entries.get(workshop)
        head = log[-1].head if log else EMPTY
        if workshop not in self._gone and if_head not in {None, head}:
            raise HeadMoved(head)
        self._entries.pop(workshop, None)
        self._snapshots.pop(workshop, None)
        self._gone.add(workshop)
        self._bells.ring(workshop)

    async def workshops(self) -> list[str]:
        """Those that have entries."""
        self._open()
        return sorted(workshop for workshop, log in self._entries.items() if log)

    async def now(self) -> int:
        """By the one clock."""
        self._open()
        return self._clock()

    async def forgotten(self) -> list[str]:
        """Those that were deleted."""
        self._open()
        return sorted(self._gone)

    async def close(self) -> None:
        """From now on every call is refused."""
        self._closed = True

    def _open(self, workshop: str = "") -> None:
        if self._closed:
            raise StoreError("the store is closed")
        if workshop in self._gone:
            raise Gone


def chain(drafts: Sequence[Draft], head: Head, at: int) -> list[Entry]:
    """The drafts as entries behind `head`, all at the moment `at` (ms)."""
    entries: list[Entry] = []
    for draft in drafts:
        entries.append(Entry.after(head, at, draft))
        head = entries[-1].head
    return entries
