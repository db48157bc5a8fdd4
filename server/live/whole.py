"""All that a viewer may see, encoded once for everybody of an audience; each person's own records come behind.

Of two records of one place the later stands, so what a person sees otherwise than their role is just added.
"""

from collections import defaultdict
from typing import Final

from pydantic import TypeAdapter

from protocol.messages import Welcome
from protocol.records import AnyRecord, Ballot, Memo, Reaction, Record
from server.workshop.access import is_held
from server.workshop.seats import device_of
from server.workshop.seen_by import Viewer, hides, seen, seen_by
from server.workshop.state import State

from .frame import Frame

RECORD: Final[TypeAdapter[Record]] = TypeAdapter(AnyRecord)


class Whole:
    """Made anew for each head."""

    def __init__(self) -> None:
        self._seq = -1
        self._audiences: dict[Viewer, bytes] = {}
        self._own: defaultdict[str, list[Record]] = defaultdict(list)

    def welcome(self, state: State, viewer: Viewer, empty: Welcome) -> Frame:
        """`empty`, a welcome without records, with those that `viewer` may see."""
        if self._seq != state.head.seq:
            self._begin(state)
        audience = viewer.audience
        if audience not in self._audiences:
            self._audiences[audience] = _joined(seen(state, audience))
        own = [seen_by(state, viewer, record) for record in self._own.get(viewer.person or "", ())]
        parts = (self._audiences[audience], _joined([record for record in own if record is not None]))
        return Frame(empty.model_dump_json()[:-2].encode() + b",".join(filter(None, parts)) + b"]}")

    def _begin(self, state: State) -> None:
        self._seq, self._audiences = state.head.seq, {}
        self._own.clear()
        own: list[Ballot | Reaction | Memo] = [
            *state.ballots.values(), *state.reactions.values(), *state.memos.values()
        ]  # fmt: skip
        for record in own:
            self._keep(state, record, record.person)
        for person in (one for one in state.people.values() if one.muted or one.ready is not None):
            self._keep(state, person, person.id)
        for note in state.notes.values():
            if hides(state, note):
                self._keep(state, note, note.by)
        for issue in state.issues.values():
            if is_held(issue):
                self._keep(state, issue, issue.by)
        for comment in state.comments.values():
            note = state.notes[comment.note]
            people = {comment.by if comment.anonymous else None, note.by if hides(state, note) else None}
            self._keep(state, comment, *people)

    def _keep(self, state: State, record: Record, *people: str | None) -> None:
        """[SEAT3] What these see otherwise than others do; each device has it once."""
        for device in {device_of(state, person) for person in people if person is not None}:
            if device is not None:
                self._own[device].append(record)


def _joined(records: list[Record]) -> bytes:
    return b",".join(map(RECORD.dump_json, records))
