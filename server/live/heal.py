"""Healing: the store came back older than what this room holds, so what it lost is appended again, once ([HEAL1])."""

from collections.abc import Sequence

import structlog

from protocol.changes import Drop
from protocol.entries import EMPTY, Draft, Entry, Head
from server.log.base import HeadMoved, Log
from server.workshop.fold import apply, fold
from server.workshop.rebase import rebased
from server.workshop.restore import restored_to, restoring
from server.workshop.state import State

from .held import Held

logger = structlog.get_logger("rooms")


async def heal(log: Log, workshop: str, held: Held) -> int:
    """Append again what the log lost of `held`; how many entries that were.

    Where several instances try, one is first, and the others find it done. Raises `StoreError` where the log cannot
    be reached.
    """
    while True:
        entries = await log.read(workshop, EMPTY)
        drafts = _drafts(workshop, entries, held)
        if not drafts:
            return 0
        try:
            await log.append(workshop, drafts, entries[-1].head if entries else EMPTY)
        except HeadMoved:
            continue
        return len(drafts)


def _drafts(workshop: str, entries: Sequence[Entry], held: Held) -> list[Draft]:
    """What is missing: as it was; or, where something was written without it, as it can stand behind that ([HEAL4])."""
    head, base, branch = _parted(entries, held)
    behind = entries[head.seq :] if head else entries
    there, covered = {(entry.client, entry.n) for entry in behind}, restored_to(behind)
    lost = [e for e in branch if (e.client, e.n) not in there and e.n > covered.get(e.client, 0)]
    if head and not behind:
        return [entry.draft for entry in lost]
    state = State()
    for entry in entries:
        fold(state, entry)
    ground = [] if head else restoring(state, _later(base, branch, entries), covered)
    for draft in ground:
        apply(state, draft.changes)
    if ground or lost:
        logger.warning("rebasing", workshop=workshop, lost=len(lost), restored=len(ground), meanwhile=len(behind))
    missing = {(entry.client, entry.n) for entry in lost}
    return [*ground, *rebased(base, state, branch, lambda entry: (entry.client, entry.n) in missing)]


def _parted(entries: Sequence[Entry], held: Held) -> tuple[Head | None, State, list[Entry]]:
    """Where the log and we part: the last head we share, the state there, and what we hold behind it.

    None where the log does not even hold what was before. Whoever holds a head holds all before it.
    """
    there = {EMPTY, *(entry.head for entry in entries)}
    base, branch = held.before.copy(), held.entries
    if base.head not in there:
        return None, base, branch
    while branch and branch[0].head in there:
        fold(base, branch.pop(0))
    return base.head, base, branch


def _later(base: State, branch: Sequence[Entry], entries: Sequence[Entry]) -> State:
    """[HEAL5] The base without what those of the branch removed that are among the entries: it stays removed."""
    ours, later = {(entry.client, entry.n) for entry in branch}, base.copy()
    there = [entry for entry in entries if (entry.client, entry.n) in ours]
    apply(later, [change for entry in there for change in entry.changes if isinstance(change, Drop)])
    return later
