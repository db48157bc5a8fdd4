"""The plan for calendars and spreadsheets."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given

from protocol.records import Activity, Lens, Record
from server.exports.make import make
from server.exports.words import Words
from tests.exports.test_documents import HOSTILE, TEXT
from tests.exports.test_typography import planned

ENGLISH = Words("en")


def events(made: bytes) -> list[dict[str, str]]:
    """What a calendar reads: lines unfolded, values unescaped."""
    assert made.endswith(b"\r\n")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"\n" not in made.replace(b"\r\n", b"")
    found: list[dict[str, str]] = []
    for line in made.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            assert name not in found[-1] or name == "END"
            found[-1][name] = re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)
    return found


def test_whole_days() -> None:
    """[EXP10] From the first day to the day after the last; a name that stays; nobody's time."""
    made = make("ics", planned("First", "Then"), ENGLISH)
    first, then = events(made)
    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("19700101", "19700401")
    assert (then["DTSTART;VALUE=DATE"], then["SUMMARY"]) == ("19700201", "Then")
    assert first["UID"] == "a0-1@plenary"
    assert first["STATUS"] == "TENTATIVE"
    assert first["TRANSP"] == "TRANSPARENT"
    assert first["DESCRIPTION"] == "Who: Dana\nStanding: idea"
    assert made == make("ics", planned("First", "Then"), ENGLISH)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    """[EXP2] [EXP10] To the letter in the calendar; in the table as in every table."""
    [event] = events(make("ics", planned(text), ENGLISH))
    assert event["SUMMARY"] == text
    rows = list(csv.reader(io.StringIO(make("plan.csv", planned(text), ENGLISH).decode("utf-8-sig"), newline="")))
    assert rows[1][1].removeprefix("'") == text
    assert not rows[1][1].startswith(("=", "+", "-", "@", "\t"))


@given(TEXT)
def test_any_text(text: str) -> None:
    """[EXP2] [EXP10] Whatever people write: no line breaks out of its value."""
    [event] = events(make("ics", planned(text), ENGLISH))
    assert event["SUMMARY"] == text.replace("\r\n", "\n").replace("\r", "\n")


def test_table() -> None:
    """[EXP10] A row for each activity, with its lens, what it waits for, and its days."""
    first, then = (each for each in planned("Do it", "Then") if isinstance(each, Activity))
    more: list[Record] = [
        Lens(id="l", rank="a0", title="Equity"),
        first,
        then.model_copy(update={"lens": "l", "after": (first.id,)}),
    ]
    rest = [each for each in planned() if not isinstance(each, Lens)]
    text = make("plan.csv", [*rest, *more], ENGLISH).decode("utf-8-sig")
    assert text.splitlines()[1:] == [
        "Jan 1970 to Mar 1970,Do it,Dana,,idea,,,,1970-01-01,1970-03-31",
        "Feb 1970 to Apr 1970,Then,Dana,,idea,,Equity,Do it,1970-02-01,1970-04-30",
    ]
