"""Who is told of whom."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from protocol import limits
from protocol.base import Role
from protocol.messages import HereDown, HereUp
from server.live import roster
from server.workshop.seen_by import Viewer

if TYPE_CHECKING:
    import pytest

    from tests.live.floor import Floor


async def test_a_crowd_and_a_room(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[HERE5] A facilitator is told of everybody; a participant of a number, until it is a room again."""
    monkeypatch.setattr(limits, "CROWD", 2)
    monkeypatch.setattr(roster, "REST", 0)
    lines = {
        role: floor.enter(Viewer(role, "boss" if role is Role.FACILITATOR else None))[1]
        for role in (Role.FACILITATOR, Role.PARTICIPANT)
    }

    async def told() -> None:
        floor.room.roster.tell(floor.room.state)
        while floor.room.fanout.saying:
            await asyncio.sleep(0)
        await asyncio.sleep(0)

    def heard(role: Role) -> HereDown:
        frame = lines[role].heard()[-1]
        assert isinstance(frame, HereDown)
        return frame

    people = [f"p{number}" for number in range(4)]
    floor.room.state.people.update({p: floor.room.state.people["boss"].model_copy(update={"id": p}) for p in people})
    for number, person in enumerate(people):
        floor.room.presence.here(person, number, HereUp(), 0)
        await told()
    assert [p.person for p in heard(Role.FACILITATOR).people] == ["p3"]
    assert heard(Role.PARTICIPANT) == HereDown(all=True, people=(), others=4)
    for number in (3, 2):
        floor.room.presence.left(people[number], number)
        await told()
    assert heard(Role.FACILITATOR).gone == ("p2",)
    assert [p.person for p in heard(Role.PARTICIPANT).people] == ["p0", "p1"]
    assert heard(Role.PARTICIPANT).others == 0
    assert floor.room.presence.news(floor.room.state) is None


async def test_who_was_full_for_a_moment(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    """[HERE6] A line that is full just when presence is told, and drains at once, misses nobody who came then."""
    monkeypatch.setattr(roster, "REST", 0)
    _, line = floor.enter(Viewer(Role.FACILITATOR, "boss"))
    line.stuck = limits.BUFFER_BYTES + 1
    floor.room.presence.here("boss", 0, HereUp(), 0)
    floor.room.roster.tell(floor.room.state)
    while floor.room.fanout.saying:
        await asyncio.sleep(0)
    assert not line.frames
    line.stuck = 0
    for reader in floor.room.fanout.look_after(1):
        floor.room.catch_up(reader)
    told = [frame for frame in line.heard() if isinstance(frame, HereDown)]
    assert [(frame.all, [p.person for p in frame.people]) for frame in told] == [(True, ["boss"])]
