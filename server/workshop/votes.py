"""Dots: each person spreads a budget over items, round by round. Tallies are sums of ballots, always."""

from protocol.changes import Change, Drop, Put
from protocol.codes import Code
from protocol.commands import VoteCast
from protocol.records import Ballot, Step, StepKind, Tally

from . import find
from .actor import Actor
from .notes import is_sealed
from .refused import Refused
from .state import State


def cast(state: State, actor: Actor, command: VoteCast, _now: int) -> tuple[Change, ...]:
    """[VOTE1] [VOTE2] Exactly so many of my dots on this item."""
    person = find.person(state, actor.person or "").id
    step = find.step(state, command.round)
    if step.id != state.step.id or step.step not in {StepKind.CHOOSE, StepKind.VOTE}:
        raise Refused(Code.NOT_NOW, "This round of dots is not open now.")
    _votable(state, actor, step, command.target, command.dots)
    had = state.ballots.get(ballot_id(step.id, person, command.target))
    before = had.dots if had else 0
    _affordable(state, person, step, command.dots, before)
    return _set(state, step.id, person, command.target, command.dots)


def ballot_id(round_: str, person: str, target: str) -> str:
    """The place of a ballot."""
    return f"{round_}.{person}.{target}"


def tally_id(round_: str, target: str) -> str:
    """The place of a tally."""
    return f"{round_}.{target}"


def cleared(state: State, target: str) -> tuple[Change, ...]:
    """The changes that take every dot off an issue that goes."""
    ballots = _interest(state, target)
    tallies = (tally_id(round_, target) for round_ in sorted({b.round for b in ballots}))
    return (*(find.drop(b) for b in ballots), *(Drop(kind="tally", id=id_) for id_ in tallies))


def carried(state: State, target: str, into: str) -> tuple[Change, ...]:
    """The changes that move an issue's dots to another, within the most per item ([ISSUE4])."""
    changes: list[Change] = []
    sums: dict[str, list[int]] = {}
    for ballot in _interest(state, target):
        there = state.ballots.get(ballot_id(ballot.round, ballot.person, into))
        dots = min(ballot.dots + (there.dots if there else 0), state.steps[ballot.round].most)
        dots = max(dots, there.dots if there else 0)
        changes.append(Put(record=_ballot(ballot.round, ballot.person, into, dots)))
        sums.setdefault(ballot.round, []).extend((dots - (there.dots if there else 0), 0 if there else 1))
    for round_, parts in sums.items():
        changes += _tallied(state, round_, into, sum(parts[::2]), sum(parts[1::2]))
    return (*cleared(state, target), *changes)


def _interest(state: State, issue: str) -> list[Ballot]:
    """The ballots on an issue. A note may have the same id, so only rounds on issues count."""
    ballots = (b for b in state.ballots.values() if b.target == issue)
    return sorted((b for b in ballots if state.steps[b.round].step is StepKind.CHOOSE), key=lambda b: b.id)


def _votable(state: State, actor: Actor, step: Step, target: str, dots: int) -> None:
    """[VOTE4] An item of this round, and one that this person may see."""
    if step.step is StepKind.CHOOSE:
        if find.issue(state, target).merged:
            raise Refused(Code.NOT_FOUND, "This issue was merged into another.")
        return
    note = find.note(state, target)
    unseen = is_sealed(state, note) and note.by != actor.person
    if unseen or (note.binned and dots):
        raise Refused(Code.NOT_FOUND, "There is no such note (any more).")


def _affordable(state: State, person: str, step: Step, dots: int, before: int) -> None:
    """[VOTE2] [VOTE6] Taking back is always allowed."""
    if dots <= before:
        return
    if dots > step.most:
        raise Refused(Code.OVER_ITEM, f"At most {step.most} of your dots go on one item.")
    if state.spent[step.id, person] - before + dots > step.dots:
        raise Refused(Code.OVER_BUDGET, f"You have {step.dots} dots in this round, and all are placed.")


def _set(state: State, round_: str, person: str, target: str, dots: int) -> tuple[Change, ...]:
    had = state.ballots.get(ballot_id(round_, person, target))
    before = had.dots if had else 0
    if dots == before:
        return ()
    ballot: Change = Put(record=_ballot(round_, person, target, dots))
    if had and not dots:
        ballot = find.drop(had)
    people = bool(dots) - bool(before)
    return (ballot, *_tallied(state, round_, target, dots - before, people))


def _ballot(round_: str, person: str, target: str, dots: int) -> Ballot:
    return Ballot(id=ballot_id(round_, person, target), round=round_, person=person, target=target, dots=dots)


def _tallied(state: State, round_: str, target: str, dots: int, people: int) -> tuple[Change, ...]:
    """[VOTE5] The tally, moved by so many dots and people; none where nothing is left."""
    old = state.tallies.get(tally_id(round_, target))
    total, voters = (old.dots + dots, old.people + people) if old else (dots, people)
    if not voters:
        return (Drop(kind="tally", id=tally_id(round_, target)),) if old else ()
    tally = Tally(id=tally_id(round_, target), round=round_, target=target, dots=total, people=voters)
    return (Put(record=tally),)
