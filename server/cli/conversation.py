"""A recorded conversation: who wrote and voted what, when; and what the dots must be in the end."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

LONGEST_GAP_S: Final = 5.0
"""Longer silences are cut to this."""


class Event(BaseModel):
    """Something somebody did, `t` seconds after the start; named as in the files."""

    model_config = ConfigDict(frozen=True)

    t: float
    kind: Literal["note", "vote"]
    author: str
    note_id: str
    text: str = ""
    value: Literal["agree", "disagree", "pass"] = "pass"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A whole file; `oracle` gives the dots per note for a budget, where the file has them."""

    topic: str
    events: tuple[Event, ...]
    oracle: dict[int, dict[str, int]]

    @property
    def authors(self) -> list[str]:
        """Everybody who does something, in the order of their first act."""
        return list(dict.fromkeys(event.author for event in self.events))

    def of(self, kind: str) -> list[Event]:
        """The notes or the votes."""
        return [event for event in self.events if event.kind == kind]

    def among(self, people: int) -> "Conversation":
        """As if only so many people had come; the file's oracle does not hold then."""
        if people >= len(self.authors):
            return self
        there = set(self.authors[:people])
        notes = {event.note_id for event in self.of("note") if event.author in there}
        events = tuple(e for e in self.events if e.author in there and e.note_id in notes)
        return replace(self, events=events, oracle={})

    def dots(self, budget: int) -> dict[str, int]:
        """What the dots per note must be: as the file says, else reckoned from the votes."""
        return self.oracle.get(budget) or reckoned(self.of("vote"), budget)


def reckoned(votes: Sequence[Event], budget: int) -> dict[str, int]:
    """Agree places a dot while there are some left, disagree and pass take one's own back."""
    placed = defaultdict[str, set[str]](set)
    for vote in votes:
        mine = placed[vote.author]
        if vote.value != "agree":
            mine.discard(vote.note_id)
        elif len(mine) < budget:
            mine.add(vote.note_id)
    return dict(Counter(note for notes in placed.values() for note in notes))


def read(file: Path) -> Conversation:
    """Read a replay (JSON Lines, gzip or plain) and the `.expected.json` beside it. Raises `ValueError`."""
    try:
        body = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    except (EOFError, OSError) as error:
        raise ValueError(f"{file} cannot be read: {error}") from error
    lines = enumerate(body.decode().split("\n"), 1)
    events = tuple(_event(number, line) for number, line in lines if line.strip())
    name = file.name.split(".")[0]
    expected = file.with_name(f"{name}.expected.json")
    known = json.loads(expected.read_bytes()) if expected.exists() else {}
    return Conversation(known.get("meta", {}).get("topic") or name, events, _oracle(known))


def pauses(events: Sequence[Event], speed: float) -> list[float]:
    """Seconds to wait before each event at this speed; long silences cut."""
    gaps = [min(later.t - earlier.t, LONGEST_GAP_S) / speed for earlier, later in pairwise(events)]
    return [0.0, *gaps][: len(events)]


def _event(number: int, line: str) -> Event:
    try:
        return Event.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ValueError(f"line {number} is no event of a conversation: {first['msg']}") from error


def _oracle(known: dict[str, dict[str, dict[str, dict[str, int]]]]) -> dict[int, dict[str, int]]:
    found = known.get("dot_oracle", {})
    return {int(name.removeprefix("budget_")): dict(one["per_note"]) for name, one in found.items()}
