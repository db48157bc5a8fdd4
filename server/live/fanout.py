"""Fan-out: each batch's frame is made once per audience and written to everybody in it ([FAN1]-[FAN4])."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import TypeAdapter

from protocol import limits
from protocol.changes import Change
from protocol.codes import Code
from protocol.messages import AnyDown, Changes, Down, Position
from protocol.records import Key, Record
from server.workshop.seen_by import Viewer, difference, views
from server.workshop.state import State

from .line import Line, part

DOWN: Final[TypeAdapter[Down]] = TypeAdapter(AnyDown)
Views = Mapping[Key, Record | None]


def frame(message: Down) -> bytes:
    """A message as it goes over the line."""
    return DOWN.dump_json(message)


@dataclass(slots=True, eq=False)
class Reader:
    """One connected device: who looks, how far it is, and whether it fell behind."""

    line: Line
    viewer: Viewer
    position: Position
    behind: bool = False
    """It was skipped, and resumes from `position` when it drains."""
    progress: int | None = None
    """When it last took something (ms, steady clock), while it is behind."""
    waiting: int = 0
    """Bytes that waited when last looked."""
    held: list[bytes] = field(default_factory=list)
    """Its answers while it is behind: none may come before the change it answers ([DO2])."""

    @property
    def audience(self) -> Viewer:
        """Everybody of the same role who watches the same boards."""
        return Viewer(self.viewer.role, None, self.viewer.boards)

    def tell(self, message: bytes) -> None:
        """Write an answer, or hold it until what was missed has been sent."""
        if self.behind:
            self.held.append(message)
        else:
            self.line.write(message)

    def skip(self, waits: int) -> None:
        """It has more than its budget waiting: nothing is sent until it drains."""
        self.behind, self.waiting, self.progress = True, waits, None

    def resume(self, missed: Iterable[bytes]) -> None:
        """It drained: what it missed, then what was held."""
        self.behind = False
        held, self.held = self.held, []
        for message in (*missed, *held):
            self.line.write(message)


class Fanout:
    """The readers of one workshop, by audience; and the frames they get."""

    def __init__(self) -> None:
        self.readers: dict[Viewer, dict[Reader, None]] = defaultdict(dict)
        """Who came first is served first."""
        self.encoded = 0
        """Frames made."""
        self.delivered = 0
        """Frames written."""

    def __len__(self) -> int:
        return sum(map(len, self.readers.values()))

    def __iter__(self) -> Iterator[Reader]:
        return iter([reader for group in self.readers.values() for reader in group])

    def enter(self, reader: Reader) -> None:
        """From now on this reader gets frames."""
        self.readers[reader.audience][reader] = None

    def leave(self, reader: Reader) -> None:
        """It gets no more."""
        group = self.readers.get(reader.audience)
        if group:
            group.pop(reader, None)
            if not group:
                del self.readers[reader.audience]

    def before(self, state: State, keys: frozenset[Key], people: set[str]) -> dict[Viewer, Views]:
        """What each audience, and each of these people who is here, sees at these places now."""
        return {viewer: views(state, viewer, keys) for viewer in self._eyes(people)}

    def send(self, state: State, was: Mapping[Viewer, Views], keys: frozenset[Key], position: Position) -> None:
        """Write to everybody what came to differ from what they saw; nothing where nothing did ([FAN3])."""
        frames = {
            viewer: self._frame(difference(old, views(state, viewer, keys)), position) for viewer, old in was.items()
        }
        for audience, group in self.readers.items():
            for reader in group:
                self._deliver(reader, frames.get(reader.viewer, frames.get(audience)), position)

    def say(self, message: bytes) -> None:
        """Write the same to all who keep up; presence gives way first."""
        for reader in self:
            if not reader.behind:
                reader.line.write(message)

    def look_after(self, now: int) -> list[Reader]:
        """Close readers without progress for too long; returns those that drained and may catch up ([FAN4])."""
        drained: list[Reader] = []
        for reader in self:
            waits = reader.line.buffered()
            if not reader.behind and waits > limits.BUFFER_BYTES:
                reader.skip(waits)
            if reader.behind and self._is_drained(reader, waits, now):
                drained.append(reader)
        return drained

    def _is_drained(self, reader: Reader, waits: int, now: int) -> bool:
        if waits < reader.waiting or reader.progress is None:
            reader.waiting, reader.progress = waits, now
        if waits > limits.BUFFER_BYTES // 4 and now - reader.progress >= limits.STALL_MS:
            self.leave(reader)
            part(reader.line, Code.SLOW)
        return waits <= limits.BUFFER_BYTES // 4

    def _eyes(self, people: set[str]) -> set[Viewer]:
        eyes = set(self.readers)
        for group in self.readers.values():
            eyes |= {reader.viewer for reader in group if reader.viewer.person in people}
        return eyes

    def _frame(self, changes: list[Change], position: Position) -> bytes | None:
        if not changes:
            return None
        self.encoded += 1
        return frame(Changes(seq=position.seq, tag=position.tag, changes=tuple(changes)))

    def _deliver(self, reader: Reader, message: bytes | None, position: Position) -> None:
        if reader.behind:
            return
        waits = reader.line.buffered()
        if waits > limits.BUFFER_BYTES:
            reader.skip(waits)
            return
        reader.position = position
        if message is not None:
            self.delivered += 1
            reader.line.write(message)
