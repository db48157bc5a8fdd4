"""The room's pipeline, and its fan-out, without sockets."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from client.participant import Participant
from protocol import limits
from protocol.base import Place, Role
from protocol.codes import Code
from protocol.commands import NoteAdd, PersonRename
from protocol.entries import EMPTY, Draft
from protocol.messages import DOWN, Changes, Done, Position, Refused
from server.live import held, pipeline
from server.live.registry import Registry
from server.workshop.seen_by import Viewer, seen
from server.workshop.templates import founding, load
from tests.live.floor import Floor, issue

if TYPE_CHECKING:
    from protocol.records import Record


async def test_head_moved(floor: Floor) -> None:
    """[DO3] A rival's entry comes first: it is folded, ours is decided again on it, and both stand once."""
    change = founding(load("quick"), "w", "W", "Renamed by a rival", "", 1)[-1]
    floor.log.rival = Draft(by="system", client="rival", n=1, name="test", changes=(change,))
    done = await floor.ask(issue("x"))
    assert isinstance(done, Done)
    entries = await floor.log.read("w", EMPTY)
    assert [e.client for e in entries[-2:]] == ["rival", "c"]
    assert floor.room.state.head == entries[-1].head
    assert floor.room.state.workshop.title == "Renamed by a rival"
    assert "x" in floor.room.state.issues


async def test_decided_again_on_the_newer_state(floor: Floor) -> None:
    """[DO3] What the rival did counts: the same id is now taken."""
    await floor.ask(issue("seed"))
    [entry] = [e for e in await floor.log.read("w", EMPTY) if e.name == "issue.add"]
    put = entry.changes[0].model_copy(update={"record": floor.room.state.issues["seed"].model_copy(update={"id": "x"})})
    floor.log.rival = Draft(by="system", client="rival", n=1, name="test", changes=(put,))
    answer = await floor.ask(issue("x"))
    assert isinstance(answer, Refused)
    assert answer.code is Code.EXISTS


async def test_store_away(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[DO4] While the store is away commands wait, bounded; nothing is `done`; when it is back they are stored."""
    monkeypatch.setattr(pipeline, "PAUSE_S", 0)
    monkeypatch.setattr(pipeline, "WAITING", 5)
    floor.log.away = True
    answers = [floor.submit(issue(f"x{i}")) for i in range(4)]
    for _ in range(20):
        await asyncio.sleep(0)
    assert not any(answer.done() for answer in answers)
    more = [floor.submit(issue(f"y{i}"), client=f"d{i}") for i in range(7)]
    refused = [answer.result() for answer in more if answer.done()]
    assert refused
    assert all(isinstance(r, Refused) and r.code is Code.BUSY for r in refused)
    floor.log.away = False
    done = await asyncio.gather(*answers)
    assert all(isinstance(d, Done) for d in done)
    assert {"x0", "x1", "x2", "x3"} <= set(floor.room.state.issues)


async def test_encoded_once(floor: Floor) -> None:
    """[FAN1] A hundred readers, two audiences, who see the same: one frame is made, and all get its bytes."""
    lines = [floor.enter(Viewer(Role.PARTICIPANT, f"p{i}"))[1] for i in range(100)]
    wall = floor.enter(Viewer(Role.PROJECTOR))[1]
    before = floor.room.fanout.encoded
    await floor.ask(issue("x"))
    assert floor.room.fanout.encoded - before == 1
    assert all(line.frames[-1] is wall.frames[-1] for line in lines)
    assert len(wall.changes()) == 1


async def test_frames_make_the_view(floor: Floor) -> None:
    """[FAN2] Frames come in order, and after them a reader's copy is what `seen_by` gives."""
    viewer = Viewer(Role.PARTICIPANT, "boss")
    line = floor.enter(viewer)[1]
    copy: dict[tuple[str, str], Record] = {(r.kind, r.id): r for r in seen(floor.room.state, viewer)}
    await asyncio.gather(*(floor.submit(issue(f"x{i}")) for i in range(30)))
    rename = PersonRename(name="New", place=Place.REMOTE)
    await floor.ask(rename)
    seqs = [frame.seq for frame in line.changes()]
    assert seqs == sorted(set(seqs))
    folding = Participant("", "", records=copy)
    for frame in line.changes():
        folding.fold(frame)
    assert set(copy.values()) == set(seen(floor.room.state, viewer))


async def test_resumed_after_a_restart(floor: Floor) -> None:
    """[RESUME1] A server that just opened the workshop knows what a client missed that left off before."""
    await floor.ask(issue("before"))
    left = floor.room.position
    await floor.ask(issue("after"))
    again = Registry(floor.log, b"secret", lambda: 1, lambda: 1)
    room = await again.room("w")
    missed = room.missed.since(left, Viewer(Role.PARTICIPANT, "p"))
    assert missed is not None
    message = DOWN.validate_json(missed.payload)
    assert isinstance(message, Changes)
    assert [change.record.id for change in message.changes if change.op == "put"] == ["after"]
    assert room.missed.since(left, Viewer(Role.PARTICIPANT, "q")) is missed
    await again.close()


async def test_slow_reader(floor: Floor) -> None:
    """[FAN4] Past its budget a reader is skipped; drained, it gets what it missed; stuck, it is closed."""
    viewer = Viewer(Role.PARTICIPANT, "p")
    slow, slow_line = floor.enter(viewer)
    stuck, stuck_line = floor.enter(viewer)
    good = floor.enter(viewer)[1]
    for reader, line in ((slow, slow_line), (stuck, stuck_line)):
        line.stuck = limits.BUFFER_BYTES + 1
        floor.room.fanout.filled(reader)
    for i in range(5):
        await floor.ask(issue(f"x{i}"))
    assert len(good.changes()) == 5
    assert not slow_line.frames
    floor.registry.tick()
    slow_line.stuck = 0
    floor.times.now += limits.STALL_MS
    floor.registry.tick()
    [missed] = slow_line.changes()
    assert {c.record.id for c in missed.changes if c.op == "put"} == {f"x{i}" for i in range(5)}
    assert not slow.behind
    assert stuck_line.number == 4002
    await floor.ask(issue("y"))
    assert len(slow_line.changes()) == 2
    assert not stuck_line.changes()
    stuck.position = Position(seq=0, tag="nowhere")
    floor.room.catch_up(stuck)
    assert stuck_line.number == 4002


async def test_nothing_new_nothing_sent(floor: Floor) -> None:
    """[FAN3] A refused or empty command sends nobody anything."""
    line = floor.enter(Viewer(Role.PARTICIPANT, "p"))[1]
    missing = NoteAdd(id="n", board="none", section="none", rank="a0", text="t")
    assert isinstance(await floor.ask(missing), Refused)
    floor.counts["c"] = 0
    await floor.ask(PersonRename(name="Boss", place=Place.ROOM))
    assert not line.frames


async def test_other_instance_is_followed(floor: Floor) -> None:
    """[DO3] [FAN2] What another instance appends comes to the readers here."""
    other = Registry(floor.log, b"secret", lambda: 1, lambda: 1)
    line = floor.enter(Viewer(Role.PARTICIPANT, "p"))[1]
    there = Floor(other, await other.room("w"), floor.log, floor.times)
    assert isinstance(await there.ask(issue("z"), client="elsewhere"), Done)
    async with asyncio.timeout(30):
        while not any(c.op == "put" and c.record.id == "z" for frame in line.changes() for c in frame.changes):
            await asyncio.sleep(0)  # under load it is told a little after it was folded ([FAN5])
    assert floor.room.state.digest() == there.room.state.digest()


async def test_idle_rooms_close_and_reopen(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE1] [FOLD2] A room nobody is in is closed with a snapshot, and opens again as it was."""
    monkeypatch.setattr(held, "KEEP", 1)
    await floor.ask(issue("x"))
    digest = floor.room.state.digest()
    floor.registry.tick()
    floor.times.now += 61_000
    floor.registry.tick()
    again = await floor.registry.room("w")
    assert again is not floor.room
    assert again.state.digest() == digest
    snapshot = await floor.log.load_snapshot("w")
    assert snapshot
    assert snapshot.head.seq == again.state.head.seq - 1
