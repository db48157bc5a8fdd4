"""The paper's text as a CRDT: changes merged into one document, in whatever order they come.

A merge is a function of what is merged: the same changes give the same text everywhere.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pycrdt import Doc, XmlFragment

from protocol.records import Paper, Update

from .shelf import ROOT, Shelf, Unready, shelf_of
from .yjs import Malformed, Read, read

FOLD: Final = 100
"""Changes that are kept beside the base at least, before it takes them in."""
SHARE: Final = 8
"""And that come to at least one part in so many of it: who reads gets the whole base then."""


def decoded(data: str) -> bytes:
    """The bytes of base 64; raises `Malformed`."""
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise Malformed("it is no base 64") from error


def encoded(data: bytes) -> str:
    """As it stands in a record."""
    return base64.b64encode(data).decode()


def understood(data: str) -> Read:
    """What is in a change; raises `Malformed`."""
    return read(decoded(data))


def shelf(paper: Paper, updates: Sequence[Update]) -> Shelf:
    """What the base and these hold, in this order; raises `Unready` or `Malformed` where that cannot be."""
    return shelf_of([paper.base, *(update.data for update in updates)], understood)


def standing(paper: Paper, updates: Iterable[Update]) -> list[Update]:
    """Those that can be taken in, each behind what it builds on: a library loses what comes before that."""
    waiting = sorted(updates, key=lambda update: (update.n, update.id))
    ready: list[Update] = []
    while True:
        later = []
        for update in waiting:
            try:
                shelf(paper, [*ready, update])
            except (Unready, Malformed):
                later.append(update)
            else:
                ready.append(update)
        if len(later) == len(waiting) or not later:
            return ready
        waiting = later


def whole(paper: Paper, updates: Iterable[Update]) -> Doc[Any]:
    """The document, of all that can be taken in."""
    return _document([decoded(paper.base), *(decoded(update.data) for update in standing(paper, updates))])


def folded(paper: Paper, updates: Sequence[Update]) -> str:
    """The base with these taken in; they are `standing`."""
    return encoded(_document([decoded(paper.base), *(decoded(update.data) for update in updates)]).get_update())


def holds(one: str, other: str) -> bool:
    """Whether all that was ever put into the other base is in the one."""
    return shelf_of([one], understood).knows(understood(other))


def united(one: str, other: str) -> str:
    """A base that holds all of two."""
    return one if one == other else encoded(_document([decoded(one), decoded(other)]).get_update())


def is_due(paper: Paper, updates: Sequence[Update]) -> bool:
    """Whether the base should take them in."""
    enough = len(updates) >= FOLD
    return enough and sum(len(update.data) for update in updates) * SHARE >= len(paper.base)


def _document(parts: Sequence[bytes]) -> Doc[Any]:
    document: Doc[Any] = Doc(client_id=1)
    document.get(ROOT, type=XmlFragment)
    for part in parts:
        document.apply_update(part)
    return document
