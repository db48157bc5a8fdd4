"""What is under the hand stays there: a phone that is turned, two clicks in a row, the focus, a box that is full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .stage import PHONE, shot
from .test_journeys import at_one_board, put
from .test_notes import BENEFITS, composer, note
from .test_room_to_write import ASIDE, KEYBOARD

if TYPE_CHECKING:
    from pathlib import Path


async def test_what_is_in_the_hand_stays(tmp_path: Path) -> None:
    """[ALL4] [ALL12] [WRITE9] Turned, pressed twice, put away by keys, pasted into: on a phone and a laptop."""
    async with at_one_board(tmp_path, "First", "Second", "Third") as (_, ana, cho):
        await turned(ana)
        await pressed_again(ana)
        await clicked_twice(cho)
        await by_keys(cho)
        await full(ana, cho)


async def turned(page: Page) -> None:
    """While one writes in the middle section, and back: it is the same one, with its words."""
    sections = page.get_by_role("navigation", name="Sections")
    await sections.get_by_role("button", name="Risks").tap()
    await composer(page, "Risks").fill("Half a thought")
    for size in (KEYBOARD, ASIDE, PHONE["viewport"], ASIDE, PHONE["viewport"]):
        await page.set_viewport_size(size)
        await expect(page.get_by_role("group", name="Notes in Risks")).to_be_in_viewport(ratio=0.9)
        await expect(sections.get_by_role("button", name="Risks")).to_have_attribute("aria-current", "true")
        await expect(composer(page, "Risks")).to_have_value("Half a thought")
    await shot(page, "hand-turned")
    await composer(page, "Risks").fill("")
    await sections.get_by_role("button", name=BENEFITS).tap()
    await expect(composer(page)).to_be_visible()


async def pressed_again(page: Page) -> None:
    """Undo stands where it stood, though *Redo* and the bin come beside it."""
    undo = page.get_by_role("button", name="Undo", exact=True)
    for text in ("One", "Two"):
        await put(page, text)
        await expect(note(page, text)).to_be_visible()
    spot = await undo.bounding_box()
    assert spot
    for left in (1, 0):
        await page.touchscreen.tap(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
        await expect(note(page, "One").or_(note(page, "Two"))).to_have_count(left)
        await expect(page.get_by_role("button", name="Redo", exact=True)).to_be_visible()
        assert await undo.bounding_box() == spot
    await shot(page, "hand-undo")


async def clicked_twice(page: Page) -> None:
    """The first click opens a note's tools under the pointer; the second one is still for the note."""
    await note(page, "Second").dblclick()
    await expect(page.get_by_label("Edit note")).to_be_focused()
    await page.keyboard.press("Escape")
    box = await note(page, "First").bounding_box()
    assert box
    for share in (0.36, 0.7):
        await page.mouse.dblclick(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.7)
        await expect(page.get_by_label("Edit note")).to_be_focused()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.keyboard.press("Escape")
        await page.get_by_role("heading", level=1).click()
    await note(page, "First").focus()
    await expect(note(page, "First").get_by_role("button", name=re.compile("Me too, [^0]"))).to_have_count(0)


async def by_keys(page: Page) -> None:
    """The focus goes on to the next, from the last one to the one before, to a stack that is made, to a note of it."""
    await put(page, "Fourth")
    await note(page, "Second").focus()
    await page.keyboard.press("Delete")
    await expect(note(page, "First")).to_be_focused()
    await page.keyboard.press("Delete")
    await expect(note(page, "Third")).to_be_focused()
    for text in ("Third", "Fourth"):
        await note(page, text).press("x")
    await page.get_by_role("button", name="Group with…").press("Enter")
    await page.get_by_role("button", name="Group these 2 notes").press("Enter")
    stack = page.locator("[data-stack]")
    await expect(stack).to_be_focused()
    await page.keyboard.press("Enter")
    await shot(page, "hand-stack")
    await page.get_by_role("button", name="Take apart").press("Enter")
    await expect(note(page, "Third").or_(note(page, "Fourth")).and_(page.locator(":focus"))).to_have_count(1)
    for text in ("Third", "Fourth"):
        await note(page, text).focus()
        await page.keyboard.press("Delete")
    await expect(page.get_by_role("group", name=f"Notes in {BENEFITS}")).to_be_focused()


async def full(ana: Page, cho: Page) -> None:
    """A text that is longer than a note, pasted into a note that one edits, a comment and the composer."""
    said = "no more than 2,000 characters fit"
    await put(cho, "To be made longer")
    await note(cho, "To be made longer").press("e")
    pen = cho.get_by_label("Edit note")
    await expect(pen).to_be_focused()
    await expect(cho.get_by_text(said)).to_have_count(0)
    await cho.keyboard.insert_text("word " * 600)
    await expect(cho.get_by_text(said)).to_be_in_viewport(ratio=0.9)
    await shot(cho, "hand-full")
    await cho.keyboard.press("ControlOrMeta+a")
    await cho.keyboard.insert_text("Short again")
    await expect(cho.get_by_text(said)).to_have_count(0)
    await cho.keyboard.press("Enter")
    await note(cho, "Short again").press("c")
    await expect(cho.get_by_label("New comment")).to_be_focused()
    await cho.keyboard.insert_text("word " * 600)
    await expect(cho.get_by_text("no more than 500 characters fit")).to_be_in_viewport(ratio=0.9)
    await cho.get_by_label("New comment").fill("")
    await cho.get_by_role("dialog").get_by_role("button", name="Close").click()
    await composer(ana).tap()
    await ana.keyboard.insert_text("word " * 600)
    await expect(ana.get_by_text(said)).to_be_in_viewport(ratio=0.9)
    await shot(ana, "hand-full-phone")
