"""Notes: written, merged, moved, tagged, binned and brought back. No text is ever lost."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import NoteAdd, NoteBin, NoteEdit, NoteMove, NoteRestore, NoteSettle, NoteTag
from protocol.records import Note, Step, StepKind

from . import find
from .actor import Actor
from .merge import merge
from .refused import Refused
from .state import State


def add(state: State, actor: Actor, command: NoteAdd, now: int) -> tuple[Change, ...]:
    """[NOTE1] [NOTE3] A new note; late where its writing step is over."""
    _place(state, actor, command.board, command.section)
    find.fresh(state, "note", command.id)
    find.room_for(state.notes, limits.NOTES, "notes")
    step = writing_step(state)
    late = step.id != state.step.id
    fields = command.model_dump(exclude={"do"})
    note = Note(**fields, by=actor.person, at=now, step=step.id, anonymous=step.anonymous, late=late)
    return (Put(record=note),)


def edit(state: State, actor: Actor, command: NoteEdit, _now: int) -> tuple[Change, ...]:
    """[NOTE4] [NOTE5] [NOTE6] Change the text; what came between is merged, what clashes is kept beside."""
    note = _open(state, actor, command.id)
    if command.rev > note.rev:
        raise Refused(Code.STALE, "That version of the note is not here.")
    base = note.text if command.rev == note.rev else command.base
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
    note = _open(state, actor, command.id)
    if command.rev != note.rev:
        raise Refused(Code.STALE, "The note changed since you looked.")
    if command.text == note.text and not note.siblings:
        return ()
    return find.patch(note, text=command.text, siblings=[], rev=note.rev + 1)


def move(state: State, actor: Actor, command: NoteMove, _now: int) -> tuple[Change, ...]:
    """[NOTE1] To another place, section or board."""
    note = _open(state, actor, command.id)
    _place(state, actor, command.board, command.section)
    return find.patch(note, board=command.board, section=command.section, rank=command.rank)


def tag(state: State, actor: Actor, command: NoteTag, _now: int) -> tuple[Change, ...]:
    """[NOTE11] Exactly these lenses."""
    note = _open(state, actor, command.id)
    lenses = list(dict.fromkeys(command.lenses))
    if any(state.get("lens", lens) is None for lens in lenses):
        raise Refused(Code.NOT_FOUND, "There is no such lens.")
    return find.patch(note, lenses=lenses)


def bin_(state: State, actor: Actor, command: NoteBin, _now: int) -> tuple[Change, ...]:
    """[NOTE8] Into the bin, where it keeps all it has."""
    note = _open(state, actor, command.id)
    dark = find.patch(state.workshop, spotlight=None) if state.workshop.spotlight == note.id else ()
    return (*find.patch(note, binned=True), *dark)


def restore(state: State, actor: Actor, command: NoteRestore, _now: int) -> tuple[Change, ...]:
    """[NOTE8] Out of the bin, as it was."""
    return find.patch(_open(state, actor, command.id), binned=False)


def is_sealed(state: State, note: Note) -> bool:
    """Whether only its author may read it yet ([SEE2])."""
    step = state.steps[note.step]
    return step.private and not step.revealed


def writing_step(state: State) -> Step:
    """The step a new note belongs to: the current one if it is for writing, else the last that has notes."""
    current = state.step
    if current.step is StepKind.WRITE:
        return current
    written = [step for step in state.steps.values() if step.step is StepKind.WRITE and state.notes_in[step.id]]
    return max(written, key=lambda step: (step.rank, step.id), default=current)


def _place(state: State, actor: Actor, board: str, section: str) -> None:
    locked = find.board(state, board).locked
    if state.get("section", section) is None:
        raise Refused(Code.NOT_FOUND, "There is no such section.")
    if locked and not actor.facilitates:
        raise Refused(Code.LOCKED, "The facilitator has locked this board.")


def _open(state: State, actor: Actor, id_: str) -> Note:
    """The note, if this person may touch it ([NOTE2] [NOTE9])."""
    note = find.note(state, id_)
    if is_sealed(state, note) and note.by != actor.person:
        raise Refused(Code.FORBIDDEN, "This note is still sealed.")
    if state.boards[note.board].locked and not actor.facilitates:
        raise Refused(Code.LOCKED, "The facilitator has locked this board.")
    return note
