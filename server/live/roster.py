"""Telling who is here: everybody by name to a room, a crowd as a number ([HERE1] [HERE5])."""

import asyncio
from typing import Final

from protocol import limits
from protocol.base import Role
from protocol.messages import HereDown
from server.workshop.seen_by import Viewer
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
        self._whole: dict[tuple[bool, bool], Frame] = {}
        """All, as of the last telling: one by one or as a crowd, without cursors or with them."""
        self._crowded = False
        """How participants were told last."""

    def tell(self, state: State) -> None:
        """Send what changed; it takes a small share of the time."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        may = began >= self._due and not self._fanout.saying
        if not may:
            return
        told = {False: _framed(self._presence.news(state)), True: _framed(self._presence.pointing(state))}
        if not any(told.values()):
            return
        self._whole = {}
        crowded, before = self._is_crowd(), self._crowded
        self._crowded = crowded
        whole = crowded or before
        self._fanout.say(
            lambda viewer: (
                self._all(state, crowd=crowded, cursors=viewer.paper)
                if told[viewer.paper] and whole and viewer.role is Role.PARTICIPANT
                else told[viewer.paper]
            )
        )
        spent = self._fanout.saying.spent_s - loop.time() + began
        self._fanout.saying.soon(lambda: loop.call_soon(self._rest, spent))

    def _rest(self, spent: float) -> None:
        took = self._fanout.saying.spent_s - spent
        self._due = asyncio.get_running_loop().time() + took * REST

    def whole(self, state: State, viewer: Viewer) -> Frame:
        """For somebody who comes; who came since the last telling is told with the next."""
        crowd = viewer.role is Role.PARTICIPANT and self._is_crowd()
        return self._all(state, crowd=crowd, cursors=viewer.paper)

    def _is_crowd(self) -> bool:
        return len(self._presence) > limits.CROWD

    def _all(self, state: State, *, crowd: bool, cursors: bool) -> Frame:
        if (crowd, cursors) not in self._whole:
            tell = self._presence.crowd if crowd else self._presence.roster
            self._whole[crowd, cursors] = frame(tell(state, cursors=cursors))
        return self._whole[crowd, cursors]


def _framed(news: HereDown | None) -> Frame | None:
    return None if news is None else frame(news)
