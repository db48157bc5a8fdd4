"""What every store promises; each store's test module runs this whole suite."""

from __future__ import annotations

import asyncio
import random

import pytest

from protocol.changes import Put
from protocol.entries import EMPTY, Draft, Entry, Head
from protocol.records import Lens
from server.log.base import Gone, HeadMoved, Log, PositionGone, Snapshot, StoreError


def draft(n: int, client: str = "c") -> Draft:
    """A small draft."""
    lens = Lens(id=f"l{n}", rank="a0", title=f"lens {n} ☀")
    return Draft(by="p", client=client, n=n, name="test", changes=(Put(record=lens),))


def sound(entries: list[Entry], head: Head = EMPTY) -> bool:
    """Whether these entries truly follow one another."""
    for entry in entries:
        if not entry.follows(head):
            return False
        head = entry.head
    return True


async def filled(log: Log, workshop: str, count: int) -> list[Entry]:
    """A log with so many entries, three at a time."""
    entries: list[Entry] = []
    while len(entries) < count:
        head = entries[-1].head if entries else EMPTY
        drafts = [draft(len(entries) + i + 1) for i in range(min(3, count - len(entries)))]
        entries += await log.append(workshop, drafts, head)
    return entries


class LogContract:
    """Subclasses give the fixture `log`, and `now`, a settable clock."""

    async def test_all_or_nothing(self, log: Log) -> None:
        """[LOG1] [LOG3] All drafts of a call stand in order behind the head."""
        entries = await log.append("w", [draft(1), draft(2), draft(3)], EMPTY)
        assert [e.seq for e in entries] == [1, 2, 3]
        assert await log.read("w", EMPTY) == entries

    async def test_expected_head(self, log: Log) -> None:
        """[LOG2] Another head than expected: nothing is written, and the head is told."""
        [first] = await log.append("w", [draft(1)], EMPTY)
        with pytest.raises(HeadMoved) as moved:
            await log.append("w", [draft(2)], EMPTY)
        assert moved.value.head == first.head
        with pytest.raises(HeadMoved):
            await log.append("w", [draft(2)], Head(1, "0" * 64))
        assert await log.read("w", EMPTY) == [first]

    async def test_planted(self, log: Log, now: list[int]) -> None:
        """[LOG27] A whole log stands as it was, moments and hashes too, and goes on from there."""
        entries, head = [], EMPTY
        for n in range(1, 251):
            entries.append(Entry.after(head, 500_000 + n, draft(n)))
            head = entries[-1].head
        await log.plant("w", entries)
        assert await log.read("w", EMPTY) == entries
        assert await log.read("w", entries[120].head) == entries[121:]
        assert await log.last("w") == entries[-1]
        assert await log.workshops() == ["w"]
        [more] = await log.append("w", [draft(251)], head)
        assert more.follows(head)
        assert more.at == now[0]
        assert await log.read("w", head) == [more]

    async def test_planted_once(self, log: Log) -> None:
        """[LOG27] [GONE1] Where there are entries, nothing is written; what was deleted is never planted again."""
        held = await filled(log, "w", 4)
        other = [Entry.after(EMPTY, 5, draft(9))]
        with pytest.raises(HeadMoved) as moved:
            await log.plant("w", other)
        assert moved.value.head == held[-1].head
        assert await log.read("w", EMPTY) == held
        await log.forget("w")
        with pytest.raises(Gone):
            await log.plant("w", other)
        assert await log.workshops() == []

    async def test_planted_by_one_of_many(self, log: Log) -> None:
        """[LOG27] Of several at the same time one is taken, whole."""
        logs = [[Entry.after(EMPTY, 5, draft(n))] for n in range(1, 9)]
        done = await asyncio.gather(*(log.plant("w", each) for each in logs), return_exceptions=True)
        assert sum(one is None for one in done) == 1
        assert sum(isinstance(one, HeadMoved) for one in done) == 7
        assert await log.read("w", EMPTY) in logs

    async def test_one_of_many_wins(self, log: Log) -> None:
        """[LOG2] [LOG3] Of appends at the same time on the same head exactly one is taken."""
        tries = (log.append("w", [draft(i)], EMPTY) for i in range(20))
        done = await asyncio.gather(*tries, return_exceptions=True)
        assert sum(isinstance(d, list) for d in done) == 1
        assert sum(isinstance(d, HeadMoved) for d in done) == 19
        assert len(await log.read("w", EMPTY)) == 1

    async def test_chain(self, log: Log) -> None:
        """[LOG4] The hashes chain; an edited, lost or swapped entry does not follow."""
        entries = await filled(log, "w", 7)
        assert sound(entries)
        assert not sound([*entries[:3], *entries[4:]])
        assert not sound([entries[1], entries[0], *entries[2:]])
        edited = entries[3].model_copy(update={"by": "q"})
        assert not sound([*entries[:3], edited, *entries[4:]])

    async def test_clock_never_goes_back(self, log: Log, now: list[int]) -> None:
        """[LOG5] A clock set back does not take the log along."""
        [first] = await log.append("w", [draft(1)], EMPTY)
        now[0] -= 10_000
        [second] = await log.append("w", [draft(2)], first.head)
        now[0] += 50_000
        [third] = await log.append("w", [draft(3)], second.head)
        assert first.at == second.at < third.at

    async def test_read_after(self, log: Log) -> None:
        """[LOG7] Reading goes on where one was; a head that the log does not hold is gone."""
        entries = await filled(log, "w", 5)
        assert await log.read("w", entries[2].head) == entries[3:]
        assert await log.read("w", entries[-1].head) == []
        for strange in (Head(3, "f" * 64), Head(99, entries[0].hash)):
            with pytest.raises(PositionGone):
                await log.read("w", strange)

    async def test_follow(self, log: Log) -> None:
        """[LOG8] A follower gets every entry once and in order, those that come while it reads too."""
        await filled(log, "w", 4)
        got: list[Entry] = []
        whole = asyncio.Event()

        async def follow() -> None:
            async for entries in log.follow("w", EMPTY):
                got.extend(entries)
                if len(got) >= 40:
                    whole.set()

        following = asyncio.create_task(follow())
        head = (await log.read("w", EMPTY))[-1].head
        for n in range(5, 41):
            [entry] = await log.append("w", [draft(n)], head)
            head = entry.head
            await asyncio.sleep(0)
        await asyncio.wait_for(whole.wait(), 30)
        following.cancel()
        assert [e.seq for e in got] == list(range(1, 41))
        assert sound(got)

    async def test_cancelled_append(self, log: Log) -> None:
        """[LOG9] A cancelled append is whole or not there, and the log goes on."""
        chance = random.Random(7)
        head, entries = EMPTY, list[Entry]()
        for n in range(60):
            task = asyncio.create_task(log.append("w", [draft(2 * n), draft(2 * n + 1)], head))
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            entries = await log.read("w", EMPTY)
            head = entries[-1].head if entries else EMPTY
        assert len(entries) % 2 == 0
        assert sound(entries)
        assert len(await log.append("w", [draft(999)], head)) == 1

    async def test_snapshots(self, log: Log) -> None:
        """[LOG10] [LOG11] The newest snapshot is given; an older one never replaces it."""
        assert await log.load_snapshot("w") is None
        new, old = Snapshot(Head(9, "b" * 64), b"new \x00"), Snapshot(Head(3, "a" * 64), b"old")
        await log.save_snapshot("w", new)
        await log.save_snapshot("w", old)
        assert await log.load_snapshot("w") == new
        newer = Snapshot(Head(10, "c" * 64), b"newer")
        await log.save_snapshot("w", newer)
        assert await log.load_snapshot("w") == newer

    async def test_workshops_are_apart(self, log: Log) -> None:
        """[LOG14] Workshops do not see each other."""
        a, b = await filled(log, "a", 4), await filled(log, "b", 2)
        assert await log.read("a", EMPTY) == a
        assert await log.read("b", EMPTY) == b
        with pytest.raises(PositionGone):
            await log.read("b", a[3].head)
        assert await log.workshops() == ["a", "b"]

    async def test_forgotten(self, log: Log) -> None:
        """[GONE1] Deleted for ever: each verb says so, nothing is written again, and others are untouched."""
        entries, other = await filled(log, "w", 5), await filled(log, "v", 2)
        await log.save_snapshot("w", Snapshot(entries[1].head, b"a body"))
        assert await log.last("w") == entries[-1]
        await log.forget("w")
        for verb in (
            log.append("w", [draft(1)], EMPTY),
            log.append("w", [draft(6)], entries[-1].head),
            log.read("w", EMPTY),
            log.read("w", entries[-1].head),
            anext(log.follow("w", EMPTY)),
            anext(log.follow("w", entries[-1].head)),
            log.save_snapshot("w", Snapshot(entries[4].head, b"held elsewhere")),
            log.load_snapshot("w"),
            log.last("w"),
        ):
            with pytest.raises(Gone):
                await verb
        assert await log.workshops() == ["v"]
        assert await log.forgotten() == ["w"]
        assert await log.read("v", EMPTY) == other

    async def test_forgotten_twice(self, log: Log) -> None:
        """[GONE1] Deleting again does nothing; what never was, or was lost, may be deleted too, and never is then."""
        await filled(log, "w", 3)
        for _ in range(2):
            await log.forget("w")
            await log.forget("never")
        await log.forget("w", Head(3, "a" * 64))
        with pytest.raises(Gone):
            await log.append("never", [draft(1)], EMPTY)
        assert await log.forgotten() == ["never", "w"]
        assert await log.workshops() == []
        assert await log.last("other") is None

    async def test_forgotten_at_a_head(self, log: Log) -> None:
        """[GONE2] On condition of a head: where somebody wrote meanwhile, nothing is deleted."""
        entries = await filled(log, "w", 4)
        for strange in (entries[2].head, Head(4, "f" * 64), EMPTY):
            with pytest.raises(HeadMoved) as moved:
                await log.forget("w", strange)
            assert moved.value.head == entries[-1].head
        assert await log.read("w", EMPTY) == entries
        await log.forget("w", entries[-1].head)
        with pytest.raises(Gone):
            await log.read("w", EMPTY)

    async def test_followers_are_told(self, log: Log) -> None:
        """[GONE1] Whoever follows is told at once that it is gone."""
        [entry] = await log.append("w", [draft(1)], EMPTY)
        following = asyncio.ensure_future(anext(log.follow("w", entry.head)))
        await asyncio.sleep(0)
        await log.forget("w")
        async with asyncio.timeout(30):
            with pytest.raises(Gone):
                await following

    async def test_close_twice(self, log: Log) -> None:
        """[LOG16] Closing twice is closing once; a closed store answers in its own words."""
        await log.close()
        await log.close()
        with pytest.raises(StoreError, match="closed"):
            await log.append("w", [draft(1)], EMPTY)
