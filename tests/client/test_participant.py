"""The Python participant, against a server that plays by the test's script."""

from __future__ import annotations

import asyncio

import pytest

from client.participant import LONGEST_WAIT_S, Participant, RefusedError
from protocol import limits
from protocol.base import Place
from protocol.codes import Code
from protocol.commands import PersonRename

from .scripted import Scripted, command, say


def rename(n: int) -> PersonRename:
    """Some command."""
    return PersonRename(name=f"Name {n}", place=Place.ROOM)


async def test_window_and_chain() -> None:
    """[ONCE6] At most twenty are unanswered, each naming the one before."""
    async with Scripted() as server:
        me = Participant(server.url, "token", client="c")
        task = asyncio.create_task(me.start())
        line, _hello = await server.line()
        await task
        answers = [me.submit(rename(i)) for i in range(30)]
        got = [await command(line) for _ in range(limits.WINDOW)]
        assert got == [(n, n - 1) for n in range(1, limits.WINDOW + 1)]
        assert len(me._outbox) == 30
        await say(line, type="done", n=1, seq=2)
        assert await command(line) == (limits.WINDOW + 1, limits.WINDOW)
        assert not answers[0].done()
        await say(line, type="saved", seq=2)
        assert await answers[0] == 2
        await me.stop()


async def test_after_a_refusal() -> None:
    """[ONCE6] [CLIENT8] What was refused is told; those behind it are sent again with the right `prev`."""
    async with Scripted() as server:
        me = Participant(server.url, "token")
        task = asyncio.create_task(me.start())
        line, _hello = await server.line()
        await task
        one, two, three = (me.submit(rename(i)) for i in range(3))
        assert [await command(line) for _ in range(3)] == [(1, 0), (2, 1), (3, 2)]
        await say(line, type="refused", n=1, prev=0, code="forbidden", message="no")
        await say(line, type="refused", n=2, prev=1, code="gap", message="gap")
        await say(line, type="refused", n=3, prev=2, code="gap", message="gap")
        assert await command(line) == (2, 0)
        with pytest.raises(RefusedError) as no:
            await one
        assert no.value.code is Code.FORBIDDEN
        await say(line, type="done", n=2, seq=2)
        assert await command(line) == (3, 2)
        await say(line, type="done", n=3, seq=3)
        await say(line, type="saved", seq=3)
        assert (await two, await three) == (2, 3)
        await me.stop()


async def test_after_a_lost_line() -> None:
    """[CLIENT2] [CLIENT3] What the log holds is not sent again, the rest is, in order; unsaved is kept until saved."""
    async with Scripted() as server:
        me = Participant(server.url, "token", client="mine")
        task = asyncio.create_task(me.start())
        line, _hello = await server.line()
        await task
        answers = [me.submit(rename(i)) for i in range(4)]
        for _ in range(4):
            await command(line)
        await say(line, type="done", n=1, seq=2)
        await line.close()
        line, hello = await server.line(last=2, seq=3)
        assert (hello["client"], hello["after"]) == ("mine", {"seq": 1, "tag": "t"})
        assert [await command(line) for _ in range(2)] == [(3, 2), (4, 3)]
        assert not any(answer.done() for answer in answers)
        await say(line, type="saved", seq=3)
        assert [await answers[0], await answers[1]] == [3, 3]
        await line.close()
        line, _hello = await server.line(last=0, seq=1)
        assert [await command(line) for _ in range(2)] == [(3, 0), (4, 3)]
        await me.stop()


async def test_told_to_stay_away() -> None:
    """[CLIENT5] A bye without a pause ends it, and what waits is told."""
    async with Scripted() as server:
        me = Participant(server.url, "token")
        task = asyncio.create_task(me.start())
        line, _hello = await server.line()
        await task
        answer = me.submit(rename(1))
        await say(line, type="bye", code="removed", message="out", retry_after=None)
        await line.close(4505)
        with pytest.raises(RefusedError) as no:
            await answer
        assert no.value.code is Code.REMOVED
        await me.stop()


def test_pause() -> None:
    """[CLIENT5] The pause grows with the tries, at random, up to its longest; the server's word comes first."""
    me = Participant("http://none", "token")
    for tries in range(12):
        me._tries = tries
        pauses = [me.pause for _ in range(200)]
        longest = min(LONGEST_WAIT_S, 2.0**tries)
        assert 0 <= min(pauses) < max(pauses) <= longest
    me._pause = 1.5
    assert me.pause == 1.5
