"""`plenary verify` and `plenary export`, as a person runs them."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from protocol.base import Place, Role
from protocol.changes import Put
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Ballot, Person
from server.__main__ import app
from server.exports.archive import archive, folded
from server.log.sqlite import SqliteLog
from tests.exports.test_exports import log, whole

if TYPE_CHECKING:
    from pathlib import Path

run = CliRunner()


def test_good_archive(tmp_path: Path) -> None:
    """[ARCH2] All is well, and it says the digest."""
    (tmp_path / "a.json").write_bytes(whole("one"))
    result = run.invoke(app, ["verify", str(tmp_path / "a.json")])
    assert result.exit_code == 0
    assert "all is well" in result.output


def test_flipped_byte(tmp_path: Path) -> None:
    """[ARCH2] One changed letter is found, with its entry, and exit code 1."""
    (tmp_path / "a.json").write_bytes(whole("one", "two").replace(b'"one"', b'"onE"'))
    result = run.invoke(app, ["verify", str(tmp_path / "a.json")])
    assert result.exit_code == 1
    assert "entry 3 is not as it was written" in result.output


def test_broken_invariant(tmp_path: Path) -> None:
    """[ARCH2] A log whose hashes are right but whose dots are not is found too."""
    entries = log("one")
    person = Person(id="p", name="P", role=Role.PARTICIPANT, place=Place.ROOM, joined=1)
    ballot = Ballot(id="step-2.p.issue-0", round="step-2", person="p", target="issue-0", dots=1)
    changes = (Put(record=person), Put(record=ballot))
    entries.append(Entry.after(entries[-1].head, 9, Draft(by="p", client="s", n=9, name="x", changes=changes)))
    (tmp_path / "a.json").write_text(json.dumps(archive(folded(entries), None, entries)))
    result = run.invoke(app, ["verify", str(tmp_path / "a.json")])
    assert result.exit_code == 1
    assert "VOTE5" in result.output


def test_store(tmp_path: Path) -> None:
    """[ARCH1] [ARCH2] A store is verified and exported; the export verifies too."""
    asyncio.run(_fill(tmp_path / "s.db"))
    assert run.invoke(app, ["verify", str(tmp_path / "s.db")]).exit_code == 0
    out = tmp_path / "w.json"
    assert run.invoke(app, ["export", "W", "--store", str(tmp_path / "s.db"), "--out", str(out)]).exit_code == 0
    assert run.invoke(app, ["verify", str(out)]).exit_code == 0
    paper = run.invoke(app, ["export", "w", "--store", str(tmp_path / "s.db"), "--format", "md"])
    assert "Accountability for performance" in paper.output
    assert run.invoke(app, ["export", "nope", "--store", str(tmp_path / "s.db")]).exit_code == 1


async def _fill(file: Path) -> None:
    store = SqliteLog(file)
    drafts = [Draft(**{k: getattr(e, k) for k in Draft.model_fields}) for e in log("one", "two")]
    await store.append("w", drafts, EMPTY)
    await store.close()
