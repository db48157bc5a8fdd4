"""Playing a conversation into a live workshop, through real lines: one participant per author, and a facilitator."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from client.participant import Participant, RefusedError, join
from protocol.codes import Code
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
from protocol.records import Board, Issue, Section, Step, StepKind, Tally, Workshop
from server.live.session import explained

from .conversation import Conversation, Event, pauses

MOVED_EVERY: Final = 15
"""Each so-manieth note is moved on and back by its author."""
ISSUES: Final = 2
"""How many issues become boards."""
WAVE: Final = 20
"""How many people join at once."""


@dataclass
class Played:
    """What came of it."""

    notes: int = 0
    moves: int = 0
    dots: int = 0
    taken: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    tallies: dict[str, int] = field(default_factory=dict)


class Stage:
    """The workshop that a conversation is played into."""

    def __init__(self, url: str, code: str, facilitator: Participant, say: Callable[[str], None]) -> None:
        self.url = url
        self.code = code
        self.facilitator = facilitator
        self.say = say
        self.people: dict[str, Participant] = {}
        self.played = Played()

    async def play(self, conversation: Conversation, speed: float, dots: int) -> Played:
        """The whole afternoon, from joining to the plenary."""
        try:
            await self._joining(conversation.authors)
            await self._choosing()
            await self._writing(conversation.of("note"), speed)
            await self._voting(conversation.of("vote"), speed, dots)
            await self._to(StepKind.PLENARY)
            return self.played
        finally:
            await asyncio.gather(*(person.stop() for person in self.people.values()))

    async def _joining(self, authors: list[str]) -> None:
        for start in range(0, len(authors), WAVE):
            await asyncio.gather(*(self._join(i, authors[i]) for i in range(start, min(start + WAVE, len(authors)))))
        self.say(f"{len(authors)} people are in")

    async def _join(self, place: int, author: str) -> None:
        where = "remote" if place % 4 == 0 else "room"
        joined = await join(self.url, code=self.code, name=f"Guest {author}", place=where)
        person = Participant(self.url, joined.token)
        await person.start()
        self.people[author] = person

    async def _choosing(self) -> None:
        """Some propose, all put a dot on an issue, the facilitator chooses."""
        await self._to(StepKind.PROPOSE)
        await self._propose()
        round_ = await self._to(StepKind.CHOOSE)
        issues = sorted((i for i in self.facilitator.all("issue") if isinstance(i, Issue)), key=lambda i: i.rank)
        votes = [
            person.do(VoteCast(round=round_.id, target=issues[i * 7 % len(issues)].id, dots=1))
            for i, person in enumerate(self.people.values())
        ]
        await asyncio.gather(*votes)
        await self.facilitator.do(StepShow(step=round_.id))
        await self.facilitator.do(IssueChoose(ids=tuple(issue.id for issue in issues[:ISSUES])))
        await self._to(StepKind.BREAKOUT)
        await self.facilitator.do(PeopleBalance())
        self.say(f"{len(issues)} issues, {ISSUES} chosen")

    async def _propose(self) -> None:
        people = list(self.people.values())[:2]
        for i, person in enumerate(people):
            await person.do(IssueAdd(id=f"proposed-{i}", rank=f"b0{i}", title=f"What would help most, number {i + 1}?"))

    async def _writing(self, events: list[Event], speed: float) -> None:
        step = await self._to(StepKind.WRITE)
        boards = [b.id for b in self._sorted("board") if isinstance(b, Board)]
        sections = [s.id for s in self._sorted("section") if isinstance(s, Section)]
        work = [self._note(event, i, boards, sections) for i, event in enumerate(events)]
        await self._timed(events, work, speed)
        await self.facilitator.do(StepReveal(step=step.id))
        self.say(f"{self.played.notes} notes written, {sum(self.played.refused.values())} refused")

    def _note(self, event: Event, place: int, boards: list[str], sections: list[str]) -> list[Callable[[], Command]]:
        number = int(event.note.lstrip("nm") or 0)
        board, section = boards[number // 3 % len(boards)], sections[number % 3]
        rank = f"c{place:03d}V"
        work: list[Callable[[], Command]] = [
            lambda: NoteAdd(id=event.note, board=board, section=section, rank=rank, text=event.text)
        ]
        if place % MOVED_EVERY == 0:
            there = sections[(number + 1) % 3]
            work.append(lambda: NoteMove(id=event.note, board=board, section=there, rank=rank))
            work.append(lambda: NoteMove(id=event.note, board=board, section=section, rank=rank))
        return work

    async def _voting(self, events: list[Event], speed: float, dots: int) -> None:
        round_ = await self._to(StepKind.VOTE)
        await self.facilitator.do(StepEdit(step=round_.id, dots=dots, most=1))
        work: list[list[Callable[[], Command]]] = [
            [lambda e=event: VoteCast(round=round_.id, target=e.note, dots=int(e.value == "agree"))]  # type: ignore[misc]
            for event in events
        ]
        await self._timed(events, work, speed)
        await self.facilitator.do(StepShow(step=round_.id))
        tallies = [t for t in self.facilitator.all("tally") if isinstance(t, Tally) and t.round == round_.id]
        self.played.tallies = {t.target: t.dots for t in tallies}
        self.played.dots = sum(self.played.tallies.values())
        self.say(f"{self.played.dots} dots placed, results shown")

    async def _timed(self, events: list[Event], work: Sequence[list[Callable[[], Command]]], speed: float) -> None:
        """Each event in its author's hands at its time; people act side by side, each in their own order."""
        waits = pauses(events, speed) if speed else [0.0] * len(events)
        doing: list[asyncio.Task[None]] = []
        for event, wait, commands in zip(events, waits, work, strict=True):
            if wait:
                await asyncio.sleep(wait)
            doing += [task for make in commands if (task := self._act(event, make))]
        await asyncio.gather(*doing)

    def _act(self, event: Event, make: Callable[[], Command]) -> asyncio.Task[None] | None:
        try:
            command = make()
        except ValidationError as error:
            said = explained(b"", error)
            self._refused(event, said.code, said.message)
            return None
        return asyncio.create_task(self._counted(event, self.people[event.author].submit(command), command))

    async def _counted(self, event: Event, answer: asyncio.Future[int], command: Command) -> None:
        try:
            await answer
        except RefusedError as no:
            self._refused(event, no.code, no.message)
            return
        match command:
            case NoteAdd():
                self.played.notes += 1
            case NoteMove():
                self.played.moves += 1
            case VoteCast(dots=0):
                self.played.taken += 1

    def _refused(self, event: Event, code: Code, message: str) -> None:
        self.played.refused[code.value] += 1
        if event.kind == "note":
            self.played.refusals.append(f"{event.note}: {code.value}: {message}")

    async def _to(self, kind: StepKind) -> Step:
        """The facilitator goes to the first step of this kind; back once all have it."""
        steps = [s for s in self._sorted("step") if isinstance(s, Step)]
        step = next(s for s in steps if s.step is kind)
        await self.facilitator.do(StepGo(step=step.id, current=self._current()))
        self.say(f"step: {step.title}")
        return step

    def _current(self) -> str:
        workshop = self.facilitator.get("workshop", "workshop")
        assert isinstance(workshop, Workshop)
        return workshop.step

    def _sorted(self, kind: str) -> list[object]:
        return sorted(self.facilitator.all(kind), key=lambda record: getattr(record, "rank", ""))
