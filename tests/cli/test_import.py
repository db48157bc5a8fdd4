"""`plenary import`: an archive goes into another store to the letter, or not at all."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from protocol import limits
from protocol.base import Role
from protocol.changes import Patch, Put
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Ballot, Door
from server.__main__ import app
from server.exports.archive import archive, folded
from server.exports.incoming import incoming
from server.log.memory import MemoryLog
from server.log.opening import opened
from server.web.tokens import Tokens, kept_secret
from server.workshop.pointing import pointed_to, pointing_to
from server.workshop.refused import Corrupt
from tests.exports.test_exports import log, whole
from tests.log.redis_server import redis_server

if TYPE_CHECKING:
    from collections.abc import Callable

run = CliRunner()
OLD = Path(__file__).parents[1] / "data/first-version.json"
NOW = 1_800_000_000_000


def brought(file: Path, store: object, **env: str) -> Result:
    """Run the command."""
    return run.invoke(app, ["import", str(file), "--store", str(store)], env=env)


def behind(entries: list[Entry], *changes: Any, name: str = "x", at: int = 9) -> list[Entry]:
    """With one more entry, whose hash is right."""
    draft = Draft(by="p", client="z", n=1, name=name, changes=changes)
    return [*entries, Entry.after(entries[-1].head, at, draft)]


def archived(entries: list[Entry]) -> bytes:
    """As an operator's archive."""
    return json.dumps(archive(folded(entries), None, entries)).encode()


async def held(store: str, name: str = "w") -> list[Entry]:
    """All that a store has of a workshop."""
    there = await opened(store)
    found = await there.read(name, EMPTY)
    await there.close()
    return found


def moved() -> list[Entry]:
    """A workshop whose participants' code was replaced twice."""
    entries = behind(log("one", "two 😊"), Put(record=Door(id="door", facilitators=1, codes=("abc234", "def567"))))
    return behind(entries, Patch(kind="workshop", id="workshop", set={"code": "DEF567"}))


@pytest.mark.parametrize("body", [whole("one", "two 😊"), archived(moved()), OLD.read_bytes()])
def test_there_and_back(tmp_path: Path, body: bytes) -> None:
    """[ARCH4] [LOG26] From file to file, to Redis, and to memory: the same archive comes out of each."""
    file, out = tmp_path / "a.json", tmp_path / "out.json"
    file.write_bytes(body)
    found = incoming(body, NOW)
    with redis_server(tmp_path) as redis:
        for store in (str(tmp_path / "s.db"), redis.url):
            done = brought(file, store)
            assert done.exit_code == 0, done.output
            assert found.state.digest() in done.output
            assert asyncio.run(held(store, found.id)) == found.entries
            taken = run.invoke(app, ["export", found.id, "--store", store, "--out", str(out)])
            assert taken.exit_code == 0, taken.output
            again = json.loads(out.read_bytes())
            assert again["entries"] == json.loads(body)["entries"]
            assert again["head"] == json.loads(body)["head"]
            assert again["digest"] == found.state.digest()

    async def in_memory() -> list[Entry]:
        memory = MemoryLog()
        await memory.plant(found.id, found.entries)
        return await memory.read(found.id, EMPTY)

    assert folded(asyncio.run(in_memory())).digest() == found.state.digest()


def test_links_and_codes(tmp_path: Path) -> None:
    """[ARCH4] [KEY3] The links are signed here, with the number that is valid now; every code leads there again."""
    (tmp_path / "a.json").write_bytes(archived(moved()))
    store = tmp_path / "s.db"
    done = brought(tmp_path / "a.json", store, PLENARY_PUBLIC_URL="https://plenary.example.org/")
    assert "https://plenary.example.org/j/DEF567" in done.output
    key = done.output.partition("/f#k=")[2].split()[0]
    assert Tokens(kept_secret(store)).open(key) == ("w", Role.FACILITATOR, 1)
    for code in ("abc234", "def567"):
        assert pointed_to(asyncio.run(held(str(store), code))) == "w"


def test_again(tmp_path: Path) -> None:
    """[ARCH6] The same again does nothing; another of that id, more of it, and what was deleted are left alone."""
    file, store = tmp_path / "a.json", str(tmp_path / "s.db")
    file.write_bytes(whole("one"))
    assert brought(file, store).exit_code == 0
    before = asyncio.run(held(store))
    again = brought(file, store)
    assert again.exit_code == 0
    assert "here already" in again.output
    file.write_bytes(whole("another"))
    other = brought(file, store)
    assert other.exit_code == 1
    assert "another workshop" in other.output
    file.write_bytes(archived(log("one")[:2]))
    more = brought(file, store)
    assert more.exit_code == 1
    assert "more of it" in more.output
    assert asyncio.run(held(store)) == before
    assert run.invoke(app, ["delete", "w", "--store", store, "--yes"]).exit_code == 0
    gone = brought(file, store)
    assert gone.exit_code == 1
    assert "deleted" in gone.output


def test_a_code_of_another(tmp_path: Path) -> None:
    """[ARCH6] A code that leads elsewhere here stays so, and that is said; an id that is a code here is refused."""
    file, store = tmp_path / "a.json", str(tmp_path / "s.db")
    file.write_bytes(archived(moved()))

    async def taken(code: str) -> None:
        there = await opened(store)
        await there.append(code, [pointing_to("elsewhere")], EMPTY)
        await there.close()

    asyncio.run(taken("abc234"))
    done = brought(file, store)
    assert done.exit_code == 0
    assert "ABC234 leads to another workshop" in done.output
    assert pointed_to(asyncio.run(held(store, "abc234"))) == "elsewhere"
    store = str(tmp_path / "t.db")
    asyncio.run(taken("w"))
    done = brought(file, store)
    assert done.exit_code == 1
    assert "code of another workshop" in done.output


BALLOT = Ballot(id="step-2.p.issue-0", round="step-2", person="p", target="issue-0", dots=1)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "truncated": lambda: whole("one")[:-200],
    "compressed": lambda: gzip.compress(whole("one")),
    "bomb": lambda: gzip.compress(b"0" * 50_000_000),
    "nested": lambda: b"[" * 200_000,
    "nested in an entry": lambda: whole("one").replace(b'"one"', b"[" * 900 + b"]" * 900),
    "a key twice": lambda: whole("one").replace(b'"seq": 2', b'"seq": 2, "seq": 2', 1),
    "not a number": lambda: whole("one").replace(b'"digest"', b'"x": NaN, "digest"'),
    "a huge number": lambda: whole("one").replace(b'"seq": 2', b'"seq": ' + b"9" * 5_000, 1),
    "a huge exponent": lambda: whole("one").replace(b'"seq": 2', b'"seq": 1e999', 1),
    "half a letter": lambda: whole("one").replace(b'"one"', b'"\\ud83d"'),
    "half a letter, raw": lambda: whole("one").replace(b'"one"', b'"\xed\xa0\xbd"'),
    "a head of another shape": lambda: whole("one").replace(b'"head": {', b'"head": {"seq": "\\ud800", "x": {', 1),
    "what one may see": lambda: json.dumps({"format": "plenary-archive", "version": 1, "records": []}).encode(),
    "a code": lambda: archived([Entry.after(EMPTY, 1, pointing_to("elsewhere"))]),
    "a code before it": lambda: archived(_begun_by(pointing_to("elsewhere"))),
    "no workshop": lambda: archived([Entry.after(EMPTY, 1, Draft(by="p", client="c", n=1, name="x", changes=()))]),
    "broken": lambda: archived(behind(log("one"), Put(record=BALLOT))),
    "a step that is not there": lambda: archived(
        behind(log("one"), Patch(kind="workshop", id="workshop", set={"step": "step-99"}))
    ),
    "an earlier moment": lambda: archived(behind(log("one"), at=1)),
    "a moment to come": lambda: archived(behind(log("one"), at=2**53 - 1)),
}


def _begun_by(draft: Draft) -> list[Entry]:
    first = Entry.after(EMPTY, 1, draft)
    return [first, Entry.after(first.head, 1, log("one")[0].draft)]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(tmp_path: Path, name: str) -> None:
    """[ARCH5] Refused in plain words with exit code 1, and the store has nothing of it."""
    file, store = tmp_path / "a.json", str(tmp_path / "s.db")
    file.write_bytes(HOSTILE[name]())
    done = brought(file, store)
    assert done.exit_code == 1, done.output
    assert done.output.startswith(f"{file}: ")
    assert done.exception is None or isinstance(done.exception, SystemExit)

    async def names() -> list[str]:
        there = await opened(store)
        found = await there.workshops()
        await there.close()
        return found

    assert asyncio.run(names()) == []


def test_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """[ARCH5] An archive above the limit is not even parsed."""
    monkeypatch.setattr(limits, "ARCHIVE_BYTES", 1_000)
    with pytest.raises(Corrupt, match="longer than"):
        incoming(whole("one"), NOW)


WHOLE = whole("one", "two 😊", "three")
DIGEST = incoming(WHOLE, NOW).state.digest()
VALUES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})
)


def places(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a tree of JSON."""
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


PLACES = places(json.loads(WHOLE))[1:]


def unchanged(body: bytes) -> None:
    """Refused, or the same workshop."""
    try:
        found = incoming(body, NOW)
    except Corrupt:
        return
    assert found.state.digest() == DIGEST
    assert found.id == "w"


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=3), st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_any_byte(place: int, put: bytes, cut: int) -> None:
    """[ARCH5] Bytes that were changed, lost or added: refused, or the same workshop."""
    unchanged(WHOLE[:place] + put + WHOLE[place + cut :])


@given(st.sampled_from(PLACES), st.sampled_from(["set", "drop", "double"]), VALUES)
@settings(max_examples=300, deadline=None)
def test_any_value(place: tuple[Any, ...], how: str, value: Any) -> None:
    """[ARCH5] Values that were changed, lost or doubled: refused, or the same workshop."""
    plain = json.loads(WHOLE)
    inside = plain
    for key in place[:-1]:
        inside = inside[key]
    if how == "set":
        inside[place[-1]] = value
    elif how == "drop" or isinstance(inside, dict):
        del inside[place[-1]]
    else:
        inside.insert(place[-1], inside[place[-1]])
    unchanged(json.dumps(plain).encode())


RECORDS = [place for place in PLACES if place[0] == "entries" and "changes" in place and len(place) > 4]


@given(st.sampled_from(RECORDS), VALUES)
@settings(max_examples=200, deadline=None)
def test_forged_with_right_hashes(place: tuple[Any, ...], value: Any) -> None:
    """[ARCH5] Hashes prove no author: a log that was chained anew is sound in every rule, or refused."""
    plain = json.loads(WHOLE)
    inside = plain
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = value
    try:
        entries: list[Entry] = []
        for entry in plain["entries"]:
            draft = Draft.model_validate_json(json.dumps({key: entry[key] for key in Draft.model_fields}))
            entries.append(Entry.after(entries[-1].head if entries else EMPTY, entry["at"], draft))
        body = archived(entries)
    except (ValueError, Corrupt):
        return  # it cannot even be chained
    try:
        found = incoming(body, NOW)
    except Corrupt:
        return
    assert found.entries == entries


def test_the_stores_clock() -> None:
    """[ARCH5] A moment of just now is none that is to come."""
    now = time.time_ns() // 1_000_000
    incoming(archived(behind(log("one"), at=now)), now)
    with pytest.raises(Corrupt, match="still to come"):
        incoming(archived(behind(log("one"), at=now + 1)), now)
