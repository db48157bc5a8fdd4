"""A replica: the state at a head, what changed lately, and the way back to it from the log."""

import asyncio
import hashlib
import hmac
from collections import deque
from collections.abc import Sequence
from typing import Final

from protocol.changes import Change
from protocol.entries import EMPTY, Entry, Head
from protocol.messages import Position
from protocol.records import Key
from server.log.base import Log, PositionGone, Snapshot
from server.workshop.fold import fold
from server.workshop.seen_by import Viewer, affected, catch_up, views
from server.workshop.state import State

RECENT: Final = 4_000
"""Entries that a client may have missed and still resume."""
SNAPSHOT_EVERY: Final = 300
"""Entries between snapshots; bounds the time to open a workshop."""


class Replica:
    """The state of one workshop here, with enough memory to tell a returning client what it missed."""

    def __init__(self, state: State, secret: bytes) -> None:
        self.state = state
        self._secret = secret
        self._recent: deque[tuple[Head, frozenset[Key]]] = deque([(state.head, frozenset())], maxlen=RECENT)
        self._kept = state.head.seq
        self.due = asyncio.Event()
        """Set when it is time for a snapshot; whoever sees to it clears it."""

    def tag(self, head: Head | None = None) -> str:
        """[RESUME3] A keyed digest of a head (the current one by default): names it, betrays nothing."""
        head = head or self.state.head
        message = f"{head.seq}:{head.hash}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:16]

    def news(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those of the entries that are not folded yet."""
        return [entry for entry in entries if entry.seq > self.state.head.seq]

    def take(self, entries: Sequence[Entry], keys: frozenset[Key]) -> None:
        """Fold entries in; `keys` are the places whose views they alter."""
        for entry in entries:
            fold(self.state, entry)
            self._recent.append((entry.head, keys))
        if self.state.head.seq - self._kept >= SNAPSHOT_EVERY:
            self.due.set()

    def since(self, position: Position, viewer: Viewer) -> list[Change] | None:
        """[RESUME1] What this viewer missed since; None where that place is not (or no longer) known here."""
        places = list(self._recent)
        for i, (head, _) in enumerate(places):
            if head.seq == position.seq and hmac.compare_digest(self.tag(head), position.tag):
                keys = frozenset[Key]().union(*(keys for _, keys in places[i + 1 :]))
                return catch_up(views(self.state, viewer, keys))
        return None

    def snapshot(self) -> Snapshot | None:
        """The state as it is now, when something happened since the last that was saved."""
        if self.state.head.seq == self._kept:
            return None
        return Snapshot(self.state.head, self.state.to_bytes())

    def saved(self, snapshot: Snapshot) -> None:
        """The store has it."""
        self._kept = snapshot.head.seq


def altered(state: State, entries: Sequence[Entry]) -> tuple[frozenset[Key], list[Change]]:
    """The places whose views these entries alter, and all their changes; asked before they are folded."""
    changes = [change for entry in entries for change in entry.changes]
    return frozenset(affected(state, changes)), changes


async def restored(log: Log, workshop: str) -> State:
    """The state from the newest snapshot and the entries behind it; proves each entry's hash ([FOLD2])."""
    snapshot = await log.load_snapshot(workshop)
    state = State.from_bytes(snapshot.body) if snapshot else State()
    try:
        entries = await log.read(workshop, state.head)
    except PositionGone:  # a snapshot of what the log has lost, or holds elsewhere
        state = State()
        entries = await log.read(workshop, EMPTY)
    for entry in entries:
        fold(state, entry, check=True)
    return state
