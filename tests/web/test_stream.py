"""The live line over HTTP, against a real server: the same visit, another way."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from protocol import limits
from server.live.frame import Frame

from .stand import stand

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from .stand import Stand

CANARY = "Zanzibar-canary-text"


@dataclass
class Http:
    """A line over HTTP: every message that came, in order."""

    client: httpx.AsyncClient
    address: str
    headers: dict[str, str]
    frames: list[dict[str, Any]] = field(default_factory=list)
    text: str = ""
    closed: int | None = None
    lines: AsyncIterator[str] | None = None
    n: int = 0

    async def send(self, *messages: dict[str, Any] | str) -> httpx.Response:
        """POST these, in order."""
        texts = [message if isinstance(message, str) else json.dumps(message) for message in messages]
        return await self.client.post(f"{self.address}/do", content="\n".join(texts), headers=self.headers)

    async def next(self) -> dict[str, Any]:
        """The next message."""
        assert self.lines
        async with asyncio.timeout(20):
            async for line in self.lines:
                self.text += line
                if line.startswith("data: {"):
                    self.frames.append(json.loads(line[6:]))
                    return self.frames[-1]
        raise AssertionError("the line ended")

    async def until(self, type_: str, true: Callable[[dict[str, Any]], bool] = lambda _: True) -> dict[str, Any]:
        """The next message of this type of which something holds."""
        while True:
            frame = await self.next()
            if frame["type"] == type_ and true(frame):
                return frame

    async def ended(self) -> int:
        """Read to the end; the close number."""
        assert self.lines
        last = ""
        async with asyncio.timeout(20):
            async for line in self.lines:
                self.text += line
                last = line or last
        return int(last.removeprefix("data: ").split()[0])

    async def do(self, **command: Any) -> dict[str, Any]:
        """Send a command and give its answer."""
        n = self.n + 1
        assert (await self.send({"type": "do", "n": n, "prev": self.n, "command": command})).status_code == 204
        while True:
            frame = await self.next()
            if frame["type"] in {"done", "refused"} and frame["n"] == n:
                self.n = n if frame["type"] == "done" else self.n
                return frame


@contextlib.asynccontextmanager
async def dialled(place: Stand, joined: dict[str, Any], name: str = "", **headers: str) -> AsyncIterator[Http]:
    """A line that has said nothing yet."""
    name = name or f"line-{len(place.house.streams):020}"
    shown = {"Authorization": f"Bearer {joined['token']}", "Plenary-Line": name, **headers}
    address = f"{place.url}/api/workshops/{joined['workshop']}"
    async with (
        httpx.AsyncClient(trust_env=False, timeout=30) as client,
        client.stream("GET", f"{address}/events", headers=shown) as down,
    ):
        line = Http(client, address, shown)
        assert down.status_code == 200, await down.aread()
        assert down.headers["content-type"].startswith("text/event-stream")
        line.lines = down.aiter_lines()
        yield line


async def hello(line: Http, joined: dict[str, Any], client: str, after: Any = None) -> dict[str, Any]:
    """Say it; the first message that came."""
    said = await line.send({"type": "hello", "token": joined["token"], "client": client, "after": after})
    assert said.status_code == 204
    await line.until("saved")
    line.n = line.frames[0]["last"]
    return line.frames[0]


async def test_the_same_conversation() -> None:
    """[STREAM1] [ONCE2] [RESUME1] [CODE3] Hello, commands, refusals and a resume: as over a WebSocket, beside one."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        socket = await place.live(ana)
        async with dialled(place, boss) as line:
            welcome = await hello(line, boss, "tab")
            assert welcome["type"] == "welcome"
            assert welcome["you"]["person"] == boss["person"]
            issue = {"do": "issue.add", "id": "x", "rank": "a9", "title": "Over HTTP"}
            assert (await line.do(**issue))["type"] == "done"
            assert (await socket.until("changes"))["changes"][0]["record"]["title"] == "Over HTTP"
            assert (await line.do(do="step.go", step="step-1", current="step-9"))["code"] == "stale"
            await line.send("{")
            assert (await line.until("refused", lambda f: f["n"] == 0))["code"] == "malformed"
            await line.send({"type": "do", "n": 1, "prev": 0, "command": issue}, {"type": "beat", "t": 7})
            assert (await line.until("beat", lambda f: f["t"] == 7))["now"] == place.times.wall
            assert (await line.until("done"))["n"] == 1
        after = {"seq": welcome["seq"], "tag": welcome["tag"]}
        async with dialled(place, boss) as again:
            resumed = await hello(again, boss, "tab", after)
            assert (resumed["type"], resumed["last"]) == ("resume", 1)
            missed = next(frame for frame in again.frames if frame["type"] == "changes")
            assert [change["record"]["id"] for change in missed["changes"]] == ["x"]
        async with asyncio.timeout(20):
            while len(place.house.visits) > 1:
                await asyncio.sleep(0)
        assert not place.house.streams


async def test_nobody_elses_line() -> None:
    """[STREAM2] [HTTP3] [HELLO3] Without the token, with another's, from another site, by another name: nothing."""
    async with stand() as place:
        made = await place.workshop()
        ana, ben = await place.join(made), await place.join(made, name="Ben")
        other = await place.join(await place.workshop())
        async with dialled(place, ana, "the-line-of-ana-1") as line:
            await hello(line, ana, "tab")
            own = line.headers
            address = line.address
            for status, headers in (
                (404, {**own, "Authorization": f"Bearer {ben['token']}"}),
                (404, {**own, "Plenary-Line": "the-line-of-ana-2"}),
                (401, {**own, "Authorization": f"Bearer {other['token']}"}),
                (401, {"Plenary-Line": own["Plenary-Line"]}),
                (400, {**own, "Plenary-Line": "short"}),
                (403, {**own, "Origin": "https://evil.example"}),
            ):
                line.headers = headers
                said = await line.send({"type": "beat", "t": 1})
                assert said.status_code == status, headers
                down = await line.client.get(f"{address}/events", headers=headers) if status in {401, 403} else said
                assert down.status_code == status
            line.headers = own
            assert (await line.client.get(f"{address}/events", headers=own)).status_code == 409
            assert (await line.do(do="person.rename", name="Ana", place="room"))["type"] == "done"


async def test_privacy() -> None:
    """[STREAM1] [SEE2] A sealed note's text is not in the bytes of another's line, nor in a late one's."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        ana, ben = await place.live(await place.join(made)), await place.join(made, name="Ben")
        await boss.do(do="issue.choose", ids=["issue-0"])
        await boss.do(do="step.go", step="step-4", current="step-0")
        async with dialled(place, ben) as early, dialled(place, ben) as late:
            await hello(early, ben, "early")
            note: dict[str, Any] = {"id": "n", "board": "issue-0", "section": "section-0", "rank": "a0", "text": CANARY}
            assert (await ana.do(do="note.add", **note))["type"] == "done"
            await early.until("changes")
            await hello(late, ben, "late")
            assert CANARY not in early.text + late.text


async def test_ends() -> None:
    """[STREAM3] [HELLO2] [LIVE1] [LIMIT2] [BYE1] Each end has its number: silence, no hello, too much, a restart."""
    async with stand() as place:
        made = await place.workshop()
        ana = await place.join(made)
        async with dialled(place, ana) as silent:
            place.times.steady += limits.HELLO_MS
            assert await silent.ended() == 4004
        async with dialled(place, ana) as first:
            await first.send({"type": "beat", "t": 1})
            assert await first.ended() == 4503
        async with dialled(place, ana) as dead:
            await hello(dead, ana, "tab")
            place.times.steady += limits.DEAD_MS
            assert await dead.ended() == 4001
        async with dialled(place, ana) as huge:
            await hello(huge, ana, "tab")
            assert (await huge.send("x" * (limits.FRAME_BYTES + 1))).status_code == 413
            assert (await huge.send("x" * (limits.FRAME_BYTES))).status_code == 204
        async with dialled(place, ana) as last, dialled(place, ana, "the-other-tab-1234") as tab:
            await hello(last, ana, "tab")
            await hello(tab, ana, "tab")
            assert await last.ended() == 4001  # the same tab came again
            place.server.should_exit = True
            assert await tab.ended() == 4000
        async with asyncio.timeout(20):
            while place.house.visits:
                await asyncio.sleep(0)


async def test_slow_and_flooding() -> None:
    """[STREAM3] [FAN4] [LIMIT4] Who does not read is skipped, then has all of it; who floods is heard more slowly."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        wall = await place.join(made, "projector")
        async with dialled(place, wall) as line:
            await hello(line, wall, "wall")
            [stream] = place.house.streams.values()
            while not stream.full:
                stream.write(Frame(json.dumps({"type": "saved", "seq": 1, "pad": "x" * 50_000}).encode()))
                await asyncio.sleep(0)
            full = stream.buffered()
            for i in range(5):
                await boss.do(do="issue.add", id=f"x{i}", rank="b1", title=f"Issue {i}")
            assert stream.buffered() <= full
            got = await line.until("changes", lambda f: len(f["changes"]) > 0)
            seen = {c["record"]["id"] for f in line.frames if f["type"] == "changes" for c in f["changes"]}
            while len(seen) < 5:
                got = await line.until("changes")
                seen |= {c["record"]["id"] for c in got["changes"]}
            watch = '{"type":"watch","boards":[]}'
            flood = [asyncio.create_task(line.send(*[watch] * 400)) for _ in range(8)]
            assert 429 in {(await answered).status_code for answered in asyncio.as_completed(flood[4:])}
            assert (await boss.do(do="issue.add", id="z", rank="b1", title="Still here"))["type"] == "done"
            for one in flood:
                one.cancel()
