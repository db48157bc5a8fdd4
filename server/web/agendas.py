"""Agendas over HTTP: looked through, taken out of a workshop, put into one, and used again for another."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from protocol.agenda import Agenda
from protocol.changes import Put
from protocol.commands import AgendaSet
from protocol.messages import Duplicate
from protocol.records import Door
from server.workshop.agendas import agenda_of

from .asking import asked
from .house import house_of
from .links import first_links, found
from .tokens import new_person


async def read_agenda(request: Request) -> Response:
    """[TMPL4] `POST /api/agendas`: a file is looked through, and told as it is understood; nothing is kept."""
    agenda = Agenda.model_validate_json(await request.body())
    return JSONResponse(agenda.model_dump(mode="json"))


async def give_agenda(request: Request) -> Response:
    """[TMPL4] `GET /api/workshops/{workshop}/agenda`, for facilitators: the file."""
    room = await house_of(request).led(request)
    agenda = agenda_of(room.state, issues=True)
    name = f"plenary-agenda-{room.id}.json"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(agenda.model_dump_json(indent=2) + "\n", media_type="application/json", headers=headers)


async def set_agenda(request: Request) -> Response:
    """[TMPL5] `POST /api/workshops/{workshop}/agenda`, for facilitators."""
    room = await house_of(request).led(request)
    agenda = Agenda.model_validate_json(await request.body())
    await asked(room, f"agenda-{new_person()}", AgendaSet(agenda=agenda))
    return Response(status_code=204)


async def duplicate(request: Request) -> Response:
    """[DUP1] `POST /api/workshops/{workshop}/duplicate`, for facilitators; also where it is closed."""
    house = house_of(request)
    room = await house.led(request)
    wanted = Duplicate.model_validate_json(await request.body())
    door = Door(id="door", policy=room.state.door.policy, password=room.state.door.password)
    workshop = await found(house, wanted.title, agenda_of(room.state, issues=wanted.issues), [Put(record=door)])
    return JSONResponse(first_links(house, workshop, house.base(request)).model_dump(mode="json"), 201)
