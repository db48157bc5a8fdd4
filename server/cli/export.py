"""`plenary export`: take a workshop out of a store, as a JSON archive or as the Markdown paper."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from protocol.base import Role
from server.exports.archive import archive, folded
from server.exports.markdown import paper
from server.workshop.seen_by import Viewer

from .stored import entries_of


class Format(StrEnum):
    """What to make."""

    JSON = "json"
    MD = "md"


Workshop = Annotated[str, typer.Argument(help="The workshop's code.")]
Store = Annotated[Path, typer.Option(help="The store's file; its server must be stopped.", envvar="PLENARY_STORE")]
Kind = Annotated[Format, typer.Option("--format", help="json: everything, with the whole log. md: the paper.")]
Out = Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")]


def export(workshop: Workshop, store: Store = Path("plenary.db"), kind: Kind = Format.JSON, out: Out = None) -> None:
    """Write the archive (all records and entries: keep it as you keep the store) or the paper."""
    entries = entries_of(store, workshop)[workshop.lower()]
    state = folded(entries)
    if kind is Format.MD:
        text = paper(state, Viewer(Role.FACILITATOR))
    else:
        text = json.dumps(archive(state, None, entries), ensure_ascii=False, indent=1)
    if out:
        out.write_text(text)
    else:
        typer.echo(text)
