"""A room without sockets: a log that can be made to fail, lines that keep what they get, and clocks moved by hand."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protocol import limits
from protocol.base import Role
from protocol.commands import Command, IssueAdd
from protocol.entries import Draft, Entry, Head
from protocol.messages import DOWN, Changes, Done, Down, Refused
from server.live.fanout import Reader
from server.log.base import Snapshot, StoreError
from server.log.memory import MemoryLog
from server.workshop.actor import Actor
from server.workshop.speculate import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from server.live.frame import Frame
    from server.live.registry import Registry
    from server.live.room import Room
    from server.workshop.seen_by import Viewer

BOSS = Actor("boss", Role.FACILITATOR)


@dataclass
class Times:
    """Both clocks."""

    now: int = 1_000


@dataclass
class FakeLine:
    """A line that keeps what it got; `stuck` bytes are never taken."""

    frames: list[bytes] = field(default_factory=list)
    stuck: int = 0
    number: int | None = None

    def write(self, frame: Frame) -> None:
        """Keep it."""
        self.frames.append(frame.payload)

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Keep them."""
        for frame in frames:
            self.write(frame)

    @property
    def full(self) -> bool:
        """Whether too much is stuck."""
        return self.stuck > limits.BUFFER_BYTES

    def buffered(self) -> int:
        """What is stuck."""
        return self.stuck

    def close(self, number: int, reason: str) -> None:
        """Remember why."""
        self.number = number

    def heard(self) -> list[Down]:
        """What the frames say."""
        return [DOWN.validate_json(frame) for frame in self.frames]

    def changes(self) -> list[Changes]:
        """The `changes` frames."""
        return [frame for frame in self.heard() if isinstance(frame, Changes)]


class FlakyLog(MemoryLog):
    """A log whose appends can be made to fail, or to lose a race."""

    away = False
    unread = 0
    """So many reads fail."""
    rival: Draft | None = None
    silent = False
    """Nobody is woken."""

    async def append(self, workshop: str, drafts: Sequence[Draft], expected: Head) -> list[Entry]:
        """As the memory log, unless told otherwise."""
        if self.away:
            raise StoreError("away")
        if self.rival:
            rival, self.rival = self.rival, None
            await super().append(workshop, [rival], expected)
        entries = await super().append(workshop, drafts, expected)
        if self.silent:
            for bell in self._bells._waiting[workshop]:
                bell.clear()
        return entries

    async def read(self, workshop: str, after: Head) -> list[Entry]:
        """Likewise."""
        if self.unread:
            self.unread -= 1
            raise StoreError("away")
        return await super().read(workshop, after)

    async def save_snapshot(self, workshop: str, snapshot: Snapshot) -> None:
        """Likewise."""
        if self.away:
            raise StoreError("away")
        await super().save_snapshot(workshop, snapshot)


@dataclass
class Floor:
    """A room with a facilitator in it."""

    registry: Registry
    room: Room
    log: FlakyLog
    times: Times
    counts: dict[str, int] = field(default_factory=dict)

    async def ask(
        self, command: Command, actor: Actor = BOSS, client: str = "c", n: int | None = None
    ) -> Done | Refused:
        """Submit and wait for the answer."""
        return await self.submit(command, actor, client, n)

    def submit(
        self, command: Command, actor: Actor = BOSS, client: str = "c", n: int | None = None
    ) -> asyncio.Future[Done | Refused]:
        """Submit."""
        prev = self.counts.get(client, 0)
        answer: asyncio.Future[Done | Refused] = asyncio.get_running_loop().create_future()
        request = Request(client, n or prev + 1, prev, actor, command)
        self.room.submit(request, lambda said: None if answer.done() else answer.set_result(said))
        self.counts[client] = prev + 1
        return answer

    def enter(self, viewer: Viewer) -> tuple[Reader, FakeLine]:
        """Somebody who looks."""
        line = FakeLine()
        reader = Reader(line, viewer, self.room.position)
        self.room.fanout.enter(reader)
        return reader, line


def issue(id_: str) -> IssueAdd:
    """An issue."""
    return IssueAdd(id=id_, rank="a5", title=f"Issue {id_}")
