"""The public page of the paper."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from protocol.commands import StepGo
from server.exports.page import AGAIN_S, POLICY
from server.log.memory import MemoryLog
from server.web.making import Making
from server.web.readings import Readings
from tests.workshop.writing import Writer

from .stand import stand

if TYPE_CHECKING:
    from .stand import Raw, Stand

SECRETS = ("Ana", "Fay", "a note on the wall")


async def begun(place: Stand) -> tuple[dict[str, Any], dict[str, Any], Raw, Writer]:
    """A workshop with people, a board with a note, and a paper: the workshop, who leads, their line, a writer."""
    made = await place.workshop("A <b>plan</b> for quality")
    boss, _ = await place.join(made, "facilitator", "Fay"), await place.join(made)
    line = await place.live(boss)
    assert (await line.do(do="issue.add", id="own", rank="a0", title="Ensuring quality"))["type"] == "done"
    assert (await line.do(do="issue.choose", ids=["own"]))["type"] == "done"
    section = next(r["id"] for r in line.frames[0]["records"] if r["kind"] == "section")
    note = {"id": "n", "board": "own", "section": section, "rank": "a0", "text": "a note on the wall"}
    await place.post(f"/api/workshops/{made['id']}/paper", {}, boss["token"])
    assert (await line.do(do="note.add", **note))["type"] == "done"
    await line.send({"type": "watch", "boards": None, "paper": True})
    frame = await line.until("changes", lambda frame: bool(papers(frame)))
    return made, boss, line, Writer(9, papers(frame)[0]["base"])


def papers(frame: dict[str, Any]) -> list[dict[str, Any]]:
    """The papers that came with it."""
    records = (change.get("record", {}) for change in frame["changes"])
    return [record for record in records if record.get("kind") == "paper"]


async def shared(place: Stand, made: dict[str, Any], token: str, language: str = "en") -> str:
    """Share, and where to: the link's path."""
    answer = await place.post(f"/api/workshops/{made['id']}/page", {"language": language}, token)
    assert answer.status_code == 200, answer.text
    assert answer.json() == (await place.get(f"/api/workshops/{made['id']}/page", token)).json()
    link = str(answer.json()["link"])
    assert link.startswith(f"{place.url}/read/")
    return link.removeprefix(place.url)


async def asking(place: Stand, method: str, path: str, **headers: str) -> httpx.Response:
    """With headers of one's own."""
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.request(method, place.url + path, headers=headers)


async def test_everybody_reads_the_paper_and_nothing_else() -> None:
    """[PAGE1] [PAGE2] [PAGE3] [PAGE4] What was written, as text, in the words of the language asked for."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        path = await shared(place, made, boss["token"], "es")
        assert made["id"] not in path.lower()
        assert re.fullmatch(r"/read/[a-z2-9]{32}", path)
        answer = await line.do(do="paper.edit", id="u1", data=writer.paragraph("So <i>we</i> agreed"))
        assert answer["type"] == "done"
        page = await place.get(path)
        assert page.status_code == 200
        assert "A &lt;b&gt;plan&lt;/b&gt; for quality" in page.text
        assert "So &lt;i&gt;we&lt;/i&gt; agreed" in page.text
        assert "Documento informativo" in page.text
        body = page.text.partition("<main>")[2]
        assert [word for word in (*SECRETS, made["code"], made["id"]) if word in body] == []
        assert not re.search(r"<script|src=|@import|url\(|https?://", page.text)
        told = page.headers
        assert told["content-security-policy"] == POLICY
        assert "'unsafe" not in POLICY
        assert told["referrer-policy"] == "no-referrer"
        assert told["x-robots-tag"].startswith("noindex")
        assert "set-cookie" not in told
        assert (await asking(place, "HEAD", path)).headers["etag"] == told["etag"]
        same = await asking(place, "GET", path, **{"If-None-Match": told["etag"]})
        assert (same.status_code, same.content) == (304, b"")
        await line.do(do="paper.edit", id="u2", data=writer.paragraph("One word more"))
        news = await asking(place, "GET", path, **{"If-None-Match": told["etag"]})
        assert news.status_code == 200
        assert "One word more" in news.text


async def test_it_says_what_its_quotes_say_now() -> None:
    """[QUOTE1] [QUOTE2] [PAGE3] [PAGE4] As the board changes, and nothing of what stands beside that."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        path = await shared(place, made, boss["token"])
        before = await place.get(path)
        assert (await line.do(do="note.add", id="other", board="own", section="section-0", rank="a1", text="Unasked"))[
            "type"
        ] == "done"
        same = await asking(place, "GET", path, **{"If-None-Match": before.headers["etag"]})
        assert same.status_code == 304
        assert (await line.do(do="paper.edit", id="u1", data=writer.quote("n")))["type"] == "done"
        assert '<p dir="auto">a note on the wall</p>' in (await place.get(path)).text
        await line.do(do="note.edit", id="n", rev=1, base="a note on the wall", text="a <b>better</b> note")
        page = await place.get(path)
        assert "a &lt;b&gt;better&lt;/b&gt; note" in page.text
        await line.do(do="note.bin", id="n")
        gone = await place.get(path)
        assert "better" not in gone.text
        assert "What is quoted here is not on its board now." in gone.text
        await line.do(do="note.restore", id="n")
        assert (await place.get(path)).text == page.text
        assert "Unasked" not in page.text


async def test_its_reader_is_told_where_it_cannot_be_made() -> None:
    """[PAGE8] In words, and to come again; it is read as soon as it can be."""
    async with stand() as place:
        made, boss, _, _ = await begun(place)
        link = await shared(place, made, boss["token"])
        able, place.house.public = place.house.public, Readings(Making("false"), lambda: None)
        answer = await place.get(link)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, str(AGAIN_S))
        assert answer.headers["content-security-policy"] == POLICY
        assert "The paper cannot be shown just now" in answer.text
        assert "no se puede mostrar" in answer.text
        place.house.public = able
        assert (await place.get(link)).status_code == 200


async def test_it_opens_nothing_else() -> None:
    """[PAGE2] Nobody joins by it, and no other path of ours knows it."""
    async with stand() as place:
        made, boss, _, _ = await begun(place)
        page = (await shared(place, made, boss["token"])).removeprefix("/read/")
        assert (await place.post("/api/join", {"code": page, "name": "Eve"})).json()["code"] == "too_long"
        assert (await place.get(f"/api/codes/{page}")).json()["code"] == "bad_code"
        for role in ("participant", "projector"):
            joined = await place.join(made, role)
            line = await place.live(joined)
            assert page not in line.text
            answer = await place.get(f"/api/workshops/{made['id']}/page", joined["token"])
            assert answer.json()["code"] == "forbidden"
            answer = await place.post(f"/api/workshops/{made['id']}/page", {}, joined["token"])
            assert answer.json()["code"] == "forbidden"
        again = await place.live(boss, "again")
        assert page in again.text
        assert (await again.do(do="page.share", page="mine"))["code"] == "forbidden"


async def test_a_void_link_is_as_if_it_had_never_been() -> None:
    """[PAGE1] [PAGE5] Replaced, ended, deleted, after a restart and at another instance: the same in every respect."""
    log = MemoryLog()
    async with stand(log) as one, stand(log) as two, contextlib.AsyncExitStack() as later:
        made, boss, line, _ = await begun(one)
        never = await one.get("/read/" + "a" * 32)
        assert never.status_code == 404
        assert never.headers["content-security-policy"] == POLICY
        first = await shared(one, made, boss["token"])
        assert (await two.get(first)).status_code == 200
        second = await shared(one, made, boss["token"])
        await line.do(do="step.go", step="step-11", current="step-1")
        third = await shared(one, made, boss["token"])
        assert [(await two.get(path)).status_code for path in (first, second, third)] == [404, 404, 200]
        path = f"/api/workshops/{made['id']}/page"
        ended = await asking(one, "DELETE", path, Authorization=f"Bearer {boss['token']}")
        assert ended.status_code == 204
        assert (await one.get(path, boss["token"])).json() == {"link": None}
        three = await later.enter_async_context(stand(log))
        for place in (one, two, three):
            for void in (first, second, third, "/read/short", "/read/" + "b" * 32):
                assert same(await place.get(void), never)
        last = await shared(one, made, boss["token"])
        assert (await two.get(last)).status_code == 200
        async with httpx.AsyncClient(trust_env=False) as client:
            body = {"title": "A <b>plan</b> for quality"}
            headers = {"Authorization": f"Bearer {boss['token']}"}
            gone = await client.request("DELETE", f"{one.url}/api/workshops/{made['id']}", json=body, headers=headers)
        assert gone.status_code == 204
        for place in (one, two, three):
            assert same(await place.get(last), never)
        assert last.removeprefix("/read/") in await log.forgotten()


def same(one: httpx.Response, other: httpx.Response) -> bool:
    """Whatever can be told apart, but the time."""
    left, right = ({k: v for k, v in answer.headers.items() if k != "date"} for answer in (one, other))
    return (one.status_code, one.content, left) == (other.status_code, other.content, right)


async def test_without_a_paper_there_is_no_page() -> None:
    """[PAGE1]."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        answer = await place.post(f"/api/workshops/{made['id']}/page", {}, boss["token"])
        assert answer.json()["code"] == "not_now"
        assert await place.log.workshops() == [made["id"]]


async def test_it_is_made_once_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """[PAGE6]."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        path = await shared(place, made, boss["token"])
        making, asked = place.house.public._making, []
        document = making.document

        async def counted(*args: Any) -> bytes:
            asked.append(args)
            return await document(*args)

        monkeypatch.setattr(making, "document", counted)
        await line.do(do="paper.edit", id="u1", data=writer.paragraph("All read this"))
        pages = await asyncio.gather(*(place.get(path) for _ in range(12)))
        assert {page.status_code for page in pages} == {200}
        assert len({page.text for page in pages}) == 1
        assert len(asked) == 1
        await line.do(**StepGo(step="step-2", current="step-1").model_dump(mode="json"))
        await place.get(path)
        assert len(asked) == 1
