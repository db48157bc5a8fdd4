"""Restoring: what stood before a room was opened it holds as records, not as entries.

A store that lost it gets those ([HEAL5]).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from protocol.changes import Change, Drop, Patch, Put
from protocol.entries import Draft, Entry
from protocol.records import Ballot, Tally, Workshop

from .comments import reacted
from .fold import apply
from .merging import holds, united
from .stacks import mended
from .state import State
from .votes import tally_id

RECORDS: Final = "workshop.restore"
"""The name of the entry that holds the records; behind it, how far each client is covered by them (`client:n`)."""
COUNTER: Final = "client.restore"
"""The name of an entry that says only: this client came so far, and what it did up to there is among the records."""


def restoring(state: State, base: State, covered: Mapping[str, int]) -> list[Draft]:
    """[HEAL5] What the log's `state` lacks of `base`: records, and how far each client came. What it has stays.

    `covered`: what the log says of that already; where that is all, nothing is missing, whatever became of it since.
    A client that did more meanwhile is covered too, so that nobody who holds its older entries takes them for lost.
    """
    covers = [f"{client}:{n}" for client, (_, n, _) in base.clients.items() if n > covered.get(client, 0)]
    if not covers:
        return []
    missing: list[Change] = [
        Put(record=record)
        for kind, records in base.records.items()
        if kind != "tally"
        for id_, record in records.items()
        if state.get(kind, id_) is None
    ]
    missing += paper_of_both(state, base)
    client = f"restore-{base.head.hash[:16]}-{state.head.hash[:16]}"
    changes = _sound(state, (*missing, *_sums(state, missing)))
    name = " ".join((RECORDS, *covers))
    return [Draft(by="system", client=client, n=1, name=name, changes=changes), *_counters(state, base)]


def paper_of_both(state: State, base: State) -> tuple[Change, ...]:
    """[PAPER7] Where either has another paper: one that holds all of both."""
    if base.paper is None:
        return ()
    here = state.get("workshop", "workshop")
    news = {} if state.paper else {"paper": base.paper.at}
    if isinstance(here, Workshop) and base.workshop.paper_form > here.paper_form:
        news["paper_form"] = base.workshop.paper_form
    begun = (Patch(kind="workshop", id="workshop", set=news),) if here and news else ()
    if state.paper is None or holds(state.paper.base, base.paper.base):
        return begun
    both = united(state.paper.base, base.paper.base)
    return (*begun, Patch(kind="paper", id=base.paper.id, set={"base": both}))


def _sound(state: State, changes: Sequence[Change]) -> tuple[Change, ...]:
    """These, and what else it takes so that the stacks and counts of what was and what came are sound together."""
    here = state.copy()
    apply(here, changes)
    counts = tuple(reacted(here, changes))
    apply(here, counts)
    return (*changes, *counts, *mended(here))


def restored_to(entries: Sequence[Entry]) -> dict[str, int]:
    """How far each client is covered by what was restored."""
    covered: dict[str, int] = {}
    for entry in entries:
        name, _, covers = entry.name.partition(" ")
        if name == RECORDS:
            for client, _, n in (cover.partition(":") for cover in covers.split()):
                covered[client] = max(int(n), covered.get(client, 0))
        elif name == COUNTER:
            covered[entry.client] = max(entry.n, covered.get(entry.client, 0))
    return covered


def _counters(state: State, base: State) -> Iterator[Draft]:
    for client, (by, n, _) in base.clients.items():
        if n > state.clients.get(client, ("", 0, 0))[1]:
            yield Draft(by=by, client=client, n=n, name=COUNTER, changes=())


def _sums(state: State, missing: Sequence[Change]) -> Iterator[Change]:
    """[VOTE5] The tallies of all ballots that are there now."""
    news = [change.record for change in missing if isinstance(change, Put) and isinstance(change.record, Ballot)]
    ballots = [*state.ballots.values(), *news]
    for round_, target in dict.fromkeys((ballot.round, ballot.target) for ballot in news):
        dots = [ballot.dots for ballot in ballots if (ballot.round, ballot.target) == (round_, target)]
        id_ = tally_id(round_, target)
        if dots:
            yield Put(record=Tally(id=id_, round=round_, target=target, dots=sum(dots), people=len(dots)))
        else:
            yield Drop(kind="tally", id=id_)
