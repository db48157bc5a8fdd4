"""`plenary demo FILE`: a real conversation, played over real lines into a live workshop that anyone may join."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from client.participant import Participant, request
from protocol import limits
from protocol.messages import Created

from .conversation import Conversation, read
from .play import Manner, Played, Stage, enter
from .process import Ended, Process, process

File = Annotated[Path, typer.Argument(help="A replay: JSON Lines, may be gzipped.", exists=True, dir_okay=False)]
Speed = Annotated[str, typer.Option(help="1 as recorded (silences cut to 5 s), 10 ten times as fast, or max.")]
Dots = Annotated[int, typer.Option(help="Dots per person in the vote.", min=1, max=limits.DOTS)]
Url = Annotated[str | None, typer.Option(help="A running server; else one is started.")]
Port = Annotated[int, typer.Option(help="Port of the server that is started; 0: any that is free.")]
Store = Annotated[
    Path | None, typer.Option(help="Store of the server that is started; else a new one that is not kept.")
]
Out = Annotated[Path | None, typer.Option(help="Write the workshop's id to this file, for scripts.")]
Title = Annotated[str | None, typer.Option(help="Title of the workshop; else the conversation's topic.")]
People = Annotated[int, typer.Option("--people-limit", help="Only the first so many people come.", min=1)]
Close = Annotated[bool, typer.Option("--close", help="Close the workshop at the end.")]
Hold = Annotated[bool, typer.Option("--hold", help="Keep the started server up afterwards, until Ctrl+C.")]


def demo(
    file: File,
    speed: Speed = "1",
    dots: Dots = 5,
    url: Url = None,
    port: Port = 0,
    store: Store = None,
    out: Out = None,
    title: Title = None,
    people: People = limits.PEOPLE,
    close: Close = False,
    hold: Hold = False,
) -> None:
    """Play a conversation. Exit code 1 where the dots are not what the file's oracle expects."""
    manner = Manner(pace(speed), dots, close)
    try:
        conversation = read(file).among(people)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    named = title or conversation.topic[: limits.TITLE_CHARS]
    if url is not None:
        ok = asyncio.run(_play(conversation, url.rstrip("/"), manner, named, out))
    else:
        with _server(port, store) as server:
            ok = asyncio.run(_play(conversation, server.url, manner, named, out))
            if hold and server.running:
                typer.echo("  The server stays up; stop with Ctrl+C.")
                server.running.wait()
    raise typer.Exit(0 if ok else 1)


def pace(speed: str) -> float:
    """The speed as a number; 0 for as fast as acknowledged."""
    if speed == "max":
        return 0.0
    try:
        number = float(speed)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise typer.BadParameter("--speed is a number above 0, or max")
    return number


async def _play(conversation: Conversation, url: str, manner: Manner, title: str, out: Path | None) -> bool:
    made = Created.model_validate(await request(f"{url}/api/workshops", {"title": title}))
    typer.echo(f"\n  {title}\n\n  Facilitator   {made.links.facilitator}")
    typer.echo(f"  Projector     {made.links.projector}")
    typer.echo(f"  Participants  {made.links.participant}   (the code is {made.code})\n")
    if out:
        await asyncio.to_thread(out.write_text, made.id)
    key = made.links.facilitator.partition("#k=")[2]
    joined = await enter(url, key=key, name="Facilitator")
    started = time.monotonic()
    async with Participant(url, joined.token) as facilitator:
        stage = Stage(url, made.code, facilitator, lambda words: typer.echo(f"  {words}"))
        played = await stage.play(conversation, manner)
    return report(conversation, played, manner.dots, time.monotonic() - started)


def report(conversation: Conversation, played: Played, dots: int, seconds: float) -> bool:
    """Say what came of it, and whether the dots are right."""
    done = played.done
    typer.echo(f"\n  {done['note.add']} notes, moved {done['note.move']} times; refused: {_codes(played, 'note')}")
    for line in played.refusals:
        typer.echo(f"    {line[:150]}")
    placed, taken = done["vote.cast"], done["taking"]
    typer.echo(f"  {placed} votes with a dot, {taken} without; refused: {_codes(played, 'vote')}")
    lost = f", {played.reconnects} lines lost and made again" if played.reconnects else ""
    typer.echo(f"  {sum(played.tallies.values())} dots on the boards, after {seconds:.1f} s{lost}")
    expected = conversation.dots(dots)
    wrong = [note for note in {*expected, *played.tallies} if expected.get(note) != played.tallies.get(note)]
    for note in sorted(wrong):
        typer.echo(f"  {note} has {played.tallies.get(note, 0)} dots, not {expected.get(note, 0)}")
    typer.echo("  DOTS DIFFER from the oracle" if wrong else "  dots equal the oracle")
    return not wrong


def _codes(played: Played, kind: str) -> str:
    found = sorted((code, count) for (of, code), count in played.refused.items() if of == kind)
    return ", ".join(f"{count} {code}" for code, count in found) or "none"


@contextmanager
def _server(port: int, store: Path | None) -> Iterator[Process]:
    """A server of our own, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            with process(str(store or Path(folder) / "demo.db"), port=port) as server:
                yield server
        except Ended as error:
            raise typer.Exit(1) from error
