"""A simulated afternoon that ends early: the workshop is deleted while people work and things go wrong."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from client.participant import RefusedError
from protocol.codes import Code
from server.live.forgetting import forget
from server.log.base import StoreError

from . import faults
from .afternoon import LENGTH_S, SETTLE_S, Stage, performed
from .oracle import BrokenError

if TYPE_CHECKING:
    from collections import Counter
    from random import Random

    from .instance import Instance
    from .people import Device

AGAIN_S: Final = 0.5


class Deletion(Stage):
    """As any afternoon, until somebody deletes it; sometimes the store then comes back as it was before that."""

    knows: Instance | None = None
    """Whoever alone may know of it is not lost before the store forgets it."""

    def expendable(self, chance: Random) -> Instance | None:
        """Anybody else."""
        ups = [instance for instance in self.instances if instance.up and instance is not self.knows]
        return chance.choice(ups) if ups else None

    async def run(self) -> None:
        """Nothing comes back, and everybody is told."""
        self.dark = 0  # with all who knew of it gone, an older store brings it back: nobody could tell
        await self.begin()
        chance = self.chance("faults")
        plan = chance.choices(list(faults.FAULTS), list(faults.FAULTS.values()), k=chance.randrange(8))
        for i, fault in enumerate(plan):
            self.spawn(self._later(chance.uniform(1, LENGTH_S), fault, self.chance(f"fault {i}")))
        self.spawn(self._deleted(chance.uniform(1, LENGTH_S), older=chance.random() < 0.4))
        await asyncio.gather(*(self._works(device) for device in self.devices))
        while self._running:
            await asyncio.gather(*self._running)
        await self._clear()
        for _ in range(int(SETTLE_S / AGAIN_S)):
            await asyncio.sleep(AGAIN_S)
            if self._is_over():
                return
        raise BrokenError(f"GONE5 not over: {[device.participant.ended for device in self.staying]}")

    async def _deleted(self, seconds: float, *, older: bool) -> None:
        await asyncio.sleep(seconds)
        while not await self._tried():  # noqa: ASYNC110 - what it waits for is a store that answers
            await asyncio.sleep(AGAIN_S)
        self.reached["deleted"] += 1
        knows = next((instance for instance in self.instances if self._knows(instance)), None)
        if older and knows:
            self.knows = knows
            await asyncio.sleep(self.chance("older").uniform(0, 3))
            self.server.restart(max(0, len(self.server.stream) - 1))

    async def _tried(self) -> bool:
        instance = next((one for one in self.instances if one.up), None)
        if instance:
            with contextlib.suppress(StoreError):
                await forget(instance.log, "w")
        return self.server.gone

    @staticmethod
    def _knows(instance: Instance) -> bool:
        return instance.up and "w" in instance.log._gone

    async def _works(self, device: Device) -> None:
        try:
            await device.run(LENGTH_S)
        except RefusedError as no:
            if no.code is not Code.DELETED:
                raise

    def _is_over(self) -> bool:
        told = all(device.participant.ended is Code.DELETED for device in self.staying)
        return told and self.server.gone and not any(instance.room for instance in self.instances)


def deletion(seed: int) -> Counter[str]:
    """Run one; what it reached. Raises `BrokenError`, or whatever else went wrong."""
    return performed(Deletion, seed)
