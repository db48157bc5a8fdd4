"""Agendas over HTTP: a workshop made again, an agenda as a file, and one opened before anything began."""

from __future__ import annotations

import json

import httpx

from protocol import limits
from protocol.agenda import Agenda
from server.workshop.templates import load

from .stand import stand


async def test_a_workshop_made_again() -> None:
    """[DUP1] [HTTP2] The same agenda and door, other links, nobody in it; also where it is closed."""
    async with stand() as place:
        made = await place.workshop("Ours")
        boss = await place.join(made, "facilitator", "Fay")
        await place.post(
            f"/api/workshops/{made['id']}/door", {"policy": "password", "password": "plums"}, boss["token"]
        )
        fay = await place.live(boss)
        last = max(fay_steps(fay.frames[0]), key=lambda step: step["rank"])
        assert (await fay.do(do="step.go", step=last["id"], current="step-0"))["type"] == "done"
        path = f"/api/workshops/{made['id']}/duplicate"
        answer = await place.post(path, {"title": "Ours, again", "issues": False}, boss["token"])
        assert answer.status_code == 201
        again = answer.json()
        assert again["id"] != made["id"]
        assert again["links"].keys() == made["links"].keys()
        info = (await place.get(f"/api/codes/{again['code']}")).json()
        assert (info["title"], info["policy"]) == ("Ours, again", "password")
        state = (await place.house.registry.room(again["id"])).state
        assert len(state.steps) == len(load("tough-issues").steps)
        assert (len(state.people), len(state.issues), state.workshop.step) == (0, 0, "step-0")
        wrong = await place.post("/api/join", {"code": again["code"], "name": "Ana", "password": "pears"})
        right = await place.post("/api/join", {"code": again["code"], "name": "Ana", "password": "plums"})
        assert (wrong.json()["code"], right.status_code) == ("password", 200)


def fay_steps(welcome: dict[str, object]) -> list[dict[str, str]]:
    records = welcome["records"]
    assert isinstance(records, list)
    return [record for record in records if record["kind"] == "step"]


async def test_an_agenda_as_a_file() -> None:
    """[TMPL4] Taken out, looked through, and begun from; in the maker's language [TMPL3]."""
    async with stand() as place:
        made = (await place.post("/api/workshops", {"title": "Ours", "template": "swot", "language": "es"})).json()
        boss = await place.join(made, "facilitator", "Fay")
        file = await place.get(f"/api/workshops/{made['id']}/agenda", boss["token"])
        assert file.headers["content-disposition"] == f'attachment; filename="plenary-agenda-{made["id"]}.json"'
        assert Agenda.model_validate_json(file.text) == load("swot", "es").model_copy(update={"name": "Ours"})
        looked = await place.post("/api/agendas", file.json())
        assert looked.json() == file.json()
        other = (await place.post("/api/workshops", {"title": "Theirs", "agenda": file.json()})).json()
        state = (await place.house.registry.room(other["id"])).state
        assert [s.title for s in state.steps.values()] == [s.title for s in load("swot", "es").steps]


async def test_wrong_files() -> None:
    """[TMPL4] [HTTP7] Each with a code; what is too large is not even read."""
    async with stand() as place, httpx.AsyncClient(trust_env=False) as client:
        good = json.loads(load("quick").model_dump_json())
        words = "w" * limits.DETAIL_CHARS
        large = {**good, "issues": [{"title": str(n), "detail": words} for n in range(100)]}
        assert (await place.post("/api/agendas", large)).status_code == 200
        wrong: list[tuple[bytes, int, str]] = [
            (json.dumps({**good, "version": 7}).encode(), 400, "version"),
            (b"PK\x03\x04 not JSON", 400, "malformed"),
            (json.dumps({**good, "steps": [{"step": "write", "title": "<b>"}]}).encode(), 400, "invalid"),
            (b" " * (limits.AGENDA_BYTES + 1), 413, "too_large"),
        ]
        for path in ("/api/agendas", "/api/workshops"):
            for body, status, code in wrong:
                sent = (
                    body
                    if path == "/api/agendas" or code in {"malformed", "too_large"}
                    else b'{"title":"A","agenda":' + body + b"}"
                )
                answer = await client.post(place.url + path, content=sent)
                assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert await place.log.workshops() == []


async def test_another_agenda_for_a_workshop() -> None:
    """[TMPL5] Everybody in it sees it at once; once it began, it is refused."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator", "Fay")
        ana = await place.live(await place.join(made))
        path = f"/api/workshops/{made['id']}/agenda"
        agenda = json.loads(load("quick").model_dump_json())
        assert (await place.post(path, agenda, boss["token"])).status_code == 204
        await ana.until("changes")
        assert "One question, one hour" in ana.text
        fay = await place.live(boss)
        assert (await fay.do(do="step.go", step="step-1", current="step-0"))["type"] == "done"
        again = await place.post(path, agenda, boss["token"])
        assert (again.status_code, again.json()["code"]) == (409, "not_now")
