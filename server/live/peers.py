"""The other instances: each tells whom it has in each workshop, when that changes and every few seconds ([HERE3])."""

import asyncio
import secrets
from typing import Final

import structlog
from pydantic import TypeAdapter, ValidationError

from protocol.base import Id, Shape
from protocol.codes import Code
from protocol.messages import HereUp
from server.log.base import StoreError
from server.log.bus import Bus

from .room import Room

logger = structlog.get_logger("rooms")
TELL_MS: Final = 4_000
"""How often a roster is told again though nothing changed; well within `PRESENCE_MS`, after which it fades."""


class Told(Shape):
    """Whom an instance has in a workshop, and what each of their devices does. `ask`: the others shall tell too."""

    instance: str
    people: dict[Id, tuple[HereUp, ...]]
    ask: bool = False


class Came(Shape):
    """A tab came to an instance: a line of it elsewhere is dead, whatever is still under way on it ([HERE4])."""

    instance: str
    person: Id | None
    tab: Id


WORDS: Final[TypeAdapter[Told | Came]] = TypeAdapter(Told | Came)


class Peers:
    """Tells our rosters over the bus, and takes in theirs. Without a bus there are no others."""

    def __init__(self, log: object, rooms: dict[str, Room]) -> None:
        self.instance = secrets.token_hex(6)
        self._bus = log if isinstance(log, Bus) else None
        self._rooms = rooms
        self._saying: set[asyncio.Task[None]] = set()
        self._now = 0
        if self._bus:
            self._bus.listen(self._hear)

    def tend(self, room: Room, now: int) -> None:
        """About once a second: tell of a room what changed, or that it is still so."""
        self._now = now
        first = room.told_at is None
        if self._bus and (first or room.presence.ours_changed or now - (room.told_at or 0) >= TELL_MS):
            room.told_at, room.presence.ours_changed = now, False
            self._say(room.id, Told(instance=self.instance, people=room.presence.ours(), ask=first))

    def farewell(self, room: Room) -> None:
        """Nobody of this room is here any more."""
        if self._bus:
            self._say(room.id, Told(instance=self.instance, people={}))

    def came(self, workshop: str, person: str | None, tab: str) -> None:
        """This tab is here now."""
        if self._bus:
            self._say(workshop, Came(instance=self.instance, person=person, tab=tab))

    async def close(self) -> None:
        """Wait for what is being said."""
        await asyncio.gather(*self._saying)

    def _say(self, workshop: str, words: Told | Came) -> None:
        task = asyncio.create_task(self._said(workshop, words.model_dump_json().encode()))
        self._saying.add(task)
        task.add_done_callback(self._saying.discard)

    async def _said(self, workshop: str, words: bytes) -> None:
        try:
            if self._bus:
                await self._bus.say(workshop, words)
        except StoreError as error:
            logger.info("not told who is here", workshop=workshop, error=str(error))

    def _hear(self, workshop: str, words: bytes) -> None:
        room = self._rooms.get(workshop)
        try:
            said = WORDS.validate_json(words)
        except ValidationError:
            logger.warning("another instance said what we do not understand", workshop=workshop)
            return
        if room is None or said.instance == self.instance:
            return
        if isinstance(said, Told):
            self._told(room, said)
        elif ended := room.tabs.get((said.person, said.tab)):
            ended(Code.DEAD)

    def _told(self, room: Room, told: Told) -> None:
        room.presence.theirs(told.instance, told.people, self._now)
        if told.ask:
            room.presence.ours_changed = True
