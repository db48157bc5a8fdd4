"""A visit: a session in a room. Carries out the session's effects; whoever owns the socket only hands text over."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import structlog

from protocol import limits
from protocol.base import Role
from protocol.codes import EXPLAINED, Code
from protocol.messages import Changes, Done, Hello, HereUp, Position, Resume, Watch, Welcome, You
from protocol.messages import Refused as RefusedMessage
from protocol.version import FORM
from server.log.base import Gone, StoreError
from server.workshop.actor import Actor
from server.workshop.door import let_in
from server.workshop.guests import at_the_door
from server.workshop.refused import Refused
from server.workshop.roles import role_of
from server.workshop.seen_by import OF_PAPER, ON_BOARDS, Viewer, catch_up, difference, views
from server.workshop.speculate import Request

from .fanout import Reader
from .frame import Frame, beat, frame
from .line import Line, part
from .rate import Bucket
from .registry import Registry
from .room import Room
from .session import Alive, Appear, Ask, Effect, Enter, Look, Part, Say, Session

logger = structlog.get_logger("visits")
DEVICES: Final = itertools.count(1)
HEARD_PER_SECOND: Final = 100
"""Messages of any kind that one line may send per second, sustained; a faster one is read more slowly."""
HEARD_BURST: Final = 400
WATCH_COST: Final = 20
"""How many messages a `watch` counts for: it looks at every note."""
AHEAD_S: Final = 3.0
"""Longest wait for a store that holds less than a device has seen; then the device gets what there is."""
LOOK_AGAIN_S: Final = 0.25
BEAT_AT_MS: Final = limits.BEAT_MS - 200
"""[LIVE3] Quiet for so long, it beats: before its client does, though the network is not always as quick."""
REMEMBERED: Final = 200
"""How many refusals are remembered; a line has at most 20 commands unanswered ([ONCE6])."""
FINAL: Final = {Code.DELETED, Code.FULL, Code.REMOVED, Code.RESTART, Code.STORE, Code.TURNED_AWAY, Code.WAITING}
"""Refusals at the door that are told as they are; all others mean that the token opens nothing."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token proves. `link`: of a projector, the number of the link it came by."""

    workshop: str
    person: str | None
    role: Role
    link: int = 0


Prove = Callable[[str], Claims]
"""From a token to what it proves; raises `Refused(bad_token)`."""


class Visit:
    """One device from its hello to its leaving."""

    def __init__(self, registry: Registry, prove: Prove, buckets: dict[str, Bucket], line: Line) -> None:
        self._registry = registry
        self._prove = prove
        self._buckets = buckets
        self._line = line
        self._session = Session(registry.steady())
        self._device = next(DEVICES)
        self._room: Room | None = None
        self._reader: Reader | None = None
        self._claims: Claims | None = None
        self._client = ""
        self._said = registry.steady()
        self.due = self._said + BEAT_AT_MS
        """When next to look after it (ms, steady clock): there is nothing to do before."""
        self._pace = Bucket(self._said, HEARD_BURST, HEARD_PER_SECOND, HEARD_BURST)
        self._asked: set[tuple[int, int]] = set()
        """The `n` and `prev` of what is not answered yet."""
        self._no: dict[int, RefusedMessage] = {}
        """What was refused for good lately, by its `n`."""
        self._form = 0
        """The newest form of the paper that its app knows."""
        self._resumed = set[str]()
        """The kinds of which it holds what an earlier line watched, and we do not know what that was."""
        self.over = False
        self.entering: asyncio.Task[None] | None = None
        """The hello, while a room is opened; no other frame may be heard meanwhile."""

    def hear(self, text: str | bytes | None) -> int:
        """One frame from the device (None: a binary one); how many milliseconds to wait before the next is read."""
        if self.over:
            return 0
        now = self._registry.steady()
        effect = self._session.receive(text, now, self._bucket)
        try:
            if effect:
                self._do(effect)
        except Exception:
            logger.exception("a visit failed")
            self.part(Code.INTERNAL)
        return self._pace.spend(now, WATCH_COST if isinstance(effect, Look) else 1)

    def tick(self, now: int, pulse: Frame) -> None:
        """[LIVE1] When it is due: show life, and end a dead line. `pulse`: a beat of now, the same for all."""
        ends = self._session.due
        if self._room and self._reader:
            self._said = max(self._said, self._room.fanout.told_at(self._reader))
        if now >= ends:
            self.part(self._session.late)
        elif self._session.live and now - self._said >= BEAT_AT_MS:
            self._beat(now, pulse)
        self.due = min(ends, self._said + BEAT_AT_MS)

    def filled(self) -> None:
        """[FAN4] More waits on its line than its budget."""
        if self._room and self._reader:
            self._room.fanout.filled(self._reader)

    def leave(self) -> None:
        """The line is gone; called twice does nothing the second time."""
        self.over = True
        if self._room and self._reader:
            self._room.fanout.leave(self._reader)
            if self._room.tabs.get(self._tab) == self.part:
                del self._room.tabs[self._tab]
            if self._claims and self._claims.person:
                self._room.presence.left(self._claims.person, self._device)
            self._reader = None

    def part(self, code: Code) -> None:
        """Say goodbye and close."""
        self.leave()
        part(self._line, code)

    def _do(self, effect: Effect) -> None:
        match effect:
            case Alive(t=t):
                self._beat(self._registry.steady(), beat(t, self._registry.clock()))
            case Say(message=message):
                self._say(message)
            case Part(code=code):
                self.part(code)
            case Ask(do=do):
                self._ask(Request(self._client, do.n, do.prev, self._actor(), do.command))
            case Appear(here=here):
                self._appear(here)
            case Look(watch=watch):
                self._look(watch)
            case Enter(hello=hello):
                if not self._enter_at_once(hello):
                    self.entering = asyncio.create_task(self._entered(hello))

    async def _entered(self, hello: Hello) -> None:
        try:
            await self._enter(hello)
        except StoreError:
            self.part(Code.STORE)
        except Gone:
            self.part(Code.DELETED)
        except Exception:
            logger.exception("a visit failed")
            self.part(Code.INTERNAL)
        finally:
            self.entering = None

    def _enter_at_once(self, hello: Hello) -> bool:
        """Whether it was answered: a room that is open, and as far as this device, need not be waited for."""
        try:
            claims = self._prove(hello.token)
            room = self._registry.rooms.get(claims.workshop)
            if room is None or room.closing or not _knows(room, claims, hello.after):
                return False
            self._let_in(hello, claims, room)
        except Refused as no:
            self._turn_away(no)
        return True

    async def _enter(self, hello: Hello) -> None:
        try:
            claims = self._prove(hello.token)
            room = await self._room_for(claims, hello.after)
            if not self.over:
                self._let_in(hello, claims, room)
        except Refused as no:
            self._turn_away(no)

    def _turn_away(self, no: Refused) -> None:
        self.part(no.code if no.code in FINAL else Code.BAD_TOKEN)

    def _let_in(self, hello: Hello, claims: Claims, room: Room) -> None:
        self._claims, self._client, self._form = claims, hello.client, min(hello.form, FORM)
        self._admit(claims, room)
        self._room = room
        role = role_of(room.state, claims.person, claims.role)
        greeting = self._greeting(room, replace(claims, role=role), hello.after)
        room.tabs[self._tab] = self.part
        self._registry.peers.came(room.id, claims.person, self._client)
        if claims.person:
            room.presence.here(claims.person, self._device, HereUp(), self._registry.steady())
        self._line.write_all([*greeting, room.saved(), room.roster.whole(room.state, Viewer(role))])
        self._said = self._registry.steady()

    async def _room_for(self, claims: Claims, after: Position | None) -> Room:
        """[HELLO5] The room as far as this device has seen it; where the store lost that, it is healed in a moment."""
        loop = asyncio.get_running_loop()
        until = loop.time() + AHEAD_S
        while True:
            waited = loop.time() >= until or self.over
            try:
                room = await self._registry.room(claims.workshop)
                await room.reach(after.seq if after else 0)
            except Refused as no:
                if no.code is not Code.NOT_FOUND:
                    raise
                if waited:
                    raise Refused(Code.STORE, "The store does not hold this workshop now.") from no
            else:
                if waited or (not room.closing and _knows(room, claims, after)):
                    return room
            await asyncio.sleep(LOOK_AGAIN_S)

    def _admit(self, claims: Claims, room: Room) -> None:
        at_the_door(room.state, claims.person or "")
        if not _knows(room, claims):
            raise Refused(Code.STORE, "The store does not hold that this person joined.")
        let_in(room.state, claims.role, claims.link)
        if claims.person and room.state.people[claims.person].removed:
            raise Refused(Code.REMOVED, "The facilitator has removed you.")
        earlier = room.tabs.get(self._tab)
        if earlier:
            # The same tab came again: this line of it is dead, whether or not the network has noticed.
            earlier(Code.DEAD)
        if claims.person and room.presence.devices(claims.person) >= limits.CONNECTIONS_PER_PERSON:
            raise Refused(Code.FULL, "Too many devices of one person.")

    @property
    def _tab(self) -> tuple[str | None, str]:
        return (self._claims.person if self._claims else None), self._client

    def _greeting(self, room: Room, claims: Claims, after: Position | None) -> list[Frame]:
        """[HELLO1] [RESUME1] [RESUME2] Everything, or what was missed; from here on the frames follow."""
        viewer = Viewer(claims.role, claims.person)
        you = You(workshop=claims.workshop, person=claims.person, role=claims.role)
        position, now = room.position, self._registry.clock()
        last = room.state.clients.get(self._client, ("", 0, 0))[1]
        missed = room.missed.since(after, viewer) if after else None
        self._reader = Reader(self._line, viewer, position, link=claims.link)
        room.fanout.enter(self._reader)
        if missed is None:
            empty = Welcome(you=you, seq=position.seq, tag=position.tag, now=now, last=last, records=())
            return [room.whole.welcome(room.state, viewer, empty)]
        self._resumed = {*ON_BOARDS, *OF_PAPER}
        resume = frame(Resume(you=you, seq=position.seq, tag=position.tag, now=now, last=last))
        return [resume, missed]

    def _ask(self, request: Request) -> None:
        """[ONCE7] What comes twice is asked once, and what was refused for good stays refused."""
        copy = (request.n, request.prev)
        if request.n in self._no:
            self._say(self._no[request.n].model_copy(update={"prev": request.prev}))
        elif copy not in self._asked:
            self._asked.add(copy)
            self._asked_first(request)

    def _asked_first(self, request: Request) -> None:
        if request.actor.person is None:
            message = "The projector only looks."
            self._say(RefusedMessage(n=request.n, prev=request.prev, code=Code.FORBIDDEN, message=message))
        elif self._room:
            self._room.submit(request, self._answered)

    def _answered(self, answer: Done | RefusedMessage) -> None:
        room, reader = self._room, self._reader
        if self.over or room is None or reader is None:
            return
        self._said = self._registry.steady()
        self._remember(answer)
        reader.tell([frame(answer), room.saved()] if isinstance(answer, Done) else [frame(answer)])

    def _remember(self, answer: Done | RefusedMessage) -> None:
        if isinstance(answer, RefusedMessage):
            self._asked.discard((answer.n, answer.prev))
            if EXPLAINED[answer.code].retry == "never":
                self._no[answer.n] = answer
                while len(self._no) > REMEMBERED:
                    del self._no[next(iter(self._no))]
        else:
            self._asked = {copy for copy in self._asked if copy[0] != answer.n}

    def _appear(self, here: HereUp) -> None:
        if self._room and self._claims and self._claims.person:
            self._room.presence.here(self._claims.person, self._device, here, self._registry.steady())

    def _look(self, watch: Watch) -> None:
        """[SEE9] [PAPER2] [FORM2] What comes into view is sent, what leaves it is dropped."""
        room, reader = self._room, self._reader
        if room is None or reader is None:
            return
        if reader.behind:
            # It cannot take what comes into view; on a new line it can.
            self.part(Code.SLOW)
            return
        if watch.paper and self._form == 0:
            self.part(Code.VERSION)
            return
        old, new = reader.viewer, self._watching(reader.viewer, watch)
        kinds = [*(ON_BOARDS if _named(watch, "boards") else ()), *(OF_PAPER if _named(watch, "paper") else ())]
        keys = [(kind, id_) for kind in kinds for id_ in room.state.records[kind]]
        after = views(room.state, new, keys)
        afresh = self._resumed.intersection(kinds)
        known = {key: view for key, view in views(room.state, old, keys).items() if key[0] not in afresh}
        changes = [
            *catch_up({key: view for key, view in after.items() if key[0] in afresh}),
            *difference(known, {key: view for key, view in after.items() if key[0] not in afresh}),
        ]
        self._resumed -= afresh
        room.fanout.leave(reader)
        reader.viewer = new
        room.fanout.enter(reader)
        if changes:
            at = room.position
            self._say(Changes(seq=at.seq, tag=at.tag, changes=tuple(changes)))
        if new.paper and not old.paper:
            self._line.write(room.roster.whole(room.state, new))

    def _watching(self, viewer: Viewer, watch: Watch) -> Viewer:
        """Who looks at what is named here, and else at what they did."""
        boards = viewer.boards
        if _named(watch, "boards"):
            boards = None if watch.boards is None else frozenset(watch.boards)
        paper = watch.paper if _named(watch, "paper") else viewer.paper
        # Who does not watch the paper shares what is made for all, whatever their app is.
        return replace(viewer, boards=boards, paper=paper, form=self._form if paper else FORM)

    def _beat(self, now: int, pulse: Frame) -> None:
        """[LIVE1] [FAN4] Show life; for who does not read nothing more is kept."""
        if not self._line.full:
            self._said = now
            self._line.write(pulse)

    def _say(self, message: Resume | Changes | Done | RefusedMessage) -> None:
        self._said = self._registry.steady()
        self._line.write(frame(message))

    def _actor(self) -> Actor:
        claims = self._claims
        return Actor(claims.person, claims.role) if claims else Actor(None, Role.PROJECTOR)

    def _bucket(self) -> Bucket | None:
        if self._claims is None or self._claims.person is None:
            return None
        key = f"{self._claims.workshop}.{self._claims.person}"
        return self._buckets.setdefault(key, Bucket(self._registry.steady()))


def _named(watch: Watch, what: str) -> bool:
    return what in watch.model_fields_set


def _knows(room: Room, claims: Claims, after: Position | None = None) -> bool:
    """Whether it holds this person, and what they have seen. A token was given when the log held its person."""
    joined = claims.person is None or claims.person in room.state.people or claims.person in room.state.guests
    return joined and (after is None or room.replica.reaches(after))
