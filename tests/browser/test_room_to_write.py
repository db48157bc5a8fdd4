"""What hand and eye need at the board: room to write with the keyboard up, words one can read, nothing in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Page, ViewportSize, expect

from .stage import PHONE, STILL, at_the_board, shot
from .test_everyone import CONTRAST, violations
from .test_journeys import at_one_board
from .test_notes import composer, note

if TYPE_CHECKING:
    from pathlib import Path

KEYBOARD: ViewportSize = {"width": 390, "height": 480}
"""What a phone's keyboard leaves of the page."""
ASIDE: ViewportSize = {"width": 844, "height": 390}
"""A phone on its side."""
SAID = ("Third", "Second", "First")
LONG = "Somebody wants to explain at length what they mean, with an example from their own school. " * 4


async def test_room_to_write(tmp_path: Path) -> None:
    """[WRITE5] [WRITE6] [ALL1] With the keyboard up, on its side, beside a long note, and under the pointer."""
    async with at_one_board(tmp_path, *reversed(SAID)) as (here, ana, cho):
        await named(ana)
        await with_the_keyboard_up(ana)
        await one_alone_grows(cho)
        await under_the_pointer(cho)
        await nothing_in_the_way(cho)
        aside = await here.running.new_context(**{**PHONE, "viewport": ASIDE})
        await on_its_side(await at_the_board(aside, here.place, here.made["code"], "Ben", here.faults))


async def named(page: Page) -> None:
    """Whoever comes late reads which section is which, and what is asked in the one in sight."""
    sections = page.get_by_role("navigation", name="Sections")
    for name in ("Potential benefits", "Risks", "Efforts to draw on"):
        await expect(sections.get_by_text(name)).to_be_in_viewport(ratio=1)
    await expect(composer(page)).to_have_attribute("placeholder", "What gets better if this is solved?")
    await shot(page, "room-sections")


async def with_the_keyboard_up(page: Page) -> None:
    """Three notes stay in sight above what one writes, two above a long one; the rest comes back with the height."""
    words = page.locator("header .what")
    await expect(words).to_be_visible()
    await composer(page).tap()
    await page.set_viewport_size(KEYBOARD)
    await expect(words).to_be_hidden()
    await expect(composer(page)).to_be_in_viewport(ratio=1)
    for text in SAID:
        await expect(note(page, text)).to_be_in_viewport(ratio=0.9)
    await expect(page.get_by_test_id("save-sign")).to_be_in_viewport()
    await shot(page, "room-keyboard")
    await composer(page).fill(LONG)
    await expect(composer(page)).to_be_in_viewport(ratio=1)
    for text in SAID[:2]:
        await expect(note(page, text)).to_be_in_viewport(ratio=0.9)
    await shot(page, "room-keyboard-long")
    await composer(page).fill("")
    await composer(page).press("Escape")
    await expect(words).to_be_visible()
    await page.set_viewport_size(PHONE["viewport"])
    await in_a_note(page)


async def in_a_note(page: Page) -> None:
    """The last note in sight is edited: it stays so when the keyboard comes, and the box for new ones makes room."""
    await note(page, SAID[-1]).tap()
    await page.get_by_role("toolbar").get_by_role("button", name="Edit").tap()
    await page.set_viewport_size({"width": KEYBOARD["width"], "height": 330})
    pen = page.get_by_label("Edit note")
    await expect(pen).to_be_focused()
    await expect(pen).to_be_in_viewport(ratio=0.9)
    await expect(page.locator(".dock")).to_have_css("opacity", "0")
    await shot(page, "room-keyboard-note")
    await page.keyboard.press("Escape")
    await expect(page.locator(".dock")).to_have_css("opacity", "1")
    await page.set_viewport_size(PHONE["viewport"])


async def one_alone_grows(page: Page) -> None:
    """A long note in one section leaves the boxes of the others as they are."""
    before = await height(page, "Risks")
    await composer(page).fill(LONG)
    assert await height(page, "Potential benefits") > before
    assert await height(page, "Risks") == before
    await shot(page, "room-long")
    await composer(page).fill("")


async def height(page: Page, section: str) -> float:
    """Of the box in which new notes of a section are written."""
    box = await page.locator(".composer").filter(has=composer(page, section)).bounding_box()
    assert box
    return box["height"]


async def under_the_pointer(page: Page) -> None:
    """What one is about to press can be read."""
    for name in ("Raise hand", "Ready"):
        await page.get_by_role("button", name=name).hover()
        await shot(page, f"room-hover-{name[:5].lower()}")
        assert await violations(page, f"hovering {name}", CONTRAST) == []


async def nothing_in_the_way(page: Page) -> None:
    """What was just done is told beside what can be done with the chosen notes, not over it."""
    await note(page, "First").press("Delete")
    for text in ("Second", "Third"):
        await note(page, text).press("x")
    toast = page.get_by_test_id("toast")
    await page.keyboard.press("Control+z")
    await expect(toast).to_have_text("Undone.")
    await page.evaluate(STILL)
    told, bar = await toast.bounding_box(), await page.get_by_role("toolbar").bounding_box()
    assert told
    assert bar
    assert told["y"] + told["height"] <= bar["y"]
    await shot(page, "room-toast")
    await page.keyboard.press("Escape")


async def on_its_side(page: Page) -> None:
    """Sections, notes and what one writes, in less height than a keyboard leaves; and a note beneath a search."""
    await expect(page.get_by_role("navigation", name="Sections")).to_be_in_viewport(ratio=1)
    await expect(composer(page)).to_be_in_viewport(ratio=1)
    for text in SAID[:2]:
        await expect(note(page, text)).to_be_in_viewport(ratio=0.9)
    await shot(page, "room-aside")
    await page.get_by_role("button", name="Search the board").tap()
    await expect(page.get_by_role("searchbox")).to_be_focused()
    await expect(note(page, SAID[0])).to_be_in_viewport(ratio=0.9)
    await shot(page, "room-aside-search")
