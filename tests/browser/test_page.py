"""The paper shared: the link is made, read by somebody without the app, replaced and ended."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .paper import text
from .stage import LAPTOP, PHONE, Stage, page_of, shot, stage
from .test_crowded import accessible
from .test_paper import SOON_MS, at_the_end, at_the_paper, begin, come, lead

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "Agreed by everybody"


async def link_of(boss: Page) -> str:
    """The link that the sheet shows."""
    place = boss.get_by_role("dialog").locator(".address")
    await expect(place).to_have_text(re.compile(r"/read/\w{32}$"), timeout=SOON_MS)
    return await place.inner_text()


async def readers(here: Stage, link: str) -> None:
    """Somebody who never was in the workshop reads it, on a phone and a laptop, by day and by night, and prints it."""
    for name, device in (("phone", PHONE), ("laptop", LAPTOP)):
        page = await here.page(link, **device)
        await expect(page.get_by_role("heading", name=WORDS)).to_be_visible()
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
            await shot(page, f"{name}-page-{scheme}")
            await accessible(page, f"the page, {name}, {scheme}")
        wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0
        assert await page.evaluate("[document.scripts.length, document.cookie, localStorage.length]") == [0, "", 0]
        await page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
        await shot(page, f"{name}-page-end")
        await page.emulate_media(media="print", color_scheme="light")
        await shot(page, f"{name}-page-print")
        await page.context.close()


async def gone(here: Stage, link: str) -> None:
    """Whoever comes by this link finds nothing."""
    page = await page_of(await here.running.new_context(**PHONE), here.faults)
    answer = await page.goto(link)
    assert answer
    assert answer.status == 404
    await expect(page.get_by_role("heading", name="There is nothing to read here")).to_be_visible()
    await shot(page, "phone-page-gone")
    await accessible(page, "no page")


async def test_the_paper_is_shared(tmp_path: Path) -> None:
    """[PAGE7] [PAGE3] [PAGE5] [ALL1] [ALL4] With the keyboard; read elsewhere; another link; and no longer."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, other = await lead(here), await lead(here)
        await begin(boss)
        await at_the_end(boss)
        await boss.keyboard.type(f"## {WORDS}")
        await expect(boss.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
        ana = await come(here, "Ana")
        await expect(text(ana)).to_contain_text(WORDS, timeout=SOON_MS)
        await expect(ana.get_by_role("button", name="Share", exact=True)).to_have_count(0)
        await boss.get_by_role("button", name="Share", exact=True).focus()
        await boss.keyboard.press("Enter")
        await shot(boss, "laptop-share-none")
        await accessible(boss, "not shared")
        await boss.get_by_role("button", name="Make a link").press("Enter")
        first = await link_of(boss)
        await shot(boss, "laptop-share")
        await accessible(boss, "shared")
        await expect(other.get_by_role("button", name="Shared", exact=True)).to_be_visible(timeout=SOON_MS)
        await readers(here, first)
        await renewed_and_ended(boss, here, first)
        await expect(other.get_by_role("button", name="Share", exact=True)).to_be_visible(timeout=SOON_MS)


async def renewed_and_ended(boss: Page, here: Stage, first: str) -> None:
    """The first link leads nowhere once there is another, and that one neither when sharing is ended."""
    sheet = boss.get_by_role("dialog")
    await sheet.get_by_role("button", name="New link").click()
    await shot(boss, "laptop-share-renew")
    await accessible(boss, "asking for a new link")
    await sheet.get_by_role("button", name="Make a new link").click()
    await expect(sheet.get_by_text("Here is the new link.")).to_be_visible(timeout=SOON_MS)
    await expect(sheet.locator(".address")).not_to_have_text(first, timeout=SOON_MS)
    second = await link_of(boss)
    await gone(here, first)
    await boss.set_viewport_size({"width": 390, "height": 844})
    await sheet.get_by_role("button", name="Stop sharing").click()
    await shot(boss, "phone-share-end")
    await accessible(boss, "asking to end it")
    await sheet.get_by_role("button", name="Stop sharing now").click()
    await expect(sheet.get_by_role("button", name="Make a link")).to_be_visible(timeout=SOON_MS)
    await gone(here, second)
    await boss.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await expect(boss.get_by_role("button", name="Share", exact=True)).to_be_focused()
