"""A workshop that is deleted while people are in it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from protocol.base import Role
from protocol.codes import Code
from protocol.commands import KeyReplace
from protocol.entries import EMPTY
from protocol.messages import Bye, Refused
from server.live import registry
from server.live.forgetting import forget, unpoint
from server.live.registry import Registry
from server.log.base import Gone, HeadMoved
from server.workshop import refused
from server.workshop.actor import SYSTEM
from server.workshop.seen_by import Viewer
from tests.live.floor import Floor, issue

if TYPE_CHECKING:
    from collections.abc import Callable


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not true():
            await asyncio.sleep(0)


async def test_everybody_is_told(floor: Floor) -> None:
    """[GONE5] Every line ends with `bye deleted`, which says not to come again; the room is no more."""
    lines = [floor.enter(Viewer(role, None))[1] for role in Role if role is not Role.SYSTEM]
    await forget(floor.log, "w")
    await _until(lambda: "w" not in floor.registry.rooms)
    for line in lines:
        bye = line.heard()[-1]
        assert isinstance(bye, Bye)
        assert (bye.code, bye.retry_after, line.number) == (Code.DELETED, None, 4507)
    with pytest.raises(refused.Refused) as no:
        await floor.registry.room("w")
    assert no.value.code is Code.DELETED
    assert floor.registry._locks == {}


async def test_what_waits_is_refused_for_ever(floor: Floor) -> None:
    """[GONE5] What was on its way while the store was away is refused for good, not told to come again."""
    floor.log.away = True
    waiting = [floor.submit(issue(f"x{n}"), client=f"c{n}") for n in range(3)]
    await asyncio.sleep(0)
    await forget(floor.log, "w")
    floor.log.away = False
    async with asyncio.timeout(30):
        answers = await asyncio.gather(*waiting)
    assert [(a.code, a.retry_after) for a in answers if isinstance(a, Refused)] == [(Code.DELETED, None)] * 3
    assert await floor.log.workshops() == []


async def test_nothing_heals_it(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[GONE5] Deleted while its room is about to give back what the store lost: deletion wins."""
    monkeypatch.setattr(registry, "HEAL_AGAIN_S", 0)
    _, line = floor.enter(Viewer(Role.PARTICIPANT, None))
    for n in range(3):
        await floor.ask(issue(f"x{n}"))
    floor.log.away = True
    del floor.log._entries["w"][2:]
    floor.log._bells.ring("w")
    for _ in range(20):
        await asyncio.sleep(0)
    assert not line.frames or b"bye" not in line.frames[-1]
    await forget(floor.log, "w")
    floor.log.away = False
    await _until(lambda: line.number == 4507)
    assert await floor.log.workshops() == []


async def test_its_codes_go_along(floor: Floor) -> None:
    """[GONE6] The codes that lead to it open nothing, and are never given away again; another's code stays."""
    for code in ("new2", "new3"):
        assert await floor.registry.point(code, "w")
        replace = KeyReplace(role=Role.PARTICIPANT, code=code.upper())
        await floor.ask(replace, SYSTEM, f"key-{code}")
    assert await floor.registry.point("other", "v")
    await forget(floor.log, "w", (*floor.room.state.door.codes, "other", "never"))
    assert await floor.log.forgotten() == ["new2", "new3", "w"]
    assert not await floor.registry.point("new2", "v")
    assert not await floor.registry.create("w", ())
    assert await floor.log.workshops() == ["other"]
    await unpoint(floor.log, "other", "v")
    assert await floor.log.workshops() == []


async def test_somebody_wrote_meanwhile(floor: Floor) -> None:
    """[GONE2] On condition of a head that is past: neither the workshop nor its codes are deleted."""
    await floor.registry.point("new2", "w")
    head = floor.room.state.head
    await floor.ask(issue("x"))
    with pytest.raises(HeadMoved):
        await forget(floor.log, "w", ["new2"], head)
    assert await floor.log.workshops() == ["new2", "w"]


async def test_a_room_that_closes(floor: Floor) -> None:
    """[GONE5] Deleted at the very moment in which its room is stored and closed: nothing of it is saved."""
    await floor.ask(issue("x"))
    floor.log.silent = True
    floor.log._bells.ring = lambda *_: None  # type: ignore[method-assign]
    await forget(floor.log, "w")
    floor.room.finish()
    await _until(lambda: "w" not in floor.registry.rooms)
    with pytest.raises(Gone):
        await floor.log.read("w", EMPTY)


async def test_restarted(floor: Floor) -> None:
    """[GONE5] Another instance, or this one after a restart, does not open it."""
    await forget(floor.log, "w")
    other = Registry(floor.log, b"secret", lambda: 0, lambda: 0)
    for _ in range(2):
        with pytest.raises(refused.Refused) as no:
            await other.room("w")
        assert no.value.code is Code.DELETED
    await other.close()
