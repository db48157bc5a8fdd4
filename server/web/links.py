"""Workshops are made here, and their links given out and replaced."""

import io
import secrets
from collections.abc import Sequence

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.agenda import Agenda
from protocol.base import Role
from protocol.changes import Change
from protocol.commands import KeyReplace
from protocol.messages import Create, Created, Links, Replace
from protocol.records import Door
from server.live.room import Room
from server.workshop.door import number
from server.workshop.templates import founding, load

from .asking import asked
from .house import House, house_of
from .tokens import Tokens, as_code, new_code


async def found(house: House, title: str, agenda: Agenda, more: Sequence[Change] = ()) -> str:
    """Make a workshop; its id, which is its first code. `more`: what it begins with besides its agenda."""
    while True:
        code = new_code()
        changes = founding(agenda, code, code.upper(), title, "", house.registry.clock())
        if await house.registry.create(code, (*changes, *more)):
            return code


def first_links(house: House, workshop: str, base: str) -> Created:
    """The links of a workshop that was just made."""
    return links_by(house.tokens, workshop, workshop.upper(), Door(id="door"), base)


def links_of(house: House, room: Room, base: str) -> Created:
    """The links of a workshop, as they are now."""
    return links_by(house.tokens, room.id, room.state.workshop.code, room.state.door, base)


def links_by(tokens: Tokens, workshop: str, code: str, door: Door, base: str) -> Created:
    """The links of a workshop with this code and door."""
    keys = {role: tokens.key(workshop, role, number(door, role)) for role in Role}
    links = Links(
        facilitator=f"{base}/f#k={keys[Role.FACILITATOR]}",
        participant=f"{base}/j/{code}",
        projector=f"{base}/p#k={keys[Role.PROJECTOR]}",
    )
    return Created(id=workshop, code=code, links=links)


async def create(request: Request) -> Response:
    """[HTTP2] `POST /api/workshops`."""
    house = house_of(request)
    wanted = Create.model_validate_json(await request.body())
    workshop = await found(house, wanted.title, wanted.agenda or load(wanted.template, wanted.language))
    return JSONResponse(first_links(house, workshop, house.base(request)).model_dump(mode="json"), 201)


async def links(request: Request) -> Response:
    """`GET /api/workshops/{workshop}/links`, for facilitators."""
    house = house_of(request)
    room = await house.led(request)
    return JSONResponse(links_of(house, room, house.base(request)).model_dump(mode="json"))


async def replace(request: Request) -> Response:
    """[KEY1] [KEY2] `POST /api/workshops/{workshop}/links`, for facilitators: a new link for a role."""
    house = house_of(request)
    room = await house.led(request)
    wanted = Replace.model_validate_json(await request.body())
    code = await _pointing_here(house, room) if wanted.role is Role.PARTICIPANT else None
    await asked(room, f"key-{secrets.token_urlsafe(9)}", KeyReplace(role=wanted.role, code=code, end=wanted.end))
    return JSONResponse(links_of(house, room, house.base(request)).model_dump(mode="json"))


async def _pointing_here(house: House, room: Room) -> str:
    """[KEY3] A new code, which leads here from now on."""
    while True:
        code = new_code()
        if await house.registry.point(code, room.id):
            return code.upper()


async def qr(request: Request) -> Response:
    """`GET /api/qr/{code}.svg`: the participants' link to scan. Any code; it tells nothing."""
    house = house_of(request)
    code = as_code(request.path_params["code"]).upper()[:20]
    picture = io.BytesIO()
    link = f"{house.base(request)}/j/{code}"
    segno.make(link, error="m").save(
        picture, kind="svg", border=2, scale=8, svgclass=None, lineclass=None, xmldecl=False
    )
    return Response(picture.getvalue(), media_type="image/svg+xml")
