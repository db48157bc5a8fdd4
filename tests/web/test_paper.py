"""The paper over HTTP and the line: begun from what all may see, and sent to who watches it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from protocol.version import FORM
from tests.workshop.writing import Writer

from .stand import Raw, stand

if TYPE_CHECKING:
    from .stand import Stand

SECRET_WORDS = "Only mine until the reveal"


async def started(place: Stand) -> tuple[dict[str, Any], dict[str, Any], Raw]:
    """A board with an open and a sealed note; who leads, and their line."""
    made = await place.workshop("Ours")
    boss = await place.join(made, "facilitator", "Fay")
    fay = await place.live(boss)
    await fay.do(do="issue.choose", ids=["issue-0", "issue-1"])
    for step, current, note in (
        ("step-5", "step-0", "Share the rubrics\nwith all"),
        ("step-4", "step-5", SECRET_WORDS),
    ):
        await fay.do(do="step.go", step=step, current=current)
        await fay.do(do="note.add", id=f"in-{step}", text=note, board="issue-0", section="section-0", rank="a0")
    return made, boss, fay


def watched(frame: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of the paper in a frame."""
    put = (change["record"] for change in frame["changes"] if change["op"] == "put")
    return [record for record in put if record["kind"] in {"paper", "update"}]


async def test_a_paper_begins() -> None:
    """[PAPER1] [PAPER2] [PEOPLE5] [SEE2] From the boards, without what is sealed or who wrote it; named if wanted."""
    async with stand() as place:
        made, boss, fay = await started(place)
        ana = await place.live(await place.join(made))
        path = f"/api/workshops/{made['id']}/paper"
        assert (await place.post(path, {"language": "es", "names": True}, boss["token"])).status_code == 204
        assert (await place.post(path, {}, boss["token"])).json()["code"] == "exists"
        await ana.send({"type": "watch", "paper": True})
        [paper] = watched(await ana.until("changes", lambda frame: bool(watched(frame))))
        text = re.sub("</?source[^>]*>", "", Writer(9, paper["base"]).text)
        for word in ("Contexto", '<live_quote of="in-step-5">', "Ana"):
            assert word in text
        assert "Fay" not in text
        assert SECRET_WORDS not in text
        assert "in-step-4" not in text
        assert fay.text.count('"kind":"paper"') == 0


async def test_names_are_left_out() -> None:
    """[PAPER1] [PEOPLE5]."""
    async with stand() as place:
        made, boss, _ = await started(place)
        ana = await place.live(await place.join(made))
        await place.post(f"/api/workshops/{made['id']}/paper", {}, boss["token"])
        await ana.send({"type": "watch", "paper": True})
        [paper] = watched(await ana.until("changes", lambda frame: bool(watched(frame))))
        text = Writer(9, paper["base"]).text
        assert "Ana" not in text
        assert "Fay" not in text
        assert "1 person" in text


async def test_written_together() -> None:
    """[PAPER2] [PAPER3] [PAPER4] [PAPER8] [RESUME1] What one writes comes to who watches, and to nobody else."""
    async with stand() as place:
        made, boss, fay = await started(place)
        await place.post(f"/api/workshops/{made['id']}/paper", {}, boss["token"])
        joined = await place.join(made)
        ana, wall = await place.live(joined), await place.live(await place.join(made, "projector"))
        for line in (ana, fay):
            await line.send({"type": "watch", "paper": True})
        [paper] = watched(await ana.until("changes", lambda frame: bool(watched(frame))))
        writer = Writer(9, paper["base"])
        answer = await ana.do(do="paper.edit", id="u1", data=writer.paragraph("Written by Ana"))
        assert answer["type"] == "done"
        assert (await ana.do(do="paper.edit", id="u2", data="AAAA"))["code"] == "invalid"
        await fay.until("changes", lambda frame: [r["id"] for r in watched(frame)] == ["u1"])
        await ana.send({"type": "here", "cursor": {"anchor": "AAEC", "head": "AAED"}})
        await fay.until("here", lambda frame: any(person["cursor"] for person in frame["people"]))
        await fay.do(do="issue.add", id="last", rank="a9", title="The end")
        await wall.until("changes", lambda frame: "The end" in str(frame))
        assert not [word for word in ('"kind":"paper"', '"kind":"update"', "AAEC") if word in wall.text]
        at = {"seq": ana.frames[0]["seq"], "tag": ana.frames[0]["tag"]}
        again = await place.live(joined, "again", at)
        assert again.frames[0]["type"] == "resume"
        assert "Written" not in again.text
        assert not [frame for frame in again.frames if frame["type"] == "changes" and watched(frame)]
        await again.send({"type": "watch", "paper": True})
        records = watched(await again.until("changes", lambda frame: bool(watched(frame))))
        assert "Written by Ana" in Writer(8, *(r.get("base") or r["data"] for r in records)).text


async def test_an_app_that_says_no_form_gets_no_paper() -> None:
    """[FORM1] [FORM2] [FORM3] Nor does one that knows less; what all else is on goes on."""
    async with stand() as place:
        made, boss, fay = await started(place)
        await place.post(f"/api/workshops/{made['id']}/paper", {}, boss["token"])
        joined = await place.join(made)
        silent = await place.raw()
        await silent.send({"type": "hello", "token": joined["token"], "client": "silent"})
        await silent.until("saved")
        await silent.send({"type": "watch", "boards": None})
        await silent.send({"type": "watch", "paper": True})
        assert (await silent.until("bye"))["code"] == "version"
        assert await silent.closed() == 4504
        assert '"kind":"paper"' not in silent.text
        ana = await place.live(joined)
        for line in (ana, fay):
            await line.send({"type": "watch", "paper": True})
        [paper] = watched(await ana.until("changes", lambda frame: bool(watched(frame))))
        state = (await place.house.registry.room(made["id"])).state
        assert state.workshop.paper_form == FORM
        # A paper of before has things that an app of before does not know.
        writer = Writer(9, paper["base"])
        del writer.root.children[0]
        assert (await ana.do(do="paper.edit", id="u1", data=writer.take()[-1]))["code"] == "version"
        assert (await ana.do(do="paper.edit", id="u2", data=Writer(8, paper["base"]).paragraph("Added")))[
            "type"
        ] == "done"
