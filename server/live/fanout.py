"""Fan-out: each telling's frame is made once per audience and written to everybody in it ([FAN1]-[FAN4])."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from protocol import limits
from protocol.changes import Change
from protocol.codes import Code
from protocol.messages import Changes, Position
from protocol.records import Key, Record
from server.workshop.roles import role_of
from server.workshop.seen_by import Viewer, catch_up, difference, views
from server.workshop.state import State

from .frame import Chapter, Frame, frame
from .line import Line, part
from .turns import Turns

CHAPTER: Final = 64
"""Tellings to a chapter: whoever lost touch gets frames that stand by themselves for so long at most ([FAN6])."""


@dataclass(slots=True, eq=False)
class Reader:
    """One connected device: who looks, how far it is, and whether it fell behind."""

    line: Line
    viewer: Viewer
    position: Position
    """How far it is: where it came in, or where it fell behind."""
    behind: bool = False
    """It was skipped, and resumes from `position` when it drains."""
    progress: int | None = None
    """When it last took something (ms, steady clock), while it is behind."""
    waiting: int = 0
    """Bytes that waited when last looked."""
    link: int = 0
    """Of a projector, the number of the link it came by ([KEY5])."""
    since: int = 0
    """Who watches as it does was told together with it only after that (ms, steady clock)."""
    held: list[Frame] = field(default_factory=list)
    """Its answers while it is behind: none may come before the change it answers ([DO2])."""

    @property
    def audience(self) -> Viewer:
        """Everybody of the same role who watches the same boards."""
        return self.viewer.audience

    def tell(self, messages: Sequence[Frame]) -> None:
        """Write answers, or hold them until what was missed has been sent."""
        if self.behind:
            self.held += messages
        else:
            self.line.write_all(messages)

    def skip(self, waits: int, position: Position) -> None:
        """It has more than its budget waiting: nothing is sent until it drains. It saw what was told until now."""
        self.behind, self.waiting, self.progress = True, waits, None
        if position.seq > self.position.seq:
            self.position = position

    def resume(self, missed: Iterable[Frame]) -> None:
        """It drained: what it missed, then what was held."""
        self.behind = False
        held, self.held = self.held, []
        self.line.write_all([*missed, *held])


Write = Callable[[Frame], None]


class Fanout:
    """The readers of one workshop, by audience; and the frames they get. `position`: how far all of them are."""

    def __init__(self, position: Position) -> None:
        self.position = position
        self.readers: dict[Viewer, dict[Reader, Write]] = defaultdict(dict)
        """Who keeps up, and how to write to each. Who came first is served first."""
        self._full: dict[Reader, None] = {}
        """Whose line became full since somebody looked."""
        self._behind: dict[Reader, None] = {}
        """Who is skipped, until they drain."""
        self.encoded = 0
        """Frames made."""
        self.saying = Turns()
        """What is said and not yet written to everybody."""
        self.delivered = 0
        """Frames written."""
        self._persons: dict[str, dict[Reader, None]] = defaultdict(dict)
        self._keys: set[Key] = set()
        """The places that changed since the last telling."""
        self._owners: set[str] = set()
        """The people who may see these otherwise than their role does, whether or not they are here."""
        self._was: dict[Viewer, dict[Key, Record | None]] = {}
        """What each audience, and each person who may see it otherwise, was told of these places."""
        self._turned: set[str] = set()
        """The people who have another role since then ([ROLE2])."""
        self._fresh: dict[Reader, None] = {}
        """Who came since then: they know some of what is told next."""
        self._looked = 0
        """When somebody looked after them last (ms, steady clock)."""
        self._lately: set[Viewer] = set()
        """The audiences that were told something since then, all of them."""
        self._told_at: dict[Viewer, int] = {}
        """A moment since which all of an audience were told something (ms, steady clock)."""
        self._told = 0
        self._chapter = Chapter()

    def __len__(self) -> int:
        return sum(map(len, self.readers.values())) + len(self._behind)

    def __iter__(self) -> Iterator[Reader]:
        return iter([*(reader for group in self.readers.values() for reader in group), *self._behind])

    def enter(self, reader: Reader) -> None:
        """From now on this reader gets frames; it holds all that its viewer may see now."""
        if reader.viewer.person is not None:
            self._persons[reader.viewer.person][reader] = None
        if reader.line.full:
            self._full[reader] = None
        self.caught_up(reader)

    def leave(self, reader: Reader) -> None:
        """It gets no more."""
        for group in (self._fresh, self._full, self._behind):
            group.pop(reader, None)
        _out(self.readers, reader.audience, reader)
        if reader.viewer.person is not None:
            _out(self._persons, reader.viewer.person, reader)

    def caught_up(self, reader: Reader) -> None:
        """It holds all that its viewer may see now, also what is not told to the others yet."""
        if reader.behind:
            self._behind[reader] = None
        else:
            self._behind.pop(reader, None)
            self.readers[reader.audience][reader] = reader.line.write
            reader.since = self._looked
        if self._keys:
            self._fresh[reader] = None

    def filled(self, reader: Reader) -> None:
        """More waits for it than its budget: unless it drains at once, it is told no more."""
        self._full[reader] = None

    def changing(self, state: State, keys: Iterable[Key], people: set[str], turned: Iterable[str] = ()) -> None:
        """These places are about to change; these people may see them otherwise than their role does.

        `turned`: those of them whose role changes; until the next telling they see as before.
        """
        self._owners |= people
        self._turned.update(turned)
        news = [key for key in keys if key not in self._keys]
        persons = [reader.viewer for person in people for reader in self._persons.get(person, ())]
        for viewer in (*self.readers, *persons):
            if viewer not in self._was:
                self._was[viewer] = dict(self._was.get(viewer.audience, {}))
        for viewer, seen in self._was.items():
            seen.update(views(state, viewer, news))
        self._keys.update(news)

    def tell(self, state: State, position: Position) -> None:
        """Write to everybody what came to differ from what they saw; nothing where nothing did ([FAN3])."""
        self._told += 1
        if self._told % CHAPTER == 0:
            self._chapter = Chapter()
        self._turn(state)
        self._skip()
        frames = self._frames(state, position)
        special = self._special(state, frames, position)
        for reader, message in special.items():
            if not reader.behind:
                self._write((reader.line.write,), message)
        for audience, group in self.readers.items():
            others = [write for reader, write in group.items() if reader not in special] if special else group.values()
            self._write(others, frames.get(audience))
        if None not in special.values():
            self._lately.update(audience for audience, message in frames.items() if message)
        self.position = position
        self._keys, self._owners, self._was, self._fresh, self._turned = set(), set(), {}, {}, set()

    def say(self, message_for: Callable[[Viewer], Frame | None]) -> None:
        """Write to each who keeps up what is for their audience, a few per turn: presence gives way first."""
        for audience, group in self.readers.items():
            message = message_for(audience)
            if message is not None:
                for reader in group:
                    self.saying.soon(partial(self._say, reader, message))

    def told_at(self, reader: Reader) -> int:
        """[LIVE1] Then or later it was told something (ms, steady clock, within half a second); 0: nobody knows."""
        told = self._told_at.get(reader.audience, 0)
        return told if told > reader.since and not reader.behind else 0

    def look_after(self, now: int) -> list[Reader]:
        """Close readers without progress for too long; returns those that drained and may catch up ([FAN4])."""
        self._told_at |= dict.fromkeys(self._lately, self._looked)
        self._told_at = {audience: at for audience, at in self._told_at.items() if audience in self.readers}
        self._looked, self._lately = now, set()
        self._skip()
        return [reader for reader in list(self._behind) if self._is_drained(reader, now)]

    def _skip(self) -> None:
        """From here on those get nothing for whom too much waits."""
        full, self._full = self._full, {}
        for reader in full:
            if reader.line.full and self._keeps_up(reader):
                self._fall_behind(reader)

    def _fall_behind(self, reader: Reader) -> None:
        reader.skip(reader.line.buffered(), self.position)
        _out(self.readers, reader.audience, reader)
        self._behind[reader] = None

    def _keeps_up(self, reader: Reader) -> bool:
        return reader in self.readers.get(reader.audience, ())

    def _turn(self, state: State) -> None:
        """[ROLE2] From here on people with another role look as that; what they were told so far is known."""
        for reader in [reader for person in self._turned for reader in self._persons.get(person, ())]:
            old = reader.viewer
            new = replace(old, role=role_of(state, old.person, old.role))
            self._was[new] = self._was[old]
            fresh = reader in self._fresh
            self.leave(reader)
            reader.viewer = new
            self.enter(reader)
            if not fresh:
                self._fresh.pop(reader, None)

    def _say(self, reader: Reader, message: Frame) -> None:
        if not self._keeps_up(reader):
            return
        if reader.line.full:
            # It is told of all when it drains; what is left out here comes no second time ([HERE6]).
            self._fall_behind(reader)
        else:
            reader.line.write(message)

    def _is_drained(self, reader: Reader, now: int) -> bool:
        waits = reader.line.buffered()
        if waits < reader.waiting or reader.progress is None:
            reader.waiting, reader.progress = waits, now
        if waits > limits.BUFFER_BYTES // 4 and now - reader.progress >= limits.STALL_MS:
            self.leave(reader)
            part(reader.line, Code.SLOW)
        return waits <= limits.BUFFER_BYTES // 4

    def _frames(self, state: State, position: Position) -> dict[Viewer, Frame | None]:
        """What is new to each; those to whom the very same records are, share it ([FAN1])."""
        made: dict[tuple[int, ...], tuple[object, Frame | None]] = {}
        frames: dict[Viewer, Frame | None] = {}
        for viewer, before in sorted(self._was.items(), key=lambda seen: seen[0].person is not None):
            after = views(state, viewer, self._keys)
            sight = tuple(map(id, (*before.values(), *after.values())))
            if sight not in made:
                # What was seen is kept as long as its ids are looked for.
                chapter = self._chapter if viewer.person is None else None
                made[sight] = after, self._frame(difference(before, after), position, chapter)
            frames[viewer] = made[sight][1]
        return frames

    def _special(
        self, state: State, frames: Mapping[Viewer, Frame | None], position: Position
    ) -> dict[Reader, Frame | None]:
        """Who gets another frame than their audience: who sees these places otherwise, and who just came."""
        special = {
            reader: message
            for viewer, message in frames.items()
            if viewer.person is not None
            for reader in self._persons.get(viewer.person, ())
            if reader.viewer == viewer
        }
        made: dict[Viewer, Frame | None] = {}
        for reader in self._fresh:
            viewer = reader.viewer if reader.viewer.person in self._owners else reader.audience
            if viewer not in made:
                made[viewer] = self._frame(catch_up(views(state, viewer, self._keys)), position)
            special[reader] = made[viewer]
        return special

    def _frame(self, changes: list[Change], position: Position, chapter: Chapter | None = None) -> Frame | None:
        if not changes:
            return None
        self.encoded += 1
        return frame(Changes(seq=position.seq, tag=position.tag, changes=tuple(changes)), chapter)

    def _write(self, writes: Collection[Write], message: Frame | None) -> None:
        """The innermost loop of all: nothing is done for each person but the write."""
        if message is None:
            return
        for write in writes:
            write(message)
        self.delivered += len(writes)


def _out(groups: dict[Any, dict[Reader, Any]], name: object, reader: Reader) -> None:
    group = groups.get(name)
    if group:
        group.pop(reader, None)
        if not group:
            del groups[name]
