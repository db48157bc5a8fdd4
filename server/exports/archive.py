"""The JSON archive: records and, for the operator, the whole log with its hashes ([ARCH1])."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import ValidationError

from protocol import limits
from protocol.base import Shape
from protocol.entries import EMPTY, ENTRY, Entry, Head
from protocol.records import Record
from protocol.version import VERSION as PROTOCOL
from server.workshop.fold import fold
from server.workshop.refused import Corrupt
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State

FORMAT: Final = "plenary-archive"
VERSION: Final = 1


def archive(state: State, viewer: Viewer | None, entries: Sequence[Entry] = ()) -> dict[str, Any]:
    """What this viewer may see; None: the operator's archive, which holds everything."""
    if viewer is not None:
        return {**beginning(state), "records": _plain(seen(state, viewer))}
    known = {"format": FORMAT, "version": VERSION}
    head = {"seq": state.head.seq, "hash": state.head.hash}
    whole = {"head": head, "digest": state.digest(), "records": _written(records_of(state))}
    return {**known, **whole, "protocol": PROTOCOL, "entries": _written(entries)}


def beginning(state: State) -> dict[str, Any]:
    """What stands before the records of an archive that shows what its asker may see.

    A digest or a head would let them test guesses about what they may not see.
    """
    return {"format": FORMAT, "version": VERSION, "seq": state.head.seq}


def records_of(state: State) -> list[Record]:
    """Every record, by kind and id."""
    return [record for kind in state.records.values() for _, record in sorted(kind.items())]


def _plain(shapes: Iterable[Shape]) -> list[dict[str, Any]]:
    return [shape.model_dump(mode="json") for shape in shapes]


def _written(shapes: Iterable[Shape]) -> list[dict[str, Any]]:
    """[LOG26] As the log has them: without what a later version knows besides."""
    return [shape.model_dump(mode="json", exclude_unset=True) for shape in shapes]


def read_archive(body: bytes) -> State:
    """[ARCH2] Fold an operator's archive again, proving all of it. Raises `Corrupt` with what is wrong first."""
    return read_whole(body)[0]


def read_whole(body: bytes) -> tuple[State, list[Entry]]:
    """As `read_archive`, and the log as it was written."""
    if len(body) > limits.ARCHIVE_BYTES:
        raise Corrupt(f"this is longer than an archive may be ({limits.ARCHIVE_BYTES} bytes)")
    plain = _archive_in(body)
    try:
        claimed = Head(plain["head"]["seq"], plain["head"]["hash"])
        digest, records, written = plain["digest"], plain["records"], list(plain["entries"])
    except (KeyError, TypeError) as error:
        raise Corrupt("this archive does not hold the whole log, so it cannot be checked") from error
    entries = [_entry(place, entry) for place, entry in enumerate(written, 1)]
    state = folded(entries)
    if state.head != claimed:
        raise Corrupt(f"the archive's log ends at entry {state.head.seq}, not at the head that it names")
    if records != _written(records_of(state)):
        raise Corrupt("the archive's records are not those that its entries make")
    if plain.get("protocol") == PROTOCOL and state.digest() != digest:
        raise Corrupt("the archive's digest is not that of its entries")
    return state, entries


def _archive_in(body: bytes) -> dict[str, Any]:
    try:
        plain = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Corrupt(f"this is not JSON: {error}") from error
    if not isinstance(plain, dict) or (plain.get("format"), plain.get("version")) != (FORMAT, VERSION):
        raise Corrupt("this is not a Plenary archive of a version known here")
    return plain


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """[ARCH5] What stands twice says two things, and two programs would read two archives."""
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("an object has the same key twice")
    return plain


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _entry(place: int, plain: Any) -> Entry:
    try:
        return ENTRY.validate_json(json.dumps(plain))
    except RecursionError as error:
        raise Corrupt(f"entry {place} of the archive is nested too deeply") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Corrupt(f"entry {place} of the archive cannot be read: {where}: {first['msg']}") from error


def folded(entries: Sequence[Entry]) -> State:
    """The state of a whole log, every hash proved."""
    state = State()
    for entry in entries:
        fold(state, entry, check=True)
    if state.head == EMPTY:
        raise Corrupt("there are no entries")
    return state
