"""Making a document beside the server: in a process of its own, so that nobody in a room waits for it ([EXP6])."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence

from starlette.requests import Request

from protocol.codes import Code
from protocol.records import Record
from server.workshop.refused import Refused
from server.workshop.state import RECORDS

AT_ONCE = 2
"""More wait for their turn."""


class Making:
    """Makes documents, a few at a time; `command` is told the format and the language."""

    def __init__(self, *command: str) -> None:
        self._command = command or (sys.executable, "-m", "server.exports")
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def document(self, request: Request, kind: str, language: str, records: Sequence[Record]) -> bytes:
        """The file; `busy` where whoever asked went away meanwhile, or where it could not be made."""
        making = asyncio.create_task(self._made(kind, language, RECORDS.dump_json(list(records))))
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({making, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not making.done():
                raise Refused(Code.BUSY, "Nobody waits for this document any more.")
            return making.result()
        finally:
            for task in (making, gone):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, Refused):
                    await task

    async def _made(self, kind: str, language: str, body: bytes) -> bytes:
        async with self._turns:
            command = (*self._command, kind, language)
            process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
            try:
                made, _ = await process.communicate(body)
            finally:
                await _ended(process)
        if process.returncode:
            raise Refused(Code.BUSY, "The document could not be made.")
        return made


async def _gone(request: Request) -> None:
    """Wait until whoever asked has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _ended(process: Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
