"""What must hold of an afternoon, whatever happened in it."""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from protocol import commands as c
from protocol.changes import Patch, Put
from protocol.codes import Code
from protocol.records import Note
from server.live.held import reopened
from server.workshop.fold import fold
from server.workshop.invariants import broken
from server.workshop.restore import COUNTER, restored_to
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from protocol.entries import Entry

    from .instance import Instance
    from .people import Device
    from .redis import Server

STEERING = ("step.", "workshop.", "board.", "issue.choose")
CANARY = re.compile(r"canary-[\w.-]+")


class BrokenError(AssertionError):
    """A promise was not kept."""


@dataclass
class Oracle:
    """Hears what everybody asked for, was told and was answered; and compares it with the log."""

    server: Server
    reached: Counter[str]
    sent: dict[tuple[str, int], c.Command] = field(default_factory=dict)
    done: set[tuple[str, int]] = field(default_factory=set)
    heard: dict[Device, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """Of each device, what the log holds as far as it was told, and where."""
    promised: set[tuple[str, int]] = field(default_factory=set)
    """What anybody was told is saved."""
    no: dict[tuple[str, int], Code] = field(default_factory=dict)
    watching: dict[Device, tuple[str, ...] | None] = field(default_factory=dict)
    frames: dict[Device, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    # While it happens.

    def asked(self, device: Device, n: int, command: c.Command) -> None:
        """A device took a command in."""
        self.sent[device.client, n] = command

    def saved(self, device: Device, n: int, _seq: int) -> None:
        """[I12] It was told "saved": that is true at this moment, or was until the store lost it; and it sees it."""
        key = (device.client, n)
        self.done.add(key)
        if key not in self.server.ever:
            self.wrong.append(f"I12 {key} was told saved, and never was")
        command = self.sent[key]
        calm = self.server.run == 1 and device not in self.watching
        if calm and isinstance(command, c.NoteAdd) and device.participant.get("note", command.id) is None:
            self.wrong.append(f"DO2 {key} was answered before it was seen")

    def refused(self, device: Device, n: int, code: Code) -> None:
        """It was told no, for good."""
        self.no[device.client, n] = code

    def frame(self, device: Device, text: str) -> None:
        """Anything that came down."""
        self.frames[device].append((asyncio.get_running_loop().time(), text))
        kind = self.promise(device, text)
        if kind == "refused":
            code = re.search(r'"code":"(\w+)"', text)
            self.reached[f"refused {code[1] if code else ''}"] += 1
        else:
            self.reached[kind] += 1

    def promise(self, device: Device, text: str) -> str:
        """What a frame promises, whatever the device makes of it; returns its type."""
        kind, news = self._promised(device, self.heard[device], text)
        self.promised |= news
        return kind

    def on_its_way(self, device: Device, texts: list[str]) -> set[tuple[str, int]]:
        """What these frames will promise when they arrive."""
        heard = dict(self.heard[device])
        return {key for text in texts for key in self._promised(device, heard, text)[1]}

    def _promised(self, device: Device, heard: dict[int, int], text: str) -> tuple[str, set[tuple[str, int]]]:
        """The frame's type, and what it says is saved, of all that was `heard` to be in the log, and where."""
        kind = text[9 : text.index('"', 9)]
        if kind == "done":
            heard[_number(text, "n")] = _number(text, "seq")
        elif kind == "saved":
            seq = _number(text, "seq")
            return kind, {(device.client, n) for n, at in heard.items() if at <= seq}
        elif kind in {"welcome", "resume"}:
            seq, last = _number(text, "seq"), _number(text, "last")
            heard.clear()
            heard.update({n: seq for client, n in self.sent if client == device.client and n <= last})
        return kind, set()

    # Afterwards.

    async def judge(self, instances: list[Instance], devices: list[Device]) -> None:
        """Raises `BrokenError` with all that is wrong."""
        entries = self.server.entries()
        state = State()
        for entry in entries:
            fold(state, entry, check=True)  # I2: dense, and each hash is right
        wrong = [*self.wrong, *self._once(entries), *self._order(entries), *self._authority(entries)]
        wrong += [f"invariant: {words}" for words in broken(state)]
        wrong += self._converged(state, instances, devices)
        wrong += self._secrets(devices)
        again, _, _ = await reopened(instances[0].log, "w")
        if again.digest() != state.digest():
            wrong.append("I4 the snapshot with what follows it is another state than the log's")
        if wrong:
            raise BrokenError("; ".join(wrong[:6]))

    def _once(self, entries: list[Entry]) -> Iterator[str]:
        """[I1] [I6] What was acknowledged is there once; what is there was asked for, and not refused."""
        count = Counter((entry.client, entry.n) for entry in entries)
        yield from (f"I1 {key} is there {times} times" for key, times in count.items() if times > 1)
        there = present(entries)
        yield from (f"I1 {key} was told saved, and is gone" for key in sorted(self.done) if key not in there)
        yield from self._notes(entries)
        for key in self.no.keys() & count.keys():
            # Two instances that cannot tell each other may hear the same line's past twice; one never does.
            self.reached["refused at one instance, done at another"] += 1
            if len(self.server.clients) == 1:
                yield f"I6 {key} was refused with {self.no[key]}, and done"
        for entry in entries:
            command = self.sent.get((entry.client, entry.n))
            if entry.by != "system" and not entry.client.startswith("join-") and entry.name != COUNTER:
                if command is None or command.do != entry.name:
                    yield f"I6 nobody asked for {entry.client} {entry.n} {entry.name}"
                elif isinstance(command, c.NoteAdd) and not _puts(entry, command):
                    yield f"I1 {entry.client} {entry.n} is not what was written"

    def _notes(self, entries: list[Entry]) -> Iterator[str]:
        """[I1] However the store was restored: each note that was told saved is there."""
        puts = {
            change.record.id
            for entry in entries
            for change in entry.changes
            if isinstance(change, Put) and change.record.kind == "note"
        }
        for key in sorted(self.done):
            command = self.sent.get(key)
            if isinstance(command, c.NoteAdd) and command.id not in puts:
                yield f"I1 the note of {key} is gone"

    def _order(self, entries: list[Entry]) -> Iterator[str]:
        """[I5] One client's commands in the order of their numbers; after a rewind what was lost may stand later."""
        last = Counter[str]()
        for entry in entries:
            if entry.n <= last[entry.client] and self.server.run == 1:
                yield f"I5 {entry.client} {entry.n} stands behind {last[entry.client]}"
            last[entry.client] = entry.n

    def _authority(self, entries: list[Entry]) -> Iterator[str]:
        """[I7] Only the facilitator steers."""
        for entry in entries:
            if entry.by not in {"system", "fay"} and entry.name.startswith(STEERING):
                yield f"I7 {entry.by} did {entry.name}"

    def _converged(self, state: State, instances: list[Instance], devices: list[Device]) -> Iterator[str]:
        """[I4] Everywhere the same."""
        for instance in instances:
            if instance.room and instance.room.state.digest() != state.digest():
                yield f"I4 {instance.name} has another state"
        for device in devices:
            if device.participant.records != self.expected(state, device):
                yield f"I4 {device.client} sees something else"

    def expected(self, state: State, device: Device) -> dict[tuple[str, str], object]:
        """What this device ought to hold."""
        boards = self.watching.get(device)
        viewer = Viewer(device.role, device.person, None if boards is None else frozenset(boards))
        return {(record.kind, record.id): record for record in seen(state, viewer)}

    def _secrets(self, devices: list[Device]) -> Iterator[str]:
        """[I8] Until the reveal nobody else is sent a word of a sealed note."""
        first = self._sealed(list(self.server.ever.values()))
        secrets = {word: by for word, by in self._sealed(self.server.entries()).items() if word in first}
        for word in self._lawful():
            secrets.pop(word, None)
        for device in devices:
            for at, text in self.frames[device]:
                if at < self.server.revealed:
                    for word in set(CANARY.findall(text)):
                        if secrets.get(word, device.person) != device.person:
                            yield f"I8 {device.client} was sent {word}"

    def _lawful(self) -> set[str]:
        """Words that all could read when they were first stored; the store lost that, and they came again sealed."""
        open_: dict[str, bool] = {}
        for entry in self.server.ever.values():
            for change in entry.changes:
                if isinstance(change, Put) and isinstance(note := change.record, Note):
                    for word in CANARY.findall(note.text):
                        open_.setdefault(word, note.step != "private")
        return {word for word, lawful in open_.items() if lawful}

    def _sealed(self, entries: list[Entry]) -> dict[str, str]:
        """Each word of a sealed note, and whose it is."""
        author: dict[str, str] = {}
        words: dict[str, str] = {}
        for entry in entries:
            for change in entry.changes:
                if isinstance(change, Put) and isinstance(note := change.record, Note):
                    if note.step == "private" and note.by:
                        author[note.id] = note.by
                        words |= dict.fromkeys(CANARY.findall(note.text), note.by)
                elif isinstance(change, Patch) and change.id in author and "text" in change.set:
                    words |= dict.fromkeys(CANARY.findall(str(change.set["text"])), author[change.id])
        return words

    def present(self, devices: list[Device]) -> str | None:
        """[HERE3] Who everybody is shown as here; None when that is right."""
        here = {device.person for device in devices if device.person}
        for device in devices:
            if device.participant.present != here:
                return f"HERE3 {device.client} is shown {sorted(device.participant.present)}"
        return None


def _number(text: str, field: str) -> int:
    found = re.search(rf'"{field}":(\d+)', text)
    return int(found[1]) if found else 0


class Present:
    """What a log holds: by its entries, or covered by what was restored."""

    def __init__(self, entries: list[Entry]) -> None:
        self._keys = {(entry.client, entry.n) for entry in entries}
        self._covered = restored_to(entries)

    def __contains__(self, key: tuple[str, int]) -> bool:
        client, n = key
        return key in self._keys or n <= self._covered.get(client, 0)


def present(entries: list[Entry]) -> Present:
    """What these hold."""
    return Present(entries)


def _puts(entry: Entry, command: c.NoteAdd) -> bool:
    return any(
        isinstance(change, Put)
        and isinstance(change.record, Note)
        and change.record.id == command.id
        and change.record.text == command.text
        for change in entry.changes
    )
