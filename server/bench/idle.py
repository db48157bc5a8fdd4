"""Ten thousand people in many workshops who do nothing: what a connection costs to let in, and to have."""

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final

from .figures import Table
from .load import Load, Target, built, floor, resident_kib
from .room import rooms

PEOPLE: Final = 10_000
WORKSHOPS: Final = 40
LASTS_S: Final = 8
"""Two rounds of beats."""


def measure(rounds: int, people: int = PEOPLE, workshops: int = WORKSHOPS) -> Table:
    """Floor and ours in turn, the order turned round each time."""
    table = Table(
        f"{people:,} people in {workshops} workshops, idle",
        "Each answers our beat, every 3.8 s, and asks for the time every 30 s ([LIVE3], [CLIENT7]); the floor is the C "
        "server, which is told nothing. "
        "Memory is what the process grew by when all had come.",
    )
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        load, yardstick = built("load", Path(folder)), built("floor", Path(folder))
        for number in range(rounds):
            for ours in (True, False) if number % 2 else (False, True):
                file = str(Path(folder) / f"{number}.db")
                with rooms(file, people, workshops) if ours else floor(yardstick) as target:
                    for name, value in _round(load, target, people).items():
                        found[f"{'ours' if ours else 'floor'} {name}"].append(value)
    table.add("memory of a connection", "KiB", found["ours memory"], found["floor memory"], "≤ 12 KiB")
    table.add("processor to let one in", "µs", found["ours in"], found["floor in"], "≤ 200 µs")
    table.add("processor while nobody does anything", "%", found["ours idle"], goal="≤ 2")
    return table


def _round(program: Path, target: Target, people: int) -> dict[str, float]:
    with Load(program, target, people) as load:
        before = resident_kib(target.pid)
        came = load.order("connect", people)
        load.order("wait", 2)  # who is here is told
        return {
            "memory": (resident_kib(target.pid) - before) / people,
            "in": came["cpu_us"] / people,
            "idle": load.order("wait", LASTS_S)["cpu_us"] / LASTS_S / 10_000,
        }
