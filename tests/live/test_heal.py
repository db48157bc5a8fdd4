"""Giving a store back what it lost."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.base import Role
from protocol.changes import Drop, Put
from protocol.commands import KeyReplace
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Lens
from server.live import held
from server.live.heal import heal
from server.live.held import Held, reopened
from server.log.base import PositionGone, Snapshot
from server.log.memory import MemoryLog
from server.workshop import state as state_
from server.workshop.actor import SYSTEM
from server.workshop.fold import fold
from server.workshop.state import State
from tests.live.floor import Floor, issue
from tests.log.contract import draft, filled, sound
from tests.workshop.world import beginning


def rewound(log: MemoryLog, seq: int) -> None:
    """The store comes back as it was at `seq`."""
    del log._entries["w"][seq:]


def holding(entries: list[Entry], start: int) -> Held:
    """What a room that was opened at `start` holds."""
    state = State()
    for entry in entries[:start]:
        fold(state, entry)
    held, there = Held(state), state.copy()
    held.take(entries[start:], [fold(there, entry) for entry in entries[start:]])
    return held


def once(entries: list[Entry]) -> list[tuple[str, int]]:
    """Who did what, in order."""
    return [(entry.client, entry.n) for entry in entries]


@given(total=st.integers(1, 30), kept=st.integers(0, 30), mine=st.integers(0, 30), others=st.integers(0, 3))
def test_what_is_lost_comes_back_once(total: int, kept: int, mine: int, others: int) -> None:
    """[HEAL1] Whatever was lost, and whatever came since: each entry is there once, in order, and the log is sound."""

    async def run() -> None:
        log = MemoryLog()
        entries = await filled(log, "w", total)
        keeps, first = min(kept, total), min(mine, kept, total)
        rewound(log, keeps)
        came = [draft(900 + n, "other") for n in range(others)]
        if came:
            await log.append("w", came, entries[keeps - 1].head if keeps else EMPTY)
        held = holding(entries, first)
        assert await heal(log, "w", held) == total - keeps
        now = await log.read("w", EMPTY)
        assert sound(now)
        assert once(now) == once(entries[:keeps]) + [("other", 900 + n) for n in range(others)] + once(entries[keeps:])
        assert await heal(log, "w", held) == 0

    asyncio.run(run())


async def test_several_heal() -> None:
    """[HEAL2] Of many that heal at once one appends, the others find it done."""
    log = MemoryLog()
    entries = await filled(log, "w", 20)
    rewound(log, 7)
    again = await asyncio.gather(*(heal(log, "w", holding(entries, start)) for start in range(5)))
    assert sorted(again) == [0, 0, 0, 0, 13]
    assert once(await log.read("w", EMPTY)) == once(entries)


@pytest.mark.parametrize("kept", [0, 5])
async def test_more_is_lost_than_is_held(kept: int) -> None:
    """[HEAL5] What was before the room is given back as records and counters, what is held as entries; once."""
    log = MemoryLog()
    entries = await filled(log, "w", 20)
    whole = (await reopened(log, "w"))[0].records
    rewound(log, kept)
    for start in (10, 15, 20, 12):
        await heal(log, "w", holding(entries, start))
        assert await heal(log, "w", holding(entries, start)) == 0
    now = await log.read("w", EMPTY)
    assert sound(now)
    state = (await reopened(log, "w"))[0]
    assert state.records == whole
    assert state.clients["c"][:2] == ("p", 20)
    assert len({(entry.client, entry.n) for entry in now}) == len(now)
    assert [entry.n for entry in now if entry.client == "c" and entry.n > 10] == list(range(11, 21))


@given(
    done=st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=12),
    rooms=st.lists(st.integers(0, 13), min_size=1, max_size=4),
)
def test_what_was_removed_stays_so(done: list[tuple[int, bool]], rooms: list[int]) -> None:
    """[HEAL5] [HEAL2] Whatever was put and dropped, whenever a room began to hold it: all is as it was, and ends."""

    async def run() -> None:
        log = MemoryLog()
        drafts = [Draft(by="system", client="system", n=1, name="test", changes=beginning())]
        for n, (place, there) in enumerate(done, 1):
            lens = Lens(id=f"l{place}", rank="a0", title=f"lens {n}")
            change = Put(record=lens) if there else Drop(kind="lens", id=lens.id)
            drafts.append(Draft(by="p", client=f"c{n % 3}", n=n, name="test", changes=(change,)))
        await log.append("w", drafts, EMPTY)
        entries, whole = await log.read("w", EMPTY), (await reopened(log, "w"))[0].records
        rewound(log, 0)
        for start in rooms:
            await heal(log, "w", holding(entries, min(start, len(entries))))
            assert await heal(log, "w", holding(entries, min(start, len(entries)))) == 0
        assert (await reopened(log, "w"))[0].records == whole

    asyncio.run(run())


async def test_who_went_on_is_covered() -> None:
    """[HEAL5] [HEAL2] What was given back as records is not given back as entries too, though its client went on."""
    log = MemoryLog()
    entries = await filled(log, "w", 20)
    rewound(log, 5)
    await log.append("w", [draft(30)], entries[4].head)
    for start in (20, 0, 20):
        await heal(log, "w", holding(entries, start))
    now = await log.read("w", EMPTY)
    assert [entry.n for entry in now if entry.client == "c"] == [1, 2, 3, 4, 5, 30]
    assert {f"l{n}" for n in (*range(1, 21), 30)} == set((await reopened(log, "w"))[0].records["lens"])


async def test_who_opens_late_holds_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    """[HEAL6] A snapshot is of a moment some way back: whoever opens the workshop then can give back what is lost."""
    monkeypatch.setattr(held, "KEEP", 8)
    log = MemoryLog()
    entries = await filled(log, "w", 30)
    first = holding(entries, 0)
    snapshot = await first.snapshot()
    assert snapshot
    assert snapshot.head == entries[21].head
    await log.save_snapshot("w", snapshot)
    state, late, _ = await reopened(log, "w")
    assert state.head == entries[-1].head
    rewound(log, 24)
    assert await heal(log, "w", late) == 6
    assert once(await log.read("w", EMPTY)) == once(entries)


async def test_a_snapshot_is_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """[HEAL7] [FOLD2] What comes while it is made is not in it; between its pieces others have their turn."""
    monkeypatch.setattr(held, "KEEP", 0)
    monkeypatch.setattr(held, "AT_A_TURN", 5)
    monkeypatch.setattr(state_, "IN_A_PIECE", 10)
    log = MemoryLog()
    entries = await filled(log, "w", 120)
    here = holding(entries[:60], 0)
    there = here.before.copy()
    for entry in entries[:60]:
        fold(there, entry)
    making, came = asyncio.ensure_future(here.snapshot()), 60
    await asyncio.sleep(0)
    while not making.done():
        if came < len(entries):
            here.take([entries[came]], [fold(there, entries[came])])
            came += 1
        await asyncio.sleep(0)
    assert came >= 60 + 60 // 5 + 60 // 10
    snapshot = making.result()
    assert snapshot
    then = State()
    for entry in entries[:60]:
        fold(then, entry)
    assert snapshot.head == then.head
    assert State.from_bytes(snapshot.body).digest() == then.digest()


async def test_snapshot_of_what_is_lost() -> None:
    """[HEAL3] A snapshot from before the store lost something is not built on."""
    log = MemoryLog()
    entries = await filled(log, "w", 6)
    state = (await reopened(log, "w"))[0]
    assert state.head == entries[-1].head
    await log.save_snapshot("w", Snapshot(state.head, state.to_bytes()))
    rewound(log, 3)
    assert isinstance(state, State)
    assert (await reopened(log, "w"))[0].head == entries[2].head


async def test_another_way(floor: Floor) -> None:
    """[HEAL1] What does not follow from what is folded is not taken for more of it, whatever its number."""
    for n in range(3):
        await floor.ask(issue(f"x{n}"))
    head = floor.room.state.head
    other = MemoryLog()
    strange = await filled(other, "w", head.seq + 2)
    digest = floor.room.state.digest()
    with pytest.raises(PositionGone):
        floor.room.advance(strange)
    assert floor.room.state.digest() == digest
    assert floor.room.state.head == head


async def test_a_code_comes_back(floor: Floor) -> None:
    """[KEY3] A store that came back empty is given the code that leads to the workshop, too."""
    assert await floor.registry.point("new567", "w")
    await floor.ask(KeyReplace(role=Role.PARTICIPANT, code="NEW567"), SYSTEM, "key")
    floor.log._entries.clear()
    floor.submit(issue("x"))
    async with asyncio.timeout(20):
        while not await floor.log.read("new567", EMPTY):
            await asyncio.sleep(0)
    again = await floor.registry.room("new567")
    assert (again.id, again.state.workshop.code) == ("w", "NEW567")
