"""A room to measure: a server of our own, a workshop with one board, and a token for each of many people."""

import asyncio
import contextlib
from collections.abc import Iterator
from typing import Final

from client.participant import Participant, join, request
from protocol.commands import IssueAdd, IssueChoose
from server.cli.process import Process, process

from .load import SERVER_CORE, Target

BOARD: Final = "bench"
AT_ONCE: Final = 16


@contextlib.contextmanager
def room(store: str, people: int) -> Iterator[Target]:
    """Up, with everybody joined."""
    with process(store, secret="bench", core=SERVER_CORE) as server:  # noqa: S106 - of this run alone
        yield asyncio.run(_furnished(server, people))


@contextlib.contextmanager
def rooms(store: str, people: int, workshops: int) -> Iterator[Target]:
    """As `room`, the people spread over so many workshops; nobody can write."""
    with process(store, secret="bench", core=SERVER_CORE) as server:  # noqa: S106 - of this run alone
        targets = [asyncio.run(_furnished(server, people // workshops)) for _ in range(workshops)]
        yield Target(server.port, server.pid, [token for target in targets for token in target.tokens], "nowhere")


async def _furnished(server: Process, people: int) -> Target:
    url = server.url
    made = await request(f"{url}/api/workshops", {"title": "Bench"})
    key = made["links"]["facilitator"].partition("#k=")[2]
    boss = await join(url, key=key, name="Facilitator")
    async with Participant(url, boss.token) as facilitator:
        await facilitator.do(IssueAdd(id=BOARD, rank="a0", title="Bench"))
        await facilitator.do(IssueChoose(ids=(BOARD,)))
        section = facilitator.all("section")[0].id
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> str:
        async with turns:
            return (await join(url, code=made["code"], name=f"Person {number}")).token

    return Target(server.port, server.pid, await asyncio.gather(*(one(n) for n in range(people))), section)
