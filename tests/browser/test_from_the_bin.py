"""What one put into the bin and takes back, whoever wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .stage import browser, house
from .test_journeys import put, writing
from .test_notes import note, pair

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_another_wrote_comes_back(tmp_path: Path) -> None:
    """[UNDO4] Out of the bin, by who put it there: one by the toast, several by keys; and in there again."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana, cho = await pair(running, place, made["code"], "light", faults)
            for text in ("Of Ana", "Of Ana too"):
                await put(ana, text)
            await note(cho, "Of Ana").focus()
            await cho.keyboard.press("Delete")
            await away(cho, 1)
            await cho.get_by_test_id("toast").get_by_role("button", name="Undo").click()
            await there(ana, cho, "Of Ana")
            for text in ("Of Ana", "Of Ana too"):
                await note(cho, text).focus()
                await cho.keyboard.press("x")
            await cho.get_by_role("toolbar").get_by_role("button", name="Bin").click()
            await away(cho, 2)
            await cho.keyboard.press("Control+z")
            await there(ana, cho, "Of Ana", "Of Ana too")
            await cho.keyboard.press("Control+Shift+z")
            await away(cho, 2)
            await expect(ana.get_by_role("article")).to_have_count(0)
            await cho.keyboard.press("Control+z")
            await there(ana, cho, "Of Ana", "Of Ana too")
    assert faults == []


async def away(page: Page, count: int) -> None:
    """So many are in the bin, and the server has told so."""
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await expect(page.get_by_role("article")).to_have_count(2 - count)


async def there(ana: Page, cho: Page, *texts: str) -> None:
    """Both see them, with their words."""
    for page in (ana, cho):
        for text in texts:
            await expect(note(page, text)).to_be_visible()
