"""`plenary serve` as a process of its own, that can be killed and brought back on the same port and store."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from client.participant import DIRECT

AGAIN_S: Final = 0.02
"""Between two looks whether it is up."""
GONE_S: Final = 30.0
"""Longest wait for it to end."""


class Ended(Exception):
    """The server ended before it was up; it has said why on its standard error."""


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """A server on this machine. `core`: the one processor it may use."""

    host = "127.0.0.1"
    """Where it listens."""
    within: tuple[str, ...] = ()
    """The command that runs it, if another."""
    says: Path | None = None
    """Where its words go."""

    def __init__(self, store: str, *, port: int = 0, secret: str = "", core: int | None = None) -> None:
        self.store = store
        self.port = port or free_port()
        self._secret = secret
        self._core = core
        self.running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where people go."""
        return f"http://{self.host}:{self.port}"

    @property
    def pid(self) -> int:
        """Of the process that runs."""
        assert self.running
        return self.running.pid

    def start(self) -> None:
        """Start, and wait until it is ready. Raises `Ended`."""
        command = [*self.within, sys.executable, "-m", "server", "serve", "--host", self.host, "--port", str(self.port)]
        said = self.says.open("ab") if self.says else contextlib.nullcontext(subprocess.DEVNULL)
        with said as out:
            self.running = subprocess.Popen(  # noqa: S603 - our own words
                [*command, "--store", self.store],
                stdout=out,
                stderr=out if self.says else None,
                env={**os.environ, "PLENARY_SECRET": self._secret},
            )
        if self._core is not None:
            os.sched_setaffinity(self.pid, {self._core})
        while self.running.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                DIRECT.open(f"{self.url}/readyz", timeout=5).close()
                return
            time.sleep(AGAIN_S)
        raise Ended(self.store)

    def send(self, number: signal.Signals) -> None:
        """`SIGSTOP` freezes it, `SIGCONT` lets it go on."""
        assert self.running
        self.running.send_signal(number)

    def kill(self) -> None:
        """`kill -9`: no goodbye, no flush."""
        assert self.running
        self.running.send_signal(signal.SIGKILL)
        self.running.wait()

    def stop(self) -> None:
        """End it as an operator does."""
        if self.running and self.running.poll() is None:
            self.send(signal.SIGCONT)
            self.running.terminate()
            self.running.wait(timeout=GONE_S)


@contextlib.contextmanager
def process(store: str, *, port: int = 0, secret: str = "", core: int | None = None) -> Iterator[Process]:
    """A server for as long as it is needed."""
    server = Process(store, port=port, secret=secret, core=core)
    try:
        server.start()
        yield server
    finally:
        server.stop()
