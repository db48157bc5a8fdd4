"""The server asks a room for something by itself, for somebody who came over HTTP."""

import asyncio

from protocol.commands import Command
from protocol.messages import Done
from protocol.messages import Refused as RefusedMessage
from server.live.room import Room
from server.workshop.actor import SYSTEM
from server.workshop.refused import Refused
from server.workshop.speculate import Request


async def asked(room: Room, client: str, command: Command) -> Done:
    """Hand a command to the room, once under this name, and wait for its answer; a refusal is raised."""
    answer: asyncio.Future[Done | RefusedMessage] = asyncio.get_running_loop().create_future()
    request = Request(client, 1, 0, SYSTEM, command)
    room.submit(request, lambda said: None if answer.done() else answer.set_result(said))
    said = await answer
    if isinstance(said, RefusedMessage):
        raise Refused(said.code, said.message)
    return said
