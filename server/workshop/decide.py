"""`decide`: what a command does to a state, for a person, at a moment. One table leads to the rules."""

from collections.abc import Callable
from typing import Any, Final

from protocol import commands as c
from protocol.base import Role
from protocol.changes import Change
from protocol.codes import Code
from protocol.records import Person, StepKind

from . import (
    agendas,
    balance,
    clock,
    comments,
    contributions,
    door,
    find,
    guests,
    hands,
    hooks,
    issues,
    memos,
    notes,
    notices,
    paper,
    people,
    plan,
    ready,
    roles,
    seats,
    spotlight,
    stacks,
    steps,
    votes,
)
from .actor import Actor
from .fold import Undo, apply, undo
from .refused import Refused
from .state import State

Rule = Callable[[State, Actor, Any, int], tuple[Change, ...]]


def _many(state: State, actor: Actor, command: c.NoteMany, now: int) -> tuple[Change, ...]:
    """[NOTE14] Each decided on what those before it leave; the state is as before when this returns."""
    done: Undo = []
    changes: list[Change] = []
    try:
        for one in command.commands:
            made = RULES[type(one)](state, actor, one, now)
            done += apply(state, made)
            changes += made
    finally:
        undo(state, done)
    return tuple(changes)


def _act(state: State, actor: Actor, command: c.SeatAct, now: int) -> tuple[Change, ...]:
    """[SEAT2] Done by the host, as if the person of the seat did it."""
    seat = seats.held(state, actor, command.seat)
    _unmuted(state.people[actor.person or ""], command.command)
    acting = _admitted(state, Actor(seat.id, seat.role), command.command)
    return RULES[type(command.command)](state, acting, command.command, now)


def _file(state: State, actor: Actor, command: c.FileAdd, now: int) -> tuple[Change, ...]:
    """[FILE3] Asked for by the server, for whoever sent the file, as if they did it."""
    actor.must_be_system("Files come over HTTP.")
    sender = _admitted(state, Actor(find.person(state, command.by).id, Role.PARTICIPANT), command)
    return contributions.add_file(state, sender, command, now)


RULES: Final[dict[type[c.Command], Rule]] = {
    c.PersonJoin: people.join,
    c.PersonRename: people.rename,
    c.PersonMove: people.move,
    c.PersonReady: ready.ready,
    c.PeopleBalance: balance.balance,
    c.PeoplePlace: people.place,
    c.PersonRole: roles.give,
    c.PersonLead: roles.lead,
    c.PersonMute: roles.mute,
    c.PersonRemove: roles.remove,
    c.SeatAdd: seats.add,
    c.SeatDrop: seats.drop,
    c.SeatAct: _act,
    c.HandRaise: hands.raise_,
    c.HandLower: hands.lower,
    c.HandClear: hands.clear,
    c.StepGo: steps.go,
    c.StepExtend: clock.extend,
    c.StepPause: clock.pause,
    c.StepEnd: clock.end,
    c.StepAdd: steps.add,
    c.StepEdit: steps.edit,
    c.StepDrop: steps.drop,
    c.StepReveal: steps.reveal,
    c.StepShow: steps.show,
    c.AgendaSet: agendas.set_,
    c.WorkshopEdit: steps.edit_workshop,
    c.WorkshopRetain: steps.retain,
    c.WorkshopGather: spotlight.gather,
    c.WorkshopSpotlight: spotlight.spotlight,
    c.WorkshopWall: spotlight.wall,
    c.KeyReplace: door.replace,
    c.WorkshopStart: steps.start,
    c.DoorSet: door.set_,
    c.PageShare: door.share,
    c.HookSet: hooks.set_,
    c.HookTest: hooks.test,
    c.HookTry: hooks.try_,
    c.HookTold: hooks.told,
    c.GuestAdmit: guests.admit,
    c.GuestTurn: guests.turn,
    c.IssueAdd: issues.add,
    c.IssueEdit: issues.edit,
    c.IssueDrop: issues.drop,
    c.IssueMerge: issues.merge,
    c.IssueChoose: issues.choose,
    c.IssueAdmit: issues.admit,
    c.IssueAside: issues.aside,
    c.BoardLock: steps.lock,
    c.BoardExtend: clock.extend_board,
    c.NoteAdd: notes.add,
    c.NoteEdit: notes.edit,
    c.NoteSettle: notes.settle,
    c.NoteMove: notes.move,
    c.NoteTag: notes.tag,
    c.NoteColour: notes.colour,
    c.NoteBin: notes.bin_,
    c.NoteRestore: notes.restore,
    c.NoteAdmit: notes.admit,
    c.NoteAside: notes.aside,
    c.NoteReact: comments.react,
    c.NoteMany: _many,
    c.StackMake: stacks.make,
    c.StackName: stacks.name,
    c.StackMove: stacks.move,
    c.StackSplit: stacks.split,
    c.CommentAdd: comments.add,
    c.CommentEdit: comments.edit,
    c.CommentDrop: comments.drop,
    c.LinkAdd: contributions.add_link,
    c.FileAdd: _file,
    c.ContributionName: contributions.name,
    c.ContributionDrop: contributions.drop,
    c.VoteCast: votes.cast,
    c.ActivityAdd: plan.add,
    c.ActivityEdit: plan.edit,
    c.ActivitySet: plan.set_,
    c.ActivityDrop: plan.drop,
    c.PaperBegin: paper.begin,
    c.PaperEdit: paper.edit,
    c.PaperSet: paper.set_,
    c.NoticeSay: notices.say,
    c.NoticeEnd: notices.end,
    c.MemoWrite: memos.write,
}


WRITTEN: Final = frozenset({"issue", "note", "stack", "comment", "activity", "paper", "link", "file", "contribution"})
"""What is written: the first words of commands that whoever is muted may not ask for ([MUTE1])."""


AJAR: Final = frozenset({
    "step.go", "step.reveal", "step.show", "step.extend", "step.pause", "step.end", "guest.admit", "guest.turn",
    "workshop.retain", "note.admit", "issue.admit",
})  # fmt: skip
"""What facilitators may still ask for in a closed workshop ([STEP7])."""


def decide(state: State, actor: Actor, command: c.Command, now: int) -> tuple[Change, ...]:
    """The changes this command makes (perhaps none), or `Refused`. `now` in ms. Leaves the state alone."""
    if actor.role is not Role.SYSTEM:
        actor = _admitted(state, actor, command)
    return RULES[type(command)](state, actor, command, now)


def _admitted(state: State, actor: Actor, command: c.Command) -> Actor:
    """What holds for every command: who may ask at all, as what ([ROLE2]), and when."""
    me = state.people.get(actor.person or "")
    if actor.role is Role.PROJECTOR or me is None:
        raise Refused(Code.FORBIDDEN, "Only people who joined can do that.")
    if me.removed:
        raise Refused(Code.REMOVED, "The facilitator has removed you.")
    actor = Actor(me.id, me.role)
    if state.step.step is StepKind.CLOSE and not (actor.facilitates and command.do in AJAR):
        raise Refused(Code.CLOSED, "The workshop is closed and read-only.")
    _unmuted(me, command)
    return actor


def _unmuted(person: Person, command: c.Command) -> None:
    """[MUTE1] Refuse whatever is writing to whoever is muted."""
    is_writing = command.do != "note.react" and command.do.partition(".")[0] in WRITTEN
    if person.muted and (is_writing or command.do == "person.rename"):
        raise Refused(Code.MUTED, "The facilitator has paused your writing.")
