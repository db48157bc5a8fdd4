"""The paper's pictures over HTTP: to whom, for how long, and which."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from server.web import picturing
from tests.files.samples import PDF, PHOTO, PNG

from .stand import stand
from .test_files import bring
from .test_page import begun, shared

if TYPE_CHECKING:
    import pytest

    from .stand import Stand

GONE = "A picture that is not shown here:"


def shown(page: str) -> list[bytes]:
    """The photos in a page."""
    return [base64.b64decode(body) for body in re.findall(r'src="data:image/jpeg;base64,([^"]*)"', page)]


async def export(place: Stand, made: dict[str, Any], who: dict[str, Any], kind: str) -> bytes:
    """A document."""
    answer = await place.get(f"/api/workshops/{made['id']}/export/{kind}", who["token"])
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_just_those_that_the_paper_shows() -> None:
    """[PICTURE1] [PICTURE2] [PAGE3] [PAGE4] On the public page, as long as it is there; the page is another then."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        for name, body in (("in", PHOTO), ("out", PHOTO + b"other"), ("doc", PDF)):
            await bring(place, boss, body, name)
        path = await shared(place, made, boss["token"])
        before = await place.get(path)
        assert shown(before.text) == []
        await line.do(do="paper.edit", id="u1", data=writer.picture("in", "The wall", "At noon"))
        await line.do(do="paper.edit", id="u2", data=writer.picture("doc", "A page"))
        page = await place.get(path)
        assert page.headers["etag"] != before.headers["etag"]
        assert shown(page.text) == [PHOTO]
        assert f"<em>{GONE} </em>A page" in page.text
        assert made["id"] not in page.text.partition("<main>")[2]
        token = path.removeprefix("/read/")
        for workshop in (token, made["id"]):
            assert (await place.get(f"/api/workshops/{workshop}/files/in")).json()["code"] == "bad_token"
        await line.do(do="contribution.drop", id="in")
        gone = await place.get(path)
        assert shown(gone.text) == []
        assert f"<em>{GONE} </em>The wall" in gone.text
        await place.house.uploads.store.forget(made["id"])  # type: ignore[union-attr]
        assert (await place.get(path)).status_code == 200


async def test_what_not_everybody_may_see_is_shown_to_nobody() -> None:
    """[PICTURE1] Its author and who leads neither, in no document; again once it may be seen."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        await bring(place, boss, PHOTO, "in", note="n")
        path = await shared(place, made, boss["token"])
        await line.do(do="paper.edit", id="u1", data=writer.picture("in", "The wall"))
        assert shown((await place.get(path)).text) == [PHOTO]
        await line.do(do="note.bin", id="n")
        assert shown((await place.get(path)).text) == []
        for kind in ("html", "docx", "odt", "pdf", "md"):
            found = await export(place, made, boss, kind)
            parts = zipfile.ZipFile(io.BytesIO(found)).namelist() if found.startswith(b"PK") else []
            assert PHOTO not in found
            assert not [part for part in parts if "media/" in part or "Pictures/" in part]
            assert b"data:image" not in found
            assert b"files/" not in found or kind != "md"
        await line.do(do="note.restore", id="n")
        assert shown((await export(place, made, boss, "html")).decode()) == [PHOTO]


async def test_as_it_lies_in_the_archive() -> None:
    """[PICTURE3] [ARCH9] Markdown names it so."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        for name in ("one", "two"):
            await bring(place, boss, PNG, name, title="Our wall.png")
        await line.do(do="paper.edit", id="u1", data=writer.picture("two", "The wall"))
        told = (await export(place, made, boss, "md")).decode()
        assert "![The wall](<files/Our%20wall%20%282%29.png>)" in told
        bundle = zipfile.ZipFile(io.BytesIO(await export(place, made, boss, "zip")))
        assert bundle.read("files/Our wall (2).png") == PNG


async def test_a_large_one_is_shown_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """[PICTURE3] No more is read than a document can take."""
    async with stand() as place:
        made, boss, line, writer = await begun(place)
        await bring(place, boss, PHOTO, "in")
        await line.do(do="paper.edit", id="u1", data=writer.picture("in", "The wall"))
        monkeypatch.setattr(picturing, "WHOLE_BYTES", len(PHOTO) - 1)
        assert shown((await export(place, made, boss, "html")).decode()) == []
        monkeypatch.setattr(picturing, "WHOLE_BYTES", len(PHOTO))
        assert shown((await export(place, made, boss, "html")).decode()) == [PHOTO]
        monkeypatch.setattr(picturing, "MOST", 0)
        assert shown((await export(place, made, boss, "html")).decode()) == []
