"""`plenary demo FILE`: a real conversation, played through real lines into a live workshop that anyone may join."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from client.participant import Participant, RefusedError, join, request

from .conversation import Conversation, read
from .play import Played, Stage
from .serve import show

File = Annotated[Path, typer.Argument(help="A replay: JSON Lines, may be gzipped.", exists=True, dir_okay=False)]
Speed = Annotated[str, typer.Option(help="1 as recorded (silences cut to 5 s), 10 ten times as fast, or max.")]
Dots = Annotated[int, typer.Option(help="Dots per person in the vote.", min=1, max=99)]
Url = Annotated[str | None, typer.Option(help="A running server; else one is started.")]
Port = Annotated[int, typer.Option(help="Port of the server that is started.")]
Store = Annotated[
    Path | None, typer.Option(help="Store of the server that is started; else a new one that is not kept.")
]
Out = Annotated[Path | None, typer.Option(help="Write the workshop's id to this file, for scripts.")]
Title = Annotated[str | None, typer.Option(help="Title of the workshop; else the conversation's topic.")]
Hold = Annotated[bool, typer.Option(help="Keep the started server up afterwards, until Ctrl+C.")]


def demo(
    file: File,
    speed: Speed = "1",
    dots: Dots = 5,
    url: Url = None,
    port: Port = 8000,
    store: Store = None,
    out: Out = None,
    title: Title = None,
    hold: Hold = False,
) -> None:
    """Play a conversation. Exit code 1 where the dots are not what the file's oracle expects."""
    conversation = read(file)
    pace = 0.0 if speed == "max" else float(speed)
    if url is not None:
        ok = asyncio.run(_play(conversation, url, pace, dots, out, title))
    else:
        with _server(port, store) as (own, process):
            ok = asyncio.run(_play(conversation, own, pace, dots, out, title))
            if hold:
                typer.echo("The server stays up; stop with Ctrl+C.")
                process.wait()
    raise typer.Exit(0 if ok else 1)


async def _play(
    conversation: Conversation, url: str, pace: float, dots: int, out: Path | None, title: str | None
) -> bool:
    made = await request(f"{url}/api/workshops", {"title": (title or conversation.topic)[:200]})
    show(made["links"]["facilitator"], made["links"]["projector"], made["links"]["participant"], made["code"])
    if out:
        out.write_text(made["id"])  # noqa: ASYNC240 - one short line, before anything runs
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(url, key=key, name="Facilitator")
    started = time.monotonic()
    async with Participant(url, joined.token) as facilitator:
        stage = Stage(url, made["code"], facilitator, lambda words: typer.echo(f"  {words}"))
        played = await stage.play(conversation, pace, dots)
    return report(conversation, played, dots, time.monotonic() - started)


def report(conversation: Conversation, played: Played, dots: int, seconds: float) -> bool:
    """Say what came of it, and whether the dots are right."""
    typer.echo(f"\n  {played.notes} notes, {played.moves} moves, {played.dots} dots in {seconds:.1f} s")
    for code, count in sorted(played.refused.items()):
        typer.echo(f"  refused with {code}: {count}")
    for line in played.refusals:
        typer.echo(f"    {line[:150]}")
    expected = conversation.oracle.get(dots)
    if expected is None:
        return True
    wrong = {note for note in {*expected, *played.tallies} if expected.get(note) != played.tallies.get(note)}
    typer.echo("  dots equal the oracle" if not wrong else f"  DOTS DIFFER from the oracle on {sorted(wrong)}")
    return not wrong


@contextmanager
def _server(port: int, store: Path | None) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A server of our own, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        place = store or Path(folder) / "demo.db"
        command = [sys.executable, "-m", "server", "serve", "--port", str(port), "--store", str(place)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        try:
            asyncio.run(_up(f"http://127.0.0.1:{port}", process))
            yield f"http://127.0.0.1:{port}", process
        finally:
            process.terminate()
            process.wait(timeout=30)


async def _up(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until it answers; typed in one place, because a server that died never will."""
    for _ in range(300):
        if process.poll() is not None:
            raise typer.Exit(1)
        try:
            await request(f"{url}/api/codes/none")
        except RefusedError:
            return
        except OSError:
            await asyncio.sleep(0.1)
