"""What those who come back have missed, encoded once for all to whom it looks the same ([RESUME1] [FAN1])."""

from protocol.messages import Changes, Position
from protocol.records import Key
from server.workshop.seen_by import OF_PAPER, Viewer, catch_up, owners, views

from .frame import Frame, frame
from .replica import Replica


class Missed:
    """Made anew for each head."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._seq = -1
        self._places: dict[Position, tuple[frozenset[Key], set[str]]] = {}
        """What changed since each place where somebody left off, and who may see it otherwise than their role."""
        self._made: dict[tuple[Position, Viewer], Frame] = {}

    def since(self, left: Position, viewer: Viewer) -> Frame | None:
        """What this viewer missed since then; None where that place is not, or no longer, known here."""
        state = self._replica.state
        if self._seq != state.head.seq:
            self._seq, self._places, self._made = state.head.seq, {}, {}
        if left not in self._places:
            keys = self._replica.since(left)
            if keys is None:
                return None
            self._places[left] = keys, owners(state, keys, ())
        keys, people = self._places[left]
        audience = viewer if viewer.person in people else viewer.audience
        if (left, audience) not in self._made:
            self._made[left, audience] = self._frame(audience, keys)
        return self._made[left, audience]

    def _frame(self, viewer: Viewer, keys: frozenset[Key]) -> Frame:
        # Who comes back watches no paper yet; it is sent when they do.
        wanted = keys if viewer.paper else (key for key in keys if key[0] not in OF_PAPER)
        changes = catch_up(views(self._replica.state, viewer, wanted))
        at = self._replica.position
        return frame(Changes(seq=at.seq, tag=at.tag, changes=tuple(changes)))
