"""A board with more notes than any screen: read, walked over, and moved from end to end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .full import opened, texts
from .hands import finger, taken
from .stage import LAPTOP, PHONE, at_the_board, browser, house, shot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

COUNT = 1_200
EACH = COUNT // 3
"""Notes in one section."""
DRAWN = 60
"""Far more than a screen holds, far less than there are."""
WHERE = "row => row.getBoundingClientRect().top"
IN_SIGHT = """row => { const [a, b] = [row, row.closest('[data-scroll]')].map((e) => e.getBoundingClientRect());
    return a.bottom > b.top && a.top < b.bottom; }"""


def said(number: int) -> str:
    """The text of the note that was filled in as this one."""
    return f"{texts(number + 1)[number]} ({number})"


def column(page: Page, title: str = "Potential benefits") -> Locator:
    """The notes of a section."""
    return page.get_by_role("group", name=f"Notes in {title}")


def row(page: Page, number: int) -> Locator:
    """The row of a filled-in note."""
    return page.locator(f'[data-row="note-{number}"]')


async def test_a_board_longer_than_any_screen(tmp_path: Path) -> None:
    """[WALL1] [WALL2] [WALL3] By keys on a laptop, by finger on a phone: all of it is there, little of it is drawn."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await opened(place, COUNT)
        async with browser() as running:
            ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
            cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
            await beside(ana)
            await by_keys(cho)
            await reading_on(ana, cho)
            await up_again(ana, cho)
            await after_writing(cho, ana)
            await by_finger(ana, cho)
    assert faults == []


async def beside(page: Page) -> None:
    """Of the section that is on a phone's screen more is drawn than of the one beside it, until that comes."""
    [here, there] = [column(page, title).locator("[data-row]") for title in ("Potential benefits", "Risks")]
    await expect(there.nth(3)).to_be_attached()
    few = await there.count()
    await expect(here.nth(few)).to_be_attached()
    await page.get_by_role("button", name=f"Risks {EACH}").tap()
    await expect(there.nth(few)).to_be_attached()
    await page.get_by_role("button", name=f"Potential benefits {EACH}").tap()
    await expect(column(page).get_by_role("article").first).to_be_in_viewport()


async def by_keys(page: Page) -> None:
    """End, Home and arrows reach every note; the focus stays with its note; a lifted one goes wherever."""
    first, last = row(page, 0), row(page, COUNT - 3)
    await expect(last).to_have_count(0)
    await first.get_by_role("article").focus()
    await page.keyboard.press("End")
    await expect(last.get_by_role("article")).to_be_focused()
    assert [await last.get_attribute(f"aria-{name}") for name in ("posinset", "setsize")] == [str(EACH), str(EACH)]
    assert await page.locator("[data-row]").count() < 3 * DRAWN
    await page.keyboard.press("ArrowUp")
    near = row(page, COUNT - 6)
    await expect(near.get_by_role("article")).to_be_focused()
    await column(page).evaluate("list => { list.scrollTop = 0; }")
    await expect(row(page, 3)).to_be_visible()
    await expect(near.get_by_role("article")).to_be_focused()
    assert not await near.evaluate(IN_SIGHT)
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    for _ in range(30):
        await page.keyboard.press("ArrowDown")
    await expect(row(page, 91)).to_be_visible()
    await shot(page, "big-laptop-keys")
    await page.keyboard.press("Space")
    moved = page.get_by_role("region", name="Risks").locator(f'[data-row="note-{COUNT - 6}"]')
    await expect(moved.get_by_role("article")).to_be_focused()
    await expect(moved).to_have_attribute("aria-posinset", "31")
    assert await moved.evaluate(IN_SIGHT)


async def reading_on(reader: Page, writer: Page) -> None:
    """Who reads further down is not moved by what comes on top; who is at the top sees it come."""
    here = row(reader, 90)
    await column(reader).evaluate("list => { list.scrollTop = 3000; }")
    await expect(here).to_be_visible()
    before = await here.evaluate(WHERE)
    await column(writer).evaluate("list => { list.scrollTop = 0; }")
    box = writer.get_by_label("New note in Potential benefits")
    await box.fill("While others read on")
    await box.press("Enter")
    await expect(column(writer).get_by_role("article", name="While others read on")).to_be_in_viewport()
    await expect(reader.get_by_role("button", name=f"Potential benefits {EACH}")).to_be_visible()
    assert abs(await here.evaluate(WHERE) - before) < 1


UP_AGAIN = """async (list, busy) => {
    const size = () => list.querySelector('[aria-setsize]').ariaSetSize;
    const before = size();
    for (let n = 0; size() === before; n += 1) {
        list.scrollTop = 3000 + (n % 2) * 4;
        await new Promise(requestAnimationFrame);
    }
    list.scrollTop = 0;
    for (const since = performance.now(); performance.now() - since < busy; );
    for (let frames = 0; frames < 30; frames += 1) await new Promise(requestAnimationFrame);
    return list.scrollTop;
}"""
"""Moves the list until a note has come, goes to its top, keeps the page busy for so many ms; where it is then."""


async def up_again(reader: Page, writer: Page) -> None:
    """[WALL2] Who goes back to the top is there and stays there, though something came on the way."""
    box = writer.get_by_label("New note in Potential benefits")
    for text, busy in (("On the way up", 0), ("On the way up in a hurry", 300)):
        going = asyncio.ensure_future(column(reader).evaluate(UP_AGAIN, busy))
        await box.fill(text)
        await box.press("Enter")
        assert await going == 0
        await expect(column(reader).get_by_role("article", name=text, exact=True)).to_be_in_viewport()
        await expect(row(reader, 90)).to_have_count(0)


async def after_writing(writer: Page, other: Page) -> None:
    """[WALL2] Who wrote from the top goes on reading from there: what others write next comes above it, in sight."""
    text = "Next to what I wrote"
    box = other.get_by_label("New note in Potential benefits")
    await box.fill(text)
    await box.press("Enter")
    await expect(column(writer).get_by_role("article", name=text)).to_be_in_viewport()
    assert await column(writer).evaluate("list => list.scrollTop") == 0


BELOW_THE_MIDDLE = """list => {
    const { top, height } = list.getBoundingClientRect();
    const tops = [...list.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect().top);
    return tops.find((one) => one > top + height / 2);
}"""


async def by_finger(page: Page, other: Page) -> None:
    """A note that is held at the lower edge goes as far down as one likes."""
    await column(page).evaluate("list => { list.scrollTop = 0; }")
    held = page.get_by_role("article", name=said(6))
    touch, x, start = await taken(page, held)
    edge = await column(page).bounding_box()
    assert edge
    for y in range(int(start), int(edge["y"] + edge["height"]) - 12, 40):
        await finger(touch, "touchMove", x, y)
    await finger(touch, "touchMove", x, edge["y"] + edge["height"] - 8)
    await expect(row(page, 120)).to_be_in_viewport(timeout=20_000)
    await shot(page, "big-phone-finger")
    await finger(touch, "touchMove", x, edge["y"] + edge["height"] / 2)
    # How far the wall had come by then is anybody's guess: the gap is that above the row below the finger.
    gap = await column(page).evaluate(BELOW_THE_MIDDLE)
    await finger(touch, "touchMove", x, gap - 4)
    await expect(page.locator("[data-row] .before:not(.onto)")).to_be_attached()
    await finger(touch, "touchEnd")
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await expect(row(page, 6)).to_be_in_viewport()
    place = await row(page, 6).get_attribute("aria-posinset")
    assert int(place or 0) > 30
    await other.get_by_role("article", name="While others read on").focus()
    await other.keyboard.press("End")
    await column(other).evaluate("list => { list.scrollTop = 0; }")
    await expect(row(other, 6)).to_have_count(0)
