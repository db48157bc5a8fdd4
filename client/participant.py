"""A participant as a program: joins, folds what it may see, and gets its commands done exactly once.

What the demo, the tests and anybody's bot use. It reconnects by itself, for as long as it is open, and sends
again what the log does not hold ([CLIENT2], [CLIENT3], [CLIENT5], [ONCE6]).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import secrets
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from protocol import limits
from protocol.changes import Change, Drop, Put
from protocol.codes import EXPLAINED, Code
from protocol.messages import (
    DOWN,
    SUBPROTOCOL,
    BeatUp,
    Bye,
    Changes,
    Do,
    Done,
    Down,
    Hello,
    HereDown,
    HereUp,
    Joined,
    Position,
    Refused,
    Resume,
    Saved,
    Up,
    Watch,
    Welcome,
)
from protocol.records import KINDS, Key, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from protocol.commands import Command

LONGEST_WAIT_S: Final = 30.0


class RefusedError(Exception):
    """The server will not do it; `code` says why, `message` to people."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass(slots=True)
class Pending:
    """A command on its way; `done` is the seq at which the log has it."""

    n: int
    command: Command
    future: asyncio.Future[int]
    prev: int = -1
    sent: bool = False
    done: int | None = None


@dataclass
class Participant:
    """One device of one person. Use as `async with Participant(url, token)`, or `start` and `stop`.

    `records` is what this viewer may see, by kind and id; `on_frame` gets every raw frame that comes.
    """

    url: str
    token: str
    client: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    on_frame: Callable[[str], None] | None = None
    records: dict[Key, Record] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    position: Position | None = None
    person: str | None = None
    reconnects: int = -1
    ended: Code | None = None

    def __post_init__(self) -> None:
        self._outbox: dict[int, Pending] = {}
        self._next = 1
        self._last = 0
        self._line: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()
        self._pause = 0.0
        self._tries = 0
        self._tokens = limits.COMMANDS_BURST * 0.8
        self._filled = 0.0

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Connect, and wait for the first welcome."""
        self._task = asyncio.create_task(self._run())
        await self.until(lambda: self.position is not None or self.ended is not None)
        if self.ended:
            raise RefusedError(self.ended, EXPLAINED[self.ended].meaning)

    async def stop(self) -> None:
        """Leave. What is not saved stays unanswered."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def do(self, command: Command) -> int:
        """Get a command done; returns its seq once it is saved. Raises `RefusedError`."""
        return await self.submit(command)

    def submit(self, command: Command) -> asyncio.Future[int]:
        """As `do`, without waiting; commands are done in the order they were submitted."""
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._outbox[self._next] = Pending(self._next, command, future)
        self._next += 1
        self._flush()
        return future

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        await self.until(lambda: not self._outbox)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds; looked at after every frame."""
        async with self._changed:
            await self._changed.wait_for(true)

    def here(self, doing: HereUp) -> None:
        """Tell the others what I do now."""
        self._send(doing)

    def watch(self, boards: tuple[str, ...] | None) -> None:
        """Get the notes of these boards only."""
        self._send(Watch(boards=boards))

    def all(self, kind: str) -> list[Record]:
        """Every record of a kind that this viewer may see."""
        return [record for (k, _), record in self.records.items() if k == kind]

    def get(self, kind: str, id_: str) -> Record | None:
        """One record, where it may be seen."""
        return self.records.get((kind, id_))

    @property
    def pause(self) -> float:
        """[CLIENT5] Seconds until the next try: full jitter, doubling; or what the server asked for."""
        longest = min(LONGEST_WAIT_S, 0.5 * 2**self._tries)
        return self._pause or random.uniform(0, longest)  # noqa: S311 - spreads load, guards nothing

    async def _run(self) -> None:
        while self.ended is None:
            with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                await self._visit()
            if self.ended is None:
                await asyncio.sleep(self.pause)
                self._tries, self._pause = self._tries + 1, 0.0
        self._fail(self.ended)
        await self._tell()

    async def _visit(self) -> None:
        """One connection, from hello to its end."""
        address = self.url.replace("http", "ws", 1).rstrip("/") + "/ws"
        async with connect(
            address,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            compression=None,
            max_size=None,
            ping_interval=None,
            proxy=None,
        ) as line:
            for pending in self._outbox.values():
                pending.sent = False
            await line.send(
                Hello(token=self.token, client=self.client, after=self.position).model_dump_json()
            )
            beating = asyncio.create_task(self._beat(line))
            try:
                await self._listen(line)
            finally:
                self._line = None
                beating.cancel()

    async def _listen(self, line: ClientConnection) -> None:
        while True:
            async with asyncio.timeout(limits.DEAD_MS / 1_000):
                frame = await line.recv()
            text = frame if isinstance(frame, str) else frame.decode()
            if self.on_frame:
                self.on_frame(text)
            self._hear(DOWN.validate_json(text), line)
            await self._tell()

    async def _beat(self, line: ClientConnection) -> None:
        """[LIVE1] Show life."""
        while True:
            await asyncio.sleep(limits.BEAT_MS / 1_000)
            await line.send(BeatUp(t=0).model_dump_json())

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _hear(self, message: Down, line: ClientConnection) -> None:
        match message:
            case Welcome() | Resume():
                self._welcomed(message, line)
            case Changes():
                self._fold(message)
            case Done():
                self._done(message)
            case Refused():
                self._refused(message)
            case Saved(seq=seq):
                self._saved(seq)
            case HereDown():
                self._here(message)
            case Bye():
                self._bye(message)

    def _welcomed(self, message: Welcome | Resume, line: ClientConnection) -> None:
        self._line, self._tries = line, 0
        self.reconnects += 1
        self.person = message.you.person
        if isinstance(message, Welcome):
            self.records = {(r.kind, r.id): r for r in message.records}
        self.position = Position(seq=message.seq, tag=message.tag)
        self._last = message.last
        for pending in self._outbox.values():
            if pending.n <= message.last:
                pending.done = message.seq
            elif pending.done is not None:
                pending.done = None
        self._flush()

    def _fold(self, message: Changes) -> None:
        for change in message.changes:
            self._apply(change)
        self.position = Position(seq=message.seq, tag=message.tag)

    def _apply(self, change: Change) -> None:
        if isinstance(change, Put):
            self.records[change.record.kind, change.record.id] = change.record
        elif isinstance(change, Drop):
            self.records.pop((change.kind, change.id), None)
        elif old := self.records.get((change.kind, change.id)):
            fields = {name: getattr(old, name) for name in type(old).model_fields} | change.set
            self.records[change.kind, change.id] = KINDS[change.kind].model_validate(fields, strict=False)

    def _done(self, message: Done) -> None:
        pending = self._outbox.get(message.n)
        if pending:
            pending.done = message.seq
            self._last = max(self._last, message.n)
        self._flush()

    def _saved(self, seq: int) -> None:
        """[CLIENT2] What is durable leaves the outbox."""
        for pending in [p for p in self._outbox.values() if p.done is not None and p.done <= seq]:
            del self._outbox[pending.n]
            if not pending.future.done():
                pending.future.set_result(pending.done or seq)
        self._flush()

    def _refused(self, message: Refused) -> None:
        pending = self._outbox.get(message.n)
        if pending is None or pending.prev != message.prev:
            return
        if EXPLAINED[message.code].retry == "never":
            del self._outbox[pending.n]
            if not pending.future.done():
                pending.future.set_exception(RefusedError(message.code, message.message))
        self._again(pending.n, (message.retry_after or 0) / 1_000)

    def _again(self, n: int, after: float) -> None:
        """[ONCE6] Send this one and those behind it again, with the right `prev`."""
        for pending in self._outbox.values():
            if pending.n >= n and pending.done is None:
                pending.sent = False
        if after:
            asyncio.get_running_loop().call_later(after, self._flush)
        else:
            self._flush()

    def _flush(self) -> None:
        """Send what is unsent, in order, within the window."""
        if self._line is None:
            return
        prev = self._last
        window = [p for p in self._outbox.values() if p.done is None][: limits.WINDOW]
        for pending in window:
            if not pending.sent:
                if not self._may_send():
                    return
                pending.prev, pending.sent = prev, True
                self._send(Do(n=pending.n, prev=prev, command=pending.command))
            prev = pending.n

    def _may_send(self) -> bool:
        """Stay under the server's rate, so that it never has to refuse; else come back a little later."""
        now = asyncio.get_running_loop().time()
        per_second, burst = limits.COMMANDS_PER_SECOND * 0.9, limits.COMMANDS_BURST * 0.8
        self._tokens = min(burst, self._tokens + (now - self._filled) * per_second)
        self._filled = now
        if self._tokens < 1:
            asyncio.get_running_loop().call_later((1 - self._tokens) / per_second, self._flush)
            return False
        self._tokens -= 1
        return True

    def _send(self, message: Up) -> None:
        if self._line is not None:
            task = asyncio.ensure_future(self._line.send(message.model_dump_json()))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    def _here(self, message: HereDown) -> None:
        people = {present.person for present in message.people}
        self.present = people if message.all else (self.present | people) - set(message.gone)

    def _bye(self, message: Bye) -> None:
        if message.retry_after is None:
            self.ended = message.code
        else:
            self._pause = message.retry_after / 1_000

    def _fail(self, code: Code) -> None:
        for pending in self._outbox.values():
            if not pending.future.done():
                pending.future.set_exception(RefusedError(code, EXPLAINED[code].meaning))
        self._outbox.clear()


async def request(url: str, body: dict[str, Any] | None = None, token: str | None = None) -> dict[str, Any]:
    """One HTTP call with a JSON body and answer. Raises `RefusedError` for a problem."""
    return await asyncio.to_thread(_request, url, body, token)


def _request(url: str, body: dict[str, Any] | None, token: str | None) -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=30) as answer:  # noqa: S310
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        problem = json.loads(error.read() or b"{}")
        raise RefusedError(
            Code(problem.get("code", "internal")), problem.get("detail", str(error))
        ) from error


async def join(
    url: str, *, code: str | None = None, key: str | None = None, name: str, place: str = "room"
) -> Joined:
    """Come in by a code or a link's key."""
    body = {
        k: v for k, v in {"code": code, "key": key, "name": name, "place": place}.items() if v is not None
    }
    return Joined.model_validate(await request(f"{url.rstrip('/')}/api/join", body), strict=False)
