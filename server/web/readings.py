"""Papers as pages, ready to be read by many."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from protocol.records import Record
from server.exports.given import Given, told
from server.files.store import Store
from server.live.room import Room
from server.workshop.pictures import pictured
from server.workshop.quotes import quoted

from .making import Making, written
from .picturing import shown

KEPT: Final = 64
"""So many pages that were read lately are kept ready."""
KEPT_BYTES: Final = 134_217_728
"""As long as they come to no more than this."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it was made of this."""

    of: tuple[object, ...]
    body: bytes
    etag: str


class Readings:
    """The pages that were read lately: each made once for a state of its paper and of what is in that ([PAGE6])."""

    def __init__(self, making: Making, store: Callable[[], Store | None]) -> None:
        self._making = making
        self._store = store
        self._made: OrderedDict[str, Made] = OrderedDict()
        self._turns: dict[str, asyncio.Lock] = {}

    async def of(self, request: Request, room: Room) -> Made:
        """The page of a workshop as its paper is now; whoever asks meanwhile waits for the same."""
        async with self._turns.setdefault(room.id, asyncio.Lock()):
            state = room.state
            updates = [update for update in state.updates.values() if not update.held]
            language = state.door.page_language
            said = quoted(state)
            of = (state.workshop.title, language, state.paper, *updates, *said, *pictured(state))
            made = self._made.get(room.id)
            if made is None or made.of != of:
                assert state.paper
                records: list[Record] = [state.workshop, state.paper, *updates, *said]
                pictures = await shown("page", state, room.id, self._store())
                body = await self._making.document(request, "page", language, lambda: _told(records, pictures))
                made = Made(of, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
            self._keep(room.id, made)
        return made

    def _keep(self, workshop: str, made: Made) -> None:
        self._made[workshop] = made
        self._made.move_to_end(workshop)
        while len(self._made) > KEPT or self._bytes > KEPT_BYTES:
            self._turns.pop(self._made.popitem(last=False)[0], None)

    @property
    def _bytes(self) -> int:
        return sum(len(made.body) for made in self._made.values())


async def _told(records: list[Record], pictures: Mapping[str, Given]) -> AsyncIterator[bytes]:
    async for some in written(records):
        yield some
    for some in told(pictures):
        yield some
