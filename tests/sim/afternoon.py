"""One simulated afternoon from its seed: the same seed, the same afternoon."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from contextlib import asynccontextmanager
from random import Random
from typing import TYPE_CHECKING, Final
from unittest import mock

import structlog

from protocol import limits
from protocol.base import Role
from protocol.messages import Done
from server.live import held, pace
from server.workshop.actor import SYSTEM
from server.workshop.speculate import Request
from tests.workshop.world import beginning, joining

from . import faults
from .clock import VirtualLoop
from .instance import Instance
from .network import Link, Roads
from .oracle import BrokenError, Oracle, present
from .people import Device
from .redis import Server, Weather

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, MutableMapping
    from typing import Any

LENGTH_S: Final = 30.0
"""How long people work."""
SETTLE_S: Final = 120.0
"""Within this of the last fault everybody has everything."""
PRESENCE_S: Final = 40.0
ALARMS: Final = {"room failed", "a visit failed", "deciding failed", "tending failed", "healing failed"}


class Stage:
    """All that takes part."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.reached = Counter[str]()
        chance = self.chance("stage")
        odds = chance.choice
        self.weather = Weather(odds([0, 0, 0.05, 0.2]), odds([0, 0.3, 1]), odds([0, 0.2]), odds([0.001, 0.02]))
        self.server = Server(Weather(), self.reached)
        self.roads = Roads(odds([0.005, 0.05, 0.3]), odds([0, 0.2]))
        self.oracle = Oracle(self.server, self.reached)
        self.instances = [
            Instance(f"instance-{i}", self.server, self.chance(f"instance-{i}"), chance.randint(-3_600_000, 3_600_000))
            for i in range(odds([1, 2, 3]))
        ]
        self.devices: list[Device] = []
        self.guarded: Instance | None = None
        """Whoever alone may hold what the store lost is not killed before it gave it back."""
        self.lost_at = 0.0
        self.links = 0
        self.working = True
        self.dark = odds([0, 0, 0.01])
        """The odds of a power cut between "done" and "saved"."""
        self._bad = self.chance("dark")
        self._running: set[asyncio.Task[None]] = set()

    def chance(self, name: str) -> Random:
        """Luck of one's own, so that one more draw here changes nothing there."""
        return Random(f"{self.seed} {name}")

    # Setting up.

    async def begin(self) -> None:
        """Instances up, the workshop founded, everybody joined."""
        for instance in self.instances:
            instance.start()
        first = self.instances[0]
        await first.registry.create("w", beginning())
        self.oracle.done.add(("system", 1))
        room = await first.registry.room("w")
        people = ["fay", "ann", "bob", "cy"]
        for person in people:
            role = Role.FACILITATOR if person == "fay" else Role.PARTICIPANT
            answer = asyncio.get_running_loop().create_future()
            room.submit(Request(f"join-{person}", 1, 0, SYSTEM, joining(person, role)), answer.set_result)
            assert isinstance(await answer, Done)
            self.oracle.done.add((f"join-{person}", 1))
            self._device(person, role, f"{person}-1")
        self._device("ann", Role.PARTICIPANT, "ann-2")
        self._device(None, Role.PROJECTOR, "screen")
        self.server.weather = self.weather

    def _device(self, person: str | None, role: Role, client: str) -> None:
        device = Device(person, role, client, lambda _: self.dial(device), self.oracle, self.chance(client))
        device.on_frame = self.heard
        self.devices.append(device)

    @asynccontextmanager
    async def dial(self, device: Device) -> AsyncIterator[Link]:
        """To any instance that is up."""
        self.links += 1
        chance = self.chance(f"link {device.client} {self.links}")
        await asyncio.sleep(chance.uniform(0, 0.1))
        ups = [instance for instance in self.instances if instance.up]
        if not ups or device.offline_until > asyncio.get_running_loop().time():
            raise ConnectionRefusedError
        device.link = link = Link(self.roads, chance, self.reached)
        chance.choice(ups).accept(link)
        async with link:
            yield link

    # What faults ask.

    def expendable(self, chance: Random) -> Instance | None:
        """An instance that may be lost now."""
        self.unhealed()
        ups = [instance for instance in self.instances if instance.up and instance is not self.guarded]
        return chance.choice(ups) if ups else None

    def survivor(self) -> Instance | None:
        """Whose room has seen everything."""
        for instance in self.instances:
            room = instance.room
            if room and not instance.redis.cut and room.state.head == self.server.head:
                return instance
        return None

    def unhealed(self) -> bool:
        """Whether something that was acknowledged is not in the store now."""
        there = present(self.server.entries())
        told = (self.oracle.done | self.oracle.promised | self._on_its_way()) - set(self.oracle.no)
        lost = any(key not in there for key in told)
        if not lost:
            self.guarded = None
        return lost

    def told_saved(self) -> int:
        """How many items hold all that anybody was told is saved."""
        told = self.oracle.promised
        keep = 0
        for place, (_, fields) in enumerate(self.server.stream, 1):
            entries = self.server.batch(fields)
            if any((e.client, e.n) in told or e.client.startswith(("join-", "system")) for e in entries):
                keep = place
        return keep

    def _on_its_way(self) -> set[tuple[str, int]]:
        """What anybody will be told is saved, though whoever wrote it dies."""
        links = [(device, device.link) for device in self.devices if device.link]
        return {key for device, link in links for key in self.oracle.on_its_way(device, link.under_way())}

    def heard(self, text: str) -> None:
        """The worst moment for a power cut: told "done", not yet told "saved"."""
        if '"type":"done"' in text and self.working and self._bad.random() < self.dark:
            self.spawn(faults.power_cut(self, self._bad))

    def spawn(self, work: Any) -> None:
        """Beside all else."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    # The afternoon.

    async def run(self) -> None:
        """People work, things go wrong; then the weather clears, and all must be well."""
        await self.begin()
        chance = self.chance("faults")
        plan = chance.choices(list(faults.FAULTS), list(faults.FAULTS.values()), k=chance.randrange(8))
        for i, fault in enumerate(plan):
            self.spawn(self._later(chance.uniform(1, LENGTH_S), fault, self.chance(f"fault {i}")))
        await asyncio.gather(*(device.run(LENGTH_S) for device in self.devices))
        self.working = False
        while self._running:
            await asyncio.gather(*self._running)
        await self._clear()
        await self._until("everybody is told", self._settled, SETTLE_S)
        await self._until("all see the same", self._same, SETTLE_S)
        await self._until("everybody sees who is here", lambda: not self.oracle.present(self.staying), PRESENCE_S)
        await self.oracle.judge(self.instances, self.staying)

    @property
    def staying(self) -> list[Device]:
        """Who did not go home early."""
        return [device for device in self.devices if not device.gone]

    async def end(self) -> None:
        """Everybody goes home."""
        for device in self.devices:
            with contextlib.suppress(Exception):
                await device.participant.stop()
        for instance in self.instances:
            if instance.up:
                await instance.stop()

    async def _later(self, seconds: float, fault: Callable[[Stage, Random], Any], chance: Random) -> None:
        await asyncio.sleep(seconds)
        await fault(self, chance)

    async def _clear(self) -> None:
        self.server.away = False
        self.server.weather.reply_lost = 0
        for instance in self.instances:
            if not instance.up:
                instance.start()
            instance.redis.cut = False

    def _settled(self) -> bool:
        return all(not device.participant._outbox for device in self.staying) and not self.unhealed()

    def _same(self) -> bool:
        room = max((i.room for i in self.instances if i.room), key=lambda r: r.state.head.seq, default=None)
        if room is None or room.state.head != self.server.head:
            return False
        heads = {i.room.state.head for i in self.instances if i.room}
        return len(heads) == 1 and all(
            device.participant.records == self.oracle.expected(room.state, device) for device in self.staying
        )

    async def _until(self, what: str, true: Callable[[], bool], seconds: float) -> None:
        loop = asyncio.get_running_loop()
        late = loop.time() + seconds
        while not true():
            for device in self.staying:
                device.participant._alive()
            if loop.time() > late:
                await self.oracle.judge(self.instances, self.staying)
                raise BrokenError(f"I11 not within {seconds} s: {what}: {self.oracle.present(self.staying)}")
            await asyncio.sleep(0.5)


def afternoon(seed: int) -> Counter[str]:
    """Run one; what it reached. Raises `BrokenError`, or whatever else went wrong."""
    return performed(Stage, seed)


def performed(kind: type[Stage], seed: int) -> Counter[str]:
    """An afternoon of this kind, alone in its world."""
    alarms: list[str] = []
    told = Counter[str]()

    def listen(_logger: object, _method: str, event: MutableMapping[str, Any]) -> Any:
        alarms.extend([str(event)] if event["event"] in ALARMS else [])
        told[str(event["event"])] += 1
        raise structlog.DropEvent

    async def all_of_it() -> Counter[str]:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: alarms.append(str(context)))
        stage = kind(seed)
        try:
            await stage.run()
        finally:
            await stage.end()
        return stage.reached + told

    random.seed(seed)
    small = Random(f"{seed} small").choice([limits.BUFFER_BYTES, limits.BUFFER_BYTES, 4_000])
    keep = Random(f"{seed} keep").choice([held.KEEP, held.KEEP, 10])
    structlog.configure(processors=[listen])
    try:
        with (
            mock.patch.object(limits, "BUFFER_BYTES", small),
            mock.patch.multiple(held, KEEP=keep, EVERY=keep),
            mock.patch.object(pace, "LEAST_S", Random(f"{seed} pace").choice([0.0, 0.02, 0.3])),
            asyncio.Runner(loop_factory=VirtualLoop) as runner,
        ):
            reached = runner.run(all_of_it())
    finally:
        structlog.reset_defaults()
    if alarms:
        raise BrokenError(f"I14 {alarms[0][:2_000]}")
    return reached
