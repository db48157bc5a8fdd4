"""`plenary export`: take a workshop out of a store or a running server: its archive, its paper, its tables."""

import asyncio
import json
import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from client.participant import RefusedError, fetch
from protocol.base import Role
from server.exports.archive import archive, folded
from server.exports.given import Given, told
from server.files.opening import files_of
from server.files.store import FilesError
from server.log.opening import is_shared
from server.settings import Settings
from server.web.bundles import pack, parts
from server.web.picturing import only_named, shown
from server.workshop.refused import Corrupt
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import RECORDS, State

from .stored import stored


class Format(StrEnum):
    """What to make."""

    JSON = "json"
    ZIP = "zip"
    MD = "md"
    HTML = "html"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    WALL_PDF = "wall.pdf"
    WALL_SVG = "wall.svg"
    WALL_PNG = "wall.png"
    CSV = "csv"
    XLSX = "xlsx"
    PLAN = "plan.csv"
    ICS = "ics"


Workshop = Annotated[str, typer.Argument(help="The workshop's code.")]
Store = Annotated[str, typer.Option(help="The store's file, its server stopped; or redis://….", envvar="PLENARY_STORE")]
Kind = Annotated[
    Format,
    typer.Option(
        "--format",
        help="json: everything, with the whole log; zip: that, and the files that people brought; "
        "md, html, docx, odt, pdf: the paper; wall.pdf, wall.svg, wall.png: the wall on one page; "
        "csv, xlsx: the notes as a table; plan.csv, ics: the plan, as a table or a calendar.",
    ),
]
Out = Annotated[Path | None, typer.Option(help="Write here instead of to the terminal.")]
Url = Annotated[str | None, typer.Option(help="Ask this running server instead, with --token.")]
Token = Annotated[str, typer.Option(help="Whose eyes to see with, at --url.", envvar="PLENARY_TOKEN")]


def export(
    workshop: Workshop,
    store: Store = "plenary.db",
    kind: Kind = Format.JSON,
    out: Out = None,
    url: Url = None,
    token: Token = "",
) -> None:
    """Write the archive (all records and entries: keep it as you keep the store) or the paper.

    From a running server it holds what the token's holder may see, and no log.
    """
    try:
        if kind is Format.ZIP and out is None:
            raise typer.BadParameter("a zip needs --out")
        if kind is Format.ZIP and out is not None and not url:
            _bundled(store, workshop, out)
            return
        text = _asked(url, token, workshop, kind) if url else _taken(store, workshop, kind)
    except FilesError as error:
        typer.echo(f"{store}: {error} (PLENARY_FILES); --format json takes the archive without files", err=True)
        raise typer.Exit(1) from error
    except (Corrupt, RefusedError, OSError) as error:
        typer.echo(f"{url or store}: {error}", err=True)
        raise typer.Exit(1) from error
    if out:
        out.write_bytes(text)
    else:
        typer.echo(text)


def _bundled(store: str, workshop: str, out: Path) -> None:
    """[ARCH8] Straight to its place: it may be as large as all its files."""
    [(name, one)] = stored(store, workshop).items()
    state = folded(one.entries)
    body = json.dumps(archive(state, None, one.entries), ensure_ascii=False).encode()
    files = files_of(Settings(store=store).files, store, shared=is_shared(store))
    asyncio.run(pack(out, body, parts(state.contributions.values(), name), files))


def _taken(store: str, workshop: str, kind: Format) -> bytes:
    entries = stored(store, workshop)[workshop.lower()].entries
    state = folded(entries)
    if kind is not Format.JSON:
        viewer = Viewer(Role.FACILITATOR, paper=True)
        pictures = _pictures(store, workshop.lower(), kind, state)
        given = b"".join([RECORDS.dump_json(seen(state, viewer)), *told(pictures)])
        command = (sys.executable, "-m", "server.exports", kind, os.environ.get("LANG", ""))
        return subprocess.run(command, input=given, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603 (ours)
    return json.dumps(archive(state, None, entries), ensure_ascii=False, indent=1).encode()


def _pictures(store: str, workshop: str, kind: Format, state: State) -> dict[str, Given]:
    """What the paper shows."""
    if kind is Format.MD:
        return only_named(state, Viewer(Role.FACILITATOR), workshop)
    files = files_of(Settings(store=store).files, store, shared=is_shared(store))
    return asyncio.run(shown(kind, state, workshop, files))


def _asked(url: str, token: str, workshop: str, kind: Format) -> bytes:
    address = f"{url.rstrip('/')}/api/workshops/{workshop.lower()}/export/{kind}"
    return asyncio.run(fetch(address, token=token))
