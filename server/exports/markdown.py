"""The briefing paper as Markdown. What people wrote is escaped, so that it reads literally ([ARCH3])."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from protocol.base import Place
from protocol.records import Board, Issue, Note, Person, Record, Section, Step, StepKind, Tally, Workshop
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State

SPECIAL: Final = re.compile(r"([!-/:-@\[-`{-~])")
"""Every ASCII punctuation mark: CommonMark lets each be escaped."""
TAB: Final = "\t"


def literal(text: str, newline: str = "\\\n") -> str:
    """Text that CommonMark shows as it is: newlines become hard breaks, blanks at the ends of lines stay."""
    lines = [SPECIAL.sub(r"\\\1", line) for line in re.split(r"\r\n|\r|\n", text)]
    return newline.join(_blanks(line) for line in lines)


def heading(level: int, text: str) -> str:
    """A heading; it has one line only, so newlines become blanks."""
    return f"{'#' * level} {literal(text, ' ')}\n"


def paper(state: State, viewer: Viewer) -> str:
    """The paper, of what this viewer may see."""
    records = seen(state, viewer)
    return "\n".join(_paper(records)).rstrip() + "\n"


def _paper(records: list[Record]) -> Iterator[str]:
    workshop = next(r for r in records if isinstance(r, Workshop))
    yield heading(1, workshop.title)
    if workshop.purpose:
        yield f"{literal(workshop.purpose)}\n"
    yield from _issues([r for r in records if isinstance(r, Issue)], _dots(records, StepKind.CHOOSE))
    dots = _dots(records, StepKind.VOTE)
    for board in sorted((r for r in records if isinstance(r, Board)), key=lambda b: (b.rank, b.id)):
        yield from _board(board, records, dots)
    people = [r for r in records if isinstance(r, Person)]
    remote = sum(person.place is Place.REMOTE for person in people)
    yield "## Who took part\n"
    yield f"{_count(len(people), 'person', 'people')}, {remote} of them remote.\n"


def _issues(issues: list[Issue], dots: Counter[str]) -> Iterator[str]:
    yield "## Issues proposed\n"
    for issue in sorted(issues, key=lambda i: (-dots[i.id], i.rank, i.id)):
        if issue.merged is None:
            yield _item(issue.title, dots[issue.id])
    yield ""


def _board(board: Board, records: list[Record], dots: Counter[str]) -> Iterator[str]:
    yield heading(2, board.title)
    notes = [r for r in records if isinstance(r, Note) and r.board == board.id and not r.binned]
    for section in sorted((r for r in records if isinstance(r, Section)), key=lambda s: (s.rank, s.id)):
        yield heading(3, section.title)
        inside = [note for note in notes if note.section == section.id]
        yield from _notes(inside, dots)


def _notes(notes: list[Note], dots: Counter[str]) -> Iterator[str]:
    told = [note for note in notes if not note.sealed]
    for note in sorted(told, key=lambda n: (-dots[n.id], n.rank, n.id)):
        yield _item(note.text, dots[note.id])
        yield from (f"  - also: {_hanging(text, 4)}" for text in note.siblings)
    if told:
        yield ""
    if len(told) < len(notes):
        yield f"*Still sealed: {_count(len(notes) - len(told), 'note', 'notes')}.*\n"
    if not notes:
        yield "*Nothing was written here.*\n"


def _item(text: str, dots: int) -> str:
    count = f" **({_count(dots, 'dot', 'dots')})**" if dots else ""
    return f"- {_hanging(text, 2)}{count}"


def _hanging(text: str, depth: int) -> str:
    return literal(text, "\\\n" + " " * depth)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _dots(records: list[Record], kind: StepKind) -> Counter[str]:
    """Dots by target, of the rounds of this kind: an issue and a note may have the same id."""
    rounds = {r.id for r in records if isinstance(r, Step) and r.step is kind}
    dots = Counter[str]()
    for tally in records:
        if isinstance(tally, Tally) and tally.round in rounds:
            dots[tally.target] += tally.dots
    return dots


def _blanks(line: str) -> str:
    """Blanks of any kind at the ends, and tabs, would be eaten or read as code; as entities they stay."""
    middle = line.strip()
    start, _, end = line.partition(middle) if middle else (line or " ", "", "")
    return f"{_entities(start)}{middle.replace(TAB, _entities(TAB))}{_entities(end)}"


def _entities(blanks: str) -> str:
    return "".join(f"&#{ord(blank)};" for blank in blanks)
