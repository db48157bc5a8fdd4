"""What the facilitator shows to all, whether everybody is brought there, and what the big screens do."""

from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import WorkshopGather, WorkshopSpotlight, WorkshopWall

from . import find
from .access import is_held
from .actor import Actor
from .refused import Refused
from .state import State

PLAN = "plan"
"""The plan, in the spotlight, instead of the id of anything ([GATHER3])."""
OUT = {"spotlight": None, "gathered": None}
"""Nothing is shown to all."""
LIVE = {"wall": "live", "wall_at": 0}
"""The big screens go along."""
ANEW = {**OUT, **LIVE}
"""So each step begins."""


def spotlight(state: State, actor: Actor, command: WorkshopSpotlight, _now: int) -> tuple[Change, ...]:
    """[STEP4] [GATHER1] [GATHER3] Put a board, a stack, a note or the plan in front of everybody, or nothing."""
    actor.must_facilitate()
    target = command.target
    if target is None:
        return find.patch(state.workshop, **OUT)
    note = state.notes.get(target)
    off_wall = note is None or note.binned or is_held(note)
    if off_wall and target != PLAN and target not in state.boards and target not in state.stacks:
        raise Refused(Code.NOT_FOUND, "There is no such board, stack or note (any more).")
    return find.patch(state.workshop, **{**LIVE, "spotlight": target})


def gather(state: State, actor: Actor, command: WorkshopGather, _now: int) -> tuple[Change, ...]:
    """[GATHER1] Bring everybody to what is in the spotlight, or let them go."""
    actor.must_facilitate()
    if command.on and state.workshop.spotlight is None:
        raise Refused(Code.NOT_NOW, "Nothing is in the spotlight that everybody could be brought to.")
    return find.patch(state.workshop, gathered=actor.person if command.on else None)


def wall(state: State, actor: Actor, command: WorkshopWall, now: int) -> tuple[Change, ...]:
    """[SCENE8] The big screens show the boards in turn, keep still, go black, or go along again."""
    actor.must_facilitate()
    # Boards take turns where nothing is in the spotlight: it would stay before them.
    out = OUT if command.wall == "turns" else {}
    return find.patch(state.workshop, **out, wall=command.wall, wall_at=now)


def put_out(state: State, target: str) -> tuple[Change, ...]:
    """The spotlight goes out where it is on this, which goes."""
    return find.patch(state.workshop, **OUT) if state.workshop.spotlight == target else ()
