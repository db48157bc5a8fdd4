"""When things go wrong in the middle of the pipeline."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from protocol import limits
from protocol.base import Role
from protocol.changes import Put
from protocol.codes import Code
from protocol.commands import IssueDrop
from protocol.entries import EMPTY, Draft
from protocol.messages import Done, HereDown, Refused
from protocol.records import Issue
from server.live import held, pipeline, registry
from server.live.frame import frame
from server.workshop import speculate
from server.workshop.decide import decide
from server.workshop.seen_by import Viewer
from server.workshop.templates import founding, load
from tests.live.floor import Floor, issue

if TYPE_CHECKING:
    import pytest

    from protocol.changes import Change


def rival() -> Draft:
    """What another instance writes."""
    changes: tuple[Change, ...] = (founding(load("quick"), "w", "W", "Rival", "", 1)[-1],)
    return Draft(by="system", client="rival", n=1, name="test", changes=changes)


async def test_store_goes_while_catching_up(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[DO3] [DO4] The head moved, and then the store goes: the command waits, and is stored once, later."""
    monkeypatch.setattr(pipeline, "PAUSE_S", 0)
    floor.log.rival, floor.log.unread = rival(), 2
    assert isinstance(await floor.ask(issue("x")), Done)
    entries = await floor.log.read("w", EMPTY)
    assert [e.client for e in entries[-2:]] == ["rival", "c"]


async def test_refused_on_old_news(floor: Floor) -> None:
    """[DO5] What another instance wrote, and nobody rang for, is asked for before anybody is told no."""
    floor.log.silent = True
    at = Put(record=Issue(id="theirs", rank="a0", title="Theirs", by=None, at=1))
    theirs = Draft(by="system", client="rival", n=1, name="test", changes=(at,))
    await floor.log.append("w", [theirs], floor.room.state.head)
    assert "theirs" not in floor.room.state.issues
    assert isinstance(await floor.ask(IssueDrop(id="theirs")), Done)


async def test_poison(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE2] A command that breaks a rule's code is refused alone; the batch it came in is done, the room lives."""

    def poisonous(state: Any, actor: Any, command: Any, now: int) -> Any:
        if command.id == "poison":
            raise RuntimeError("planted")
        return decide(state, actor, command, now)

    monkeypatch.setattr(speculate, "decide", poisonous)
    names = ("a", "poison", "b")
    answers = await asyncio.gather(*(floor.submit(issue(name), client=name) for name in names))
    assert isinstance(answers[0], Done)
    assert isinstance(answers[1], Refused)
    assert answers[1].code is Code.INVALID
    assert isinstance(answers[2], Done)
    assert floor.registry.rooms["w"] is floor.room
    assert {"a", "b"} <= set(floor.room.state.issues)


async def test_nobody_waits_for_a_broken_room(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE2] When a room breaks, whoever waits for an answer gets one; the next to come gets a sound room."""

    def broken(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(floor.room.replica, "take", broken)
    answer = await floor.ask(issue("x"))
    assert isinstance(answer, Refused)
    assert answer.code is Code.INTERNAL
    again = await floor.registry.room("w")
    assert again is not floor.room
    assert "x" in again.state.issues


async def test_a_fault_while_tending(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE2] A room that breaks on the clock's turn is closed; the turn goes on for the others."""
    await floor.registry.create("v", founding(load("quick"), "v", "V", "Other", "", 1))
    other = await floor.registry.room("v")
    line = floor.enter(Viewer(Role.PARTICIPANT, "p"))[1]

    def broken(_now: int) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(floor.room.presence, "fade", broken)
    floor.registry.tick()
    assert line.number == 4005
    assert await floor.registry.room("w") is not floor.room
    assert await floor.registry.room("v") is other


async def test_closing_without_a_store(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE1] [DO4] A store that is away does not hold up the end, and nothing is answered as done."""
    monkeypatch.setattr(registry, "CLOSE_S", 0)
    floor.log.away = True
    answer = floor.submit(issue("x"))
    await floor.registry.close()
    refused = await answer
    assert isinstance(refused, Refused)
    assert refused.code is Code.INTERNAL
    assert not floor.registry.rooms


async def test_snapshots(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[LOG10] [DO4] Saved every so often; a store that cannot keep one loses nothing, and gets the next."""
    monkeypatch.setattr(held, "KEEP", 0)
    monkeypatch.setattr(held, "EVERY", 1)
    monkeypatch.setattr(held, "RECORDS_PER_ENTRY", 1_000)
    floor.log.away = True
    await floor.room.save()
    assert await floor.log.load_snapshot("w") is None
    floor.log.away = False
    await floor.ask(issue("x"))
    for _ in range(10):
        await asyncio.sleep(0)
    snapshot = await floor.log.load_snapshot("w")
    assert snapshot
    assert snapshot.head == floor.room.state.head


async def test_answers_wait_for_the_change(floor: Floor) -> None:
    """[DO2] [FAN4] A reader that fell behind gets its answers only after the changes they are about."""
    reader, line = floor.enter(Viewer(Role.FACILITATOR, "boss"))
    line.stuck = limits.BUFFER_BYTES + 1
    floor.room.fanout.filled(reader)
    await floor.ask(issue("x"))
    reader.tell([frame(Done(n=1, seq=3))])
    assert not line.frames
    line.stuck = 0
    floor.registry.tick()
    assert [frame.type for frame in line.heard()] == ["changes", "here", "done"]
    roster = line.heard()[1]
    assert isinstance(roster, HereDown)
    assert roster.all
