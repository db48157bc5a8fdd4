"""Reading a conversation, and playing a part of it."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.__main__ import app
from server.cli.conversation import Event, pauses, read, reckoned
from tests.conversations import GIVEN, SAMPLE, conversation

run = CliRunner()


def vote(author: str, note: str, value: str, t: float = 0.0) -> Event:
    return Event.model_validate({"t": t, "kind": "vote", "author": author, "note_id": note, "value": value})


@pytest.mark.parametrize("file", [SAMPLE, *sorted(GIVEN.glob("*.jsonl.gz"))], ids=lambda file: file.name)
def test_reckoning_is_the_oracle(file: Path) -> None:
    """[VOTE2] What we reckon from the votes is what every file's own oracle says."""
    talk = read(file)
    assert talk.oracle
    for budget, dots in talk.oracle.items():
        assert reckoned(talk.of("vote"), budget) == dots


def test_reckoning() -> None:
    """[VOTE1] [VOTE2] Agree places, the rest takes one's own back, and nobody goes over the budget."""
    votes = [vote("a", "n1", "agree"), vote("a", "n1", "agree"), vote("a", "n2", "agree"), vote("a", "n1", "pass")]
    assert reckoned(votes, 1) == {}
    assert reckoned([*votes, vote("a", "n2", "agree"), vote("b", "n2", "agree")], 1) == {"n2": 2}


def test_pauses() -> None:
    """[STEP5] Silences are cut to five seconds, then divided by the speed."""
    events = [vote("a", "n", "agree", t) for t in (0.0, 2.0, 100.0)]
    assert pauses(events, 2.0) == [0.0, 1.0, 2.5]
    assert pauses([], 1.0) == []


def test_some_people_only(tmp_path: Path) -> None:
    """[VOTE2] [STEP7] [PEOPLE5] A part of the people, dots reckoned from their votes; then it is closed."""
    out = tmp_path / "id"
    options = ["--speed", "max", "--people-limit", "4", "--close", "--title", "Just four"]
    store = ["--store", str(tmp_path / "s.db"), "--out", str(out)]
    done = run.invoke(app, ["demo", str(conversation("dev-small-london-policing")), *options, *store])
    assert done.exit_code == 0, done.output
    assert "4 people are in" in done.output
    assert "dots equal the oracle" in done.output
    paper = run.invoke(app, ["export", out.read_text(), "--store", str(tmp_path / "s.db"), "--format", "md"])
    assert paper.output.startswith("# Just four\n")
    assert "4 people, 1 of them remote." in paper.output


def test_a_wrong_oracle_is_told(tmp_path: Path) -> None:
    """[VOTE5] Where the dots are not what the file expects, it says so and ends with 1."""
    lines = [
        {"t": 0, "kind": "note", "author": "a", "note_id": "n1", "text": "one"},
        {"t": 1, "kind": "vote", "author": "b", "note_id": "n1", "value": "agree"},
    ]
    file = tmp_path / "small.jsonl.gz"
    file.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    (tmp_path / "small.expected.json").write_text(json.dumps({"dot_oracle": {"budget_5": {"per_note": {"n1": 7}}}}))
    done = run.invoke(app, ["demo", str(file), "--speed", "1000"])
    assert done.exit_code == 1
    assert "n1 has 1 dots, not 7" in done.output
    assert "DOTS DIFFER" in done.output


@pytest.mark.parametrize("speed", ["fast", "0", "-1", "nan", "inf"])
def test_odd_speed(speed: str) -> None:
    """[CODE1] A speed that is none is refused before anything is started."""
    assert run.invoke(app, ["demo", str(SAMPLE), f"--speed={speed}"]).exit_code == 2


@pytest.mark.parametrize("body", [b"{", b'{"t": 0}\n', b"\x1f\x8b"])
def test_odd_file(tmp_path: Path, body: bytes) -> None:
    """[CODE1] A file that is no conversation is refused in plain words."""
    file = tmp_path / ("x.jsonl.gz" if body[:1] == b"\x1f" else "x.jsonl")
    file.write_bytes(body)
    result = run.invoke(app, ["demo", str(file)])
    assert result.exit_code == 2
