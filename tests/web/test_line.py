"""The live line, over real WebSockets."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from protocol import limits
from server.live import held, visit

from .stand import stand


async def test_hello() -> None:
    """[HELLO1] Hello is answered by everything one may see, and one's own place."""
    async with stand() as place:
        made = await place.workshop()
        ana = await place.join(made)
        line = await place.live(ana)
        welcome = line.frames[0]
        assert welcome["type"] == "welcome"
        assert welcome["you"] == {"workshop": made["id"], "person": ana["person"], "role": "participant"}
        kinds = {record["kind"] for record in welcome["records"]}
        assert {"workshop", "step", "section", "lens", "issue", "person"} <= kinds


async def test_not_hello() -> None:
    """[HELLO2] Anything else first, silence, or a bad token ends the line with its own code."""
    async with stand() as place:
        first = await place.raw()
        await first.send({"type": "beat", "t": 1})
        assert await first.closed() == 4503
        assert first.frames[-1]["code"] == "hello_first"
        garbage = await place.raw()
        await garbage.send("not json")
        assert await garbage.closed() == 4503
        bad = await place.raw()
        await bad.send({"type": "hello", "token": "made up", "client": "c"})
        assert await bad.closed() == 4501
        silent = await place.raw()
        place.times.steady += limits.HELLO_MS
        assert await silent.closed() == 4004
        assert silent.frames[-1]["code"] == "hello_late"


async def test_foreign_origin() -> None:
    """[HELLO3] Another site's page is refused before it is accepted; our own and an allowed one are not."""
    async with stand(allowed_origins=("https://allowed.example",)) as place:
        for evil in ("https://evil.example", "null", place.url + ".evil.example"):
            with pytest.raises(InvalidStatus) as refused:
                await place.raw(origin=evil)
            assert refused.value.response.status_code == 403
        for good in (place.url, "https://allowed.example"):
            await place.raw(origin=good)


async def test_ones_own_comes_again() -> None:
    """[HELLO1] [GIVE5] What was brought to one's own sealed note is among all that one gets on coming anew."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        await boss.do(do="issue.choose", ids=["issue-0"])
        await boss.do(do="step.go", step="step-4", current="step-0")
        ana = await place.join(made)
        first = await place.live(ana)
        note: dict[str, Any] = {"board": "issue-0", "section": "section-0", "rank": "a0", "text": "Mine"}
        assert (await first.do(do="note.add", id="n", **note))["type"] == "done"
        brought = await first.do(do="link.add", id="g", title="A", url="https://example.org", note="n")
        assert brought["type"] == "done"
        given = [
            {r["id"] for r in (await place.live(who)).frames[0]["records"] if r["kind"] == "contribution"}
            for who in (ana, await place.join(made))
        ]
        assert given == [{"g"}, set()]


async def test_no_subprotocol() -> None:
    """[HELLO4] Who does not speak plenary.v1 is told so."""
    async with stand() as place:
        line = await place.raw(subprotocols=None)
        assert await line.closed() == 4504


async def test_bad_messages_each_have_their_code() -> None:
    """[CODE3] [LIMIT1] [LIMIT3] Malformed, unknown, blank, too long: each its own code, and the line lives on."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        for text in ("{", "[1,2", "null", "[" * 3000, '{"type":"nonsense"}', b"\x00\xff"):
            await boss.send(text)
            assert (await boss.until("refused"))["code"] == "malformed"
        cases: list[tuple[dict[str, Any], str]] = [
            ({"do": "no.such"}, "unknown_command"),
            ({"do": "issue.add", "id": "x", "rank": "a0", "title": "y" * 201}, "too_long"),
            ({"do": "issue.add", "id": "x", "rank": "a0", "title": "  "}, "invalid"),
            ({"do": "issue.add", "id": "x", "rank": "a0", "title": "a\u0007"}, "invalid"),
            ({"do": "issue.add", "id": "x", "rank": "a0", "title": "a", "more": 1}, "invalid"),
            ({"do": "issue.add", "id": 5, "rank": "a0", "title": "a"}, "invalid"),
            ({"do": "step.go", "step": "nowhere", "current": "step-0"}, "not_found"),
            ({"do": "step.go", "step": "step-1", "current": "step-9"}, "stale"),
        ]
        for command, code in cases:
            answer = await boss.do(**command)
            assert (answer["type"], answer["code"]) == ("refused", code), command
        ana = await place.live(await place.join(made))
        assert (await ana.do(do="step.go", step="step-1", current="step-0"))["code"] == "forbidden"
        assert (await boss.do(do="issue.add", id="x", rank="a0", title="It works"))["type"] == "done"
        assert (await ana.until("changes"))["changes"]


async def test_edits_that_do_not_fit() -> None:
    """[NOTE6] [NOTE7] [NOTE1] On the wire too: a version yet to come, a section and a note that are not there."""
    async with stand() as place:
        boss = await place.live(await place.join(await place.workshop(), "facilitator"))
        await boss.do(do="issue.choose", ids=["issue-0"])
        await boss.do(do="step.go", step="step-5", current="step-0")
        note: dict[str, Any] = {"board": "issue-0", "section": "section-0", "rank": "a0", "text": "First"}
        assert (await boss.do(do="note.add", id="n", **note))["type"] == "done"
        edit: dict[str, Any] = {"do": "note.edit", "id": "n", "base": "First", "text": "Second"}
        cases: list[tuple[dict[str, Any], str]] = [
            ({**edit, "rev": 9}, "stale"),
            ({**edit, "rev": 1, "id": "nothing"}, "not_found"),
            ({"do": "note.settle", "id": "n", "rev": 9, "text": "Second"}, "stale"),
            ({"do": "note.add", "id": "m", **note, "section": "nowhere"}, "not_found"),
            ({"do": "note.add", "id": "n", **note}, "exists"),
        ]
        for command, code in cases:
            answer = await boss.do(**command)
            assert (answer["type"], answer.get("code")) == ("refused", code), command
        assert (await boss.do(**{**edit, "rev": 1}))["type"] == "done"


async def test_too_large() -> None:
    """[LIMIT2] A frame above the limit ends that line with its code; others live on."""
    async with stand() as place:
        made = await place.workshop()
        joined = await place.join(made)
        big, other = await place.live(joined), await place.live(joined)
        await big.send("x" * (limits.FRAME_BYTES + 1))
        assert await big.closed() == 4509
        assert big.frames[-1]["code"] == "too_large"
        await other.send({"type": "beat", "t": 7})
        assert (await other.until("beat", lambda f: f["t"] == 7))["now"] == place.times.wall


async def test_rate() -> None:
    """[LIMIT4] Above the rate a command is refused with `rate` and a pause; after it, it is taken."""
    async with stand() as place:
        line = await place.live(await place.join(await place.workshop()))
        answers = [
            await line.do(do="person.rename", name=f"Ana {i}", place="room") for i in range(limits.COMMANDS_BURST + 1)
        ]
        assert [a["type"] for a in answers[:-1]] == ["done"] * limits.COMMANDS_BURST
        assert answers[-1]["code"] == "rate"
        place.times.steady += answers[-1]["retry_after"]
        assert (await line.do(do="person.rename", name="Ana again", place="room"))["type"] == "done"


async def test_exactly_once_on_the_wire() -> None:
    """[ONCE1] [ONCE2] [ONCE3] [ONCE4] Again is done but not done again; a gap is refused; a client is one person's."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        line = await place.live(boss, "one")
        first: dict[str, Any] = {"do": "issue.add", "id": "x", "rank": "a0", "title": "Once"}
        done = await line.do(**first)
        assert (await line.do(n=1, prev=0, **first))["seq"] == done["seq"]
        assert (await line.do(n=3, prev=2, do="issue.drop", id="x"))["code"] == "gap"
        assert (await line.do(n=3, prev=1, do="issue.drop", id="nothing"))["code"] == "not_found"
        assert (await line.do(n=4, prev=1, do="issue.drop", id="x"))["type"] == "done"
        again = await place.live(boss, "one")
        assert again.frames[0]["last"] == 4
        thief = await place.live(await place.join(made), "one")
        assert (await thief.do(n=5, prev=4, do="person.rename", name="T", place="room"))["code"] == "forbidden"


async def test_twice_on_one_line() -> None:
    """[ONCE7] A copy of what was refused for good is refused too, though it could be done by now."""
    async with stand() as place:
        boss = await place.live(await place.join(await place.workshop(), "facilitator"), "one")
        other = await place.live(await place.join(await place.workshop(), "facilitator"), "two")
        assert other.frames
        drop = {"do": "issue.drop", "id": "x"}
        assert (await boss.do(n=1, prev=0, **drop))["code"] == "not_found"
        add = {"do": "issue.add", "id": "x", "rank": "a0", "title": "Later"}
        for _ in range(2):
            await boss.send({"type": "do", "n": 2, "prev": 0, "command": add})
        await boss.until("done")
        assert (await boss.do(n=1, prev=2, **drop))["code"] == "not_found"
        answers = [frame for frame in boss.frames if frame["type"] in {"done", "refused"}]
        assert [(answer["n"], answer["type"]) for answer in answers[1:-1]] == [(2, "done")]


async def test_ahead_of_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """[HELLO5] Whose person the store lost is not sent away; when it is back, they are let in."""
    monkeypatch.setattr(visit, "LOOK_AGAIN_S", 0.01)
    async with stand() as place:
        made = await place.workshop()
        ana = await place.join(made)
        room = await place.house.registry.room(made["id"])
        lost = room.state.people.pop(ana["person"])
        waiting = asyncio.create_task(place.live(ana))
        while not place.house.visits:
            await asyncio.sleep(0)
        room.state.people[ana["person"]] = lost
        assert (await waiting).frames[0]["type"] == "welcome"
        del room.state.people[ana["person"]]
        monkeypatch.setattr(visit, "AHEAD_S", 0)
        away = await place.raw()
        await away.send({"type": "hello", "token": ana["token"], "client": "c"})
        assert await away.closed() == 4003
        assert away.frames[-1]["code"] == "store"


async def test_seen_by_another_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """[HELLO5] [HEAL4] Whose place the store went past by another way waits, too, until it was given back."""
    monkeypatch.setattr(visit, "LOOK_AGAIN_S", 0.01)
    async with stand() as place:
        made = await place.workshop()
        ana = await place.join(made)
        room = await place.house.registry.room(made["id"])
        elsewhere = room.position.model_copy(update={"tag": "0" * 16})
        assert not room.replica.reaches(elsewhere)
        waiting = asyncio.create_task(place.live(ana, after=elsewhere.model_dump()))
        while not place.house.visits:
            await asyncio.sleep(0)
        [visit_] = place.house.visits
        while visit_.entering is None:
            await asyncio.sleep(0)
        assert not waiting.done()
        monkeypatch.setattr(type(room.replica), "reaches", lambda *_: True)
        assert (await waiting).frames[0]["type"] == "welcome"


async def test_resume() -> None:
    """[RESUME1] Who left off gets only what was missed; what is gone is dropped."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        await boss.do(do="issue.add", id="x", rank="b01", title="Here when I left")
        ana = await place.join(made)
        line = await place.live(ana, "mine")
        after = {"seq": line.frames[0]["seq"], "tag": line.frames[0]["tag"]}
        await line.line.close()
        await boss.do(do="issue.drop", id="x")
        await boss.do(do="issue.add", id="y", rank="b02", title="Came meanwhile")
        back = await place.live(ana, "mine", after)
        assert back.frames[0]["type"] == "resume"
        changes = {(c["op"], c.get("id") or c["record"]["id"]) for c in back.frames[1]["changes"]}
        assert changes == {("drop", "x"), ("put", "y")}


async def test_resume_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """[RESUME2] [RESUME3] A place that is not of this log, or a tag that was made up, gets everything."""
    monkeypatch.setattr(visit, "AHEAD_S", 0)
    async with stand() as place:
        made = await place.workshop()
        ana = await place.join(made)
        line = await place.live(ana)
        seq, tag = line.frames[0]["seq"], line.frames[0]["tag"]
        for after in ({"seq": seq, "tag": "0" * 16}, {"seq": seq + 50, "tag": tag}, {"seq": 0, "tag": ""}):
            assert (await place.live(ana, after=after)).frames[0]["type"] == "welcome"
        assert (await place.live(ana, after={"seq": seq, "tag": tag})).frames[0]["type"] == "resume"
        head = place.house.registry.rooms[made["id"]].state.head
        assert head.hash[:8] not in tag


async def test_done_after_changes() -> None:
    """[DO1] [DO2] One's own change comes no later than `done`, `saved` after it, and the log has it by then."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        done = await boss.do(do="issue.add", id="x", rank="b01", title="Mine")
        assert place.house.registry.rooms[made["id"]].state.head.seq >= done["seq"]
        seen = [
            c["record"]["id"] for f in boss.frames if f["type"] == "changes" for c in f["changes"] if c["op"] == "put"
        ]
        assert "x" in seen
        assert (await boss.until("saved"))["seq"] == done["seq"]


async def test_dead_and_alive() -> None:
    """[LIVE1] The server shows life when quiet; a line that is silent for too long is ended."""
    async with stand() as place:
        line = await place.live(await place.join(await place.workshop()))
        place.times.steady += limits.BEAT_MS
        assert (await line.until("beat"))["now"] == place.times.wall
        place.times.steady += limits.DEAD_MS
        assert await line.closed() == 4001


async def test_only_who_asks_is_answered() -> None:
    """[LIVE3] The server beats first, to all who are due; a beat that only shows life is answered by none."""
    async with stand() as place:
        made = await place.workshop()
        lines = [await place.live(await place.join(made)) for _ in range(3)]
        for line in lines:
            await line.send({"type": "beat", "t": 0})
            await line.send({"type": "beat", "t": 7})
            await line.until("beat")
            assert [frame["t"] for frame in line.frames if frame["type"] == "beat"] == [7]
        place.times.steady += limits.BEAT_MS - 200
        for line in lines:
            await line.until("beat", lambda frame: frame["t"] == 0)


async def test_who_was_told_something_needs_no_beat() -> None:
    """[LIVE1] [LIVE3] A telling shows life to all who got it, from then on; whoever got none is shown life in time."""
    async with stand() as place:
        made, other = await place.workshop(), await place.workshop()
        told = [await place.live(await place.join(made)) for _ in range(3)]
        boss, quiet = await place.live(await place.join(made, "facilitator")), await place.live(await place.join(other))
        place.times.steady += 3_000
        place.house.tick()
        added = await boss.do(do="step.go", step="step-1", current="step-0")
        for line in told:
            await line.until("changes", lambda frame: frame["seq"] >= added["seq"])
        place.house.tick()
        late = await place.live(await place.join(made))
        place.times.steady += 1_000
        await quiet.until("beat")
        for line in (*told, late):
            await line.send({"type": "beat", "t": 7})
            await line.until("beat")
            assert [frame["t"] for frame in line.frames if frame["type"] == "beat"] == [7]
        place.times.steady += limits.BEAT_MS
        for line in (*told, late):
            await line.until("beat", lambda frame: frame["t"] == 0)


async def test_presence() -> None:
    """[HERE1] [HERE2] Who comes and goes is told, joined; two devices are one person; nothing of it is logged."""
    async with stand() as place:
        made = await place.workshop()
        ana, ben = await place.join(made), await place.join(made, name="Ben")
        watcher = await place.live(ana)
        one, two = await place.live(ben), await place.live(ben)
        await one.send({"type": "here", "board": None, "typing": True})
        seen = await watcher.until(
            "here", lambda f: any(p["person"] == ben["person"] and p["typing"] for p in f["people"])
        )
        assert [p["devices"] for p in seen["people"] if p["person"] == ben["person"]][-1] <= 2
        seq = place.house.registry.rooms[made["id"]].state.head.seq
        await one.line.close()
        await two.line.close()
        await watcher.until("here", lambda f: ben["person"] in f["gone"])
        assert place.house.registry.rooms[made["id"]].state.head.seq == seq


async def test_goodbye(monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE1] On shutdown all get `bye restart` with a pause; what was written is stored, with a snapshot."""
    monkeypatch.setattr(held, "KEEP", 0)
    async with stand() as place:
        made = await place.workshop()
        lines = [await place.live(await place.join(made, name=f"P{i}")) for i in range(5)]
        place.server.should_exit = True
        numbers = await asyncio.gather(*(line.closed() for line in lines))
        assert numbers == [4000] * 5
        byes = [line.frames[-1] for line in lines]
        assert {bye["code"] for bye in byes} == {"restart"}
        assert len({bye["retry_after"] for bye in byes}) > 1
        await place.running
        assert getattr(place.log, "_snapshots", {})[made["id"]].head.seq == 6


async def test_one_fault_touches_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE2] A room that breaks says goodbye and opens again; its neighbour notices nothing."""
    async with stand() as place:
        sick, well = await place.workshop("Sick"), await place.workshop("Well")
        a = await place.join(sick, "facilitator")
        one, other = await place.live(a), await place.live(await place.join(well, "facilitator"))
        room = place.house.registry.rooms[sick["id"]]

        def broken(*_: object) -> None:
            raise RuntimeError("a planted fault")

        monkeypatch.setattr(room.replica, "news", broken)
        await one.send({"type": "do", "n": 1, "prev": 0, "command": {"do": "people.balance"}})
        await one.send(
            {
                "type": "do",
                "n": 2,
                "prev": 0,
                "command": {"do": "issue.add", "id": "x", "rank": "a0", "title": "X"},
            }
        )
        assert await one.closed() == 4005
        assert (await other.do(do="issue.add", id="y", rank="a0", title="Y"))["type"] == "done"
        assert (await place.live(a)).frames[0]["type"] == "welcome"
