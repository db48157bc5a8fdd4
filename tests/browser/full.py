"""A board as full as boards get: real texts, put straight into the log while its server is away."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from client.participant import Participant, join
from protocol.changes import Put
from protocol.commands import IssueChoose, StepGo
from protocol.entries import EMPTY, Draft
from protocol.records import Note, Record, Workshop
from server.cli.conversation import read
from server.log.sqlite import SqliteLog
from server.workshop.ranks import rank
from tests.conversations import conversation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .stage import House

TALKS: Final = (
    "dev-large-bg2050",
    "dev-medium-seattle-wage",
    "dev-small-london-policing",
    "dev-live20-bg2050",
)
WRITING: Final = "step-5"
"""The open writing step of the template."""
BOARD: Final = "issue-1"
SECTIONS: Final = ("section-0", "section-1", "section-2")
TITLE: Final = "Ensuring quality"
NAMES: Final = ("Amara", "Ben", "Chloe", "Dev", "Elena", "Frank", "Grace", "Hugo")
IN_ONE: Final = 250
"""Notes in one entry."""


def texts(count: int) -> list[str]:
    """What people wrote in real conversations; again from the first where those are not enough."""
    talks = [read(conversation(name)) for name in TALKS]
    said = dict.fromkeys(event.text.strip() for talk in talks for event in talk.of("note"))
    return list(islice(cycle(text for text in said if text), count))


async def opened(place: House, count: int) -> dict[str, Any]:
    """A workshop where people write, with so many notes on one of its two boards."""
    made = place.post("/api/workshops", {"title": "A full board", "template": "tough-issues"})
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(place.url, key=key, name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await boss.do(IssueChoose(ids=("issue-0", BOARD)))
        [workshop] = boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await boss.do(StepGo(step=WRITING, current=workshop.step))
    people = [(await join(place.url, code=made["code"], name=name)).person for name in NAMES]
    place.stop()
    await fill(Path(place.store), made["id"], notes(count, [person for person in people if person]))
    place.start()
    return made


def notes(count: int, people: list[str]) -> list[Note]:
    """The sections take turns, as do the authors; numbers make each text one of its own."""
    return [
        Note(
            id=f"note-{n}",
            board=BOARD,
            section=SECTIONS[n % len(SECTIONS)],
            rank=rank(n // len(SECTIONS)),
            text=f"{text} ({n})",
            by=people[n % len(people)],
            at=n,
            step=WRITING,
        )
        for n, text in enumerate(texts(count))
    ]


async def fill(store: Path, workshop: str, rows: Sequence[Record]) -> None:
    """Add them behind what the log holds."""
    log = SqliteLog(store)
    try:
        head = (await log.read(workshop, EMPTY))[-1].head
        drafts = [
            Draft(
                by="system",
                client="filling",
                n=1 + n // IN_ONE,
                name="note.add",
                changes=tuple(Put(record=row) for row in rows[n : n + IN_ONE]),
            )
            for n in range(0, len(rows), IN_ONE)
        ]
        await log.append(workshop, drafts, head)
    finally:
        await log.close()
