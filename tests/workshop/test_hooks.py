"""Another program that is told of what happens."""

import pytest

from protocol import commands as c
from protocol.base import Role
from protocol.codes import Code
from protocol.hook import Attempt, Hook
from server.workshop.actor import SYSTEM
from server.workshop.hooks import PAUSES
from server.workshop.seen_by import Viewer, seen
from tests.workshop.world import ANN, FAY, NOW, World

ADDRESS = "https://example.org/hook?key=secret"


def hooked() -> World:
    world = World()
    world.do(SYSTEM, c.HookSet(address=ADDRESS))
    return world


def hook(world: World) -> Hook:
    assert world.state.hook
    return world.state.hook


def go(world: World, step: str) -> None:
    world.do(FAY, c.StepGo(step=step, current=world.state.step.id))


def told(world: World, n: int, status: int | None = 204) -> None:
    arrived = status is not None and status < 300
    world.do(SYSTEM, c.HookTold(attempt=Attempt(n=n, at=NOW, arrived=arrived, status=status)))


def test_what_happens_waits_to_be_told() -> None:
    """[HOOK2] Other steps and the closing, in order; not the same step again; and only where somebody is told."""
    world = World()
    go(world, "open")
    assert world.state.hook is None
    world.do(SYSTEM, c.HookSet(address=ADDRESS))
    for step in ("vote", "vote", "close", "open"):
        go(world, step)
    assert [(one.n, one.what, one.step) for one in hook(world).waiting] == [
        (1, "step.changed", "vote"),
        (2, "workshop.closed", "close"),
        (3, "step.changed", "open"),
    ]
    world.do(SYSTEM, c.HookSet(address=None))
    assert hook(world).waiting == ()
    go(world, "vote")
    assert hook(world).waiting == ()


def test_one_takes_its_turn() -> None:
    """[HOOK5] The second to ask is late; when it is due again, whoever asks first has it."""
    world = hooked()
    go(world, "vote")
    world.do(SYSTEM, c.HookTry(n=1, tries=0))
    assert world.refusal(SYSTEM, c.HookTry(n=1, tries=0)) is Code.STALE
    assert world.refusal(SYSTEM, c.HookTry(n=1, tries=1)) is Code.STALE
    assert world.refusal(SYSTEM, c.HookTry(n=2, tries=0)) is Code.STALE
    told(world, 1)
    assert hook(world).waiting == ()
    assert world.refusal(SYSTEM, c.HookTold(attempt=Attempt(n=1, at=NOW, arrived=True))) is Code.STALE


def test_it_is_tried_again_and_in_the_end_given_up() -> None:
    """[HOOK4] At growing distances, about a day in all; with 410 at once."""
    world = hooked()
    for step in ("vote", "open"):
        go(world, step)
    for tries in range(len(PAUSES) + 1):
        world.now = max(world.now, hook(world).due)
        world.do(SYSTEM, c.HookTry(n=1, tries=tries))
        assert hook(world).due == world.now + PAUSES[min(tries, len(PAUSES) - 1)]
        assert [one.n for one in hook(world).waiting] == [1, 2]
        told(world, 1, 500)
    assert hook(world).waiting == ()
    assert 20 < sum(PAUSES) / 3_600_000 < 28
    go(world, "vote")
    world.do(SYSTEM, c.HookTry(n=3, tries=0))
    told(world, 3, 410)
    assert hook(world).waiting == ()


def test_a_test_hastens_what_waits() -> None:
    """[HOOK7]."""
    world = hooked()
    go(world, "vote")
    world.do(SYSTEM, c.HookTry(n=1, tries=0))
    told(world, 1, None)
    world.do(SYSTEM, c.HookTest())
    assert (hook(world).tries, hook(world).due) == (0, 0)
    assert [one.what for one in hook(world).waiting] == ["step.changed", "test"]


def test_another_address_gets_nothing_of_what_waits() -> None:
    """[HOOK3] A new secret does."""
    world = hooked()
    go(world, "vote")
    world.do(SYSTEM, c.HookSet(address=ADDRESS, renew=True))
    assert (hook(world).number, len(hook(world).waiting)) == (2, 1)
    world.do(SYSTEM, c.HookSet(address="https://other.example/"))
    assert (hook(world).number, hook(world).waiting) == (2, ())


def test_of_too_many_the_oldest_goes() -> None:
    """[HOOK2] [LIMIT5]."""
    world = hooked()
    for _ in range(51):
        go(world, "vote")
        go(world, "open")
    assert [one.n for one in hook(world).waiting] == list(range(3, 103))


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.PARTICIPANT, Role.PROJECTOR])
def test_nobody_is_sent_the_address(role: Role) -> None:
    """[HOOK3] [SEE1] Facilitators are told that there is one."""
    world = hooked()
    found = [record for record in seen(world.state, Viewer(role)) if isinstance(record, Hook)]
    assert [(one.address, one.on) for one in found] == ([("", True)] if role is Role.FACILITATOR else [])


def test_it_is_the_servers_alone() -> None:
    """[HOOK1] [ROLE1]."""
    world = hooked()
    for actor in (FAY, ANN):
        for command in (c.HookSet(address=None), c.HookTest(), c.HookTry(n=1, tries=0)):
            assert world.refusal(actor, command) is Code.FORBIDDEN
