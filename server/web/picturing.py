"""The paper's pictures, for a document that is being made ([PICTURE3])."""

from collections.abc import Iterable
from typing import Final

from protocol.records import Contribution
from server.exports.given import Given
from server.files.store import Missing, Store
from server.files.uploads import kept, small
from server.workshop.pictures import pictured
from server.workshop.seen_by import Viewer, seen_by
from server.workshop.state import State

from .bundles import by_title

SHOWING: Final = frozenset({"page", "html", "docx", "odt", "pdf"})
"""The formats that hold pictures."""
MOST: Final = 60
"""So many are looked for at most."""
WHOLE_BYTES: Final = 8_388_608
"""Of a larger one its small picture is shown."""
ALL_BYTES: Final = 67_108_864
"""So much all of them come to at most, as they were brought."""


async def shown(kind: str, state: State, workshop: str, store: Store | None) -> dict[str, Given]:
    """What a document of this kind may show, by id. Raises `FilesError`."""
    if kind not in SHOWING or store is None:
        return {}
    found, left = dict[str, Given](), ALL_BYTES
    for each in pictured(state)[:MOST]:
        body = await _body(each, workshop, store, left)
        if body:
            found[each.id] = Given("", body)
            left -= len(body)
    return found


def only_named(state: State, viewer: Viewer, workshop: str) -> dict[str, Given]:
    """For a format that holds none: the names under which they lie in this viewer's archive ([ARCH9])."""
    names = {part.at: name for name, part in by_title(_seen(state, viewer), workshop).items()}
    named = ((each.id, names.get(kept(workshop, each.blob or ""))) for each in pictured(state)[:MOST])
    return {id_: Given(name, b"") for id_, name in named if name}


def _seen(state: State, viewer: Viewer) -> Iterable[Contribution]:
    views = (seen_by(state, viewer, each) for each in state.contributions.values())
    return (view for view in views if isinstance(view, Contribution))


async def _body(each: Contribution, workshop: str, store: Store, left: int) -> bytes:
    """Its bytes, or those of its small picture; none where that is not there."""
    whole = each.size <= min(WHOLE_BYTES, left)
    if not whole and not (each.small and left > 0):
        return b""
    try:
        return await store.whole((kept if whole else small)(workshop, each.blob or ""))
    except Missing:
        return b""
