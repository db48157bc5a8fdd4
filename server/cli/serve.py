"""`plenary serve`: run the product, and say where to find it."""

import gc
import socket
import sys
from pathlib import Path
from typing import Annotated

import segno
import typer
import uvloop

from protocol.entries import EMPTY
from protocol.messages import Created
from server.live.room import Room
from server.log.base import StoreError, StoreUnfit
from server.log.opening import is_shared, opened
from server.settings import Settings
from server.web.app import create_app
from server.web.house import House
from server.web.links import found, links_of
from server.web.logs import configure
from server.web.serving import serving
from server.web.tokens import kept_secret
from server.workshop.pointing import pointed_to
from server.workshop.refused import Refused
from server.workshop.templates import load

COLLECTED = (100_000, 20, 100)
"""When garbage is looked for. Rooms hold many records and hardly any cycles: by default it would stop all for 0.1 s."""
TITLE = "Competency-Based Learning: a planning session on conquering tough issues"

Port = Annotated[int | None, typer.Option(help="Port to listen on (PLENARY_PORT; 8000).")]
Host = Annotated[str | None, typer.Option(help="Address to listen on (PLENARY_HOST; all).")]
Store = Annotated[str | None, typer.Option(help="The SQLite file, or redis://… (PLENARY_STORE; ./plenary.db).")]
Files = Annotated[
    str | None, typer.Option(help="Where files lie: a folder, or s3://BUCKET/… (PLENARY_FILES; beside the store).")
]
PublicUrl = Annotated[str | None, typer.Option(help="Where people reach this server (PLENARY_PUBLIC_URL).")]
New = Annotated[str | None, typer.Option(help="Start a new workshop of this title.")]
Retention = Annotated[
    int | None,
    typer.Option(
        min=0, help="Delete a workshop so many days after its last change (PLENARY_RETENTION_DAYS; 0: never)."
    ),
]
Template = Annotated[str, typer.Option(help="The template for a new workshop.")]


def serve(
    port: Port = None,
    host: Host = None,
    store: Store = None,
    files: Files = None,
    public_url: PublicUrl = None,
    new: New = None,
    template: Template = "tough-issues",
    retention_days: Retention = None,
) -> None:
    """Run the server; print the facilitator's, the projector's and the participants' link with its QR code."""
    given = {"port": port, "host": host, "store": store, "files": files, "public_url": public_url}
    given["retention_days"] = retention_days
    settings = Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    configure(as_json=settings.log_json)
    gc.set_threshold(*COLLECTED)
    try:
        uvloop.run(_run(settings, new, template))
    except (StoreError, Refused) as no:
        typer.echo(no.message if isinstance(no, Refused) else str(no), err=True)
        raise typer.Exit(1) from no


async def _run(settings: Settings, new: str | None, template: str) -> None:
    if is_shared(settings.store) and not settings.secret:
        raise StoreUnfit("Instances that share a Redis must share a secret: set PLENARY_SECRET to the same in each.")
    log = await opened(settings.store, risk=settings.risk)
    app = create_app(settings, log, settings.secret or kept_secret(Path(settings.store)))
    house: House = app.state.house
    room = await _shown(house, new, template)

    def up(bound: int) -> None:
        base = settings.public_url.rstrip("/") or f"http://{_reachable(settings.host)}:{bound}"
        if room:
            show(links_of(house, room, base))
        else:
            typer.echo(f"\n  Plenary is up at {base}\n  Start a workshop there, or with --new TITLE.")
        typer.echo("\n  Stop with Ctrl+C. Everything is kept.")
        sys.stdout.flush()

    await serving(app, settings.host, settings.port, up, proxies=settings.trusted_proxies).serve()


async def _shown(house: House, new: str | None, template: str) -> Room | None:
    """A new one, or the newest; None at one of many instances, which has no workshop of its own."""
    log = house.registry.log
    if new is None and is_shared(house.settings.store):
        return None
    ages: list[tuple[int, str]] = []
    for name in await log.workshops() if new is None else []:
        entries = await log.read(name, EMPTY)
        if not pointed_to(entries):
            ages.append((entries[0].at, name))
    return await house.registry.room(max(ages)[1] if ages else await found(house, new or TITLE, load(template)))


def show(made: Created) -> None:
    """The links, and the QR code where a terminal can show it."""
    typer.echo(f"\n  Plenary is up. The code is {made.code}.\n")
    typer.echo(f"  Facilitator   {made.links.facilitator}")
    typer.echo(f"  Projector     {made.links.projector}")
    typer.echo(f"  Participants  {made.links.participant}\n")
    if "utf" in (sys.stdout.encoding or "").lower():
        segno.make(made.links.participant, error="l").terminal(out=sys.stdout, compact=True, border=2)


def _reachable(host: str) -> str:
    """The address that phones in the room can use; asking for a route sends nothing."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
