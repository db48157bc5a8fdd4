"""One suite for every store of files, and for what comes into them."""

from __future__ import annotations

import hashlib
import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from server.files.opening import beside, files_of
from server.files.store import FilesError, Missing, Store
from server.files.uploads import Elsewhere, Unfit, Upload, Uploads, kept, new_blob, small
from tests.files.samples import PNG, docx, jpeg

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


S3 = os.environ.get("PLENARY_TEST_S3")
"""A bucket of a store that speaks S3 (`s3://BUCKET`), which is to pass the suite too; each test has its own place."""


@pytest.fixture(params=["folder", "memory", *(["s3"] if S3 else [])])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    places = {"folder": str(tmp_path / "there" / "files"), "memory": "memory://", "s3": f"{S3}/{secrets.token_hex(8)}"}
    return places[request.param]


@pytest.fixture
def store(address: str) -> Store:
    return Store(address)


def upload(size: int, id_: str = "u1", title: str = "a.png") -> Upload:
    return Upload(id=id_, title=title, size=size, by="ann", blob=new_blob())


async def sent(uploads: Uploads, body: bytes, each: Upload, chunk: int = 20) -> None:
    """All of it, in pieces."""
    each = await uploads.begin("w", each)
    for start in range(0, len(body), chunk):
        await uploads.take("w", each, start, body[start : start + chunk])


async def test_objects(store: Store) -> None:
    """[FILE7] Put, read in whole and in part, found by what their names begin with, deleted."""
    assert (await store.found("w/"), await store.firsts()) == ([], [])
    await store.put("w/kept/a", b"abcdef")
    await store.put("wx/kept/a", b"other")
    assert await store.whole("w/kept/a") == b"abcdef"
    assert b"".join([part async for part in store.get("w/kept/a", 2, 5)]) == b"cde"
    assert [(each.name, each.size) for each in await store.found("w/")] == [("w/kept/a", 6)]
    assert await store.firsts() == ["w", "wx"]
    await store.put("w/kept/a", b"again")
    assert await store.whole("w/kept/a") == b"again"
    await store.delete("w/kept/a", "w/kept/never")
    await store.delete()
    with pytest.raises(Missing):
        await store.whole("w/kept/a")
    assert await store.firsts() == ["wx"]


async def test_whole_or_not_at_all(store: Store) -> None:
    """[FILE7] What breaks off while it is written is not there, and what was there stays."""

    async def breaking() -> AsyncIterator[bytes]:
        yield b"x" * 100
        raise Elsewhere(3)

    await store.put("w/kept/b", b"before")
    for name in ("w/kept/a", "w/kept/b"):
        with pytest.raises(Elsewhere):
            await store.put(name, breaking())
    assert [each.name for each in await store.found("w/")] == ["w/kept/b"]
    assert await store.whole("w/kept/b") == b"before"


async def test_forgotten(store: Store) -> None:
    """[FILE9] Nothing of a workshop is left, not even a folder; others stay."""
    for name in ("w/kept/a", "w/coming/u/about", "w/coming/u/000000000000", "v/kept/a"):
        await store.put(name, b"x")
    await store.forget("w")
    await store.forget("w")
    assert (await store.firsts(), await store.found("w/")) == (["v"], [])


async def test_on_a_disk(tmp_path: Path) -> None:
    """[FILE7] [FILE9] Nothing is made before it is needed; emptied, no folder of it is left."""
    store = Store(str(tmp_path / "files"))
    await store.forget("w")
    assert await store.firsts() == []
    assert list(tmp_path.iterdir()) == []
    await store.put("w/coming/u/about", b"x")
    await store.forget("w")
    assert list((tmp_path / "files").iterdir()) == []


async def test_a_store_that_cannot(tmp_path: Path) -> None:
    """[FILE7] In its own words."""
    (tmp_path / "files").write_text("a file where the folder should be")
    with pytest.raises(FilesError):
        await Store(str(tmp_path / "files")).put("w/kept/a", b"x")


def test_which() -> None:
    """[FILE7] Beside the store's file, as set, or nowhere."""
    assert beside("plenary.db") == "plenary.db.files"
    assert files_of("", "redis://localhost", shared=True) is None
    assert files_of("memory://", "redis://localhost", shared=True) is not None
    assert files_of("", "plenary.db", shared=False) is not None


async def test_in_pieces(store: Store, address: str) -> None:
    """[FILE2] [FILE3] It goes on where it was, at another instance too; each piece in its place."""
    body = docx("word/media/" + "a" * 90)
    mine, uploads = upload(len(body), title="a.docx"), Uploads(store)
    assert await uploads.begin("w", mine) == mine
    assert await uploads.begin("w", upload(5)) == mine
    assert await uploads.take("w", mine, 0, body[:100]) == 100
    for offset in (0, 99, 101):
        with pytest.raises(Elsewhere) as other:
            await uploads.take("w", mine, offset, b"x")
        assert other.value.offset == 100
    other_one = Uploads(Store(address)) if address != "memory://" else uploads
    assert await other_one.known("w", "u1") == mine
    assert await other_one.offset("w", "u1") == 100
    with pytest.raises(Elsewhere):
        await other_one.take("w", mine, 100, body)
    assert await other_one.take("w", mine, 100, body[100:]) == len(body)
    assert await other_one.take("w", mine, len(body), b"") == len(body)
    whole = await uploads.finish("w", mine)
    assert (whole.sha256, whole.small) == (hashlib.sha256(body).hexdigest(), "")
    assert await store.whole(kept("w", mine.blob)) == body
    await uploads.done("w", mine)
    assert [each.name for each in await store.found("w/")] == [kept("w", mine.blob)]
    with pytest.raises(Elsewhere):
        await uploads.finish("w", mine)
    assert await store.whole(kept("w", mine.blob)) == body


async def test_a_piece_that_came_twice(store: Store) -> None:
    """[FILE2] Of two that overlap the later counts, and what lay behind it is asked for again."""
    uploads, mine = Uploads(store), upload(10)
    await uploads.begin("w", mine)
    await uploads.take("w", mine, 0, b"aaaa")
    await uploads.take("w", mine, 4, b"bb")
    await store.put("w/coming/u1/000000000000", b"aaa")
    assert await uploads.offset("w", "u1") == 3
    await uploads.take("w", mine, 3, b"a")
    assert await uploads.offset("w", "u1") == 6


async def test_of_no_kind(store: Store) -> None:
    """[FILE3] [FILE4] Nothing is left of it."""
    uploads, mine = Uploads(store), upload(6)
    await sent(uploads, b"\x00hello", mine)
    with pytest.raises(Unfit):
        await uploads.finish("w", mine)
    assert await store.found("w/") == []


async def test_with_a_small_picture(store: Store) -> None:
    """[FILE10]."""
    uploads, mine, picture = Uploads(store), upload(len(PNG)), jpeg(640, 400)
    await uploads.begin("w", mine)
    for body in (PNG, jpeg(700, 2), picture + b"\0" * 70_000):
        with pytest.raises(Unfit):
            await uploads.take_small("w", mine, body)
    await uploads.take_small("w", mine, picture)
    await sent(uploads, PNG, mine)
    whole = await uploads.finish("w", mine)
    assert whole.small == hashlib.sha256(picture).hexdigest()
    assert await store.whole(small("w", mine.blob)) == picture


async def test_swept(store: Store) -> None:
    """[FILE8] What nobody brings on or knows goes once it is older; what is known stays, small picture and all."""
    uploads, known, unknown = Uploads(store), upload(len(PNG), "u1"), upload(len(PNG), "u2")
    for each in (known, unknown):
        await uploads.begin("w", each)
        await uploads.take_small("w", each, jpeg())
        await sent(uploads, PNG, each)
        await uploads.finish("w", each)
        await uploads.done("w", each)
    await sent(uploads, PNG[:30], upload(len(PNG), "u3"))
    now = datetime.now(UTC)
    await uploads.sweep("w", {known.blob}, now - timedelta(minutes=1))
    assert len(await store.found("w/")) == 7
    await uploads.sweep("w", {known.blob}, now + timedelta(minutes=1))
    assert {each.name for each in await store.found("w/")} == {kept("w", known.blob), small("w", known.blob)}
