"""The load generator and the yardstick server: small C programs, so that they cost as little as can be."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from server.cli.process import free_port

HERE: Final = Path(__file__).parent
SERVER_CORE: Final = 0
"""The processor of whatever is measured, its store included."""
LOAD_CORE: Final = 1
"""The processor of the load."""


class Unable(Exception):
    """This machine cannot do it; in plain words."""


def built(name: str, folder: Path) -> Path:
    """One of our C programs, compiled. Raises `Unable` where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or (os.cpu_count() or 1) < 2:
        raise Unable("The benchmark needs a C compiler (cc) and two processors.")
    program = folder / name
    subprocess.run([compiler, "-O2", "-o", program, HERE / f"{name}.c"], check=True)  # noqa: S603 - our own source
    return program


def cpu_ns(pid: int) -> int:
    """Processor time that a process has used, the kernel's on its behalf included (ns, from the scheduler)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            total += int((task / "schedstat").read_text().split()[0])
    return total


def resident_kib(pid: int) -> int:
    """Memory that a process holds (KiB)."""
    found = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(found.split()[1])


@dataclass(frozen=True, slots=True)
class Target:
    """What is measured: its port and process; of ours also the people's tokens and the section they fill."""

    port: int
    pid: int
    tokens: Sequence[str] = ()
    section: str = ""


class Load:
    """So many people in one room of `target`. Orders are described in `load.c`."""

    def __init__(self, program: Path, target: Target, people: int) -> None:
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "tokens"
        file.write_text("".join(f"{token}\n" for token in target.tokens))
        kind = "plenary" if target.tokens else "floor"
        self._running = subprocess.Popen(  # noqa: S603 - our own words
            [str(program), str(target.port), str(people), kind, str(file), target.section],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        os.sched_setaffinity(self._running.pid, {LOAD_CORE})
        self.pid = target.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._running.kill()
        self._running.communicate()
        self._folder.cleanup()

    def order(self, *words: object) -> dict[str, Any]:
        """Have it done; what came of it, with `cpu_us`, what the server used meanwhile."""
        assert self._running.stdin
        assert self._running.stdout
        before = cpu_ns(self.pid)
        self._running.stdin.write(" ".join(map(str, words)) + "\n")
        answer = self._running.stdout.readline()
        if not answer:
            raise Unable("The load generator ended.")
        return {**json.loads(answer), "cpu_us": (cpu_ns(self.pid) - before) / 1_000}


@contextlib.contextmanager
def floor(program: Path) -> Iterator[Target]:
    """The yardstick server, up."""
    port = free_port()
    running = subprocess.Popen([program, str(port)])  # noqa: S603 - our own words
    os.sched_setaffinity(running.pid, {SERVER_CORE})
    time.sleep(0.2)
    try:
        yield Target(port, running.pid)
    finally:
        running.kill()
        running.wait()
