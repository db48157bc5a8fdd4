"""`plenary demo`, as a person runs it, on real conversations."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.__main__ import app
from server.cli.conversation import read
from tests.conversations import conversation
from tests.faults.serving import process

run = CliRunner()


@pytest.mark.parametrize("budget", [3, 5, 10])
def test_dots_equal_the_oracle(tmp_path: Path, budget: int) -> None:
    """[VOTE2] [ARCH1] Every note once, dots as the oracle has them, and the export verifies."""
    file = conversation("dev-small-london-policing")
    with process(tmp_path) as server:
        out = tmp_path / "id"
        done = run.invoke(
            app,
            ["demo", str(file), "--speed", "max", "--dots", str(budget), "--url", server.url, "--out", str(out)],
        )
        assert done.exit_code == 0, done.output
        assert "dots equal the oracle" in done.output
    workshop = out.read_text()
    archive = tmp_path / "a.json"
    wanted = ["export", workshop, "--store", str(server.store), "--out", str(archive)]
    assert run.invoke(app, wanted).exit_code == 0
    assert run.invoke(app, ["verify", str(archive)]).exit_code == 0
    records = json.loads(archive.read_text())["records"]
    talk = read(file)
    notes = {r["id"]: r["text"] for r in records if r["kind"] == "note"}
    assert notes == {event.note_id: event.text for event in talk.of("note")}
    tallies = {r["target"]: r["dots"] for r in records if r["kind"] == "tally" and r["target"] in notes}
    assert tallies == talk.dots(budget)


def test_messy_notes(tmp_path: Path) -> None:
    """[LIMIT1] [LIMIT3] Awkward real texts are stored to the letter, or refused with a clear code."""
    file = conversation("dev-messy-notes")
    with process(tmp_path) as server:
        out = tmp_path / "id"
        done = run.invoke(app, ["demo", str(file), "--speed", "max", "--url", server.url, "--out", str(out)])
        assert done.exit_code in {0, 1}, done.output
    archive = tmp_path / "a.json"
    assert (
        run.invoke(app, ["export", out.read_text(), "--store", str(server.store), "--out", str(archive)]).exit_code == 0
    )
    records = json.loads(archive.read_text())["records"]
    notes = {r["id"]: r["text"] for r in records if r["kind"] == "note"}
    refused = {
        line.split(":")[0].strip() for line in done.output.splitlines() if ": invalid:" in line or ": too_long:" in line
    }
    for event in read(file).of("note"):
        assert notes.get(event.note_id) == event.text or event.note_id in refused
