"""Suggestions in the paper: made on a phone and a laptop, decided by whoever facilitates, by keys and by touch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .paper import text
from .stage import shot, stage
from .test_crowded import accessible
from .test_paper import SOON_MS, at_the_end, at_the_paper, writers

if TYPE_CHECKING:
    from pathlib import Path

LINE = "Pay is by hand in most places"


SAID = """() => {
  const last = [...document.querySelectorAll('.text > p')].at(-1).cloneNode(true);
  for (const caret of last.querySelectorAll('.caret')) caret.remove();
  const words = document.createTreeWalker(last, NodeFilter.SHOW_TEXT);
  let [said, before] = ['', ''];
  while (words.nextNode()) {
    const now = words.currentNode.parentElement.closest('ins, del')?.localName ?? '';
    if (now !== before) said += (before && `</${before}>`) + (now && `<${now}>`);
    said += words.currentNode.data;
    before = now;
  }
  return said + (before && `</${before}>`);
}"""
"""The last line as it stands in the text, others' names left out."""


async def stands(page: Page, wanted: str) -> None:
    """So the last line is, by now or soon."""
    await page.wait_for_function(f"(wanted) => ({SAID})() === wanted", arg=wanted, timeout=SOON_MS)


async def suggest(page: Page) -> None:
    """From now on."""
    await page.get_by_role("button", name="Suggest", exact=True).click()
    await expect(page.get_by_role("button", name="Suggesting")).to_have_attribute("aria-pressed", "true")
    await expect(page.get_by_text("is shown as a suggestion")).to_be_visible()


async def to_the_end(page: Page) -> None:
    """The caret behind the last word."""
    await page.bring_to_front()
    last = text(page).locator(":scope > p").last
    await last.scroll_into_view_if_needed()
    await last.click()
    await told(page)
    await page.keyboard.press("End")
    await told(page)


async def told(page: Page) -> None:
    """Where the caret is, the editor is told a moment later."""
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


async def test_suggestions(tmp_path: Path) -> None:
    """[PAPER18] [PAPER19] Two suggest, at once; one is accepted, one declined, one taken back; all see the same."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, ana, ben = await writers(here, "Ana", "Ben")
        await at_the_end(boss)
        await boss.keyboard.type(LINE)
        for page in (ana, ben):
            await expect(text(page)).to_contain_text(LINE, timeout=SOON_MS)
            await suggest(page)
            await to_the_end(page)
        await ana.keyboard.type(", still")
        await stands(boss, f"{LINE}<ins>, still</ins>")
        for _ in range(6):
            await ben.keyboard.press("ArrowLeft")
        await ben.keyboard.press("Home")
        await ben.keyboard.press("Control+Shift+ArrowRight")
        await ben.keyboard.type("Wages")
        now = "<del>Pay</del><ins>Wages</ins> is by hand in most places<ins>, still</ins>"
        for page in (boss, ana, ben):
            await stands(page, now)
        for page in (ana, boss):
            await page.emulate_media(color_scheme="dark")
        await shot(ana, "phone-suggesting")
        await accessible(ana, "phone, suggesting")
        await shot(ben, "laptop-suggesting")
        await accessible(ben, "laptop, suggesting")
        await counted(boss)
        await decided(boss, ana, ben)


async def counted(boss: Page) -> None:
    """What is only suggested is not in what will be read."""
    await boss.get_by_role("button", name="As it will be read").click()
    await expect(text(boss).locator("ins").first).to_be_hidden()
    await expect(text(boss).locator("del").first).to_be_visible()
    await expect(text(boss).locator("del").first).to_have_css("text-decoration-line", "none")
    await shot(boss, "laptop-suggestions-read")
    await accessible(boss, "laptop, suggestions as they will be read")
    await boss.get_by_role("button", name="Back to writing").click()


async def decided(boss: Page, ana: Page, ben: Page) -> None:
    """One is accepted, one declined; one's own is taken back."""
    await boss.get_by_role("button", name="2 suggestions").click()
    await shot(boss, "laptop-suggestions")
    await accessible(boss, "laptop, suggestions")
    await boss.get_by_role("button", name="Accept “Wages”").click()
    for page in (boss, ana, ben):
        await stands(page, "Wages is by hand in most places<ins>, still</ins>")
    await boss.get_by_role("button", name="Decline “, still”").click()
    await expect(boss.get_by_text("Nothing is suggested now.")).to_be_visible()
    await boss.keyboard.press("Escape")
    for page in (boss, ana, ben):
        await stands(page, "Wages is by hand in most places")
    await to_the_end(ana)
    for _ in range(6):
        await ana.keyboard.press("Backspace")
    await stands(ben, "Wages is by hand in most <del>places</del>")
    await expect(ben.get_by_role("button", name="1 suggestion")).to_be_visible()
    await ana.get_by_role("button", name="1 suggestion").tap()
    await expect(ana.get_by_role("button", name=re.compile("Accept"))).to_have_count(0)
    await shot(ana, "phone-suggestions")
    await accessible(ana, "phone, suggestions")
    await ana.get_by_role("button", name="Take “places” back").tap()
    for page in (boss, ana, ben):
        await stands(page, "Wages is by hand in most places")


async def test_undo_after_the_decision(tmp_path: Path) -> None:
    """[PAPER23] What was accepted stays, whatever whoever suggested it takes back afterwards."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, ben = await writers(here, "Ben")
        await at_the_end(boss)
        await boss.keyboard.type("We ask for three things")
        await expect(text(ben)).to_contain_text("We ask for three things", timeout=SOON_MS)
        await suggest(ben)
        await to_the_end(ben)
        for keys in ("Home", "Control+Shift+ArrowRight", "Control+Shift+ArrowRight"):
            await ben.keyboard.press(keys)
            await told(ben)
        await ben.keyboard.type("They demand")
        await stands(boss, "<del>We ask</del><ins>They demand</ins> for three things")
        await boss.get_by_role("button", name="1 suggestion").click()
        await boss.get_by_role("button", name="Accept “They demand”").click()
        await stands(ben, "They demand for three things")
        await ben.get_by_role("button", name="Suggesting").click()
        await to_the_end(ben)
        await ben.keyboard.type(", now")
        # As many again: what is typed slowly comes back in parts.
        for keys in ("Control+z", "Control+y"):
            for _ in range(6):
                await ben.keyboard.press(keys)
        for page in (boss, ben):
            await stands(page, "They demand for three things, now")
