"""`plenary export`, straight from a store: a document has its pictures."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from protocol.changes import Put
from protocol.records import Contribution, Paper
from server.__main__ import app
from server.files.opening import beside
from server.files.store import Store
from server.log.opening import opened
from tests.cli.test_import import behind
from tests.exports.test_exports import log
from tests.files.samples import PHOTO
from tests.workshop.writing import Writer

if TYPE_CHECKING:
    from pathlib import Path

run = CliRunner()


async def laid(store: str) -> None:
    """A workshop whose paper shows a picture, and its file beside the store."""
    writer = Writer(1)
    writer.paragraph("Before")
    writer.picture("c1", "A wall", "At noon")
    base = base64.b64encode(writer.document.get_update()).decode()
    photo = Contribution(
        id="c1", title="Our wall.jpg", blob="b1", media="image/jpeg", size=len(PHOTO),
        sha256=hashlib.sha256(PHOTO).hexdigest(), by=None, at=1,
    )  # fmt: skip
    paper = Paper(id="paper", base=base, target=800, by=None, at=1)
    there = await opened(store)
    await there.plant("w", behind(log("one"), Put(record=photo), Put(record=paper)))
    await there.close()
    await Store(beside(store)).put("w/kept/b1", PHOTO)


def test_with_its_pictures(tmp_path: Path) -> None:
    """[PICTURE3] Those that everybody may see; in Markdown by their names."""
    store = str(tmp_path / "one.db")
    asyncio.run(laid(store))
    for kind, found in (("html", base64.b64encode(PHOTO)), ("md", b"![A wall](<files/Our%20wall.jpg>)")):
        out = tmp_path / f"paper.{kind}"
        done = run.invoke(app, ["export", "w", "--store", store, "--format", kind, "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert found in out.read_bytes()
