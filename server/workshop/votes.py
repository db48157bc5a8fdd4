"""Dots: each person spreads a budget over items, round by round. Tallies are sums of ballots, always."""

from protocol.changes import Change, Drop, Put
from protocol.codes import Code
from protocol.commands import VoteCast
from protocol.records import Ballot, Issue, Note, Step, StepKind, Tally

from . import find
from .access import is_held, is_sealed
from .actor import Actor
from .refused import Refused
from .seats import device_of
from .state import State


def cast(state: State, actor: Actor, command: VoteCast, _now: int) -> tuple[Change, ...]:
    """[VOTE1] [VOTE2] Exactly so many of my dots on this item."""
    person = find.person(state, actor.person or "").id
    step = find.step(state, command.round)
    if step.id != state.step.id or step.step not in {StepKind.CHOOSE, StepKind.VOTE}:
        raise Refused(Code.NOT_NOW, "This round of dots is not open now.")
    _votable(state, actor, step, command.target, command.dots)
    had = state.ballots.get(ballot_id(step.id, person, command.target))
    if _held(state, step, command.target) and (command.dots or not had):
        raise Refused(Code.NOT_FOUND, "It is not there (any more).")
    before = had.dots if had else 0
    _affordable(state, person, step, command.dots, before)
    return _set(state, step.id, person, command.target, command.dots)


def ballot_id(round_: str, person: str, target: str) -> str:
    """The place of a ballot."""
    return f"{round_}.{person}.{target}"


def tally_id(round_: str, target: str) -> str:
    """The place of a tally."""
    return f"{round_}.{target}"


def item(state: State, step: Step, target: str) -> Note | Issue | None:
    """The note or issue that dots of this round on this target are on; None: a stack, or nothing."""
    return state.issues.get(target) if step.step is StepKind.CHOOSE else state.notes.get(target)


def is_given_back(state: State, ballot: Ballot) -> bool:
    """[ASIDE2] Whether these dots are free while what they are on is set aside."""
    step = state.steps.get(ballot.round)
    there = item(state, step, ballot.target) if step else None
    return there is not None and there.aside


def placed(state: State, round_: str, person: str) -> int:
    """[ASIDE2] How many dots this person has placed in a round, without those given back."""
    kind = "issue" if state.steps[round_].step is StepKind.CHOOSE else "note"
    ids = (ballot_id(round_, person, target) for of, target in state.aside if of == kind)
    return state.spent[round_, person] - sum(state.ballots[id_].dots for id_ in ids if id_ in state.ballots)


def returned(state: State, target: str, kind: StepKind) -> tuple[Change, ...]:
    """[ASIDE2] What becomes of the dots on an item that is brought back: as far as each budget goes by now."""
    changes: list[Change] = []
    sums: dict[str, list[int]] = {}
    for ballot in _ballots_on(state, target, kind):
        free = state.steps[ballot.round].dots - placed(state, ballot.round, ballot.person)
        dots = min(ballot.dots, max(0, free))
        if dots == ballot.dots:
            continue
        fewer = _ballot(ballot.round, ballot.person, target, dots)
        changes.append(Put(record=fewer) if dots else find.drop(ballot))
        sums.setdefault(ballot.round, []).extend((dots - ballot.dots, 0 if dots else -1))
    for round_, parts in sums.items():
        changes += _tallied(state, round_, target, sum(parts[::2]), sum(parts[1::2]))
    return tuple(changes)


def _held(state: State, step: Step, target: str) -> bool:
    there = item(state, step, target)
    return there is not None and is_held(there)


def cleared(state: State, target: str, kind: StepKind = StepKind.CHOOSE) -> tuple[Change, ...]:
    """The changes that take every dot of such rounds off an issue, or a stack, that goes."""
    ballots = _ballots_on(state, target, kind)
    tallies = (tally_id(round_, target) for round_ in sorted({b.round for b in ballots}))
    return (*(find.drop(b) for b in ballots), *(Drop(kind="tally", id=id_) for id_ in tallies))


def carried(state: State, target: str, into: str, kind: StepKind = StepKind.CHOOSE) -> tuple[Change, ...]:
    """The changes that move an item's dots to another, within the most per item ([ISSUE4] [STACK6])."""
    changes: list[Change] = []
    sums: dict[str, list[int]] = {}
    for ballot in _ballots_on(state, target, kind):
        there = state.ballots.get(ballot_id(ballot.round, ballot.person, into))
        dots = min(ballot.dots + (there.dots if there else 0), state.steps[ballot.round].most)
        dots = max(dots, there.dots if there else 0)
        changes.append(Put(record=_ballot(ballot.round, ballot.person, into, dots)))
        sums.setdefault(ballot.round, []).extend((dots - (there.dots if there else 0), 0 if there else 1))
    for round_, parts in sums.items():
        changes += _tallied(state, round_, into, sum(parts[::2]), sum(parts[1::2]))
    return (*cleared(state, target, kind), *changes)


def _ballots_on(state: State, target: str, kind: StepKind) -> list[Ballot]:
    """The ballots on an item. An issue and a note may have the same id, so only rounds of this kind count."""
    rounds = {s.id for s in state.steps.values() if s.step is kind and tally_id(s.id, target) in state.tallies}
    if not rounds:
        return []
    ballots = (b for b in state.ballots.values() if b.target == target and b.round in rounds)
    return sorted(ballots, key=lambda b: b.id)


def _votable(state: State, actor: Actor, step: Step, target: str, dots: int) -> None:
    """[VOTE4] An item of this round, and one that this person may see."""
    if step.step is StepKind.CHOOSE:
        if find.issue(state, target).merged:
            raise Refused(Code.NOT_FOUND, "This issue was merged into another.")
        return
    if target in state.stacks:
        return
    note = find.note(state, target)
    unseen = is_sealed(state, note) and device_of(state, note.by) != device_of(state, actor.person)
    if unseen or (note.binned and dots):
        raise Refused(Code.NOT_FOUND, "There is no such note (any more).")


def _affordable(state: State, person: str, step: Step, dots: int, before: int) -> None:
    """[VOTE2] [VOTE6] Taking back is always allowed."""
    if dots <= before:
        return
    if dots > step.most:
        raise Refused(Code.OVER_ITEM, f"At most {step.most} of your dots go on one item.")
    if placed(state, step.id, person) - before + dots > step.dots:
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
