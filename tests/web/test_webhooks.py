"""Another program is told of what happens: a real one, on a real line."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

import pytest

from server.log.memory import MemoryLog
from server.web.posting import Post, is_public
from server.web.signing import shown

from .receiving import receiver
from .stand import stand

if TYPE_CHECKING:
    from .stand import Raw, Stand

ANY = {"webhooks": "everywhere"}


async def hooked(place: Stand, url: str) -> tuple[dict[str, Any], dict[str, Any], Raw, str]:
    """A workshop of which that address is told: it, who leads, their line, and the secret."""
    made = await place.workshop("Ours")
    boss = await place.join(made, "facilitator", "Fay")
    answer = await place.post(f"/api/workshops/{made['id']}/webhook", {"address": url}, boss["token"])
    assert answer.status_code == 200, answer.text
    return made, boss, await place.live(boss), answer.json()["secret"]


async def go(line: Raw, step: int, current: int) -> None:
    """To another step."""
    assert (await line.do(do="step.go", step=f"step-{step}", current=f"step-{current}"))["type"] == "done"


async def last(line: Raw, n: int) -> dict[str, Any]:
    """How telling the happening `n` ended, as facilitators are told."""

    def found(frame: dict[str, Any]) -> list[Any]:
        news = [c.get("record") or c["set"] for c in frame["changes"] if (c.get("record") or c).get("kind") == "hook"]
        return [one["last"] for one in news if (one.get("last") or {}).get("n") == n]

    frame = await line.until("changes", lambda frame: bool(found(frame)))
    return dict(found(frame)[0])


async def test_it_is_told_what_happens() -> None:
    """[HOOK1] [HOOK2] [HOOK3] [HOOK7] In order, signed, without a name or a note; how it went is shown."""
    async with receiver() as there, stand(None, **ANY) as place:
        made, boss, line, secret = await hooked(place, f"{there.url}/in?key=abc")
        await go(line, 1, 0)
        await go(line, 11, 1)
        came = await there.until(2)
        assert [one.said["type"] for one in came] == ["step.changed", "workshop.closed"]
        assert [one.said["data"]["step"]["id"] for one in came] == ["step-1", "step-11"]
        assert came[0].said["data"]["workshop"] == {"id": made["id"], "title": "Ours"}
        assert all(one.is_signed(secret) for one in came)
        assert len({one.headers["webhook-id"] for one in came}) == 2
        assert not any(b"Fay" in one.body for one in came)
        assert (await last(line, 2))["arrived"]
        await place.post(f"/api/workshops/{made['id']}/webhook/test", {}, boss["token"])
        assert (await there.until(3))[2].said["type"] == "test"
        assert (await last(line, 3))["status"] == 204
        assert "key=abc" not in line.text
        assert secret not in line.text
        archive = await place.get(f"/api/workshops/{made['id']}/export/json", boss["token"])
        assert "key=abc" not in archive.text
        renewed = await place.post(
            f"/api/workshops/{made['id']}/webhook", {"address": there.url, "renew": True}, boss["token"]
        )
        assert renewed.json()["secret"] != secret


async def test_it_is_told_again_until_it_arrives() -> None:
    """[HOOK4] Under the same id, with the same words; after the pause, not before; a redirect is no arrival."""
    async with receiver() as there, stand(None, **ANY) as place:
        there.answers = [500, 0, 302, 204]
        *_, line, secret = await hooked(place, there.url)
        await go(line, 1, 0)
        assert (await last(line, 1))["status"] == 500
        await go(line, 2, 1)
        for tries, pause in ((2, 30_000), (3, 60_000), (4, 300_000)):
            place.times.wall += pause - 1
            place.house.tick()
            assert len(there.came) == tries - 1
            place.times.wall += 1
            await there.until(tries)
            await last(line, 1)
        came = await there.until(5)
        assert len({one.headers["webhook-id"] for one in came[:4]}) == 1
        assert len({one.body for one in came[:4]}) == 1
        assert len({one.headers["webhook-timestamp"] for one in came[:4]}) == 4
        assert all(one.is_signed(secret) for one in came)
        assert came[4].said["data"]["step"]["id"] == "step-2"


async def test_one_of_several_tells_it() -> None:
    """[HOOK5] Three instances on one log, all with people; each thing comes once."""
    log = MemoryLog()
    async with receiver() as there, stand(log, **ANY) as one, stand(log, **ANY) as two, stand(log, **ANY) as three:
        made, _, line, _ = await hooked(one, there.url)
        for place in (two, three):
            await place.live(await place.join(made))
        for step in range(1, 9):
            await go(line, step, step - 1)
        await there.until(8)
        await last(line, 8)
        for place in (one, two, three):
            place.house.tick()
        assert [came.said["data"]["step"]["id"] for came in there.came] == [f"step-{n}" for n in range(1, 9)]


async def test_a_restart_loses_nothing() -> None:
    """[HOOK4] [HOOK5] What waited is told by whoever comes next, though nobody is in the workshop."""
    log = Kept()
    async with receiver() as there:
        there.answers = [503, 204]
        async with stand(log, **ANY) as place:
            _, _, line, secret = await hooked(place, there.url)
            await go(line, 1, 0)
            await last(line, 1)
        async with stand(log, **ANY) as place:
            place.times.wall += 30_000
            [first, second] = await there.until(2)
            assert first.headers["webhook-id"] == second.headers["webhook-id"]
            assert second.is_signed(secret)


class Kept(MemoryLog):
    """Outlives the server."""

    async def close(self) -> None:
        """It stays open."""


async def test_only_who_leads_may() -> None:
    """[HOOK1] [HOOK3] Nobody else sees or sets it, nobody tells where the server does not."""
    async with receiver() as there, stand(None, **ANY) as place:
        made, _, _, _ = await hooked(place, f"{there.url}/secret-path")
        path = f"/api/workshops/{made['id']}/webhook"
        for role in ("participant", "projector"):
            joined = await place.join(made, role)
            line = await place.live(joined)
            assert "secret-path" not in line.text
            assert '"kind":"hook"' not in line.text
            assert (await place.get(path, joined["token"])).json()["code"] == "forbidden"
            for body, more in (({"address": "https://example.org/"}, ""), ({}, "/test")):
                assert (await place.post(path + more, body, joined["token"])).json()["code"] == "forbidden"
    async with stand(None, webhooks="off") as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        path = f"/api/workshops/{made['id']}/webhook"
        assert (await place.post(path, {"address": "https://example.org/"}, boss["token"])).json()[
            "code"
        ] == "forbidden"
        assert not (await place.get(path, boss["token"])).json()["possible"]


async def test_the_public_net_only() -> None:
    """[HOOK6] As a server is by itself: no http, no inner address, however it is written."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        path = f"/api/workshops/{made['id']}/webhook"
        for address in ("http://example.org/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1:8443/x"):
            answer = await place.post(path, {"address": address}, boss["token"])
            assert answer.json()["code"] == "invalid"
        for address in ("ftp://example.org/", "https://me:word@example.org/", "https://a b/", "https://example.org/#x"):
            assert (await place.post(path, {"address": address}, boss["token"])).json()["code"] == "invalid"


@pytest.mark.parametrize(
    ("place", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        *(
            (inner, False)
            for inner in (
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
                "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1",
                "64:ff9b::a9fe:a9fe", "2002:a00:1::1", "::ffff:169.254.169.254",
            )
        ),
    ],
)  # fmt: skip
def test_what_is_public(place: str, public: bool) -> None:
    """[HOOK6] Also what wraps an inner address in another."""
    assert is_public(place) is public


async def test_where_a_name_leads_is_looked_at_when_it_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """[HOOK6] A name that leads inside, or inside too, is not connected to."""
    async with receiver() as there:
        port = there.url.rpartition(":")[2]
        loop = asyncio.get_running_loop()
        for found in (["127.0.0.1"], ["93.184.216.34", "127.0.0.1"]):

            async def leads(*_: Any, places: list[str] = found, **__: Any) -> list[Any]:
                return [(0, 0, 0, "", (place, int(port))) for place in places]

            with monkeypatch.context() as patch:
                patch.setattr(loop, "getaddrinfo", leads)
                answer = await Post().send(f"https://inner.example:{port}/", {}, b"{}")
            assert (answer.why, answer.arrived) == ("not_allowed", False)
        assert there.came == []


async def test_nobody_keeps_us_waiting() -> None:
    """[HOOK6] One that closes without a word, one that is not there, and one that talks for ever."""
    async with receiver() as there:
        post = Post(everywhere=True)
        there.answers = [0]
        assert (await post.send(there.url, {}, b"{}")).why == "unreachable"
        assert (await post.send("http://127.0.0.1:1/", {}, b"{}")).why == "unreachable"

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        assert (await post.send(f"http://127.0.0.1:{port}/", {}, b"{}")).arrived


def test_the_secret_is_shown_as_the_standard_has_it() -> None:
    """[HOOK3]."""
    assert shown(b"\0" * 32) == "whsec_" + "A" * 43 + "="
