"""Another program that is told of what happens: where it is, its secret, and a test."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.codes import Code
from protocol.commands import HookSet, HookTest
from protocol.messages import SetWebhook, Webhook
from server.live.room import Room
from server.workshop.refused import Refused

from .asking import asked
from .house import House, house_of
from .signing import shown
from .tokens import new_person


async def webhook(request: Request) -> Response:
    """[HOOK3] `GET /api/workshops/{workshop}/webhook`, for facilitators."""
    house = house_of(request)
    return _said(house, await house.led(request))


async def set_webhook(request: Request) -> Response:
    """[HOOK1] `POST /api/workshops/{workshop}/webhook`, for facilitators."""
    house = house_of(request)
    room = await house.led(request)
    wanted = SetWebhook.model_validate_json(await request.body())
    post = house.telling.post
    if post is None:
        raise Refused(Code.FORBIDDEN, "This server tells no other program.")
    if not post.allows(wanted.address):
        raise Refused(Code.INVALID, "address: it has to begin with https:// and be on the public net.")
    await asked(room, f"hook-{new_person()}", HookSet(address=wanted.address, renew=wanted.renew))
    return _said(house, room)


async def end_webhook(request: Request) -> Response:
    """[HOOK1] `DELETE /api/workshops/{workshop}/webhook`, for facilitators."""
    room = await house_of(request).led(request)
    await asked(room, f"hook-{new_person()}", HookSet(address=None))
    return Response(status_code=204)


async def test_webhook(request: Request) -> Response:
    """[HOOK7] `POST /api/workshops/{workshop}/webhook/test`, for facilitators; how it went is in the record."""
    room = await house_of(request).led(request)
    await asked(room, f"hook-{new_person()}", HookTest())
    return Response(status_code=204)


def _said(house: House, room: Room) -> Response:
    hook = room.state.hook
    on = hook is not None and hook.address != ""
    answer = Webhook(
        possible=house.telling.post is not None,
        address=hook.address if hook and on else None,
        secret=shown(house.telling.key(room.id, hook)) if hook and on else None,
    )
    return JSONResponse(answer.model_dump(mode="json"))
