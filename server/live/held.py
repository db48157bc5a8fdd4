"""What a room holds of its log beside the state: the newest entries, to give back to a store that lost them ([HEAL1]).

A snapshot is of a moment before those, so that whoever opens a workshop holds them too ([HEAL6]).
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final

from protocol.entries import EMPTY, Entry
from server.log.base import Log, PositionGone, Snapshot
from server.workshop.fold import Placed, fold, refold
from server.workshop.state import State

from .replica import Place, altered

KEEP: Final = 2_000
"""Entries that a room holds at least, those from before it was opened too."""
EVERY: Final = 500
"""Entries between snapshots; with `KEEP` it bounds the time to open a workshop."""
RECORDS_PER_ENTRY: Final = 2
"""A snapshot costs as much as there are records: one entry for each so many passes before the next."""
AT_A_TURN: Final = 50
"""So many entries are let go of in one turn of the loop."""


class Held:
    """The newest entries that passed here, dense, and the state `before` them, which is nobody else's."""

    def __init__(self, before: State) -> None:
        self.before = before
        self._passed: deque[tuple[Entry, Placed]] = deque()
        self.due = asyncio.Event()
        """Set when it is time for a snapshot; whoever sees to it clears it."""
        self._kept = before.head.seq

    @property
    def entries(self) -> list[Entry]:
        """The newest, dense."""
        return [entry for entry, _ in self._passed]

    def take(self, entries: Sequence[Entry], placed: Sequence[Placed]) -> None:
        """Hold these too, and what each came to."""
        self._passed.extend(zip(entries, placed, strict=True))
        if len(self._passed) - KEEP >= max(EVERY, self.before.size // RECORDS_PER_ENTRY):
            self.due.set()

    async def snapshot(self) -> Snapshot | None:
        """Let go of all but the newest; what was before those, when it is not kept yet.

        Piece by piece, so that the room goes on meanwhile ([HEAL7]); one at a time.
        """
        for n in range(len(self._passed) - KEEP):
            refold(self.before, *self._passed.popleft())
            if n % AT_A_TURN == 0:
                await asyncio.sleep(0)
        if self.before.head.seq == self._kept:
            return None
        body = []
        for piece in self.before.pieces():
            body.append(piece)
            await asyncio.sleep(0)
        return Snapshot(self.before.head, b"".join(body))

    def saved(self, snapshot: Snapshot) -> None:
        """The store has it."""
        self._kept = snapshot.head.seq


async def reopened(log: Log, workshop: str) -> tuple[State, Held, list[Place]]:
    """The state, from the newest snapshot and the entries behind it, each proved by its hash ([FOLD2]).

    And those entries, and the places they lead by: after a restart too, people get only what they missed ([RESUME1]).
    """
    snapshot = await log.load_snapshot(workshop)
    before = State.from_bytes(snapshot.body) if snapshot else State()
    try:
        entries = await log.read(workshop, before.head)
    except PositionGone:  # a snapshot of what the log has lost, or holds elsewhere
        before = State()
        entries = await log.read(workshop, EMPTY)
    state, held = before.copy(), Held(before)
    places: list[Place] = [(state.head, frozenset())]
    for entry in entries:
        keys, _ = altered(state, [entry])
        held.take([entry], [fold(state, entry, check=True)])
        places.append((entry.head, keys))
    return state, held, places
