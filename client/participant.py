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
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, Self

from websockets.exceptions import WebSocketException

from protocol import limits
from protocol import messages as m
from protocol.changes import Change, Drop, Put
from protocol.codes import EXPLAINED, Code
from protocol.records import KINDS, Key, Record
from protocol.version import FORM

from .dial import dial
from .outbox import AstrayError, Outbox, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from protocol.commands import Command

    from .dial import Dial, Line

__all__ = ["Participant", "RefusedError", "fetch", "join", "request"]
LONGEST_WAIT_S: Final = 30.0
PAUSE_S: Final = 1.0
"""Before a command is tried again of which the server does not say when."""
ANSWER: Final = 0.75
"""Of the time after which it beats: quiet for so long, it answers what comes ([LIVE2])."""
CAREFUL: Final = 0.9
"""How much of the server's rate we use, so that it hardly ever has to refuse."""
DIRECT: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""HTTP goes where the line goes: past any proxy of the surroundings."""


@dataclass
class Participant:
    """One device of one person. Use as `async with Participant(url, token)`, or `start` and `stop`.

    `records` is what this viewer may see, by kind and id; `on_frame` gets every raw frame that comes.
    """

    url: str
    token: str
    client: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    on_frame: Callable[[str], None] | None = None
    dial: Dial = dial
    form: int = FORM
    """The newest form of the paper that whoever reads it here knows ([FORM1]); each `PaperEdit` says it, too."""
    records: dict[Key, Record] = field(default_factory=dict)
    present: set[str] = field(default_factory=set)
    position: m.Position | None = None
    person: str | None = None
    reconnects: int = -1
    ended: Code | None = None
    """Why the server wants us no more ([CODE2])."""

    def __post_init__(self) -> None:
        self._outbox = Outbox()
        self._up: asyncio.Queue[str] | None = None
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._watched: tuple[str, ...] | None = None
        self._reads = False
        self._partial = False
        """Some boards may be missing here, until everything comes anew."""
        self._pause = 0.0
        self._tries = 0
        self._tokens = limits.COMMANDS_BURST * CAREFUL
        self._filled = 0.0
        self._held_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._said = 0.0
        """When something was last given to the line."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Connect, and wait for the first welcome. Raises `RefusedError` where we are not wanted."""
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(lambda _: self._news.set())
        await self.until(lambda: self.position is not None)

    async def stop(self) -> None:
        """Leave. The futures of what is not saved are cancelled. Raises what broke us, if anything did."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.result()

    async def do(self, command: Command) -> int:
        """Get a command done; returns its seq once it is saved. Raises `RefusedError`."""
        return await self.submit(command)

    def submit(self, command: Command) -> asyncio.Future[int]:
        """As `do`, without waiting; commands are done in the order they were submitted."""
        if self._task:
            self._alive()
        future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._outbox.add(command, future)
        self._flush()
        return future

    async def settled(self) -> None:
        """Wait until nothing is on its way."""
        await self.until(lambda: not self._outbox)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something holds; looked at after every frame. Raises what ends this participant."""
        while not true():
            self._alive()
            await self._news.wait()

    def here(self, doing: m.HereUp) -> None:
        """Tell the others what I do now."""
        self._send(doing)

    def watch(self, boards: tuple[str, ...] | None) -> None:
        """Get the notes of these boards only."""
        self._watched, self._partial = boards, self._partial or boards is not None
        self._send(m.Watch(boards=boards))

    def watch_paper(self) -> None:
        """Get the paper that all write together, too."""
        self._reads = True
        self._send(m.Watch(paper=True))

    def all(self, kind: str) -> list[Record]:
        """Every record of a kind that this viewer may see."""
        return [record for (k, _), record in self.records.items() if k == kind]

    def get(self, kind: str, id_: str) -> Record | None:
        """One record, where it may be seen."""
        return self.records.get((kind, id_))

    @property
    def pause(self) -> float:
        """[CLIENT5] Seconds until the next try: full jitter, doubling; or what the server asked for."""
        longest = min(LONGEST_WAIT_S, 2.0**self._tries)
        return self._pause or random.uniform(0, longest)  # noqa: S311 - spreads load, guards nothing

    def _alive(self) -> None:
        if self.ended:
            raise RefusedError(self.ended, EXPLAINED[self.ended].meaning)
        if self._task is None or self._task.done():
            raise ConnectionError("this participant was not started, or has stopped") from _fault(self._task)

    async def _run(self) -> None:
        error: Exception | None = None
        try:
            while self.ended is None:
                with contextlib.suppress(OSError, WebSocketException, TimeoutError):
                    await self._visit()
                if self.ended is None:
                    await asyncio.sleep(self.pause)
                    self._tries, self._pause = self._tries + 1, 0.0
            error = RefusedError(self.ended, EXPLAINED[self.ended].meaning)
        except Exception as broken:
            error = broken
            raise
        finally:
            self._outbox.end(error)

    async def _visit(self) -> None:
        """One connection, from hello to its end."""
        async with self.dial(self.url) as line:
            # Of a line that watched some boards we do not hold the rest; whole and right beats partial.
            after = None if self._partial else self.position
            await line.send(self._hello(after).model_dump_json())
            self._said = asyncio.get_running_loop().time()
            up = asyncio.Queue[str]()
            speaking = asyncio.create_task(_speak(line, up))
            try:
                await self._listen(line, up)
            finally:
                self._up = None
                speaking.cancel()
                self._closed(line)

    def _hello(self, after: m.Position | None) -> m.Hello:
        return m.Hello(token=self.token, client=self.client, after=after, form=self.form)

    async def _listen(self, line: Line, up: asyncio.Queue[str]) -> None:
        while True:
            async with asyncio.timeout(limits.DEAD_MS / 1_000):
                text = str(await line.recv())
            if self.on_frame:
                self.on_frame(text)
            self._hear(m.DOWN.validate_json(text), up)
            if asyncio.get_running_loop().time() - self._said >= limits.BEAT_MS * ANSWER / 1_000:
                self._send(m.BeatUp(t=0))
            self._flush()
            self._news.set()
            self._news.clear()

    def _closed(self, line: Line) -> None:
        """[CODE2] The number's range is the instruction, also where no goodbye was heard."""
        if (line.close_code or 0) >= 4_500 and self.ended is None:
            reason = line.close_reason or ""
            self.ended = Code(reason) if reason in set(Code) else Code.INTERNAL

    def _hear(self, message: m.Down, up: asyncio.Queue[str]) -> None:
        match message:
            case m.Welcome() | m.Resume():
                self._welcomed(message, up)
            case m.Changes():
                self.fold(message)
            case m.Done(n=n, seq=seq):
                self._outbox.done(n, seq)
            case m.Refused():
                self._refused(message)
            case m.Saved(seq=seq):
                self._outbox.saved(seq)
            case m.HereDown():
                people = {present.person for present in message.people}
                self.present = people if message.all else (self.present | people) - set(message.gone)
            case m.Bye(retry_after=None):
                self.ended = message.code
            case m.Bye(retry_after=int(wait)):
                self._pause = wait / 1_000

    def _welcomed(self, message: m.Welcome | m.Resume, up: asyncio.Queue[str]) -> None:
        self._up, self._tries, self.person = up, 0, message.you.person
        self.reconnects += 1
        # After a resume we stay where we are until the changes that were missed have come.
        if isinstance(message, m.Welcome):
            self.records = {(r.kind, r.id): r for r in message.records}
            self.position = m.Position(seq=message.seq, tag=message.tag)
            self._partial = self._watched is not None
        if self._watched is not None:
            self._send(m.Watch(boards=self._watched))
        if self._reads:
            # All of it comes; what its base took in meanwhile is told to nobody.
            self.records = {key: record for key, record in self.records.items() if key[0] != "update"}
            self._send(m.Watch(paper=True))
        self._outbox.connected(message.last, message.seq)

    def fold(self, message: m.Changes) -> None:
        """Make the changes in our own copy."""
        for change in message.changes:
            self._apply(change)
        self.position = m.Position(seq=message.seq, tag=message.tag)

    def _apply(self, change: Change) -> None:
        if isinstance(change, Put):
            self.records[change.record.kind, change.record.id] = change.record
        elif isinstance(change, Drop):
            self.records.pop((change.kind, change.id), None)
        elif old := self.records.get((change.kind, change.id)):
            fields = {name: getattr(old, name) for name in type(old).model_fields} | change.set
            self.records[change.kind, change.id] = KINDS[change.kind].model_validate(fields, strict=False)
        else:
            self.position = None
            raise AstrayError(f"a patch of {change.kind} {change.id}, which is not here")

    def _refused(self, message: m.Refused) -> None:
        if EXPLAINED[message.code].retry == "later":
            wait = PAUSE_S if message.retry_after is None else message.retry_after / 1_000
            self._held_until = asyncio.get_running_loop().time() + wait
        self._outbox.refused(message)

    def _flush(self) -> None:
        """Send what may be sent."""
        while self._up and (pending := self._outbox.upcoming()) and self._may_send():
            pending.in_flight = True
            self._send(m.Do(n=pending.n, prev=pending.prev, command=pending.command))

    def _may_send(self) -> bool:
        """[LIMIT4] Whether it is time: the server did not ask us to wait, and its rate is not used up."""
        loop = asyncio.get_running_loop()
        now, per_second = loop.time(), limits.COMMANDS_PER_SECOND * CAREFUL
        self._tokens += (now - self._filled) * per_second
        self._tokens = min(limits.COMMANDS_BURST * CAREFUL, self._tokens)
        self._filled = now
        due = max(self._held_until, now + (1 - self._tokens) / per_second)
        if due <= now:
            self._tokens -= 1
            return True
        if self._timer is None or self._timer.when() <= now:
            self._timer = loop.call_at(due, self._flush)
        return False

    def _send(self, message: m.Up) -> None:
        if self._up is not None:
            self._said = asyncio.get_running_loop().time()
            self._up.put_nowait(_written(message))


def _written(message: m.Up) -> str:
    """What a watch leaves out stays as it is."""
    left_out = m.Watch.model_fields.keys() - message.model_fields_set - {"type"}
    return message.model_dump_json(exclude=left_out if isinstance(message, m.Watch) else None)


async def _speak(line: Line, up: asyncio.Queue[str]) -> None:
    """[LIVE1] Send what comes, and show life when nothing does. A broken line is the listener's to tell."""
    with contextlib.suppress(WebSocketException, OSError):
        while True:
            try:
                async with asyncio.timeout(limits.BEAT_MS / 1_000):
                    text = await up.get()
            except TimeoutError:
                text = m.BeatUp(t=0).model_dump_json()
            await line.send(text)


def _fault(task: asyncio.Task[None] | None) -> BaseException | None:
    return None if task is None or task.cancelled() else task.exception()


async def join(
    url: str, *, code: str | None = None, key: str | None = None, name: str, place: str = "room"
) -> m.Joined:
    """Come in by a code or a link's key."""
    wanted = {"code": code, "key": key, "name": name, "place": place}
    body = {field: value for field, value in wanted.items() if value is not None}
    return m.Joined.model_validate(await request(f"{url.rstrip('/')}/api/join", body), strict=False)


async def request(url: str, body: dict[str, Any] | None = None, token: str | None = None) -> dict[str, Any]:
    """One HTTP call with a JSON body (none: GET) and answer. Raises `RefusedError` for a problem."""
    return dict(json.loads(await fetch(url, body, token)))


async def fetch(
    url: str, body: dict[str, Any] | None = None, token: str | None = None, method: str | None = None
) -> bytes:
    """As `request`, for any answer, and any method. `OSError` where no server answers."""
    return await asyncio.to_thread(_fetch, url, body, token, method)


def _fetch(url: str, body: dict[str, Any] | None, token: str | None, method: str | None) -> bytes:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    try:
        with DIRECT.open(urllib.request.Request(url, data, headers, method=method), timeout=30) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            raise _problem(error) from error
    except HTTPException as error:
        raise ConnectionError(f"the answer broke off: {error}") from error


def _problem(error: urllib.error.HTTPError) -> RefusedError:
    """What the server said; or, where a proxy answered for it, just that."""
    try:
        problem = m.Problem.model_validate_json(error.read())
    except ValueError:
        return RefusedError(Code.INTERNAL, str(error))
    return RefusedError(problem.code, problem.detail)
