"""Work beside the server, in a process of its own, so that nobody in a room waits for it ([EXP6] [IMP4])."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from subprocess import DEVNULL, PIPE, Popen
from typing import Final

from pydantic import BaseModel
from starlette.requests import Request

from protocol.codes import Code
from protocol.records import Record
from server.workshop.refused import Refused
from server.workshop.state import listed

AT_ONCE: Final = 2
"""More wait for their turn."""
BEHIND: Final = ("nice", "-n", "10")
"""The room comes first, from the process's first moment: to read in what it needs takes longer than many a document."""
REFUSED: Final = 3
"""The exit code of a process that says why it would not."""


class Refusal(BaseModel):
    """What it says then."""

    code: Code
    message: str


class Broken(Exception):
    """The process ended without a word."""


class Making:
    """Makes something of what it is given, a few at a time; `command` is told more in its arguments."""

    def __init__(self, *command: str) -> None:
        self._command = (*BEHIND, *(command or (sys.executable, "-m", "server.exports")))
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._hands = ThreadPoolExecutor(AT_ONCE, "making")
        """What goes in and comes out is passed on beside the loop."""

    async def document(
        self, request: Request, kind: str, language: str, told: Callable[[], AsyncIterator[bytes]]
    ) -> bytes:
        """The file; `busy` where whoever asked went away meanwhile, or where it could not be made.

        What it is made of is asked for when its turn has come: many may wait, and none of them holds a copy of the
        workshop.
        """

        async def body() -> bytes:
            return b"".join([some async for some in told()])

        try:
            return await self._for(request, body, kind, language)
        except Broken:
            raise Refused(Code.BUSY, "The document could not be made.") from None

    async def made(self, request: Request, body: bytes, *arguments: str) -> bytes:
        """What came out; `busy` where whoever asked went away meanwhile. Raises `Broken`."""

        async def given() -> bytes:
            return body

        return await self._for(request, given, *arguments)

    async def _for(self, request: Request, body: Callable[[], Awaitable[bytes]], *arguments: str) -> bytes:
        making = asyncio.create_task(self._made(body, arguments))
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({making, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not making.done():
                raise Refused(Code.BUSY, "Nobody waits for this any more.")
            return making.result()
        finally:
            for task in (making, gone):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Refused, Broken):
                    await task

    async def _made(self, body: Callable[[], Awaitable[bytes]], arguments: Sequence[str]) -> bytes:
        async with self._turns:
            command = (*self._command, *arguments)
            given = await body()
            process = _begun(command)
            talking = asyncio.get_running_loop().run_in_executor(self._hands, process.communicate, given)
            try:
                made, _ = await asyncio.shield(talking)
            finally:
                if not talking.done():
                    process.kill()
                    await talking
        if process.returncode == REFUSED:
            refusal = Refusal.model_validate_json(made)
            raise Refused(refusal.code, refusal.message)
        if process.returncode:
            raise Broken
        return made


async def written(records: Iterable[Record]) -> AsyncIterator[bytes]:
    """A list of records as JSON, in pieces, between which the loop goes on."""
    for piece in listed(records):
        yield piece
        await asyncio.sleep(0)


async def _gone(request: Request) -> None:
    """Wait until whoever asked has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _begun(command: Sequence[str]) -> Popen[bytes]:
    """Not by uvloop: it forks, which copies the page table of all rooms and holds the loop for 15 ms; this does not."""
    return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)  # noqa: S603 - our own words
