"""A bundle: a workshop and its files go into another store together, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from protocol.changes import Put
from protocol.entries import EMPTY
from protocol.records import Contribution
from server.__main__ import app
from server.exports.archive import archive, folded
from server.files.opening import beside
from server.files.store import Store
from server.log.opening import opened
from server.web.bundles import opened_bundle
from server.workshop.refused import Corrupt
from tests.cli.test_import import behind, brought, held
from tests.exports.test_exports import log
from tests.log.redis_server import redis_server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from protocol.entries import Entry

run = CliRunner()
PAPER = b"%PDF-1.7 " + bytes(range(256)) * 4_000
"""Longer than is read at once."""
PHOTO, SMALL = b"\xff\xd8\xff photo", b"\xff\xd8\xff small"
BODIES = {"files/b1": PAPER, "files/b2": PHOTO, "files/b2.small": SMALL}


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def given() -> list[Entry]:
    """A workshop with a link and two files, of which one is a picture."""
    links = Contribution(id="c0", title="The data", url="https://example.org/", by=None, at=1)
    paper = Contribution(
        id="c1",
        title="Paper.pdf",
        blob="b1",
        media="application/pdf",
        size=len(PAPER),
        sha256=sha(PAPER),
        by=None,
        at=1,
    )
    photo = Contribution(
        id="c2", title="Wall.jpg", blob="b2", media="image/jpeg", size=len(PHOTO), sha256=sha(PHOTO), small=sha(SMALL),
        note="n0", by=None, at=1,
    )  # fmt: skip
    return behind(log("one"), Put(record=links), Put(record=paper), Put(record=photo))


def zipped(bodies: dict[str, bytes], entries: list[Entry] | None = None, how: int = zipfile.ZIP_STORED) -> bytes:
    """A bundle of this workshop with these files."""
    out, there = io.BytesIO(), entries or given()
    with zipfile.ZipFile(out, "w", how) as made:
        made.writestr("archive.json", json.dumps(archive(folded(there), None, there)))
        for name, body in bodies.items():
            made.writestr(name, body)
    return out.getvalue()


async def laid(store: str) -> None:
    """The workshop in a store, and its files beside it."""
    there = await opened(store)
    await there.plant("w", given())
    await there.close()
    files = Store(beside(store))
    for name, body in BODIES.items():
        await files.put(name.replace("files/", "w/kept/"), body)


async def files_in(place: str) -> dict[str, bytes]:
    """All files there, by the names that they have in a bundle."""
    files = Store(place)
    names = [each.name for each in await files.found("w/")]
    return {name.replace("w/kept/", "files/"): await files.whole(name) for name in names}


def test_there_and_back(tmp_path: Path) -> None:
    """[ARCH8] Into another file and into Redis: the same log, the same digest, the same files; twice does nothing."""
    store, out = str(tmp_path / "one.db"), tmp_path / "w.zip"
    asyncio.run(laid(store))
    taken = run.invoke(app, ["export", "w", "--store", store, "--format", "zip", "--out", str(out)])
    assert taken.exit_code == 0, taken.output
    assert not list(tmp_path.glob("*.part"))
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as redis:
        for other, place in (
            (str(tmp_path / "two.db"), beside(str(tmp_path / "two.db"))),
            (redis.url, str(tmp_path / "f")),
        ):
            for _ in range(2):
                done = brought(out, other, **({"PLENARY_FILES": place} if other == redis.url else {}))
                assert done.exit_code == 0, done.output
                assert folded(given()).digest() in done.output
                assert asyncio.run(held(other)) == given()
                assert asyncio.run(files_in(place)) == BODIES


def test_repacked(tmp_path: Path) -> None:
    """[ARCH8] Whoever looked into it and packed it again, compressed, loses nothing."""
    (tmp_path / "w.zip").write_bytes(zipped(BODIES, how=zipfile.ZIP_DEFLATED))
    assert brought(tmp_path / "w.zip", tmp_path / "s.db").exit_code == 0
    assert asyncio.run(files_in(beside(str(tmp_path / "s.db")))) == BODIES


HOSTILE: dict[str, Callable[[], bytes]] = {
    "cut off": lambda: zipped(BODIES)[:-200],
    "a bit turned": lambda: zipped(BODIES).replace(b"%PDF-1.7", b"%PDF-1.6"),
    "another file": lambda: zipped({**BODIES, "files/b1": b"%PDF-1.6" + PAPER[8:]}),
    "one too few": lambda: zipped({"files/b1": PAPER, "files/b2": PHOTO}),
    "one too many": lambda: zipped({**BODIES, "files/b3": b"x"}),
    "out of its folder": lambda: zipped({**BODIES, "../../etc/passwd": b"x"}),
    "a bomb": lambda: zipped({**BODIES, "files/b2.small": bytes(200_000_000)}, how=zipfile.ZIP_DEFLATED),
    "no archive": lambda: zipped(BODIES).replace(b"archive.json", b"archive.jsom"),
    "a forged log": lambda: zipped(BODIES).replace(b"Paper.pdf", b"Paber.pdf"),
    "a directory without end": lambda: zipped({**BODIES, **{f"files/{n}": b"" for n in range(20_000)}}),
    "a directory elsewhere": lambda: zipped(BODIES)[:-22] + b"PK\x06\x07" + bytes(16) + zipped(BODIES)[-22:],
    "no ZIP but for its beginning": lambda: b"PK\x03\x04" + bytes(99),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_refused_whole(tmp_path: Path, how: str) -> None:
    """[ARCH8] [ARCH5] In plain words; neither the log nor a file of it is there."""
    file, store = tmp_path / "w.zip", str(tmp_path / "s.db")
    file.write_bytes(HOSTILE[how]())
    done = brought(file, store)
    assert done.exit_code == 1, done.output
    assert "Traceback" not in done.output
    assert asyncio.run(held(store)) == []
    assert asyncio.run(files_in(beside(store))) == {}


@pytest.mark.parametrize("how", ["a directory without end", "a directory elsewhere"])
def test_a_directory_is_not_read_whole(tmp_path: Path, how: str) -> None:
    """[ARCH8] One that is longer than a workshop's is refused before it is read."""
    (tmp_path / "w.zip").write_bytes(HOSTILE[how]())
    with pytest.raises(Corrupt, match="its directory is longer"), opened_bundle(tmp_path / "w.zip"):
        pass


def test_what_the_store_refuses_leaves_no_files(tmp_path: Path) -> None:
    """[ARCH8] [ARCH6] It holds another workshop of that id."""
    file, store = tmp_path / "w.zip", str(tmp_path / "s.db")

    async def other() -> None:
        there = await opened(store)
        await there.plant("w", log("another"))
        await there.close()

    asyncio.run(other())
    file.write_bytes(zipped(BODIES))
    done = brought(file, store)
    assert done.exit_code == 1
    assert "another workshop" in done.output
    assert asyncio.run(held(store)) == log("another")
    assert asyncio.run(files_in(beside(store))) == {}


def test_a_file_that_is_not_as_the_log_knows_it(tmp_path: Path) -> None:
    """[ARCH8] No bundle is written; the archive without files still is."""
    store, out = str(tmp_path / "one.db"), tmp_path / "w.zip"
    asyncio.run(laid(store))
    asyncio.run(Store(beside(store)).put("w/kept/b1", b"else"))
    taken = run.invoke(app, ["export", "w", "--store", store, "--format", "zip", "--out", str(out)])
    assert (taken.exit_code, out.exists()) == (1, False)
    assert "w/kept/b1 is damaged" in taken.output
    asyncio.run(Store(beside(store)).delete("w/kept/b1"))
    assert (
        "is not there"
        in run.invoke(app, ["export", "w", "--store", store, "--format", "zip", "--out", str(out)]).output
    )
    plain = run.invoke(app, ["export", "w", "--store", store, "--out", str(tmp_path / "w.json")])
    assert plain.exit_code == 0
    without = brought(tmp_path / "w.json", tmp_path / "two.db")
    assert "2 are not there" in without.output
    assert EMPTY not in {entry.head for entry in asyncio.run(held(str(tmp_path / "two.db")))}


def test_copied(tmp_path: Path) -> None:
    """[ARCH10] With the log go the files, each proved; again does nothing; where they lie elsewhere it is said."""
    store, other, third = (str(tmp_path / name) for name in ("one.db", "two.db", "three.db"))
    asyncio.run(laid(store))
    for _ in range(2):
        done = run.invoke(app, ["copy", store, other])
        assert done.exit_code == 0, done.output
        assert "2 files" in done.output
        assert asyncio.run(held(other)) == given()
        assert asyncio.run(files_in(beside(other))) == BODIES
    elsewhere = str(tmp_path / "elsewhere")
    done = run.invoke(app, ["copy", other, third, "--target-files", elsewhere])
    assert (done.exit_code, asyncio.run(files_in(elsewhere))) == (0, BODIES), done.output


@pytest.mark.parametrize("body", [b"else", None], ids=["damaged", "missing"])
def test_copied_only_with_all_files(tmp_path: Path, body: bytes | None) -> None:
    """[ARCH10] A file that is not as the log knows it: the workshop is not copied, unless without any."""
    store, other = str(tmp_path / "one.db"), str(tmp_path / "two.db")
    asyncio.run(laid(store))
    files = Store(beside(store))
    asyncio.run(files.put("w/kept/b1", body) if body else files.delete("w/kept/b1"))
    done = run.invoke(app, ["copy", store, other])
    assert done.exit_code == 1
    assert "w/kept/b1" in done.output
    assert "--without-files" in done.output
    assert asyncio.run(held(other)) == []
    assert "files/b1" not in asyncio.run(files_in(beside(other)))
    done = run.invoke(app, ["copy", store, other, "--without-files"])
    assert (done.exit_code, asyncio.run(held(other))) == (0, given()), done.output
