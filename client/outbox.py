"""A participant's outbox: commands in order, until they are saved. Knows no line and no clock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from protocol import limits
from protocol.codes import EXPLAINED, Code

if TYPE_CHECKING:
    import asyncio

    from protocol.commands import Command
    from protocol.messages import Refused


class RefusedError(Exception):
    """The server will not do it; `code` says why, `message` to people."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class AstrayError(ConnectionError):
    """What came does not follow from what we hold: connect again."""


@dataclass(slots=True)
class Pending:
    """A command on its way. `prev`: what it was last sent behind; `done`: the seq at which the log has it."""

    n: int
    command: Command
    future: asyncio.Future[int]
    prev: int = -1
    in_flight: bool = False
    done: int | None = None


class Outbox:
    """What is here was not saved yet ([CLIENT2]).

    At most one copy of a command is in flight, so no answer is taken for another's, and what was refused for
    good is never done later after all.
    """

    def __init__(self) -> None:
        self._pending: dict[int, Pending] = {}
        self._next = 1
        self._last: int | None = None
        self._window = limits.WINDOW

    def __len__(self) -> int:
        return len(self._pending)

    def add(self, command: Command, future: asyncio.Future[int]) -> None:
        """Take a command in, behind all others."""
        self._pending[self._next] = Pending(self._next, command, future)
        self._next += 1

    def connected(self, last: int, seq: int) -> None:
        """[CLIENT3] A new line, with nothing in flight; the log at `seq` holds our commands up to `last`."""
        if self._last is None:
            self._begin(last)
        for pending in self._pending.values():
            pending.in_flight, pending.done = False, seq if pending.n <= last else None
        self._last = last

    def upcoming(self) -> Pending | None:
        """[ONCE6] What to send next and behind what; None while answers must come first."""
        prev = self._last or 0
        for pending in islice((p for p in self._pending.values() if p.done is None), self._window):
            if not pending.in_flight:
                pending.prev = prev
                return pending
            if pending.prev != prev:
                # Sent behind one that was refused since: its own refusal is on its way.
                return None
            prev = pending.n
        return None

    def done(self, n: int, seq: int) -> None:
        """The log holds it."""
        self._last = max(self._last or 0, n)
        self._window = min(limits.WINDOW, self._window * 2)
        if n in self._pending:
            self._pending[n].done = seq

    def saved(self, seq: int) -> None:
        """[CLIENT2] What is durable leaves."""
        for pending in [p for p in self._pending.values() if p.done is not None and p.done <= seq]:
            del self._pending[pending.n]
            if not pending.future.done():
                pending.future.set_result(pending.done or seq)

    def refused(self, refusal: Refused) -> None:
        """Away with it, or once more.

        Those that were sent behind it will be refused with `gap`, so after a refusal fewer are risked.
        """
        pending = self._pending.get(refusal.n)
        if pending is None or not pending.in_flight or pending.prev != refusal.prev:
            return
        pending.in_flight = False
        if refusal.code is Code.GAP and pending.prev == self._last:
            raise AstrayError("the log does not hold what it said it holds")
        if EXPLAINED[refusal.code].retry == "never":
            self._window = 1
            del self._pending[pending.n]
            if not pending.future.done():
                pending.future.set_exception(RefusedError(refusal.code, refusal.message))

    def end(self, error: Exception | None) -> None:
        """Nothing more will come: tell whoever waits."""
        for pending in self._pending.values():
            if error is None:
                pending.future.cancel()
            elif not pending.future.done():
                pending.future.set_exception(error)
        self._pending.clear()

    def _begin(self, last: int) -> None:
        """Of a client id that was used before, the numbers go on; nothing was sent under them yet."""
        pendings = list(self._pending.values())
        self._pending, self._next = {}, last + 1
        for pending in pendings:
            self.add(pending.command, pending.future)
