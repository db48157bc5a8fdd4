"""The `plenary` command: composition only."""

import typer

from server.cli.bench import bench
from server.cli.bring import bring
from server.cli.copy import copy
from server.cli.delete import delete
from server.cli.demo import demo
from server.cli.export import export
from server.cli.serve import serve
from server.cli.verify import verify

app = typer.Typer(
    help="Facilitated workshops, live.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (serve, demo, export, verify, copy, delete, bench):
    app.command()(command)
app.command("import")(bring)


@app.callback(invoke_without_command=True)
def plenary(context: typer.Context) -> None:
    """`plenary` alone is `plenary serve`."""
    if context.invoked_subcommand is None:
        serve()


def main() -> None:
    """Run the command."""
    app()


if __name__ == "__main__":
    main()
