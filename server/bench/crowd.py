"""A crowd that comes back at once, and one where some have stopped reading: what those notice who are well."""

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final

from .fanout import CALM, CHARS
from .figures import Table
from .load import Load, Target, built, resident_kib
from .room import room

NOTES: Final = 1_000
"""On the board."""
STAY: Final = 0.02
"""This part of the people keep their line in the storm."""
STORM_S: Final = 10
DEAF: Final = 0.1
"""This part of the people stop reading."""
LASTS_S: Final = 5


def measure(people: int, rounds: int) -> Table:
    """The storm, then the deaf, each round in a room of its own."""
    table = Table(
        f"A crowd of {people:,}",
        f"The storm: {1 - STAY:.0%} of the people lose their line at once and come again at once, as browsers do: each "
        f"says where it left off. Those who stay write {CALM} notes a second meanwhile. The deaf: {DEAF:.0%} stop "
        "reading while the others go on; the yardstick is the same room just before.",
    )
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        load = built("load", Path(folder))
        for number in range(rounds):
            with room(str(Path(folder) / f"{number}.db"), people) as target:
                for name, value in _round(load, target, people).items():
                    found[name].append(value)
    for name, unit, yardstick, goal in FIGURES:
        table.add(name, unit, found[name], found.get(yardstick, ()), goal)
    return table


FIGURES: Final = (
    ("all are back", "ms", "", "≤ 5,000"),
    ("p99 of those who stayed", "ms", "", "≤ 250"),
    ("p99 beside the deaf", "ms", "p99 before", "≤ 1.2"),
    ("memory for each of the deaf", "KiB", "", "≤ 2,048"),
    ("p99 when all read again", "ms", "p99 before", ""),
)


def _round(program: Path, target: Target, people: int) -> dict[str, float]:
    with Load(program, target, people) as load:
        load.order("connect", people)
        load.order("write", NOTES / 4, 4, CHARS)
        load.order("wait", 2)  # who is here is told
        storm = load.order("storm", people - max(20, int(people * STAY)), CALM, STORM_S)
        load.order("wait", 4)
        well = load.order("write", CALM, LASTS_S, CHARS)
        before = resident_kib(target.pid)
        deaf = int(people * DEAF)
        load.order("deaf", deaf)
        beside = load.order("write", CALM, LASTS_S, CHARS)
        memory = (resident_kib(target.pid) - before) / deaf
        load.order("woken")
        load.order("wait", 2)
        after = load.order("write", CALM, LASTS_S, CHARS)
        return {
            "all are back": storm["worst_ready_ms"],
            "p99 of those who stayed": storm["p99"],
            "p99 before": well["p99"],
            "p99 beside the deaf": beside["p99"],
            "memory for each of the deaf": memory,
            "p99 when all read again": after["p99"],
        }
