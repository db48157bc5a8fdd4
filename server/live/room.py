"""A room: one workshop's pipeline. Takes what waits, decides, stores, folds, fans out, answers. One task per room.

Nothing here awaits a person, and no person's leaving cancels an append. A fault ends this room only ([BYE2]).
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from protocol.codes import Code
from protocol.entries import Draft, Entry
from protocol.messages import Done, Position, Refused, Saved
from server.log.base import HeadMoved, Log, StoreError
from server.workshop.seen_by import owners
from server.workshop.speculate import Accepted, Duplicate, Outcome, Rejected, Request, speculate
from server.workshop.state import State

from .fanout import Fanout, frame
from .presence import Presence
from .replica import Replica, altered

WAITING: Final = 2_000
"""Most commands that wait for the store; above it they are refused with `busy` ([DO4])."""
BATCH: Final = 512
"""Most commands decided and stored together."""
PAUSE_S: Final = 0.5
"""Between tries while the store cannot be reached."""

Answer = Callable[[Done | Refused], None]


class Room:
    """One live workshop. `clock` gives milliseconds since 1970 for decisions."""

    def __init__(self, workshop: str, log: Log, replica: Replica, clock: Callable[[], int]) -> None:
        self.id = workshop
        self.replica = replica
        self.fanout = Fanout()
        self.presence = Presence()
        self.idle_since: int | None = None
        self.stored = 0
        """Entries that this room appended."""
        self._log = log
        self._clock = clock
        self._waiting: deque[tuple[Request, Answer]] = deque()
        self._wake = asyncio.Event()
        self._closing = False

    @property
    def state(self) -> State:
        """The confirmed state."""
        return self.replica.state

    @property
    def position(self) -> Position:
        """Where the confirmed state stands, for clients."""
        return Position(seq=self.state.head.seq, tag=self.replica.tag())

    @property
    def closing(self) -> bool:
        """Whether it takes no more."""
        return self._closing

    def submit(self, request: Request, answer: Answer) -> None:
        """Hand over a command; `answer` is called once, when it is stored or refused."""
        if self._closing or len(self._waiting) >= WAITING:
            code = Code.RESTART if self._closing else Code.BUSY
            answer(_refusal(request, code, "Too much is waiting; send it again in a moment.", 1_000))
            return
        self._waiting.append((request, answer))
        self._wake.set()

    async def run(self) -> None:
        """Work until `finish`, then until nothing waits. Raises what broke the room."""
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(self._follow())
            while not (self._closing and not self._waiting):
                await self._wake.wait()
                self._wake.clear()
                while self._waiting:
                    await self._batch()
            following.cancel()
        await self.save()

    def finish(self) -> None:
        """Take no more; store what waits."""
        self._closing = True
        self._wake.set()

    async def save(self) -> None:
        """Save a snapshot, if there is news."""
        snapshot = self.replica.snapshot()
        if snapshot:
            await self._log.save_snapshot(self.id, snapshot)

    def advance(self, entries: Sequence[Entry]) -> None:
        """Fold entries that are news, and fan them out ([FAN2])."""
        news = self.replica.news(entries)
        if not news:
            return
        keys, changes = altered(self.state, news)
        was = self.fanout.before(self.state, keys, owners(self.state, keys, changes))
        self.replica.take(news, keys)
        self.fanout.send(self.state, was, keys, self.position)

    async def _follow(self) -> None:
        """What other instances write into this workshop."""
        while True:
            try:
                async for entries in self._log.follow(self.id, self.state.head):
                    self.advance(entries)
            except StoreError:
                await asyncio.sleep(PAUSE_S)

    async def _batch(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        outcomes, entries = await self._stored([request for request, _ in batch])
        self.advance(entries)
        places = iter(entries)
        for outcome, (_, answer) in zip(outcomes, batch, strict=True):
            answer(self._answer(outcome, places))
        if self.replica.due:
            await self.save()

    async def _stored(self, requests: list[Request]) -> tuple[list[Outcome], list[Entry]]:
        """[DO3] Decide and append; where the head moved, fold what came between and decide again."""
        while True:
            outcomes = speculate(self.state, requests, self._clock())
            drafts = [outcome.draft for outcome in outcomes if isinstance(outcome, Accepted)]
            try:
                return outcomes, await self._append(drafts)
            except HeadMoved:
                self.advance(await self._log.read(self.id, self.state.head))
            except StoreError:
                await asyncio.sleep(PAUSE_S)

    async def _append(self, drafts: list[Draft]) -> list[Entry]:
        if not drafts:
            return []
        entries = await self._log.append(self.id, drafts, self.state.head)
        self.stored += len(entries)
        return entries

    def _answer(self, outcome: Outcome, places: Iterator[Entry]) -> Done | Refused:
        match outcome:
            case Accepted(request=request):
                return Done(n=request.n, seq=next(places).seq)
            case Duplicate(request=request, seq=seq):
                return Done(n=request.n, seq=self.state.head.seq if seq is None else seq)
            case Rejected(request=request, code=code, message=message):
                return _refusal(request, code, message)


def saved(seq: int) -> bytes:
    """[DO1] The watermark as a frame: with our stores what is stored is durable."""
    return frame(Saved(seq=seq))


def _refusal(request: Request, code: Code, message: str, retry_after: int | None = None) -> Refused:
    return Refused(n=request.n, prev=request.prev, code=code, message=message, retry_after=retry_after)
