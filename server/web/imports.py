"""Files of other tools over HTTP: read beside the server, and told as tables; nothing of them is kept."""

from starlette.requests import Request
from starlette.responses import Response

from protocol.codes import Code
from server.workshop.refused import Refused

from .house import house_of
from .making import Broken

NAME_CHARS = 200


async def read_file(request: Request) -> Response:
    """[IMP6] `POST /api/workshops/{workshop}/imports?name=`, for facilitators; the body is the file."""
    house = house_of(request)
    await house.led(request)
    name = request.query_params.get("name", "").replace("\0", "")[-NAME_CHARS:]
    try:
        told = await house.reading.made(request, await request.body(), name)
    except Broken:
        raise Refused(Code.TOO_LARGE, "The file takes too long to read. Bring it in in parts.") from None
    return Response(told, media_type="application/json")
