"""A conversation played, with a memory of what was acknowledged; and what must hold of it afterwards."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from client.dial import dial
from client.participant import Participant
from protocol.changes import Put
from protocol.commands import Command, NoteAdd, VoteCast
from protocol.records import Step, StepKind
from server.cli.play import Stage, enter
from server.exports.archive import folded
from server.workshop.invariants import broken
from server.workshop.restore import RECORDS, restored_to

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from client.dial import Dial
    from protocol.entries import Entry
    from server.cli.conversation import Event
    from server.cli.play import Manner
    from server.workshop.state import State

SEEN_S = 60.0
LOOK_S = 0.05
SOON = 10
"""How many acknowledgements into the notes, and into the votes, something happens."""


class Recording(Stage):
    """A stage that remembers what was acknowledged as saved, and says when it was so many notes or votes."""

    def __init__(self, url: str, code: str, boss: Participant, line: Dial = dial) -> None:
        super().__init__(url, code, boss, lambda _: None)
        self.acked: list[Command] = []
        self.reached = {NoteAdd: asyncio.Event(), VoteCast: asyncio.Event()}
        self._line = line
        self.in_the_end: Callable[[], Awaitable[None]] | None = None
        """Asked in the plenary, while everybody is still there."""

    async def _to(self, kind: StepKind) -> Step:
        step = await super()._to(kind)
        if kind is StepKind.PLENARY and self.in_the_end:
            await self.in_the_end()
        return step

    async def _join(self, place: int, author: str) -> None:
        joined = await enter(self.url, code=self.code, name=f"Guest {author}"[:60])
        self.people[author] = Participant(self.url, joined.token, dial=self._line)
        await self.people[author].start()

    async def _voting(self, events: Sequence[Event], manner: Manner) -> None:
        """Nobody votes on a note that is not on their screen yet: where the store lost it, they wait for it."""
        notes = [command.id for command in self.acked if isinstance(command, NoteAdd)]
        async with asyncio.timeout(SEEN_S):
            while not all(person.get("note", id_) for person in self.people.values() for id_ in notes):
                await asyncio.sleep(LOOK_S)
        await super()._voting(events, manner)

    async def _counted(self, event: Event, command: Command, answer: asyncio.Future[int]) -> None:
        await super()._counted(event, command, answer)
        if answer.exception() is not None:
            return
        self.acked.append(command)
        for kind, reached in self.reached.items():
            if sum(isinstance(one, kind) for one in self.acked) == SOON:
                reached.set()


def exactly_once(entries: list[Entry], acked: list[Command], interested: int) -> State:
    """Every acknowledged command is in this log once, and nothing twice; its state is sound.

    `interested`: how many votes were cast before the round that was recorded.
    """
    state = folded(entries)
    assert broken(state) == []
    once = Counter((entry.client, entry.n) for entry in entries)
    assert set(once.values()) == {1}
    notes = _made(entries, {"note.add", RECORDS})
    for command in acked:
        if isinstance(command, NoteAdd):
            assert notes[command.id] == 1
            assert state.notes[command.id].text == command.text
    if not restored_to(entries):  # else some are among the restored records, and the dots say how many
        votes = [entry for entry in entries if entry.name == "vote.cast"][interested:]
        assert len(votes) == sum(isinstance(command, VoteCast) for command in acked)
    return state


def _made(entries: list[Entry], names: set[str]) -> Counter[str]:
    changes = [change for entry in entries if entry.name.split()[0] in names for change in entry.changes]
    return Counter(c.record.id for c in changes if isinstance(c, Put) and c.record.kind == "note")
