"""The pipeline of a room: what waits is decided together, stored, folded and answered, batch by batch.

What arrives while a batch is being stored rides in the next, so batches grow with the load.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Protocol

import structlog

from protocol.codes import EXPLAINED, Code
from protocol.entries import Draft, Entry
from protocol.messages import Done, Refused
from server.log.base import HeadMoved, Log, StoreError
from server.workshop.speculate import Accepted, Duplicate, Outcome, Rejected, Request, speculate
from server.workshop.state import State

logger = structlog.get_logger("rooms")
WAITING: Final = 2_000
"""Most commands that wait for the store; above it they are refused with `busy` ([DO4])."""
BATCH: Final = 512
"""Most commands decided and stored together."""
PAUSE_S: Final = 0.1
"""Before the first new try when the store cannot be reached; doubles from there."""
PAUSE_MOST_S: Final = 2.0
"""Longest pause between tries."""
BUSY_MS: Final = 1_000
"""When to come back with what was refused as `busy`."""

Answer = Callable[[Done | Refused], None]


class Teller(Protocol):
    """Whoever tells the readers of a workshop."""

    def advance(self, entries: Sequence[Entry]) -> None:
        """Fold entries that are news, and tell of them."""

    def behind(self, answers: Callable[[], None]) -> None:
        """Give these answers, once all that was folded has been told ([DO2])."""


class Pipeline:
    """Decides on `state`, which `teller` alone moves on."""

    def __init__(self, workshop: str, log: Log, state: State, clock: Callable[[], int], teller: Teller) -> None:
        self.closing = False
        """It takes no more."""
        self.stored = 0
        """Entries appended here."""
        self._workshop = workshop
        self._log = log
        self._state = state
        self._clock = clock
        self._teller = teller
        self._waiting: deque[tuple[Request, Answer]] = deque()
        self._batch: list[tuple[Request, Answer]] = []
        self._wake = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many commands are not stored or refused yet."""
        return len(self._waiting) + len(self._batch)

    def submit(self, request: Request, answer: Answer) -> None:
        """Hand over a command; `answer` is called once, when it is stored or refused."""
        if self.closing:
            answer(refusal(request, Code.RESTART, "This workshop is just closing here.", BUSY_MS))
        elif len(self._waiting) >= WAITING:
            answer(refusal(request, Code.BUSY, "Too much is waiting; send it again in a moment.", BUSY_MS))
        else:
            self._waiting.append((request, answer))
            self._wake.set()

    def finish(self) -> None:
        """Take no more; `work` ends when nothing waits."""
        self.closing = True
        self._wake.set()

    def abandon(self, code: Code = Code.INTERNAL) -> None:
        """After a fault: nobody is left waiting for an answer. What was stored is found by sending it again.

        But for what is refused for ever, since there is nothing any more that it could be stored in.
        """
        self.closing = True
        left = [*self._batch, *self._waiting]
        self._batch = []
        self._waiting.clear()
        for request, answer in left:
            if code is Code.INTERNAL:
                answer(refusal(request, code, "Something broke; send it again in a moment.", BUSY_MS))
            else:
                answer(refusal(request, code, EXPLAINED[code].meaning))

    async def work(self) -> None:
        """Batch after batch, until `finish`."""
        while not (self.closing and not self._waiting):
            await self._wake.wait()
            self._wake.clear()
            while self._waiting:
                await self._one_batch()

    async def _one_batch(self) -> None:
        self._batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
        outcomes, entries = await self._store([request for request, _ in self._batch])
        self._teller.advance(entries)
        batch, self._batch, places = self._batch, [], iter(entries)
        answers = [
            (answer, self._answer(outcome, places)) for outcome, (_, answer) in zip(outcomes, batch, strict=True)
        ]
        self._teller.behind(lambda: _give_all(answers))

    async def _store(self, requests: list[Request]) -> tuple[list[Outcome], list[Entry]]:
        """[DO3] [DO4] Decide and append until it stands; each try decides on the newest state."""
        pause = PAUSE_S
        while True:
            try:
                return await self._try(requests)
            except HeadMoved:
                continue
            except StoreError as error:
                logger.warning("store away", workshop=self._workshop, error=str(error))
            await asyncio.sleep(pause)
            pause = min(2 * pause, PAUSE_MOST_S)

    async def _try(self, requests: list[Request]) -> tuple[list[Outcome], list[Entry]]:
        """Raises `HeadMoved` with what came between folded, `StoreError` with nothing done."""
        outcomes = self._decide(requests)
        drafts = [outcome.draft for outcome in outcomes if isinstance(outcome, Accepted)]
        try:
            if not drafts and any(isinstance(outcome, Rejected) for outcome in outcomes):
                await self._confirm()
            return outcomes, await self._append(drafts)
        except HeadMoved:
            self._teller.advance(await self._log.read(self._workshop, self._state.head))
            raise

    async def _confirm(self) -> None:
        """[DO5] What is stored proves itself that the state was the newest; a mere refusal has to ask."""
        entries = await self._log.read(self._workshop, self._state.head)
        if entries:
            raise HeadMoved(entries[-1].head)

    async def _append(self, drafts: list[Draft]) -> list[Entry]:
        if not drafts:
            return []
        entries = await self._log.append(self._workshop, drafts, self._state.head)
        self.stored += len(entries)
        return entries

    def _decide(self, requests: list[Request]) -> list[Outcome]:
        """[BYE2] A command that breaks a rule's code is refused by itself; it takes no neighbour along."""
        try:
            return speculate(self._state, requests, self._clock())
        except Exception:
            logger.exception("deciding failed", workshop=self._workshop)
        sound = [request for request in requests if self._is_sound(request)]
        outcomes = iter(speculate(self._state, sound, self._clock()))
        kept = {id(request) for request in sound}
        return [next(outcomes) if id(request) in kept else _broken(request) for request in requests]

    def _is_sound(self, request: Request) -> bool:
        try:
            speculate(self._state, [request], self._clock())
        except Exception:  # noqa: BLE001 - logged with the whole batch
            return False
        return True

    def _answer(self, outcome: Outcome, places: Iterator[Entry]) -> Done | Refused:
        match outcome:
            case Accepted(request=request):
                return Done(n=request.n, seq=next(places).seq)
            case Duplicate(request=request, seq=seq):
                return Done(n=request.n, seq=self._state.head.seq if seq is None else seq)
            case Rejected(request=request, code=code, message=message):
                return refusal(request, code, message)


def _give_all(answers: Sequence[tuple[Answer, Done | Refused]]) -> None:
    for answer, what in answers:
        answer(what)


def refusal(request: Request, code: Code, message: str, retry_after: int | None = None) -> Refused:
    """The answer to a command that was not done."""
    return Refused(n=request.n, prev=request.prev, code=code, message=message, retry_after=retry_after)


def _broken(request: Request) -> Rejected:
    """Not `internal`: that is sent again, would break again, and hold up all that its sender has behind it."""
    return Rejected(request, Code.INVALID, "Something broke on the server with this one; it was not done.")
