"""Bad luck: what may go wrong in an afternoon. Each waits for its moment, does its harm, and ends by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from .afternoon import Stage
    from .instance import Instance
    from .people import Device

LONGEST_S: Final = 14.0
"""How long anything lasts at most."""


async def line_cut(stage: Stage, chance: Random) -> None:
    """A line breaks; each side may or may not notice."""
    link = chance.choice(stage.devices).link
    if link:
        link.cut(device_knows=chance.random() < 0.5, instance_knows=chance.random() < 0.5)


async def line_stuck(stage: Stage, chance: Random) -> None:
    """Nothing passes for a while, in one direction or both; then all of it does."""
    link = chance.choice(stage.devices).link
    if link:
        up, down = chance.choice([(True, True), (True, False), (False, True)])
        link.stick(chance.uniform(1, LONGEST_S), up=up, down=down)


async def away(stage: Stage, chance: Random) -> None:
    """A device leaves the building and comes back."""
    device: Device = chance.choice(stage.devices)
    device.offline_until = asyncio.get_running_loop().time() + chance.uniform(1, LONGEST_S)
    if device.link:
        device.link.cut(device_knows=chance.random() < 0.5, instance_knows=False)


async def gone(stage: Stage, _chance: Random) -> None:
    """Somebody goes home without a word; what they had not sent goes with them."""
    device = next(device for device in stage.devices if device.person == "cy")
    if device.gone or device.participant.position is None:
        return
    device.gone = True
    if device.link:
        device.link.cut(device_knows=True, instance_knows=False)
    await device.participant.stop()


async def kill(stage: Stage, chance: Random) -> None:
    """`kill -9` of an instance, and a new one in its place."""
    instance = stage.expendable(chance)
    if instance:
        stage.reached["an instance was killed"] += 1
        await instance.kill()
        await asyncio.sleep(chance.uniform(0.2, LONGEST_S / 2))
        instance.start()


async def stop(stage: Stage, chance: Random) -> None:
    """An instance is stopped as an operator does, and started again."""
    instance = stage.expendable(chance)
    if instance:
        stage.reached["an instance was stopped"] += 1
        await instance.stop()
        await asyncio.sleep(chance.uniform(0.2, 3))
        instance.start()


async def store_away(stage: Stage, chance: Random) -> None:
    """Nobody reaches the store."""
    stage.server.away = True
    await asyncio.sleep(chance.uniform(0.5, LONGEST_S))
    stage.server.away = False


async def parted(stage: Stage, chance: Random) -> None:
    """One instance does not reach the store."""
    instance: Instance = chance.choice(stage.instances)
    redis = instance.redis
    redis.cut = True
    await asyncio.sleep(chance.uniform(0.5, LONGEST_S))
    redis.cut = False


async def frozen(stage: Stage, chance: Random) -> None:
    """An instance stands still: nothing of it reaches anybody, and nothing reaches it."""
    instance: Instance = chance.choice(stage.instances)
    seconds, redis = chance.uniform(1, LONGEST_S), instance.redis
    for link in instance.links:
        link.stick(seconds)
    redis.cut = True
    await asyncio.sleep(seconds)
    redis.cut = False


async def rewound(stage: Stage, chance: Random) -> None:
    """The store comes back older, or empty; somebody who is alive holds what it lost."""
    instance = stage.survivor()
    if instance is None or stage.unhealed():
        return
    items = len(stage.server.stream)
    least = 0 if chance.random() < 0.2 else max(0, items - chance.randrange(1, 12))
    stage.guarded = instance
    stage.lost_at = asyncio.get_running_loop().time()
    stage.server.away = chance.random() < 0.5
    stage.server.restart(least)
    await asyncio.sleep(chance.uniform(0, 2))
    stage.server.away = False


async def power_cut(stage: Stage, chance: Random) -> None:
    """Everything stops at once, and the store forgets all that nobody was told is saved."""
    if stage.unhealed() or stage.server.away:
        return
    stage.reached["a power cut"] += 1
    dead = [instance for instance in stage.instances if instance.up]
    await asyncio.gather(*(instance.kill() for instance in dead))
    for device in stage.devices:
        if device.link:  # of an instance that was stopped before, too: its last words are lost with the rest
            device.link.cut(device_knows=chance.random() < 0.5, instance_knows=True)
    stage.server.restart(stage.told_saved())
    await asyncio.sleep(chance.uniform(0.1, 3))
    for instance in dead:
        instance.start()


FAULTS: Final[dict[Callable[[Stage, Random], Awaitable[None]], int]] = {
    line_cut: 6,
    line_stuck: 4,
    away: 3,
    gone: 1,
    kill: 3,
    stop: 2,
    store_away: 2,
    parted: 2,
    frozen: 2,
    rewound: 3,
}
"""Each with its weight. A power cut is fired at the worst moment instead (`Stage.heard`)."""
