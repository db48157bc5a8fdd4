"""The HTTP API: make a workshop, come in, and take things out."""

import asyncio
import io
from collections.abc import Callable

import segno
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from protocol.base import Role
from protocol.codes import Code
from protocol.commands import PersonJoin
from protocol.messages import Create, Created, Done, Join, Joined, Links
from protocol.messages import Refused as RefusedMessage
from server.exports.archive import archive
from server.exports.markdown import paper
from server.live.room import Room
from server.live.visit import Claims
from server.workshop.actor import SYSTEM
from server.workshop.refused import Refused
from server.workshop.seen_by import Viewer
from server.workshop.speculate import Request as Asked
from server.workshop.templates import founding, load

from .house import House
from .tokens import as_code, new_code, new_person


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


async def found(house: House, title: str, template: str, base: str) -> Created:
    """Make a workshop; the code is its id."""
    plan = load(template)
    while True:
        code = new_code()
        if await house.registry.create(code, founding(plan, code, code.upper(), title, "", house.registry.clock())):
            return created(house, code, base)


def created(house: House, workshop: str, base: str) -> Created:
    """The three links of a workshop."""
    key = house.tokens.key
    links = Links(
        facilitator=f"{base}/f#k={key(workshop, Role.FACILITATOR)}",
        participant=f"{base}/j/{workshop.upper()}",
        projector=f"{base}/p#k={key(workshop, Role.PROJECTOR)}",
    )
    return Created(id=workshop, code=workshop.upper(), links=links)


async def create(request: Request) -> Response:
    """[HTTP2] `POST /api/workshops`."""
    house = _house(request)
    wanted = Create.model_validate_json(await request.body())
    made = await found(house, wanted.title, wanted.template, house.base(request))
    return JSONResponse(made.model_dump(mode="json"), 201)


async def links(request: Request) -> Response:
    """`GET /api/workshops/{workshop}/links`, for facilitators."""
    house = _house(request)
    claims = house.claims_of(request, Role.FACILITATOR)
    return JSONResponse(created(house, claims.workshop, house.base(request)).model_dump(mode="json"))


async def join(request: Request) -> Response:
    """[HTTP3] [JOIN1] [JOIN2] `POST /api/join`."""
    house = _house(request)
    address = request.client.host if request.client else ""
    house.may_try(address)
    wanted = Join.model_validate_json(await request.body())
    try:
        workshop, role = _opened(house, wanted)
        room = await house.registry.room(workshop)
    except Refused as no:
        raise _turned_away(house, address, no, by_code=wanted.key is None) from no
    claims = _known(house, request, workshop, role) or await _entered(room, role, wanted)
    answer = Joined(token=house.tokens.token(claims), workshop=workshop, person=claims.person, role=role)
    return JSONResponse(answer.model_dump(mode="json"))


def _turned_away(house: House, address: str, no: Refused, *, by_code: bool) -> Refused:
    """[JOIN5] A wrong code or key counts; a server that is just closing is nobody's guess."""
    if no.code not in {Code.NOT_FOUND, Code.BAD_TOKEN}:
        return no
    house.failed(address)
    return Refused(Code.BAD_CODE, "No open workshop has that code.") if by_code else no


def _opened(house: House, wanted: Join) -> tuple[str, Role]:
    if wanted.key is not None:
        return house.tokens.open(wanted.key)
    return as_code(wanted.code or ""), Role.PARTICIPANT


def _known(house: House, request: Request, workshop: str, role: Role) -> Claims | None:
    """[JOIN1] Somebody who comes again with their token."""
    if "authorization" not in request.headers:
        return None
    try:
        claims = house.claims(request)
    except Refused:
        return None
    return claims if (claims.workshop, claims.role) == (workshop, role) else None


async def _entered(room: Room, role: Role, wanted: Join) -> Claims:
    if role is Role.PROJECTOR:
        return Claims(room.id, None, role)
    name = wanted.name or ("Facilitator" if role is Role.FACILITATOR else None)
    if name is None:
        raise Refused(Code.INVALID, "Please say your name.")
    person = new_person()
    command = PersonJoin(id=person, name=name, role=role, place=wanted.place)
    await submitted(room, Asked(f"join-{person}", 1, 0, SYSTEM, command))
    return Claims(room.id, person, role)


async def submitted(room: Room, asked: Asked) -> Done:
    """Hand a command to the room and wait for its answer; a refusal is raised."""
    answer: asyncio.Future[Done | RefusedMessage] = asyncio.get_running_loop().create_future()
    room.submit(asked, lambda said: None if answer.done() else answer.set_result(said))
    said = await answer
    if isinstance(said, RefusedMessage):
        raise Refused(said.code, said.message)
    return said


async def code_info(request: Request) -> Response:
    """`GET /api/codes/{code}`: what the join screen shows before one is in."""
    house = _house(request)
    address = request.client.host if request.client else ""
    house.may_try(address)
    try:
        room = await house.registry.room(as_code(request.path_params["code"]))
    except Refused as no:
        raise _turned_away(house, address, no, by_code=True) from no
    workshop = room.state.workshop
    return JSONResponse({"title": workshop.title, "code": workshop.code})


async def qr(request: Request) -> Response:
    """`GET /api/qr/{code}.svg`: the participants' link to scan. Any code; it tells nothing."""
    house = _house(request)
    code = as_code(request.path_params["code"]).upper()[:20]
    picture = io.BytesIO()
    link = f"{house.base(request)}/j/{code}"
    segno.make(link, error="m").save(
        picture, kind="svg", border=2, scale=8, svgclass=None, lineclass=None, xmldecl=False
    )
    return Response(picture.getvalue(), media_type="image/svg+xml")


def _json(room: Room, viewer: Viewer) -> Response:
    return JSONResponse(archive(room.state, viewer))


def _markdown(room: Room, viewer: Viewer) -> Response:
    return Response(paper(room.state, viewer), media_type="text/markdown; charset=utf-8")


EXPORTS: dict[str, Callable[[Room, Viewer], Response]] = {"json": _json, "md": _markdown}


async def export(request: Request) -> Response:
    """[HTTP4] `GET /api/workshops/{workshop}/export/{format}`."""
    house = _house(request)
    claims = house.claims_of(request)
    make = EXPORTS.get(request.path_params["format"])
    if make is None:
        raise Refused(Code.NOT_FOUND, f"The formats are {', '.join(EXPORTS)}.")
    room = await house.registry.room(claims.workshop)
    response = make(room, Viewer(claims.role, claims.person))
    name = f"plenary-{claims.workshop}.{request.path_params['format']}"
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response


ROUTES = [
    Route("/api/workshops", create, methods=["POST"]),
    Route("/api/workshops/{workshop}/links", links),
    Route("/api/workshops/{workshop}/export/{format}", export),
    Route("/api/join", join, methods=["POST"]),
    Route("/api/codes/{code}", code_info),
    Route("/api/qr/{code}.svg", qr),
]
