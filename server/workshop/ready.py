"""Ready: who said that they are done with the current step."""

from protocol.changes import Change
from protocol.codes import Code
from protocol.commands import PersonReady

from . import find
from .actor import Actor
from .refused import Refused
from .seats import along
from .state import State


def ready(state: State, actor: Actor, command: PersonReady, _now: int) -> tuple[Change, ...]:
    """[READY1] [SEAT4] I am done with this step, or not yet after all; and those who sit at my device."""
    if command.step != state.workshop.step:
        raise Refused(Code.STALE, "The step has changed already.")
    me = find.person(state, actor.person or "")
    return along(state, me, ready=command.step if command.ready else None)
