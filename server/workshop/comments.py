"""What people say to a note: comments, and a plain "me too"."""

from collections.abc import Iterator, Sequence

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import CommentAdd, CommentDrop, CommentEdit, NoteReact
from protocol.records import Comment, Reaction

from . import find
from .access import open_note
from .actor import Actor
from .fold import key_of
from .refused import Refused
from .state import State


def add(state: State, actor: Actor, command: CommentAdd, now: int) -> tuple[Change, ...]:
    """[COMMENT1] [COMMENT2] [SOFT2] Say something to a note that one may read."""
    note = open_note(state, actor, command.note)
    if note.binned:
        raise Refused(Code.NOT_FOUND, "This note is in the bin.")
    find.fresh(state, "comment", command.id)
    find.room_for(state.comments, limits.COMMENTS, "comments")
    nameless = command.anonymous or note.anonymous or state.step.anonymous
    fields = command.model_dump(exclude={"do", "anonymous"})
    return (Put(record=Comment(**fields, by=actor.person, at=now, anonymous=nameless)),)


def edit(state: State, actor: Actor, command: CommentEdit, _now: int) -> tuple[Change, ...]:
    """[COMMENT1] One's own."""
    comment = find.comment(state, command.id)
    if comment.by is None or comment.by != actor.person:
        raise Refused(Code.FORBIDDEN, "This is somebody else's.")
    open_note(state, actor, comment.note)
    return find.patch(comment, text=command.text)


def drop(state: State, actor: Actor, command: CommentDrop, _now: int) -> tuple[Change, ...]:
    """[COMMENT1] One's own; facilitators any."""
    comment = find.comment(state, command.id)
    actor.must_be(comment.by)
    open_note(state, actor, comment.note)
    return (find.drop(comment),)


def react(state: State, actor: Actor, command: NoteReact, _now: int) -> tuple[Change, ...]:
    """[REACT1] Once per person and note."""
    person = find.person(state, actor.person or "").id
    note = open_note(state, actor, command.id)
    had = state.reactions.get(reaction_id(note.id, person))
    if command.on == (had is not None):
        return ()
    if had:
        return (find.drop(had), *find.patch(note, reactions=note.reactions - 1))
    if note.binned:
        raise Refused(Code.NOT_FOUND, "This note is in the bin.")
    find.room_for(state.reactions, limits.REACTIONS, "reactions")
    mine = Reaction(id=reaction_id(note.id, person), note=note.id, person=person)
    return (Put(record=mine), *find.patch(note, reactions=note.reactions + 1))


def reaction_id(note: str, person: str) -> str:
    """The place of a reaction."""
    return f"{note}.{person}"


def reacted(state: State, made: Sequence[Change]) -> Iterator[Change]:
    """[HEAL4] The counts of the notes whose reactions these changes touched."""
    touched = (key_of(change)[1].partition(".")[0] for change in made if key_of(change)[0] == "reaction")
    for id_ in dict.fromkeys(touched):
        if id_ in state.notes:
            count = sum(reaction.note == id_ for reaction in state.reactions.values())
            yield from find.patch(state.notes[id_], reactions=count)
