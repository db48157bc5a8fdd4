"""As a workshop grows: what a command costs on a small board and a large one, and how long a long log takes to open."""

import asyncio
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from protocol.base import Place, Role
from protocol.changes import Change, Patch, Put
from protocol.commands import NoteEdit
from protocol.entries import EMPTY, Draft
from protocol.messages import Done, Refused
from protocol.records import Board, Note, Person
from server.live.fanout import Reader
from server.live.frame import Frame
from server.live.held import EVERY, KEEP, Held
from server.live.registry import Registry
from server.live.room import Room
from server.log.base import Log
from server.log.sqlite import SqliteLog
from server.workshop.actor import Actor
from server.workshop.fold import fold
from server.workshop.ranks import rank
from server.workshop.seen_by import Viewer
from server.workshop.speculate import Request
from server.workshop.state import State
from server.workshop.templates import founding, load

from .figures import Table

SIZES: Final = (100, 1_000, 10_000, 100_000)
"""Notes on the board."""
COMMANDS: Final = 3_000
FIRST: Final = KEEP + 2 * EVERY
"""Commands before those that count: the first snapshot holds the furniture, which is no command's."""
AT_ONCE: Final = 20
"""Commands that wait together."""
ENTRIES: Final = 1_000_000
AT_A_TIME: Final = 5_000
NOTES: Final = 1_000
"""On the board of the long log."""
TEXT: Final = "what somebody in the middle of the room wrote down while the others talked, for the time no. "
WORKSHOP: Final = "growth"
BOSS: Final = Actor("boss", Role.FACILITATOR)


def measure(rounds: int, sizes: Sequence[int] = SIZES, entries: int = ENTRIES) -> Table:
    """Each size in turn, the order turned round each time; then a log of so many entries, opened again and again."""
    table = Table(
        "Growth",
        f"In this process, with the embedded store: notes are edited, {AT_ONCE} commands at once, each decided, stored "
        f"(SQLite `FULL`), folded, and encoded for one audience; the yardstick is the board of {sizes[0]:,} notes. "
        f"And a log of {entries:,} entries is opened: a snapshot, and the entries behind it, each proved by its hash.",
    )
    found: dict[int, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(rounds):
            for size in sizes[:: -1 if number % 2 else 1]:
                found[size].append(asyncio.run(_commands(Path(folder) / f"{number}-{size}.db", size)))
        opened = asyncio.run(_openings(Path(folder) / "long.db", entries, rounds))
    for size in sizes:
        table.add(f"a command, {size:,} notes", "µs", found[size], found[sizes[0]], "≤ 1.2")
    table.add(f"open {entries:,} entries", "ms", opened, goal="≤ 1,000")
    return table


async def _commands(file: Path, size: int) -> float:
    """Processor time of a command (µs), the writer's thread and the kernel's work included."""
    log = SqliteLog(file)
    await log.append(WORKSHOP, [_draft(1, _furniture(size))], EMPTY)
    registry = _registry(log)
    room = await registry.room(WORKSHOP)
    room.fanout.enter(Reader(Nowhere(), Viewer(Role.PARTICIPANT), room.position))
    await _edit(room, 0, FIRST)
    began = time.process_time()
    await _edit(room, FIRST, COMMANDS)
    took = time.process_time() - began
    await registry.close()
    await log.close()
    return took / COMMANDS * 1e6


async def _edit(room: Room, done: int, count: int) -> None:
    """So many edits, each of a note of its own as far as there are as many."""
    loop = asyncio.get_running_loop()
    notes = list(room.state.notes.values())
    for first in range(done, done + count, AT_ONCE):
        answers: list[asyncio.Future[Done | Refused]] = []
        for n in range(first, first + AT_ONCE):
            note = room.state.notes[notes[n % len(notes)].id]
            edit = NoteEdit(id=note.id, rev=note.rev, base=note.text, text=f"{TEXT}{n}, once more")
            answers.append(answer := loop.create_future())
            room.submit(Request(f"client-{n}", 1, 0, BOSS, edit), answer.set_result)
        refused = [said for said in await asyncio.gather(*answers) if isinstance(said, Refused)]
        assert not refused, refused


async def _openings(file: Path, entries: int, rounds: int) -> list[float]:
    """Wall time of each opening (ms)."""
    log = SqliteLog(file)
    state, held = State(), Held(State())
    for drafts in _history(entries):
        for entry in await log.append(WORKSHOP, drafts, state.head):
            held.take([entry], [fold(state, entry)])
        if snapshot := await held.snapshot() if held.due.is_set() else None:
            await log.save_snapshot(WORKSHOP, snapshot)
            held.saved(snapshot)
            held.due.clear()
    took: list[float] = []
    for _ in range(rounds):
        registry = _registry(log)
        began = time.perf_counter()
        room = await registry.room(WORKSHOP)
        took.append((time.perf_counter() - began) * 1_000)
        assert room.state.digest() == state.digest()
        await registry.close()
    await log.close()
    return took


def _history(entries: int) -> Iterator[list[Draft]]:
    """The furniture, then edits."""
    drafts = [_draft(1, _furniture(NOTES))]
    for n in range(2, entries + 1):
        change = Patch(kind="note", id=f"note-{n % NOTES}", set={"text": f"{TEXT}{n}", "rev": n})
        drafts.append(_draft(n, [change]))
        if len(drafts) == AT_A_TIME:
            yield drafts
            drafts = []
    yield drafts


def _furniture(notes: int) -> list[Change]:
    """A workshop with one board and so many notes."""
    found = founding(load("quick"), WORKSHOP, "growth", "Growth", "", 1)
    section = next(c.record.id for c in found if isinstance(c, Put) and c.record.kind == "section")
    return [
        *found,
        Put(record=Person(id="boss", name="Boss", role=Role.FACILITATOR, place=Place.ROOM, joined=1)),
        Put(record=Board(id="board", rank="a0", title="Board")),
        *(
            Put(
                record=Note(
                    id=f"note-{n}",
                    board="board",
                    section=section,
                    rank=rank(n % 3_900),
                    text=f"{TEXT}{n}",
                    by="boss",
                    at=1,
                    step="step-0",
                )
            )
            for n in range(notes)
        ),
    ]


def _draft(n: int, changes: Sequence[Change]) -> Draft:
    return Draft(by="boss", client="history", n=n, name="bench", changes=tuple(changes))


def _registry(log: Log) -> Registry:
    return Registry(log, b"bench", lambda: time.time_ns() // 1_000_000, lambda: time.monotonic_ns() // 1_000_000)


class Nowhere:
    """A line that leads nowhere."""

    full = False

    def write(self, frame: Frame) -> None:
        """Nobody reads it."""

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Nor these."""

    def buffered(self) -> int:
        """Nothing waits."""
        return 0

    def close(self, number: int, reason: str) -> None:
        """It was never open."""
