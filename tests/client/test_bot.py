"""The example bot, as somebody would run it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from client.participant import Participant, join, request
from protocol.commands import IssueChoose, NoteAdd, PersonMove, StepGo
from protocol.records import Notice
from server.cli.process import process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROOT = Path(__file__).resolve().parents[2]
BOARD, OTHER = "issue-0", "issue-1"


@contextlib.asynccontextmanager
async def bot(url: str, key: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """It runs, and is impatient."""
    command = (sys.executable, "docs/bot.py", url, key, "--quiet", "0.2")
    running = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


async def test_it_speaks_to_a_quiet_group(tmp_path: Path) -> None:
    """[SAY1] To that group alone, once each time it grows quiet; at the end it tells what came of it."""
    async with asyncio.timeout(60):
        with process(str(tmp_path / "plenary.db")) as place:
            made = await request(f"{place.url}/api/workshops", {"title": "Ours"})
            key = made["links"]["facilitator"].partition("#k=")[2]
            fay = await join(place.url, key=key, name="Fay")
            ana = await join(place.url, code=made["code"], name="Ana")
            async with Participant(place.url, fay.token) as boss, Participant(place.url, ana.token) as me:
                await boss.do(IssueChoose(ids=(BOARD, OTHER)))
                await me.do(PersonMove(person=ana.person or "", board=BOARD))
                await boss.do(StepGo(step="step-5", current="step-0"))
                async with bot(place.url, key) as running:
                    await me.until(lambda: len(said(me)) == 1)
                    note = NoteAdd(id="n", board=BOARD, section="section-0", rank="a0", text="A thought")
                    await me.do(note)
                    await me.until(lambda: len(said(me)) == 2)
                    assert {notice.board for notice in said(me)} == {BOARD}
                    await boss.do(StepGo(step="step-11", current="step-5"))
                    out, _ = await running.communicate()
                    assert running.returncode == 0
                    assert out.decode().splitlines()[-1].startswith("1 notes.")


def said(me: Participant) -> list[Notice]:
    """What facilitators said."""
    return [notice for notice in me.all("notice") if isinstance(notice, Notice)]
