"""What holds in every state, as functions: run by the tests after every step, and by `plenary verify`."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from protocol import limits
from protocol.base import Role
from protocol.records import Note, StepKind

from .state import State
from .votes import ballot_id, tally_id

SIZES: Final = {
    "workshop": 1,
    "step": limits.STEPS,
    "person": limits.PEOPLE,
    "issue": limits.ISSUES,
    "board": limits.BOARDS,
    "note": limits.NOTES,
}
COUNTERS: Final = ("spent", "notes_on", "notes_in", "ballots_in")


def broken(state: State) -> list[str]:
    """Every invariant that does not hold, in words; empty for a sound state."""
    if state.get("workshop", "workshop") is None:
        return ["there is no workshop"]
    parts = (_sizes, _agenda, _people, _issues, _notes, _ballots, _tallies, _counters)
    return [wrong for part in parts for wrong in part(state)]


def _sizes(state: State) -> Iterator[str]:
    for kind, most in SIZES.items():
        if len(state.records[kind]) > most:
            yield f"[LIMIT5] there are more than {most} of {kind}"
    for kind, records in state.records.items():
        for id_, record in records.items():
            if (record.kind, record.id) != (kind, id_):
                yield f"[FOLD3] {record.kind} {record.id} stands where {kind} {id_} belongs"


def _agenda(state: State) -> Iterator[str]:
    if state.workshop.step not in state.steps:
        yield "[STEP1] the current step is not in the agenda"
    elif not 0 <= state.step.minutes + state.workshop.extended <= limits.STEP_MINUTES:
        yield "[STEP9] the current step is extended past the limit"
    target = state.workshop.spotlight
    if target is not None and target not in state.boards and target not in state.notes:
        yield "[STEP4] the spotlight is on nothing"


def _people(state: State) -> Iterator[str]:
    for person in state.people.values():
        if person.role not in {Role.FACILITATOR, Role.PARTICIPANT}:
            yield f"[JOIN3] {person.id} is no person"
        if person.board is not None and person.board not in state.boards:
            yield f"[ISSUE6] person {person.id} is on a board that is not there"


def _issues(state: State) -> Iterator[str]:
    for board in state.boards.values():
        issue = state.issues.get(board.id)
        if issue is None or issue.merged is not None or issue.title != board.title:
            yield f"[ISSUE6] board {board.id} is not that of a chosen issue"
    for issue in state.issues.values():
        into = state.issues.get(issue.merged or "")
        if issue.merged is not None and (into is None or into.merged is not None):
            yield f"[ISSUE4] issue {issue.id} is merged into nothing that stands for itself"


def _notes(state: State) -> Iterator[str]:
    for note in state.notes.values():
        for kind, id_ in (("board", note.board), ("section", note.section), ("step", note.step)):
            if state.get(kind, id_) is None:
                yield f"[NOTE10] note {note.id} has no {kind} {id_}"
        yield from _note(state, note)


def _note(state: State, note: Note) -> Iterator[str]:
    if note.sealed or not note.text:
        yield f"[NOTE5] note {note.id} has lost its text"
    if len(set(note.siblings)) != len(note.siblings) or len(note.siblings) > limits.SIBLINGS:
        yield f"[NOTE5] note {note.id} has too many siblings"
    if len(set(note.lenses)) != len(note.lenses) or not set(note.lenses) <= state.records["lens"].keys():
        yield f"[NOTE11] note {note.id} has lenses that are not there, or twice"
    if note.by is not None and note.by not in state.people:
        yield f"[JOIN1] note {note.id} is by nobody who joined"


def _ballots(state: State) -> Iterator[str]:
    spent = Counter[tuple[str, str]]()
    for ballot in state.ballots.values():
        spent[ballot.round, ballot.person] += ballot.dots
        step = state.steps.get(ballot.round)
        if not ballot.dots or ballot.id != ballot_id(ballot.round, ballot.person, ballot.target):
            yield f"[VOTE1] ballot {ballot.id} says nothing, or stands elsewhere"
        if step is None or ballot.person not in state.people or not _is_item(state, step.step, ballot.target):
            yield f"[VOTE4] ballot {ballot.id} is in no round, of nobody, or on nothing"
    # A budget may have been lowered since ([VOTE6]), so the state alone proves only the widest.
    yield from (f"[VOTE2] {who} placed {dots} dots" for who, dots in spent.items() if dots > limits.DOTS)


def _is_item(state: State, round_: StepKind, target: str) -> bool:
    if round_ is StepKind.CHOOSE:
        issue = state.issues.get(target)
        return issue is not None and issue.merged is None
    return round_ is StepKind.VOTE and target in state.notes


def _tallies(state: State) -> Iterator[str]:
    sums = defaultdict[str, list[int]](lambda: [0, 0])
    for ballot in state.ballots.values():
        total = sums[tally_id(ballot.round, ballot.target)]
        total[0] += ballot.dots
        total[1] += 1
    if {tally.id: [tally.dots, tally.people] for tally in state.tallies.values()} != sums:
        yield "[VOTE5] the tallies are not the sums of the ballots"


def _counters(state: State) -> Iterator[str]:
    again = State.from_bytes(state.to_bytes())
    for name in COUNTERS:
        if getattr(again, name) != getattr(state, name):
            yield f"[FOLD2] the index {name} is not that of the records"
