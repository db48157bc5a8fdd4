"""A replica: the state at a head, and what changed lately."""

import hashlib
import hmac
from collections import deque
from collections.abc import Sequence
from itertools import islice
from typing import Final

from protocol.changes import Change
from protocol.entries import Entry, Head
from protocol.messages import Position
from protocol.records import Key
from server.log.base import PositionGone
from server.workshop.fold import Placed, fold
from server.workshop.seen_by import affected
from server.workshop.state import State

RECENT: Final = 4_000
"""Entries that a client may have missed and still resume."""
Place = tuple[Head, frozenset[Key]]
"""A head, and what may look otherwise since the one before."""


class Replica:
    """The state of one workshop here, with enough memory to tell a returning client what it missed."""

    def __init__(self, state: State, secret: bytes, recent: Sequence[Place] = ()) -> None:
        """`recent`: places that led here; a client that left off at one of them may go on from there."""
        self.state = state
        self._secret = secret
        self._position = Position(seq=state.head.seq, tag=self.tag())
        self._recent: deque[Place] = deque(recent or [(state.head, frozenset())], maxlen=RECENT)

    def tag(self, head: Head | None = None) -> str:
        """[RESUME3] A keyed digest of a head (the current one by default): names it, betrays nothing."""
        head = head or self.state.head
        message = f"{head.seq}:{head.hash}".encode()
        return hmac.new(self._secret, message, hashlib.sha256).hexdigest()[:16]

    def news(self, entries: Sequence[Entry]) -> list[Entry]:
        """Those of the entries that are not folded yet; they were read or appended together, so they follow each other.

        Raises `PositionGone` where they do not follow what is folded: the store lost that, and went another way
        ([HEAL1]), perhaps while an append of ours was under way.
        """
        news = [entry for entry in entries if entry.seq > self.state.head.seq]
        if news and not news[0].follows(self.state.head):
            raise PositionGone
        return news

    def take(self, entries: Sequence[Entry], keys: frozenset[Key]) -> list[Placed]:
        """Fold entries in, and what each came to; `keys` are the places whose views they alter."""
        self._recent.extend((entry.head, keys) for entry in entries)
        return [fold(self.state, entry) for entry in entries]

    @property
    def position(self) -> Position:
        """Where the state stands, for clients."""
        if self._position.seq != self.state.head.seq:
            self._position = Position(seq=self.state.head.seq, tag=self.tag())
        return self._position

    def since(self, position: Position) -> frozenset[Key] | None:
        """[RESUME1] What may look otherwise since; None where that place is not (or no longer) known here."""
        place = self._place(position)
        if place is None or not self._is_at(place, position):
            return None
        return frozenset[Key]().union(*(keys for _, keys in islice(self._recent, place + 1, None)))

    def reaches(self, position: Position) -> bool:
        """[HELLO5] Whether it has come this far, and as far as it remembers, by this way."""
        place = self._place(position)
        return position.seq <= self.state.head.seq and (place is None or self._is_at(place, position))

    def _place(self, position: Position) -> int | None:
        """Where it is among the recent ones, which are dense."""
        place = position.seq - self._recent[0][0].seq
        return place if 0 <= place < len(self._recent) else None

    def _is_at(self, place: int, position: Position) -> bool:
        return hmac.compare_digest(self.tag(self._recent[place][0]), position.tag)


def altered(state: State, entries: Sequence[Entry]) -> tuple[frozenset[Key], list[Change]]:
    """The places whose views these entries alter, and all their changes; asked before they are folded."""
    changes = [change for entry in entries for change in entry.changes]
    return frozenset(affected(state, changes)), changes
