"""Notes: written, merged, moved, tagged, coloured, binned and brought back. No text is ever lost."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import (
    NoteAdd,
    NoteAdmit,
    NoteAside,
    NoteBin,
    NoteColour,
    NoteEdit,
    NoteMove,
    NoteRestore,
    NoteSettle,
    NoteTag,
)
from protocol.records import Note, Step, StepKind

from . import caps, find, votes
from .access import open_note, placeable, unchanged
from .actor import Actor
from .merge import merge
from .refused import Refused
from .spotlight import put_out
from .stacks import joined, left
from .state import State


def add(state: State, actor: Actor, command: NoteAdd, now: int) -> tuple[Change, ...]:
    """[NOTE1] [NOTE3] [SOFT1] [SOFT4] [CAP1] A new note; late where its writing step is over."""
    placeable(state, actor, command.board, command.section)
    find.fresh_item(state, command.id)
    find.room_for(state.notes, limits.NOTES, "notes")
    step = _meant(state, command.step) if command.step else writing_step(state)
    if command.private and not (step.private or step.revealed):
        raise Refused(Code.OPEN_NOW, "This was written face down; by now everybody would read it.")
    caps.note(state, actor, step, actor.person)
    late = step.id != state.step.id
    waits = step.moderated and not actor.facilitates
    fields = command.model_dump(exclude={"do", "step", "private", "anonymous"})
    anonymous = step.anonymous or command.anonymous
    note = Note(**fields, by=actor.person, at=now, step=step.id, anonymous=anonymous, late=late, waits=waits)
    return (Put(record=note),)


def edit(state: State, actor: Actor, command: NoteEdit, _now: int) -> tuple[Change, ...]:
    """[NOTE4] [NOTE5] [NOTE6] Change the text; what came between is merged, what clashes is kept beside."""
    note = open_note(state, actor, command.id)
    if command.exact and command.base != note.text:
        raise Refused(Code.STALE, "The note changed since you looked.")
    if command.rev > note.rev and not command.exact:
        raise Refused(Code.STALE, "That version of the note is not here.")
    base = note.text if command.exact or command.rev == note.rev else command.base
    merged = merge(base, note.text, command.text)
    if merged is not None:
        return find.patch(note, text=merged, rev=note.rev + 1) if merged != note.text else ()
    if command.text in note.siblings:
        return ()
    if len(note.siblings) >= limits.SIBLINGS:
        raise Refused(Code.TOO_MANY, "This note has too many open versions; settle them first.")
    return find.patch(note, siblings=[*note.siblings, command.text], rev=note.rev + 1)


def settle(state: State, actor: Actor, command: NoteSettle, _now: int) -> tuple[Change, ...]:
    """[NOTE7] One text stands."""
    note = open_note(state, actor, command.id)
    if command.rev != note.rev:
        raise Refused(Code.STALE, "The note changed since you looked.")
    if command.text == note.text and not note.siblings:
        return ()
    return find.patch(note, text=command.text, siblings=[], rev=note.rev + 1)


def move(state: State, actor: Actor, command: NoteMove, _now: int) -> tuple[Change, ...]:
    """[NOTE1] [STACK3] To another place, section or board; into a stack, or out of one."""
    note = open_note(state, actor, command.id)
    unchanged(note, command.was)
    if command.stack is None:
        placeable(state, actor, command.board, command.section)
        board, section = command.board, command.section
    else:
        stack = joined(state, actor, note, command.stack)
        board, section = stack.board, stack.section
    gone = left(state, note) if note.stack not in {None, command.stack} else ()
    return (*find.patch(note, board=board, section=section, rank=command.rank, stack=command.stack), *gone)


def tag(state: State, actor: Actor, command: NoteTag, _now: int) -> tuple[Change, ...]:
    """[NOTE11] Exactly these lenses."""
    note = open_note(state, actor, command.id)
    unchanged(note, command.was)
    lenses = list(dict.fromkeys(command.lenses))
    if any(state.get("lens", lens) is None for lens in lenses):
        raise Refused(Code.NOT_FOUND, "There is no such lens.")
    return find.patch(note, lenses=lenses)


def colour(state: State, actor: Actor, command: NoteColour, _now: int) -> tuple[Change, ...]:
    """[NOTE13] A colour of its own, or its section's again."""
    note = open_note(state, actor, command.id)
    unchanged(note, command.was)
    return find.patch(note, colour=command.colour)


def bin_(state: State, actor: Actor, command: NoteBin, now: int) -> tuple[Change, ...]:
    """[NOTE8] Into the bin, where it keeps all it has but its stack."""
    note = open_note(state, actor, command.id)
    unchanged(note, command.was)
    given = state.comments_on.get(note.id) or state.contributed_to("note", note.id)
    if command.new and (note.stack or note.reactions or given or note.lenses or note.siblings):
        raise Refused(Code.STALE, "Somebody did something to this note since.")
    return () if note.binned else _taken_off(state, note, binned=True, binned_at=now)


def restore(state: State, actor: Actor, command: NoteRestore, _now: int) -> tuple[Change, ...]:
    """[NOTE8] [CAP2] Out of the bin, as it was."""
    note = open_note(state, actor, command.id)
    unchanged(note, command.was)
    if note.binned and not note.aside:
        caps.note(state, actor, state.steps[note.step], note.by)
    return find.patch(note, binned=False, binned_at=0)


def admit(state: State, actor: Actor, command: NoteAdmit, _now: int) -> tuple[Change, ...]:
    """[MOD2] Let notes through that wait."""
    actor.must_facilitate()
    notes = (state.notes.get(id_) for id_ in dict.fromkeys(command.ids))
    waiting = [note.id for note in notes if note is not None and note.waits and not note.aside]
    return tuple(change for id_ in waiting for change in find.patch(open_note(state, actor, id_), waits=False))


def aside(state: State, actor: Actor, command: NoteAside, _now: int) -> tuple[Change, ...]:
    """[ASIDE1] [ASIDE2] Off the wall, with its dots given back; or on it again, with those that are still free."""
    actor.must_facilitate()
    note = open_note(state, actor, command.id)
    unchanged(note, command.was)
    if note.aside == command.on:
        return ()
    if command.on:
        return _taken_off(state, note, aside=True)
    return (*find.patch(note, aside=False), *votes.returned(state, note.id, StepKind.VOTE))


def _taken_off(state: State, note: Note, **how: object) -> tuple[Change, ...]:
    """The changes that take a note off the wall: out of its stack, and out of the spotlight."""
    gone = left(state, note) if note.stack else ()
    return (*find.patch(note, **how, stack=None), *put_out(state, note.id), *gone)


def _meant(state: State, step: str) -> Step:
    """[SOFT1] The writing step that the author had before them."""
    meant = state.steps.get(step)
    if meant is None or meant.step is not StepKind.WRITE:
        raise Refused(Code.NOT_FOUND, "The step that this was written in is gone.")
    return meant


def writing_step(state: State) -> Step:
    """The step a new note belongs to: the current one if it is for writing, else the last that has notes."""
    current = state.step
    if current.step is StepKind.WRITE:
        return current
    written = [step for step in state.steps.values() if step.step is StepKind.WRITE and state.notes_in[step.id]]
    return max(written, key=lambda step: (step.rank, step.id), default=current)
