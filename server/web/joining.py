"""Coming in: by a code or by a link's key."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.base import Role
from protocol.codes import Code
from protocol.commands import DoorSet, PersonJoin, PersonRole
from protocol.messages import CodeInfo, Join, Joined, SetDoor
from server.live.room import Room
from server.live.visit import Claims
from server.workshop.door import led_here, number, valid
from server.workshop.guests import at_the_door
from server.workshop.refused import Refused

from .asking import asked
from .house import House, house_of, standing
from .tokens import as_code, new_person


async def join(request: Request) -> Response:
    """[HTTP3] [JOIN1] [JOIN2] `POST /api/join`."""
    house = house_of(request)
    address = request.client.host if request.client else ""
    house.may_try(address)
    wanted = Join.model_validate_json(await request.body())
    try:
        workshop, role, key = _opened(house, wanted)
        room = await house.registry.room(workshop)
        known = _known(house, request, room.id, role)
        claims = await _again(room, known, key) if known else await _entered(house, room, (role, key), wanted)
        waiting = await _waits(room, claims)
    except Refused as no:
        raise _turned_away(house, address, no, by_code=wanted.key is None) from no
    token = house.tokens.token(claims)
    answer = Joined(token=token, workshop=room.id, person=claims.person, role=role, waiting=waiting)
    return JSONResponse(answer.model_dump(mode="json"), 202 if waiting else 200)


async def _waits(room: Room, claims: Claims) -> bool:
    """[DOOR3] Whether they are at the door only; refused where they were turned away."""
    if claims.person not in room.state.people:  # they may have come to another instance just now
        await room.reach(None)
    try:
        at_the_door(room.state, claims.person or "")
    except Refused as no:
        if no.code is not Code.WAITING:
            raise
        return True
    return False


def _turned_away(house: House, address: str, no: Refused, *, by_code: bool) -> Refused:
    """[JOIN5] A wrong code, key or password counts; a server that is just closing is nobody's guess."""
    if no.code not in {Code.NOT_FOUND, Code.BAD_TOKEN, Code.BAD_CODE, Code.PASSWORD}:
        return no
    house.failed(address)
    if no.code is Code.PASSWORD:
        return no
    return Refused(Code.BAD_CODE, "No open workshop has that code.") if by_code else no


def _opened(house: House, wanted: Join) -> tuple[str, Role, int | None]:
    """The workshop (or a code that leads to it), the role, and the number of the key, if there is one."""
    if wanted.key is not None:
        return house.tokens.open(wanted.key)
    return as_code(wanted.code or ""), Role.PARTICIPANT, None


def _known(house: House, request: Request, workshop: str, role: Role) -> Claims | None:
    """[JOIN1] Somebody who comes again with their token."""
    if "authorization" not in request.headers:
        return None
    try:
        claims = house.claims(request)
    except Refused:
        return None
    return claims if (claims.workshop, claims.role) == (workshop, role) else None


async def _again(room: Room, known: Claims, key: int | None) -> Claims:
    """[ROLE4] [REMOVE1] Somebody who was here: not whoever was put out; by the facilitators' link they lead again."""
    await room.reach(None)
    standing(room, known)
    me = room.state.people.get(known.person or "")
    held = known.role is Role.FACILITATOR and key == number(room.state.door, known.role)
    if me and held and me.role is not known.role:
        await asked(room, f"lead-{new_person()}", PersonRole(person=me.id, role=known.role))
    return known


async def _entered(house: House, room: Room, by: tuple[Role, int | None], wanted: Join) -> Claims:
    role, key = by
    if role is Role.PROJECTOR:
        await room.reach(None)
        valid(room.state, role, key or 0)
        return Claims(room.id, None, role, key or 0)
    name = wanted.name or ("Facilitator" if role is Role.FACILITATOR else None)
    if name is None:
        raise Refused(Code.INVALID, "Please say your name.")
    person = new_person()
    code = as_code(wanted.code or "") if key is None else None
    passed = await _passed(house, room, wanted.password) if key is None else None
    fields = {"name": name, "role": role, "place": wanted.place, "code": code, "key": key}
    command = PersonJoin.model_validate({"id": person, **fields, "passed": passed})
    await asked(room, f"join-{person}", command)
    return Claims(room.id, person, role)


async def _passed(house: House, room: Room, password: str | None) -> str | None:
    """[DOOR2] The hash of the door's password, for whoever knows it; that it still is, is decided on the head."""
    if not password:
        return None
    await room.reach(None)
    kept = room.state.door.password
    return kept if kept and await house.passwords.fits(password, kept) else None


async def set_door(request: Request) -> Response:
    """[DOOR1] `POST /api/workshops/{workshop}/door`, for facilitators."""
    house = house_of(request)
    room = await house.led(request)
    wanted = SetDoor.model_validate_json(await request.body())
    password = await house.passwords.hashed(wanted.password) if wanted.password else None
    await asked(room, f"door-{new_person()}", DoorSet(policy=wanted.policy, password=password))
    return Response(status_code=204)


async def code_info(request: Request) -> Response:
    """`GET /api/codes/{code}`: what the join screen shows before one is in."""
    house = house_of(request)
    address = request.client.host if request.client else ""
    house.may_try(address)
    code = as_code(request.path_params["code"])
    try:
        room = await house.registry.room(code)
        led_here(room.state, code)
    except Refused as no:
        raise _turned_away(house, address, no, by_code=True) from no
    workshop = room.state.workshop
    info = CodeInfo(title=workshop.title, code=workshop.code, workshop=room.id, policy=room.state.door.policy)
    return JSONResponse(info.model_dump(mode="json"))
