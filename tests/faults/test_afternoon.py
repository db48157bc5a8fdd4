"""The whole afternoon at three instances on one real Redis, while something goes wrong."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from redis import Redis

from client.dial import dial
from client.participant import Participant, fetch, join, request
from protocol.base import Role
from protocol.commands import NoteAdd
from protocol.entries import EMPTY
from server.cli.conversation import read
from server.cli.play import Manner
from server.cli.process import Process
from server.exports.archive import folded
from server.log.redis import RedisLog
from server.workshop.seen_by import Viewer, seen
from tests.conversations import conversation
from tests.log.redis_many import KEPT
from tests.log.redis_server import RedisServer, redis_server

from .netns import namespace
from .proxy import Proxy, proxy
from .recording import Recording, exactly_once
from .serving import SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
    from pathlib import Path

    from client.dial import Dial, Line
    from protocol.entries import Entry
    from protocol.messages import Joined
    from server.workshop.state import State

    from .netns import Namespace

INSTANCES = 3
BUDGET = 5
PAUSED_S = 10.0
PARTED_S = 4.0
SETTLED_S = 60.0
LOOK_S = 0.2


@dataclass
class House:
    """Instances, each with its own way to Redis, and one address in front of them."""

    folder: Path
    redis: RedisServer
    ways: list[Proxy]
    instances: list[Process]
    front: Proxy
    own: Namespace | None = None
    """The first instance's own network."""
    replica: RedisServer | None = None
    lag: Proxy | None = None

    @property
    def url(self) -> str:
        """Where people go."""
        return f"http://127.0.0.1:{self.front.port}"

    async def off(self) -> None:
        """`kill -9` of Redis."""
        await asyncio.to_thread(self.redis.send, signal.SIGKILL)

    async def on(self) -> None:
        """It comes back."""
        await asyncio.to_thread(self.redis.start)

    @property
    def files(self) -> Path:
        """Where Redis keeps its append-only file."""
        return self.folder / "redis" / "appendonlydir"


@contextlib.asynccontextmanager
async def house(folder: Path, own: Namespace | None = None) -> AsyncIterator[House]:
    """Three instances up; with `own`, the first in a network of its own."""
    (folder / "redis").mkdir()
    async with contextlib.AsyncExitStack() as stack:
        here = ("--bind", "127.0.0.1", own.store, "--protected-mode", "no") if own else ()
        redis = stack.enter_context(redis_server(folder / "redis", *KEPT, *here))
        ways = [await stack.enter_async_context(proxy(redis.port)) for _ in range(INSTANCES)]
        instances = [Process(f"redis://127.0.0.1:{way.port}/0", secret=SECRET) for way in ways]
        if own:
            apart = instances[0] = Process(f"redis://{own.store}:{redis.port}/0", secret=SECRET)
            apart.host, apart.within = own.people, own.within
        for instance in instances:
            stack.push_async_callback(asyncio.to_thread, instance.stop)
        await asyncio.gather(*(asyncio.to_thread(instance.start) for instance in instances))
        front = await stack.enter_async_context(proxy(*((one.host, one.port) for one in instances)))
        yield House(folder, redis, ways, instances, front, own)


# What goes wrong: each in two parts, the first in the middle of the notes, the second in the middle of the votes.


async def nothing(_: House) -> None:
    """All is well."""


async def instance_killed(here: House) -> None:
    """`kill -9` of one of three, which comes back."""
    await asyncio.to_thread(here.instances[0].kill)
    await asyncio.to_thread(here.instances[0].start)


async def redis_killed(here: House) -> None:
    """`kill -9` of Redis."""
    await here.off()
    await here.on()


async def redis_paused(here: House) -> None:
    """It answers nobody for ten seconds."""
    here.redis.send(signal.SIGSTOP)
    await asyncio.sleep(PAUSED_S)
    here.redis.send(signal.SIGCONT)


async def redis_emptied(here: House) -> None:
    """It comes back with nothing."""
    await here.off()
    shutil.rmtree(here.files)
    await here.on()


async def redis_copied(here: House) -> None:
    """Somebody makes a copy of its files."""
    shutil.copytree(here.files, here.folder / "older")


async def redis_older(here: House) -> None:
    """It comes back from the copy."""
    await here.off()
    shutil.rmtree(here.files)
    (here.folder / "older").rename(here.files)
    await here.on()


async def redis_torn(here: House) -> None:
    """The end of its append-only file is gone, in the middle of an item."""
    await here.off()
    newest = max(here.files.glob("*.incr.aof"), key=lambda file: file.name)
    body = newest.read_bytes()
    newest.write_bytes(body[: -min(2_500, len(body) // 3)])
    await here.on()


async def network_cut(here: House) -> None:
    """One instance does not reach Redis for a while."""
    way = here.own or here.ways[0]
    way.cut()
    await asyncio.sleep(PARTED_S)
    way.heal()


async def replica_lags(here: House) -> None:
    """A replica is there, up to date; from now on it gets nothing more."""
    (here.folder / "replica").mkdir()
    here.lag = Proxy(here.redis.port)
    await here.lag.start()
    follow = ("--replicaof", f"127.0.0.1 {here.lag.port}", "--appendonly", "yes", "--appendfsync", "always")
    here.replica = RedisServer(here.folder / "replica", *follow, "--repl-diskless-sync-delay", "0")
    await asyncio.to_thread(here.replica.start)
    with Redis(port=here.replica.port) as replica:
        while replica.info("replication")["master_link_status"] != "up":
            await asyncio.sleep(0.05)
    here.lag.cut()


async def replica_promoted(here: House) -> None:
    """The master dies, and the replica that lags takes its place."""
    assert here.replica
    await here.off()
    with Redis(port=here.replica.port) as replica:
        replica.replicaof("NO", "ONE")
    for way in here.ways:
        way.point(here.replica.port)
    here.redis = here.replica


Fault = tuple["Callable[[House], Awaitable[None]]", "Callable[[House], Awaitable[None]]"]
FAULTS: dict[str, Fault] = {
    "nothing": (nothing, nothing),
    "an instance killed": (instance_killed, instance_killed),
    "Redis killed": (redis_killed, redis_killed),
    "Redis paused": (redis_paused, nothing),
    "Redis emptied": (redis_emptied, redis_emptied),
    "Redis older": (redis_copied, redis_older),
    "Redis torn": (redis_torn, redis_torn),
    "network cut": (network_cut, network_cut),
    "replica promoted": (replica_lags, replica_promoted),
}


class Twice:
    """A line on which every command is sent two times."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def send(self, text: str) -> None:
        """Up, and up again."""
        await self._line.send(text)
        if '"type":"do"' in text:
            await self._line.send(text)

    async def recv(self) -> str | bytes:
        """As it comes."""
        return await self._line.recv()

    @property
    def close_code(self) -> int | None:
        """As it is."""
        return self._line.close_code

    @property
    def close_reason(self) -> str | None:
        """As it is."""
        return self._line.close_reason


@contextlib.asynccontextmanager
async def twice(url: str) -> AsyncIterator[Twice]:
    """As `dial`."""
    async with dial(url) as line:
        yield Twice(line)


@pytest.mark.parametrize("fault", FAULTS)
async def test_whatever_goes_wrong(tmp_path: Path, fault: str) -> None:
    """[LOG21] [HEAL1] [HEAL2] [HEAL5] [DO1] [CLIENT3] [FAN2]: acknowledged is stored once; all see the same."""
    async with house(tmp_path) as here:
        await afternoon(here, FAULTS[fault])
        if here.replica and here.lag:
            here.replica.stop()
            await here.lag.close()


async def test_cable_pulled(tmp_path: Path) -> None:
    """[LOG21] [DO4] [CLIENT3] As with a network that is cut; but a real one, where this machine has it."""
    with namespace() as own:
        async with house(tmp_path, own) as here:
            await afternoon(here, FAULTS["network cut"])


async def test_everything_twice(tmp_path: Path) -> None:
    """[ONCE2] [ONCE7] Every command is delivered two times, and done once."""
    async with house(tmp_path) as here:
        await afternoon(here, FAULTS["an instance killed"], line=twice)


async def afternoon(here: House, fault: Fault, line: Dial = dial) -> None:
    """Play the conversation; in its middle things go wrong; then look at everything."""
    talk = read(conversation("dev-small-london-policing"))
    made = await request(f"{here.url}/api/workshops", {"title": "Shared"})
    boss_in, screen_in = [await come(here, made, role) for role in ("facilitator", "projector")]
    async with Participant(here.url, boss_in.token) as boss, Participant(here.url, screen_in.token) as screen:
        stage = Recording(here.url, made["code"], boss, line)

        mended = asyncio.Event()

        async def look() -> None:
            await mended.wait()
            async with late_comers(here, made["code"]) as others:
                people = [boss, screen, *stage.people.values(), *others]
                async with asyncio.timeout(SETTLED_S):
                    while not await converged(here, made["id"], boss_in, people):
                        await asyncio.sleep(LOOK_S)
            exactly_once(await stored(here, made["id"]), stage.acked, len(talk.authors))

        stage.in_the_end = look
        playing = asyncio.create_task(stage.play(talk, Manner(speed=0, dots=BUDGET)))
        for reached, wrong in zip(stage.reached.values(), fault, strict=True):
            await first(reached.wait(), playing)
            await wrong(here)
        mended.set()
        async with asyncio.timeout(SETTLED_S * 2):
            played = await playing
        assert {code for _, code in played.refused} <= {"over_budget"}
        assert played.tallies == talk.dots(BUDGET)
        assert len([command for command in stage.acked if isinstance(command, NoteAdd)]) == len(talk.of("note"))


async def first(wanted: Coroutine[Any, Any, Any], playing: asyncio.Task[Any]) -> None:
    """Wait for what is wanted; where the play ends before, say why."""
    waiting = asyncio.create_task(wanted)
    await asyncio.wait([waiting, playing], return_when=asyncio.FIRST_COMPLETED)
    if not waiting.done():
        waiting.cancel()
        playing.result()


async def come(here: House, made: dict[str, object], role: str) -> Joined:
    """Join with a link."""
    links = made["links"]
    assert isinstance(links, dict)
    return await join(here.url, key=links[role].partition("#k=")[2], name=role.title())


@contextlib.asynccontextmanager
async def late_comers(here: House, code: str) -> AsyncIterator[list[Participant]]:
    """One more at each instance."""
    async with contextlib.AsyncExitStack() as stack:
        joined = [(one.url, await join(one.url, code=code, name=f"Late {one.port}")) for one in here.instances]
        yield [await stack.enter_async_context(Participant(url, who.token)) for url, who in joined]


async def stored(here: House, workshop: str) -> list[Entry]:
    """What Redis holds, dense and with every hash right."""
    log = await RedisLog.opened(here.redis.url)
    try:
        return await log.read(workshop, EMPTY)
    finally:
        await log.close()


async def converged(here: House, workshop: str, boss: Joined, people: list[Participant]) -> bool:
    """Whether every instance has, and every screen shows, exactly what the log says."""
    state = folded(await stored(here, workshop))
    return all(shows(person, state) for person in people) and await same_everywhere(here, workshop, boss, state)


def shows(person: Participant, state: State) -> bool:
    """Whether this screen shows what the log says it should."""
    known = state.people.get(person.person or "")
    viewer = Viewer(known.role if known else Role.PROJECTOR, person.person)
    return person.records == {(record.kind, record.id): record for record in seen(state, viewer)}


async def same_everywhere(here: House, workshop: str, boss: Joined, state: State) -> bool:
    """Whether every instance has this very state."""
    view = [record.model_dump(mode="json") for record in seen(state, Viewer(Role.FACILITATOR, boss.person))]
    wanted = state.head.seq, sorted(view, key=json.dumps)
    for one in here.instances:
        body = json.loads(await fetch(f"{one.url}/api/workshops/{workshop}/export/json", None, boss.token))
        if (body["seq"], sorted(body["records"], key=json.dumps)) != wanted:
            return False
    return True
