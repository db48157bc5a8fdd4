"""The briefing paper that all write together: begun from the boards, changed by many at once, merged without loss."""

from collections.abc import Iterator, Sequence

from protocol import limits
from protocol.base import Role
from protocol.changes import Change, Drop, Put
from protocol.codes import Code
from protocol.commands import PaperBegin, PaperEdit, PaperSet
from protocol.records import Paper, Update
from protocol.version import FORM

from . import find, merging
from .actor import Actor
from .refused import Refused
from .shelf import Unready
from .state import State
from .yjs import Malformed

ID = "paper"


def begin(state: State, actor: Actor, command: PaperBegin, now: int) -> tuple[Change, ...]:
    """[PAPER1] Once; by the server, which makes it from what everybody may see."""
    actor.must_be_system("A paper is begun over HTTP.")
    if state.paper is not None:
        raise Refused(Code.EXISTS, "The paper has begun already.")
    paper = Paper(id=ID, base=command.base, target=command.target, by=command.by, at=now)
    return (Put(record=paper), *find.patch(state.workshop, paper=now, paper_form=FORM))


def set_(state: State, actor: Actor, command: PaperSet, _now: int) -> tuple[Change, ...]:
    """How long it should be."""
    actor.must_facilitate()
    return find.patch(find.paper(state), target=command.target)


def edit(state: State, actor: Actor, command: PaperEdit, now: int) -> tuple[Change, ...]:
    """[PAPER3] [PAPER5] What somebody wrote; what it builds on and has not come, it waits for."""
    paper = find.paper(state)
    find.fresh(state, "update", command.id)
    updates = sorted(state.updates.values(), key=lambda update: update.n)
    _room_for(paper, updates, command)
    n = updates[-1].n + 1 if updates else 1
    update = Update(id=command.id, n=n, data=command.data, by=actor.person, at=now)
    ready = [each for each in updates if not each.held]
    newer: tuple[Change, ...] = ()
    try:
        newer = _of_its_form(state, command)
        merging.shelf(paper, [*ready, update])
        _in_own_name(state, paper, ready, update)
    except Malformed as error:
        raise Refused(Code.INVALID, f"This is no change of the paper: {error}.") from error
    except Unready:
        find.room_for([each for each in updates if each.held], limits.HELD, "changes that wait for others")
        return (*newer, Put(record=update.model_copy(update={"held": True})))
    came = list(_came(state, paper, [*ready, update], [each for each in updates if each.held]))
    return (*newer, *(_folded(paper, [*ready, update], came) or (Put(record=update), *came)))


def _of_its_form(state: State, command: PaperEdit) -> tuple[Change, ...]:
    """[FORM1] [FORM3] [FORM5] The paper is of the newest form in which anybody wrote.

    Raises `Malformed`, and `Refused` for who writes in an older one and takes out what others wrote.
    """
    form = state.workshop.paper_form
    if form > FORM:
        raise Refused(Code.BUSY, "The paper is newer than this server; what you wrote waits for the next.")
    change = merging.understood(command.data)
    if command.form < form and any(client not in change.pieces for client, *_ in change.deleted):
        raise Refused(Code.VERSION, "This app is older than the paper, and would take out what it does not know.")
    return find.patch(state.workshop, paper_form=max(form, min(command.form, FORM)))


def _room_for(paper: Paper, updates: Sequence[Update], command: PaperEdit) -> None:
    """[PAPER4] Refuse what would make the paper too large."""
    find.room_for(updates, limits.UPDATES, "changes of the paper")
    held = sum(len(update.data) for update in updates) + len(paper.base) + len(command.data)
    if held * 3 // 4 > limits.PAPER_BYTES:
        raise Refused(Code.TOO_MANY, "The paper is full.")


def _in_own_name(state: State, paper: Paper, ready: Sequence[Update], update: Update) -> None:
    """[PAPER18] Raises `Malformed` for a suggestion of somebody else that is not in the paper yet.

    Who writes amid another's suggestion names it again, and who takes a decision back brings it back: hence those
    that are there, and whoever facilitates.
    """
    person = state.people.get(update.by or "")
    if person is not None and person.role is Role.FACILITATOR:
        return
    new = merging.understood(update.data).suggestions - merging.shelf(paper, ready).suggestions
    if any(by != update.by for by, _ in new):
        raise Malformed("a suggestion in another's name")


def _came(state: State, paper: Paper, ready: list[Update], held: Sequence[Update]) -> Iterator[Change]:
    """[PAPER5] Of those that waited: what they build on is there now; or it turns out that they do not fit."""
    n = ready[-1].n
    waiting = list(held)
    while waiting:
        left = []
        for update in waiting:
            try:
                merging.shelf(paper, [*ready, update])
                _in_own_name(state, paper, ready, update)
            except Unready:
                left.append(update)
            except Malformed:
                yield find.drop(update)
            else:
                n += 1
                ready.append(update.model_copy(update={"held": False, "n": n}))
                yield from find.patch(update, held=False, n=n)
        if len(left) == len(waiting):
            return
        waiting = left


def _folded(paper: Paper, ready: Sequence[Update], came: Sequence[Change]) -> tuple[Change, ...]:
    """[PAPER6] From time to time the base takes them in, so that whoever comes gets little; nothing: not yet."""
    if came or not merging.is_due(paper, ready):
        return ()
    base = merging.folded(paper, ready)
    drops = [Drop(kind="update", id=update.id) for update in ready[:-1]]
    return (*find.patch(paper, base=base, folded=paper.folded + len(ready)), *drops)
