"""The plan as a calendar to subscribe to or bring in (RFC 5545): whole days, which take nobody's time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from protocol.records import Activity, Status

from .wall import Wall
from .words import Words

WIDEST: Final = 75
"""Bytes of a line, its end aside; longer ones are folded."""
STANDING: Final = {Status.IDEA: "TENTATIVE"}
"""What is not just an idea is confirmed."""


def ics(wall: Wall, words: Words) -> bytes:
    """The file. The same activity has the same name in each, so that a calendar brings it up to date."""
    return "".join(f"{_folded(line)}\r\n" for line in _lines(wall, words)).encode()


def first_day(created: int, month: int) -> date:
    """The first of the month so many after that of `created` (ms, UTC)."""
    when = datetime.fromtimestamp(created / 1000, UTC)
    years, place = divmod(when.month - 1 + month, 12)
    return date(when.year + years, place + 1, 1)


def _lines(wall: Wall, words: Words) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//Plenary//Plan//{words.language.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{_text(wall.workshop.title)}"
    yield f"X-WR-CALNAME:{_text(wall.workshop.title)}"
    issues = {issue.id: issue.title for issue in wall.issues}
    for each in wall.plan:
        yield from _event(wall, each, issues.get(each.issue or "", ""), words)
    yield "END:VCALENDAR"


def _event(wall: Wall, each: Activity, issue: str, words: Words) -> Iterator[str]:
    """From its first month's first day to the day after its last one."""
    created = wall.workshop.created
    facts = (("owner", each.owner), ("first", each.first), ("issue", issue), ("standing", words(each.status)))
    told = "\n".join(f"{words(key)}: {fact}" for key, fact in facts if fact)
    yield "BEGIN:VEVENT"
    yield f"UID:{each.id}-{created}@plenary"
    yield f"DTSTAMP:{datetime.fromtimestamp(each.at / 1000, UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{each.rev}"
    yield f"DTSTART;VALUE=DATE:{first_day(created, each.start):%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{first_day(created, each.start + each.length):%Y%m%d}"
    yield f"SUMMARY:{_text(each.title)}"
    yield f"DESCRIPTION:{_text(told)}"
    if issue:
        yield f"CATEGORIES:{_text(issue)}"
    yield f"STATUS:{STANDING.get(each.status, 'CONFIRMED')}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(text: str) -> str:
    """To the letter: what means something in a value is escaped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """No sign is cut in two."""
    parts, width = [""], 0
    for sign in line:
        size = len(sign.encode())
        if width + size > WIDEST:
            parts.append(" ")
            width = 1
        parts[-1] += sign
        width += size
    return "\r\n".join(parts)
