"""A room: one workshop while it runs. Its pipeline stores, its replica folds, its fan-out tells; one task for all.

Nothing here awaits a person, and no person's leaving cancels an append. A fault ends this room only ([BYE2]).
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from protocol.codes import Code
from protocol.entries import Entry
from protocol.messages import Position, Saved
from server.log.base import Log, PositionGone, StoreError
from server.log.ending import ended
from server.workshop.door import let_in
from server.workshop.refused import Refused
from server.workshop.seen_by import owners, removed, turned
from server.workshop.speculate import Request
from server.workshop.state import State

from .fanout import Fanout, Reader
from .frame import Frame, frame
from .held import Held
from .line import part
from .missed import Missed
from .pace import Pace
from .pipeline import Answer, Pipeline
from .presence import Presence
from .replica import Replica, altered
from .roster import Roster
from .whole import Whole

logger = structlog.get_logger("rooms")
DOOR: Final = ("door", "door")
"""Where it stands who may come in."""
LOOK_AGAIN_S: Final = 1.0
"""Before following anew when the store could not be reached."""


class Room:
    """One live workshop. `clock` gives milliseconds since 1970 for decisions."""

    def __init__(self, workshop: str, log: Log, replica: Replica, held: Held, clock: Callable[[], int]) -> None:
        self.id = workshop
        self.replica = replica
        self.pace = Pace(self._tell)
        self.fanout = Fanout(replica.position)
        self._answers: list[Callable[[], None]] = []
        self.presence = Presence()
        self.whole = Whole()
        self.missed = Missed(replica)
        self.roster = Roster(self.presence, self.fanout)
        self._saved: tuple[int, Frame] | None = None
        self.tabs: dict[tuple[str | None, str], Callable[[Code], None]] = {}
        """Each (person, client) that is here, and how to end its line: the same tab comes again, or is put out."""
        self.idle_since: int | None = None
        self.told_at: int | None = None
        """When other instances were last told who is here (ms, steady clock)."""
        self.held = held
        """What it can give back to a store that lost it ([HEAL1])."""
        self._log = log
        self._pipeline = Pipeline(workshop, log, replica.state, clock, self)

    @property
    def state(self) -> State:
        """The confirmed state."""
        return self.replica.state

    @property
    def position(self) -> Position:
        """Where the confirmed state stands, for clients."""
        return self.replica.position

    @property
    def closing(self) -> bool:
        """Whether it takes no more."""
        return self._pipeline.closing

    @property
    def waiting(self) -> int:
        """Commands that are not stored yet."""
        return self._pipeline.waiting

    @property
    def stored(self) -> int:
        """Entries that this room appended."""
        return self._pipeline.stored

    def submit(self, request: Request, answer: Answer) -> None:
        """Hand over a command; `answer` is called once, when it is stored or refused."""
        self._pipeline.submit(request, answer)

    async def run(self) -> None:
        """Work until `finish`, then until nothing waits. Raises what broke the room."""
        async with asyncio.TaskGroup() as tasks:
            others = [tasks.create_task(self._follow()), tasks.create_task(self._keep())]
            await self._pipeline.work()
            await ended(*others)
        with contextlib.suppress(StoreError):
            await self._look()
        if self.pace.waiting:
            self.pace.stop()
            self._tell()
        await self.save()

    def finish(self) -> None:
        """Take no more; store what waits."""
        self._pipeline.finish()

    def abandon(self, code: Code = Code.INTERNAL) -> None:
        """After a fault, or because it is to be no more: answer whoever waits."""
        self.pace.stop()
        self._give_answers()
        self._pipeline.abandon(code)

    async def save(self) -> None:
        """Save a snapshot, if there is news; the log has everything, so a failure only costs time later."""
        snapshot = await self.held.snapshot()
        if snapshot is None:
            return
        try:
            await self._log.save_snapshot(self.id, snapshot)
        except StoreError as error:
            logger.warning("no snapshot", workshop=self.id, error=str(error))
        else:
            self.held.saved(snapshot)

    def advance(self, entries: Sequence[Entry]) -> None:
        """Fold entries that are news; they are told as soon as the pace allows ([FAN2] [FAN5])."""
        news = self.replica.news(entries)
        if not news:
            return
        keys, changes = altered(self.state, news)
        self.fanout.changing(self.state, keys, owners(self.state, keys, changes), turned(changes))
        self.held.take(news, self.replica.take(news, keys))
        if DOOR in keys:
            self._turn_out()
        self._part_with(removed(changes))
        self.pace.soon()

    def _part_with(self, people: set[str]) -> None:
        """[REMOVE1] Whoever was put out is gone here, whichever instance heard it."""
        for (person, _), end in list(self.tabs.items()):
            if person in people:
                end(Code.REMOVED)

    def behind(self, answers: Callable[[], None]) -> None:
        """[DO2] Give these answers; where their changes wait to be told, behind those."""
        if self.pace.waiting:
            self._answers.append(answers)
        else:
            answers()

    def _turn_out(self) -> None:
        """[KEY5] Those whom the door lets in no more."""
        for reader in self.fanout:
            try:
                let_in(self.state, reader.viewer.role, reader.link)
            except Refused as no:
                self.fanout.leave(reader)
                part(reader.line, no.code)

    def _tell(self) -> None:
        self.fanout.tell(self.state, self.position)
        self._give_answers()

    def _give_answers(self) -> None:
        ready, self._answers = self._answers, []
        for answers in ready:
            answers()

    def saved(self) -> Frame:
        """[DO1] The watermark: with our stores what is stored is durable."""
        seq = self.state.head.seq
        if self._saved is None or self._saved[0] != seq:
            self._saved = seq, frame(Saved(seq=seq))
        return self._saved[1]

    def catch_up(self, reader: Reader) -> None:
        """[FAN4] [DO2] A reader that drained gets what it missed, then its answers; or comes again for everything."""
        missed = self.missed.since(reader.position, reader.viewer)
        if missed is None:
            self.fanout.leave(reader)
            part(reader.line, Code.SLOW)
            return
        reader.position = self.position
        reader.resume([missed, self.roster.whole(self.state, reader.viewer)])
        self.fanout.caught_up(reader)

    async def reach(self, seq: int | None) -> None:
        """Take in what others wrote up to `seq` (None: all), if the store has it.

        Raises `StoreError` where it cannot be asked.
        """
        if (seq is None or seq > self.state.head.seq) and not self.closing:
            with contextlib.suppress(PositionGone):  # whoever follows finds that too
                await self._look()

    async def _look(self) -> None:
        """[HEAL1] Once more before it closes: what the store lost meanwhile is found now or never."""
        self.advance(await self._log.read(self.id, self.state.head))

    async def _follow(self) -> None:
        """What other instances write into this workshop."""
        while True:
            try:
                async for entries in self._log.follow(self.id, self.state.head, lambda: self.state.head):
                    self.advance(entries)
            except StoreError:
                await asyncio.sleep(LOOK_AGAIN_S)

    async def _keep(self) -> None:
        """A snapshot every few hundred entries, beside the work."""
        while True:
            await self.held.due.wait()
            self.held.due.clear()
            await self.save()
