"""Steps: the agenda that drives everything, and what only the facilitator may steer."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import (
    BoardLock,
    StepAdd,
    StepDrop,
    StepEdit,
    StepExtend,
    StepGo,
    StepReveal,
    StepShow,
    WorkshopEdit,
    WorkshopSpotlight,
)
from protocol.records import Step

from . import find
from .actor import Actor
from .refused import Refused
from .state import State


def go(state: State, actor: Actor, command: StepGo, now: int) -> tuple[Change, ...]:
    """[STEP2] [STEP3] Make a step the current one."""
    actor.must_facilitate()
    find.step(state, command.step)
    if state.workshop.step != command.current:
        raise Refused(Code.STALE, "The step has changed already.")
    return find.patch(state.workshop, step=command.step, step_started=now, extended=0, spotlight=None)


def extend(state: State, actor: Actor, command: StepExtend, _now: int) -> tuple[Change, ...]:
    """[STEP9] More minutes, or fewer."""
    actor.must_facilitate()
    total = state.workshop.extended + command.minutes
    _in_bounds(state.step.minutes + total)
    return find.patch(state.workshop, extended=total)


def add(state: State, actor: Actor, command: StepAdd, _now: int) -> tuple[Change, ...]:
    """A new step in the agenda."""
    actor.must_facilitate()
    find.fresh(state, "step", command.id)
    find.room_for(state.steps, limits.STEPS, "steps")
    return (Put(record=Step(**command.model_dump(exclude={"do"}))),)


def edit(state: State, actor: Actor, command: StepEdit, _now: int) -> tuple[Change, ...]:
    """[STEP8] Change a step; what was promised private stays so."""
    actor.must_facilitate()
    step = find.step(state, command.step)
    news = command.model_dump(mode="json", exclude={"do", "step"}, exclude_none=True)
    for promise in ("private", "anonymous", "blind"):
        if getattr(step, promise) and news.get(promise) is False and in_use(state, step.id):
            raise Refused(Code.KEPT_PRIVATE, "People have written or voted on that promise already.")
    if step.id == state.step.id and command.minutes is not None:
        _in_bounds(command.minutes + state.workshop.extended)
    return find.patch(step, **news)


def drop(state: State, actor: Actor, command: StepDrop, _now: int) -> tuple[Change, ...]:
    """[STEP6] Take a step out of the agenda."""
    actor.must_facilitate()
    step = find.step(state, command.step)
    if state.workshop.step == step.id:
        raise Refused(Code.NOT_NOW, "This is the current step.")
    if in_use(state, step.id):
        raise Refused(Code.NOT_EMPTY, "This step holds notes or dots.")
    return (find.drop(step),)


def reveal(state: State, actor: Actor, command: StepReveal, _now: int) -> tuple[Change, ...]:
    """[SEE6] Turn the sealed notes over."""
    actor.must_facilitate()
    return find.patch(find.step(state, command.step), revealed=True)


def show(state: State, actor: Actor, command: StepShow, _now: int) -> tuple[Change, ...]:
    """[SEE6] Show a round's results."""
    actor.must_facilitate()
    return find.patch(find.step(state, command.step), shown=True)


def edit_workshop(state: State, actor: Actor, command: WorkshopEdit, _now: int) -> tuple[Change, ...]:
    """The workshop's own words."""
    actor.must_facilitate()
    return find.patch(state.workshop, title=command.title, purpose=command.purpose)


def spotlight(state: State, actor: Actor, command: WorkshopSpotlight, _now: int) -> tuple[Change, ...]:
    """Put a board or a note in front of everybody."""
    actor.must_facilitate()
    target = command.target
    note = state.notes.get(target or "")
    if target is not None and target not in state.boards and (note is None or note.binned):
        raise Refused(Code.NOT_FOUND, "There is no such board or note (any more).")
    return find.patch(state.workshop, spotlight=target)


def lock(state: State, actor: Actor, command: BoardLock, _now: int) -> tuple[Change, ...]:
    """Lock a board, or unlock it."""
    actor.must_facilitate()
    return find.patch(find.board(state, command.board), locked=command.locked)


def _in_bounds(minutes: int) -> None:
    if not 0 <= minutes <= limits.STEP_MINUTES:
        raise Refused(Code.INVALID, f"A step lasts from 0 to {limits.STEP_MINUTES} minutes, extensions included.")


def in_use(state: State, step: str) -> bool:
    """Whether a step holds notes or dots."""
    return bool(state.notes_in[step] or state.ballots_in[step])
