"""`decide`: what a command does to a state, for a person, at a moment. One table leads to the rules."""

from collections.abc import Callable
from typing import Any, Final

from protocol import commands as c
from protocol.base import Role
from protocol.changes import Change
from protocol.codes import Code
from protocol.records import StepKind

from . import issues, notes, people, steps, votes
from .actor import Actor
from .refused import Refused
from .state import State

Rule = Callable[[State, Actor, Any, int], tuple[Change, ...]]

RULES: Final[dict[type[c.Command], Rule]] = {
    c.PersonJoin: people.join,
    c.PersonRename: people.rename,
    c.PersonMove: people.move,
    c.PeopleBalance: people.balance,
    c.StepGo: steps.go,
    c.StepExtend: steps.extend,
    c.StepAdd: steps.add,
    c.StepEdit: steps.edit,
    c.StepDrop: steps.drop,
    c.StepReveal: steps.reveal,
    c.StepShow: steps.show,
    c.WorkshopEdit: steps.edit_workshop,
    c.WorkshopSpotlight: steps.spotlight,
    c.IssueAdd: issues.add,
    c.IssueEdit: issues.edit,
    c.IssueDrop: issues.drop,
    c.IssueMerge: issues.merge,
    c.IssueChoose: issues.choose,
    c.BoardLock: steps.lock,
    c.NoteAdd: notes.add,
    c.NoteEdit: notes.edit,
    c.NoteSettle: notes.settle,
    c.NoteMove: notes.move,
    c.NoteTag: notes.tag,
    c.NoteBin: notes.bin_,
    c.NoteRestore: notes.restore,
    c.VoteCast: votes.cast,
}


def decide(state: State, actor: Actor, command: c.Command, now: int) -> tuple[Change, ...]:
    """The changes this command makes (perhaps none), or `Refused`. `now` in ms. Leaves the state alone."""
    if actor.role is not Role.SYSTEM:
        _admit(state, actor, command)
    return RULES[type(command)](state, actor, command, now)


def _admit(state: State, actor: Actor, command: c.Command) -> None:
    """What holds for every command: who may ask at all, and when."""
    if actor.role is Role.PROJECTOR or actor.person not in state.people:
        raise Refused(Code.FORBIDDEN, "Only people who joined can do that.")
    steering = actor.facilitates and command.do.startswith("step.")
    if state.step.step is StepKind.CLOSE and not steering:
        raise Refused(Code.CLOSED, "The workshop is closed and read-only.")
