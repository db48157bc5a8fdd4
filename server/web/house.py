"""What the routes share: the rooms, the tokens, who failed to join lately, and what time it is."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

from starlette.requests import Request

from protocol import limits
from protocol.base import Role
from protocol.codes import Code
from server.live.rate import Bucket
from server.live.registry import Registry
from server.live.visit import Claims, Visit
from server.settings import Settings
from server.workshop.refused import Refused

from .tokens import Tokens

MINUTE_MS = 60_000


def steady_ms() -> int:
    """Milliseconds of a clock that never jumps."""
    return time.monotonic_ns() // 1_000_000


def wall_ms() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


@dataclass
class House:
    """One process's worth of workshops, as the routes see it."""

    settings: Settings
    registry: Registry
    tokens: Tokens
    buckets: dict[str, Bucket] = field(default_factory=dict)
    visits: set[Visit] = field(default_factory=set)
    failures: dict[str, deque[int]] = field(default_factory=dict)
    grace: float = 5.0
    """Seconds that a reader may take over our last words before it is cut."""
    _empty: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def origins(self) -> frozenset[str]:
        """Other origins whose pages may open the live line."""
        return frozenset(self.settings.origins)

    def came(self, visit: Visit) -> None:
        """A device connected."""
        self.visits.add(visit)
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
        """Where people reach us, without a slash at the end."""
        return self.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")

    def claims(self, request: Request) -> Claims:
        """Who asks, by their bearer token; refused with `bad_token`."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            raise Refused(Code.BAD_TOKEN, "A bearer token is needed.")
        return self.tokens.prove(token)

    def claims_of(self, request: Request, *roles: Role) -> Claims:
        """As `claims`, of the workshop in the path and of one of these roles (none given: any)."""
        claims = self.claims(request)
        if claims.workshop != request.path_params["workshop"]:
            raise Refused(Code.BAD_TOKEN, "This token is of another workshop.")
        if roles and claims.role not in roles:
            raise Refused(Code.FORBIDDEN, "Your role may not do that.")
        return claims

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

    def tick(self) -> None:
        """About twice a second."""
        now = self.registry.steady()
        self.registry.tick()
        for visit in [visit for visit in self.visits if visit.due <= now]:
            visit.tick()
        self.failures = {a: f for a, f in self.failures.items() if f and now - f[-1] < MINUTE_MS}
        self.buckets = {who: bucket for who, bucket in self.buckets.items() if not bucket.is_full(now)}
