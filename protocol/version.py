"""The protocol's version and the paper's form, with a line of history for each. Hashes hold us to it ([SCHEMA2])."""

from typing import Final

VERSION: Final = 7
HISTORY: Final[dict[int, tuple[str, str]]] = {
    1: (
        "9476de9fd75e920ab5593af681cb3c616f4e24e004a2c5b168a845f6b2739812",
        "The first: one afternoon, end to end.",
    ),
    2: (
        "e8b3e9c744cf29aca7cadb61a8d65e03ba76b2ac8e82149edcd9e64a200334f8",
        "`here` may tell of a crowd as a number.",
    ),
    3: (
        "097e09ec1d9970f306eac13d90da0deaee661649e1db61804abcff9e07893f0a",
        "Stacks, comments, reactions, colours of notes, several commands as one, and `was` for undo.",
    ),
    4: (
        "011320e2d32190f16c653ebacd1889a87856a390fed2649f8aaaa57b2c37998e",
        "Facilitating: groups; hands; clock; door, guests; roles; plan; messages; agendas; deleting; paper; files.",
    ),
    5: (
        "830f6f382dbb3092ccc505e89a98d5b8fb60db8ddd9c8fdfa1fddb73ec68e89c",
        "An edit of an activity names the words that it changes, and no others.",
    ),
    6: (
        "0c85bc7e5f9b39de0e45c50ef2387490e93cc7c4053ae49d7a73c7f2d5d36af0",
        "A note says when it was binned.",
    ),
    7: (
        "8d6ac89bf6c7fb1c43269b7b3266766431348f03ebe018955e536696b2ab4469",
        "The clock of a step times nothing once its results are shown.",
    ),
}
"""Version: (SHA-256 of `schema/schema.json`, what changed)."""

FORM: Final = 1
"""What the paper may hold: who knows less would take out what it does not know ([FORM1])."""
FORMS: Final[dict[int, tuple[str, str]]] = {
    1: (
        "01edb4ef15b4e3eb54eac22b6ada06f6ecb61de662d239c21a392b08baeb9f7a",
        "Lines, lists, tables, links, quotes, footnotes, pictures, sources, suggestions.",
    ),
}
"""Form: (SHA-256 of what `server/workshop/shelf.py` and `yjs.py` let in, what came)."""
