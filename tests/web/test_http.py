"""The HTTP side."""

from __future__ import annotations

import re

from protocol import limits
from server.exports.media import MEDIA

from .stand import stand


async def test_create() -> None:
    """[HTTP2] A workshop has an id, a code without look-alikes and three links, each with its role's key."""
    async with stand() as place:
        made = [await place.workshop(f"W{i}") for i in range(5)]
        assert len({m["code"] for m in made}) == 5
        for m in made:
            assert re.fullmatch(r"[2-9A-HJ-KM-NP-Z]{6}", m["code"])
            assert m["links"]["participant"] == f"{place.url}/j/{m['code']}"
            assert m["links"]["facilitator"].startswith(f"{place.url}/f#k=")
            assert m["links"]["projector"].startswith(f"{place.url}/p#k=")


async def test_problems() -> None:
    """[HTTP1] Every error is a problem with title, status, detail and code."""
    async with stand() as place:
        answers = [
            (await place.get("/api/no/such"), 404, "not_found"),
            (await place.post("/api/join", {"code": "nope"}), 404, "bad_code"),
            (await place.post("/api/join", {"nonsense": 1}), 400, "invalid"),
            (await place.post("/api/workshops", {"title": "x" * 201}), 413, "too_long"),
            (await place.post("/api/workshops", {"title": "x", "template": "none"}), 404, "not_found"),
            (await place.get("/api/workshops/x/export/json"), 401, "bad_token"),
        ]
        for answer, status, code in answers:
            assert answer.status_code == status, answer.text
            assert answer.headers["content-type"] == "application/problem+json"
            body = answer.json()
            assert body["status"] == status
            assert body["code"] == code
            assert body["title"]
            assert body["detail"]


async def test_join_roles() -> None:
    """[JOIN2] [HTTP3] A code makes participants only; keys open their own role and workshop, and nothing is made up."""
    async with stand() as place:
        made, other = await place.workshop(), await place.workshop()
        assert (await place.join(made))["role"] == "participant"
        assert (await place.join(made, "facilitator"))["role"] == "facilitator"
        assert (await place.join(made, "projector"))["person"] is None
        loose = await place.post(
            "/api/join", {"code": f" {made['code'].lower()[:3]}-{made['code'][3:]} ", "name": "Bo"}
        )
        assert loose.json()["workshop"] == made["id"]
        key = made["links"]["projector"].partition("#k=")[2]
        # Not its last letter: some of that one's bits mean nothing.
        signed, _, proof = key.rpartition(".")
        for forged in (f"{signed}.{'A' if proof[0] != 'A' else 'B'}{proof[1:]}", key.replace(".", ""), ""):
            assert (await place.post("/api/join", {"key": forged, "name": "E"})).json()["code"] == "bad_token"
        token = (await place.join(made))["token"]
        assert (await place.get(f"/api/workshops/{other['id']}/export/json", token)).json()["code"] == "bad_token"
        assert (await place.get(f"/api/workshops/{made['id']}/links", token)).json()["code"] == "forbidden"
        assert (await place.post("/api/join", {"key": token, "name": "E"})).json()["code"] == "bad_token"


async def test_join_again() -> None:
    """[JOIN1] Coming again with one's token is being the same person."""
    async with stand() as place:
        made = await place.workshop()
        first = await place.join(made)
        again = (await place.post("/api/join", {"code": made["code"], "name": "Ana"}, first["token"])).json()
        assert again["person"] == first["person"]
        assert len(place.house.registry.rooms[made["id"]].state.people) == 1


async def test_projector_only_looks() -> None:
    """[JOIN3] The projector has no person and no command."""
    async with stand() as place:
        made = await place.workshop()
        wall = await place.live(await place.join(made, "projector"))
        assert (await wall.do(do="issue.add", id="x", rank="a0", title="X"))["code"] == "forbidden"


async def test_guessing() -> None:
    """[JOIN5] Wrong codes count against the address, joins do not; after a minute one may try again."""
    async with stand() as place:
        made = await place.workshop()
        for _ in range(30):
            await place.join(made)
        for _ in range(limits.JOIN_FAILURES_PER_MINUTE):
            assert (await place.post("/api/join", {"code": "wrong", "name": "E"})).json()["code"] == "bad_code"
        assert (await place.post("/api/join", {"code": "wrong", "name": "E"})).json()["code"] == "rate"
        assert (await place.get("/api/codes/wrong")).json()["code"] == "rate"
        place.times.steady += 61_000
        await place.join(made)


async def test_exports() -> None:
    """[HTTP4] [EXP1] An export is what the asker may see: own ballots, nobody else's."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        one, two = await place.live(boss), await place.live(ana)
        await one.do(do="step.go", step="step-2", current="step-0")
        await two.do(do="vote.cast", round="step-2", target="issue-1", dots=1)
        for joined, ballots in ((ana, 1), (boss, 0)):
            export = (await place.get(f"/api/workshops/{made['id']}/export/json", joined["token"])).json()
            assert sum(r["kind"] == "ballot" for r in export["records"]) == ballots
            assert "entries" not in export
        for kind, media in MEDIA.items():
            made_of = await place.get(f"/api/workshops/{made['id']}/export/{kind}?language=es", ana["token"])
            assert made_of.headers["content-type"] == media
            name = f"plenary-{made['id']}{'-' if '.' in kind else '.'}{kind}"
            assert f'filename="{name}"' in made_of.headers["content-disposition"]
            assert made_of.content
        assert (
            "Temas propuestos"
            in (await place.get(f"/api/workshops/{made['id']}/export/md?language=es", ana["token"])).text
        )
        assert (await place.get(f"/api/workshops/{made['id']}/export/exe", ana["token"])).json()["code"] == "not_found"


async def test_health() -> None:
    """[HTTP5] Alive, ready, measured; and not ready when the store is gone."""
    async with stand() as place:
        made = await place.workshop()
        await place.live(await place.join(made, name="Somebody Special"))
        assert (await place.get("/healthz")).status_code == 200
        assert (await place.get("/readyz")).status_code == 200
        figures = (await place.get("/metrics")).text
        assert "plenary_connections 1.0" in figures
        assert "plenary_commands_waiting 0.0" in figures
        assert "plenary_pace_seconds" in figures
        assert "Somebody" not in figures
        await place.log.close()
        assert (await place.get("/readyz")).status_code == 503
        assert (await place.get("/healthz")).status_code == 200


async def test_headers() -> None:
    """[HTTP6] Every answer forbids foreign scripts, frames and requests."""
    async with stand() as place:
        for path in ("/", "/healthz", "/api/none", "/j/ABCDEF", "/api/qr/ABCDEF.svg"):
            answer = await place.get(path)
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"


async def test_body_limit() -> None:
    """[HTTP7] A body above the limit is answered with 413."""
    async with stand() as place:
        answer = await place.post("/api/join", {"name": "x" * limits.FRAME_BYTES})
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_screens_and_files() -> None:
    """[HTTP1] A screen's path gets the app; a file that is not there does not."""
    async with stand() as place:
        for screen in ("/", "/j/ABCDEF", "/f", "/w/abcdef"):
            answer = await place.get(screen)
            assert answer.status_code == 200
            assert "<html" in answer.text
            assert answer.headers["cache-control"] == "no-cache"
        assert (await place.get("/assets/none.js")).status_code == 404
        assert (await place.get("/../pyproject.toml")).status_code == 404
