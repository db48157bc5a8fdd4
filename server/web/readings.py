"""Papers as pages, ready to be read by many."""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from protocol.records import Record
from server.live.room import Room

from .making import Making

KEPT: Final = 64
"""So many pages that were read lately are kept ready."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it was made of this."""

    of: tuple[object, ...]
    body: bytes
    etag: str


class Readings:
    """The pages that were read lately: each made once for each state of its paper, however many read it ([PAGE6])."""

    def __init__(self, making: Making) -> None:
        self._making = making
        self._made: OrderedDict[str, Made] = OrderedDict()
        self._turns: dict[str, asyncio.Lock] = {}

    async def of(self, request: Request, room: Room) -> Made:
        """The page of a workshop as its paper is now; whoever asks meanwhile waits for the same."""
        async with self._turns.setdefault(room.id, asyncio.Lock()):
            state = room.state
            updates = [update for update in state.updates.values() if not update.held]
            language = state.door.page_language
            of = (state.workshop.title, language, state.paper, *updates)
            made = self._made.get(room.id)
            if made is None or made.of != of:
                assert state.paper
                records: list[Record] = [state.workshop, state.paper, *updates]
                body = await self._making.document(request, "page", language, lambda: records)
                made = Made(of, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
            self._keep(room.id, made)
        return made

    def _keep(self, workshop: str, made: Made) -> None:
        self._made[workshop] = made
        self._made.move_to_end(workshop)
        if len(self._made) > KEPT:
            self._turns.pop(self._made.popitem(last=False)[0], None)
