"""The server dies in the middle of a real conversation, and nobody has to do anything about it."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from client.participant import Participant, RefusedError, join, request
from protocol.commands import Command, NoteAdd, VoteCast
from protocol.entries import EMPTY, Entry
from server.cli.conversation import Event, read
from server.cli.play import Manner, Stage
from server.exports.archive import folded
from server.log.sqlite import SqliteLog
from server.workshop.invariants import broken
from tests.conversations import conversation

from .serving import Process, process

BUDGET = 5


async def test_killed_twice_in_the_middle(tmp_path: Path) -> None:
    """[LOG6] [CLIENT3] [ONCE2] [DO1] Every acknowledged note and dot is there exactly once, and nobody reloads."""
    talk = read(conversation("dev-small-london-policing"))
    with process(tmp_path) as server:
        made = await request(f"{server.url}/api/workshops", {"title": "Killed"})
        key = made["links"]["facilitator"].partition("#k=")[2]
        joined = await join(server.url, key=key, name="Facilitator")
        async with Participant(server.url, joined.token) as boss:
            acked: list[Command] = []
            stage = Recording(server.url, made["code"], boss, lambda _: None)
            stage.acked = acked
            playing = asyncio.create_task(stage.play(talk, Manner(speed=0, dots=BUDGET)))
            for count in (10, 200):
                await boss.until(lambda count=count: boss.position is not None and boss.position.seq >= count)  # type: ignore[misc]
                await asyncio.to_thread(_again, server)
            played = await playing
            assert boss.reconnects == 2
        assert played.tallies == talk.dots(BUDGET)
        assert len([command for command in acked if isinstance(command, NoteAdd)]) == len(talk.of("note"))
    await _check(server.store, made["id"], acked)


class Recording(Stage):
    """A stage that remembers what was acknowledged as saved."""

    acked: list[Command]

    async def _counted(self, event: Event, command: Command, answer: asyncio.Future[int]) -> None:
        await super()._counted(event, command, answer)
        if answer.exception() is None:
            self.acked.append(command)


def _again(server: Process) -> None:
    server.kill()
    server.start()


async def _check(store: Path, workshop: str, acked: list[Command]) -> None:
    log = SqliteLog(store)
    entries = await log.read(workshop, EMPTY)
    await log.close()
    state = folded(entries)
    assert broken(state) == []
    once = Counter((entry.client, entry.n) for entry in entries)
    assert set(once.values()) == {1}
    notes = _made(entries, "note.add")
    for command in acked:
        if isinstance(command, NoteAdd):
            assert notes[command.id] == 1
            assert state.notes[command.id].text == command.text
    votes = sum(entry.name == "vote.cast" for entry in entries)
    assert votes >= sum(isinstance(command, VoteCast) for command in acked)


def _made(entries: list[Entry], name: str) -> Counter[str]:
    return Counter(
        change.record.id for entry in entries if entry.name == name for change in entry.changes if change.op == "put"
    )


async def test_a_wrong_token_stays_wrong(tmp_path: Path) -> None:
    """[HELLO2] [HTTP3] After a restart tokens still hold, and made-up ones still do not."""
    with process(tmp_path) as server:
        made = await request(f"{server.url}/api/workshops", {"title": "Killed"})
        joined = await join(server.url, code=made["code"], name="Ana")
        await asyncio.to_thread(_again, server)
        async with Participant(server.url, joined.token) as ana:
            assert ana.person == joined.person
        stranger = Participant(server.url, joined.token + "x")
        with pytest.raises(RefusedError) as no:
            await stranger.start()
        assert no.value.code == "bad_token"
        await stranger.stop()
