"""Speculation: decide a batch in order, each on what the earlier leave, and leave the state exactly as found.

The log may yet refuse the batch because its head moved; so nothing stays until the entries come back
([DO3], [FOLD4]).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import Command
from protocol.entries import Draft

from . import once
from .actor import Actor
from .decide import decide
from .fold import Undo, apply, undo
from .refused import Refused
from .state import State


@dataclass(frozen=True, slots=True)
class Request:
    """A command on its way in, with what makes it exactly-once."""

    client: str
    n: int
    prev: int
    actor: Actor
    command: Command


@dataclass(frozen=True, slots=True)
class Accepted:
    """To be stored; `draft` is what."""

    request: Request
    draft: Draft


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Done before, at `seq`; None: earlier in this very batch."""

    request: Request
    seq: int | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused, without a trace."""

    request: Request
    code: Code
    message: str


Outcome = Accepted | Duplicate | Rejected

_IN_BATCH = -1


def speculate(state: State, requests: Sequence[Request], now: int) -> list[Outcome]:
    """Decide each request at `now` (ms), in order. The state is as before when this returns."""
    done: Undo = []
    clients = dict[str, tuple[str, int, int] | None]()
    try:
        return [_one(state, request, now, done, clients) for request in requests]
    finally:
        undo(state, done)
        _forget(state, clients)


def _one(
    state: State, request: Request, now: int, done: Undo, clients: dict[str, tuple[str, int, int] | None]
) -> Outcome:
    by = request.actor.person or "system"
    try:
        seq = once.check(state, request.client, by, request.n, request.prev)
        if seq is not None:
            return Duplicate(request, None if seq == _IN_BATCH else seq)
        changes = decide(state, request.actor, request.command, now)
    except Refused as no:
        return Rejected(request, no.code, no.message)
    done.extend(apply(state, changes))
    clients.setdefault(request.client, state.clients.get(request.client))
    state.clients[request.client] = (by, request.n, _IN_BATCH)
    return Accepted(request, _draft(request, by, changes))


def _draft(request: Request, by: str, changes: tuple[Change, ...]) -> Draft:
    return Draft(by=by, client=request.client, n=request.n, name=request.command.do, changes=changes)


def _forget(state: State, clients: dict[str, tuple[str, int, int] | None]) -> None:
    for client, before in clients.items():
        if before is None:
            del state.clients[client]
        else:
            state.clients[client] = before
