"""A little in each turn of the loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from server.live import turns
from server.live.turns import Turns

if TYPE_CHECKING:
    import pytest


async def test_others_come_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """[BYE3] Each is called once, in order; what else there is to do comes in between; a fault stops nobody behind."""
    monkeypatch.setattr(turns, "TURN_S", 0)
    loop, seen, some = asyncio.get_running_loop(), list[int](), Turns()
    faults: list[object] = []
    loop.set_exception_handler(lambda _loop, context: faults.append(context["exception"]))

    def call(number: int) -> None:
        seen.append(number)
        if number == 3:
            raise ValueError

    turns_of_the_loop = 0
    for number in range(50):
        some.soon(lambda number=number: call(number))  # type: ignore[misc]
    while some:
        turns_of_the_loop += 1
        await asyncio.sleep(0)
    assert seen == list(range(50))
    assert turns_of_the_loop > 10
    assert [type(fault) for fault in faults] == [ValueError]
    assert some.spent_s > 0
