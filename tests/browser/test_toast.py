"""What is told for a moment on a phone: beside what one writes, never over it; keyboard up or down, or on its side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, ViewportSize, expect

from .stage import LAPTOP, PHONE, STILL, at_the_board, browser, house, page_of, shot
from .test_crowded import accessible
from .test_everyone import come, go, lead
from .test_journeys import put, writing
from .test_notes import composer, note
from .test_results import PROPOSE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

TALL: ViewportSize = PHONE["viewport"]
LOW: ViewportSize = {"width": 390, "height": 420}
"""What a keyboard leaves of it."""
SIDE: ViewportSize = {"width": 844, "height": 390}
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
            for size in (TALL, LOW, SIDE):
                await ana.set_viewport_size(size)
                await beside(ana, composer(ana), f"{theme}-{size['height']}-left")
                await composer(ana).focus()
                await beside(ana, composer(ana), f"{theme}-{size['height']}-new")
                await in_a_note(ana, f"{theme}-{size['height']}-note")
            await accessible(ana, f"toast, {theme}")
            await ana.get_by_test_id("toast").get_by_role("button", name="Undo").tap()
            await expect(note(cho, SAID[0])).to_be_visible()
    assert faults == []


async def test_what_is_told_while_one_proposes_covers_nothing(tmp_path: Path) -> None:
    """[WRITE6] It lies neither over the head nor over the box for issues, keyboard up or down, or on its side."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            await go(boss, PROPOSE)
            ana = await page_of(await running.new_context(**PHONE), faults)
            await come(ana, place, made["code"], "Ana")
            box = ana.get_by_label("New issue", exact=True)
            for width, height in ((390, 844), (390, 420), (320, 844), (844, 390)):
                await ana.set_viewport_size({"width": width, "height": height})
                await box.fill(f"What to do about {width} by {height}")
                await box.press("Enter")
                await expect(ana.get_by_test_id("toast")).to_contain_text(f"{width} by {height}")
                await box.fill("And another one")
                await ana.evaluate(STILL)
                await shot(ana, f"toast-issue-{width}-{height}")
                await apart(ana.get_by_test_id("toast"), ana.locator("form"), ana.locator("header").first)
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
    await apart(toast, pen, composer(page), page.locator("header").first, page.locator(".head"), page.locator(".tabs"))


async def apart(toast: Locator, *others: Locator) -> None:
    """It lies over none of these, as far as they are there."""
    words = await toast.bounding_box()
    assert words
    for other in others:
        box = await other.bounding_box()
        # With little height the board's head is away while one writes, and the box that one does not write in.
        if box and await other.is_visible() and await other.evaluate("one => getComputedStyle(one).opacity") == "1":
            over = words["y"] + words["height"] <= box["y"] or box["y"] + box["height"] <= words["y"]
            assert over or words["x"] >= box["x"] + box["width"]
