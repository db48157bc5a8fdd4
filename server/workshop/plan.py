"""The plan: what is to be done in the months to come, by whom, and where each activity comes from."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import ActivityAdd, ActivityDrop, ActivityEdit, ActivitySet
from protocol.records import Activity

from . import find
from .access import is_held, is_sealed
from .actor import Actor
from .refused import Refused
from .state import State


def add(state: State, actor: Actor, command: ActivityAdd, now: int) -> tuple[Change, ...]:
    """[PLAN1] [PLAN3] A new activity."""
    find.fresh(state, "activity", command.id)
    find.room_for(state.activities, limits.ACTIVITIES, "activities")
    if command.issue is not None:
        find.issue(state, command.issue)
    if command.source is not None:
        _source(state, command.source)
    _within(command.start, command.length)
    return (Put(record=Activity(**command.model_dump(exclude={"do"}), by=actor.person, at=now)),)


def edit(state: State, _actor: Actor, command: ActivityEdit, _now: int) -> tuple[Change, ...]:
    """[PLAN2] Its words, from the version seen."""
    activity = find.activity(state, command.id)
    if command.rev != activity.rev:
        raise Refused(Code.STALE, "The activity changed since you looked.")
    words = command.model_dump(include={"title", "owner", "first"})
    if not find.patch(activity, **words):
        return ()
    return find.patch(activity, **words, rev=activity.rev + 1)


def set_(state: State, _actor: Actor, command: ActivitySet, _now: int) -> tuple[Change, ...]:
    """[PLAN2] [PLAN4] Its time, its standing, its issue: the last word counts."""
    activity = find.activity(state, command.id)
    fields = command.model_dump(mode="json", exclude={"do", "id"}, exclude_none=True)
    if command.issue:
        find.issue(state, command.issue)
    if command.issue == "":
        fields["issue"] = None
    _within(fields.get("start", activity.start), fields.get("length", activity.length))
    return find.patch(activity, **fields)


def drop(state: State, _actor: Actor, command: ActivityDrop, _now: int) -> tuple[Change, ...]:
    """[PLAN1] Out of the plan."""
    return (find.drop(find.activity(state, command.id)),)


def _source(state: State, id_: str) -> None:
    note = state.notes.get(id_)
    if note is None or is_held(note):
        find.stack(state, id_)
    elif is_sealed(state, note):
        raise Refused(Code.NOT_NOW, "This note is still sealed.")


def _within(start: int, length: int) -> None:
    """[PLAN4] It ends within the plan."""
    if start + length > limits.PLAN_MONTHS:
        raise Refused(Code.INVALID, f"The plan is {limits.PLAN_MONTHS} months long.")
