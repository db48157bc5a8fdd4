"""The paper's live quotes: which notes and stacks it quotes, and what everybody may see of those ([QUOTE1])."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from pycrdt import XmlFragment, XmlText

from protocol.base import Role
from protocol.records import Paper, Record, Update

from .merging import whole
from .seen_by import Viewer, seen_by
from .shelf import PICTURE, QUOTE, ROOT
from .state import State
from .votes import tally_id

KEPT: Final = 64
EVERYBODY: Final = Viewer(Role.PROJECTOR)


def quoted(state: State) -> list[Record]:
    """What says what the paper's quotes say: their records and what hangs on these, as everybody sees them."""
    named = frozenset(named_in(state, QUOTE))
    if not named:
        return []
    stacks = [stack for stack in state.stacks.values() if stack.id in named]
    notes = [note for note in state.notes.values() if not named.isdisjoint({note.id, note.stack})]
    tallies = [
        tally
        for target in (*(stack.id for stack in stacks), *(note.id for note in notes))
        for step in state.steps
        if (tally := state.tallies.get(tally_id(step, target)))
    ]
    records: list[Record] = [*state.steps.values(), *stacks, *notes, *tallies]
    views = (seen_by(state, EVERYBODY, record) for record in records)
    return [view for view in views if view is not None]


def named_in(state: State, tag: str) -> tuple[str, ...]:
    """What the paper's elements of this kind are of, by id, as they come; each once."""
    if state.paper is None:
        return ()
    named = _named(state.paper, tuple(update for update in state.updates.values() if not update.held))
    return tuple(dict.fromkeys(of for kind, of in named if kind == tag))


@lru_cache(KEPT)
def _named(paper: Paper, updates: Sequence[Update]) -> tuple[tuple[str, str], ...]:
    document = whole(paper, updates)
    return tuple(_in(document.get(ROOT, type=XmlFragment)))


def _in(parent: Any) -> Iterator[tuple[str, str]]:
    for child in parent.children:
        if isinstance(child, XmlText):
            continue
        if child.tag in {QUOTE, PICTURE}:
            yield child.tag, str(dict(child.attributes).get("of"))
        yield from _in(child)
