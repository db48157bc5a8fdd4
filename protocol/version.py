"""The protocol's version, and one line of history for each. The schema's hash holds us to it ([SCHEMA2])."""

from typing import Final

VERSION: Final = 1
HISTORY: Final[dict[int, tuple[str, str]]] = {
    1: (
        "f2d5876bfb0d0492341611ec174d9a60a08a4e6120321655a09ae6a1148d4069",
        "The first: one afternoon, end to end.",
    ),
}
"""Version: (SHA-256 of `schema/schema.json`, what changed)."""
