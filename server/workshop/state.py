"""The state of a workshop: its records by kind and id, each client's counter, and the head they stand at.

Beside them stand indexes that are derived from the records alone, kept so that a decision costs the same on
a large board as on a small one. Only `fold` writes here.
"""

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic import TypeAdapter

from protocol.entries import EMPTY, Head
from protocol.hook import Hook
from protocol.records import (
    KINDS,
    Activity,
    AnyRecord,
    Ballot,
    Board,
    Comment,
    Contribution,
    Door,
    Guest,
    Issue,
    Key,
    Memo,
    Note,
    Paper,
    Person,
    Reaction,
    Record,
    Stack,
    Step,
    Tally,
    Update,
    Workshop,
)

RECORDS: TypeAdapter[list[Record]] = TypeAdapter(list[AnyRecord])
IN_A_PIECE: Final = 100
"""So many records are written at once: whoever takes the pieces lets the rooms go on between them."""


@dataclass(frozen=True, slots=True)
class Body:
    """A snapshot's body."""

    head: Head
    clients: dict[str, tuple[str, int, int]]
    records: tuple[AnyRecord, ...]


BODY: TypeAdapter[Body] = TypeAdapter(Body)


def listed(records: Iterable[Record]) -> Iterator[bytes]:
    """A list of records as JSON, in pieces; each record is looked for when it is its turn."""
    left, before = iter(records), b"["
    while some := list(itertools.islice(left, IN_A_PIECE)):
        yield before + RECORDS.dump_json(some)[1:-1]
        before = b","
    yield b"[]" if before == b"[" else b"]"


class State:
    """Everything the log says, so far. Empty at first; `head` says how far."""

    __slots__ = (
        "aside",
        "ballots_in",
        "clients",
        "comments_on",
        "contributed",
        "head",
        "notes_in",
        "notes_on",
        "records",
        "spent",
        "stacked",
        "written",
    )  # fmt: skip

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
        self.clients: dict[str, tuple[str, int, int]] = {}
        """client: (person who first used it, its last `n`, the seq of that)."""
        self.head: Head = EMPTY
        self.spent: Counter[tuple[str, str]] = Counter()
        """(round, person): dots placed."""
        self.notes_on: Counter[str] = Counter()
        """board: notes on it, the binned too."""
        self.notes_in: Counter[str] = Counter()
        """step: notes that belong to it."""
        self.written: Counter[tuple[str, str]] = Counter()
        """(step, person): notes of theirs in it, without the binned and those set aside."""
        self.aside: set[Key] = set()
        """Notes and issues that are set aside."""
        self.ballots_in: Counter[str] = Counter()
        """round: ballots cast."""
        self.stacked: dict[str, set[str]] = {}
        """stack: the notes in it."""
        self.comments_on: dict[str, set[str]] = {}
        """note: the comments on it."""
        self.contributed: dict[str, set[str]] = {}
        """`note.id` or `issue.id`: the contributions to it."""

    def copy(self) -> "State":
        """Another state that is equal; records never change, so both share them."""
        other = State()
        other.records = {kind: dict(records) for kind, records in self.records.items()}
        other.clients, other.head = dict(self.clients), self.head
        for index in ("spent", "notes_on", "notes_in", "written", "ballots_in"):
            setattr(other, index, Counter(getattr(self, index)))
        other.aside = set(self.aside)
        for index in ("stacked", "comments_on", "contributed"):
            setattr(other, index, {key: set(ids) for key, ids in getattr(self, index).items()})
        return other

    @property
    def size(self) -> int:
        """How many records there are."""
        return sum(map(len, self.records.values()))

    def get(self, kind: str, id_: str) -> Record | None:
        """The record at this place, or None."""
        return self.records[kind].get(id_)

    @property
    def workshop(self) -> Workshop:
        """The workshop's own record; a state without one is not a workshop yet."""
        return cast("Workshop", self.records["workshop"]["workshop"])

    @property
    def door(self) -> Door:
        """How people come in; as it is at first where nobody ever changed it."""
        return cast("Door", self.records["door"].get("door") or Door(id="door"))

    @property
    def step(self) -> Step:
        """The current step ([STEP1])."""
        return self.steps[self.workshop.step]

    @property
    def steps(self) -> dict[str, Step]:
        """All steps by id."""
        return cast("dict[str, Step]", self.records["step"])

    @property
    def people(self) -> dict[str, Person]:
        """All people by id."""
        return cast("dict[str, Person]", self.records["person"])

    @property
    def guests(self) -> dict[str, Guest]:
        """Whoever waits at the door, and was turned away, by id."""
        return cast("dict[str, Guest]", self.records["guest"])

    @property
    def issues(self) -> dict[str, Issue]:
        """All issues by id, the merged too."""
        return cast("dict[str, Issue]", self.records["issue"])

    @property
    def boards(self) -> dict[str, Board]:
        """All boards by id."""
        return cast("dict[str, Board]", self.records["board"])

    @property
    def notes(self) -> dict[str, Note]:
        """All notes by id, the binned too."""
        return cast("dict[str, Note]", self.records["note"])

    @property
    def stacks(self) -> dict[str, Stack]:
        """All stacks by id."""
        return cast("dict[str, Stack]", self.records["stack"])

    @property
    def comments(self) -> dict[str, Comment]:
        """All comments by id."""
        return cast("dict[str, Comment]", self.records["comment"])

    @property
    def reactions(self) -> dict[str, Reaction]:
        """All reactions by id."""
        return cast("dict[str, Reaction]", self.records["reaction"])

    @property
    def contributions(self) -> dict[str, Contribution]:
        """All links and files by id."""
        return cast("dict[str, Contribution]", self.records["contribution"])

    def contributed_to(self, kind: str, id_: str) -> list[Contribution]:
        """Those on this note or issue, by id."""
        return [self.contributions[each] for each in sorted(self.contributed.get(f"{kind}.{id_}", ()))]

    @property
    def memos(self) -> dict[str, Memo]:
        """What facilitators noted to themselves, by id."""
        return cast("dict[str, Memo]", self.records["memo"])

    @property
    def ballots(self) -> dict[str, Ballot]:
        """All ballots by id."""
        return cast("dict[str, Ballot]", self.records["ballot"])

    @property
    def tallies(self) -> dict[str, Tally]:
        """All tallies by id."""
        return cast("dict[str, Tally]", self.records["tally"])

    @property
    def activities(self) -> dict[str, Activity]:
        """All activities by id."""
        return cast("dict[str, Activity]", self.records["activity"])

    @property
    def paper(self) -> Paper | None:
        """The paper that all write together, where it has begun."""
        return cast("Paper | None", self.records["paper"].get("paper"))

    @property
    def hook(self) -> Hook | None:
        """Another program that is told of what happens, where there is one."""
        return cast("Hook | None", self.records["hook"].get("hook"))

    @property
    def updates(self) -> dict[str, Update]:
        """The changes of the paper that its base has not taken in, by id."""
        return cast("dict[str, Update]", self.records["update"])

    def place(self, key: Key, record: Record | None) -> Record | None:
        """Put a record (None: nothing) at a place and return what was there. For `fold` alone."""
        kind, id_ = key
        old = self.records[kind].get(id_)
        if record is None:
            self.records[kind].pop(id_, None)
        else:
            self.records[kind][id_] = record
        if not _counted_alike(old, record):
            self._count(old, -1)
            self._count(record, 1)
        return old

    def _count(self, record: Record | None, sign: int) -> None:
        if isinstance(record, Note):
            _add(self.notes_on, record.board, sign)
            _add(self.notes_in, record.step, sign)
            if record.by is not None and not record.binned and not record.aside:
                _add(self.written, (record.step, record.by), sign)
            if record.stack is not None:
                _list(self.stacked, record.stack, record.id, sign)
            self._set_aside(record, sign)
        elif isinstance(record, Issue):
            self._set_aside(record, sign)
        elif isinstance(record, Comment):
            _list(self.comments_on, record.note, record.id, sign)
        elif isinstance(record, Contribution):
            for kind, to in (("note", record.note), ("issue", record.issue)):
                if to is not None:
                    _list(self.contributed, f"{kind}.{to}", record.id, sign)
        elif isinstance(record, Ballot):
            _add(self.spent, (record.round, record.person), sign * record.dots)
            _add(self.ballots_in, record.round, sign)

    def _set_aside(self, record: Note | Issue, sign: int) -> None:
        if record.aside:
            (self.aside.add if sign > 0 else self.aside.discard)((record.kind, record.id))

    def digest(self) -> str:
        """SHA-256 (hex) over all records and counters; equal states have equal digests ([FOLD5])."""
        body = json.dumps(self._plain(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(body.encode()).hexdigest()

    def _plain(self) -> dict[str, Any]:
        records = [r for kind in sorted(self.records) for _, r in sorted(self.records[kind].items())]
        return {"records": [r.model_dump(mode="json") for r in records], "clients": self.clients}

    def to_bytes(self) -> bytes:
        """The state as a snapshot's body."""
        return b"".join(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """The same in pieces; it is to stay as it is until the last of them."""
        rest = {"head": {"seq": self.head.seq, "hash": self.head.hash}, "clients": self.clients}
        yield json.dumps(rest).encode()[:-1] + b', "records": '
        yield from listed(record for kind in self.records.values() for record in kind.values())
        yield b"}"

    @classmethod
    def from_bytes(cls, body: bytes) -> "State":
        """The state that `to_bytes` wrote; `ValueError` where it is none."""
        plain = BODY.validate_json(body)
        state = cls()
        for record in plain.records:
            state.place((record.kind, record.id), record)
        state.clients, state.head = plain.clients, plain.head
        return state


def _counted_alike(old: Record | None, new: Record | None) -> bool:
    """Most changes are of a note that stays where it is."""
    if not isinstance(old, Note) or not isinstance(new, Note):
        return False
    return all(getattr(old, name) == getattr(new, name) for name in ("board", "step", "stack", "binned", "aside"))


def _add(counter: Counter[Any], key: object, by: int) -> None:
    """Count, and forget what is at nothing, so that equal states are equal here too."""
    counter[key] += by
    if not counter[key]:
        del counter[key]


def _list(lists: dict[str, set[str]], key: str, id_: str, sign: int) -> None:
    """Keep an id in a list, or take it out; there is no empty list, so that equal states are equal here too."""
    if sign > 0:
        lists.setdefault(key, set()).add(id_)
        return
    lists[key].discard(id_)
    if not lists[key]:
        del lists[key]
