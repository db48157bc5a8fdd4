"""`plenary verify` on stores that somebody meddled with, and `plenary export` from a running server."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from protocol.entries import EMPTY, Draft
from server.__main__ import app
from server.exports.archive import archive, folded
from server.log.base import Snapshot
from server.log.sqlite import SqliteLog
from tests.exports.test_exports import log, whole
from tests.log.redis_server import redis_server
from tests.web.stand import stand

run = CliRunner()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with one workshop and a snapshot of its end."""
    file = tmp_path / "s.db"
    asyncio.run(_fill(file))
    return file


async def _fill(file: Path) -> None:
    store = SqliteLog(file)
    drafts = [Draft(**{k: getattr(e, k) for k in Draft.model_fields}) for e in log("one", "two")]
    entries = await store.append("w", drafts, EMPTY)
    state = folded(entries)
    await store.save_snapshot("w", Snapshot(state.head, state.to_bytes()))
    await store.close()


def verified(*arguments: object) -> Result:
    return run.invoke(app, ["verify", *map(str, arguments)])


def test_store_in_redis(store: Path, tmp_path: Path) -> None:
    """[ARCH1] [ARCH2] [LOG22] A workshop copied to a Redis is verified and exported there, digest for digest."""
    (tmp_path / "redis").mkdir()
    with redis_server(tmp_path / "redis") as redis:
        assert run.invoke(app, ["copy", str(store), redis.url]).exit_code == 0
        both = [verified("--store", place) for place in (store, redis.url)]
        assert both[0].exit_code == both[1].exit_code == 0
        assert both[0].output == both[1].output
        taken = [run.invoke(app, ["export", "w", "--store", place]) for place in (str(store), redis.url)]
        assert taken[0].exit_code == 0
        assert taken[0].output == taken[1].output


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("UPDATE entry SET body = replace(body, 'one', 'onE') WHERE seq = 3", "entry 3 is not as it was written"),
        ("UPDATE entry SET body = substr(body, 2) WHERE seq = 2", "holds what it should not"),
        ("DELETE FROM entry WHERE seq = 2", "entry 3 cannot follow 1"),
        ("DELETE FROM entry WHERE seq = 4", "does not hold entry 4"),
        ("UPDATE entry SET seq = CASE seq WHEN 3 THEN 40 ELSE seq END", "cannot follow 2"),
        ("UPDATE snapshot SET body = CAST(replace(body, 'two', 'twO') AS BLOB)", "not what the entries make"),
        ("UPDATE snapshot SET body = CAST('{}' AS BLOB)", "cannot be read"),
    ],
)
def test_spoiled_store(store: Path, spoil: str, said: str) -> None:
    """[ARCH2] [LOG4] A flipped byte, a lost or moved entry, a lost end: the first thing wrong, and exit code 1."""
    with sqlite3.connect(store) as db:
        db.execute(spoil)
    db.close()
    result = verified("--store", store)
    assert result.exit_code == 1
    assert said in result.output


def test_good_store(store: Path) -> None:
    """[ARCH2] [FOLD2] By file or by option, whole or one workshop."""
    for arguments in ([store], [store, "W"], ["--store", store], ["--store", store, "W"]):
        result = verified(*arguments)
        assert result.exit_code == 0, result.output
        assert "w: 4 entries" in result.output
    assert verified(store, "other").exit_code == 1
    assert verified(store.with_name("none")).exit_code == 2
    assert verified().exit_code == 2


def test_swapped_entries(tmp_path: Path) -> None:
    """[ARCH2] Two entries in the wrong order are named."""
    plain = json.loads(whole("one", "two"))
    entries = plain["entries"]
    entries[2], entries[3] = entries[3], entries[2]
    (tmp_path / "a.json").write_text(json.dumps(plain))
    result = verified(tmp_path / "a.json")
    assert result.exit_code == 1
    assert "entry 4 cannot follow 2" in result.output


def test_forged_records(tmp_path: Path) -> None:
    """[ARCH1] [ARCH2] Records that the entries do not make are found, though no hash covers them."""
    plain = json.loads(whole("one"))
    next(r for r in plain["records"] if r["kind"] == "note")["text"] = "forged"
    (tmp_path / "a.json").write_text(json.dumps(plain))
    assert "records are not those" in verified(tmp_path / "a.json").output
    entries = log("one")
    plain = archive(folded(entries), None, entries)
    plain["entries"][1]["surprise"] = 1
    (tmp_path / "a.json").write_text(json.dumps(plain))
    assert "entry 2 of the archive cannot be read: surprise" in verified(tmp_path / "a.json").output


async def test_export_over_http(tmp_path: Path) -> None:
    """[HTTP4] From a running server: what the token's holder sees; a wrong token gets nothing."""
    async with stand() as place:
        made = await place.workshop("Over the wire")
        joined = await place.join(made)
        common = ["export", made["code"], "--url", place.url, "--out", str(tmp_path / "x")]
        good = await asyncio.to_thread(run.invoke, app, [*common, "--token", joined["token"]])
        assert good.exit_code == 0, good.output
        plain = json.loads((tmp_path / "x").read_bytes())
        assert "entries" not in plain
        assert any(record.get("title") == "Over the wire" for record in plain["records"])
        wanted = [*common, "--format", "md", "--token", joined["token"]]
        assert (await asyncio.to_thread(run.invoke, app, wanted)).exit_code == 0
        assert (tmp_path / "x").read_text().startswith("# Over the wire\n")
        bad = await asyncio.to_thread(run.invoke, app, [*common, "--token", "made-up"])
        assert bad.exit_code == 1
        assert "bad_token" in bad.output
    gone = await asyncio.to_thread(run.invoke, app, [*common, "--token", joined["token"]])
    assert gone.exit_code == 1
