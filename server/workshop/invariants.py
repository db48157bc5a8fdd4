"""What holds in every state, as functions: run by the tests after every step, and by `plenary verify`."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from protocol import limits
from protocol.base import Role
from protocol.records import Note, Stack, StepKind

from .access import is_held
from .comments import reaction_id
from .memos import memo_id
from .merging import standing
from .plan import waited_for
from .spotlight import PLAN
from .state import State
from .votes import ballot_id, is_given_back, tally_id

SIZES: Final = {
    "workshop": 1,
    "door": 1,
    "step": limits.STEPS,
    "person": limits.PEOPLE,
    "guest": limits.GUESTS,
    "issue": limits.ISSUES,
    "board": limits.BOARDS,
    "note": limits.NOTES,
    "stack": limits.STACKS,
    "comment": limits.COMMENTS,
    "reaction": limits.REACTIONS,
    "activity": limits.ACTIVITIES,
    "notice": limits.NOTICES,
    "memo": limits.MEMOS,
    "paper": 1,
    "hook": 1,
    "update": limits.UPDATES,
    "contribution": limits.CONTRIBUTIONS,
}
COUNTERS: Final = (
    "spent", "notes_on", "notes_in", "written", "aside", "ballots_in", "stacked", "comments_on", "contributed",
)  # fmt: skip


def broken(state: State) -> list[str]:
    """Every invariant that does not hold, in words; empty for a sound state."""
    if state.get("workshop", "workshop") is None:
        return ["there is no workshop"]
    parts = (
        _sizes,
        _agenda,
        _people,
        _door,
        _issues,
        _notes,
        _stacks,
        _comments,
        _reactions,
        _ballots,
        _tallies,
        _plan,
        _memos,
        _paper,
        _contributions,
        _counters,
    )
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
    elif state.step.skipped:
        yield "[RUN1] the current step is skipped"
    target = state.workshop.spotlight
    if target not in (None, PLAN) and not any(target in all_ for all_ in (state.boards, state.notes, state.stacks)):
        yield "[STEP4] the spotlight is on nothing"
    if target is None and state.workshop.gathered is not None:
        yield "[GATHER1] everybody was brought to nothing"


def _plan(state: State) -> Iterator[str]:
    for activity in state.activities.values():
        if activity.start + activity.length > limits.PLAN_MONTHS:
            yield f"[PLAN4] {activity.id} ends behind the plan"
        if activity.lens is not None and state.get("lens", activity.lens) is None:
            yield f"[PLAN5] {activity.id} has a lens that is not there"
        if not state.activities.keys() >= set(activity.after) or activity.id in waited_for(state, activity.after):
            yield f"[PLAN6] {activity.id} waits for what is not there, or for itself"


def _people(state: State) -> Iterator[str]:
    for person in state.people.values():
        if person.role not in {Role.FACILITATOR, Role.PARTICIPANT}:
            yield f"[JOIN3] {person.id} is no person"
        if person.board is not None and person.board not in state.boards:
            yield f"[ISSUE6] person {person.id} is on a board that is not there"
        if person.leads is not None and person.leads not in state.boards:
            yield f"[ROLE5] person {person.id} leads a board that is not there"
        if person.removed and (person.role is not Role.PARTICIPANT or person.board or person.leads or person.hand):
            yield f"[REMOVE1] person {person.id} was put out and still stands somewhere"
        host = state.people.get(person.host) if person.host else None
        if person.host and (host is None or host.host or person.role is not Role.PARTICIPANT or person.leads):
            yield f"[SEAT1] {person.id} sits at no device, or is more than a seat"
        if person.muted and person.role is Role.FACILITATOR:
            yield f"[MUTE1] facilitator {person.id} is muted"


def _door(state: State) -> Iterator[str]:
    if (state.door.policy == "password") != (state.door.password is not None):
        yield "[DOOR1] there is a password without a door for it, or a door without its password"
    yield from (f"[DOOR4] {id_} is in, and waits at the door" for id_ in state.guests.keys() & state.people.keys())


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


def _stacks(state: State) -> Iterator[str]:
    if state.stacked.keys() != state.stacks.keys():
        yield "[STACK1] there is a stack without notes, or notes in a stack that is not there"
    for stack in state.stacks.values():
        notes = [state.notes[id_] for id_ in state.stacked.get(stack.id, ())]
        if len(notes) < 2:
            yield f"[STACK1] stack {stack.id} holds {len(notes)} notes"
        yield from (f"[STACK3] note {note.id} lies outside its stack" for note in notes if _outside(note, stack))
        if stack.id in state.notes:
            yield f"[STACK7] {stack.id} is a note and a stack"
        if stack.board not in state.boards or stack.section not in state.records["section"]:
            yield f"[STACK2] stack {stack.id} lies nowhere"


def _outside(note: Note, stack: Stack) -> bool:
    return note.binned or is_held(note) or (note.board, note.section) != (stack.board, stack.section)


def _comments(state: State) -> Iterator[str]:
    for comment in state.comments.values():
        if comment.note not in state.notes or (comment.by is not None and comment.by not in state.people):
            yield f"[COMMENT1] comment {comment.id} is on nothing, or by nobody who joined"


def _reactions(state: State) -> Iterator[str]:
    counts = Counter[str]()
    for reaction in state.reactions.values():
        counts[reaction.note] += 1
        if reaction.id != reaction_id(reaction.note, reaction.person) or reaction.person not in state.people:
            yield f"[REACT1] reaction {reaction.id} stands elsewhere, or is of nobody who joined"
    if {note.id: note.reactions for note in state.notes.values() if note.reactions} != counts:
        yield "[REACT1] the counts are not those of the reactions"


def _ballots(state: State) -> Iterator[str]:
    spent = Counter[tuple[str, str]]()
    for ballot in state.ballots.values():
        spent[ballot.round, ballot.person] += 0 if is_given_back(state, ballot) else ballot.dots
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
    return round_ is StepKind.VOTE and (target in state.notes or target in state.stacks)


def _tallies(state: State) -> Iterator[str]:
    sums = defaultdict[str, list[int]](lambda: [0, 0])
    for ballot in state.ballots.values():
        total = sums[tally_id(ballot.round, ballot.target)]
        total[0] += ballot.dots
        total[1] += 1
    if {tally.id: [tally.dots, tally.people] for tally in state.tallies.values()} != sums:
        yield "[VOTE5] the tallies are not the sums of the ballots"


def _memos(state: State) -> Iterator[str]:
    for memo in state.memos.values():
        if memo.step not in state.steps or memo.id != memo_id(memo.step, memo.person):
            yield f"[MEMO2] memo {memo.id} is out of place"


def _paper(state: State) -> Iterator[str]:
    told = [update for update in state.updates.values() if not update.held]
    if state.paper is None:
        yield from ["[PAPER3] there are changes of a paper that has not begun"] if told else []
    elif len(standing(state.paper, told)) != len(told):
        yield "[PAPER5] a change of the paper was told before what it builds on"


def _contributions(state: State) -> Iterator[str]:
    for each in state.contributions.values():
        if (each.url is None) == (each.blob is None):
            yield f"[GIVE1] contribution {each.id} is no link and no file, or both"
        for kind, to in (("note", each.note), ("issue", each.issue)):
            if to is not None and state.get(kind, to) is None:
                yield f"[GIVE4] contribution {each.id} is to {kind} {to}, which is not there"
        if each.by is not None and each.by not in state.people:
            yield f"[JOIN1] contribution {each.id} is by nobody who joined"


def _counters(state: State) -> Iterator[str]:
    again = State.from_bytes(state.to_bytes())
    for name in COUNTERS:
        if getattr(again, name) != getattr(state, name):
            yield f"[FOLD2] the index {name} is not that of the records"
