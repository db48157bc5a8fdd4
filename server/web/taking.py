"""Taking files in, piece by piece ([FILE2] [FILE3])."""

import contextlib
from collections.abc import Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol import limits
from protocol.base import Role
from protocol.codes import Code
from protocol.commands import FileAdd
from protocol.messages import BeginFile, Coming
from server.files.store import Missing
from server.files.uploads import Elsewhere, Unfit, Upload, Uploads, Whole, new_blob
from server.live.rate import Bucket
from server.live.room import Room
from server.workshop.actor import SYSTEM
from server.workshop.contributions import filled
from server.workshop.decide import decide
from server.workshop.refused import Refused
from server.workshop.seen_by import Viewer

from .asking import asked
from .giving import keeping
from .house import House, house_of

PIECES: Final = 100
"""So many pieces are taken at once by one instance: each is held until it lies in the store."""
ANY: Final = Whole("application/octet-stream", "", "")


async def begin(request: Request) -> Response:
    """`POST /api/workshops/{workshop}/files`: 201, with how far it has come already."""
    house = house_of(request)
    there = keeping(house)
    room, person = await _sender(request)
    wanted = BeginFile.model_validate_json(await request.body())
    known = await there.known(room.id, wanted.id)
    if known is None:
        _slowly(house, room, person)
        nameless = wanted.anonymous or room.state.step.anonymous
        fields = {**wanted.model_dump(), "anonymous": nameless}
        upload = Upload(**fields, by=person, blob=new_blob())
        _allowed(room, upload)
        await _room_for(there, room, upload)
        known = await there.begin(room.id, upload)
    elif (known.by, known.size) != (person, wanted.size):
        raise Refused(Code.EXISTS, "There is a file with that id already.")
    return _told(await there.offset(room.id, known.id), known.size, status=201)


async def coming(request: Request) -> Response:
    """`GET /api/workshops/{workshop}/files/{file}/coming`, for whoever sends it."""
    there = keeping(house_of(request))
    room, person = await _sender(request)
    id_ = request.path_params["file"]
    upload = await there.known(room.id, id_)
    file = room.state.contributions.get(id_)
    if file is not None and file.blob is not None and file.by == person:
        return _told(file.size, file.size, done=True)
    if upload is None or upload.by != person:
        raise Refused(Code.NOT_FOUND, "No such file is on its way.")
    return _told(await there.offset(room.id, id_), upload.size)


async def piece(request: Request) -> Response:
    """`PATCH /api/workshops/{workshop}/files/{file}`, with `Upload-Offset`: the next piece."""
    house = house_of(request)
    there = keeping(house)
    room, upload = await _begun(request, there)
    offset = request.headers.get("upload-offset", "")
    if not offset.isdecimal() or len(offset) > 15:
        raise Refused(Code.INVALID, "Upload-Offset: says where the piece belongs, in bytes.")
    with _taking(house):
        body = await request.body()
        try:
            come = await there.take(room.id, upload, int(offset), body)
            if come == upload.size:
                await _finished(there, room, upload)
        except (Elsewhere, Missing) as other:
            raise Refused(Code.STALE, "Another piece is due.") from other
    return _told(come, upload.size, done=come == upload.size)


async def take_small(request: Request) -> Response:
    """[FILE10] `PUT /api/workshops/{workshop}/files/{file}/small`, while it is on its way."""
    there = keeping(house_of(request))
    room, upload = await _begun(request, there)
    try:
        await there.take_small(room.id, upload, await request.body())
    except Unfit as unfit:
        raise Refused(Code.FILE_KIND, "A small picture is a JPEG, and small.") from unfit
    return Response(status_code=204)


async def cancel(request: Request) -> Response:
    """`DELETE /api/workshops/{workshop}/files/{file}`: what is on its way comes no more."""
    there = keeping(house_of(request))
    room, upload = await _begun(request, there)
    await there.withdraw(room.id, upload)
    return Response(status_code=204)


async def _sender(request: Request) -> tuple[Room, str]:
    room, viewer = await house_of(request).asker(request, Role.FACILITATOR, Role.PARTICIPANT)
    return room, _person(viewer)


def _person(viewer: Viewer) -> str:
    if viewer.person is None:
        raise Refused(Code.FORBIDDEN, "Only people who joined can do that.")
    return viewer.person


async def _begun(request: Request, there: Uploads) -> tuple[Room, Upload]:
    """What this person began to send."""
    room, person = await _sender(request)
    upload = await there.known(room.id, request.path_params["file"])
    if upload is None or upload.by != person:
        raise Refused(Code.NOT_FOUND, "No such file is on its way.")
    return room, upload


def _slowly(house: House, room: Room, person: str) -> None:
    """[LIMIT4] Beginning a file counts as a command."""
    now = house.registry.steady()
    if house.buckets.setdefault(f"{room.id}.{person}", Bucket(now)).take(now):
        raise Refused(Code.RATE, "Too many at once. Wait a moment.")


@contextlib.contextmanager
def _taking(house: House) -> Iterator[None]:
    if house.pieces >= PIECES:
        raise Refused(Code.BUSY, "Many files are coming in just now.")
    house.pieces += 1
    try:
        yield
    finally:
        house.pieces -= 1


def _allowed(room: Room, upload: Upload) -> None:
    """[FILE2] Refuse what would be refused once it is whole."""
    decide(room.state, SYSTEM, _command(upload, ANY), 0)


async def _room_for(there: Uploads, room: Room, upload: Upload) -> None:
    """[FILE1] What is on its way counts too."""
    coming_ = await there.coming(room.id)
    if len(coming_) >= limits.UPLOADS:
        raise Refused(Code.BUSY, "Many files are coming in just now.")
    on_its_way = sum(each.size for objects in coming_.values() for each in objects)
    if filled(room.state) + on_its_way + upload.size > limits.FILES_BYTES:
        raise Refused(Code.FILE_SPACE, "The files of this workshop come to as much as one may hold.")


async def _finished(there: Uploads, room: Room, upload: Upload) -> None:
    """[FILE3] All has come: it goes into the log, once however often it is asked."""
    try:
        whole = await there.finish(room.id, upload)
    except Unfit as unfit:
        raise Refused(Code.FILE_KIND, "Files of this kind are not taken.") from unfit
    try:
        await asked(room, f"file-{upload.blob}", _command(upload, whole))
    except Refused as no:
        if no.code not in {Code.STORE, Code.BUSY, Code.RESTART}:
            await there.withdraw(room.id, upload)
        raise
    await there.done(room.id, upload)


def _command(upload: Upload, whole: Whole) -> FileAdd:
    fields = upload.model_dump(exclude={"size"})
    return FileAdd(**fields, size=upload.size, media=whole.media, sha256=whole.sha256, small=whole.small)


def _told(offset: int, size: int, *, done: bool = False, status: int = 200) -> Response:
    return JSONResponse(Coming(offset=offset, size=size, done=done).model_dump(mode="json"), status)
