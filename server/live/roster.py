"""Telling who is here: everybody by name to a room, a crowd as a number ([HERE1] [HERE5])."""

import asyncio
from typing import Final

from protocol import limits
from protocol.base import Role
from server.workshop.state import State

from .fanout import Fanout
from .frame import Frame, frame
from .presence import Presence

REST: Final = 20
"""After a telling it rests so many times as long as that took."""


class Roster:
    """What the readers of one workshop are told of its presence. It gives way first ([FAN5])."""

    def __init__(self, presence: Presence, fanout: Fanout) -> None:
        self._presence = presence
        self._fanout = fanout
        self._due = 0.0
        self._whole: dict[bool, Frame] = {}
        """All, as of the last telling: one by one, or as a crowd."""
        self._crowded = False
        """How participants were told last."""

    def tell(self, state: State) -> None:
        """Send what changed; it takes a small share of the time."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        may = began >= self._due and not self._fanout.saying
        news = self._presence.news(state) if may else None
        if news is None:
            return
        self._whole = {}
        each = frame(news)
        crowded, before = self._is_crowd(), self._crowded
        self._crowded = crowded
        participants = self._all(state, crowd=crowded) if crowded or before else each
        self._fanout.say({role: participants if role is Role.PARTICIPANT else each for role in Role})
        spent = self._fanout.saying.spent_s - loop.time() + began
        self._fanout.saying.soon(lambda: loop.call_soon(self._rest, spent))

    def _rest(self, spent: float) -> None:
        took = self._fanout.saying.spent_s - spent
        self._due = asyncio.get_running_loop().time() + took * REST

    def whole(self, state: State, role: Role) -> Frame:
        """For somebody who comes; who came since the last telling is told with the next."""
        return self._all(state, crowd=role is Role.PARTICIPANT and self._is_crowd())

    def _is_crowd(self) -> bool:
        return len(self._presence) > limits.CROWD

    def _all(self, state: State, *, crowd: bool) -> Frame:
        if crowd not in self._whole:
            self._whole[crowd] = frame(self._presence.crowd(state) if crowd else self._presence.roster(state))
        return self._whole[crowd]
