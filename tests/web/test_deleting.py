"""Deleting over HTTP: who may, what it takes, and what is left."""

from __future__ import annotations

from typing import Any

import httpx

from server.live.retention import DAY_MS
from server.log.memory import MemoryLog
from server.web.deleting import plain

from .stand import Stand, stand


async def delete(place: Stand, workshop: str, token: str, title: str) -> httpx.Response:
    """Ask for it."""
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {token}"}
        path = f"{place.url}/api/workshops/{workshop}"
        return await client.request("DELETE", path, headers=headers, json={"title": title})


async def test_deleted() -> None:
    """[GONE7] [GONE5] By its title everybody is out, on the line and over HTTP, and nothing opens any more [GONE6]."""
    async with stand() as place:
        made = await place.workshop("Ready for  Life")
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        screen = await place.join(made, "projector")
        path = f"/api/workshops/{made['id']}"
        code = (await place.post(f"{path}/links", {"role": "participant"}, boss["token"])).json()["code"]
        lines = [await place.live(joined) for joined in (boss, ana, screen)]
        assert (await delete(place, made["id"], boss["token"], " ready for life ")).status_code == 204
        for line in lines:
            assert await line.closed() == 4507
            assert (line.frames[-1]["code"], line.frames[-1]["retry_after"]) == ("deleted", None)
        await _nothing_opens(place, made, boss, ana, code)
        assert await place.log.workshops() == []
        again = await place.raw()
        await again.send({"type": "hello", "token": ana["token"], "client": "again"})
        assert await again.closed() == 4507


async def _nothing_opens(
    place: Stand, made: dict[str, Any], boss: dict[str, Any], ana: dict[str, Any], code: str
) -> None:
    path = f"/api/workshops/{made['id']}"
    answers = [
        *[await place.get(f"{path}/{part}", ana["token"]) for part in ("export/json", "export/md", "keeping")],
        await place.get(f"{path}/links", boss["token"]),
        *[await place.get(f"/api/codes/{each}") for each in (made["code"], code)],
        *[await place.post("/api/join", {"code": each, "name": "Ben"}) for each in (made["code"], code)],
        *[
            await place.post("/api/join", {"key": link.partition("#k=")[2], "name": "Ben"})
            for link in (made["links"]["facilitator"], made["links"]["projector"])
        ],
        await place.post("/api/join", {"code": made["code"]}, ana["token"]),
        await delete(place, made["id"], boss["token"], "Ready for Life"),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(410, "deleted")}


async def test_not_by_chance_nor_by_others() -> None:
    """[GONE7] Another title, another role, another workshop's facilitator, one who leads no more: nothing happens."""
    async with stand() as place:
        made, other = await place.workshop("Ours"), await place.workshop("Theirs")
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        second = await place.join(made, "facilitator", "Fay")
        stranger = await place.join(other, "facilitator")
        assert (await delete(place, made["id"], boss["token"], "Theirs")).json()["code"] == "invalid"
        assert (await delete(place, made["id"], ana["token"], "Ours")).json()["code"] == "forbidden"
        assert (await delete(place, made["id"], stranger["token"], "Ours")).json()["code"] == "bad_token"
        line = await place.live(boss)
        assert (await line.do(do="person.role", person=second["person"], role="participant"))["type"] == "done"
        assert (await delete(place, made["id"], second["token"], "Ours")).json()["code"] == "forbidden"
        assert await place.log.workshops() == sorted([made["id"], other["id"]])


async def test_deleted_at_another_instance() -> None:
    """[GONE5] [GONE6] What one instance deleted, another with its room open finds out by itself."""
    log = MemoryLog()
    async with stand(log) as place:
        made = await place.workshop("Ours")
        ana = await place.live(await place.join(made))
        await log.forget(made["id"])
        assert await ana.closed() == 4507


async def test_keeping() -> None:
    """[KEEP3] [STEP7] Who takes part is told how long it is kept; the facilitator says so also when it is closed."""
    async with stand(retention_days=400) as place:
        made = await place.workshop("Ours")
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        path, now = f"/api/workshops/{made['id']}/keeping", place.times.wall
        told = (await place.get(path, ana["token"])).json()
        assert told == {"limit": 400, "days": 400, "until": now + 400 * DAY_MS}
        line = await place.live(boss)
        steps = [record for record in line.frames[0]["records"] if record["kind"] == "step"]
        last = max(steps, key=lambda step: str(step["rank"]))
        assert (await line.do(do="step.go", step=last["id"], current="step-0"))["type"] == "done"
        assert (await line.do(do="workshop.retain", days=90))["type"] == "done"
        told = (await place.get(path, ana["token"])).json()
        assert told == {"limit": 400, "days": 90, "until": now + 90 * DAY_MS}
        assert (await place.get(path)).status_code == 401


async def test_swept_at_the_start() -> None:
    """[KEEP2] A server that starts deletes what is due."""
    log = MemoryLog(lambda: 0)
    async with stand(log) as place:
        made = await place.workshop("Ours")
    log._closed, log._clock = False, lambda: 31 * DAY_MS
    async with stand(log, retention_days=30) as place:
        assert (await place.get(f"/api/codes/{made['code']}")).json()["code"] == "deleted"


def test_a_title_typed_again() -> None:
    """[GONE7]."""
    assert plain("  Ready FOR\tlife ") == plain("Ready for Life") != plain("Ready for lives")
