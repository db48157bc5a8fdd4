"""The pictures that the paper shows: files that somebody brought, and that everybody may see ([PICTURE1])."""

from typing import Final, cast

from protocol.records import Contribution

from .quotes import EVERYBODY, named_in
from .seen_by import seen_by
from .shelf import PICTURE
from .state import State

KINDS: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


def pictured(state: State) -> list[Contribution]:
    """Them, in the order of the paper, each once, as everybody sees them: what else it names is shown to nobody."""
    found = (state.contributions.get(of) for of in named_in(state, PICTURE))
    views = (seen_by(state, EVERYBODY, one) for one in found if one and one.blob and one.media in KINDS)
    return [cast("Contribution", view) for view in views if view is not None]
