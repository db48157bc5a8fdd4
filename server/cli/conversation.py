"""A recorded conversation: who wrote and voted what, when; and what the dots must be in the end."""

import gzip
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

LONGEST_GAP_S: Final = 5.0
"""Longer silences are cut to this."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something somebody did, `at` seconds after the start."""

    at: float
    kind: Literal["note", "vote"]
    author: str
    note: str
    text: str = ""
    value: str = ""


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


def read(file: Path) -> Conversation:
    """Read a replay (JSON Lines, gzip or plain) and the `.expected.json` beside it."""
    text = (gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()).decode()
    events = tuple(_event(json.loads(line)) for line in text.splitlines() if line.strip())
    expected = file.with_name(f"{file.name.split('.')[0]}.expected.json")
    known = json.loads(expected.read_text()) if expected.exists() else {}
    topic = known.get("meta", {}).get("topic", "") or file.name.split(".")[0]
    return Conversation(topic, events, _oracle(known.get("dot_oracle", {})))


def pauses(events: list[Event], speed: float) -> list[float]:
    """Seconds to wait before each event at this speed; long silences cut."""
    if not events:
        return []
    gaps = (min(later.at - earlier.at, LONGEST_GAP_S) / speed for earlier, later in pairwise(events))
    return [0.0, *gaps]


def _event(plain: dict[str, object]) -> Event:
    at = plain["t"]
    kind: Literal["note", "vote"] = "note" if plain["kind"] == "note" else "vote"
    assert isinstance(at, (int, float))
    author, note = str(plain["author"]), str(plain["note_id"])
    return Event(float(at), kind, author, note, str(plain.get("text", "")), str(plain.get("value", "")))


def _oracle(plain: dict[str, dict[str, dict[str, int]]]) -> dict[int, dict[str, int]]:
    return {int(name.removeprefix("budget_")): dict(found["per_note"]) for name, found in plain.items()}
