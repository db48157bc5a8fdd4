"""All that a viewer may see, encoded once for everybody of an audience; each person's own records come behind ([FAN7]).

Of two records of one place the later stands, so what a person sees otherwise than their role is just added.
"""

from collections import defaultdict
from typing import Final

from pydantic import TypeAdapter

from protocol.messages import Welcome
from protocol.records import AnyRecord, Record
from server.workshop.seen_by import Viewer, owned, seen, seen_by
from server.workshop.state import State

from .frame import Around, Shared

RECORD: Final[TypeAdapter[Record]] = TypeAdapter(AnyRecord)


class Whole:
    """Made anew for each head."""

    def __init__(self) -> None:
        self._seq = -1
        self._audiences: dict[Viewer, Shared] = {}
        self._own: defaultdict[str, list[Record]] = defaultdict(list)

    def welcome(self, state: State, viewer: Viewer, empty: Welcome) -> Around:
        """`empty`, a welcome without records, with those that `viewer` may see."""
        if self._seq != state.head.seq:
            self._begin(state)
        audience = viewer.audience
        if audience not in self._audiences:
            self._audiences[audience] = Shared(_joined(seen(state, audience)))
        own = [seen_by(state, viewer, record) for record in self._own.get(viewer.person or "", ())]
        shared, alone = self._audiences[audience], _joined([record for record in own if record is not None])
        between = b"," if shared.payload and alone else b""
        return Around(empty.model_dump_json()[:-2].encode(), shared, between + alone + b"]}")

    def _begin(self, state: State) -> None:
        self._seq, self._audiences = state.head.seq, {}
        self._own.clear()
        for device, record in owned(state):
            self._own[device].append(record)


def _joined(records: list[Record]) -> bytes:
    return b",".join(map(RECORD.dump_json, records))
