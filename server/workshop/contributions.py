"""Contributions: links and files that people bring, to the workshop, to an issue or to a note."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import ContributionDrop, ContributionName, FileAdd, LinkAdd
from protocol.records import Contribution

from . import find
from .access import open_note, told
from .actor import Actor
from .refused import Refused
from .state import State


def add_link(state: State, actor: Actor, command: LinkAdd, now: int) -> tuple[Change, ...]:
    """[GIVE1] [GIVE2] A link, to what one may read."""
    return _added(state, actor, command, now)


def add_file(state: State, actor: Actor, command: FileAdd, now: int) -> tuple[Change, ...]:
    """[GIVE1] [FILE1] [FILE3] A file whose bytes are there; `actor` is whoever sent them."""
    if not command.size or command.size > limits.FILE_BYTES:
        raise Refused(Code.FILE_SIZE, f"A file has at most {limits.FILE_BYTES >> 20} MB.")
    if command.size + filled(state) > limits.FILES_BYTES:
        raise Refused(Code.FILE_SPACE, f"The files of a workshop come to at most {limits.FILES_BYTES >> 20} MB.")
    return _added(state, actor, command, now)


def name(state: State, actor: Actor, command: ContributionName, _now: int) -> tuple[Change, ...]:
    """[GIVE3] One's own; facilitators any."""
    return find.patch(_mine(state, actor, command.id), title=command.title)


def drop(state: State, actor: Actor, command: ContributionDrop, _now: int) -> tuple[Change, ...]:
    """[GIVE3] One's own; facilitators any."""
    return (find.drop(_mine(state, actor, command.id)),)


def filled(state: State) -> int:
    """How much all files come to, in bytes."""
    return sum(each.size for each in state.contributions.values())


def gone_with(state: State, issue: str) -> tuple[Change, ...]:
    """[GIVE4] What was brought to an issue that is withdrawn."""
    return tuple(find.drop(each) for each in state.contributed_to("issue", issue))


def carried(state: State, issue: str, into: str) -> tuple[Change, ...]:
    """[GIVE4] What was brought to an issue that another takes in."""
    moved = state.contributed_to("issue", issue)
    return tuple(change for each in moved for change in find.patch(each, issue=into))


def _added(state: State, actor: Actor, command: LinkAdd | FileAdd, now: int) -> tuple[Change, ...]:
    if command.note is not None and command.issue is not None:
        raise Refused(Code.INVALID, "It is for a note or for an issue, not for both.")
    nameless = command.anonymous or state.step.anonymous
    if command.note is not None:
        note = open_note(state, actor, command.note)
        nameless = nameless or note.anonymous
        if note.binned:
            raise Refused(Code.NOT_FOUND, "This note is in the bin.")
    if command.issue is not None:
        _open_issue(state, actor, command.issue)
    find.fresh(state, "contribution", command.id)
    find.room_for(state.contributions, limits.CONTRIBUTIONS, "links and files")
    fields = command.model_dump(exclude={"do", "anonymous", "by"})
    return (Put(record=Contribution(**fields, by=actor.person, at=now, anonymous=nameless)),)


def _mine(state: State, actor: Actor, id_: str) -> Contribution:
    found = find.contribution(state, id_)
    if found.note is not None:
        open_note(state, actor, found.note)
    if found.issue is not None:
        told(state, actor, find.issue(state, found.issue), "issue")
    actor.must_be(found.by)
    return found


def _open_issue(state: State, actor: Actor, id_: str) -> None:
    issue = find.issue(state, id_)
    told(state, actor, issue, "issue")
    if issue.merged is not None:
        raise Refused(Code.NOT_FOUND, "This issue was merged into another.")
