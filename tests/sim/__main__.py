"""`python -m tests.sim COUNT`: so many simulated afternoons; with `--bugs`, how soon each planted bug is found."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from .bugs import BUGS
from .many import found, many

EVERY = 1_000


def main() -> int:
    """Exit code 1 where something broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=200, help="how many afternoons, or tries for each bug")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--jobs", type=int, help="processes (all cores)")
    parser.add_argument("--bugs", action="store_true", help="plant each bug in turn, and look for it")
    asked = parser.parse_args()
    return hunt(asked.count) if asked.bugs else run(asked.first, asked.count, asked.jobs)


def run(first: int, count: int, jobs: int | None) -> int:
    """Afternoons, one after the other."""
    began, broke, reached = time.monotonic(), 0, Counter[str]()
    for done, (seed, wrong, more) in enumerate(many(range(first, first + count), jobs=jobs), 1):
        reached += more
        if wrong:
            broke += 1
            print(f"seed {seed}: {wrong}", flush=True)
        if done % EVERY == 0 or done == count:
            print(f"{done} afternoons, {broke} broke, {time.monotonic() - began:.0f} s", flush=True)
    for what, times in reached.most_common():
        print(f"{times:>10,} {what}")
    return 1 if broke else 0


def hunt(within: int) -> int:
    """Every planted bug."""
    missed = 0
    for bug in BUGS:
        seed = found(bug, range(within))
        missed += seed is None
        print(f"{bug}: {'not found' if seed is None else f'found by seed {seed}'}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
