"""Twenty-seven people over the protocol: those who fill a room while a few of it sit at real screens."""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from client.participant import Participant, join
from protocol.commands import ActivityAdd, IssueAdd, NoteAdd, NoteReact, PersonMove, StackMake, VoteCast
from protocol.records import Board, Note, Person, Stack
from server.workshop.ranks import rank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .stage import House

WORDS: Final = Path(__file__).parents[1] / "data" / "competency-notes.jsonl"
NAMES: Final = (
    "Amara Obi", "Bruno Castillo", "Chloe Tran", "Dev Patel", "Elena Ruiz", "Frank Moss", "Grace Lin", "Hugo Weber",
    "Ines Kaya", "Jonas Berg", "Kiran Rao", "Leila Haddad", "Marco Bianchi", "Nora Quinn", "Omar Farouk", "Priya Nair",
    "Quentin Ross", "Rosa Delgado", "Sam Whitfield", "Tessa Novak", "Umar Sheikh", "Vera Lindqvist", "Will Okafor",
    "Xenia Petrova", "Yusuf Demir", "Zoe Laurent", "Abel Moreno",
)  # fmt: skip
SECTIONS: Final = {"benefits": "section-0", "risks": "section-1", "other efforts": "section-2"}
STACKS: Final = ("What learners gain", "Where trust breaks", "Who has done it")
DOTS: Final = 5
LIKED: Final = ("Accountability for performance-based systems", "Ensuring quality", "Field-building needs")
PLAN: Final = (
    ("Share the scoring rubrics of three districts", "Dev Patel and New Hampshire", 0, 3),
    ("Agree on a common definition of proficiency", "Grace Lin", 1, 6),
    ("Pilot growth measures beside cohort rates", "Two state agencies", 3, 9),
    ("Train moderators across schools", "Rosa Delgado", 5, 8),
    ("A study of credit recovery programmes", "The research group", 8, 10),
    ("Report to the chief state school officers", "Amara Obi", 16, 2),
)
"""What they agree on: title, who sees to it, how many months from now it begins, how many it takes."""


def words() -> dict[tuple[str, str], list[str]]:
    """What is written, by issue and section."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in WORDS.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["issue"], SECTIONS[row["section"]]].append(row["text"])
    return found


class Crowd:
    """They come, propose, choose, write, sort, vote and plan, each over a line of their own."""

    def __init__(self, place: House, code: str) -> None:
        self._place = place
        self._code = code
        self._chance = random.Random(30)
        self.people: list[Participant] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(person.stop() for person in self.people))

    async def come(self, names: tuple[str, ...] = NAMES) -> None:
        """Each by the link that all have; every third from afar."""
        for turn, name in enumerate(names):
            joined = await join(self._place.url, code=self._code, name=name, place="room" if turn % 3 else "remote")
            person = Participant(self._place.url, joined.token)
            await person.start()
            self.people.append(person)

    async def propose(self, titles: tuple[str, ...]) -> None:
        """Some add an issue of their own."""
        for turn, title in enumerate(titles):
            await self.people[turn].do(IssueAdd(id=f"proposed-{turn}", rank=rank(20 + turn), title=title))

    async def choose(self, round_: str) -> None:
        """Three dots each; three of the issues are what most came for."""
        issues = self.people[0].all("issue")
        liked = [4 if issue.title in LIKED else 1 for issue in issues]  # type: ignore[union-attr]
        for person in self.people:
            drawn = {self._chance.choices(issues, liked)[0].id for _ in range(3)}
            await asyncio.gather(*(person.do(VoteCast(round=round_, target=one, dots=1)) for one in sorted(drawn)))

    async def pick(self, share: float) -> None:
        """So many of them choose their board themselves; the others wait to be placed."""
        boards = self._boards()
        for turn, person in enumerate(self.people[: round(len(self.people) * share)]):
            await person.do(PersonMove(person=str(person.person), board=boards[turn % len(boards)].id))

    async def write(self) -> None:
        """What each board has to say, everybody in it in turn."""
        said = words()
        for board in self._boards():
            group = self._of(board.id)
            pile = [(where, text) for (issue, where), of in said.items() if issue == board.title for text in of]
            for turn, (where, text) in enumerate(pile):
                id_ = f"{board.id}-{turn}"
                note = NoteAdd(id=id_, board=board.id, section=where, rank=rank(turn), text=text)
                await group[turn % len(group)].do(note)

    async def build(self) -> None:
        """They stack what belongs together, and say what they like too."""
        for board in self._boards():
            group = self._of(board.id)
            for section, title in zip(SECTIONS.values(), STACKS, strict=True):
                first, second, third = sorted(
                    note.id
                    for note in self._notes(board.id)
                    if note.section == section and note.id.startswith(board.id)
                )[:3]
                await group[0].do(StackMake(id=f"{board.id}-{section}", notes=(first, second), title=title))
                await group[-1].do(NoteReact(id=third, on=True))

    async def vote(self, round_: str) -> None:
        """Five dots each on one's own board, or where else one likes; some things are liked by many."""
        for person in self.people:
            board = next(one.board for one in person.all("person") if one.id == person.person)  # type: ignore[union-attr]
            targets = [one for one in self._targets() if one.board == board]
            liked = [1 / (1 + turn % 9) for turn in range(len(targets))]
            for target in {self._chance.choices(targets, liked)[0].id for _ in range(DOTS)}:
                await person.do(VoteCast(round=round_, target=target, dots=1))

    async def plan(self) -> None:
        """Activities that somebody sees to, on the issues in turn."""
        boards = self._boards()
        for turn, (title, owner, start, length) in enumerate(PLAN):
            activity = ActivityAdd(
                id=f"activity-{turn}",
                rank=rank(turn),
                title=title,
                owner=owner,
                start=start,
                length=length,
                issue=boards[turn % len(boards)].id,
            )
            await self.people[turn].do(activity)

    def _of(self, board: str) -> list[Participant]:
        here = {one.id for one in self.people[0].all("person") if isinstance(one, Person) and one.board == board}
        return [person for person in self.people if person.person in here]

    def _boards(self) -> list[Board]:
        boards = [one for one in self.people[0].all("board") if isinstance(one, Board)]
        return sorted(boards, key=lambda board: board.rank)

    def _notes(self, board: str) -> Iterator[Note]:
        return (one for one in self.people[0].all("note") if isinstance(one, Note) and one.board == board)

    def _targets(self) -> list[Note | Stack]:
        loose = [one for one in self.people[0].all("note") if isinstance(one, Note) and not one.stack]
        return [*(one for one in self.people[0].all("stack") if isinstance(one, Stack)), *loose]
