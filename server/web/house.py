"""What the routes share: the rooms, the tokens, who failed to join lately, and what time it is."""

import asyncio
import re
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.requests import Request

from protocol import limits
from protocol.base import Role
from protocol.codes import Code
from server.files.store import Store
from server.files.uploads import Uploads
from server.live.frame import beat
from server.live.rate import Bucket
from server.live.registry import Registry
from server.live.retention import Retention
from server.live.room import Room
from server.live.turns import Turns
from server.live.visit import Claims, Visit
from server.live.wheel import Wheel
from server.settings import Settings
from server.workshop.door import let_in
from server.workshop.guests import at_the_door
from server.workshop.refused import Refused
from server.workshop.roles import role_of
from server.workshop.seen_by import Viewer

from .making import AT_ONCE, Making
from .passwords import Passwords
from .readings import Readings
from .telling import Telling
from .tokens import Tokens

if TYPE_CHECKING:
    from .stream import Stream

MINUTE_MS = 60_000
PREFIX = re.compile(r"(/[\w.~-]+)*/?", re.ASCII)


def steady_ms() -> int:
    """Milliseconds of a clock that never jumps."""
    return time.monotonic_ns() // 1_000_000


def wall_ms() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def house_of(request: Request) -> "House":
    """What the routes share."""
    house: House = request.app.state.house
    return house


@dataclass
class House:
    """One process's worth of workshops, as the routes see it."""

    settings: Settings
    registry: Registry
    tokens: Tokens
    retention: Retention
    telling: Telling
    buckets: dict[str, Bucket] = field(default_factory=dict)
    visits: set[Visit] = field(default_factory=set)
    streams: dict[tuple[Claims, str], "Stream"] = field(default_factory=dict)
    """Lines over HTTP, by whose they are and their name."""
    failures: dict[str, deque[int]] = field(default_factory=dict)
    passwords: Passwords = field(default_factory=Passwords)
    gate: Turns = field(default_factory=Turns)
    """[BYE3] Whoever comes and goes, a few per turn of the loop."""
    making: Making = field(default_factory=Making)
    reading: Making = field(default_factory=lambda: Making(sys.executable, "-m", "server.imports"))
    """[IMP4] Files of other tools."""
    proving: Making = field(default_factory=lambda: Making(sys.executable, "-m", "server.web.proving"))
    arriving: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    """[ARCH7] Archives on their way in: a few at a time, since each is held whole."""
    public: Readings = field(init=False)
    uploads: Uploads | None = None
    """None: this server keeps no files."""
    pieces: int = 0
    """Pieces of files that are being taken just now."""
    grace: float = 5.0
    """Seconds that a reader may take over our last words before it is cut."""
    _wheel: Wheel = field(default_factory=Wheel)
    _empty: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """What needs another part of the house."""
        self.public = Readings(self.making, lambda: self.store)

    @property
    def store(self) -> Store | None:
        """Where files lie; None where this server keeps none."""
        return self.uploads.store if self.uploads else None

    @property
    def origins(self) -> frozenset[str]:
        """Other origins whose pages may open the live line."""
        return frozenset(self.settings.origins)

    def came(self, visit: Visit) -> None:
        """A device connected."""
        self.visits.add(visit)
        self._wheel.put(visit)
        self._empty.clear()

    def left(self, visit: Visit) -> None:
        """A device is gone."""
        self.visits.discard(visit)
        if not self.visits:
            self._empty.set()

    async def emptied(self) -> None:
        """Wait until nobody is connected."""
        if self.visits:
            await self._empty.wait()

    def base(self, request: Request) -> str:
        """[HTTP8] Where people reach us, without a slash at the end; a proxy that strips a path says which."""
        prefix = request.headers.get("x-forwarded-prefix", "")
        asked = str(request.base_url).rstrip("/") + (prefix.rstrip("/") if PREFIX.fullmatch(prefix) else "")
        return self.settings.public_url.rstrip("/") or asked

    def claims(self, request: Request) -> Claims:
        """Who asks, by their bearer token; refused with `bad_token`."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            raise Refused(Code.BAD_TOKEN, "A bearer token is needed.")
        return self.tokens.prove(token)

    def claims_of(self, request: Request) -> Claims:
        """As `claims`, of the workshop in the path. What a token says of a role may be past: see `asker`."""
        claims = self.claims(request)
        if claims.workshop != request.path_params["workshop"]:
            raise Refused(Code.BAD_TOKEN, "This token is of another workshop.")
        return claims

    async def asker(self, request: Request, *roles: Role) -> tuple[Room, Viewer]:
        """[ROLE2] The workshop in the path, and who asks: as what they are there, one of these roles (none: any)."""
        room, viewer = await self.seer(self.claims_of(request))
        if roles and viewer.role not in roles:
            raise Refused(Code.FORBIDDEN, "Your role may not do that.")
        return room, viewer

    async def seer(self, claims: Claims) -> tuple[Room, Viewer]:
        """[ROLE2] The workshop of these claims, and who they are there now."""
        room = await self.registry.room(claims.workshop)
        standing(room, claims)
        await taking_part(room, claims)
        return room, Viewer(role_of(room.state, claims.person, claims.role), claims.person)

    async def led(self, request: Request) -> Room:
        """The room of the workshop in the path, for whoever leads it."""
        room, _ = await self.asker(request, Role.FACILITATOR)
        return room

    def may_try(self, address: str) -> None:
        """[JOIN5] Refuse an address that failed too often in the last minute."""
        recent = self.failures.get(address, deque())
        while recent and self.registry.steady() - recent[0] > MINUTE_MS:
            recent.popleft()
        if len(recent) >= limits.JOIN_FAILURES_PER_MINUTE:
            raise Refused(Code.RATE, "Too many wrong codes from here. Wait a minute.")

    def failed(self, address: str) -> None:
        """Count a wrong code or key."""
        self.failures.setdefault(address, deque()).append(self.registry.steady())

    def pulse(self) -> None:
        """[LIVE3] About ten times a second: whoever is due is looked after, all of them with the same beat."""
        now, alive = self.registry.steady(), beat(0, self.registry.clock())
        for visit in self._wheel.due(now):
            try:
                visit.tick(now, alive)
            finally:
                self._wheel.put(visit)

    def tick(self) -> None:
        """About twice a second."""
        now = self.registry.steady()
        self.registry.tick()
        self.telling.tick()
        self.failures = {a: f for a, f in self.failures.items() if f and now - f[-1] < MINUTE_MS}
        self.buckets = {who: bucket for who, bucket in self.buckets.items() if not bucket.is_full(now)}


def standing(room: Room, claims: Claims) -> None:
    """[REMOVE1] [KEY5] Refuse whoever was put out."""
    let_in(room.state, claims.role, claims.link)
    person = room.state.people.get(claims.person or "")
    if person is not None and person.removed:
        raise Refused(Code.REMOVED, "The facilitator has removed you.")


async def taking_part(room: Room, claims: Claims) -> None:
    """[DOOR3] Refuse whoever is at the door only; a person who is not known here came elsewhere, or was lost."""
    if claims.person is None or claims.person in room.state.people:
        return
    await room.reach(None)
    at_the_door(room.state, claims.person)
    if claims.person not in room.state.people:
        raise Refused(Code.STORE, "The store does not hold that this person joined.")
