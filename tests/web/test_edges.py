"""The edges of the shell: bodies, stores, secrets, origins, files."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from protocol import limits
from server.log.base import Snapshot, StoreError
from server.log.memory import MemoryLog
from server.settings import Settings
from server.web import pages
from server.web.tokens import kept_secret

from .stand import stand

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class AwayLog(MemoryLog):
    """A log that can be away when a workshop is to be opened."""

    away = False

    async def load_snapshot(self, workshop: str) -> Snapshot | None:
        """As ever, or not at all."""
        if self.away:
            raise StoreError("away")
        return await super().load_snapshot(workshop)


async def test_body_without_a_length() -> None:
    """[HTTP7] [HTTP1] A body that says no length is counted while it comes, and answered in the same words."""

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(limits.FRAME_BYTES // 5_000 + 1):
            yield b"x" * 5_000

    async with stand() as place, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{place.url}/api/join", content=pieces())
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert answer.headers["content-type"] == "application/problem+json"


async def test_store_away() -> None:
    """[DO4] [HTTP1] Where a workshop cannot be opened now, all are told to come again; nobody that they are wrong."""
    log = AwayLog()
    async with stand(log) as place:
        made = await place.workshop()
        log.away = True
        answer = await place.post("/api/join", {"code": made["code"], "name": "Ana"})
        assert (answer.status_code, answer.json()["code"]) == (503, "store")
        token = place.house.tokens.token
        from server.live.visit import Claims  # noqa: PLC0415

        line = await place.raw()
        claims = Claims(made["id"], None, place.house.tokens.open(made["links"]["projector"].partition("=")[2])[1])
        await line.send({"type": "hello", "token": token(claims), "client": "c"})
        assert await line.closed() == 4003
        assert line.frames[-1]["retry_after"]
        log.away = False
        assert (await place.live(await place.join(made))).frames[0]["type"] == "welcome"
        assert not place.house.failures


async def test_nothing_opens_while_closing() -> None:
    """[BYE1] Who comes while the server closes is told to come again, not that the link is wrong."""
    async with stand() as place:
        made = await place.workshop()
        token = (await place.join(made))["token"]
        await place.house.registry.close()
        line = await place.raw()
        await line.send({"type": "hello", "token": token, "client": "c"})
        assert await line.closed() == 4000
        assert line.frames[-1]["retry_after"]
        assert (await place.post("/api/join", {"code": made["code"], "name": "A"})).json()["code"] == "restart"


def test_secret(tmp_path: Path) -> None:
    """[HTTP3] The secret is kept, is its owner's alone, and one that a crash cut short is not used."""
    store = tmp_path / "plenary.db"
    secret = kept_secret(store)
    assert len(secret) == 64
    assert kept_secret(store) == secret
    file = tmp_path / "plenary.db.secret"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("")
    assert len(kept_secret(store)) == 64
    assert file.stat().st_mode & 0o777 == 0o600


async def test_origin_behind_a_proxy() -> None:
    """[HELLO3] Behind a proxy that renames the host, the public address is our own; no origin breaks the check."""
    async with stand(public_url="https://plenary.example/") as place:
        await place.raw(origin="https://plenary.example")
        for bad in ("https://plenary.example.evil", "http://["):
            with pytest.raises(InvalidStatus, match="403"):
                await place.raw(origin=bad)
    assert Settings(public_url="").origins == ()


async def test_what_browsers_keep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[HTTP6] Only files with a hash in their name are kept for good; without a build there is a plain 404."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/app-1a2b3c.js").write_text("1")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    monkeypatch.setattr(pages, "STATIC", tmp_path)
    async with stand() as place:
        assert (await place.get("/j/ABCDEF")).json()["code"] == "not_found"
        (tmp_path / "index.html").write_text("<html>")
        kept = {
            path: (await place.get(path)).headers["cache-control"]
            for path in ("/assets/app-1a2b3c.js", "/favicon.svg", "/j/A")
        }
        assert "immutable" in kept.pop("/assets/app-1a2b3c.js")
        assert set(kept.values()) == {"no-cache"}


async def test_nothing_is_kept_of_who_is_gone() -> None:
    """[LIMIT4] [JOIN5] What was counted is forgotten when it no longer counts."""
    async with stand() as place:
        ana = await place.live(await place.join(await place.workshop()))
        await ana.do(do="person.rename", name="Ana", place="room")
        await place.post("/api/join", {"code": "wrong", "name": "E"})
        assert place.house.buckets
        assert place.house.failures
        place.times.steady += 61_000
        while place.house.buckets or place.house.failures:
            await asyncio.sleep(0.01)
