"""Whom to look after next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from server.live.wheel import Wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server.live.visit import Visit


@dataclass
class Due:
    """As much of a visit as the wheel looks at."""

    due: int
    over: bool = False


def given_by(wheel: Wheel, now: int) -> Iterator[Due]:
    """Those that are due."""
    return cast("Iterator[Due]", wheel.due(now))


@given(st.lists(st.tuples(st.integers(0, 20_000), st.booleans()), max_size=40), st.lists(st.integers(1, 3_000)))
def test_everybody_is_looked_after(people: list[tuple[int, bool]], pauses: list[int]) -> None:
    """[LIVE1] Each is given once, when it is due, never before; a fault loses nobody; who is gone never comes."""
    wheel, visits, now = Wheel(), [Due(due, over) for due, over in people], 0
    waiting = [visit for visit in visits if not visit.over]
    for visit in visits:
        wheel.put(cast("Visit", visit))
    for n, pause in enumerate([*pauses, 20_000, 1]):
        now += pause
        for looked_after in given_by(wheel, now):
            waiting.remove(looked_after)
            assert looked_after.due <= now
            if n % 2:
                break
        else:
            assert all(visit.due > now for visit in waiting)
    for given_now in given_by(wheel, now):
        waiting.remove(given_now)
    assert not waiting
