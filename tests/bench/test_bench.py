"""The benchmark's own parts: that it counts what there is. What it finds is nobody's test."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from server.bench import growth, idle, leaving, weight
from server.bench.figures import Table, as_json, percentile
from server.bench.load import Load, built, floor
from server.bench.room import room

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = 20


def test_figures() -> None:
    """[BENCH1] Medians over the rounds; the ratio is the median of the rounds' ratios."""
    table = Table("T", "How.")
    table.add("a", "ms", [1, 4, 9], [2, 2, 3], "≤ 2")
    table.add("b", "1/s", [5])
    [a, b] = json.loads(as_json([table]))[0]["rows"]
    assert (a["value"], a["least"], a["most"], a["yardstick"], a["ratio"]) == (4, 1, 9, 2, 2)
    assert (b["value"], b["yardstick"], b["ratio"]) == (5, None, None)
    assert "| a | ms | 4 | 1..9 | 2 | 2.00 | ≤ 2 |" in table.markdown()
    assert percentile([3, 1, 2], 50) == 2
    assert percentile([], 99) == 0


@pytest.mark.parametrize("ours", [False, True], ids=["floor", "ours"])
def test_every_delivery_is_counted(tmp_path: Path, ours: bool) -> None:
    """[BENCH1] What is written reaches everybody, from the yardstick and from us, and each is counted once."""
    load, yardstick = built("load", tmp_path), built("floor", tmp_path)
    place = room(str(tmp_path / "b.db"), PEOPLE) if ours else floor(yardstick)
    with place as target, Load(load, target, PEOPLE) as people:
        assert people.order("connect", PEOPLE)["ready"] == PEOPLE
        wrote = people.order("write", 50, 1, 60)
        assert wrote["sent"] == 50
        assert wrote["deliveries"] == wrote["wanted"] == 50 * PEOPLE
        assert wrote["acked"] == (50 if ours else 0)
        assert (wrote["refused"], wrote["lost"]) == (0, 0)
        assert wrote["cpu_us"] > 0


def test_who_comes_back_and_who_is_deaf(tmp_path: Path) -> None:
    """[BENCH1] All who lost their line are counted when they are back; nothing is expected of who does not read."""
    load = built("load", tmp_path)
    with room(str(tmp_path / "b.db"), PEOPLE) as target, Load(load, target, PEOPLE) as people:
        people.order("connect", PEOPLE)
        people.order("write", 50, 1, 60)
        storm = people.order("storm", PEOPLE // 2, 20, 3)
        assert (storm["caught_up"], storm["ready"], storm["lost"]) == (PEOPLE // 2, PEOPLE, 0)
        assert storm["bytes"] < 400_000  # what they missed, not everything
        for order, hearing in (("deaf 5", PEOPLE - 5), ("woken", PEOPLE)):
            people.order(order)
            wrote = people.order("write", 50, 1, 60)
            assert wrote["deliveries"] == wrote["wanted"] == 50 * hearing


def test_small_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """[BENCH1] Every section measures what it says, also in small: idle lines in two workshops, growth, a log."""
    monkeypatch.setattr(growth, "FIRST", 20)
    monkeypatch.setattr(growth, "COMMANDS", 200)
    monkeypatch.setattr(idle, "LASTS_S", 1)
    monkeypatch.setattr(weight, "NOTES", 5)
    idle_rows = idle.measure(1, people=40, workshops=2).rows
    assert [row.value > 0 for row in idle_rows[1:]] == [True, True]
    growth_rows = growth.measure(1, sizes=(30, 60), entries=6_000).rows
    assert [row.name for row in growth_rows] == ["a command, 30 notes", "a command, 60 notes", "open 6,000 entries"]
    assert all(row.value > 0 for row in growth_rows)
    loose, pressed = weight.measure(1).rows
    assert pressed.value < loose.value < 2


def test_taking_out_in_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """[BENCH1] Every format comes while people write to each other, and none of it is lost."""
    monkeypatch.setattr(leaving, "LASTS_S", 1)
    monkeypatch.setattr(leaving, "FORMATS", ("md", "json"))
    rows = leaving.measure(1, people=PEOPLE, notes=30).rows
    assert [row.name for row in rows] == ["md is there", "json is there", "p99 beside md", "p99 beside json"]
    assert all(row.value > 0 for row in rows)
