"""Entries: accepted commands as they stand in the log, and the head that names a log's last entry.

The hash chains each entry to the one before, so a log that was forked, rewound or edited cannot be mistaken ([LOG4]).
"""

import hashlib
from dataclasses import dataclass
from typing import Final, TypeVar

from pydantic import TypeAdapter

from .base import Count, Id, Millis, Shape
from .changes import AnyChange, Change, Put


@dataclass(frozen=True, slots=True)
class Head:
    """`seq` and `hash` (64 hex digits, empty for a log without entries) of the last entry."""

    seq: int
    hash: str


EMPTY: Final = Head(0, "")
AnyShape = TypeVar("AnyShape", bound=Shape)


class Draft(Shape):
    """What the room asks the log to store: a command's outcome, without its place and time.

    `client` and `n` make it exactly-once ([ONCE1]); `by` is the person, `system` for the server itself.
    """

    by: Id
    client: Id
    n: Count
    name: str
    changes: tuple[AnyChange, ...]


class Entry(Draft):
    """A draft at its place: dense `seq` from 1, `at` by the store's clock, `hash` over the previous hash and itself."""

    seq: Count
    at: Millis
    hash: str

    @property
    def head(self) -> Head:
        """The head of a log that ends here."""
        return Head(self.seq, self.hash)

    @property
    def draft(self) -> Draft:
        """What it was before it had a place."""
        return Draft(by=self.by, client=self.client, n=self.n, name=self.name, changes=self.changes)

    @staticmethod
    def after(previous: Head, at: int, draft: Draft) -> "Entry":
        """Place a draft behind `previous` at the moment `at` (ms)."""
        seq = previous.seq + 1
        draft = draft.model_copy(update={"changes": tuple(map(_spelled_out, draft.changes))})
        bare = f'{draft.model_dump_json()[:-1]},"seq":{seq},"at":{at}}}'
        return Entry(
            by=draft.by,
            client=draft.client,
            n=draft.n,
            name=draft.name,
            changes=draft.changes,
            seq=seq,
            at=at,
            hash=_chained(previous.hash, bare),
        )

    def chained(self, previous_hash: str) -> str:
        """The hash this entry must have behind an entry with `previous_hash`: SHA-256, hex."""
        return _chained(previous_hash, self.model_dump_json(exclude={"hash"}, exclude_unset=True))

    @property
    def text(self) -> str:
        """Its JSON as it was first written: what a later version knows besides is not in it ([LOG26])."""
        return self.model_dump_json(exclude_unset=True)

    def follows(self, previous: Head) -> bool:
        """Whether this entry is truly the next behind `previous`, unedited."""
        return self.seq == previous.seq + 1 and self.hash == self.chained(previous.hash)


def _spelled_out(change: Change) -> Change:
    """With every field named: a later version, which has more, then reads what was written and no more ([LOG26])."""
    record = {"record": _all_named(change.record.model_copy())} if isinstance(change, Put) else {}
    return _all_named(change.model_copy(update=record))


def _all_named(copy: AnyShape) -> AnyShape:
    copy.model_fields_set.update(copy.__dict__)
    return copy


def _chained(previous_hash: str, bare: str) -> str:
    """Over the entry's JSON without its hash."""
    return hashlib.sha256(f"{previous_hash}\n{bare}".encode()).hexdigest()


ENTRY: Final = TypeAdapter(Entry)
