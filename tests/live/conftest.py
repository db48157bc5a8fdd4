"""A room, open, with a facilitator in it."""

from collections.abc import AsyncIterator

import pytest

from protocol.base import Place, Role
from protocol.commands import PersonJoin
from server.live.registry import Registry
from server.workshop.actor import SYSTEM
from server.workshop.templates import founding, load
from tests.live.floor import FlakyLog, Floor, Times


@pytest.fixture
async def floor() -> AsyncIterator[Floor]:
    """A room, open."""
    times = Times()
    log = FlakyLog(lambda: times.now)
    registry = Registry(log, b"secret", lambda: times.now, lambda: times.now)
    await registry.create("w", founding(load("quick"), "w", "W", "Test", "", times.now))
    place = Floor(registry, await registry.room("w"), log, times)
    join = PersonJoin(id="boss", name="Boss", role=Role.FACILITATOR, place=Place.ROOM)
    await place.ask(join, SYSTEM, "join-boss")
    yield place
    log.away = False
    await registry.close()
