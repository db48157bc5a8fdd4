"""Another program that is told of what happens: what waits to be told, whose turn it is to tell it, and when again.

Who tells is decided in the log, so it is one instance only, and one that dies leaves what it had to the others.
"""

from typing import Final

from protocol import limits
from protocol.changes import Change, Put
from protocol.codes import Code
from protocol.commands import HookSet, HookTest, HookTold, HookTry
from protocol.hook import Happening, Hook
from protocol.records import Step, StepKind

from . import find
from .actor import Actor
from .refused import Refused
from .state import State

ID: Final = "hook"
MINUTE: Final = 60_000
PAUSES: Final = tuple(minutes * MINUTE for minutes in (0.5, 1, 5, 15, 60, 180, 360, 720))
"""After each try that failed, the time until the next (ms): about a day in all ([HOOK4])."""
FINAL: Final = frozenset({410})
"""Answers that say: never again."""


def set_(state: State, actor: Actor, command: HookSet, _now: int) -> tuple[Change, ...]:
    """[HOOK1] [HOOK3] What waits is not for the new address: it is of what was to be told to the old one."""
    actor.must_be_system("Webhooks are set over HTTP.")
    hook = state.hook
    if command.address is None:
        return find.patch(hook, address="", waiting=[], tries=0, due=0) if hook else ()
    if hook is None:
        return (Put(record=Hook(id=ID, address=command.address)),)
    number = hook.number + (1 if command.renew else 0)
    if command.address == hook.address:
        return find.patch(hook, number=number)
    return find.patch(hook, address=command.address, number=number, waiting=[], tries=0, due=0, last=None)


def test(state: State, actor: Actor, _command: HookTest, now: int) -> tuple[Change, ...]:
    """[HOOK7] What waits is tried again with it, at once."""
    actor.must_be_system("Webhooks are tried over HTTP.")
    hook = _on(state)
    return find.patch(hook, tries=0, due=0, **_waiting(hook, "test", state.step, now))


def tell(state: State, step: Step, now: int) -> tuple[Change, ...]:
    """[HOOK2] The workshop goes to this step; nothing where nobody is to be told."""
    hook = state.hook
    if hook is None or not hook.address:
        return ()
    what = "workshop.closed" if step.step is StepKind.CLOSE else "step.changed"
    return find.patch(hook, **_waiting(hook, what, step, now))


def try_(state: State, actor: Actor, command: HookTry, now: int) -> tuple[Change, ...]:
    """[HOOK5] Only one gets this through; until `due` nobody else may, and then whoever lives."""
    actor.must_be_system("The server tells by itself.")
    hook = _on(state)
    if not hook.waiting or (hook.waiting[0].n, hook.tries) != (command.n, command.tries) or now < hook.due:
        raise Refused(Code.STALE, "Somebody else tells it.")
    pause = PAUSES[min(hook.tries, len(PAUSES) - 1)]
    return find.patch(hook, tries=hook.tries + 1, due=now + int(pause))


def told(state: State, actor: Actor, command: HookTold, _now: int) -> tuple[Change, ...]:
    """[HOOK4] What arrived does not wait any more; what never will is given up, with all that waits behind it."""
    actor.must_be_system("The server tells by itself.")
    hook, attempt = _on(state), command.attempt
    if not hook.waiting or hook.waiting[0].n != attempt.n:
        raise Refused(Code.STALE, "It does not wait any more.")
    last = attempt.model_dump(mode="json")
    if attempt.arrived:
        rest = [happening.model_dump(mode="json") for happening in hook.waiting[1:]]
        return find.patch(hook, waiting=rest, tries=0, due=0, last=last)
    if attempt.status in FINAL or hook.tries > len(PAUSES):
        return find.patch(hook, waiting=[], tries=0, due=0, last=last)
    return find.patch(hook, last=last)


def _on(state: State) -> Hook:
    if state.hook is None or not state.hook.address:
        raise Refused(Code.NOT_FOUND, "Nobody is told.")
    return state.hook


def _waiting(hook: Hook, what: str, step: Step, now: int) -> dict[str, object]:
    """One more; of too many the oldest goes."""
    happening = Happening.model_validate(
        {"n": hook.count + 1, "what": what, "at": now, "step": step.id, "kind": step.step.value, "title": step.title}
    )
    waiting = [*hook.waiting, happening][-limits.HOOK_WAITING :]
    return {"count": happening.n, "waiting": [each.model_dump(mode="json") for each in waiting]}
