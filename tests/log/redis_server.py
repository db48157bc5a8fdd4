"""A private Redis for a test: a real one, on a free port, that keeps an append-only file in a folder of its own."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RedisServer:
    """`redis-server` as its own process; `options` are of its command line, `config` makes it a Sentinel."""

    def __init__(self, folder: Path, *options: str, config: Path | None = None) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._config = [str(config), "--sentinel"] if config else []
        self._options = options or ("--appendonly", "yes", "--appendfsync", "always")
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until it answers."""
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        assert program, "no Redis on this machine: `python3 tests` installs it"
        own = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder)]
        keep = [] if self._config else ["--save", "", *self._options]
        self._running = subprocess.Popen([program, *self._config, *own, *keep], stdout=subprocess.DEVNULL)
        while self._running.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as line:
                line.sendall(b"PING\r\n")
                if line.recv(100).startswith(b"+PONG"):
                    return
        raise AssertionError("Redis ended at once")

    def send(self, number: signal.Signals) -> None:
        """`SIGKILL` ends it, `SIGSTOP` freezes it, `SIGCONT` lets it go on."""
        assert self._running
        self._running.send_signal(number)
        if number == signal.SIGKILL:
            self._running.wait()

    def stop(self) -> None:
        """End it."""
        if self._running and self._running.poll() is None:
            self._running.send_signal(signal.SIGCONT)
            self._running.terminate()
            self._running.wait(timeout=30)


@contextlib.contextmanager
def redis_server(folder: Path, *options: str, config: Path | None = None) -> Iterator[RedisServer]:
    """A Redis for the length of a test."""
    server = RedisServer(folder, *options, config=config)
    server.start()
    try:
        yield server
    finally:
        server.stop()
