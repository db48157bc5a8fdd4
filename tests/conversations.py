"""The real conversations that tests run on: given ones beside the checkout, else the bundled sample."""

from pathlib import Path

GIVEN = Path(__file__).parents[2] / "shared/data/replays"
SAMPLE = Path(__file__).parent / "data/sample-london-policing.jsonl"


def conversation(name: str) -> Path:
    """The given conversation of this name, or the sample."""
    given = GIVEN / f"{name}.jsonl.gz"
    return given if given.exists() else SAMPLE
