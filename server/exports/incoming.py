"""An archive that comes in: all of it is proved before a store hears of it ([ARCH5])."""

from collections.abc import Sequence
from dataclasses import dataclass

from protocol.entries import Entry
from server.workshop.invariants import broken
from server.workshop.pointing import pointed_to
from server.workshop.refused import Corrupt
from server.workshop.state import State

from .archive import folded, read_whole


@dataclass(frozen=True, slots=True)
class Incoming:
    """A workshop from elsewhere: the id that it had, its log, and what that comes to."""

    id: str
    entries: list[Entry]
    state: State

    @property
    def codes(self) -> tuple[str, ...]:
        """Those that led to it, besides its id."""
        known = (self.state.workshop.code.lower(), *self.state.door.codes)
        return tuple(code for code in dict.fromkeys(known) if code != self.id)


def incoming(body: bytes, now: int) -> Incoming:
    """Prove an archive, by a store whose clock says `now` (ms). Raises `Corrupt` with what is wrong first."""
    state, entries = read_whole(body)
    _moments(entries, now)
    if pointed_to(entries):
        raise Corrupt("this is the archive of a code that leads to a workshop, not of a workshop")
    wrong = next(iter(_broken(state)), None)
    if wrong:
        raise Corrupt(wrong)
    return Incoming(_first_code(entries), entries, state)


def _broken(state: State) -> list[str]:
    try:
        return broken(state)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        # The functions take it for granted that records are what a room would have let in.
        raise Corrupt(f"the archive's records do not fit together ({type(error).__name__})") from error


def _moments(entries: Sequence[Entry], now: int) -> None:
    """[LOG5] A moment to come would be the time of all that is written from then on."""
    at = 0
    for entry in entries:
        if entry.at < at:
            raise Corrupt(f"entry {entry.seq} is of an earlier moment than the one before it")
        at = entry.at
    if at > now:
        raise Corrupt("the archive's last entry is of a moment that is still to come, by the clock of this store")


def _first_code(entries: Sequence[Entry]) -> str:
    """[KEY3] A workshop's id is its first code."""
    workshop = folded(entries[:1]).records["workshop"].get("workshop")
    if workshop is None:
        raise Corrupt("the archive's first entry does not begin a workshop")
    code: str = getattr(workshop, "code", "")
    return code.lower()
