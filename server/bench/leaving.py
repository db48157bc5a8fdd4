"""What the people in a full room notice while a large workshop is taken out, in each format."""

import asyncio
import contextlib
import tempfile
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from client.participant import DIRECT
from protocol.base import Place, Role
from protocol.changes import Change, Put
from protocol.entries import EMPTY, Draft
from protocol.records import Board, Note, Person
from server.cli.process import process
from server.exports.media import MEDIA
from server.live.visit import Claims
from server.log.sqlite import SqliteLog
from server.web.tokens import Tokens
from server.workshop.ranks import rank
from server.workshop.templates import founding, load

from .fanout import CALM, CHARS
from .figures import Table
from .load import SERVER_CORE, Load, Target, built
from .room import BOARD

PEOPLE: Final = 500
NOTES: Final = 5_000
BOARDS: Final = (BOARD, "second", "third")
"""The people write on the first."""
FORMATS: Final = (*MEDIA, "json")
LASTS_S: Final = 8
"""Each format is asked for again and again for so long."""
IN_ONE: Final = 20
"""So many records came with one entry: nobody ever wrote thousands at once."""
SECRET: Final = "bench"  # noqa: S105 - of this run alone
WORKSHOP: Final = "leaving"
TEXT: Final = "what somebody in the middle of the room wrote down while the others talked, for the time no. "


def measure(rounds: int, people: int = PEOPLE, notes: int = NOTES) -> Table:
    """Each format beside the same room just before it, each round in a room of its own."""
    table = Table(
        f"Taking out {notes:,} notes beside {people} people",
        f"{CALM} notes a second are written. Each format is asked for over HTTP again and again for {LASTS_S} s, "
        "and made on the server's own processor; the yardstick is the same room in the seconds just before.",
    )
    found: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        program = built("load", Path(folder))
        for number in range(rounds):
            with _full(Path(folder) / f"{number}.db", people, notes) as target, Load(program, target, people) as load_:
                load_.order("connect", people)
                load_.order("wait", 3)  # who is here is told
                for kind in FORMATS:
                    for name, value in _beside(load_, target, kind).items():
                        found[f"{kind} {name}"].append(value)
    for kind in FORMATS:
        table.add(f"{kind} is there", "s", found[f"{kind} took"], goal="≤ 20")
    for kind in FORMATS:
        table.add(f"p99 beside {kind}", "ms", found[f"{kind} beside"], found[f"{kind} before"], "≤ 2")
    return table


def _beside(load_: Load, target: Target, kind: str) -> dict[str, float]:
    """One format: p99 before and meanwhile (ms), and the longest that it took (s)."""
    before = _written(load_)
    took: list[float] = []
    until = time.monotonic() + LASTS_S
    asking = threading.Thread(target=_again_and_again, args=(target, kind, until, took))
    asking.start()
    beside = _written(load_)
    while asking.is_alive():
        load_.order("wait", 0.2)  # the people go on showing life
    asking.join()
    return {"before": before, "beside": beside, "took": max(took)}


def _written(load_: Load) -> float:
    told = load_.order("write", CALM, LASTS_S, CHARS)
    assert (told["refused"], told["lost"], told["deliveries"]) == (0, 0, told["wanted"]), told
    return float(told["p99"])


def _again_and_again(target: Target, kind: str, until: float, took: list[float]) -> None:
    address = f"http://127.0.0.1:{target.port}/api/workshops/{WORKSHOP}/export/{kind}"
    asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {target.tokens[0]}"})
    while not took or time.monotonic() < until:
        began = time.monotonic()
        with DIRECT.open(asked) as answer:
            body = answer.read()
        assert body
        took.append(time.monotonic() - began)


@contextlib.contextmanager
def _full(file: Path, people: int, notes: int) -> Iterator[Target]:
    """A server whose store holds such a workshop already; everybody has a token."""
    section = asyncio.run(_planted(file, people, notes))
    tokens = Tokens(SECRET)
    known = [tokens.token(Claims(WORKSHOP, f"person-{n}", Role.PARTICIPANT)) for n in range(people)]
    with process(str(file), secret=SECRET, core=SERVER_CORE) as server:
        yield Target(server.port, server.pid, known, section)


async def _planted(file: Path, people: int, notes: int) -> str:
    """The log, written into the store; says in which section the people write."""
    changes = _workshop(people, notes)
    log = SqliteLog(file)
    drafts = [
        Draft(by="person-0", client="bench", n=n, name="bench", changes=tuple(changes[first : first + IN_ONE]))
        for n, first in enumerate(range(0, len(changes), IN_ONE), 1)
    ]
    await log.append(WORKSHOP, drafts, EMPTY)
    await log.close()
    return next(_sections(changes))


def _sections(changes: Sequence[Change]) -> Iterator[str]:
    return (each.record.id for each in changes if isinstance(each, Put) and each.record.kind == "section")


def _workshop(people: int, notes: int) -> list[Change]:
    """So many notes over three boards and all their sections."""
    found = list(founding(load("quick"), WORKSHOP, WORKSHOP, "Leaving", "", 1))
    sections = list(_sections(found))
    records: list[Any] = [
        *(
            Person(id=f"person-{n}", name=f"Person {n}", role=Role.PARTICIPANT, place=Place.ROOM, joined=1)
            for n in range(people)
        ),
        *(Board(id=each, rank=f"a{n}", title=each.title()) for n, each in enumerate(BOARDS)),
        *(
            Note(
                id=f"note-{n}",
                board=BOARDS[n % len(BOARDS)],
                section=sections[n // len(BOARDS) % len(sections)],
                rank=rank(n % 3_900),
                text=f"{TEXT}{n}",
                by=f"person-{n % people}",
                at=1,
                step="step-0",
            )
            for n in range(notes)
        ),
    ]
    return [*found, *(Put(record=each) for each in records)]
