"""Planted bugs: each is one that somebody could write, and each must be found. They prove that the oracle can fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from client.outbox import Outbox
from client.participant import Participant
from protocol import messages as m
from protocol.codes import EXPLAINED
from protocol.entries import EMPTY
from server.live import registry
from server.live.fanout import Fanout
from server.live.held import Held
from server.live.pipeline import Pipeline
from server.live.presence import Presence
from server.live.replica import Replica
from server.live.room import Room
from server.live.visit import Visit
from server.log.base import HeadMoved, StoreError
from server.log.following import following
from server.log.memory import chain
from server.log.redis import RedisLog
from server.workshop.actor import Actor
from server.workshop.once import check
from server.workshop.seen_by import catch_up, views

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from protocol.entries import Entry, Head
    from server.live.fanout import Reader
    from server.log.base import Log
    from server.workshop.speculate import Request

    Bug = Callable[[], AbstractContextManager[Any]]


def _instead(owner: Any, name: str, does: Any) -> Bug:
    return lambda: mock.patch.object(owner, name, does)


def _hasty(self: Pipeline, request: Request, answer: Any, submit: Any = Pipeline.submit) -> None:
    answer(m.Done(n=request.n, seq=self._state.head.seq))
    submit(self, request, lambda _: None)


def _check(*, twice: bool, gap: bool) -> Any:
    def careless(state: Any, client: str, person: str, n: int, prev: int) -> int | None:
        _, last, seq = state.clients.get(client, (person, 0, 0))
        if n <= last and not twice:
            return seq  # type: ignore[no-any-return]
        return None if (gap or n <= last) else check(state, client, person, n, prev)

    return careless


async def _blind_retry(self: RedisLog, workshop: str, drafts: Any, expected: Head) -> list[Entry]:
    """A lost reply is taken for a loss."""
    while True:
        try:
            entries = chain(drafts, expected, max(self._clock(), await self._at(workshop, expected)))
            return await self._asked(workshop, entries, expected)
        except HeadMoved as moved:
            if not moved.head.seq or not self._ends.get("lost"):
                raise
            expected = moved.head
        except Exception as error:
            if self._closed:
                raise StoreError from error
            self._ends["lost"] = expected, 1


def _skipping(self: Fanout, readers: Any, message: Any, write: Any = Fanout._write) -> None:
    write(self, readers, None if self.encoded % 50 == 7 else message)


def _forgets_at_done(self: Outbox, n: int, seq: int, done: Any = Outbox.done) -> None:
    done(self, n, seq)
    self.saved(seq)


async def _no_healing(*_: object) -> bool:
    return True


async def _heals_all(log: Log, workshop: str, held: Held) -> int:
    entries = await log.read(workshop, EMPTY)
    await log.append(workshop, [entry.draft for entry in held.entries], entries[-1].head if entries else EMPTY)
    return 0


def _holds_less(self: Held, entries: Any, placed: Any, take: Any = Held.take) -> None:
    take(self, entries, placed)
    if len(self.entries) > 3:
        self._passed.pop()


def _since_any(self: Replica, position: Any, viewer: Any) -> Any:
    """Resumes by number, whatever log that number was of."""
    places = list(self._recent)
    for i, (head, _) in enumerate(places):
        if head.seq == position.seq:
            return catch_up(views(self.state, viewer, frozenset().union(*(keys for _, keys in places[i + 1 :]))))
    return None


def _keeps_old(self: Participant, message: Any, up: Any, welcomed: Any = Participant._welcomed) -> None:
    old = dict(self.records)
    welcomed(self, message, up)
    self.records = {**old, **self.records}


def _never_looks(read: Any, bells: Any, after: Any, *, known: Any, look: float) -> Any:
    assert look
    return following(read, bells, after, known=known)


async def _answers_first(self: Pipeline) -> None:
    self._batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
    outcomes, entries = await self._store([request for request, _ in self._batch])
    batch, self._batch, places = self._batch, [], iter(entries)
    for outcome, (_, answer) in zip(outcomes, batch, strict=True):
        answer(self._answer(outcome, places))
    self._teller.advance(entries)


def _stubborn(self: Outbox, refusal: m.Refused, refused: Any = Outbox.refused) -> None:
    pending = self._pending.get(refusal.n)
    refused(self, refusal)
    if pending and refusal.n not in self._pending and EXPLAINED[refusal.code].retry == "never":
        self.add(pending.command, pending.future)


def _forgets_missed(self: Room, reader: Reader) -> None:
    reader.position = self.position
    reader.resume([])


BUGS: Final[dict[str, Bug]] = {
    "answered before it is stored": _instead(Pipeline, "submit", _hasty),
    "duplicates are done again": lambda: mock.patch("server.workshop.once.check", _check(twice=True, gap=False)),
    "gaps are ignored": lambda: mock.patch("server.workshop.once.check", _check(twice=False, gap=True)),
    "a lost reply is taken for a loss": _instead(RedisLog, "_appended", _blind_retry),
    "a change is not sent": _instead(Fanout, "_write", _skipping),
    "sealed text is sent": lambda: mock.patch("server.workshop.seen_by.is_sealed", return_value=False),
    "the outbox forgets at done": _instead(Outbox, "done", _forgets_at_done),
    "nothing is healed": _instead(registry.Registry, "_healed", _no_healing),
    "everything is healed": _instead(registry, "heal", _heals_all),
    "less is held than was acknowledged": _instead(Held, "take", _holds_less),
    "resumed from another log": _instead(Replica, "since", _since_any),
    "what is gone is kept": _instead(Participant, "_welcomed", _keeps_old),
    "wake-ups are trusted": lambda: mock.patch("server.log.redis.following", _never_looks),
    "anybody steers": _instead(Actor, "facilitates", property(lambda _: True)),
    "the dead stay": _instead(Presence, "fade", lambda *_: None),
    "answered before it is shown": _instead(Pipeline, "_one_batch", _answers_first),
    "what was refused is tried again": _instead(Outbox, "refused", _stubborn),
    "who was slow misses something": _instead(Room, "catch_up", _forgets_missed),
    "what comes twice is asked twice": _instead(Visit, "_ask", Visit._asked_first),
}
