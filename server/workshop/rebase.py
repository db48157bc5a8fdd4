"""Rebasing: entries that the store lost, made to stand behind what was written meanwhile without them ([HEAL4]).

They were decided on another state, so each of their changes is taken only as far as it fits this one. Texts are merged
as edits are, tallies counted again; what cannot stand is left out, and its entry stays, so that nobody sends it again.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence

from protocol import limits
from protocol.changes import Change, Drop, Patch, Put
from protocol.entries import Draft, Entry
from protocol.records import Note, Paper, StepKind, Tally

from .comments import reacted
from .fold import apply, key_of, undo
from .invariants import broken
from .merge import merge
from .merging import united
from .refused import Corrupt
from .stacks import mended
from .state import State
from .votes import cleared, tally_id

STACKING = frozenset({"stack", "board", "section", "binned", "waits", "aside"})
"""The fields of a note on which its stack hangs."""
Missing = Callable[[Entry], bool]


def rebased(base: State, state: State, branch: Sequence[Entry], missing: Missing) -> list[Draft]:
    """What is `missing` of a `branch` decided behind `base`, as drafts that fold soundly behind `state`.

    Both states are left alone.
    """
    plain = _through(base, state, branch, missing, careful=False)
    return plain if plain is not None else _through(base, state, branch, missing, careful=True) or []


def _through(
    base: State, state: State, branch: Sequence[Entry], missing: Missing, *, careful: bool
) -> list[Draft] | None:
    """All of them in order; None where they leave what is not sound. `careful`: asked of each, which costs."""
    there, here = base.copy(), state.copy()
    drafts: list[Draft] = []
    for entry in branch:
        if missing(entry):
            drafts.append(_one(there, here, entry, careful=careful))
        with contextlib.suppress(Corrupt):
            apply(there, entry.changes)
    return None if not careful and broken(here) else drafts


def _one(branch: State, here: State, entry: Entry, *, careful: bool) -> Draft:
    made: list[Change] = []
    done = []
    for change in entry.changes:
        fitting = _fitting(branch, here, change)
        if fitting is not None:
            try:
                done += apply(here, [fitting])
                made.append(fitting)
            except Corrupt:
                continue
    sums = [*_counted(here, made), *reacted(here, made)]
    done += apply(here, sums)
    if _stacks(made):
        mends = [*_cleared(here, made), *mended(here)]
        done += apply(here, mends)
        sums += mends
    if careful and broken(here):
        undo(here, done)
        made, sums = [], []
    return entry.draft.model_copy(update={"changes": (*made, *sums)})


def _fitting(branch: State, here: State, change: Change) -> Change | None:
    kind, id_ = key_of(change)
    if kind == "tally":
        return None
    if kind == "paper" and here.paper is not None:
        return _both_papers(here.paper, change)
    if isinstance(change, Patch):
        now, was = here.get(kind, id_), branch.get(kind, id_)
        if now is None:
            return None
        if kind == "note" and "reactions" in change.set:
            rest = {name: value for name, value in change.set.items() if name != "reactions"}
            return change.model_copy(update={"set": rest}) if rest else None
        if isinstance(now, Note) and isinstance(was, Note) and change.set.keys() & {"text", "siblings"}:
            return _merged(was, now, change)
    return change


def _both_papers(now: Paper, change: Change) -> Change | None:
    """[PAPER7] What either holds."""
    fields = {"base": change.record.base} if isinstance(change, Put) and isinstance(change.record, Paper) else {}
    if isinstance(change, Patch):
        fields = change.set
    if "base" in fields:
        fields = {**fields, "base": united(now.base, fields["base"])}
    return Patch(kind="paper", id=now.id, set=fields) if fields else None


def _merged(was: Note, now: Note, change: Patch) -> Change:
    """[NOTE4] [NOTE5] As an edit that comes late: merged, or kept beside."""
    text = str(change.set.get("text", was.text))
    beside = [*now.siblings, *change.set.get("siblings", ())]
    both = merge(was.text, now.text, text)
    if both is None:
        beside.append(text)
    siblings = list(dict.fromkeys(beside))[: limits.SIBLINGS]
    fields = {**change.set, "text": now.text if both is None else both, "siblings": siblings, "rev": now.rev + 1}
    return change.model_copy(update={"set": fields})


def _counted(state: State, made: Sequence[Change]) -> Iterator[Change]:
    """[VOTE5] The tallies of the ballots that changed."""
    ballots = [key_of(change)[1] for change in made if key_of(change)[0] == "ballot"]
    for round_, target in dict.fromkeys(_place(id_) for id_ in ballots):
        dots = [b.dots for b in state.ballots.values() if (b.round, b.target) == (round_, target)]
        id_ = tally_id(round_, target)
        if dots:
            yield Put(record=Tally(id=id_, round=round_, target=target, dots=sum(dots), people=len(dots)))
        elif id_ in state.tallies:
            yield Drop(kind="tally", id=id_)


def _stacks(made: Sequence[Change]) -> bool:
    """Whether any stack may not be sound after these."""
    return any(
        key_of(change)[0] == "stack"
        or (isinstance(change, Patch) and change.kind == "note" and bool(STACKING & change.set.keys()))
        or (isinstance(change, Put) and isinstance(change.record, Note) and change.record.stack is not None)
        for change in made
    )


def _cleared(state: State, made: Sequence[Change]) -> Iterator[Change]:
    """Dots that others placed on a stack that goes."""
    for change in made:
        if isinstance(change, Drop) and change.kind == "stack" and change.id not in state.stacks:
            yield from cleared(state, change.id, StepKind.VOTE)


def _place(ballot: str) -> tuple[str, str]:
    """The round and the target of a ballot's id."""
    round_, _, rest = ballot.partition(".")
    return round_, rest.partition(".")[2]
