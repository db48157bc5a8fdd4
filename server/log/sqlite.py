"""The log in one SQLite file: WAL, `synchronous=FULL`, one connection in one thread, group commit.

One connection only, because SQLite before 3.51.3 can lose committed rows with two in WAL mode. All that waits is
written in one transaction, each append in a savepoint of its own, and acknowledged after the commit ([LOG15]).

SQLite leaves the bytes of deleted rows in its file, and copies of rows in pages that it split; so behind a deletion
the file is written anew, and its WAL cut to nothing ([GONE3]).
"""

import asyncio
import contextlib
import fcntl
import os
import queue
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from protocol.entries import EMPTY, ENTRY, Draft, Entry, Head

from .base import Gone, HeadMoved, Known, PositionGone, Snapshot, StoreError, StoreInUse, StoreUnfit
from .following import following
from .memory import chain, wall_clock
from .wake import Bells

APPLICATION: Final = 0x504C454E
"""Marks the file as ours (`PLEN`)."""
VERSION: Final = 1
BATCH: Final = 256
"""Most jobs in one transaction."""
CHUNK: Final = 2_000
"""Most entries read in one job, so that a long read never starves appends."""
SCHEMA: Final = """
CREATE TABLE entry (workshop TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (workshop, seq)) WITHOUT ROWID;
CREATE TABLE snapshot (workshop TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL)
    WITHOUT ROWID;
"""
GONE: Final = "CREATE TABLE IF NOT EXISTS gone (workshop TEXT PRIMARY KEY, clean INTEGER NOT NULL) WITHOUT ROWID"
"""What was deleted; `clean`: the file was written anew since. Earlier stores get it when they are opened."""
NAMES: Final = """
WITH RECURSIVE name(id) AS (
    SELECT min(workshop) FROM entry
    UNION ALL SELECT (SELECT min(workshop) FROM entry WHERE workshop > id) FROM name WHERE id IS NOT NULL
) SELECT id FROM name WHERE id IS NOT NULL
"""
"""The workshops, one look at the index for each: `DISTINCT` would read every entry."""


@dataclass(slots=True)
class _Job:
    """Work for the writer thread; `future` gets what `run` returns or raises, after the commit."""

    run: Callable[[sqlite3.Connection], Any]
    future: Future[Any] = field(default_factory=Future)
    alone: bool = False
    """Not in a transaction, but behind it; `run` is the same for all of these, and done once."""


class SqliteLog:
    """Opens (or makes) the store at `path`. Raises `StoreInUse`, `StoreUnfit` or `StoreError`, in plain words."""

    def __init__(self, path: Path, clock: Callable[[], int] = wall_clock) -> None:
        self._path = path
        self._clock = clock
        self._bells = Bells()
        self._heads: dict[str, tuple[Head, int]] = {}
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self.commits = 0
        """Transactions so far; group commit shows here ([LOG15])."""
        self._lock = _only_one(path)
        try:
            self._connection = _opened(path)
        except BaseException:
            self._lock.close()
            raise
        self._thread = threading.Thread(target=self._serve, name="plenary-log", daemon=True)
        self._thread.start()

    async def append(self, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        """[LOG1] [LOG6] All behind `expected` and on the disk, or `HeadMoved`. Cancelling does not stop it ([LOG9])."""
        entries: list[Entry] = await self._do(lambda db: self._append(db, workshop, drafts, expected))
        self._bells.ring(workshop, entries[-1].head if entries else None)
        return entries

    async def plant(self, workshop: str, entries: Sequence[Entry]) -> None:
        """[LOG27] As they are, in one transaction, or `HeadMoved`."""
        await self._do(lambda db: self._plant(db, workshop, entries))
        self._bells.ring(workshop, entries[-1].head if entries else None)

    async def read(self, workshop: str, after: Head) -> list[Entry]:
        """[LOG7] What lies behind `after`, read in pieces."""
        if self._heads.get(workshop, (None,))[0] == after and not self._closed:
            return []
        entries: list[Entry] = []
        while True:
            piece: list[Entry] = await self._do(partial(_read, workshop=workshop, after=after))
            entries += piece
            if len(piece) < CHUNK:
                return entries
            after = piece[-1].head

    def follow(self, workshop: str, after: Head, known: Known | None = None) -> AsyncIterator[list[Entry]]:
        """[LOG8] What lies behind `after`, and what comes."""
        return following(partial(self.read, workshop), self._bells.at(workshop), after, known=known)

    async def save_snapshot(self, workshop: str, snapshot: Snapshot) -> None:
        """[LOG11] Keep the later one."""
        row = (workshop, snapshot.head.seq, snapshot.head.hash, snapshot.body)
        keep = (
            "INSERT INTO snapshot VALUES (?, ?, ?, ?) ON CONFLICT (workshop) DO UPDATE SET "
            "seq = excluded.seq, hash = excluded.hash, body = excluded.body WHERE excluded.seq >= seq"
        )
        await self._do(_of(workshop, lambda db: db.execute(keep, row).rowcount))

    async def load_snapshot(self, workshop: str) -> Snapshot | None:
        """[LOG10] The newest one."""
        find = "SELECT seq, hash, body FROM snapshot WHERE workshop = ?"
        row = await self._do(_of(workshop, lambda db: db.execute(find, (workshop,)).fetchone()))
        return Snapshot(Head(row[0], row[1]), bytes(row[2])) if row else None

    async def last(self, workshop: str) -> Entry | None:
        """The newest."""
        entry: Entry | None = await self._do(_of(workshop, lambda db: _last(db, workshop)))
        return entry

    async def forget(self, workshop: str, if_head: Head | None = None) -> None:
        """[GONE1] [GONE2] [GONE3] Deleted when the transaction stands, and off the disk when this returns."""
        await self._do(lambda db: self._forget(db, workshop, if_head))
        self._bells.ring(workshop)
        await self._do(_scrub, alone=True)

    async def workshops(self) -> list[str]:
        """Those that have entries."""
        return [row[0] for row in await self._do(lambda db: db.execute(NAMES).fetchall())]

    async def now(self) -> int:
        """By the one clock."""
        return self._clock()

    async def forgotten(self) -> list[str]:
        """Those that were deleted."""
        find = "SELECT workshop FROM gone ORDER BY workshop"
        return [row[0] for row in await self._do(lambda db: db.execute(find).fetchall())]

    async def close(self) -> None:
        """Finish what waits and let go of the file."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    async def _do(self, run: Callable[[sqlite3.Connection], Any], *, alone: bool = False) -> Any:
        if self._closed:
            raise StoreError("the store is closed")
        job = _Job(run, alone=alone)
        self._jobs.put(job)
        return await asyncio.shield(asyncio.wrap_future(job.future))

    def _append(self, db: sqlite3.Connection, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        _check_standing(db, workshop)
        head, at = self._heads.get(workshop) or _head(db, workshop)
        self._heads[workshop] = head, at
        if head != expected:
            raise HeadMoved(head)
        entries = chain(drafts, head, max(self._clock(), at))
        self._insert(db, workshop, entries)
        return entries

    def _plant(self, db: sqlite3.Connection, workshop: str, entries: Sequence[Entry]) -> None:
        _check_standing(db, workshop)
        head, _ = _head(db, workshop)
        if head != EMPTY:
            raise HeadMoved(head)
        self._insert(db, workshop, entries)

    def _insert(self, db: sqlite3.Connection, workshop: str, entries: Sequence[Entry]) -> None:
        db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", [(workshop, e.seq, e.hash, e.text) for e in entries])
        if entries:
            self._heads[workshop] = entries[-1].head, entries[-1].at

    def _forget(self, db: sqlite3.Connection, workshop: str, if_head: Head | None) -> None:
        if db.execute("SELECT 1 FROM gone WHERE workshop = ?", (workshop,)).fetchone():
            return
        head, _ = _head(db, workshop)
        if if_head not in {None, head}:
            raise HeadMoved(head)
        for table in ("entry", "snapshot"):
            db.execute(f"DELETE FROM {table} WHERE workshop = ?", (workshop,))  # noqa: S608 - of our own two names
        db.execute("INSERT INTO gone VALUES (?, 0)", (workshop,))
        self._heads.pop(workshop, None)

    def _serve(self) -> None:
        """The writer thread: take all that waits, one transaction, then answer; and then what is done alone."""
        while batch := _waiting(self._jobs):
            jobs = [job for job in batch if job is not None and not job.alone]
            if jobs and not self._commit(jobs):
                for job in jobs:
                    self._commit([job])
            _do_alone(self._connection, [job for job in batch if job is not None and job.alone])
            if None in batch:
                break
        with contextlib.suppress(sqlite3.Error):
            self._connection.close()
        self._lock.close()

    def _commit(self, jobs: list[_Job]) -> bool:
        """Run the jobs in one transaction; False: it failed as a whole and several jobs are to be tried one by one."""
        heads = dict(self._heads)
        try:
            with _transaction(self._connection):
                answers = [_tried(self._connection, job) for job in jobs]
        except sqlite3.Error as error:
            self._heads = heads
            if len(jobs) > 1:
                return False
            answers = [(None, StoreError(f"the store cannot write: {error}"))]
        self.commits += 1
        for job, (value, refusal) in zip(jobs, answers, strict=True):
            _answer(job.future, value, refusal)
        return True


def _waiting(jobs: "queue.SimpleQueue[_Job | None]") -> list[_Job | None]:
    batch = [jobs.get()]
    with contextlib.suppress(queue.Empty):
        while len(batch) < BATCH and batch[-1] is not None:
            batch.append(jobs.get_nowait())
    return batch


def _answer(future: Future[Any], value: Any, error: Exception | None) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(value)


def _do_alone(db: sqlite3.Connection, jobs: list[_Job]) -> None:
    if not jobs:
        return
    failed = None
    try:
        jobs[0].run(db)
    except sqlite3.Error as error:
        failed = StoreError(f"deleted, but the file could not be written anew: {error}")
    for job in jobs:
        _answer(job.future, None, failed)


def _scrub(db: sqlite3.Connection) -> None:
    """[GONE3] Leave nothing of what was deleted in the file or its WAL. It is marked as done at the very end."""
    if db.execute("SELECT 1 FROM gone WHERE NOT clean LIMIT 1").fetchone() is None:
        return
    db.execute("VACUUM")
    busy, *_ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise sqlite3.OperationalError("its write-ahead log is in use")
    db.execute("UPDATE gone SET clean = 1")


def _tried(db: sqlite3.Connection, job: _Job) -> tuple[Any, Exception | None]:
    """One job in a savepoint of its own, so that its failure takes nothing of its neighbours along."""
    db.execute("SAVEPOINT job")
    try:
        value = job.run(db)
    except (Gone, HeadMoved, PositionGone, StoreError) as known:
        db.execute("ROLLBACK TO job")
        return None, known
    except ValueError as error:
        db.execute("ROLLBACK TO job")
        return None, StoreError(f"the store holds what it should not: {error}")
    finally:
        if db.in_transaction:
            db.execute("RELEASE job")
    return value, None


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _check_standing(db: sqlite3.Connection, workshop: str) -> None:
    """[GONE1]."""
    if db.execute("SELECT 1 FROM gone WHERE workshop = ?", (workshop,)).fetchone():
        raise Gone


def _of(workshop: str, run: Callable[[sqlite3.Connection], Any]) -> Callable[[sqlite3.Connection], Any]:
    """Work on a workshop that was not deleted."""

    def standing(db: sqlite3.Connection) -> Any:
        _check_standing(db, workshop)
        return run(db)

    return standing


def _last(db: sqlite3.Connection, workshop: str) -> Entry | None:
    find = "SELECT body FROM entry WHERE workshop = ? ORDER BY seq DESC LIMIT 1"
    row = db.execute(find, (workshop,)).fetchone()
    return ENTRY.validate_json(row[0]) if row else None


def _head(db: sqlite3.Connection, workshop: str) -> tuple[Head, int]:
    last = _last(db, workshop)
    return (last.head, last.at) if last else (EMPTY, 0)


def _read(db: sqlite3.Connection, workshop: str, after: Head) -> list[Entry]:
    _check_standing(db, workshop)
    find = "SELECT hash FROM entry WHERE workshop = ? AND seq = ?"
    if after != EMPTY and db.execute(find, (workshop, after.seq)).fetchone() != (after.hash,):
        raise PositionGone
    rest = "SELECT body FROM entry WHERE workshop = ? AND seq > ? ORDER BY seq LIMIT ?"
    return [ENTRY.validate_json(row[0]) for row in db.execute(rest, (workshop, after.seq, CHUNK))]


def _only_one(path: Path) -> Any:
    """A lock that ends with the process; raises `StoreInUse` where another holds it ([LOG13])."""
    handle = None
    try:
        handle = Path(f"{path}.lock").open("w")  # noqa: SIM115 - held until the store closes
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        if handle:
            handle.close()
        raise StoreInUse(
            f"{path} is in use: another Plenary runs on this file. Stop it, or name another file."
        ) from error
    except OSError as error:
        raise StoreError(f"{path} cannot be opened: {error.strerror}") from error
    return handle


def _opened(path: Path) -> sqlite3.Connection:
    os.environ.setdefault("SQLITE_TMPDIR", str(path.absolute().parent))  # what it writes meanwhile stays beside it
    try:
        db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=64)
        _fitted(db, path)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path} cannot be opened: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreUnfit(f"{path} is not a Plenary store ({error}).") from error
    return db


def _fitted(db: sqlite3.Connection, path: Path) -> None:
    """Check whose file it is, make the tables in a new one, and set what durability needs ([LOG16])."""
    mark, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if (mark, version) not in {(APPLICATION, VERSION), (0, 0)} or (not mark and tables):
        db.close()
        newer = mark == APPLICATION
        raise StoreUnfit(f"{path} is {'of a newer Plenary' if newer else 'not a Plenary store'}; it was left alone.")
    for pragma in (
        "locking_mode=EXCLUSIVE",
        "journal_mode=WAL",
        "synchronous=FULL",
        "wal_autocheckpoint=2000",
    ):
        db.execute(f"PRAGMA {pragma}")
    if not mark:
        db.executescript(f"{SCHEMA} PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION};")
    db.execute(GONE)
    _scrub(db)
