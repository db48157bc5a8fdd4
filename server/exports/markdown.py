"""The briefing paper as Markdown. What people wrote is escaped, so that it reads literally ([ARCH3])."""

import re
from collections.abc import Iterator
from typing import Final

from protocol.records import Board, Issue, Note, Record, Section, Tally, Workshop
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State

SPECIAL: Final = re.compile(r"([!-/:-@\[-`{-~])")
"""Every ASCII punctuation mark: CommonMark lets each be escaped."""


def literal(text: str) -> str:
    """Text that CommonMark shows as it is; newlines become hard breaks, tabs and runs of blanks stay visible."""
    lines = [SPECIAL.sub(r"\\\1", line) for line in re.split(r"\r\n|\r|\n", text)]
    return "\\\n".join(_blanks(line) for line in lines)


def paper(state: State, viewer: Viewer) -> str:
    """The paper, of what this viewer may see."""
    records = seen(state, viewer)
    return "\n".join(_paper(records)).rstrip() + "\n"


def _paper(records: list[Record]) -> Iterator[str]:
    workshop = next(r for r in records if isinstance(r, Workshop))
    dots = _dots(records)
    yield f"# {literal(workshop.title)}\n"
    if workshop.purpose:
        yield f"{literal(workshop.purpose)}\n"
    yield from _issues([r for r in records if isinstance(r, Issue)], dots)
    for board in sorted((r for r in records if isinstance(r, Board)), key=lambda b: (b.rank, b.id)):
        yield from _board(board, records, dots)
    yield "## Who took part\n"
    yield f"{sum(r.kind == 'person' for r in records)} people.\n"


def _issues(issues: list[Issue], dots: dict[str, int]) -> Iterator[str]:
    yield "## Issues proposed\n"
    for issue in sorted(issues, key=lambda i: (-dots.get(i.id, 0), i.rank, i.id)):
        if issue.merged is None:
            yield _item(issue.title, dots.get(issue.id, 0))
    yield ""


def _board(board: Board, records: list[Record], dots: dict[str, int]) -> Iterator[str]:
    yield f"## {literal(board.title)}\n"
    notes = [r for r in records if isinstance(r, Note) and r.board == board.id and not r.binned]
    for section in sorted((r for r in records if isinstance(r, Section)), key=lambda s: (s.rank, s.id)):
        yield f"### {literal(section.title)}\n"
        inside = [note for note in notes if note.section == section.id]
        yield from _notes(inside, dots)


def _notes(notes: list[Note], dots: dict[str, int]) -> Iterator[str]:
    sealed = sum(note.sealed for note in notes)
    for note in sorted(notes, key=lambda n: (-dots.get(n.id, 0), n.rank, n.id)):
        if not note.sealed:
            yield _item(note.text, dots.get(note.id, 0))
            yield from (
                f"  - also: {literal(text).replace(chr(10), chr(10) + '    ')}" for text in note.siblings
            )
    if sealed:
        yield f"*{sealed} notes are still sealed.*"
    if not notes:
        yield "*Nothing was written here.*"
    yield ""


def _item(text: str, dots: int) -> str:
    count = f" **({dots} {'dot' if dots == 1 else 'dots'})**" if dots else ""
    return f"- {literal(text).replace(chr(10), chr(10) + '  ')}{count}"


def _dots(records: list[Record]) -> dict[str, int]:
    dots: dict[str, int] = {}
    for tally in (r for r in records if isinstance(r, Tally)):
        dots[tally.target] = dots.get(tally.target, 0) + tally.dots
    return dots


def _blanks(line: str) -> str:
    """Blanks at the ends, and tabs, would be eaten or read as code; as entities they stay."""
    stripped = line.strip(" ")
    start = len(line) - len(line.lstrip(" "))
    end = len(line) - len(line.rstrip(" ")) if stripped else 0
    middle = line[start : len(line) - end]
    return ("&#32;" * start + middle + "&#32;" * end).replace("\t", "&#9;") or "&#32;"
