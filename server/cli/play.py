"""Playing a conversation into a live workshop over real lines: one participant per author, and a facilitator."""

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from pydantic import ValidationError

from client.participant import Participant, RefusedError, join
from protocol.codes import EXPLAINED
from protocol.commands import (
    Command,
    IssueAdd,
    IssueChoose,
    NoteAdd,
    NoteMove,
    PeopleBalance,
    StepEdit,
    StepGo,
    StepReveal,
    StepShow,
    VoteCast,
)
from protocol.messages import Joined
from protocol.records import Board, Issue, Section, Step, StepKind, Tally, Workshop
from server.live.session import explained

from .conversation import Conversation, Event, pauses

MOVED_EVERY: Final = 15
"""Each so-manieth note is moved on and back by its author."""
ISSUES: Final = 3
"""How many issues become boards."""
WAVE: Final = 20
"""How many people join at once."""
DOOR_TRIES: Final = 120
DOOR_PAUSE_S: Final = 0.5
"""How often, and after what pause, somebody tries to come in while the server is away."""

Make = Callable[[], Command]


@dataclass
class Played:
    """What came of it. `refused` counts by what was asked (`note`, `vote`, …) and code; of notes, each is listed."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    tallies: dict[str, int] = field(default_factory=dict)
    reconnects: int = 0


@dataclass(frozen=True)
class Manner:
    """How to play. `speed` 0: as fast as acknowledged."""

    speed: float = 0.0
    dots: int = 5
    close: bool = False


class Stage:
    """The workshop that a conversation is played into."""

    def __init__(self, url: str, code: str, facilitator: Participant, say: Callable[[str], None]) -> None:
        self.url = url
        self.code = code
        self.facilitator = facilitator
        self.say = say
        self.people: dict[str, Participant] = {}
        self.played = Played()

    async def play(self, conversation: Conversation, manner: Manner) -> Played:
        """The whole afternoon, from joining to the plenary."""
        try:
            await self._joining(conversation.authors)
            await self._choosing()
            await self._writing(conversation.of("note"), manner)
            await self._voting(conversation.of("vote"), manner)
            await self._to(StepKind.PLENARY)
            if manner.close:
                await self._to(StepKind.CLOSE)
            everybody = [self.facilitator, *self.people.values()]
            self.played.reconnects = sum(person.reconnects for person in everybody)
            return self.played
        finally:
            await asyncio.gather(*(person.stop() for person in self.people.values()))

    async def _joining(self, authors: Sequence[str]) -> None:
        for start in range(0, len(authors), WAVE):
            wave = list(enumerate(authors))[start : start + WAVE]
            await asyncio.gather(*(self._join(place, author) for place, author in wave))
        self.say(f"{len(authors)} people are in")

    async def _join(self, place: int, author: str) -> None:
        where = "remote" if place % 4 == 0 else "room"
        joined = await enter(self.url, code=self.code, name=f"Guest {author}"[:60], place=where)
        person = Participant(self.url, joined.token)
        await person.start()
        self.people[author] = person

    async def _choosing(self) -> None:
        """Some propose, all put a dot on an issue, the facilitator chooses those with most."""
        await self._to(StepKind.PROPOSE)
        for i, person in enumerate(list(self.people.values())[:2], 1):
            await person.do(IssueAdd(id=f"proposed-{i}", rank=f"b0{i}", title=f"What would help most? ({i})"))
        round_ = await self._to(StepKind.CHOOSE)
        issues = [cast("Issue", issue) for issue in self._sorted("issue")]
        await asyncio.gather(
            *(
                person.do(VoteCast(round=round_.id, target=issues[i * 7 % len(issues)].id, dots=1))
                for i, person in enumerate(self.people.values())
            )
        )
        await self.facilitator.do(StepShow(step=round_.id))
        dots = self._tallies(round_)
        best = sorted(issues, key=lambda issue: (-dots.get(issue.id, 0), issue.rank))[:ISSUES]
        await self.facilitator.do(IssueChoose(ids=tuple(issue.id for issue in best)))
        await self._to(StepKind.BREAKOUT)
        await self.facilitator.do(PeopleBalance())
        self.say(f"{len(issues)} issues, {len(best)} chosen")

    async def _writing(self, events: Sequence[Event], manner: Manner) -> None:
        step = await self._to(StepKind.WRITE)
        boards = [cast("Board", board).id for board in self._sorted("board")]
        sections = [cast("Section", section).id for section in self._sorted("section")]
        work = [note_work(event, place, boards, sections) for place, event in enumerate(events)]
        await self._timed(events, work, manner.speed)
        await self.facilitator.do(StepReveal(step=step.id))
        self.say(f"{self.played.done['note.add']} notes written, {len(self.played.refusals)} refused")

    async def _voting(self, events: Sequence[Event], manner: Manner) -> None:
        round_ = await self._to(StepKind.VOTE)
        await self.facilitator.do(StepEdit(step=round_.id, dots=manner.dots, most=1))
        await self._timed(events, [[_vote(round_, event)] for event in events], manner.speed)
        await self.facilitator.do(StepShow(step=round_.id))
        self.played.tallies = self._tallies(round_)
        self.say(f"{sum(self.played.tallies.values())} dots placed, results shown")

    async def _timed(self, events: Sequence[Event], work: Sequence[Sequence[Make]], speed: float) -> None:
        """Each event in its author's hands at its time; people act side by side, each in their own order."""
        waits = pauses(events, speed) if speed else [0.0] * len(events)
        async with asyncio.TaskGroup() as tasks:
            for event, wait, commands in zip(events, waits, work, strict=True):
                if wait:
                    await asyncio.sleep(wait)
                for make in commands:
                    if asked := self._act(event, make):
                        tasks.create_task(self._counted(event, *asked))

    def _act(self, event: Event, make: Make) -> tuple[Command, asyncio.Future[int]] | None:
        try:
            command = make()
        except ValidationError as error:
            said = explained(b"", error)
            self._refused(event, RefusedError(said.code, said.message))
            return None
        return command, self.people[event.author].submit(command)

    async def _counted(self, event: Event, command: Command, answer: asyncio.Future[int]) -> None:
        try:
            await answer
        except RefusedError as no:
            self._refused(event, no)
        else:
            taking = isinstance(command, VoteCast) and not command.dots
            self.played.done["taking" if taking else command.do] += 1

    def _refused(self, event: Event, no: RefusedError) -> None:
        self.played.refused[event.kind, no.code.value] += 1
        if event.kind == "note":
            self.played.refusals.append(f"{event.note_id}: {no.code.value}: {no.message}")

    async def _to(self, kind: StepKind) -> Step:
        """The facilitator goes to the first step of this kind; back once all have it."""
        step = next(s for s in map(_as_step, self._sorted("step")) if s.step is kind)
        workshop = cast("Workshop", self.facilitator.get("workshop", "workshop"))
        await self.facilitator.do(StepGo(step=step.id, current=workshop.step))
        self.say(f"step: {step.title}")
        return step

    def _tallies(self, round_: Step) -> dict[str, int]:
        tallies = (cast("Tally", tally) for tally in self.facilitator.all("tally"))
        return {tally.target: tally.dots for tally in tallies if tally.round == round_.id}

    def _sorted(self, kind: str) -> list[object]:
        return sorted(self.facilitator.all(kind), key=lambda record: getattr(record, "rank", ""))


async def enter(url: str, **how: str) -> Joined:
    """Join, also where the server is away for a while; who was let in without hearing of it comes again."""
    for _ in range(DOOR_TRIES):
        try:
            return await join(url, **how)
        except RefusedError as no:
            if EXPLAINED[no.code].retry == "never":
                raise
        except OSError:
            pass
        await asyncio.sleep(DOOR_PAUSE_S)
    raise ConnectionError(f"{url} does not answer")


def note_work(event: Event, place: int, boards: Sequence[str], sections: Sequence[str]) -> list[Make]:
    """A note by its number's board and section; some are moved on and back."""
    number = int(re.sub(r"\D", "", event.note_id) or 0)
    board, here, there = boards[number // 3 % len(boards)], sections[number % 3], sections[(number + 1) % 3]
    id_, rank = event.note_id, f"c{place:05d}V"
    work: list[Make] = [lambda: NoteAdd(id=id_, board=board, section=here, rank=rank, text=event.text)]
    if place % MOVED_EVERY == 0:
        work.append(lambda: NoteMove(id=id_, board=board, section=there, rank=rank))
        work.append(lambda: NoteMove(id=id_, board=board, section=here, rank=rank))
    return work


def _vote(round_: Step, event: Event) -> Make:
    return lambda: VoteCast(round=round_.id, target=event.note_id, dots=int(event.value == "agree"))


def _as_step(record: object) -> Step:
    return cast("Step", record)
