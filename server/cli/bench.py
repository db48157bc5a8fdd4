"""`plenary bench`: figures of this machine, as ratios against yardsticks of the same run."""

from pathlib import Path
from typing import Annotated

import typer

from protocol import limits
from server.bench import crowd, fanout, growth, idle, leaving, stores, weight
from server.bench.figures import Table, as_json
from server.bench.load import Unable

People = Annotated[int, typer.Option(help="How many are in the room.", min=20, max=limits.PEOPLE)]
Rounds = Annotated[int, typer.Option(help="How often each is measured; the table has the medians.", min=1)]
Redis = Annotated[bool, typer.Option(help="Also measure a Redis, of its own, against the embedded store.")]
Out = Annotated[Path | None, typer.Option(help="Write bench.md and bench.json into this folder.")]


def bench(people: People = 1_000, rounds: Rounds = 5, redis: Redis = False, out: Out = None) -> None:
    """Measure, and print a table. Needs two processors and a C compiler."""
    try:
        tables = _measured(people, rounds, redis)
    except Unable as no:
        typer.echo(str(no), err=True)
        raise typer.Exit(1) from no
    page = "\n".join(table.markdown() for table in tables)
    typer.echo(page)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "bench.md").write_text(page)
        (out / "bench.json").write_text(as_json(tables))


def _measured(people: int, rounds: int, redis: bool) -> list[Table]:
    tables = [
        fanout.measure(people, rounds),
        crowd.measure(people, rounds),
        idle.measure(rounds),
        growth.measure(rounds),
        weight.measure(rounds),
        leaving.measure(rounds),
    ]
    return [*tables, stores.compare(rounds)] if redis else tables
