"""The door over HTTP: open, by a password, or when a facilitator says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from protocol import limits
from protocol.entries import EMPTY
from server.log.memory import MemoryLog
from server.web.passwords import Passwords

from .stand import stand

if TYPE_CHECKING:
    import httpx

    from .stand import Stand

WORD = "Zanzibar-pass-word"


async def door(place: Stand, made: dict[str, Any], token: str, policy: str, **more: str) -> httpx.Response:
    """Set it."""
    return await place.post(f"/api/workshops/{made['id']}/door", {"policy": policy, **more}, token)


async def come(place: Stand, made: dict[str, Any], token: str | None = None, **more: str) -> httpx.Response:
    """By the code."""
    return await place.post("/api/join", {"code": made["code"], "name": "Dee", **more}, token)


async def test_a_password() -> None:
    """[DOOR1] [DOOR2] It is asked for, never told, never stored, and guesses count."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        line = await place.live(boss)
        assert (await door(place, made, boss["token"], "password")).json()["code"] == "invalid"
        assert (await door(place, made, boss["token"], "password", password=WORD)).status_code == 204
        assert (await place.get(f"/api/codes/{made['code']}")).json()["policy"] == "password"
        assert [(await come(place, made, **more)).json()["code"] for more in ({}, {"password": "guess"})] == [
            "password",
            "password",
        ]
        for _ in range(2):
            assert (await come(place, made, password=WORD)).status_code == 200
        assert (await come(place, made, ana["token"])).status_code == 200
        await place.join(made, "facilitator")
        await line.do(do="workshop.edit", title="To the end", purpose="")
        kept = (await place.house.registry.room(made["id"])).state.door.password or ""
        stored = str(await place.log.read(made["id"], EMPTY))
        assert kept in stored
        assert WORD not in stored
        for text in (WORD, kept):
            assert text not in line.text
        for _ in range(limits.JOIN_FAILURES_PER_MINUTE - 2):
            await come(place, made, password="guess")
        assert (await come(place, made, password=WORD)).json()["code"] == "rate"


async def test_only_the_right_word_fits() -> None:
    """[DOOR2] Salted: the same word is kept in another form each time."""
    words = Passwords()
    one, two = await words.hashed(WORD), await words.hashed(WORD)
    assert one != two
    for kept in (one, two, one):
        assert await words.fits(WORD, kept)
        assert not await words.fits(WORD + " ", kept)


async def test_who_waits_asks_again() -> None:
    """[DOOR3] [DOOR4] 202 until somebody says; then in, or turned away; on the line too, and at every instance."""
    log = MemoryLog()
    async with stand(log) as place, stand(log) as other:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        line = await place.live(boss)
        await door(place, made, boss["token"], "approve")
        dee, eve = [await come(place, made) for _ in range(2)]
        assert (dee.status_code, dee.json()["waiting"]) == (202, True)
        assert (await come(other, made, dee.json()["token"])).status_code == 202
        raw = await place.raw()
        await raw.send({"type": "hello", "token": dee.json()["token"], "client": "dee"})
        assert await raw.closed() == 4006
        for at in (place, other):
            export = await at.get(f"/api/workshops/{made['id']}/export/json", dee.json()["token"])
            assert export.json()["code"] == "waiting"
        assert (await line.do(do="guest.admit", ids=[dee.json()["person"]]))["type"] == "done"
        assert (await line.do(do="guest.turn", ids=[eve.json()["person"]]))["type"] == "done"
        again = await come(place, made, dee.json()["token"])
        assert (again.status_code, again.json()["person"]) == (200, dee.json()["person"])
        assert (await come(place, made, eve.json()["token"])).json()["code"] == "turned_away"
        await place.live(again.json())
        gone = await place.raw()
        await gone.send({"type": "hello", "token": eve.json()["token"], "client": "eve"})
        assert await gone.closed() == 4506


async def test_who_waits_is_on_no_other_line() -> None:
    """[DOOR3] Participants and the projector are told nothing of them."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        lines = [
            await place.live(boss),
            *[await place.live(await place.join(made, r)) for r in ("participant", "projector")],
        ]
        await door(place, made, boss["token"], "approve")
        await come(place, made, name=WORD)
        await lines[0].do(do="workshop.edit", title="To the end", purpose="")
        for line in lines[1:]:
            await line.until("changes", lambda frame: "To the end" in str(frame))
        assert [WORD in line.text for line in lines] == [True, False, False]
