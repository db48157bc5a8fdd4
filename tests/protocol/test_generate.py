"""What is generated is fresh, and a changed schema asks for a new version."""

import hashlib

from protocol import generate
from protocol.version import HISTORY, VERSION


def test_fresh() -> None:
    """[SCHEMA1] The generated files are what the models say."""
    assert generate.stale() == [], "run `python -m protocol.generate`"


def test_version() -> None:
    """[SCHEMA2] The newest line of the history has the schema's hash."""
    found = hashlib.sha256(generate.SCHEMA.read_bytes()).hexdigest()
    assert max(HISTORY) == VERSION
    assert HISTORY[VERSION][0] == found, (
        "the schema changed: add a version and a line of history to protocol/version.py"
    )


def test_every_message_has_a_type() -> None:
    """[SCHEMA1] Every command and message stands in the TypeScript types."""
    text = generate.types()
    for models in generate.UNIONS.values():
        for model in models:
            assert f"export interface {model.__name__} {{" in text
