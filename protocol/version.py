"""The protocol's version, and one line of history for each. The schema's hash holds us to it ([SCHEMA2])."""

from typing import Final

VERSION: Final = 4
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
        "fa4b682047ce4930e1b3cafba5d8b54f98e6266acc3ce5cc16d946241dd433fe",
        "Facilitating: groups; hands; clock; door, guests; roles; plan; messages; agendas; deleting; paper; files.",
    ),
}
"""Version: (SHA-256 of `schema/schema.json`, what changed)."""
