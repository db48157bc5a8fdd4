"""A server as its own process, that can be killed and brought back on the same port and store."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path


class Process:
    """`plenary serve` on a port of its own."""

    def __init__(self, folder: Path, shared: str = "") -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.store = folder / "plenary.db"
        self.shared = shared
        self.url = f"http://127.0.0.1:{self.port}"
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", str(self.port)]
        self._running = subprocess.Popen(
            [*command, "--store", self.shared or str(self.store)],
            stdout=subprocess.DEVNULL,
            env={**os.environ, "PLENARY_SECRET": "for tests" if self.shared else ""},
        )
        while self._running.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"{self.url}/readyz", timeout=5).close()
                return
        raise AssertionError("the server ended at once")

    def kill(self) -> None:
        """`kill -9`."""
        assert self._running
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()

    def stop(self) -> None:
        """As an operator ends it."""
        if self._running and self._running.poll() is None:
            self._running.terminate()
            self._running.wait(timeout=30)


@contextlib.contextmanager
def process(folder: Path, shared: str = "") -> Iterator[Process]:
    """A server for the length of a test; `shared`: the Redis it is to use."""
    server = Process(folder, shared)
    server.start()
    try:
        yield server
    finally:
        server.stop()
