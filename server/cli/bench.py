"""`plenary bench`: figures of this machine, as ratios against yardsticks of the same run."""

from pathlib import Path
from typing import Annotated

import typer

from server.bench import stores
from server.bench.figures import Table, as_json

Rounds = Annotated[int, typer.Option(help="How often each is measured; the table has the medians.", min=1)]
Redis = Annotated[str | None, typer.Option(help="An empty Redis to measure against the embedded store.")]
Out = Annotated[Path | None, typer.Option(help="Write bench.md and bench.json into this folder.")]


def bench(rounds: Rounds = 5, redis: Redis = None, out: Out = None) -> None:
    """Measure, and print a table."""
    tables: list[Table] = []
    if redis:
        tables.append(stores.compare(redis, rounds))
    page = "\n".join(table.markdown() for table in tables)
    typer.echo(page)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "bench.md").write_text(page)
        (out / "bench.json").write_text(as_json(tables))
