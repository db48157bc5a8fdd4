"""Shapes at the edge: what comes in is what was sent, or it is refused."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from protocol import limits
from protocol.codes import EXPLAINED, Code
from protocol.commands import NoteAdd
from protocol.entries import EMPTY, ENTRY, Draft, Entry
from protocol.messages import UP, Do

PLAIN = {"do": "note.add", "id": "n", "board": "b", "section": "s", "rank": "a0", "text": "hello"}
FORBIDDEN = {"Cc", "Cs"}


def ok(text: str) -> bool:
    """What the rules say of a text."""
    clean = all(unicodedata.category(c) not in FORBIDDEN or c in "\t\n\r" for c in text)
    return clean and bool(text.strip()) and len(text) <= limits.NOTE_CHARS


@given(st.text(max_size=300))
def test_text_is_kept_to_the_letter(text: str) -> None:
    """[LIMIT1] [LIMIT3] Text is taken as it is, or refused; never altered."""
    message = json.dumps({"type": "do", "n": 1, "prev": 0, "command": PLAIN | {"text": text}})
    if ok(text):
        taken = UP.validate_json(message)
        assert isinstance(taken, Do)
        assert isinstance(taken.command, NoteAdd)
        assert taken.command.text == text
    else:
        with pytest.raises(ValidationError):
            UP.validate_json(message)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "a\x00b"}, {"text": "\x1b[31m"}, {"text": " \u00a0\t\n"}, {"text": ""}, {"text": "x" * 2001},
        {"id": "a b"}, {"id": ""}, {"id": "x" * 65}, {"id": 7}, {"id": None}, {"rank": "!"}, {"more": 1},
        {"__proto__": {}},
    ],
)  # fmt: skip
def test_wrong_fields(wrong: dict[str, object]) -> None:
    """[LIMIT1] Unknown fields, wrong types, control characters and blanks are refused."""
    with pytest.raises(ValidationError):
        UP.validate_json(json.dumps({"type": "do", "n": 1, "prev": 0, "command": PLAIN | wrong}))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1.0", "true", "-1", "9007199254740993", '"1"'])
def test_wrong_numbers(number: str) -> None:
    """[LIMIT1] A number is a whole number that every client can hold."""
    with pytest.raises(ValidationError):
        UP.validate_json(f'{{"type":"beat","t":{number}}}')


def test_codes_are_explained() -> None:
    """[CODE1] Every code has a meaning, a cure and a retry word."""
    assert set(EXPLAINED) == set(Code)
    for known in EXPLAINED.values():
        assert known.meaning.endswith(".")
        assert known.cure.endswith(".")
        assert known.retry in {"never", "now", "later"}


def test_close_numbers() -> None:
    """[CODE2] The range of a close number says whether to come back; no two codes share one."""
    numbers = [known.close for known in EXPLAINED.values() if known.close is not None]
    assert len(numbers) == len(set(numbers))
    for known in EXPLAINED.values():
        if known.close is not None:
            assert (known.close < 4500) == (known.retry != "never")


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=6), st.data())
def test_chain(names: list[str], data: st.DataObject) -> None:
    """[LOG4] [LIMIT1] Entries survive JSON to the letter; any edit breaks the chain."""
    head, entries = EMPTY, list[Entry]()
    for n, name in enumerate(names):
        entries.append(Entry.after(head, n, Draft(by="p", client="c", n=n, name=name, changes=())))
        head = entries[-1].head
    head = EMPTY
    for entry in entries:
        assert ENTRY.validate_json(entry.model_dump_json()).follows(head)
        head = entry.head
    place = data.draw(st.integers(0, len(entries) - 1))
    edited = entries[place].model_copy(update={"name": entries[place].name + "!"})
    assert not edited.follows(entries[place - 1].head if place else EMPTY)
