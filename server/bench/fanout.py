"""Fan-out: what it costs until everybody has what one person wrote, against the floor of the kernel."""

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from .figures import Table
from .load import Load, Target, built, floor, resident_kib
from .room import room

CALM: Final = 20
"""Notes a second at moderate load."""
RATES: Final = (100, 500, 1_000, 1_500, 2_000)
"""Notes a second, all of them stored before they are answered."""
LASTS_S: Final = 2
CHARS: Final = 60
LIMIT_MS: Final = 100


def measure(people: int, rounds: int) -> Table:
    """Floor and ours in turn, the order turned round each time."""
    table = Table(
        f"Fan-out, {people:,} people in one room",
        "One core for the server, the other for the load. The floor is a C server that does one `send()` per person "
        f"and message; ours also checks, decides, stores (SQLite `FULL`) and answers. The most: as many notes a second "
        f"as reach everybody with a p99 of at most {LIMIT_MS} ms; each has as many deliveries as there are people.",
    )
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        load, yardstick = built("load", Path(folder)), built("floor", Path(folder))
        for number in range(rounds):
            for ours in (True, False) if number % 2 else (False, True):
                place = room(str(Path(folder) / f"{number}.db"), people) if ours else floor(yardstick)
                with place as target:
                    for name, value in _round(load, target, people).items():
                        found[f"{'ours' if ours else 'floor'} {name}"].append(value)
    for name, unit, goal in FIGURES:
        table.add(name, unit, found[f"ours {name}"], found.get(f"floor {name}", ()), goal)
    return table


FIGURES: Final = (
    ("cost of a delivery at 20 notes/s", "µs", "≤ 1.1"),
    ("the same, with what is used while nobody does anything", "µs", ""),
    ("p50 at 20 notes/s", "ms", ""),
    ("p99 at 20 notes/s", "ms", "≤ 1.3"),
    ("most deliveries a second", "1/s", "≥ 2,000,000"),
    ("processor while nobody does anything", "%", ""),
    ("memory of a connection", "KiB", "≤ 12"),
    ("processor to let one in", "µs", "≤ 200"),
)


def _round(program: Path, target: Target, people: int) -> dict[str, float]:
    with Load(program, target, people) as load:
        before = resident_kib(target.pid)
        came = load.order("connect", people)
        load.order("wait", 2)  # who is here is told
        figures = {
            "memory of a connection": (resident_kib(target.pid) - before) / people,
            "processor to let one in": came["cpu_us"] / people,
            "processor while nobody does anything": (idle := load.order("wait", LASTS_S)["cpu_us"]) / LASTS_S / 10_000,
        }
        if target.tokens:
            load.order("write", max(people // 2, 20), 2, CHARS)  # everybody's note is there
        calm = load.order("write", CALM, LASTS_S, CHARS)
        return {
            **figures,
            "cost of a delivery at 20 notes/s": (calm["cpu_us"] - idle) / max(1, calm["deliveries"]),
            "the same, with what is used while nobody does anything": calm["cpu_us"] / max(1, calm["deliveries"]),
            "p50 at 20 notes/s": calm["p50"],
            "p99 at 20 notes/s": calm["p99"],
            "most deliveries a second": _most(load),
        }


def _most(load: Load) -> float:
    """The highest of the rates that everybody keeps up with; 0 where none."""
    best = 0.0
    for rate in RATES:
        step = load.order("write", rate, LASTS_S, CHARS)
        if not _well(step):
            break
        best = step["deliveries"] / LASTS_S
    return best


def _well(step: dict[str, Any]) -> bool:
    return bool(step["p99"] <= LIMIT_MS and not step["refused"] and step["deliveries"] == step["wanted"])
