"""`plenary delete`, and what the other commands say of what was deleted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from protocol.entries import EMPTY
from server.__main__ import app
from server.log.base import Gone
from server.log.opening import opened
from server.workshop.pointing import pointing_to
from tests.exports.test_exports import log as written

from .test_copy import fill, held

if TYPE_CHECKING:
    from pathlib import Path

run = CliRunner()


def ran(*arguments: str, says: str | None = None) -> Result:
    """Run a command."""
    return run.invoke(app, [*arguments], input=says)


async def _founded(store: str) -> None:
    log = await opened(store)
    await log.append("w", [entry.draft for entry in written("one", "two")], EMPTY)
    await log.append("other", [pointing_to("w")], EMPTY)
    await log.close()


async def _names(store: str) -> tuple[list[str], list[str]]:
    log = await opened(store)
    found = await log.workshops(), await log.forgotten()
    await log.close()
    return found


def test_asked_first(tmp_path: Path) -> None:
    """[GONE9] By its id or a code, after a question; twice is told plainly."""
    store = str(tmp_path / "a.db")
    asyncio.run(_founded(store))
    no = ran("delete", "OTHER", "--store", store, says="n\n")
    assert no.exit_code == 1
    assert "for ever?" in no.output
    assert asyncio.run(_names(store)) == (["other", "w"], [])
    yes = ran("delete", "OTHER", "--store", store, says="y\n")
    assert yes.exit_code == 0
    assert "was deleted" in yes.output
    names, gone = asyncio.run(_names(store))
    assert "w" in gone
    assert "w" not in names
    for command in (["delete", "w", "--yes"], ["export", "w"], ["verify", "w"]):
        done = ran(*command, "--store", store)
        assert (done.exit_code, "was deleted" in done.output) == (1, True)
    assert "no such workshop" in ran("delete", "never", "--store", store).output
    assert ran("delete", "w", "--store", str(tmp_path / "no.db")).exit_code == 2


def test_copying_what_was_deleted(tmp_path: Path) -> None:
    """[GONE9] One: told plainly. All: the target never makes it, and what it holds or deleted itself stays so."""
    a, b, c = (str(tmp_path / name) for name in ("a.db", "b.db", "c.db"))
    for name in ("one", "two"):
        asyncio.run(fill(a, name, 2))
    assert ran("copy", a, c).exit_code == 0
    assert ran("delete", "one", "--yes", "--store", a).exit_code == 0
    alone = ran("copy", a, b, "one")
    assert (alone.exit_code, "was deleted" in alone.output) == (1, True)
    assert ran("copy", a, b).exit_code == 0
    assert asyncio.run(_names(b)) == (["two"], ["one"])
    kept = ran("copy", a, c)
    assert (kept.exit_code, "still held" in kept.output) == (0, True)
    assert len(asyncio.run(held(c, "one"))[0]) == 4
    back = ran("copy", c, a)
    assert (back.exit_code, "left so" in back.output) == (1, True)
    with pytest.raises(Gone):
        asyncio.run(held(a, "one"))
