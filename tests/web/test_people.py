"""Roles and people on open lines: what changes for somebody, changes at once, on every device of theirs."""

from __future__ import annotations

from typing import Any

from server.web.tokens import Tokens
from tests.web.stand import SECRET, stand
from tests.web.test_privacy import drained

WORDS = "Zanzibar-canary-text"
NOTE: dict[str, Any] = {
    "do": "note.add",
    "id": "n1",
    "board": "issue-0",
    "section": "section-0",
    "rank": "a0",
    "text": WORDS,
}


async def test_a_role_changes_on_open_lines() -> None:
    """[ROLE2] [ROLE3] Who leads now sees what facilitators see and asks what they may; who does not, no more."""
    async with stand() as place:
        made = await place.workshop()
        fay, ana = await place.join(made, "facilitator"), await place.join(made)
        boss, phone, laptop = await place.live(fay), await place.live(ana), await place.live(ana, "laptop")
        await boss.do(do="issue.choose", ids=["issue-0"])
        await boss.do(**NOTE)
        await boss.do(do="note.bin", id="n1")
        await drained(place, phone)
        phone.text = ""
        links = f"/api/workshops/{made['id']}/links"
        assert (await place.get(links, ana["token"])).status_code == 403
        await boss.do(do="person.role", person=ana["person"], role="facilitator", instead=True)
        await drained(place, phone, laptop, boss)
        assert WORDS in phone.text
        assert WORDS in laptop.text
        assert (await phone.do(do="step.extend", minutes=1))["type"] == "done"
        assert (await boss.do(do="step.extend", minutes=1))["code"] == "forbidden"
        assert (await place.get(links, ana["token"])).status_code == 200
        assert (await place.get(links, fay["token"])).status_code == 403
        late = await place.live(fay, "late")
        assert late.frames[0]["you"]["role"] == "participant"
        again = await place.post("/api/join", {"key": made["links"]["facilitator"].partition("#k=")[2]}, fay["token"])
        assert again.json()["person"] == fay["person"]
        await drained(place, boss)
        assert (await boss.do(do="step.extend", minutes=1))["type"] == "done"


async def test_what_was_taken_is_missed_too() -> None:
    """[ROLE2] [RESUME1] A role that changed while the line was broken: the resume brings or takes what hangs on it."""
    async with stand() as place:
        made = await place.workshop()
        fay, ana = await place.join(made, "facilitator"), await place.join(made)
        boss = await place.live(fay)
        await boss.do(do="issue.choose", ids=["issue-0"])
        await boss.do(**NOTE)
        await boss.do(do="note.bin", id="n1")
        phone = await place.live(ana, "phone")
        at = {"seq": phone.frames[0]["seq"], "tag": phone.frames[0]["tag"]}
        await phone.line.close()
        await boss.do(do="person.role", person=ana["person"], role="facilitator")
        again = await place.live(ana, "phone", at)
        assert again.frames[0]["type"] == "resume"
        assert WORDS in again.text


async def test_the_link_makes_a_facilitator_on_any_device() -> None:
    """[ROLE4] The laptop died: another device leads by the link, as another person; the old one still may."""
    async with stand() as place:
        made = await place.workshop()
        fay = await place.join(made, "facilitator", "Fay")
        spare = await place.join(made, "facilitator", "Fay")
        assert fay["person"] != spare["person"]
        for joined in (fay, spare):
            boss = await place.live(joined)
            assert (await boss.do(do="step.extend", minutes=1))["type"] == "done"


async def test_whoever_is_put_out_is_out() -> None:
    """[REMOVE1] [REMOVE2] Every line ends with 4505; the token opens neither line nor file until they are let in."""
    async with stand() as place:
        made = await place.workshop()
        fay, ana = await place.join(made, "facilitator"), await place.join(made)
        boss, phone, laptop = await place.live(fay), await place.live(ana), await place.live(ana, "laptop")
        await boss.do(do="person.remove", person=ana["person"], removed=True)
        for line in (phone, laptop):
            bye = await line.until("bye")
            assert (bye["code"], bye["retry_after"]) == ("removed", None)
            assert await line.closed() == 4505
        again = await place.raw()
        await again.send({"type": "hello", "token": ana["token"], "client": "again"})
        assert await again.closed() == 4505
        export = await place.get(f"/api/workshops/{made['id']}/export/json", ana["token"])
        assert (export.status_code, export.json()["code"]) == (403, "removed")
        joined = await place.post("/api/join", {"code": made["code"], "name": "Ana"}, ana["token"])
        assert (joined.status_code, joined.json()["code"]) == (403, "removed")
        await boss.do(do="person.remove", person=ana["person"], removed=False)
        back = await place.live(ana, "back")
        assert (await back.do(do="hand.raise"))["type"] == "done"


async def test_a_token_of_nobody_opens_nothing() -> None:
    """[ROLE2] [HTTP3] A role in a token counts only where no person stands behind it: the projector's."""
    async with stand() as place:
        made = await place.workshop()
        wall = await place.join(made, "projector")
        assert Tokens(SECRET).prove(wall["token"]).person is None
        assert (await place.get(f"/api/workshops/{made['id']}/links", wall["token"])).status_code == 403
