"""The server dies in the middle of a real conversation, and nobody has to do anything about it."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from client.participant import Participant, RefusedError, join, request
from protocol.commands import Command, NoteAdd
from protocol.entries import EMPTY
from server.cli.conversation import read
from server.cli.play import Manner
from server.cli.process import Process
from server.log.sqlite import SqliteLog
from tests.conversations import conversation

from .recording import Recording, exactly_once
from .serving import process

BUDGET = 5


@pytest.mark.parametrize("end", [Process.kill, Process.stop], ids=["kill -9", "terminate"])
async def test_gone_twice_in_the_middle(tmp_path: Path, end: Callable[[Process], None]) -> None:
    """[LOG6] [LOG12] [CLIENT3] [ONCE2] [DO1] [BYE1] What was acknowledged is there exactly once; nobody reloads."""
    talk = read(conversation("dev-small-london-policing"))
    with process(tmp_path) as server:
        made = await request(f"{server.url}/api/workshops", {"title": "Gone"})
        key = made["links"]["facilitator"].partition("#k=")[2]
        joined = await join(server.url, key=key, name="Facilitator")
        async with Participant(server.url, joined.token) as boss:
            stage = Recording(server.url, made["code"], boss)
            playing = asyncio.create_task(stage.play(talk, Manner(speed=0, dots=BUDGET)))
            gone_at = 0
            for turn, reached in enumerate(stage.reached.values()):
                await reached.wait()
                await boss.until(partial(_came_back, boss, turn))
                gone_at = time.time_ns() // 1_000_000
                await asyncio.to_thread(_again, server, end)
            played = await playing
            await boss.until(partial(_came_back, boss, 2))
        assert played.tallies == talk.dots(BUDGET)
        assert len([command for command in stage.acked if isinstance(command, NoteAdd)]) == len(talk.of("note"))
    await _check(Path(server.store), made["id"], stage.acked, len(talk.authors), gone_at)


def _came_back(person: Participant, times: int) -> bool:
    return person.reconnects == times


def _again(server: Process, end: Callable[[Process], None] = Process.kill) -> None:
    end(server)
    server.start()


async def _check(store: Path, workshop: str, acked: list[Command], interested: int, gone_at: int) -> None:
    log = SqliteLog(store)
    entries = await log.read(workshop, EMPTY)
    await log.close()
    exactly_once(entries, acked, interested)
    votes = [entry.at for entry in entries if entry.name == "vote.cast"][interested:]
    assert votes[0] < gone_at < votes[-1], "it was not gone in the middle of the vote"


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
