"""Stacks: notes that belong together, two at the least; one that would hold fewer dissolves ([STACK1])."""

from collections.abc import Collection, Iterator

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import StackMake, StackMove, StackName, StackSplit
from protocol.records import Note, Stack, StepKind

from . import find, votes
from .access import is_held, is_sealed, open_note, open_stack, placeable, unchanged
from .actor import Actor
from .refused import Refused
from .spotlight import put_out
from .state import State


def make(state: State, actor: Actor, command: StackMake, _now: int) -> tuple[Change, ...]:
    """[STACK2] Where the first of the notes lies."""
    find.fresh_item(state, command.id)
    find.room_for(state.stacks, limits.STACKS, "stacks")
    notes = [stackable(state, actor, id_) for id_ in dict.fromkeys(command.notes)]
    if len(notes) < 2:
        raise Refused(Code.INVALID, "A stack is made of two notes or more.")
    first = notes[0]
    rank = command.rank or (state.stacks[first.stack].rank if first.stack else first.rank)
    stack = Stack(id=command.id, board=first.board, section=first.section, rank=rank, title=command.title)
    place = {"board": stack.board, "section": stack.section, "stack": stack.id}
    put = [change for note in notes for change in find.patch(note, **place)]
    leaving = {note.id for note in notes}
    emptied = sorted({note.stack for note in notes if note.stack})
    gone = [change for id_ in emptied for change in _without(state, state.stacks[id_], leaving)]
    return (Put(record=stack), *put, *gone)


def name(state: State, actor: Actor, command: StackName, _now: int) -> tuple[Change, ...]:
    """[STACK6] Call it something, or nothing."""
    stack = open_stack(state, actor, command.id)
    unchanged(stack, command.was)
    return find.patch(stack, title=command.title)


def move(state: State, actor: Actor, command: StackMove, _now: int) -> tuple[Change, ...]:
    """[STACK5] To another place, section or board; its notes go along."""
    stack = open_stack(state, actor, command.id)
    unchanged(stack, command.was)
    placeable(state, actor, command.board, command.section)
    place = {"board": command.board, "section": command.section}
    along = []
    if (stack.board, stack.section) != (command.board, command.section):
        along = [c for note in notes_in(state, stack) for c in find.patch(open_note(state, actor, note.id), **place)]
    return (*find.patch(stack, **place, rank=command.rank), *along)


def split(state: State, actor: Actor, command: StackSplit, _now: int) -> tuple[Change, ...]:
    """[STACK5] Its notes lie on their own again."""
    stack = open_stack(state, actor, command.id)
    notes = notes_in(state, stack)
    freed = [c for note in notes for c in find.patch(open_note(state, actor, note.id), stack=None)]
    return (*freed, *_dissolved(state, stack, notes[0]))


def notes_in(state: State, stack: Stack) -> list[Note]:
    """The notes of a stack, in order."""
    notes = (state.notes[id_] for id_ in state.stacked.get(stack.id, ()))
    return sorted(notes, key=lambda note: (note.rank, note.id))


def stackable(state: State, actor: Actor, id_: str) -> Note:
    """[STACK4] A note that may be stacked: not sealed, not in the bin."""
    note = open_note(state, actor, id_)
    if is_sealed(state, note):
        raise Refused(Code.NOT_NOW, "Sealed notes are stacked when they have been turned over.")
    if note.binned or is_held(note):
        raise Refused(Code.NOT_FOUND, "This note is not on the wall.")
    return note


def joined(state: State, actor: Actor, note: Note, id_: str) -> Stack:
    """[STACK3] The stack that a note joins, or stays in."""
    stack = open_stack(state, actor, id_)
    if note.stack != id_:
        stackable(state, actor, note.id)
        if len(state.stacked.get(id_, ())) >= limits.STACKED:
            raise Refused(Code.TOO_MANY, f"A stack holds at most {limits.STACKED} notes.")
    return stack


def left(state: State, note: Note) -> tuple[Change, ...]:
    """[STACK1] What becomes of a stack that this note leaves."""
    return _without(state, state.stacks[note.stack or ""], {note.id})


def _without(state: State, stack: Stack, leaving: Collection[str]) -> tuple[Change, ...]:
    before = notes_in(state, stack)
    staying = [note for note in before if note.id not in leaving]
    if len(staying) > 1:
        return ()
    last = [change for note in staying for change in find.patch(note, stack=None, rank=stack.rank)]
    return (*last, *_dissolved(state, stack, (staying or before)[0]))


def _dissolved(state: State, stack: Stack, heir: Note) -> tuple[Change, ...]:
    """[STACK6] The stack goes, and its dots go to a note of it."""
    return (*votes.carried(state, stack.id, heir.id, StepKind.VOTE), *put_out(state, stack.id), find.drop(stack))


def mended(state: State) -> Iterator[Change]:
    """[HEAL4] What makes stacks sound again that two ways on from one state left with too few notes, or elsewhere."""
    for id_ in sorted(state.stacked.keys() | state.stacks.keys()):
        stack = state.stacks.get(id_)
        notes = [state.notes[note] for note in sorted(state.stacked.get(id_, ()))]
        fitting = [note for note in notes if stack and _lies_in(note, stack)]
        whole = len(fitting) > 1
        for note in notes:
            if not whole or note not in fitting:
                yield from find.patch(note, stack=None)
        if stack and not whole:
            yield from put_out(state, id_)
            yield from votes.cleared(state, id_, StepKind.VOTE)
            yield find.drop(stack)


def _lies_in(note: Note, stack: Stack) -> bool:
    return (note.board, note.section) == (stack.board, stack.section) and not note.binned and not is_held(note)
