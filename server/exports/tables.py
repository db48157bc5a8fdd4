"""The wall as tables: CSV of the notes; XLSX of notes, issues and dots. No cell is ever a formula ([EXP3])."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from xlsxwriter import Workbook

from protocol.records import Note, Stack

from .calendar import first_day
from .wall import Wall
from .words import Words

Row = tuple[str | int, ...]

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "'")
"""How a text begins that a spreadsheet would take for a formula; and the mark itself, so that it can be taken off."""
LONGEST: Final = 32_767
"""Characters in a cell of XLSX; a longer text goes on in rows of its own beneath."""


def notes(wall: Wall, words: Words) -> Iterator[Row]:
    """A row for each note that may be read, and for each stack of such: by board and section, the most wanted first.

    That of a stack has no note, and the dots that lie on the stack itself. Heads come first.
    """
    names = {person.id: person.name for person in wall.people}
    keys = (
        "board",
        "section",
        "stack_head",
        "note",
        "dots_head",
        "me_too",
        "comments",
        "tags",
        "author",
        "written",
        "late",
    )
    yield tuple(words(key) for key in keys)
    for board in wall.boards:
        for section in wall.sections:
            inside = [note for note in wall.inside[board.id, section.id] if not note.sealed]
            stacks = {note.stack: wall.stacks[note.stack] for note in inside if note.stack}
            entries: list[Note | Stack] = [*stacks.values(), *inside]
            for entry in sorted(entries, key=lambda e: (-wall.dots[e.id], e.rank, e.id)):
                yield (board.title, section.title, *_told(wall, names, entry, words))


def _told(wall: Wall, names: Mapping[str, str], entry: Note | Stack, words: Words) -> Row:
    """What stands in the row of a note or a stack, behind where it is."""
    dots = wall.dots[entry.id]
    if isinstance(entry, Stack):
        return (entry.title or words("stack"), "", dots, 0, 0, "", "", "", "")
    return (
        wall.stacks[entry.stack].title or words("stack") if entry.stack else "",
        _text(entry, words),
        dots,
        entry.reactions,
        wall.talk[entry.id],
        ", ".join(wall.lenses[id_] for id_ in entry.lenses),
        names.get(entry.by or "", ""),
        _moment(entry.at),
        words("yes") if entry.late else "",
    )


def _text(note: Note, words: Words) -> str:
    return "\n".join((note.text, *(f"{words('also')} {text}" for text in note.siblings)))


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def issues(wall: Wall, words: Words) -> Iterator[Row]:
    """A row for each issue, and what became of it."""
    boards = {board.id for board in wall.boards}
    yield tuple(words(key) for key in ("issue", "detail", "dots_head", "state"))
    for issue in sorted(wall.issues, key=lambda i: -wall.interest[i.id]):
        state = "merged" if issue.merged else "chosen" if issue.id in boards else "proposed"
        yield (issue.title, issue.detail, wall.interest[issue.id], words(state))


def plan(wall: Wall, words: Words) -> Iterator[Row]:
    """A row for each activity, as they begin."""
    titles = {issue.id: issue.title for issue in wall.issues}
    names = {each.id: each.title for each in wall.plan}
    created = wall.workshop.created
    keys = ("when", "activity", "owner", "first", "standing", "issue", "lens", "waits", "begins", "ends")
    yield tuple(words(key) for key in keys)
    for each in wall.plan:
        when = words.span(created, each.start, each.length)
        last = first_day(created, each.start + each.length) - timedelta(days=1)
        days = (first_day(created, each.start).isoformat(), last.isoformat())
        of = (titles.get(each.issue or "", ""), wall.lenses.get(each.lens or "", ""))
        waits = "; ".join(names[id_] for id_ in each.after if id_ in names)
        yield (when, each.title, each.owner, each.first, words(each.status), *of, waits, *days)


def csv_of(rows: Iterator[Row]) -> bytes:
    """UTF-8 with its mark, as spreadsheets want it. A text that begins like a formula has an apostrophe before it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _safe(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def xlsx(wall: Wall, words: Words) -> bytes:
    """A workbook of three sheets, the heads kept in sight, each column to be filtered."""
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": wall.workshop.title, "author": "Plenary"})
    head = book.add_format({"bold": True, "bottom": 1, "font_color": "#005b63"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows, widths in (
        (
            words("notes", 2).removeprefix("2 ").capitalize(),
            notes(wall, words),
            (28, 20, 24, 60, 8, 10, 12, 22, 20, 17, 8),
        ),
        (words("issues"), issues(wall, words), (44, 60, 8, 22)),
        (words("plan"), plan(wall, words), (24, 60, 24, 40, 12, 40, 20, 40, 12, 12)),
    ):
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, plain)
        at = 0
        for row in rows:
            for part in _parts(row):
                for column, cell in enumerate(part):
                    form = plain if at else head
                    if isinstance(cell, int):
                        sheet.write_number(at, column, cell, form)
                    elif cell:
                        sheet.write_string(at, column, cell, form)
                at += 1
        sheet.autofilter(0, 0, max(at - 1, 0), len(widths) - 1)
    book.close()
    return made.getvalue()


def _parts(row: Row) -> Iterator[Row]:
    """The row, or several where a text is longer than a cell holds: nothing is lost."""
    longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
    yield tuple(cell[:LONGEST] if isinstance(cell, str) else cell for cell in row)
    for start in range(LONGEST, longest, LONGEST):
        yield tuple(cell[start : start + LONGEST] if isinstance(cell, str) else "" for cell in row)
