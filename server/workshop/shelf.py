"""What a paper holds, as far as it matters for what may come on top: which places are known, and what lies in what.

A `Shelf` never changes; `placed` gives the next one. So it can be remembered from one change to the next.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from .yjs import ANY, DELETED, FORMAT, GONE, MOST, STRING, TYPE, Malformed, Piece, Place, Read, Suggestion

ROOT: Final = "paper"
"""The name of the fragment that is the paper."""
DEPTH: Final = 24
"""So deep may things lie in each other."""
QUOTE: Final = "live_quote"
"""What names a note or a stack, and says what that says ([QUOTE1])."""
PICTURE: Final = "picture"
"""What names a picture that somebody brought, and stands in nothing else ([PAPER17])."""
BLOCKS: Final = frozenset({"paragraph", "heading", "blockquote", "bullet_list", "ordered_list", "table", QUOTE})
LINE: Final = frozenset({"#text", "hard_break"})
CHILDREN: Final[dict[str, frozenset[str]]] = {
    ROOT: BLOCKS | {PICTURE},
    "paragraph": LINE | {"footnote"},
    "heading": LINE,
    "hard_break": frozenset(),
    "footnote": frozenset({"#text"}),
    QUOTE: frozenset(),
    PICTURE: frozenset({"picture_alt", "picture_caption"}),
    "picture_alt": frozenset({"#text"}),
    "picture_caption": frozenset({"#text"}),
    "blockquote": BLOCKS,
    "bullet_list": frozenset({"list_item"}),
    "ordered_list": frozenset({"list_item"}),
    "list_item": BLOCKS,
    "table": frozenset({"table_row"}),
    "table_row": frozenset({"table_cell", "table_header"}),
    "table_cell": BLOCKS,
    "table_header": BLOCKS,
}
"""What may lie in what."""


class Unready(Exception):
    """It builds on what has not come yet."""


class Inside(NamedTuple):
    """What something lies in. `name`: of the element; `#text`, `#attribute`, `#id` (quote's, picture's); empty: gone.

    In what is gone all may lie.
    """

    name: str
    depth: int


GONE_FOR_GOOD: Final = Inside("", 0)


class Span(NamedTuple):
    """What one client put there between two clocks, and what that lies in; `opens`: what is in it."""

    start: int
    end: int
    inside: Inside
    opens: Inside | None


class Shelf:
    """The things of a paper, by client, in order and without gaps."""

    __slots__ = ("_spans", "suggestions")

    def __init__(
        self, spans: dict[int, list[Span]] | None = None, suggestions: frozenset[Suggestion] = frozenset()
    ) -> None:
        self._spans = spans or {}
        self.suggestions = suggestions
        """All that were ever named in it."""

    def placed(self, update: Read) -> "Shelf":
        """With this update; raises `Unready` where it builds on what is not here, `Malformed` where it does not fit."""
        spans = {client: list(spans) for client, spans in self._spans.items()}
        shelf = Shelf(spans, self.suggestions | update.suggestions)
        waiting = {client: deque(pieces) for client, pieces in update.pieces.items()}
        while any(waiting.values()):
            if not sum(shelf._take(pieces) for pieces in waiting.values()):
                raise Unready
        if any(clock + length > shelf._known(client) for client, clock, length in update.deleted):
            raise Unready
        return shelf

    def knows(self, update: Read) -> bool:
        """Whether all that it puts anywhere is here already."""
        return all(
            pieces[-1].clock + pieces[-1].length <= self._known(client)
            for client, pieces in update.pieces.items()
            if pieces
        )

    def _take(self, pieces: deque[Piece]) -> int:
        """As many as what is here allows; how many."""
        taken = 0
        while pieces and self._put(pieces[0]):
            pieces.popleft()
            taken += 1
        return taken

    def _put(self, piece: Piece) -> bool:
        known = self._known(piece.client)
        if piece.clock > known or not self._has(piece.left, piece.right, piece.parent):
            return False
        end = piece.clock + piece.length
        if end <= known:
            return True
        inside = self._inside(piece)
        opens = _opened(piece, inside)
        spans = self._spans.setdefault(piece.client, [])
        if spans and opens is None and spans[-1].opens is None and spans[-1].inside == inside:
            spans[-1] = spans[-1]._replace(end=end)
        else:
            spans.append(Span(known, end, inside, opens))
        return True

    def _known(self, client: int) -> int:
        spans = self._spans.get(client)
        return spans[-1].end if spans else 0

    def _has(self, *places: Place | str | None) -> bool:
        return all(place[1] < self._known(place[0]) for place in places if isinstance(place, tuple))

    def _at(self, place: Place) -> Span:
        spans = self._spans[place[0]]
        return spans[bisect_right(spans, (place[1], MOST + 1)) - 1]

    def _inside(self, piece: Piece) -> Inside:
        if piece.kind == GONE:
            return GONE_FOR_GOOD
        beside = [self._at(place).inside for place in (piece.left, piece.right) if place is not None]
        if beside:
            return GONE_FOR_GOOD if GONE_FOR_GOOD in beside else beside[0]
        if isinstance(piece.parent, tuple):
            within = self._at(piece.parent).opens or GONE_FOR_GOOD
        elif piece.parent == ROOT:
            within = Inside(ROOT, 0)
        else:
            raise Malformed("it lies outside the paper")
        if not piece.attribute or within is GONE_FOR_GOOD:
            return within
        return Inside("#id" if within.name in {QUOTE, PICTURE} else "#attribute", within.depth)


def _opened(piece: Piece, inside: Inside) -> Inside | None:
    """What lies in it, where anything can; raises `Malformed` where it may not lie there."""
    if inside is GONE_FOR_GOOD or inside == GONE_FOR_GOOD or piece.kind in {GONE, DELETED}:
        return None
    if inside.name == "#attribute":
        fits = piece.kind == ANY and piece.name != "#id"
    elif inside.name == "#id":
        fits = piece.kind == ANY and piece.name == "#id"
    elif inside.name == "#text":
        fits = piece.kind in {STRING, FORMAT}
    else:
        fits = piece.kind == TYPE and piece.name in CHILDREN[inside.name] and inside.depth < DEPTH
    if not fits:
        raise Malformed("it may not lie there")
    return Inside(piece.name, inside.depth + 1) if piece.kind == TYPE else None


_REMEMBERED: dict[tuple[str, ...], Shelf] = {}
_MOST: Final = 32


def shelf_of(parts: Sequence[str], read: Callable[[str], Read]) -> Shelf:
    """All of these, one upon the other. Remembered, since each change comes on the last."""
    keys = tuple(parts)
    known = next((n for n in range(len(keys), 0, -1) if keys[:n] in _REMEMBERED), 0)
    shelf = _REMEMBERED.get(keys[:known], Shelf())
    for part in keys[known:]:
        shelf = shelf.placed(read(part))
    _REMEMBERED.pop(keys, None)
    _REMEMBERED[keys] = shelf
    while len(_REMEMBERED) > _MOST:
        del _REMEMBERED[next(iter(_REMEMBERED))]
    return shelf
