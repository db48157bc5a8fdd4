"""The clock of the current step: it guides, and stops no hand ([STEP5])."""

from typing import Final

from protocol import limits
from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import BoardExtend, StepEnd, StepExtend, StepPause

from . import find
from .actor import Actor
from .refused import Refused
from .state import State

MINUTE: Final = 60_000


def extend(state: State, actor: Actor, command: StepExtend, now: int) -> tuple[Change, ...]:
    """[STEP9] [TIME3] [TIME7] More minutes, or fewer; where the time is up or times nothing, from now."""
    actor.must_facilitate()
    is_over = _over(state, now) >= 0 or not state.workshop.timed
    if is_over and command.minutes > 0 and state.step.minutes:
        return _ending(state, _reading(state, now) + command.minutes * MINUTE, timed=True)
    total = state.workshop.extended + command.minutes
    in_bounds(state.step.minutes + total)
    return find.patch(state.workshop, extended=total, timed=state.workshop.timed or command.minutes > 0)


def pause(state: State, actor: Actor, command: StepPause, now: int) -> tuple[Change, ...]:
    """[TIME1] [TIME7] Stop the clock, or let it go on from where it stood."""
    actor.must_facilitate()
    _still(state, command.step)
    workshop = state.workshop
    if command.on:
        return find.patch(workshop, paused=now) if workshop.paused is None else ()
    if workshop.paused is None:
        return ()
    stood = max(0, now - workshop.paused)
    return find.patch(workshop, step_started=workshop.step_started + stood, paused=None, timed=True)


def end(state: State, actor: Actor, command: StepEnd, now: int) -> tuple[Change, ...]:
    """[TIME2] The time is up now; nothing where it was, or where there is no clock."""
    actor.must_facilitate()
    _still(state, command.step)
    if not state.step.minutes or _over(state, now) >= 0:
        return ()
    return _ending(state, now, paused=None)


def extend_board(state: State, actor: Actor, command: BoardExtend, now: int) -> tuple[Change, ...]:
    """[MON3] More minutes for one group; where its time is up, from now."""
    actor.must_facilitate()
    _still(state, command.step)
    board = find.board(state, command.board)
    if not state.step.minutes:
        raise Refused(Code.NOT_NOW, "This step has no clock.")
    over = max(0, _over(state, now) - board.extra)
    extra = board.extra + over + command.minutes * MINUTE
    if extra > limits.STEP_MINUTES * MINUTE:
        raise Refused(Code.INVALID, f"A group has at most {limits.STEP_MINUTES} minutes more than the room.")
    return find.patch(board, extra=extra)


def in_bounds(minutes: int) -> None:
    """Refuse a length that no step may have."""
    if not 0 <= minutes <= limits.STEP_MINUTES:
        raise Refused(Code.INVALID, f"A step lasts from 0 to {limits.STEP_MINUTES} minutes, extensions included.")


def _still(state: State, step: str) -> None:
    if state.workshop.step != step:
        raise Refused(Code.STALE, "The step has changed already.")


def _reading(state: State, now: int) -> int:
    """The moment that the clock stands at."""
    return now if state.workshop.paused is None else state.workshop.paused


def _over(state: State, now: int) -> int:
    """Milliseconds since the time was up; below zero: there is some left."""
    workshop = state.workshop
    length = (state.step.minutes + workshop.extended) * MINUTE
    return _reading(state, now) - workshop.step_started - length


def _ending(state: State, at: int, **more: object) -> tuple[Change, ...]:
    """Have the time be up at that moment: whole minutes go to the length, the rest to the beginning."""
    workshop = state.workshop
    length = min(max(0, at - workshop.step_started) // MINUTE, limits.STEP_MINUTES)
    fields = {"step_started": at - length * MINUTE, "extended": length - state.step.minutes}
    return find.patch(workshop, **fields, **more)
