"""Lines that do not keep up, flood, or come twice; over real sockets."""

from __future__ import annotations

import asyncio
import json
import secrets

from websockets.protocol import State

from protocol import limits
from server.live.frame import Frame
from server.web.wire import Wire

from .stand import Raw, Stand, stand

BIG = secrets.token_hex(30_000)
"""Nothing that compresses."""


async def stuck(place: Stand, raw: Raw) -> Wire:
    """Let this peer read no more, and fill its line past the budget."""
    raw.line.transport.pause_reading()
    [reader] = [r for room in place.house.registry.rooms.values() for r in room.fanout if r.viewer.person is None]
    line = reader.line
    assert isinstance(line, Wire)
    while line.buffered() <= limits.BUFFER_BYTES:
        line.write(Frame(json.dumps({"type": "saved", "seq": 1, "pad": BIG}).encode()))
        await asyncio.sleep(0)
    return line


async def test_stuck_reader_is_cut() -> None:
    """[FAN4] Who takes nothing for 15 s is closed, though it shows life; kept for it is its budget, and no more."""
    async with stand() as place:
        place.house.grace = 0.05
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        wall = await place.live(await place.join(made, "projector"))
        line = await stuck(place, wall)
        full = line.buffered()
        for i in range(20):
            assert (await boss.do(do="issue.add", id=f"x{i}", rank="b1", title="y" * 200))["type"] == "done"
            await wall.send({"type": "beat", "t": 1})
        assert line.buffered() == full
        async with asyncio.timeout(30):
            while len(place.house.visits) > 1:
                place.times.steady += 100
                await boss.send({"type": "beat", "t": 1})
                if wall.line.state is State.OPEN:
                    await wall.send({"type": "beat", "t": 1})
                await asyncio.sleep(0.01)
        assert line.buffered() < limits.BUFFER_BYTES
        assert (await boss.do(do="issue.add", id="z", rank="b1", title="Still here"))["type"] == "done"
        wall.line.transport.abort()


async def test_drained_reader_has_all() -> None:
    """[FAN4] Who stalls and then reads on gets what was skipped, in one piece."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        wall = await place.live(await place.join(made, "projector"))
        await stuck(place, wall)
        for i in range(5):
            await boss.do(do="issue.add", id=f"x{i}", rank="b1", title=f"Issue {i}")
        wall.line.transport.resume_reading()
        got = await wall.until("changes")
        assert {c["record"]["id"] for c in got["changes"] if c["op"] == "put"} == {f"x{i}" for i in range(5)}
        assert (await wall.until("here"))["all"]


async def test_the_same_tab_again() -> None:
    """[LIVE1] [HERE2] A tab that comes again ends its own earlier line, and never fills up its person's devices."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        lines = [await place.live(ana, "tab") for _ in range(limits.CONNECTIONS_PER_PERSON + 2)]
        assert [await line.closed() for line in lines[:-1]] == [4001] * (len(lines) - 1)
        assert (await lines[-1].do(do="person.rename", name="Ana", place="room"))["type"] == "done"


async def test_too_many_devices() -> None:
    """[HERE2] One person has so many devices and no more; the others live on."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        lines = [await place.live(ana) for _ in range(limits.CONNECTIONS_PER_PERSON)]
        one_more = await place.raw()
        await one_more.send({"type": "hello", "token": ana["token"], "client": "one-more"})
        assert await one_more.closed() == 4502
        assert (await lines[0].do(do="person.rename", name="Ana", place="room"))["type"] == "done"


async def test_flood_is_read_slowly() -> None:
    """[LIMIT4] [FAN4] Who sends without end is read more slowly, and delays nobody else."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        flood = await place.live(await place.join(made, "projector"))
        visits = list(place.house.visits)

        async def send() -> None:
            for _ in range(2_000):
                await flood.send({"type": "watch", "boards": []})

        sending = asyncio.create_task(send())
        for i in range(20):
            assert (await boss.do(do="issue.add", id=f"x{i}", rank="b1", title="y"))["type"] == "done"
        spent = min(visit._pace.tokens for visit in visits)
        assert spent > -1_000
        sending.cancel()
        flood.line.transport.abort()


async def test_broken_frames_of_the_protocol_itself() -> None:
    """[LIMIT2] A frame beyond all bounds is the library's to refuse; the others live on."""
    async with stand() as place:
        made = await place.workshop()
        huge, other = await place.live(await place.join(made)), await place.live(await place.join(made))
        await huge.send("x" * 300_000)
        assert await huge.closed() == 1009
        assert (await other.do(do="person.rename", name="Ana", place="room"))["type"] == "done"


async def test_watching_after_a_resume() -> None:
    """[SEE9] [RESUME1] What an earlier line watched is not known here: the first `watch` then sends all of it."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        await boss.do(do="issue.choose", ids=["issue-0", "issue-1"])
        await boss.do(do="step.go", step="step-5", current="step-0")
        wall = await place.join(made, "projector")
        first = await place.live(wall)
        await first.send({"type": "watch", "boards": ["issue-1"]})
        note = {"id": "n", "board": "issue-0", "section": "section-0", "rank": "a0", "text": "Not seen yet"}
        await boss.send({"type": "do", "n": 3, "prev": 2, "command": {"do": "note.add", **note}})
        await boss.until("done", lambda f: f["n"] == 3)
        await first.send({"type": "watch", "boards": ["issue-1"]})
        room = place.house.registry.rooms[made["id"]]
        after = {"seq": room.position.seq, "tag": room.position.tag}
        back = await place.live(wall, after=after)
        assert back.frames[0]["type"] == "resume"
        await back.send({"type": "watch", "boards": ["issue-0", "issue-1"]})
        got = await back.until("changes")
        assert [c["record"]["id"] for c in got["changes"] if c["op"] == "put"] == ["n"]


async def test_stopping_while_one_leaves_and_does_not_read() -> None:
    """[BYE1] Who said goodbye, and takes nothing more, does not keep the server from stopping."""
    async with stand() as place:
        place.house.grace = 3_600
        wall = await place.live(await place.join(await place.workshop(), "projector"))
        await stuck(place, wall)
        leaving = asyncio.create_task(wall.line.close())
        async with asyncio.timeout(30):
            while place.house.visits:
                await asyncio.sleep(0.01)
            place.server.should_exit = True
            await place.running
        wall.line.transport.abort()
        await leaving
