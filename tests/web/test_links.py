"""Links that leaked are replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from protocol.entries import EMPTY
from server.cli.copy import transfer
from server.log.memory import MemoryLog
from server.workshop.pointing import pointed_to

from .stand import stand

if TYPE_CHECKING:
    from .stand import Stand

ROLES = ("facilitator", "participant", "projector")


async def replaced(place: Stand, made: dict[str, Any], token: str, role: str, *, end: bool = False) -> dict[str, Any]:
    """Replace a role's link."""
    answer = await place.post(f"/api/workshops/{made['id']}/links", {"role": role, "end": end}, token)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def refused(place: Stand, made: dict[str, Any], role: str) -> str:
    """Try to come in by a link that is void; the code of the refusal."""
    key = {"code": made["code"]} if role == "participant" else {"key": made["links"][role].partition("#k=")[2]}
    answer = await place.post("/api/join", {**key, "name": "Eve"})
    return str(answer.json()["code"])


async def test_the_old_link_is_void() -> None:
    """[KEY1] [KEY2] Each role's by itself; who is in stays in, on the line and with the token."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        line = await place.live(ana)
        before = made
        for role in ROLES:
            after = await replaced(place, made, boss["token"], role)
            assert {r for r in ROLES if after["links"][r] != before["links"][r]} == {role}
            assert await refused(place, before, role) == ("bad_code" if role == "participant" else "bad_token")
            assert (await place.join(after, role))["workshop"] == made["id"]
            before = after
        assert (await line.do(do="person.rename", name="Ann", place="room"))["type"] == "done"
        again = await place.post("/api/join", {"code": made["code"]}, ana["token"])
        assert again.json()["person"] == ana["person"]
        assert (await place.get(f"/api/codes/{made['code']}")).json()["code"] == "bad_code"
        info = (await place.get(f"/api/codes/{before['code']}")).json()
        assert (info["title"], info["workshop"]) == ("Test", made["id"])
        assert before["links"]["participant"].endswith(f"/j/{before['code']}")


async def test_after_a_restart_it_is_still_void() -> None:
    """[KEY1] [KEY3] The log says so, to every instance."""
    log = MemoryLog()
    async with stand(log) as one, stand(log) as two:
        made = await one.workshop()
        boss = await one.join(made, "facilitator")
        await two.join(made)
        new = made
        for role in ROLES:
            new = await replaced(one, made, boss["token"], role)
        for role in ROLES:
            assert await refused(two, made, role) in {"bad_code", "bad_token"}
            await two.join(new, role)
        async with stand(log) as three:
            for role in ROLES:
                assert await refused(three, made, role) in {"bad_code", "bad_token"}
                await three.join(new, role)


async def test_only_who_leads_replaces() -> None:
    """[KEY2] No other role, no other workshop; and not over the line."""
    async with stand() as place:
        made, other = await place.workshop(), await place.workshop()
        boss = await place.join(made, "facilitator")
        for joined, code in (
            (await place.join(made), "forbidden"),
            (await place.join(made, "projector"), "forbidden"),
            (await place.join(other, "facilitator"), "bad_token"),
        ):
            answer = await place.post(f"/api/workshops/{made['id']}/links", {"role": "participant"}, joined["token"])
            assert answer.json()["code"] == code
        line = await place.live(boss)
        assert (await line.do(do="key.replace", role="projector"))["code"] == "forbidden"


async def test_screens_end_where_that_is_asked_for() -> None:
    """[KEY5] Live lines too, and for good; without it they stay."""
    async with stand() as place:
        made = await place.workshop()
        boss, wall = await place.join(made, "facilitator"), await place.join(made, "projector")
        line, lead = await place.live(wall), await place.live(boss)
        await replaced(place, made, boss["token"], "projector")
        await lead.do(do="workshop.edit", title="Still here", purpose="")
        await line.until("changes")
        new = await replaced(place, made, boss["token"], "projector", end=True)
        assert await line.closed() == 4501
        again = await place.raw()
        await again.send({"type": "hello", "token": wall["token"], "client": "wall-again"})
        assert await again.closed() == 4501
        export = await place.get(f"/api/workshops/{made['id']}/export/json", wall["token"])
        assert export.json()["code"] == "bad_token"
        await place.live(await place.join(new, "projector"))
        assert (await lead.do(do="workshop.edit", title="And here", purpose=""))["type"] == "done"


async def test_the_door_is_told_to_facilitators() -> None:
    """[KEY4] Nobody else's line has it, and no old code is on any."""
    async with stand() as place:
        made = await place.workshop()
        boss, ana = await place.join(made, "facilitator"), await place.join(made)
        await replaced(place, made, boss["token"], "participant")
        lines = [await place.live(joined) for joined in (boss, ana)]
        doors = [[r for r in line.frames[0]["records"] if r["kind"] == "door"] for line in lines]
        assert [len(found) for found in doors] == [1, 0]
        assert doors[0][0]["codes"] == []


async def test_a_new_code_is_taken_along() -> None:
    """[KEY3] It is a log of its own that points to the workshop."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.join(made, "facilitator")
        code = (await replaced(place, made, boss["token"], "participant"))["code"].lower()
        assert pointed_to(await place.log.read(code, EMPTY)) == made["id"]
        other, at = MemoryLog(lambda: at[0]), [0]
        for name in (made["id"], code):
            await transfer(place.log, other, name, await place.log.read(name, EMPTY), at)
        async with stand(other) as copied:
            await copied.join({**made, "code": code.upper()})
