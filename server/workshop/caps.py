"""Caps: how many notes, or issues, each person may write in a step. Facilitators write as many as they like."""

from protocol.base import Role
from protocol.codes import Code
from protocol.records import Step, StepKind

from .actor import Actor
from .refused import Refused
from .state import State


def note(state: State, actor: Actor, step: Step, author: str | None) -> None:
    """[CAP1] [CAP2] Refuse one more note of this author in this step than it allows."""
    if step.most_notes and _counted(state, actor, author):
        _below(state.written[step.id, author or ""], step)


def issue(state: State, actor: Actor) -> None:
    """[CAP3] Refuse one more issue of the asker than the step for proposing allows."""
    step = proposing_step(state)
    if step.most_notes and _counted(state, actor, actor.person):
        _below(sum(one.by == actor.person and not one.aside for one in state.issues.values()), step)


def proposing_step(state: State) -> Step:
    """The step whose settings hold for a new issue: while issues are chosen, the one before it for proposing."""
    now = state.step
    if now.step is not StepKind.CHOOSE:
        return now
    before = [s for s in state.steps.values() if s.step is StepKind.PROPOSE and (s.rank, s.id) < (now.rank, now.id)]
    return max(before, key=lambda step: (step.rank, step.id), default=now)


def _counted(state: State, actor: Actor, author: str | None) -> bool:
    """Whether the author is held to a number here: no facilitator is, nor what one brings back."""
    person = state.people.get(author or "")
    return not actor.facilitates and person is not None and person.role is not Role.FACILITATOR


def _below(written: int, step: Step) -> None:
    if written >= step.most_notes:
        raise Refused(Code.CAPPED, f"Each person writes at most {step.most_notes} in this step.")
