"""The paper begins over HTTP: the server makes it from what everybody may see."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from protocol.base import Role
from protocol.commands import PaperBegin
from protocol.messages import BeginPaper
from server.exports.beginning import beginning
from server.exports.wall import Wall
from server.exports.words import words_for
from server.workshop.merging import encoded
from server.workshop.seen_by import Viewer, seen

from .asking import asked
from .house import house_of
from .tokens import new_person


async def begin_paper(request: Request) -> Response:
    """[PAPER1] `POST /api/workshops/{workshop}/paper`, for facilitators; 409 `exists` where it has begun."""
    room, viewer = await house_of(request).asker(request, Role.FACILITATOR)
    wanted = BeginPaper.model_validate_json(await request.body())
    wall = Wall.of(seen(room.state, Viewer(Role.PROJECTOR)))
    base = await asyncio.to_thread(beginning, wall, words_for(wanted.language), names=wanted.names)
    begin = PaperBegin(base=encoded(base), by=viewer.person, target=wanted.target)
    await asked(room, f"paper-{new_person()}", begin)
    return Response(status_code=204)
