"""Tells other programs what happens in the workshops: whatever waits and is due, whether or not anybody is there.

What waits, and whose turn it is, stands in each workshop's log ([HOOK4] [HOOK5]); here is only when to look.
"""

import asyncio
import secrets
from typing import Final

import structlog

from protocol.codes import Code
from protocol.commands import HookTold, HookTry
from protocol.entries import Head
from protocol.hook import Attempt, Hook
from server.live.held import reopened
from server.live.registry import Registry
from server.live.room import Room
from server.log.base import Gone, StoreError
from server.log.ending import ended
from server.workshop.hooks import PAUSES
from server.workshop.pointing import pointed_to
from server.workshop.refused import Corrupt, Refused

from .asking import asked
from .posting import Post
from .signing import body_of, headers_of, key_of

logger = structlog.get_logger("web")
RECENT_MS: Final = 2 * int(sum(PAUSES))
"""Where nothing happened for so long, nothing waits."""
LOOK_S: Final = 300.0
"""About how often it is looked for what waits in workshops that nobody is in ([HOOK5])."""
AT_ONCE: Final = 16
"""So many are told at the same time."""


class Telling:
    """`post` None: nobody is told anything."""

    def __init__(self, registry: Registry, secret: str, post: Post | None) -> None:
        self.post = post
        self._registry = registry
        self._secret = secret
        self._due: dict[str, int] = {}
        """When to look at a workshop again of which something waits (ms)."""
        self._looked: dict[str, Head] = {}
        self._busy: dict[str, asyncio.Task[None]] = {}

    def key(self, workshop: str, hook: Hook) -> bytes:
        """What its messages are signed with."""
        return key_of(self._secret, workshop, hook.number)

    def tick(self) -> None:
        """Once or twice a second."""
        if self.post is None:
            return
        for room in self._registry.rooms.values():
            self._note(room.id, room.state.hook)
        now = self._registry.clock()
        for workshop in [name for name, due in self._due.items() if due <= now and name not in self._busy]:
            if len(self._busy) < AT_ONCE:
                del self._due[workshop]
                self._busy[workshop] = asyncio.create_task(self._tell(workshop))

    async def looking(self) -> None:
        """For as long as the app runs: what waits where no room is open, since an instance went away or started."""
        while self.post is not None:
            try:
                await self._look()
            except StoreError as error:
                logger.warning("not looked for what is to be told", error=str(error))
            except Exception:
                logger.exception("looking for what is to be told failed")
            await asyncio.sleep(LOOK_S)

    async def close(self) -> None:
        """What is under way is cut off; it is told again by whoever comes next."""
        await ended(*self._busy.values())

    def _note(self, workshop: str, hook: Hook | None) -> None:
        if hook and hook.address and hook.waiting:
            self._due[workshop] = hook.due
        else:
            self._due.pop(workshop, None)

    async def _tell(self, workshop: str) -> None:
        try:
            room = await self._registry.room(workshop)
            while room.state.hook and await self._one(room, room.state.hook):
                pass
            self._note(workshop, room.state.hook)
        except Refused as no:
            if no.code not in {Code.NOT_FOUND, Code.DELETED, Code.STALE}:
                self._due[workshop] = self._registry.clock() + int(PAUSES[0])
        except Exception:
            logger.exception("telling failed", workshop=workshop)
            self._due[workshop] = self._registry.clock() + int(PAUSES[0])
        finally:
            self._busy.pop(workshop, None)

    async def _one(self, room: Room, hook: Hook) -> bool:
        """Tell what is next, if it is our turn; whether it arrived."""
        now = self._registry.clock()
        if not hook.address or not hook.waiting or hook.due > now or self.post is None:
            return False
        next_ = hook.waiting[0]
        await asked(room, _client(), HookTry(n=next_.n, tries=hook.tries))
        body = body_of(room.id, room.state.workshop.title, next_)
        name = f"msg_{room.id}_{next_.n}"
        headers = headers_of(self.key(room.id, hook), name, now // 1_000, body)
        answer = await self.post.send(hook.address, headers, body)
        attempt = Attempt(n=next_.n, at=now, arrived=answer.arrived, status=answer.status, why=answer.why)
        await asked(room, _client(), HookTold(attempt=attempt))
        if not answer.arrived:
            logger.info("not told", workshop=room.id, status=answer.status, why=answer.why)
        return answer.arrived

    async def _look(self) -> None:
        log = self._registry.log
        now = await log.now()
        for name in await log.workshops():
            try:
                last = await log.last(name)
                old = not last or now - last.at > RECENT_MS or self._looked.get(name) == last.head
                if not last or old or name in self._registry.rooms or (last.seq == 1 and pointed_to([last])):
                    continue
                state, _, _ = await reopened(log, name)
            except (Gone, Corrupt, ValueError, KeyError):
                continue
            self._looked[name] = last.head
            self._note(name, state.hook)


def _client() -> str:
    return f"hook-{secrets.token_urlsafe(9)}"
