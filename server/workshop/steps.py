"""Steps: the agenda that drives everything, and what only the facilitator may steer."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import (
    BoardLock,
    StepAdd,
    StepDrop,
    StepEdit,
    StepGo,
    StepReveal,
    StepShow,
    WorkshopEdit,
    WorkshopRetain,
    WorkshopStart,
)
from protocol.records import Step

from . import clock, find, hooks, memos
from .actor import Actor
from .refused import Refused
from .roles import leads
from .spotlight import ANEW
from .state import State


def go(state: State, actor: Actor, command: StepGo, now: int) -> tuple[Change, ...]:
    """[STEP2] [STEP3] [RUN1] [RUN3] [MON3] Make a step the current one."""
    actor.must_facilitate()
    step, workshop = find.step(state, command.step), state.workshop
    if workshop.step != command.current:
        raise Refused(Code.STALE, "The step has changed already.")
    first = first_of(state)
    starts = workshop.starts
    if starts is None and workshop.step == first.id and step.id != first.id:
        starts = max(0, now - first.minutes * clock.MINUTE)
    began = max(now, starts or 0) if step.id == first.id else now
    fresh = {"step_started": began, "extended": 0, "paused": None, **ANEW, "timed": not step.shown}
    boards = [change for board in state.boards.values() for change in find.patch(board, extra=0)]
    told = hooks.tell(state, step, now) if step.id != workshop.step else ()
    went = find.patch(workshop, step=step.id, starts=starts, **fresh)
    return (*went, *find.patch(step, skipped=False), *boards, *told)


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
    if command.skipped and step.id == state.step.id:
        raise Refused(Code.NOT_NOW, "This is the current step.")
    if step.id == state.step.id and command.minutes is not None:
        clock.in_bounds(command.minutes + state.workshop.extended)
    return find.patch(step, **news)


def drop(state: State, actor: Actor, command: StepDrop, _now: int) -> tuple[Change, ...]:
    """[STEP6] [MEMO2] Take a step out of the agenda."""
    actor.must_facilitate()
    step = find.step(state, command.step)
    if state.workshop.step == step.id:
        raise Refused(Code.NOT_NOW, "This is the current step.")
    if in_use(state, step.id):
        raise Refused(Code.NOT_EMPTY, "This step holds notes or dots.")
    return (*memos.without(state, step.id), find.drop(step))


def reveal(state: State, actor: Actor, command: StepReveal, _now: int) -> tuple[Change, ...]:
    """[SEE6] Turn the sealed notes over."""
    actor.must_facilitate()
    return find.patch(find.step(state, command.step), revealed=True)


def show(state: State, actor: Actor, command: StepShow, _now: int) -> tuple[Change, ...]:
    """[SEE6] [TIME7] Show a round's results."""
    actor.must_facilitate()
    shown = find.patch(find.step(state, command.step), shown=True)
    over = find.patch(state.workshop, timed=False) if shown and command.step == state.step.id else ()
    return (*shown, *over)


def edit_workshop(state: State, actor: Actor, command: WorkshopEdit, _now: int) -> tuple[Change, ...]:
    """The workshop's own words."""
    actor.must_facilitate()
    return find.patch(state.workshop, title=command.title, purpose=command.purpose)


def retain(state: State, actor: Actor, command: WorkshopRetain, _now: int) -> tuple[Change, ...]:
    """[KEEP1] How long after its last entry the workshop is kept."""
    actor.must_facilitate()
    return find.patch(state.workshop, retain=command.days)


def start(state: State, actor: Actor, command: WorkshopStart, now: int) -> tuple[Change, ...]:
    """[RUN2] The time that the session begins at; the first step's clock waits for it."""
    actor.must_facilitate()
    if state.step.id != first_of(state).id:
        return find.patch(state.workshop, starts=command.at)
    if command.at is None:
        return find.patch(state.workshop, starts=None, step_started=now, extended=0, paused=now)
    return find.patch(state.workshop, starts=command.at, step_started=command.at, extended=0, paused=None)


def lock(state: State, actor: Actor, command: BoardLock, _now: int) -> tuple[Change, ...]:
    """[ROLE5] Lock a board, or unlock it."""
    if not leads(state, actor, command.board):
        actor.must_facilitate()
    return find.patch(find.board(state, command.board), locked=command.locked)


def first_of(state: State) -> Step:
    """The step in which people gather."""
    return min((s for s in state.steps.values() if not s.skipped), key=lambda step: (step.rank, step.id))


def in_use(state: State, step: str) -> bool:
    """Whether a step holds notes or dots."""
    return bool(state.notes_in[step] or state.ballots_in[step])
