"""Presence: who is here, on which board, editing which note. Never logged; fades by itself; travels beside the log."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Final

from protocol import limits
from protocol.messages import HereDown, HereUp, Present
from server.workshop.access import is_held, is_sealed
from server.workshop.notes import writing_step
from server.workshop.state import State

AT_ONCE: Final = 250
"""Of most so many people is told at once: where thousands come, the others follow."""
NAMED: Final = 20
"""Of a crowd most so many are told by name: those who write ([HERE5])."""
Device = int | tuple[str, int]
"""A line of this process, or one of another instance: its id and a number there."""


class Presence:
    """The people connected, here and at other instances. Times are milliseconds of a steady clock."""

    def __init__(self) -> None:
        self.ours_changed = False
        """Whether other instances should be told; whoever tells them resets it."""
        self._devices: dict[str, dict[Device, tuple[HereUp, int]]] = {}
        """What each device of each person does, and since when."""
        self._told_at: dict[str, int] = {}
        """When each other instance last told whom it has."""
        self._changed: set[str] = set()
        self._pointing: set[str] = set()
        """Whose change is not told to those who see cursors."""

    def __len__(self) -> int:
        return len(self._devices)

    def here(self, person: str, device: Device, doing: HereUp, now: int) -> None:
        """This device is here and does that, until it leaves: a silent line is ended by whoever owns it ([LIVE1])."""
        devices = self._devices.setdefault(person, {})
        known = devices.get(device)
        if known is None or known[0] != doing:
            devices[device] = (doing, now)
            only = known is not None and known[0].model_copy(update={"cursor": doing.cursor}) == doing
            self._change(person, device, only_cursor=only)

    def left(self, person: str, device: Device) -> None:
        """This device is gone ([HERE2])."""
        devices = self._devices.get(person, {})
        if devices.pop(device, None) is not None:
            self._change(person, device)
        if not devices:
            self._devices.pop(person, None)

    def ours(self) -> dict[str, tuple[HereUp, ...]]:
        """The people of this instance, and what each of their devices does."""
        lines = {
            p: tuple(doing for d, (doing, _) in ds.items() if isinstance(d, int)) for p, ds in self._devices.items()
        }
        return {person: doings for person, doings in lines.items() if doings}

    def theirs(self, instance: str, people: Mapping[str, Sequence[HereUp]], now: int) -> None:
        """[HERE3] All that another instance has now; whom it had before and has no more is gone there."""
        if people:
            self._told_at[instance] = now
        else:
            self._told_at.pop(instance, None)
        now_there = {(person, (instance, i)) for person, doings in people.items() for i in range(len(doings))}
        for person, devices in list(self._devices.items()):
            for device in [d for d in devices if isinstance(d, tuple) and d[0] == instance]:
                if (person, device) not in now_there:
                    self.left(person, device)
        for person, doings in people.items():
            for i, doing in enumerate(doings):
                self.here(person, (instance, i), doing, now)

    def fade(self, now: int) -> None:
        """Let go of whom another instance had that was silent for too long ([HERE2] [HERE3])."""
        for instance in [name for name, at in self._told_at.items() if now - at > limits.PRESENCE_MS]:
            self.theirs(instance, {}, now)

    def news(self, state: State) -> HereDown | None:
        """What changed since the last call, coalesced, of so many at most; None when nothing did ([HERE1])."""
        if not self._changed:
            return None
        changed = set(itertools.islice(self._changed, AT_ONCE))
        self._changed -= changed
        self._pointing |= changed
        return self._of(state, changed, cursors=False)

    def pointing(self, state: State) -> HereDown | None:
        """[PAPER8] As `news` and behind it, for who watches the paper: where in it people are, too."""
        changed, self._pointing = self._pointing, set()
        return self._of(state, changed, cursors=True) if changed else None

    def roster(self, state: State, *, cursors: bool = False) -> HereDown:
        """Everybody, for somebody who just came."""
        people = tuple(self._present(state, p, cursors=cursors) for p in sorted(self._devices))
        return HereDown(all=True, people=people)

    def crowd(self, state: State, *, cursors: bool = False) -> HereDown:
        """[HERE5] How many are here, and who of them writes."""
        busy = (
            person
            for person, devices in self._devices.items()
            if any(doing.typing or doing.note or (cursors and doing.cursor) for doing, _ in devices.values())
        )
        shown = (self._present(state, p, cursors=cursors) for p in busy)
        # Who writes what may not be told is nobody in particular: naming them would tell.
        people = tuple(itertools.islice((p for p in shown if p.typing or p.note or p.cursor), NAMED))
        return HereDown(all=True, people=people, others=len(self) - len(people))

    def devices(self, person: str) -> int:
        """How many devices of this person are here."""
        return len(self._devices.get(person, {}))

    def _of(self, state: State, changed: set[str], *, cursors: bool) -> HereDown:
        people = tuple(self._present(state, p, cursors=cursors) for p in sorted(changed & self._devices.keys()))
        return HereDown(all=False, people=people, gone=tuple(sorted(changed - self._devices.keys())))

    def _change(self, person: str, device: Device, *, only_cursor: bool = False) -> None:
        (self._pointing if only_cursor else self._changed).add(person)
        if isinstance(device, int):
            self.ours_changed = True

    def _present(self, state: State, person: str, *, cursors: bool = False) -> Present:
        devices = self._devices[person]
        doing, _ = max(devices.values(), key=lambda pair: (bool(pair[0].note), pair[1]))
        note = doing.note if _may_tell(state, doing.note) else None
        typing = doing.typing and (_may_tell(state, doing.note) if doing.note else _may_tell_writing(state))
        unsaved = sum(held.unsaved for held, _ in devices.values())
        unsaved = unsaved if unsaved and _may_tell_held(state) else 0
        here = Present(
            person=person, board=doing.board, note=note, typing=typing, devices=len(devices), unsaved=unsaved
        )
        cursor = next((held.cursor for held, _ in devices.values() if held.cursor), None) if cursors else None
        return here.model_copy(update={"cursor": cursor}) if cursor else here


def _may_tell(state: State, note_id: str | None) -> bool:
    """[SEE7] Editing an anonymous or sealed note would betray its author; an unknown one is not told either."""
    note = state.notes.get(note_id) if note_id else None
    return note is not None and not note.anonymous and not is_held(note) and not is_sealed(state, note)


def _may_tell_writing(state: State) -> bool:
    """[SEE7] Who types a new note is its author: told only where the note itself will tell."""
    step = writing_step(state)
    return not step.anonymous and not step.moderated and not (step.private and not step.revealed)


def _may_tell_held(state: State) -> bool:
    """[SEE7] What is held unsaved may be of any step so far: told only where none of them hides who wrote."""
    last = (state.step.rank, state.step.id)
    so_far = (step for step in state.steps.values() if (step.rank, step.id) <= last)
    return not any(step.anonymous or (step.private and not step.revealed) for step in so_far)
