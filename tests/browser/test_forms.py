"""Tabs whose app is older than what the paper holds: they take nothing out of it, and lose nothing."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import TYPE_CHECKING

from playwright.async_api import Page, WebSocketRoute, expect
from pycrdt import XmlElement

from client.participant import Participant, join
from protocol.commands import PaperEdit
from protocol.records import Paper, Update
from protocol.version import FORM
from server.workshop import merging
from tests.workshop.writing import Writer

from .paper import text
from .stage import LAPTOP, PHONE, enter, page_of, shot, stage
from .test_crowded import accessible
from .test_paper import SOON_MS, at_the_end, at_the_paper, writers

if TYPE_CHECKING:
    from pathlib import Path

NEWER = (sys.executable, "-m", "tests.browser.newer")


async def writer_of(other: Participant, client: int) -> Writer:
    """The paper as it is for somebody whose app knows all of it."""
    other.watch_paper()
    await other.until(lambda: bool(other.all("paper")))
    [paper] = other.all("paper")
    assert isinstance(paper, Paper)
    updates = [record for record in other.all("update") if isinstance(record, Update)]
    return Writer(client, merging.encoded(merging.whole(paper, updates).get_update()))


async def test_a_tab_from_before(tmp_path: Path) -> None:
    """[FORM2] [FORM3] [FORM4] [PAPER9] [SHELL2] [ALL1] The server is renewed while they write; offline, and back."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, ana, ben = await writers(here, "Ana", "Ben")
        for page in (ana, ben):
            await page.evaluate("navigator.serviceWorker.ready")
            await page.evaluate("window.neverReloaded = true")
        await at_the_end(ben)
        await ben.keyboard.type("Typed before")
        await expect(text(ana)).to_contain_text("Typed before", timeout=SOON_MS)
        await asyncio.to_thread(here.place.stop)
        here.place.within = NEWER
        # What was typed while the server was away is not lost.
        await ben.keyboard.type(" and meanwhile")
        await asyncio.to_thread(here.place.start)
        for page in (ana, ben, boss):
            await page.evaluate("window.dispatchEvent(new Event('online'))")
        await expect(text(ana)).to_contain_text("Typed before and meanwhile", timeout=SOON_MS)
        token = (await join(here.place.url, code=here.made["code"], name="Newer")).token
        async with Participant(here.place.url, token, form=FORM + 1) as newer:
            writer = await writer_of(newer, 77)
            writer.root.children.insert(0, XmlElement("future"))
            await newer.do(PaperEdit(id="future", data=writer.take()[-1], form=FORM + 1))
            for page in (ana, ben, boss):
                await expect(page.get_by_role("heading", name="Plenary has been renewed")).to_be_visible()
                await expect(text(page)).to_have_count(0)
            for page in (ana, ben):
                assert await page.evaluate("window.neverReloaded")
                await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
            await looked_at(ana, ben)
            await by_hand_alone(ben)
            writer.hear(*[one.data for one in newer.all("update") if isinstance(one, Update)])
            assert "<future" in writer.text
            assert "Typed before and meanwhile" in writer.words
        await without_a_network(ben, here.place.stop)


async def looked_at(ana: Page, ben: Page) -> None:
    """On a phone and a laptop, by day and by night."""
    for page, name in ((ana, "phone"), (ben, "laptop")):
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await accessible(page, f"{name}, renewed, {scheme}")
            await shot(page, f"{name}-renewed-{scheme}")
        await page.emulate_media(color_scheme="light")


async def by_hand_alone(page: Page) -> None:
    """Asked for, it is loaded once; where that brings the same app again, it says so again and does not go round."""
    loads: list[str] = []
    page.on("load", lambda _: loads.append(page.url))
    async with page.expect_event("load"):
        await page.get_by_role("button", name="Reload", exact=True).click()
    await expect(page.get_by_role("heading", name="Plenary has been renewed")).to_be_visible()
    assert await page.evaluate("window.neverReloaded") is None
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
    assert len(loads) == 1


async def without_a_network(page: Page, stop: object) -> None:
    """What the device kept of the paper is not shown either: the app would take out what it does not know."""
    await page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert callable(stop)
    await asyncio.to_thread(stop)
    await page.reload()
    await expect(page.get_by_role("heading", name="Plenary has been renewed")).to_be_visible()
    await expect(text(page)).to_have_count(0)


def silent(line: WebSocketRoute) -> None:
    """An app from before there were forms: it says none."""
    server = line.connect_to_server()

    def up(message: str | bytes) -> None:
        said = json.loads(message)
        said.pop("form", None)
        server.send(json.dumps(said))

    line.on_message(up)


async def test_an_app_from_before_forms(tmp_path: Path) -> None:
    """[FORM2] It is told to load anew, as it knows; notes and words stay where they are."""
    async with stage(tmp_path, at_the_paper) as here:
        await writers(here)
        for kind, name in ((PHONE, "Ana"), (LAPTOP, "Ben")):
            context = await here.running.new_context(**kind)
            await context.route_web_socket(re.compile("/ws$"), silent)
            page = await page_of(context, here.faults)
            await page.goto(f"{here.place.url}/j/{here.made['code']}")
            await enter(page, name, board="")
            await expect(page.get_by_test_id("save-sign")).to_have_text("New version")
            await expect(page.get_by_role("heading", name="Plenary has been renewed")).to_be_visible()
            await expect(page.get_by_role("button", name="Reload")).to_have_count(2)
            await expect(text(page)).to_have_count(0)
            await shot(page, f"{name.lower()}-before-forms")
