"""Simulated afternoons in CI; `python -m tests.sim 20000` runs as many as one likes."""

from __future__ import annotations

from collections import Counter

import pytest

from .afternoon import afternoon
from .bugs import BUGS
from .deletion import deletion
from .many import found, many

SEEDS = 200
WITHIN = 500
"""By then each planted bug must be found."""
LATE = {"the dead stay": [118], "what comes twice is asked twice": [421]}
"""Bugs that show late, and where they last did: looked at first, so that the hunt is short."""
HARD = (
    "resume",
    "refused gap",
    "a command came twice",
    "a wake-up was lost",
    "a reply was lost",
    "an append came too late",
    "the store was rewound",
    "the store lost entries",
    "appended again",
    "rebasing",
    "store away",
    "an instance was killed",
    "an instance was stopped",
    "a power cut",
)
"""Paths that 200 afternoons must have taken, else they prove little."""


def test_afternoons() -> None:
    """[LOG21] [HEAL1] [HEAL2] [HEAL4] [ONCE2] [RESUME2] [CLIENT2] [CLIENT3]: whatever goes wrong, all ends well."""
    reached = Counter[str]()
    wrong: list[str] = []
    for seed, what, more in many(range(SEEDS)):
        reached += more
        wrong += [f"seed {seed}: {what}"] if what else []
    assert not wrong
    assert [hard for hard in HARD if not reached[hard]] == []


@pytest.mark.parametrize("bug", BUGS)
def test_planted_bug(bug: str) -> None:
    """The oracle can fail: each planted bug breaks an afternoon."""
    assert found(bug, [*LATE.get(bug, ()), *range(WITHIN)]) is not None


@pytest.mark.parametrize("seed", [19, 66, 114, 123, 214, 243, 323, 539, 1994, 3493, 3931, 3951, 4562, 41437])
def test_seeds_that_failed_once(seed: int) -> None:
    """[HELLO5] [ONCE7] [HEAL1] [HEAL4] [HEAL5] [FAN5]: what these found stays mended."""
    afternoon(seed)


def test_deletions() -> None:
    """[GONE1] [GONE4] [GONE5]: whatever goes wrong, what was deleted stays so, and everybody is told."""
    reached = Counter[str]()
    for seed in range(60):
        reached += deletion(seed)
    wanted = ("deleted", "a deletion was lost", "what is deleted was asked for", "an instance was killed", "store away")
    assert [hard for hard in wanted if not reached[hard]] == []


def test_same_seed_same_afternoon() -> None:
    """A seed that fails can be looked at again."""
    assert afternoon(7) == afternoon(7)
