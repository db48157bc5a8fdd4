"""The plan: what is to be done in the months to come, by whom, and where each activity comes from."""

from collections.abc import Iterable, Sequence

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
    """[PLAN2] Those of its words that are named, from the version seen."""
    activity = find.activity(state, command.id)
    if command.rev != activity.rev:
        raise Refused(Code.STALE, "The activity changed since you looked.")
    words = command.model_dump(include={"title", "owner", "first"}, exclude_none=True)
    if not find.patch(activity, **words):
        return ()
    return find.patch(activity, **words, rev=activity.rev + 1)


def set_(state: State, _actor: Actor, command: ActivitySet, _now: int) -> tuple[Change, ...]:
    """[PLAN2] [PLAN4] Its time, its standing, its issue: the last word counts."""
    activity = find.activity(state, command.id)
    fields = command.model_dump(mode="json", exclude={"do", "id"}, exclude_none=True)
    if command.issue:
        find.issue(state, command.issue)
    if command.lens and state.get("lens", command.lens) is None:
        raise Refused(Code.NOT_FOUND, "There is no such lens.")
    fields |= {name: None for name in ("issue", "lens") if fields.get(name) == ""}
    if command.after is not None:
        fields["after"] = list(dict.fromkeys(command.after))
        _waits(state, activity, fields["after"])
    _within(fields.get("start", activity.start), fields.get("length", activity.length))
    return find.patch(activity, **fields)


def drop(state: State, _actor: Actor, command: ActivityDrop, _now: int) -> tuple[Change, ...]:
    """[PLAN1] [PLAN6] Out of the plan; what waited for it waits no more."""
    gone = find.activity(state, command.id)
    waiting = (activity for activity in state.activities.values() if gone.id in activity.after)
    freed = (find.patch(each, after=[id_ for id_ in each.after if id_ != gone.id]) for each in waiting)
    return (*(patch for patches in freed for patch in patches), find.drop(gone))


def waited_for(state: State, after: Iterable[str]) -> set[str]:
    """[PLAN6] All that must be done before: these, and by way of them others."""
    found: set[str] = set()
    ahead = list(after)
    while ahead:
        id_ = ahead.pop()
        if id_ not in found and id_ in state.activities:
            found.add(id_)
            ahead += state.activities[id_].after
    return found


def _waits(state: State, activity: Activity, after: Sequence[str]) -> None:
    """[PLAN6] For what is there, and in no circle."""
    for id_ in after:
        find.activity(state, id_)
    if activity.id in waited_for(state, after):
        raise Refused(Code.INVALID, "An activity cannot wait for itself.")


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
