"""The API described by the server itself."""

from __future__ import annotations

import re

from protocol import generate
from server.web.reference import POLICY

from .stand import stand


async def test_it_describes_itself() -> None:
    """[API1] [API2] [API3] To programs and to people; the page asks nobody for anything."""
    async with stand() as place:
        for name, file in (("openapi", generate.OPENAPI), ("asyncapi", generate.ASYNCAPI)):
            told = await place.get(f"/api/{name}.json")
            assert told.text == file.read_text()
            assert told.headers["access-control-allow-origin"] == "*"
        page = await place.get("/api")
        assert page.headers["content-security-policy"] == POLICY
        assert not re.search(r"<script|src=|@import|url\(|https?://", page.text)
        found = re.findall(r'href="([^"]+)"', page.text)
        anchors = {f"#{name}" for name in re.findall(r'id="([^"]+)"', page.text)}
        assert {link for link in found if link.startswith("#")} <= anchors
        for path in ("/api/join", "/api/workshops/{workshop}/links", "note.add"):
            assert path in page.text
