"""What is counted is the same wherever it is told."""

from __future__ import annotations

import csv
import io

from protocol.base import Role
from protocol.changes import Put
from protocol.records import Record, Stack, Tally
from server.exports.archive import folded
from server.exports.make import make
from server.exports.words import Words
from server.workshop.fold import apply
from server.workshop.seen_by import Viewer, seen
from tests.exports.test_exports import log
from tests.exports.test_typography import texts

ENGLISH = Words("en")


def voted() -> list[Record]:
    """Three notes, two of them in a stack; dots on them, on the stack, on an issue, and on a note in the bin."""
    state = folded(log("one", "two", "three", "gone"))
    changes: list[Record] = [
        Stack(id="s", board="issue-0", section="section-0", rank="a1", title="Both"),
        *(state.notes[id_].model_copy(update={"stack": "s"}) for id_ in ("n0", "n1")),
        state.notes["n3"].model_copy(update={"binned": True}),
        *(state.steps[id_].model_copy(update={"shown": True}) for id_ in ("step-2", "step-6")),
    ]
    given = (
        ("step-6", "s", 5),
        ("step-6", "n1", 1),
        ("step-6", "n2", 2),
        ("step-6", "n3", 9),
        ("step-2", "issue-0", 7),
    )
    for step, target, dots in given:
        changes.append(Tally(id=f"{step}.{target}", round=step, target=target, dots=dots, people=3))
    apply(state, [Put(record=record) for record in changes])
    return seen(state, Viewer(Role.PROJECTOR))


def test_dots_of_the_rows_are_those_of_the_board() -> None:
    """[EXP1] A stack has a row without a note, with its own dots; the most wanted first."""
    rows = list(csv.reader(io.StringIO(make("csv", voted(), ENGLISH).decode("utf-8-sig"), newline="")))
    assert [row[2:5] for row in rows[1:]] == [
        ["Both", "", "5"], ["", "three", "2"], ["Both", "two", "1"], ["Both", "one", "0"],
    ]  # fmt: skip
    assert "3 notes · 8 dots" in texts(make("wall.svg", voted(), ENGLISH).decode())


def test_head_counts_what_stands_under_it() -> None:
    """[EXP1] The dots on the boards; beside them those on issues."""
    for kind in ("html", "wall.svg"):
        told = make(kind, voted(), ENGLISH).decode()
        assert "3 notes · 8 dots · 7 dots on issues" in told
