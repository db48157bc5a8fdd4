"""The JSON archive: records and, for the operator, the whole log with its hashes ([ARCH1])."""

import json
from collections.abc import Sequence
from typing import Any, Final

from protocol.entries import EMPTY, ENTRY, Entry, Head
from server.workshop.fold import fold
from server.workshop.refused import Corrupt
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State

FORMAT: Final = "plenary-archive"
VERSION: Final = 1


def archive(state: State, viewer: Viewer | None, entries: Sequence[Entry] = ()) -> dict[str, Any]:
    """What this viewer may see; None: the operator's archive, which holds everything."""
    records = (
        [r for kind in state.records.values() for r in kind.values()]
        if viewer is None
        else seen(state, viewer)
    )
    whole = (
        {"digest": state.digest(), "head": head_of(state.head)} if viewer is None else {"seq": state.head.seq}
    )
    log = {"entries": [entry.model_dump(mode="json") for entry in entries]} if viewer is None else {}
    return {
        "format": FORMAT,
        "version": VERSION,
        **whole,
        "records": [record.model_dump(mode="json") for record in records],
        **log,
    }


def head_of(head: Head) -> dict[str, Any]:
    """A head as JSON."""
    return {"seq": head.seq, "hash": head.hash}


def read_archive(body: bytes) -> State:
    """Fold an operator's archive again, proving every hash. Raises `Corrupt` with the first thing that is wrong."""
    try:
        plain = json.loads(body)
        if plain["format"] != FORMAT or plain["version"] != VERSION:
            raise Corrupt("this is not a Plenary archive of a version known here")
        entries = [ENTRY.validate_json(json.dumps(entry)) for entry in plain["entries"]]
        claimed = (plain["digest"], Head(plain["head"]["seq"], plain["head"]["hash"]))
    except (ValueError, KeyError, TypeError) as error:
        raise Corrupt(f"the archive cannot be read: {str(error).splitlines()[0]}") from error
    state = folded(entries)
    if (state.digest(), state.head) != claimed:
        raise Corrupt("the archive's digest is not that of its entries")
    return state


def folded(entries: Sequence[Entry]) -> State:
    """The state of a whole log, every hash proved."""
    state = State()
    for entry in entries:
        fold(state, entry, check=True)
    if state.head == EMPTY:
        raise Corrupt("there are no entries")
    return state
