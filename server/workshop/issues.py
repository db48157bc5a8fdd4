"""Issues: what the room finds tough, and which of them become boards."""

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import IssueAdd, IssueAdmit, IssueAside, IssueChoose, IssueDrop, IssueEdit, IssueMerge
from protocol.records import Board, Issue, Person, StepKind

from . import caps, contributions, find, votes
from .access import is_held, told
from .actor import Actor
from .ranks import rank
from .refused import Refused
from .spotlight import put_out
from .state import State

OPEN = {StepKind.PROPOSE, StepKind.CHOOSE}


def add(state: State, actor: Actor, command: IssueAdd, now: int) -> tuple[Change, ...]:
    """[ISSUE1] [CAP3] Propose one."""
    if state.step.step not in OPEN and not actor.facilitates:
        raise Refused(Code.NOT_NOW, "Issues are proposed while that is the step.")
    caps.issue(state, actor)
    find.fresh(state, "issue", command.id)
    find.room_for(state.issues, limits.ISSUES, "issues")
    waits = caps.proposing_step(state).moderated and not actor.facilitates
    return (Put(record=Issue(**command.model_dump(exclude={"do"}), by=actor.person, at=now, waits=waits)),)


def edit(state: State, actor: Actor, command: IssueEdit, _now: int) -> tuple[Change, ...]:
    """[ISSUE2] [ISSUE3] Change it, from the version seen."""
    issue = find.issue(state, command.id)
    told(state, actor, issue, "issue")
    actor.must_be(issue.by)
    if command.rev > issue.rev:
        raise Refused(Code.INVALID, "There is no such version yet.")
    if command.rev < issue.rev:
        raise Refused(Code.STALE, "The issue changed since you looked.")
    if not find.patch(issue, title=command.title, detail=command.detail):
        return ()
    board = state.boards.get(issue.id)
    above = find.patch(board, title=command.title) if board else ()
    return (*find.patch(issue, title=command.title, detail=command.detail, rev=issue.rev + 1), *above)


def drop(state: State, actor: Actor, command: IssueDrop, _now: int) -> tuple[Change, ...]:
    """[ISSUE2] [ISSUE5] Withdraw it, and with it the dots on it."""
    issue = find.issue(state, command.id)
    told(state, actor, issue, "issue")
    actor.must_be(issue.by)
    _no_board(state, issue.id)
    merged = [other for other in state.issues.values() if other.merged == issue.id]
    freed = [change for other in merged for change in find.patch(other, merged=None)]
    given = contributions.gone_with(state, issue.id)
    return (*votes.cleared(state, issue.id), *freed, *given, find.drop(issue))


def merge(state: State, actor: Actor, command: IssueMerge, _now: int) -> tuple[Change, ...]:
    """[ISSUE4] [GIVE4] Two issues say the same: dots, links, files and what was merged before move along."""
    actor.must_facilitate()
    issue, into = find.issue(state, command.id), find.issue(state, command.into)
    if issue.id == into.id or issue.merged or into.merged:
        raise Refused(Code.INVALID, "An issue merges into another one that stands for itself.")
    _let_through(issue, into)
    _no_board(state, issue.id)
    earlier = [other for other in state.issues.values() if other.merged == issue.id]
    moved = [change for other in (issue, *earlier) for change in find.patch(other, merged=into.id)]
    given = contributions.carried(state, issue.id, into.id)
    return (*moved, *given, *votes.carried(state, issue.id, into.id))


def choose(state: State, actor: Actor, command: IssueChoose, _now: int) -> tuple[Change, ...]:
    """[ISSUE6] Exactly these issues have boards."""
    actor.must_facilitate()
    chosen = [find.issue(state, id_) for id_ in dict.fromkeys(command.ids)]
    if any(issue.merged for issue in chosen):
        raise Refused(Code.INVALID, "A merged issue cannot be chosen; choose the one that took it in.")
    _let_through(*chosen)
    wanted = {issue.id for issue in chosen}
    leaving = [board for board in state.boards.values() if board.id not in wanted]
    if any(state.notes_on[board.id] for board in leaving):
        raise Refused(Code.NOT_EMPTY, "A board that is not chosen any more still holds notes.")
    opened = [change for place, issue in enumerate(chosen) for change in _opened(state, place, issue)]
    return (*opened, *(change for board in leaving for change in _closed(state, board)))


def admit(state: State, actor: Actor, command: IssueAdmit, _now: int) -> tuple[Change, ...]:
    """[MOD2] Let issues through that wait."""
    actor.must_facilitate()
    issues = (state.issues.get(id_) for id_ in dict.fromkeys(command.ids))
    waiting = (issue for issue in issues if issue is not None and issue.waits and not issue.aside)
    return tuple(change for issue in waiting for change in find.patch(issue, waits=False))


def aside(state: State, actor: Actor, command: IssueAside, _now: int) -> tuple[Change, ...]:
    """[ASIDE2] [ASIDE4] Out of sight, with its dots given back; or back, with those that are still free."""
    actor.must_facilitate()
    issue = find.issue(state, command.id)
    if issue.merged:
        raise Refused(Code.NOT_FOUND, "This issue was merged into another.")
    _no_board(state, issue.id)
    back = votes.returned(state, issue.id, StepKind.CHOOSE) if issue.aside and not command.on else ()
    return (*find.patch(issue, aside=command.on), *back)


def _let_through(*issues: Issue) -> None:
    """[MOD1] What is held back is not chosen, nor merged."""
    if any(is_held(issue) for issue in issues):
        raise Refused(Code.NOT_NOW, "Let the issue through first, or bring it back.")


def _opened(state: State, place: int, issue: Issue) -> tuple[Change, ...]:
    board = state.boards.get(issue.id)
    if board:
        return find.patch(board, rank=rank(place))
    return (Put(record=Board(id=issue.id, rank=rank(place), title=issue.title)),)


def _closed(state: State, board: Board) -> tuple[Change, ...]:
    freed = tuple(change for person in state.people.values() for change in _freed(person, board.id))
    return (*freed, *put_out(state, board.id), find.drop(board))


def _freed(person: Person, board: str) -> tuple[Change, ...]:
    bound = {name: None for name in ("board", "leads") if getattr(person, name) == board}
    return find.patch(person, **bound) if bound else ()


def _no_board(state: State, issue: str) -> None:
    if issue in state.boards:
        raise Refused(Code.NOT_EMPTY, "This issue has a board.")
