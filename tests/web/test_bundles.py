"""Archives with their files over HTTP: all of it comes in or nothing; what one sees is taken home."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from protocol.entries import EMPTY
from server.exports.archive import folded
from tests.cli.test_bundle import BODIES, HOSTILE, given, zipped
from tests.files.samples import PNG
from tests.web.test_archives import sent
from tests.web.test_files import ask, bring, get

from .stand import Stand, stand

if TYPE_CHECKING:
    from server.files.store import Store


def store(place: Stand) -> Store:
    """Where its files lie."""
    assert place.house.uploads
    return place.house.uploads.store


async def lying(place: Stand) -> dict[str, bytes]:
    """All files of the workshop that came, by the names that they have in a bundle."""
    files = store(place)
    return {each.name.replace("w/kept/", "files/"): await files.whole(each.name) for each in await files.found("w/")}


async def test_a_workshop_comes_with_its_files() -> None:
    """[ARCH7] [ARCH8] The same log, the same digest, the same files; a second time it is not taken."""
    async with stand() as place:
        answer = await sent(place, zipped(BODIES, how=zipfile.ZIP_DEFLATED))
        assert (answer.status_code, answer.json()["lacking"]) == (201, 0), answer.text
        assert folded(await place.log.read("w", EMPTY)).digest() == folded(given()).digest()
        assert await lying(place) == BODIES
        fay = await place.join(answer.json(), "facilitator", "Fay")
        assert (await get(place, fay, "c1")).content == BODIES["files/b1"]
        again = await sent(place, zipped(BODIES))
        assert (again.status_code, again.json()["code"]) == (409, "exists")
        assert await lying(place) == BODIES


async def test_without_them() -> None:
    """[ARCH7] What an archive without files lacks is said."""
    async with stand() as place:
        with zipfile.ZipFile(io.BytesIO(zipped(BODIES))) as bundle:
            answer = await sent(place, bundle.read("archive.json"))
        assert (answer.status_code, answer.json()["lacking"]) == (201, 2)


@pytest.mark.parametrize("how", HOSTILE)
async def test_refused_whole(how: str) -> None:
    """[ARCH7] [ARCH8] In plain words; neither the log nor a file of it is there."""
    async with stand() as place:
        answer = await sent(place, HOSTILE[how]())
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid"), answer.text
        assert answer.json()["detail"].endswith(".")
        assert await place.log.workshops() == []
        assert await lying(place) == {}


async def taken(place: Stand, who: dict[str, Any]) -> dict[str, bytes]:
    """What somebody takes home, by name."""
    answer = await ask(place, "GET", f"/api/workshops/{who['workshop']}/export/zip", who["token"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip"), answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


async def test_taken_home() -> None:
    """[ARCH9] [HTTP4] The archive as one sees it and its files, under the names that people know; no more than that."""
    async with stand() as place:
        made = await place.workshop()
        boss = await place.live(await place.join(made, "facilitator"))
        await boss.do(do="issue.choose", ids=["issue-0"])
        await boss.do(do="step.go", step="step-4", current="step-0")
        ana, ben = await place.join(made), await place.join(made, "participant", "Ben")
        note: dict[str, Any] = {"board": "issue-0", "section": "section-0", "rank": "a0", "text": "Mine"}
        assert (await (await place.live(ana)).do(do="note.add", id="n", **note))["type"] == "done"
        await bring(place, ben, PNG, "f1", title="../wall: one")
        await bring(place, ben, PNG + b"x", "f2", title="..wall_ one.png")
        await bring(place, ana, PNG + b"y", "f3", title="secret.png", note="n")
        names = {"archive.json", "files/_wall_ one.png", "files/wall_ one.png"}
        theirs, hers = await taken(place, ben), await taken(place, ana)
        assert theirs.keys() == names
        assert hers.keys() == names | {"files/secret.png"}
        assert sorted(body for name, body in theirs.items() if name != "archive.json") == [PNG, PNG + b"x"]
        assert "secret" not in theirs["archive.json"].decode()
        assert "entries" not in json.loads(hers["archive.json"])


async def test_each_name_once() -> None:
    """[ARCH9] Of two files of one name the second is numbered; one that went missing is said before anything comes."""
    async with stand() as place:
        ana = await place.join(await place.workshop())
        for n in range(3):
            await bring(place, ana, PNG + bytes([n]), f"f{n}", title="wall.png")
        assert (await taken(place, ana)).keys() - {"archive.json"} == {
            "files/wall.png",
            "files/wall (2).png",
            "files/wall (3).png",
        }
        [first, *_] = await store(place).found(f"{ana['workshop']}/")
        await store(place).delete(first.name)
        answer = await ask(place, "GET", f"/api/workshops/{ana['workshop']}/export/zip", ana["token"])
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
