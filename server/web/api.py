"""The HTTP API: take things out; and where each part of the rest is."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from protocol.codes import Code
from server.exports.given import told
from server.exports.media import MEDIA
from server.live.room import Room
from server.workshop.refused import Refused
from server.workshop.seen_by import Viewer, each_seen, reading
from server.workshop.shares import shares

from .agendas import duplicate, give_agenda, read_agenda, set_agenda
from .archives import archived, open_archive, with_files
from .deleting import delete, keeping
from .giving import give, ticket
from .house import House, house_of
from .imports import read_file
from .joining import code_info, join, set_door
from .links import create, links, qr, replace
from .making import written
from .papers import begin_paper
from .picturing import only_named, shown
from .sharing import page_of, read, share, unshare
from .taking import begin, cancel, coming, piece, take_small
from .webhooks import end_webhook, set_webhook, test_webhook, webhook


async def export(request: Request) -> Response:
    """[HTTP4] `GET /api/workshops/{workshop}/export/{format}?language=`."""
    house = house_of(request)
    room, asker = await house.asker(request)
    viewer = reading(asker)
    kind = request.path_params["format"]
    if kind not in {"json", "zip"} and kind not in MEDIA:
        raise Refused(Code.NOT_FOUND, f"The formats are {', '.join(('json', 'zip', *MEDIA))}.")
    response: Response
    if kind == "json":
        response = StreamingResponse(archived(room.state.copy(), viewer), media_type="application/json")
    elif kind == "zip":
        response = await with_files(house, room, viewer)
    else:
        language = request.query_params.get("language") or request.headers.get("accept-language", "")
        made = await house.making.document(request, kind, language[:200], lambda: _told(house, room, viewer, kind))
        response = Response(made, media_type=MEDIA[kind])
    name = f"plenary-{room.id}{'-' if '.' in kind else '.'}{kind}"
    response.headers["content-disposition"] = f'attachment; filename="{name}"'
    return response


async def _told(house: House, room: Room, viewer: Viewer, kind: str) -> AsyncIterator[bytes]:
    """What a document is made of: what this viewer may see, and the pictures that the paper shows."""
    state = room.state.copy()
    async for some in written(each_seen(state, viewer)):
        yield some
    named = kind == "md"
    pictures = only_named(state, viewer, room.id) if named else await shown(kind, state, room.id, house.store)
    for some in told(pictures):
        yield some


async def shares_of(request: Request) -> Response:
    """[SHARE1] `GET /api/workshops/{workshop}/shares`, for facilitators."""
    room = await house_of(request).led(request)
    return JSONResponse(shares(room.state).model_dump(mode="json"))


ROUTES = [
    Route("/api/workshops", create, methods=["POST"]),
    Route("/api/workshops/import", open_archive, methods=["POST"]),
    Route("/api/workshops/{workshop}", delete, methods=["DELETE"]),
    Route("/api/workshops/{workshop}/keeping", keeping),
    Route("/api/workshops/{workshop}/links", links),
    Route("/api/workshops/{workshop}/links", replace, methods=["POST"]),
    Route("/api/workshops/{workshop}/duplicate", duplicate, methods=["POST"]),
    Route("/api/workshops/{workshop}/agenda", give_agenda),
    Route("/api/workshops/{workshop}/agenda", set_agenda, methods=["POST"]),
    Route("/api/agendas", read_agenda, methods=["POST"]),
    Route("/api/workshops/{workshop}/door", set_door, methods=["POST"]),
    Route("/api/workshops/{workshop}/shares", shares_of),
    Route("/api/workshops/{workshop}/imports", read_file, methods=["POST"]),
    Route("/api/workshops/{workshop}/paper", begin_paper, methods=["POST"]),
    Route("/api/workshops/{workshop}/page", page_of),
    Route("/api/workshops/{workshop}/page", share, methods=["POST"]),
    Route("/api/workshops/{workshop}/page", unshare, methods=["DELETE"]),
    Route("/api/workshops/{workshop}/files", begin, methods=["POST"]),
    Route("/api/workshops/{workshop}/files/{file}", give),
    Route("/api/workshops/{workshop}/files/{file}", piece, methods=["PATCH"]),
    Route("/api/workshops/{workshop}/files/{file}", cancel, methods=["DELETE"]),
    Route("/api/workshops/{workshop}/files/{file}/coming", coming),
    Route("/api/workshops/{workshop}/files/{file}/small", give),
    Route("/api/workshops/{workshop}/files/{file}/small", take_small, methods=["PUT"]),
    Route("/api/workshops/{workshop}/files/{file}/ticket", ticket, methods=["POST"]),
    Route("/api/workshops/{workshop}/webhook", webhook),
    Route("/api/workshops/{workshop}/webhook", set_webhook, methods=["POST"]),
    Route("/api/workshops/{workshop}/webhook", end_webhook, methods=["DELETE"]),
    Route("/api/workshops/{workshop}/webhook/test", test_webhook, methods=["POST"]),
    Route("/api/workshops/{workshop}/export/{format}", export),
    Route("/api/join", join, methods=["POST"]),
    Route("/api/codes/{code}", code_info),
    Route("/api/qr/{code}.svg", qr),
    Route("/read/{page}", read),
]
