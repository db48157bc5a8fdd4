"""Whom to look after next: each is touched when it is due, and nobody before ([LIVE1])."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from .visit import Visit

SLOT_MS: Final = 100
"""Who is due within so long is looked for together."""


class Wheel:
    """Visits by when they are due. One that ended meanwhile falls out when it would have been."""

    def __init__(self) -> None:
        self._slots: defaultdict[int, list[Visit]] = defaultdict(list)

    def put(self, visit: Visit) -> None:
        """From now on, once; and again after each time it was due."""
        self._slots[visit.due // SLOT_MS].append(visit)

    def due(self, now: int) -> Iterator[Visit]:
        """Those that are due (ms, steady clock) and not over; where whoever asks stops, the others are due later."""
        for slot in [slot for slot in self._slots if slot <= now // SLOT_MS]:
            visits, later = self._slots.pop(slot), []
            try:
                while visits:
                    visit = visits.pop()
                    if visit.due > now:
                        later.append(visit)
                    elif not visit.over:
                        yield visit
            finally:
                if visits or later:
                    self._slots[slot] += visits + later
