"""The outbox against a server that keeps the rules of exactly-once, and against the worst of lines."""

import asyncio
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.outbox import AstrayError, Outbox, Pending, RefusedError
from protocol import limits
from protocol.base import Place
from protocol.codes import Code
from protocol.commands import PersonRename
from protocol.messages import Refused


def rename(number: int) -> PersonRename:
    return PersonRename(name=str(number), place=Place.ROOM)


def filled(outbox: Outbox, count: int) -> list[asyncio.Future[int]]:
    futures = [asyncio.get_running_loop().create_future() for _ in range(count)]
    for number, future in enumerate(futures, 1):
        outbox.add(rename(number), future)
    return futures


def sent(outbox: Outbox) -> list[tuple[int, int]]:
    """Everything that may be sent now, as (n, prev)."""
    out = []
    while pending := outbox.upcoming():
        pending.in_flight = True
        out.append((pending.n, pending.prev))
    return out


def refusal(n: int, prev: int, code: Code = Code.GAP) -> Refused:
    return Refused(n=n, prev=prev, code=code, message=code.value)


async def test_one_copy_in_flight() -> None:
    """[ONCE6] Behind a refused one nothing goes out before its own refusal has come; then all with the right `prev`."""
    outbox = Outbox()
    outbox.connected(0, 1)
    one, two, three = filled(outbox, 3)
    assert sent(outbox) == [(1, 0), (2, 1), (3, 2)]
    outbox.refused(refusal(1, 0, Code.OVER_BUDGET))
    assert sent(outbox) == []
    outbox.refused(refusal(2, 1))
    assert sent(outbox) == [(2, 0)]
    outbox.refused(refusal(2, 1))
    assert sent(outbox) == []
    outbox.refused(refusal(3, 2))
    outbox.done(2, 7)
    assert sent(outbox) == [(3, 2)]
    outbox.done(3, 8)
    outbox.saved(7)
    assert await two == 7
    assert not three.done()
    with pytest.raises(RefusedError, match="over_budget"):
        await one


async def test_the_window_is_careful_after_a_refusal() -> None:
    """[ONCE6] At most twenty; after a refusal one, and with each that is done twice as many."""
    outbox = Outbox()
    outbox.connected(0, 1)
    futures = filled(outbox, 100)
    assert len(sent(outbox)) == limits.WINDOW
    outbox.refused(refusal(1, 0, Code.FORBIDDEN))
    for n in range(2, limits.WINDOW + 1):
        outbox.refused(refusal(n, n - 1))
    assert sent(outbox) == [(2, 0)]
    outbox.done(2, 2)
    assert sent(outbox) == [(3, 2), (4, 3)]
    assert isinstance(futures[0].exception(), RefusedError)


async def test_tried_again() -> None:
    """[CLIENT2] What is refused for now stays, and goes out again."""
    outbox = Outbox()
    outbox.connected(0, 1)
    filled(outbox, 2)
    assert sent(outbox) == [(1, 0), (2, 1)]
    outbox.refused(refusal(1, 0, Code.RATE))
    outbox.refused(refusal(2, 1))
    assert sent(outbox) == [(1, 0), (2, 1)]
    assert len(outbox) == 2


async def test_a_gap_where_there_is_none() -> None:
    """[ONCE1] [CLIENT3] Where the server misses what we hold for done, only a new line tells how far it is."""
    outbox = Outbox()
    outbox.connected(0, 1)
    filled(outbox, 1)
    assert sent(outbox) == [(1, 0)]
    with pytest.raises(AstrayError):
        outbox.refused(refusal(1, 0))


async def test_a_store_that_came_back_older() -> None:
    """[CLIENT2] [CLIENT3] What was done and not saved is sent again when the log holds it no more."""
    outbox = Outbox()
    outbox.connected(0, 1)
    [one] = filled(outbox, 1)
    assert sent(outbox) == [(1, 0)]
    outbox.done(1, 5)
    outbox.connected(0, 4)
    assert sent(outbox) == [(1, 0)]
    outbox.done(1, 5)
    outbox.saved(5)
    assert await one == 5


async def test_a_client_id_that_was_used_before() -> None:
    """[ONCE2] Numbers go on behind what the log holds, so that nothing is taken for done before."""
    outbox = Outbox()
    filled(outbox, 2)
    outbox.connected(41, 100)
    assert sent(outbox) == [(42, 41), (43, 42)]


class Rules:
    """A server that takes each command once and in order, and refuses at random ([ONCE1]-[ONCE3])."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.last = 0
        self.seq = 0
        self.log: list[str] = []
        self.said: dict[str, Code] = {}

    def hear(self, pending: Pending, outbox: Outbox) -> None:
        name = getattr(pending.command, "name", "")
        if self.dice.random() < 0.1:
            outbox.refused(refusal(pending.n, pending.prev, Code.RATE))
        elif pending.n <= self.last:
            outbox.done(pending.n, self.seq)
        elif pending.prev != self.last:
            outbox.refused(refusal(pending.n, pending.prev))
        elif self.dice.random() < 0.3:
            self.said[name] = Code.OVER_BUDGET
            outbox.refused(refusal(pending.n, pending.prev, Code.OVER_BUDGET))
        else:
            self.seq += 1
            self.last = pending.n
            self.log.append(name)
            outbox.done(pending.n, self.seq)


@given(st.integers(0, 2**32), st.integers(0, 60))
async def test_each_once_in_order(seed: int, count: int) -> None:
    """[CLIENT2] [CLIENT3] [ONCE6] Whatever is refused or lost: each is done once, in order, or told why not."""
    dice = random.Random(seed)
    outbox, rules = Outbox(), Rules(dice)
    outbox.connected(0, 0)
    futures = filled(outbox, count)
    while len(outbox):
        wire = []
        while pending := outbox.upcoming():
            pending.in_flight = True
            # What is on the wire is a copy: the answer must not depend on what becomes of ours.
            wire.append(Pending(pending.n, pending.command, pending.future, pending.prev))
        lost = dice.randrange(len(wire) + 1) if dice.random() < 0.2 else None
        for pending in wire[:lost]:
            rules.hear(pending, outbox)
        if lost is not None:
            outbox.connected(rules.last, rules.seq)
        outbox.saved(dice.randint(0, rules.seq))
        assert wire or len(outbox) == 0 or rules.seq, "nothing moves"
    done = [str(n) for n, future in enumerate(futures, 1) if future.exception() is None]
    assert rules.log == done
    assert set(rules.said).isdisjoint(done)
    assert len(done) + len(rules.said) == count
