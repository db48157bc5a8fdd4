"""The log: an ordered, durable, hash-chained list of entries per workshop. Knows entries, not workshops.

The contract ([LOG1]-[LOG16], [GONE1]-[GONE3]); every store passes the suite `tests/log/contract.py`:

- `append` is atomic, and durable when it returns. It names the head that the drafts were decided on: where the log's
  head is another, nothing is written and `HeadMoved` is raised. A cancelled `append` may still be applied, whole.
- Per workshop entries are totally ordered and dense; `at` never goes back.
- `read` and `follow` give each entry behind `after` once, in order. "Your position is gone" is a normal answer:
  `PositionGone` means take the snapshot and start over.
- A workshop that was forgotten is `Gone`: each verb says so for ever, and nothing is written for it again.
- Only `StoreError` and its kinds leave a store; drivers' own errors never do.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from protocol.entries import Draft, Entry, Head


class StoreError(Exception):
    """The store cannot do it now; nothing is known to be written. May be tried again."""


class StoreInUse(StoreError):
    """Another process has this store; in plain words, for the person who started us."""


class StoreUnfit(StoreError):
    """This is not a Plenary store, or of a newer version; trying again does not help."""


class HeadMoved(Exception):
    """The log's head is not the expected one; `head` is what it is."""

    def __init__(self, head: Head) -> None:
        super().__init__(f"the head is at {head.seq}")
        self.head = head


class PositionGone(Exception):
    """The log does not hold this head (any more): take the snapshot, go on from there."""


class Gone(Exception):
    """The workshop was deleted for ever: trying again does not help, and what one still holds of it is to be let go."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state at a head, in the words of whoever made it (opaque bytes)."""

    head: Head
    body: bytes


Known = Callable[[], Head]


class Log(Protocol):
    """What a store can do. `after` is `EMPTY` for the beginning. All that name a workshop may raise `Gone`."""

    async def append(self, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        """Store all drafts behind `expected`, or raise `HeadMoved`, and return them at their places."""

    async def plant(self, workshop: str, entries: Sequence[Entry]) -> None:
        """Store a whole log as it was elsewhere, or `HeadMoved` where the workshop has entries already ([LOG27]).

        They are taken as they are, hashes and moments too: whoever plants has proved them.
        """

    async def read(self, workshop: str, after: Head) -> list[Entry]:
        """All entries behind `after` now; `PositionGone` where the log does not hold that head."""

    def follow(self, workshop: str, after: Head, known: Known | None = None) -> AsyncIterator[list[Entry]]:
        """Entries behind `after` in batches, for ever; raises `PositionGone` as `read` does.

        `known` says how far the caller is by now on its own: what it appended itself is not read again.
        """

    async def save_snapshot(self, workshop: str, snapshot: Snapshot) -> None:
        """Keep it, unless a later one is there."""

    async def load_snapshot(self, workshop: str) -> Snapshot | None:
        """The newest one."""

    async def last(self, workshop: str) -> Entry | None:
        """The newest entry, or None where there is none."""

    async def forget(self, workshop: str, if_head: Head | None = None) -> None:
        """Delete all of it but its id. Where `if_head` is not the head: `HeadMoved`, and nothing is deleted.

        Called again it finishes what a crash may have cut short, and is never `Gone`.
        """

    async def workshops(self) -> list[str]:
        """The ids of all workshops that have entries."""

    async def now(self) -> int:
        """What time it is by the store's clock (ms); of several clocks the one that is behind."""

    async def forgotten(self) -> list[str]:
        """The ids of all that were deleted."""

    async def close(self) -> None:
        """Finish what was begun and let go of the store. Called twice, does nothing the second time."""
