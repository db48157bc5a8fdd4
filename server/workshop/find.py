"""Looking things up for a command: what is not there is refused, what is there once is enough."""

from collections.abc import Sized
from typing import TypeVar

from protocol.changes import Drop, Patch
from protocol.codes import Code
from protocol.records import Activity, Board, Comment, Contribution, Issue, Note, Paper, Person, Record, Stack, Step

from .refused import Refused
from .state import State

R = TypeVar("R", bound=Record)


def _found(record: R | None, what: str) -> R:
    if record is None:
        raise Refused(Code.NOT_FOUND, f"There is no such {what} (any more).")
    return record


def paper(state: State) -> Paper:
    """The paper, or `not_found`."""
    return _found(state.paper, "paper")


def step(state: State, id_: str) -> Step:
    """The step, or `not_found`."""
    return _found(state.steps.get(id_), "step")


def person(state: State, id_: str) -> Person:
    """The person, or `not_found`."""
    return _found(state.people.get(id_), "person")


def present(state: State, id_: str) -> Person:
    """The person who was not put out, or `not_found`."""
    found = person(state, id_)
    return _found(None if found.removed else found, "person")


def issue(state: State, id_: str) -> Issue:
    """The issue, or `not_found`."""
    return _found(state.issues.get(id_), "issue")


def board(state: State, id_: str) -> Board:
    """The board, or `not_found`."""
    return _found(state.boards.get(id_), "board")


def note(state: State, id_: str) -> Note:
    """The note, or `not_found`."""
    return _found(state.notes.get(id_), "note")


def stack(state: State, id_: str) -> Stack:
    """The stack, or `not_found`."""
    return _found(state.stacks.get(id_), "stack")


def comment(state: State, id_: str) -> Comment:
    """The comment, or `not_found`."""
    return _found(state.comments.get(id_), "comment")


def contribution(state: State, id_: str) -> Contribution:
    """The link or file, or `not_found`."""
    return _found(state.contributions.get(id_), "contribution")


def activity(state: State, id_: str) -> Activity:
    """The activity, or `not_found`."""
    return _found(state.activities.get(id_), "activity")


def fresh_item(state: State, id_: str) -> None:
    """Refuse an id that a note or a stack has: a dot goes on either ([NOTE12] [STACK7])."""
    fresh(state, "note", id_)
    fresh(state, "stack", id_)


def fresh(state: State, kind: str, id_: str) -> None:
    """Refuse an id that is taken ([NOTE12])."""
    if state.get(kind, id_) is not None:
        raise Refused(Code.EXISTS, f"There is a {kind} with that id already.")


def room_for(what: Sized, most: int, name: str, code: Code = Code.TOO_MANY) -> None:
    """Refuse one more than a workshop holds ([LIMIT5])."""
    if len(what) >= most:
        raise Refused(code, f"A workshop holds at most {most} {name}.")


def patch(record: Record, **fields: object) -> tuple[Patch, ...]:
    """The change that gives these fields these (JSON-able) values; none where they have them."""
    plain = record.model_dump(mode="json", include=set(fields))
    news = {name: value for name, value in fields.items() if plain[name] != value}
    return (Patch(kind=record.kind, id=record.id, set=news),) if news else ()


def drop(record: Record) -> Drop:
    """The change that removes a record."""
    return Drop(kind=record.kind, id=record.id)
