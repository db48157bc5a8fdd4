"""Many afternoons, on all cores."""

from __future__ import annotations

import contextlib
import gc
import os
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, repeat
from typing import TYPE_CHECKING, Final

from server.cli.serve import COLLECTED

from .afternoon import afternoon
from .bugs import BUGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

AT_ONCE: Final = 20
"""Seeds that one process takes at a time."""
Outcome = tuple[int, str | None, Counter[str]]
"""A seed, what broke, and what was reached."""


def many(seeds: Iterable[int], bug: str = "", jobs: int | None = None) -> Iterator[Outcome]:
    """Each seed's outcome, in order, as they come."""
    with ProcessPoolExecutor(jobs or os.cpu_count(), initializer=gc.set_threshold, initargs=COLLECTED) as pool:
        for outcomes in pool.map(_some, _batches(seeds), repeat(bug)):
            yield from outcomes


def one(seed: int, bug: str = "") -> Outcome:
    """Run one; whatever is raised counts as found."""
    with BUGS[bug]() if bug else contextlib.nullcontext():
        try:
            return seed, None, afternoon(seed)
        except Exception as error:  # noqa: BLE001 - any of them is a find
            return seed, f"{type(error).__name__}: {error}"[:1_000], Counter()


def found(bug: str, seeds: Iterable[int]) -> int | None:
    """The first of the seeds that finds a planted bug."""
    return next((seed for seed in seeds if one(seed, bug)[1]), None)


def _batches(seeds: Iterable[int]) -> Iterator[list[int]]:
    left = iter(seeds)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _some(seeds: list[int], bug: str) -> list[Outcome]:
    return [one(seed, bug) for seed in seeds]
