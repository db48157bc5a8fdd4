"""The protocol's version, and one line of history for each. The schema's hash holds us to it ([SCHEMA2])."""

from typing import Final

VERSION: Final = 1
HISTORY: Final[dict[int, tuple[str, str]]] = {
    1: (
        "9476de9fd75e920ab5593af681cb3c616f4e24e004a2c5b168a845f6b2739812",
        "The first: one afternoon, end to end.",
    ),
}
"""Version: (SHA-256 of `schema/schema.json`, what changed)."""
