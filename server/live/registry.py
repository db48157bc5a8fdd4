"""The rooms of this process: opened when somebody comes, closed when nobody has been there for a while."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from protocol.changes import Change
from protocol.codes import EXPLAINED, Code
from protocol.entries import EMPTY, Draft
from server.log.base import Gone, HeadMoved, Log, PositionGone, StoreError
from server.workshop.pointing import pointed_to, pointing_to
from server.workshop.refused import Refused

from .heal import heal
from .held import reopened
from .line import part
from .peers import Peers
from .replica import Replica
from .room import Room

logger = structlog.get_logger("rooms")
IDLE_MS: Final = 60_000
"""A room that nobody is in for this long is closed."""
SPREAD_MS: Final = 2_000
"""On restart people come back spread over this long ([BYE1])."""
HEAL_AGAIN_S: Final = 0.5
"""Before the next try to give a store back what it lost."""
CLOSE_S: Final = 5.0
"""Longest that closing waits for a store that cannot be reached; what is not stored was not answered."""


class Registry:
    """Rooms by workshop. `clock`: milliseconds since 1970; `steady`: milliseconds that never jump."""

    def __init__(self, log: Log, secret: bytes, clock: Callable[[], int], steady: Callable[[], int]) -> None:
        self.rooms: dict[str, Room] = {}
        self.clock = clock
        self.steady = steady
        self.log = log
        self.peers = Peers(log, self.rooms)
        self._secret = secret
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    async def create(self, workshop: str, changes: Sequence[Change]) -> bool:
        """Found a workshop; False where one of that id is there already, or ever was."""
        return await self._begun(
            workshop, Draft(by="system", client="system", n=1, name="workshop.create", changes=tuple(changes))
        )

    async def point(self, code: str, workshop: str) -> bool:
        """[KEY3] Let a code lead to a workshop; False where the code is taken."""
        return await self._begun(code, pointing_to(workshop))

    async def _begun(self, workshop: str, draft: Draft) -> bool:
        with contextlib.suppress(HeadMoved, Gone):
            await self.log.append(workshop, [draft], EMPTY)
            return True
        return False

    async def room(self, workshop: str) -> Room:
        """The room of a workshop or of a code that leads to one, opened if need be.

        Refused with `not_found` where there is no such workshop, with `deleted` where there is none any more.
        """
        async with self._locks.setdefault(workshop, asyncio.Lock()):
            room = self.rooms.get(workshop)
            if room and room.closing:
                await asyncio.wait([self._tasks[workshop]])
                room = None
            return room or await self._open(workshop)

    def tick(self) -> None:
        """Once or twice a second: fade presence, help slow readers, close idle rooms."""
        now = self.steady()
        for room in list(self.rooms.values()):
            try:
                self._tend(room, now)
            except Exception:
                logger.exception("tending failed", workshop=room.id)
                self._farewell(room, Code.INTERNAL)
                room.abandon()
                self._tasks[room.id].cancel()

    async def close(self) -> None:
        """[BYE1] Say goodbye to all, store what waits, save snapshots; from now on no room opens."""
        self._closing = True
        tasks = list(self._tasks.values())
        for room in list(self.rooms.values()):
            self._farewell(room, Code.RESTART)
            self.peers.farewell(room)
            room.finish()
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=CLOSE_S)
            for task in late:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.peers.close()

    async def _open(self, workshop: str) -> Room:
        try:
            state, held, places = await reopened(self.log, workshop)
        except Gone as gone:
            self._locks.pop(workshop, None)
            raise Refused(Code.DELETED, EXPLAINED[Code.DELETED].meaning) from gone
        if self._closing:
            raise Refused(Code.RESTART, "The server is restarting.")
        if state.head == EMPTY:
            self._locks.pop(workshop, None)
            raise Refused(Code.NOT_FOUND, "There is no such workshop.")
        elsewhere = pointed_to(held.entries)
        if elsewhere:
            self._locks.pop(workshop, None)
            return await self.room(elsewhere)
        if workshop in self.rooms:
            # Somebody asked for it before it was there, and got a lock of their own.
            return self.rooms[workshop]
        room = Room(workshop, self.log, Replica(state, self._secret, places), held, self.clock)
        self.rooms[workshop] = room
        self._tasks[workshop] = asyncio.create_task(self._supervise(room))
        return room

    async def _supervise(self, room: Room) -> None:
        """[BYE2] A fault ends this room; its people come back to a fresh one."""
        try:
            await room.run()
        except* Gone:
            self._end_for_ever(room)
        except* PositionGone:
            logger.warning("the store lost entries", workshop=room.id, seq=room.state.head.seq)
            await self._back_again(room)
        except* Exception:
            logger.exception("room failed", workshop=room.id)
            self._farewell(room, Code.INTERNAL)
        finally:
            room.abandon()
            if self.rooms.get(room.id) is room:
                del self.rooms[room.id]
                del self._tasks[room.id]

    async def _back_again(self, room: Room) -> None:
        try:
            self._farewell(room, Code.RESTART if await self._healed(room) else Code.INTERNAL)
        except Gone:
            self._end_for_ever(room)

    def _end_for_ever(self, room: Room) -> None:
        """[GONE5] It was deleted: everybody is told, and nothing that is held here goes back into the store."""
        logger.info("deleted", workshop=room.id)
        self._farewell(room, Code.DELETED)
        room.abandon(Code.DELETED)

    async def _healed(self, room: Room) -> bool:
        """[HEAL1] Give back what the store lost, however long it is away; its people then come back to all of it."""
        while True:
            try:
                again = 0
                while some := await heal(self.log, room.id, room.held):  # until nothing is missing any more
                    again += some
                code = room.state.workshop.code.lower()
                for name in {code, room.state.door.page or room.id} - {room.id}:
                    await self.point(name, room.id)
            except StoreError as error:
                logger.warning("store away", workshop=room.id, error=str(error))
                if self._closing:
                    return False
                await asyncio.sleep(HEAL_AGAIN_S)
            except Gone:
                raise
            except Exception:
                logger.exception("healing failed", workshop=room.id)
                return False
            else:
                logger.warning("appended again", workshop=room.id, entries=again)
                return True

    def _tend(self, room: Room, now: int) -> None:
        room.presence.fade(now)
        self.peers.tend(room, now)
        room.roster.tell(room.state)
        for reader in room.fanout.look_after(now):
            room.catch_up(reader)
        self._rest(room, now)

    def _farewell(self, room: Room, code: Code) -> None:
        again = EXPLAINED[code].retry != "never"
        for reader in room.fanout:
            room.fanout.leave(reader)
            spread = random.randrange(SPREAD_MS)  # noqa: S311 - spreads load, guards nothing
            part(reader.line, code, 500 + spread if again else None)

    def _rest(self, room: Room, now: int) -> None:
        if len(room.fanout):
            room.idle_since = None
        elif room.idle_since is None:
            room.idle_since = now
        elif now - room.idle_since > IDLE_MS:
            room.finish()
