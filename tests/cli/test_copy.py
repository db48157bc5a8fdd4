"""`plenary copy`, from a laptop's file to a Redis and back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from typer.testing import CliRunner, Result

from protocol.entries import EMPTY, Entry
from server.__main__ import app
from server.exports.archive import read_whole
from server.log.base import Snapshot
from server.log.opening import opened
from tests.log.contract import draft, filled
from tests.log.redis_server import redis_server

run = CliRunner()


def copied(*arguments: str) -> Result:
    """Run the command."""
    return run.invoke(app, ["copy", *arguments])


async def fill(store: str, name: str, count: int) -> None:
    """A workshop whose entries have several moments, and a snapshot."""
    now = [1_000_000]
    log = await opened(store, lambda: now[0])
    head = EMPTY
    for n in range(count):
        now[0] += 1_000 * (n % 3)
        head = (await log.append(name, [draft(2 * n + 1), draft(2 * n + 2)], head))[-1].head
    await log.save_snapshot(name, Snapshot(head, b"a state"))
    await log.close()


async def held(store: str, name: str) -> tuple[list[Entry], Snapshot | None]:
    """All that a store has of a workshop."""
    log = await opened(store)
    found = await log.read(name, EMPTY), await log.load_snapshot(name)
    await log.close()
    return found


async def planted(store: str, entries: list[Entry]) -> None:
    """A workshop with just these."""
    log = await opened(store)
    await log.plant("w", entries)
    await log.close()


def test_there_and_back(tmp_path: Path) -> None:
    """[LOG22] To Redis and back into another file: entries, hashes and snapshots are the same; again does nothing."""
    laptop, other = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    for name, count in (("one", 9), ("two", 4)):
        asyncio.run(fill(laptop, name, count))
    with redis_server(tmp_path) as redis:
        for _ in range(2):
            done = copied(laptop, redis.url)
            assert done.exit_code == 0, done.output
        assert copied(redis.url, other, "ONE").exit_code == 0
        assert asyncio.run(held(redis.url, "two")) == asyncio.run(held(laptop, "two"))
    assert asyncio.run(held(other, "one")) == asyncio.run(held(laptop, "one"))
    assert asyncio.run(held(other, "two")) == ([], None)


def test_of_an_earlier_version(tmp_path: Path) -> None:
    """[LOG22] [LOG26] What an earlier version wrote is copied as it was written: its hashes stand."""
    _, entries = read_whole((Path(__file__).parents[1] / "data/first-version.json").read_bytes())
    a, b = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    asyncio.run(planted(a, entries))
    done = copied(a, b)
    assert done.exit_code == 0, done.output
    assert [e.text for e in asyncio.run(held(b, "w"))[0]] == [e.text for e in entries]


def test_a_broken_source(tmp_path: Path) -> None:
    """[LOG22] A log that does not hang together is not copied, and it is said where it breaks."""
    a, b = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    first = Entry.after(EMPTY, 1, draft(1))
    asyncio.run(planted(a, [first, Entry.after(first.head, 2, draft(2)).model_copy(update={"by": "q"})]))
    done = copied(a, b)
    assert done.exit_code == 1
    assert "broken at entry 2" in done.output
    assert asyncio.run(held(b, "w")) == ([], None)


def test_goes_on(tmp_path: Path) -> None:
    """[LOG22] What came since the last copy is added."""
    a, b = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    asyncio.run(fill(a, "w", 3))
    assert copied(a, b).exit_code == 0

    async def more() -> None:
        log = await opened(a)
        entries = await log.read("w", EMPTY)
        await log.append("w", [draft(99)], entries[-1].head)
        await log.close()

    asyncio.run(more())
    assert copied(a, b).exit_code == 0
    assert asyncio.run(held(b, "w")) == asyncio.run(held(a, "w"))


def test_another_is_left_alone(tmp_path: Path) -> None:
    """[LOG22] A workshop of the same id, or nothing to copy: said plainly, and nothing is written."""
    a, b = str(tmp_path / "a.db"), str(tmp_path / "b.db")
    asyncio.run(fill(a, "w", 3))

    async def another() -> None:
        log = await opened(b)
        await filled(log, "w", 2)
        await log.close()

    asyncio.run(another())
    before = asyncio.run(held(b, "w"))
    done = copied(a, b)
    assert done.exit_code == 1
    assert "left alone" in done.output
    assert asyncio.run(held(b, "w")) == before
    assert copied(a, b, "nothing").exit_code == 1
    assert copied(str(tmp_path / "no.db"), b).exit_code == 2
