"""Taking it home, as people see it: how far it is, calling it off, and asking again."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Error, expect

from .stage import LAPTOP, PHONE, browser, house, page_of, shot
from .test_everyone import axe

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Page, Route

ENGLISH = {
    "home": "Take it home",
    "making": r"Being made, \d+ s",
    "off": "Call off",
    "called off": "Called off.",
    "again": "Try again",
    "came": "Markdown is on this device.",
}
SPANISH = {
    "console": "Mandos",
    "home": "Llévatelo",
    "making": r"Se está preparando, \d+ s",
    "off": "Cancelar",
    "called off": "Cancelado.",
    "again": "Probar otra vez",
    "came": "Markdown está en este dispositivo.",
}


class Exports:
    """What becomes of those that are asked for: at first they do not come."""

    def __init__(self) -> None:
        self.outcome = "held"
        self.over = asyncio.Event()

    async def __call__(self, route: Route) -> None:
        """One that is asked for."""
        with contextlib.suppress(Error):  # whoever asked has gone
            if self.outcome == "held":
                await self.over.wait()
                await route.abort()
            elif self.outcome == "failed":
                problem = {"code": "busy", "detail": "The document could not be made."}
                await route.fulfill(status=503, content_type="application/problem+json", json=problem)
            else:
                await route.continue_()


@pytest.mark.parametrize(("look", "words"), [(LAPTOP, ENGLISH), (PHONE, SPANISH)], ids=["laptop", "phone"])
async def test_on_its_way(tmp_path: Path, look: dict[str, Any], words: dict[str, str]) -> None:
    """[EXP11] How long it is being made is shown, and said once; it is called off; what failed is asked for again."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            made = place.post("/api/workshops", {"title": "Ready for life", "template": "quick"})
            locale = "es-ES" if words is SPANISH else "en"
            page = await page_of(await running.new_context(**look, locale=locale), faults)
            exports = Exports()
            await page.route("**/export/md*", exports)
            await page.goto(made["links"]["facilitator"])
            if "console" in words:
                await page.get_by_role("button", name=words["console"]).tap()
            await page.get_by_role("button", name=words["home"]).click()
            await called_off(page, words)
            exports.outcome = "failed"
            await failed(page, words)
            exports.outcome = "comes"
            async with page.expect_download() as download:
                await page.get_by_role("button", name=words["again"]).press("Enter")
            assert (await download.value).suggested_filename.endswith(".md")
            await expect(page.get_by_role("status").filter(has_text=words["came"])).to_be_attached()
            await expect(page.get_by_role("button", name=words["off"])).to_have_count(0)
            exports.over.set()
    assert faults == []


async def called_off(page: Page, words: dict[str, str]) -> None:
    """While it is made it says for how long; then it is called off, by keyboard, which goes back to the format."""
    wanted = page.get_by_role("button", name="Markdown")
    await wanted.press("Enter")
    await expect(wanted.get_by_text(re.compile(words["making"]))).to_be_visible()
    await shot(page, f"taking-{words['off']}")
    assert await axe(page, "taking") == []
    await page.get_by_role("button", name=words["off"]).press("Enter")
    await expect(page.get_by_role("status").filter(has_text=words["called off"])).to_be_attached()
    await expect(wanted).to_be_focused()
    await expect(wanted.get_by_text(re.compile(words["making"]))).to_have_count(0)


async def failed(page: Page, words: dict[str, str]) -> None:
    """It says so in its place, and offers to try again."""
    await page.get_by_role("button", name="Markdown").press("Enter")
    await expect(page.get_by_role("button", name=words["again"])).to_be_visible()
    await shot(page, f"taking-failed-{words['off']}")
    assert await axe(page, "failed") == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
