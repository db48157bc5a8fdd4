"""The same load on both stores: how much longer it takes on a Redis than in the embedded file."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.cli.process import free_port

from .figures import Table
from .load import SERVER_CORE, Load, Unable, built
from .room import room

PEOPLE: Final = 100
RATES: Final = (20, 100, 200)
"""Commands a second, of all people together."""
LASTS_S: Final = 4
CHARS: Final = 60
UP_S: Final = 10.0
"""Longest wait for the Redis to come up."""
AGAIN_S: Final = 0.02
"""Between two looks."""


def compare(rounds: int) -> Table:
    """Both in turn, the order turned round each time. Raises `Unable` where no Redis is installed."""
    table = Table(
        "Stores",
        f"{PEOPLE} people in one room, from the moment a note was due: until its author is told that it is stored "
        "(durable), and until everybody has it. The yardstick of Redis (append-only file `always`) is the embedded "
        "SQLite (`FULL`). Server and store have one processor together, the load has the other.",
    )
    found: dict[tuple[str, int, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, redis(Path(folder)) as address:
        program = built("load", Path(folder))
        for number in range(rounds):
            stores = {"file": str(Path(folder) / f"{number}.db"), "redis": address}
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


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """The address of a Redis of our own, up, that keeps each write before it answers."""
    program, port = shutil.which("redis-server") or shutil.which("valkey-server"), free_port()
    if program is None:
        raise Unable("To measure a Redis, `redis-server` must be installed.")
    words = ["--port", str(port), "--dir", str(folder), "--save", "", "--appendonly", "yes", "--appendfsync", "always"]
    running = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    os.sched_setaffinity(running.pid, {SERVER_CORE})
    try:
        _await(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        running.terminate()
        running.wait()


def _await(port: int) -> None:
    """Until somebody listens there."""
    until = time.monotonic() + UP_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(AGAIN_S)
    raise Unable("The Redis did not come up.")
