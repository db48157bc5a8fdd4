"""Workshops that were kept long enough; no time passes in these tests but by hand."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from protocol.base import Role
from protocol.commands import KeyReplace, WorkshopRetain
from protocol.entries import EMPTY
from server.live import held, retention
from server.live.retention import DAY_MS, Retention, fewest
from server.log.base import Gone
from server.workshop.actor import SYSTEM
from server.workshop.templates import founding, load
from tests.live.floor import Floor, issue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from protocol.entries import Entry, Head


@pytest.mark.parametrize(
    ("limit", "chosen", "kept", "days"),
    [(0, None, 9_999, None), (0, 90, 89, 90), (60, None, 59, 60), (60, 90, 59, 60), (400, 90, 89, 90), (5, 30, 4, 5)],
)
async def test_days(floor: Floor, limit: int, chosen: int | None, kept: int, days: int | None) -> None:
    """[KEEP1] [KEEP3] The smaller of both counts, from the last entry on; until the last day it is there."""
    await floor.ask(WorkshopRetain.model_validate({"days": chosen}))
    keeping = Retention(floor.log, limit)
    begin = floor.times.now
    assert await keeping.until("w", floor.room.state) == (days and begin + days * DAY_MS)
    floor.times.now = begin + kept * DAY_MS + DAY_MS - 1
    assert await keeping.sweep() == []
    if days:
        floor.times.now += 1
        assert await keeping.sweep() == ["w"]
        assert await keeping.sweep() == []
        with pytest.raises(Gone):
            await floor.log.read("w", EMPTY)


async def test_each_entry_counts_anew(floor: Floor) -> None:
    """[KEEP1] Whoever does anything in it keeps it for as long again."""
    keeping = Retention(floor.log, 30)
    for n in range(3):
        floor.times.now += 29 * DAY_MS
        assert await keeping.sweep() == []
        await floor.ask(issue(f"x{n}"))


async def test_a_choice_taken_back(floor: Floor) -> None:
    """[KEEP1] [KEEP2] The last choice counts, also where an older one was known."""
    keeping = Retention(floor.log, 0)
    await floor.ask(WorkshopRetain(days=365))
    floor.times.now += 100 * DAY_MS
    assert await keeping.sweep() == []
    await floor.ask(WorkshopRetain(days=30))
    floor.times.now += 40 * DAY_MS
    await floor.ask(WorkshopRetain(days=None))
    floor.times.now += 900 * DAY_MS
    assert await keeping.sweep() == []


async def test_somebody_writes_just_then(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[KEEP2] [GONE2] Between the look and the deletion somebody writes: it stays."""
    floor.times.now += 40 * DAY_MS
    forget = floor.log.forget

    async def later(workshop: str, if_head: Head | None = None) -> None:
        await floor.ask(issue("just now"[:4]))
        await forget(workshop, if_head)

    monkeypatch.setattr(floor.log, "forget", later)
    assert await Retention(floor.log, 30).sweep() == []
    assert "just" in floor.room.state.issues


async def test_many_instances_at_once(floor: Floor) -> None:
    """[KEEP2] However many look at the same time, it is deleted once, and nobody stumbles."""
    floor.times.now += 40 * DAY_MS
    done = await asyncio.gather(*(Retention(floor.log, 30).sweep() for _ in range(5)))
    assert ["w"] in done
    assert await floor.log.workshops() == []


async def test_young_ones_are_not_opened(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[KEEP2] A look costs the newest entry of each; an old one is opened once, to see what was chosen."""
    await floor.registry.create("v", founding(load("quick"), "v", "V", "Other", "", floor.times.now))
    opened: list[str] = []

    async def reopened(log: object, workshop: str) -> object:
        opened.append(workshop)
        return await held.reopened(floor.log, workshop)

    monkeypatch.setattr(retention, "reopened", reopened)
    keeping = Retention(floor.log, 0)
    floor.times.now += 20 * DAY_MS
    await keeping.sweep()
    assert opened == []
    await floor.ask(issue("x"))
    floor.times.now += 20 * DAY_MS
    for _ in range(3):
        await keeping.sweep()
    assert opened == ["v"]


async def test_codes_go_too(floor: Floor) -> None:
    """[GONE6] [KEEP2] A code is never too old by itself; it goes with its workshop, also where a crash left it."""
    assert await floor.registry.point("new2", "w")
    await floor.ask(KeyReplace(role=Role.PARTICIPANT, code="NEW2"), SYSTEM, "key")
    keeping = Retention(floor.log, 30)
    floor.times.now += 29 * DAY_MS
    await floor.ask(issue("x"))
    floor.times.now += 10 * DAY_MS
    assert await keeping.sweep() == []
    assert await floor.log.workshops() == ["new2", "w"]
    await floor.log.forget("w")
    await keeping.sweep()
    assert await floor.log.forgotten() == ["new2", "w"]


async def test_what_cannot_be_read_is_kept(floor: Floor) -> None:
    """[KEEP2] A log that cannot be folded has no choice to go by; the others are looked at all the same."""
    floor.log._entries["v"] = _out_of_order(await floor.log.read("w", EMPTY))
    await floor.ask(WorkshopRetain(days=30))
    floor.times.now += 90 * DAY_MS
    keeping = Retention(floor.log, 0)
    assert await keeping.sweep() == ["w"]
    assert await floor.log.workshops() == ["v"]
    assert await Retention(floor.log, 60).sweep() == ["v"]


def _out_of_order(entries: Sequence[Entry]) -> list[Entry]:
    return [entries[1], entries[0]]


def test_the_fewest() -> None:
    """[KEEP1] Nothing and zero mean for ever."""
    assert (fewest(0, None), fewest(0, 30), fewest(90, 30), fewest(90, None)) == (None, 30, 30, 90)
