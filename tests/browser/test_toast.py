"""What is told for a moment on a phone: beside what one writes, never over it, with the keyboard up or down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, ViewportSize, expect

from .stage import LAPTOP, PHONE, STILL, at_the_board, browser, house, shot
from .test_crowded import accessible
from .test_journeys import put, writing
from .test_notes import composer, note

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

TALL: ViewportSize = PHONE["viewport"]
LOW: ViewportSize = {"width": 390, "height": 420}
"""What a keyboard leaves of it."""
SAID = ("Third", "Second", "First")
LONG = "Somebody wants to explain at length what they mean, with an example from their own school. " * 3


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_what_is_told_covers_nothing_one_writes(tmp_path: Path, theme: Any) -> None:
    """[WRITE6] [ALL1] Above the box for new notes, however high; over no tools while one writes in it, or in a note."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            phone = await running.new_context(**PHONE, color_scheme=theme)
            ana = await at_the_board(phone, place, made["code"], "Ana", faults)
            cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
            for text in reversed(SAID):
                await put(cho, text)
            await composer(ana).fill(LONG)
            await told(ana, SAID[0])
            for size in (TALL, LOW):
                await ana.set_viewport_size(size)
                await beside(ana, composer(ana), f"{theme}-{size['height']}-left")
                await composer(ana).focus()
                await beside(ana, composer(ana), f"{theme}-{size['height']}-new")
                await in_a_note(ana, f"{theme}-{size['height']}-note")
            await accessible(ana, f"toast, {theme}")
            await ana.get_by_test_id("toast").get_by_role("button", name="Undo").tap()
            await expect(note(cho, SAID[0])).to_be_visible()
    assert faults == []


async def told(page: Page, text: str) -> None:
    """A note is put in the bin, and a hand stays on what that tells: so it does not go."""
    await note(page, text).tap()
    await page.get_by_role("button", name="Put in the bin").tap()
    await page.get_by_test_id("toast").dispatch_event("pointerenter")


async def in_a_note(page: Page, name: str) -> None:
    """Every note is edited in turn, so the highest and the lowest."""
    for text in SAID[1:]:
        await note(page, text).focus()
        await page.keyboard.press("e")
        pen = page.get_by_label("Edit note")
        await expect(pen).to_be_focused()
        await beside(page, pen, f"{name}-{text.lower()}")
        await page.keyboard.press("Escape")
        await expect(pen).to_have_count(0)


async def beside(page: Page, pen: Locator, name: str) -> None:
    """What is told is seen, and so is where one writes, the one not over the other."""
    toast = page.get_by_test_id("toast")
    await page.evaluate(STILL)
    await shot(page, f"toast-{name}")
    await expect(toast).to_be_in_viewport(ratio=1)
    await expect(pen).to_be_in_viewport(ratio=1)
    words = await toast.bounding_box()
    assert words
    for other in (pen, composer(page), page.locator("header").first, page.locator(".head"), page.locator(".tabs")):
        box = await other.bounding_box()
        # With little height the board's head is away while one writes, and the box that one does not write in.
        if box and await other.is_visible() and await other.evaluate("one => getComputedStyle(one).opacity") == "1":
            assert words["y"] + words["height"] <= box["y"] or box["y"] + box["height"] <= words["y"]
