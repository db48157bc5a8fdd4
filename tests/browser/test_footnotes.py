"""Footnotes of the paper: put, read, changed and taken away, by key and by touch, by two at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Locator, Page, expect

from .paper import text
from .stage import shot, stage
from .test_crowded import accessible
from .test_paper import SOON_MS, at_the_end, at_the_paper, writers

if TYPE_CHECKING:
    from pathlib import Path

FOOT = "What it says"
WRITTEN = re.compile("Yes: .*Pay is by hand in most places")
"""Somebody's name may stand where they are."""


def at_the_foot(page: Page) -> Locator:
    """What stands there."""
    return page.get_by_role("region", name="Footnotes").get_by_role("listitem")


def sign(page: Page, words: str) -> Locator:
    """In the text."""
    return text(page).get_by_role("img", name=f"Footnote: {words}")


async def put(page: Page, words: str) -> None:
    """By key, behind what was just written."""
    await page.keyboard.press("Control+Alt+f")
    await page.get_by_label(FOOT).fill(words)
    await page.keyboard.press("Enter")


async def test_footnotes(tmp_path: Path) -> None:
    """[PAPER14] [PAPER10] [PAPER13] Numbered for all in the order of the text, whoever puts, changes, removes them."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, ana = await writers(here, "Ana")
        await expect(text(ana)).to_contain_text("Share the rubrics", timeout=SOON_MS)
        await at_the_end(boss)
        await boss.keyboard.type("Pay is by hand")
        await put(boss, "Of 40 districts, 31")
        await boss.keyboard.type(" in most places")
        await put(boss, "2019")
        await expect(at_the_foot(ana)).to_have_text(["1 Of 40 districts, 31", "2 2019"], timeout=SOON_MS)
        await expect(text(ana)).to_contain_text("Pay is by hand in most places")
        await shot(boss, "console-footnotes")
        await accessible(boss, "console, footnotes")
        # By touch, on a phone; at the same time a word is put before it.
        await sign(ana, "2019").tap()
        await ana.get_by_label(FOOT).fill("In 2019")
        await shot(ana, "phone-footnote")
        await accessible(ana, "phone, a footnote")
        await boss.keyboard.press("Home")
        await boss.keyboard.type("Yes: ")
        await ana.get_by_role("button", name="Set the footnote").click()
        for page in (boss, ana):
            await expect(at_the_foot(page)).to_have_text(["1 Of 40 districts, 31", "2 In 2019"], timeout=SOON_MS)
            await expect(text(page)).to_contain_text(WRITTEN, timeout=SOON_MS)
        await read(boss)
        await taken_away(boss, ana)


async def read(page: Page) -> None:
    """As it will be read a number leads to its sign, and nothing is asked."""
    await page.get_by_role("button", name="As it will be read").click()
    await page.get_by_role("button", name="Footnote 1: to its place in the text").click()
    await expect(sign(page, "Of 40 districts, 31")).to_be_in_viewport()
    await expect(page.get_by_label(FOOT)).to_have_count(0)
    await shot(page, "laptop-footnotes-read")
    await accessible(page, "laptop, footnotes read")
    await page.get_by_role("button", name="Back to writing").click()


async def taken_away(boss: Page, ana: Page) -> None:
    """One by its button; undone it is there again, and no word of anybody else's is."""
    await boss.get_by_role("button", name="Footnote 1: to its place in the text").click()
    await boss.get_by_role("button", name="Take the footnote away").click()
    for page in (boss, ana):
        await expect(at_the_foot(page)).to_have_text(["1 In 2019"], timeout=SOON_MS)
    await boss.keyboard.press("Control+z")
    for page in (boss, ana):
        await expect(at_the_foot(page)).to_have_text(["1 Of 40 districts, 31", "2 In 2019"], timeout=SOON_MS)
