"""What the facilitator shows to all, and whether everybody is brought there."""

from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import WorkshopGather, WorkshopSpotlight

from . import find
from .actor import Actor
from .refused import Refused
from .state import State

OUT = {"spotlight": None, "gathered": None}
"""Nothing is shown to all."""


def spotlight(state: State, actor: Actor, command: WorkshopSpotlight, _now: int) -> tuple[Change, ...]:
    """[STEP4] [GATHER1] Put a board, a stack or a note in front of everybody, or nothing."""
    actor.must_facilitate()
    target = command.target
    if target is None:
        return find.patch(state.workshop, **OUT)
    note = state.notes.get(target)
    if target not in state.boards and target not in state.stacks and (note is None or note.binned):
        raise Refused(Code.NOT_FOUND, "There is no such board, stack or note (any more).")
    return find.patch(state.workshop, spotlight=target)


def gather(state: State, actor: Actor, command: WorkshopGather, _now: int) -> tuple[Change, ...]:
    """[GATHER1] Bring everybody to what is in the spotlight, or let them go."""
    actor.must_facilitate()
    if command.on and state.workshop.spotlight is None:
        raise Refused(Code.NOT_NOW, "Nothing is in the spotlight that everybody could be brought to.")
    return find.patch(state.workshop, gathered=actor.person if command.on else None)


def put_out(state: State, target: str) -> tuple[Change, ...]:
    """The spotlight goes out where it is on this, which goes."""
    return find.patch(state.workshop, **OUT) if state.workshop.spotlight == target else ()
