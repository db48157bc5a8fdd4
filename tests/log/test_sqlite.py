"""The SQLite store keeps the contract, and what a file promises beyond it."""

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from protocol.changes import Put
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Lens
from server.log.base import Gone, HeadMoved, Snapshot, StoreError, StoreInUse, StoreUnfit
from server.log.sqlite import SqliteLog

from .contract import LogContract, draft, filled, sound

WRITER = """
import asyncio, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from protocol.changes import Put
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Lens
from server.log.sqlite import SqliteLog
from tests.log.contract import draft
async def main():
    log, head, n = SqliteLog(Path(sys.argv[1])), EMPTY, 0
    while True:
        n += 2
        entries = await log.append("w", [draft(n - 1), draft(n)], head)
        head = entries[-1].head
        print(head.seq, flush=True)
asyncio.run(main())
"""
ROOT = Path(__file__).parents[2]


class TestSqlite(LogContract):
    """Runs the whole suite on a real file."""

    @pytest.fixture
    def now(self) -> list[int]:
        """The clock."""
        return [1_000_000]

    @pytest.fixture
    async def log(self, now: list[int], tmp_path: Path) -> AsyncIterator[SqliteLog]:
        """A fresh store."""
        log = SqliteLog(tmp_path / "a.db", lambda: now[0])
        yield log
        await log.close()


async def test_reopen(tmp_path: Path) -> None:
    """[LOG12] Reopened, it holds what was appended and goes on from there."""
    log = SqliteLog(tmp_path / "a.db")
    entries = await filled(log, "w", 5)
    await log.close()
    again = SqliteLog(tmp_path / "a.db")
    assert await again.read("w", EMPTY) == entries
    entries += await again.append("w", [draft(6)], entries[-1].head)
    assert sound(await again.read("w", EMPTY))
    await again.close()


async def test_killed(tmp_path: Path) -> None:
    """[LOG6] [LOG12] What a killed process had acknowledged is there, whole and in order."""
    file = tmp_path / "a.db"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, file, ROOT], stdout=subprocess.PIPE)
    assert writer.stdout
    told = [int(writer.stdout.readline()) for _ in range(50)]
    writer.send_signal(signal.SIGKILL)
    told += [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    writer.stdout.close()
    log = SqliteLog(file)
    entries = await log.read("w", EMPTY)
    assert len(entries) >= told[-1]
    assert len(entries) % 2 == 0
    assert sound(entries)
    await log.append("w", [draft(1)], entries[-1].head)
    await log.close()


async def test_second_open_is_refused(tmp_path: Path) -> None:
    """[LOG13] A second process, or a second open, is told in plain words; the first goes on."""
    file = tmp_path / "a.db"
    log = SqliteLog(file)
    with pytest.raises(StoreInUse, match="another Plenary"):
        SqliteLog(file)
    second = subprocess.run([sys.executable, "-c", WRITER, file, ROOT], capture_output=True, text=True, check=False)
    assert second.returncode != 0
    assert "another Plenary runs on this file" in second.stderr
    await log.append("w", [draft(1)], EMPTY)
    await log.close()
    await SqliteLog(file).close()


async def test_group_commit(tmp_path: Path) -> None:
    """[LOG15] What waits shares a transaction; one refusal does not fail its neighbours."""
    log = SqliteLog(tmp_path / "a.db")
    await log.append("w0", [draft(1)], EMPTY)
    before = log.commits
    done = await asyncio.gather(*(log.append(f"w{i}", [draft(1)], EMPTY) for i in range(100)), return_exceptions=True)
    assert log.commits - before < 50
    assert isinstance(done[0], HeadMoved)
    assert all(isinstance(d, list) for d in done[1:])
    await log.close()


async def test_not_our_file(tmp_path: Path) -> None:
    """[LOG16] Foreign and newer files are left alone, in plain words."""
    strange = tmp_path / "b.db"
    strange.write_bytes(b"this is no database, it is a letter to a friend" * 50)
    with pytest.raises(StoreUnfit, match="not a Plenary store"):
        SqliteLog(strange)
    with sqlite3.connect(tmp_path / "c.db") as other:
        other.execute("CREATE TABLE friends (name TEXT)")
    other.close()
    with pytest.raises(StoreUnfit, match="not a Plenary store"):
        SqliteLog(tmp_path / "c.db")
    await SqliteLog(tmp_path / "d.db").close()
    with sqlite3.connect(tmp_path / "d.db") as newer:
        newer.execute("PRAGMA user_version=99")
    newer.close()
    with pytest.raises(StoreUnfit, match="newer Plenary"):
        SqliteLog(tmp_path / "d.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        SqliteLog(tmp_path / "no" / "where.db")


def _secret(n: int) -> Draft:
    lens = Lens(id=f"l{n}", rank="a0", title=f"only-between-us {n} " + "x" * (n * 37 % 150))
    return Draft(by="p", client="c", n=n, name="test", changes=(Put(record=lens),))


def _on_disk(folder: Path) -> int:
    """How often the secret stands in any file of the store."""
    return sum(file.read_bytes().count(b"only-between-us") for file in folder.iterdir() if file.is_file())


async def _with_a_secret(log: SqliteLog) -> list[Entry]:
    """A workshop among others, all of them growing together, so that its rows are moved about in the file."""
    entries: list[Entry] = []
    heads = dict.fromkeys(("u", "w", "x"), EMPTY)
    for n in range(120):
        drafts = {"u": draft(n), "w": _secret(n), "x": draft(n)}
        done = await asyncio.gather(*(log.append(name, [one], heads[name]) for name, one in drafts.items()))
        heads = {name: each[-1].head for name, each in zip(drafts, done, strict=True)}
        entries += done[1]
        if n % 40 == 0:
            await log.save_snapshot("w", Snapshot(heads["w"], b"only-between-us" * 2_000))
    return entries


async def test_nothing_is_left_on_the_disk(tmp_path: Path) -> None:
    """[GONE3] When it returns, none of the words is in the file, its WAL or anything beside them; others are whole."""
    log = SqliteLog(tmp_path / "a.db")
    await _with_a_secret(log)
    others = [await log.read(name, EMPTY) for name in ("u", "x")]
    assert _on_disk(tmp_path) > 120
    await log.forget("w")
    assert _on_disk(tmp_path) == 0
    assert [await log.read(name, EMPTY) for name in ("u", "x")] == others
    await log.close()
    assert _on_disk(tmp_path) == 0
    again = SqliteLog(tmp_path / "a.db")
    with pytest.raises(Gone):
        await again.read("w", EMPTY)
    assert [await again.read(name, EMPTY) for name in ("u", "x")] == others
    await again.close()


async def test_what_a_crash_cut_short_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[GONE3] Deleted, but killed before the file was written anew: the next opening does it."""
    log = SqliteLog(tmp_path / "a.db")
    await _with_a_secret(log)
    monkeypatch.setattr("server.log.sqlite._scrub", lambda _: None)
    await log.forget("w")
    crashed = shutil.copytree(tmp_path, tmp_path / "crashed")
    await log.close()
    assert _on_disk(crashed) > 0
    monkeypatch.undo()
    again = SqliteLog(crashed / "a.db")
    assert _on_disk(crashed) == 0
    assert await again.forgotten() == ["w"]
    await again.close()


async def test_a_disk_that_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[GONE3] Where the file cannot be written anew that is told; it is gone all the same, and the next try cleans."""

    def full(_: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    log = SqliteLog(tmp_path / "a.db")
    entries = await _with_a_secret(log)
    monkeypatch.setattr("server.log.sqlite._scrub", full)
    with pytest.raises(StoreError, match="disk is full"):
        await log.forget("w")
    with pytest.raises(Gone):
        await log.append("w", [draft(301)], entries[-1].head)
    monkeypatch.undo()
    await log.forget("w")
    assert _on_disk(tmp_path) == 0
    await log.close()


async def test_a_store_of_before(tmp_path: Path) -> None:
    """[GONE1] [LOG26] A file from before there was deleting is opened, and deleted from."""
    log = SqliteLog(tmp_path / "a.db")
    await filled(log, "w", 3)
    await log.close()
    with sqlite3.connect(tmp_path / "a.db") as older:
        older.execute("DROP TABLE gone")
    older.close()
    again = SqliteLog(tmp_path / "a.db")
    assert len(await again.read("w", EMPTY)) == 3
    await again.forget("w")
    assert await again.workshops() == []
    await again.close()
