"""Files over HTTP: brought in pieces, given out to who may see them, and gone with their workshop."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from protocol import limits
from server.__main__ import app
from server.files.store import FilesError
from server.live.retention import Retention
from server.live.tidying import Tidying
from server.log.memory import MemoryLog
from server.log.sqlite import SqliteLog
from server.web import giving, taking
from tests.files.samples import PNG, docx, jpeg

from .stand import Raw, Stand, stand


async def ask(
    place: Stand, method: str, path: str, token: str | None, *, content: bytes = b"", **headers: str
) -> httpx.Response:
    """Any request."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if token:
        named["authorization"] = f"Bearer {token}"
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.request(method, place.url + path, content=content, headers=named)


async def begin(place: Stand, who: dict[str, Any], size: int, id_: str = "f1", **more: Any) -> httpx.Response:
    body = {"id": id_, "title": "a.png", "size": size, **more}
    return await place.post(f"/api/workshops/{who['workshop']}/files", body, who["token"])


async def piece(
    place: Stand, who: dict[str, Any], offset: int | str, content: bytes, id_: str = "f1"
) -> httpx.Response:
    path = f"/api/workshops/{who['workshop']}/files/{id_}"
    return await ask(place, "PATCH", path, who["token"], content=content, upload_offset=str(offset))


async def bring(place: Stand, who: dict[str, Any], body: bytes = PNG, id_: str = "f1", **more: Any) -> None:
    """A file, in one piece."""
    assert (await begin(place, who, len(body), id_, **more)).status_code == 201
    answer = await piece(place, who, 0, body, id_)
    assert (answer.status_code, answer.json()["done"]) == (200, True), answer.text


async def get(place: Stand, who: dict[str, Any], id_: str = "f1", part: str = "", **headers: str) -> httpx.Response:
    path = f"/api/workshops/{who['workshop']}/files/{id_}{part}"
    return await ask(place, "GET", path, who["token"], content=b"", **headers)


async def brought(raw: Raw) -> dict[str, Any]:
    """The next contribution that is told on a line."""

    def news(frame: dict[str, Any]) -> list[dict[str, Any]]:
        return [c["record"] for c in frame["changes"] if c["op"] == "put" and c["record"]["kind"] == "contribution"]

    found: dict[str, Any] = news(await raw.until("changes", lambda frame: bool(news(frame))))[0]
    return found


async def test_in_pieces() -> None:
    """[FILE2] [FILE3] Told to all once it is whole, with who brought it; it goes on where it was cut off."""
    async with stand() as place:
        made = await place.workshop()
        ana, ben = await place.join(made), await place.join(made, name="Ben")
        line = await place.live(ben)
        body = docx(filler=limits.CHUNK_BYTES * 2)
        first = await begin(place, ana, len(body), title="Plan.docx")
        assert (first.status_code, first.json()["offset"], first.json()["chunk"]) == (201, 0, limits.CHUNK_BYTES)
        step = limits.CHUNK_BYTES
        assert (await piece(place, ana, 0, body[:step])).json()["offset"] == step
        for offset in (0, step - 1, len(body)):
            assert (await piece(place, ana, offset, b"x")).json()["code"] == "stale"
        for wrong in ("", "-1", "x", "9" * 16):
            assert (await piece(place, ana, wrong, b"x")).json()["code"] == "invalid"
        assert (await piece(place, ana, step, body[step : step * 2 + 1])).json()["code"] == "too_large"
        again = await begin(place, ana, len(body), title="Plan.docx")
        assert (again.status_code, again.json()["offset"]) == (201, step)
        assert (await get(place, ana)).json()["code"] == "not_found"
        assert (await get(place, ana, part="/coming")).json()["offset"] == step
        offset = step
        while offset < len(body):
            offset = (await piece(place, ana, offset, body[offset : offset + step])).json()["offset"]
        told = await brought(line)
        assert (told["title"], told["by"], told["size"]) == ("Plan.docx", ana["person"], len(body))
        assert (await get(place, ben)).content == body
        assert (await get(place, ana, part="/coming")).json()["done"]
        assert (await piece(place, ana, len(body), b"")).json()["code"] == "not_found"


async def test_nobody_elses() -> None:
    """[FILE2] Whoever did not begin it brings nothing, asks nothing, ends nothing; a projector begins none."""
    async with stand() as place:
        made = await place.workshop()
        ana, ben = await place.join(made), await place.join(made, name="Ben")
        screen, other = await place.join(made, "projector"), await place.join(await place.workshop("Other"))
        await begin(place, ana, len(PNG))
        path = f"/api/workshops/{made['id']}/files/f1"
        assert (await piece(place, ben, 0, PNG)).json()["code"] == "not_found"
        assert (await ask(place, "DELETE", path, ben["token"])).json()["code"] == "not_found"
        assert (await ask(place, "PUT", f"{path}/small", ben["token"], content=jpeg())).json()["code"] == "not_found"
        assert (await get(place, ben, part="/coming")).json()["code"] == "not_found"
        assert (await begin(place, ben, len(PNG))).json()["code"] == "exists"
        assert (await begin(place, screen, len(PNG), "f2")).json()["code"] == "forbidden"
        assert (await ask(place, "PATCH", path, other["token"], content=PNG)).json()["code"] == "bad_token"
        assert (await ask(place, "DELETE", path, ana["token"])).status_code == 204
        assert await place.house.uploads.store.found(f"{made['id']}/") == []  # type: ignore[union-attr]


async def test_refused_before_anything_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """[FILE1] [FILE2] As the file itself would be."""
    monkeypatch.setattr(limits, "FILE_BYTES", 1_000)
    monkeypatch.setattr(limits, "FILES_BYTES", 1_200)
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        assert (await begin(place, ana, 1_001)).json()["code"] == "file_size"
        assert (await begin(place, ana, 0)).status_code == 400
        assert (await begin(place, ana, 5, note="gone")).json()["code"] == "not_found"
        await bring(place, ana)
        await begin(place, ana, 1_000, "f2")
        await piece(place, ana, 0, b"x" * 999, "f2")
        refused = await begin(place, ana, 200, "f3")
        assert (refused.status_code, refused.json()["code"]) == (413, "file_space")
        await place.live(boss)
        line = await place.live(boss)
        await line.do(do="person.mute", person=ana["person"], muted=True)
        assert (await begin(place, ana, 5, "f4")).json()["code"] == "muted"
        assert (await piece(place, ana, 999, b"x", "f2")).status_code >= 400


async def test_of_no_kind() -> None:
    """[FILE3] [FILE4] What could run is not taken, whatever it is called; nothing of it is left."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        body = b"<!doctype html><script>alert(1)</script>"
        await begin(place, ana, len(body), title="a.html")
        answer = await piece(place, ana, 0, body)
        assert (answer.status_code, answer.json()["code"]) == (415, "file_kind")
        assert await place.house.uploads.store.firsts() == []  # type: ignore[union-attr]
        assert (await get(place, ana)).json()["code"] == "not_found"


async def test_given_out_safely() -> None:
    """[FILE5] Runs nowhere, is kept nowhere, and comes in part where one part is asked for."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        text = "<script>alert(1)</script> Grüße".encode()
        await bring(place, ana, text, "t", title="a.txt")
        await bring(place, ana, PNG, "p", title="Foto «uno».html")
        given = await get(place, ana, "t")
        assert given.content == text
        assert given.headers["content-disposition"] == "attachment; filename*=UTF-8''a.txt"
        assert given.headers["content-type"] == "text/plain; charset=utf-8"
        shown = await get(place, ana, "p")
        assert shown.headers["content-disposition"] == "inline; filename*=UTF-8''Foto%20%C2%ABuno%C2%BB.html.png"
        for answer in (given, shown):
            assert "sandbox" in answer.headers["content-security-policy"]
            assert "script-src" not in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"] == "private, no-store"
        for asked, start, end in (("bytes=2-5", 2, 6), ("bytes=5-", 5, None)):
            part = await get(place, ana, "t", range=asked)
            assert (part.status_code, part.content) == (206, text[start:end])
        part = await get(place, ana, "t", range="bytes=-4")
        assert part.content == text[-4:]
        assert part.headers["content-range"] == f"bytes {len(text) - 4}-{len(text) - 1}/{len(text)}"
        for asked in ("bytes=0-1,3-4", "bytes=900-", "bytes=5-2", "bytes=-", "lines=1-2"):
            assert (await get(place, ana, "t", range=asked)).content == text


async def test_to_who_may_see_it() -> None:
    """[GIVE5] [FILE6] With the note it was brought to; a ticket opens no more than its holder may see by then."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        ben, screen = await place.join(made, name="Ben"), await place.join(made, "projector")
        note = await _note(place, boss, ana)
        await bring(place, ana, note=note)
        path = f"/api/workshops/{made['id']}/files/f1"
        tickets = {
            who["token"]: (await ask(place, "POST", f"{path}/ticket", who["token"])).json()["ticket"]
            for who in (boss, ana, ben, screen)
        }
        for who in (boss, ana, ben, screen):
            assert (await get(place, who)).content == PNG
            assert (await ask(place, "GET", f"{path}?ticket={tickets[who['token']]}", None)).content == PNG
        line = await place.live(boss, "again")
        await line.do(do="note.aside", id=note, on=True)
        for who in (ben, screen):
            assert (await get(place, who)).status_code == 404
            assert (await ask(place, "POST", f"{path}/ticket", who["token"])).status_code == 404
            assert (await ask(place, "GET", f"{path}?ticket={tickets[who['token']]}", None)).status_code == 404
        for who in (boss, ana):
            assert (await get(place, who)).content == PNG
        assert (await ask(place, "GET", path, None)).json()["code"] == "bad_token"


async def _note(place: Stand, boss: dict[str, Any], ana: dict[str, Any]) -> str:
    """Ana's note on the first board; its id."""
    lead, line = await place.live(boss), await place.live(ana)
    records = line.frames[0]["records"]
    section = next(record["id"] for record in records if record["kind"] == "section")
    issue = next(record["id"] for record in records if record["kind"] == "issue")
    assert (await lead.do(do="issue.choose", ids=[issue]))["type"] == "done"
    made = await line.do(do="note.add", id="n1", board=issue, section=section, rank="a0", text="Words")
    assert made["type"] == "done"
    return "n1"


async def test_tickets() -> None:
    """[FILE6] For this file, of this workshop, for ten minutes; and no token is one."""
    async with stand() as place:
        made = await place.workshop()
        ana, other = await place.join(made), await place.join(await place.workshop("Other"))
        for id_ in ("f1", "f2"):
            await bring(place, ana, id_=id_)
        path = f"/api/workshops/{made['id']}/files/"
        mine = (await ask(place, "POST", f"{path}f1/ticket", ana["token"])).json()["ticket"]
        elsewhere = f"/api/workshops/{other['workshop']}/files/f1"
        for address in (f"{path}f2?ticket={mine}", f"{path}f1?ticket={ana['token']}", f"{elsewhere}?ticket={mine}"):
            assert (await ask(place, "GET", address, None)).json()["code"] == "bad_token"
        assert (await get(place, {**ana, "token": mine})).json()["code"] == "bad_token"
        place.times.wall += giving.TICKET_MS
        assert (await ask(place, "GET", f"{path}f1?ticket={mine}", None)).status_code == 200
        place.times.wall += 1
        assert (await ask(place, "GET", f"{path}f1?ticket={mine}", None)).json()["code"] == "bad_token"


async def test_small_pictures() -> None:
    """[FILE10]."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        path = f"/api/workshops/{ana['workshop']}/files/f1/small"
        await begin(place, ana, len(PNG))
        assert (await ask(place, "PUT", path, ana["token"], content=PNG)).json()["code"] == "file_kind"
        assert (await ask(place, "PUT", path, ana["token"], content=jpeg())).status_code == 204
        await piece(place, ana, 0, PNG)
        assert (await get(place, ana, part="/small")).content == jpeg()
        await bring(place, ana, id_="f2")
        assert (await get(place, ana, "f2", "/small")).json()["code"] == "not_found"


async def test_two_instances(tmp_path: Path) -> None:
    """[FILE2] [FILE7] A file that was begun at one comes on at the other, and is given out by both."""
    log = MemoryLog()
    async with stand(log, files=str(tmp_path)) as one, stand(log, files=str(tmp_path)) as other:
        ana = await one.join(await one.workshop())
        await begin(one, ana, len(PNG))
        await piece(one, ana, 0, PNG[:20])
        assert (await piece(other, ana, 20, PNG[20:])).json()["done"]
        for place in (one, other):
            assert (await get(place, ana)).content == PNG


async def test_asked_twice_at_once() -> None:
    """[FILE3] The last piece, sent twice: the file is there once, and whole."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        await begin(place, ana, len(PNG))
        await piece(place, ana, 0, PNG[:20])
        await asyncio.gather(*(piece(place, ana, 20, PNG[20:]) for _ in range(5)))
        assert (await get(place, ana, part="/coming")).json()["done"]
        assert (await get(place, ana)).content == PNG


async def test_no_files_here() -> None:
    """[FILE7] Instances that share a store and have no place for files say so."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        place.house.uploads = None
        assert (await begin(place, ana, 5)).json()["code"] == "no_files"
        assert (await get(place, ana)).json()["code"] == "no_files"


async def test_not_too_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """[FILE2] What is held in memory is bounded; on their way are at most so many."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        await begin(place, ana, len(PNG))
        monkeypatch.setattr(taking, "PIECES", 0)
        assert (await piece(place, ana, 0, PNG)).json()["code"] == "busy"
        monkeypatch.setattr(limits, "UPLOADS", 1)
        assert (await begin(place, ana, 5, "f2")).json()["code"] == "busy"


async def test_gone_with_the_workshop(tmp_path: Path) -> None:
    """[FILE9] [GONE3] What was brought and what was on its way, before the answer; others' stay."""
    async with stand(files=str(tmp_path / "files")) as place:
        made = await place.workshop("Ours")
        boss, other = await place.join(made, "facilitator"), await place.join(await place.workshop("Theirs"))
        for who in (boss, other):
            await bring(place, who)
        await begin(place, boss, 9, "f2")
        path = f"/api/workshops/{made['id']}"
        answer = await ask(place, "DELETE", path, boss["token"], content=b'{"title": "Ours"}')
        assert answer.status_code == 204
        assert [each.name for each in (tmp_path / "files").iterdir()] == [other["workshop"]]
        assert (await get(place, boss)).status_code == 410
        assert (await piece(place, boss, 0, b"x" * 9, "f2")).status_code == 410


async def test_gone_after_its_days(tmp_path: Path) -> None:
    """[FILE9] [KEEP1] With the workshop that was kept long enough."""
    async with stand(files=str(tmp_path), retention_days=5) as place:
        ana = await place.join(await place.workshop())
        await bring(place, ana)
        place.times.wall += 6 * 86_400_000
        assert await place.house.retention.sweep() == [ana["workshop"]]
        assert list(tmp_path.iterdir()) == []


async def test_left_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[FILE8] [FILE9] What a store that was away kept, and what was taken away, goes when it is looked for."""
    async with stand(files=str(tmp_path)) as place:
        made = await place.workshop("Ours")
        boss, other = await place.join(made, "facilitator"), await place.join(await place.workshop("Theirs"))
        files = place.house.uploads.store  # type: ignore[union-attr]
        await bring(place, boss)
        for id_ in ("f1", "f2"):
            await bring(place, other, id_=id_)
        line = await place.live(other)
        await line.do(do="contribution.drop", id="f2")
        await files.put("nowhere/kept/a", b"of a workshop that a store lost")

        async def away(_first: str) -> None:
            raise FilesError("away")

        with monkeypatch.context() as patch:
            patch.setattr(files, "forget", away)
            path = f"/api/workshops/{made['id']}"
            answer = await ask(place, "DELETE", path, boss["token"], content=b'{"title": "Ours"}')
            assert answer.status_code == 503
        tidying = Tidying(place.log, files)
        await tidying.sweep()
        assert await files.firsts() == sorted(["nowhere", other["workshop"]])
        assert len(await files.found(f"{other['workshop']}/")) == 2
        await tidying.sweep(datetime.now(UTC) + timedelta(days=2))
        assert len(await files.found(f"{other['workshop']}/")) == 1
        assert (await get(place, other)).content == PNG
        assert await files.found("nowhere/") != []


async def test_retention_without_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[FILE9] The workshop is gone all the same."""
    async with stand(files=str(tmp_path)) as place:
        await bring(place, await place.join(await place.workshop()))
        files = place.house.uploads.store  # type: ignore[union-attr]

        async def away(_first: str) -> None:
            raise FilesError("away")

        monkeypatch.setattr(files, "forget", away)
        place.times.wall += 6 * 86_400_000
        assert len(await Retention(place.log, 5, files).sweep()) == 1


async def test_deleted_from_the_command_line(tmp_path: Path) -> None:
    """[FILE9] [GONE9] Beside the store's file, too."""
    store = tmp_path / "a.db"
    async with stand(SqliteLog(store), files=f"{store}.files") as place:
        ana = await place.join(await place.workshop())
        await bring(place, ana)
    assert (tmp_path / "a.db.files" / ana["workshop"]).is_dir()
    arguments = ["delete", ana["workshop"], "--store", str(store), "--yes"]
    done = await asyncio.to_thread(CliRunner().invoke, app, arguments)
    assert done.exit_code == 0, done.output
    assert list((tmp_path / "a.db.files").iterdir()) == []
