"""What may not be seen is never on the wire: looked for in the raw bytes of every other line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .stand import stand

if TYPE_CHECKING:
    from .stand import Raw, Stand

CANARY = "Zanzibar-canary-text"


async def boards(boss: Raw) -> None:
    """Two boards."""
    await boss.do(do="issue.choose", ids=["issue-0", "issue-1"])


async def go(boss: Raw, step: str, current: str) -> None:
    """To a step."""
    assert (await boss.do(do="step.go", step=step, current=current))["type"] == "done"


async def drained(place: Stand, *lines: Raw) -> None:
    """Read each line up to an echo, so that everything sent before it has come."""
    for line in lines:
        place.times.steady += 1
        await line.send({"type": "beat", "t": place.times.steady})
        await line.until("beat", lambda f: f["t"] == place.times.steady)


async def cast(place: Stand) -> tuple[dict[str, Any], dict[str, Raw], dict[str, Any]]:
    """A facilitator, a projector, Ana and Ben, each on a raw line."""
    made = await place.workshop()
    passes = {
        "boss": await place.join(made, "facilitator"),
        "wall": await place.join(made, "projector"),
        "ana": await place.join(made),
        "ben": await place.join(made, name="Ben"),
    }
    lines = {name: await place.live(joined) for name, joined in passes.items()}
    await boards(lines["boss"])
    return made, lines, passes


async def test_sealed_text_is_not_on_the_wire() -> None:
    """[SEE2] [SEE6] [SEE7] A sealed note's text, edits and author reach nobody before the reveal; then all."""
    async with stand() as place:
        _made, lines, passes = await cast(place)
        others = [lines["boss"], lines["wall"], lines["ben"]]
        await go(lines["boss"], "step-4", "step-0")
        note: dict[str, Any] = {"id": "n1", "board": "issue-0", "section": "section-1", "rank": "a0", "text": CANARY}
        await lines["ana"].do(do="note.add", **note)
        await lines["ana"].do(do="note.edit", id="n1", rev=1, base=CANARY, text=CANARY + " more")
        await lines["ana"].send({"type": "here", "board": "issue-0", "note": "n1", "typing": True})
        await drained(place, lines["ana"], *others)
        late = await place.live(passes["ben"])
        for line in (*others, late):
            assert CANARY not in line.text
        known = [r for r in late.frames[0]["records"] if r["kind"] == "note"]
        assert [(r["id"], r["sealed"], r["by"], r["text"]) for r in known] == [("n1", True, None, "")]
        told = [p for line in others for f in line.frames if f["type"] == "here" for p in f["people"]]
        assert all(p["note"] is None for p in told)
        for token in (passes["ben"]["token"], passes["boss"]["token"]):
            for kind in ("json", "md"):
                export = await place.get(f"/api/workshops/{passes['ben']['workshop']}/export/{kind}", token)
                assert export.status_code == 200
                assert CANARY not in export.text
        await lines["boss"].do(do="step.reveal", step="step-4")
        await drained(place, *others)
        for line in others:
            assert CANARY + " more" in line.text


async def test_anonymous_author_is_not_on_the_wire() -> None:
    """[SEE3] [SEE7] The author of an anonymous note is told to nobody, while writing or after."""
    async with stand() as place:
        _made, lines, passes = await cast(place)
        others = [lines["boss"], lines["wall"], lines["ben"]]
        await lines["boss"].do(do="step.edit", step="step-5", anonymous=True)
        await go(lines["boss"], "step-5", "step-0")
        for line in others:
            line.text = ""
        note: dict[str, Any] = {
            "id": "n1",
            "board": "issue-0",
            "section": "section-1",
            "rank": "a0",
            "text": "Nobody knows who",
        }
        await lines["ana"].do(do="note.add", **note)
        await lines["ana"].send({"type": "here", "board": "issue-0", "note": "n1", "typing": True})
        await drained(place, lines["ana"], *others)
        for line in others:
            assert "Nobody knows who" in line.text
            changes = [c for f in line.frames if f["type"] == "changes" for c in f["changes"]]
            [put] = [c for c in changes if c["op"] == "put" and c["record"]["id"] == "n1"]
            assert put["record"]["by"] is None
            assert put["record"]["at"] % 60_000 == 0
            here = [
                p
                for f in line.frames
                if f["type"] == "here"
                for p in f["people"]
                if p["person"] == passes["ana"]["person"]
            ]
            assert all(p["note"] is None and not p["typing"] for p in here)
        mine = [c for f in lines["ana"].frames if f["type"] == "changes" for c in f["changes"]]
        assert any(c["op"] == "put" and c["record"].get("by") == passes["ana"]["person"] for c in mine)


async def test_ballots_and_blind_tallies_are_not_on_the_wire() -> None:
    """[SEE4] [SEE5] [SEE6] [FAN3] Others' ballots never come; a blind tally comes to all when it is shown."""
    async with stand() as place:
        _made, lines, passes = await cast(place)
        others = [lines["boss"], lines["wall"], lines["ben"]]
        await go(lines["boss"], "step-2", "step-0")
        await drained(place, *others)
        for line in others:
            line.text, line.frames = "", []
        await lines["ana"].do(do="vote.cast", round="step-2", target="issue-2", dots=1)
        assert "ballot" in lines["ana"].text
        await drained(place, *others)
        for line in others:
            assert "ballot" not in line.text
            assert "tally" not in line.text
            assert not [f for f in line.frames if f["type"] == "changes"]
        await lines["boss"].do(do="step.show", step="step-2")
        await drained(place, *others)
        for line in others:
            assert '"kind":"tally"' in line.text
            assert "ballot" not in line.text
        late = await place.live(passes["ben"])
        assert "ballot" not in late.text


async def test_watching() -> None:
    """[SEE9] Who watches one board gets no notes of another; watching more brings them, less takes them away."""
    async with stand() as place:
        _made, lines, _passes = await cast(place)
        ana, ben = lines["ana"], lines["ben"]
        await go(lines["boss"], "step-5", "step-0")
        await ben.send({"type": "watch", "boards": ["issue-0"]})
        await drained(place, ben)
        for n, board in (("n1", "issue-0"), ("n2", "issue-1")):
            await ana.do(do="note.add", id=n, board=board, section="section-0", rank="a0", text=f"text of {n}")
        await drained(place, ben)
        assert "text of n1" in ben.text
        assert "text of n2" not in ben.text
        await ben.send({"type": "watch", "boards": ["issue-1"]})
        got = await ben.until("changes")
        assert {(c["op"], c.get("id") or c["record"]["id"]) for c in got["changes"]} == {
            ("drop", "n1"),
            ("put", "n2"),
        }
