"""The same load on both stores: how much longer it takes on a Redis than in the embedded file."""

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Final

from .figures import Table
from .load import Load, built
from .room import room

PEOPLE: Final = 100
RATES: Final = (20, 100, 200)
"""Commands a second, of all people together."""
LASTS_S: Final = 4
CHARS: Final = 60


def compare(redis: str, rounds: int) -> Table:
    """Both in turn, the order turned round each time."""
    table = Table(
        "Stores",
        f"{PEOPLE} people in one room, from the moment a note was due: until its author is told that it is stored "
        "(durable), and until everybody has it. The yardstick of Redis (append-only file `always`) is the embedded "
        "SQLite (`FULL`).",
    )
    found: dict[tuple[str, int, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        program = built("load", Path(folder))
        for number in range(rounds):
            stores = {"file": str(Path(folder) / f"{number}.db"), "redis": redis}
            for name in sorted(stores, reverse=bool(number % 2)):
                for rate, took in _load(program, stores[name]).items():
                    for figure, value in took.items():
                        found[name, rate, figure].append(value)
    for rate in RATES:
        for figure, words in FIGURES.items():
            table.add(f"{words}, {rate}/s", "ms", found["redis", rate, figure], found["file", rate, figure], "≤ 1.5")
    return table


FIGURES: Final = {"ack50": "stored, p50", "ack99": "stored, p99", "p50": "everywhere, p50", "p99": "everywhere, p99"}


def _load(program: Path, store: str) -> dict[int, dict[str, float]]:
    """How long it took (ms), by rate."""
    with room(store, PEOPLE) as target, Load(program, target, PEOPLE) as load:
        load.order("connect", PEOPLE)
        load.order("write", PEOPLE, 1.5, CHARS)  # everybody's note is there
        return {rate: load.order("write", rate, LASTS_S, CHARS) for rate in RATES}
