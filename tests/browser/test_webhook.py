"""The console tells another program: set, tried, told, and seen when it does not hear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.web.receiving import receiver

from .stage import LAPTOP, browser, enter, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from playwright.async_api import Page

    from tests.web.receiving import Receiver

SOON_MS = 20_000


async def test_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[HOOK7] [ALL1] [ALL4] With the keyboard; a test arrives, a step arrives, a failure is seen, and it ends."""
    monkeypatch.setenv("PLENARY_WEBHOOKS", "everywhere")
    faults: list[str] = []
    async with receiver() as there, browser() as running:
        with house(tmp_path) as place:
            made = place.post("/api/workshops", {"title": "Ours"})
            page = await page_of(await running.new_context(**LAPTOP), faults)
            await page.goto(made["links"]["facilitator"])
            lever = page.get_by_role("button", name=re.compile("^Notify another app"))
            await expect(lever.or_(page.get_by_label("Your name")).first).to_be_visible(timeout=SOON_MS)
            if await page.get_by_label("Your name").count():
                await enter(page, "Fay", board="")
            await lever.press("Enter")
            await set_and_tried(page, there)
            await goes_wrong(page, there)
            await page.get_by_role("button", name="Stop notifying it").click()
            await expect(page.get_by_text("No other app is notified any more.")).to_be_visible(timeout=SOON_MS)
            await page.keyboard.press("Escape")
            await expect(lever).to_be_focused()
    assert faults == []


async def set_and_tried(page: Page, there: Receiver) -> None:
    """Its address, its secret, and a test that arrives."""
    await expect(page.get_by_label("Its address")).to_be_visible(timeout=SOON_MS)
    await shot(page, "laptop-hook-none")
    await accessible(page, "nobody is told")
    await page.get_by_label("Its address").fill("not an address")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("status").last).not_to_be_empty(timeout=SOON_MS)
    await page.get_by_label("Its address").fill(f"{there.url}/in")
    await page.keyboard.press("Enter")
    secret = page.get_by_text(re.compile("^whsec_"))
    await expect(secret).to_be_visible(timeout=SOON_MS)
    await page.get_by_role("button", name="Send a test").press("Enter")
    [came] = await there.until(1)
    assert came.said["type"] == "test"
    assert came.is_signed(await secret.inner_text())
    await expect(page.get_by_text(re.compile("Arrived at"))).to_be_visible(timeout=SOON_MS)
    await shot(page, "laptop-hook-arrived")
    await accessible(page, "a test arrived")


async def goes_wrong(page: Page, there: Receiver) -> None:
    """It answers with an error: seen in the sheet and at the lever."""
    there.answers = [500]
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name=re.compile("^Next")).first.click()
    assert (await there.until(2))[1].said["type"] == "step.changed"
    await expect(page.get_by_text("The last message did not arrive")).to_be_visible(timeout=SOON_MS)
    await page.get_by_role("button", name=re.compile("^Notify another app")).click()
    await expect(page.get_by_text(re.compile("the answer was 500"))).to_be_visible(timeout=SOON_MS)
    await expect(page.get_by_text(re.compile("1 message waits"))).to_be_visible(timeout=SOON_MS)
    await shot(page, "laptop-hook-wrong")
    await accessible(page, "a message did not arrive")
    await page.get_by_role("button", name="New secret").click()
    await shot(page, "laptop-hook-renew")
    await accessible(page, "asking for a new secret")
    await page.get_by_role("button", name="Make a new secret").click()
    await expect(page.get_by_text("Here is the new secret.")).to_be_visible(timeout=SOON_MS)
