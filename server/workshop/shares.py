"""Who gives how much: counts for facilitators, which tell of no note and no dot whose it is."""

from collections import Counter
from typing import Final

from protocol.base import Place
from protocol.messages import Given, Shares
from protocol.records import Person, Step, StepKind

from .seen_by import hides
from .state import State
from .taking_part import takes_part
from .votes import placed

LEAST: Final = 3
"""Of fewer people nothing is told."""


def shares(state: State) -> Shares:
    """[SHARE1] As far as that may be told."""
    people = {p.id: p for p in state.people.values() if takes_part(p)}
    # [SHARE3] Of a note by whoever others may not know nothing is counted.
    authors = (people.get(note.by or "") for note in state.notes.values() if not hides(state, note))
    notes = Counter(author.place for author in authors if author)
    dots = _dots(state, people)
    total = sum(dots.values())
    return Shares(
        step=state.step.id,
        people=len(people),
        gave=_gave(state, people),
        ready=_ready(state, people),
        places=tuple(
            Given(
                place=place,
                people=sum(person.place is place for person in people.values()),
                notes=notes[place],
                dots=round(10 * dots[place] / total) if total else None,
            )
            for place in Place
        ),
    )


def _gave(state: State, people: dict[str, Person]) -> int | None:
    """[SHARE2] How many of them gave something in the current step."""
    step = state.step
    if len(people) < LEAST:
        return None
    match step.step:
        case StepKind.PROPOSE:
            who = {issue.by for issue in state.issues.values()}
        case StepKind.WRITE:
            who = {note.by for note in state.notes.values() if note.step == step.id}
        case StepKind.CHOOSE | StepKind.VOTE:
            who = {person for (round_, person), dots in state.spent.items() if round_ == step.id and dots}
        case _:
            return None
    return len(who & people.keys())


def _ready(state: State, people: dict[str, Person]) -> int | None:
    """[READY4] How many of them are ready."""
    return sum(p.ready == state.step.id for p in people.values()) if len(people) >= LEAST else None


def _dots(state: State, people: dict[str, Person]) -> Counter[Place]:
    """[SHARE3] The dots by place, of the rounds of which that may be told."""
    dots = Counter[Place]()
    for step in state.steps.values():
        given = [
            (people[who].place, n)
            for round_, who in state.spent
            if round_ == step.id and who in people and (n := placed(state, round_, who))
        ]
        voters = Counter(place for place, _ in given)
        if _is_over(state, step) and all(voters[place] >= LEAST for place in Place):
            for place, n in given:
                dots[place] += n
    return dots


def _is_over(state: State, step: Step) -> bool:
    return step.id != state.step.id and (step.shown or not step.blind)
