"""A network of one's own for an instance, where this machine lets a test make one: a real cable that can be cut."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

NET = f"10.{200 + os.getpid() % 50}.{os.getpid() // 50 % 250}"


@dataclass(frozen=True)
class Namespace:
    """Two cables lead into it: people come by one, the store is at the other's end."""

    name: str
    people: str = f"{NET}.2"
    """Where an instance in it is reached from here."""
    store: str = f"{NET}.5"
    """Where it reaches what listens here."""

    @property
    def within(self) -> tuple[str, ...]:
        """How a command is run in it."""
        return ("ip", "netns", "exec", self.name)

    def cut(self) -> None:
        """The store's cable is pulled: nothing passes, and nobody is told."""
        _ip("link", "set", f"{self.name}s", "down")

    def heal(self) -> None:
        """It is in again."""
        _ip("link", "set", f"{self.name}s", "up")


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


def _cable(name: str, end: str, here: str, there: str) -> None:
    outside, inside = f"{name}{end}", f"{name}{end}i"
    _ip("link", "add", outside, "type", "veth", "peer", "name", inside)
    _ip("link", "set", inside, "netns", name)
    _ip("addr", "add", f"{here}/30", "dev", outside)
    _ip("link", "set", outside, "up")
    _ip("-n", name, "addr", "add", f"{there}/30", "dev", inside)
    _ip("-n", name, "link", "set", inside, "up")


@contextlib.contextmanager
def namespace() -> Iterator[Namespace | None]:
    """One for the length of a test; None where this machine does not let us."""
    name = f"pl{os.getpid() % 100_000}"
    if not shutil.which("ip"):
        yield None
        return
    try:
        _ip("netns", "add", name)
    except subprocess.CalledProcessError:
        yield None
        return
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        _cable(name, "p", f"{NET}.1", f"{NET}.2")
        _cable(name, "s", f"{NET}.5", f"{NET}.6")
        yield Namespace(name)
    finally:
        _ip("netns", "del", name)  # its cables go with it
