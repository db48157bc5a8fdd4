"""A board with more notes than any screen: read, walked over, and moved from end to end."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from protocol.commands import NoteAdd

from .full import BOARD, SECTIONS, opened, texts
from .hands import finger, held_by_mouse, spot, taken
from .stage import LAPTOP, PHONE, House, at_the_board, browser, house, shot
from .test_crowded import accessible
from .test_everyone import NAMES, crowd

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from playwright.async_api import Locator

COUNT = 5_001
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
            await by_mouse(cho, ana)
            await lifted_to_the_ends(cho)
            await ten_write(place, made["code"], ana, cho)
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
    await accessible(page, "a long board, phone")


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
    await accessible(page, "a long board, and a note that is lifted by keys")
    await page.keyboard.press("Space")
    moved = page.get_by_role("region", name="Risks").locator(f'[data-row="note-{COUNT - 6}"]')
    await expect(moved.get_by_role("article")).to_be_focused()
    await expect(moved).to_have_attribute("aria-posinset", "31")
    assert await moved.evaluate(IN_SIGHT)


async def lifted_to_the_ends(page: Page) -> None:
    """In the hand of the keys End and Home take a note to the ends of its section."""
    await column(page).evaluate("list => { list.scrollTop = 0; }")
    held = row(page, 9)
    await held.get_by_role("article").focus()
    for key, where in (("End", "last"), ("Home", "first")):
        for pressed in ("Space", key, "Space"):
            await page.keyboard.press(pressed)
        await expect(held.get_by_role("article")).to_be_focused()
        await expect(held).to_be_in_viewport()
        size = await held.get_attribute("aria-setsize")
        await expect(held).to_have_attribute("aria-posinset", str(size) if where == "last" else "1")
    assert await page.locator("[data-row]").count() < 3 * DRAWN


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
    touch, x, start = await taken(page, page.get_by_role("article", name=said(6)))
    edge = await column(page).bounding_box()
    assert edge
    for y in range(int(start), int(edge["y"] + edge["height"]) - 12, 40):
        await finger(touch, "touchMove", x, y)

    async def to(y: float) -> None:
        await finger(touch, "touchMove", x, y)

    await to_the_edge(page, to)
    await shot(page, "big-phone-finger")
    await into_the_middle(page, to)
    await finger(touch, "touchEnd")
    await put_down(page, other, 6)


async def by_mouse(page: Page, other: Page) -> None:
    """So does one in the mouse's hand; and the wheel takes it to the very end."""
    x = await in_the_mouse(page, 0)

    async def to(y: float) -> None:
        await page.mouse.move(x, y)

    await to_the_edge(page, to)
    await shot(page, "big-laptop-mouse")
    await into_the_middle(page, to)
    await page.mouse.up()
    await put_down(page, other, 0)
    await in_the_mouse(page, 3)
    last = row(page, COUNT - 3)
    await page.mouse.wheel(0, 10_000_000)
    await expect(last).to_be_attached()
    await page.mouse.wheel(0, 10_000)
    await expect(last).to_be_in_viewport(ratio=1)
    await to((await spot(last, 0.9))[1])
    await page.mouse.up()
    await expect(row(page, 3)).to_have_attribute("aria-posinset", str(await last.get_attribute("aria-setsize")))


async def in_the_mouse(page: Page, number: int) -> float:
    """The list is at its top; the mouse holds a note in the middle of it: how far across."""
    await column(page).evaluate("list => { list.scrollTop = 0; }")
    await row(page, number).scroll_into_view_if_needed()
    await held_by_mouse(page, row(page, number), column(page), 0.5)
    await expect(page.locator(".ghost")).to_be_visible()
    return (await spot(column(page), 0.5))[0]


async def ten_write(place: House, code: str, ana: Page, cho: Page) -> None:
    """Eight more are there, and all write at once: the two see all of it, and draw as little as ever."""
    people = await crowd(place, code)
    await asyncio.gather(
        *(
            person.do(NoteAdd(id=f"of-{n}", board=BOARD, section=SECTIONS[1], rank=f"Z{n}V", text=f"Of {NAMES[n]}"))
            for n, person in enumerate(people)
        )
    )
    await ana.get_by_role("button", name=re.compile(f"^Risks.* {EACH + 9}$")).tap()
    for page in (ana, cho):
        await column(page, "Risks").evaluate("list => { list.scrollTop = 0; }")
        for name in NAMES:
            await expect(column(page, "Risks").get_by_role("article", name=f"Of {name}")).to_be_attached()
        assert await page.locator("[data-row]").count() < 3 * DRAWN
    for person in people:
        await person.stop()


async def to_the_edge(page: Page, to: Callable[[float], Awaitable[None]]) -> None:
    """A hand goes to the lower edge of the list, until what is far down comes."""
    edge = await column(page).bounding_box()
    assert edge
    await to(edge["y"] + edge["height"] - 8)
    await expect(row(page, 120)).to_be_in_viewport(timeout=20_000)


async def into_the_middle(page: Page, to: Callable[[float], Awaitable[None]]) -> None:
    """And from there to the gap that is nearest below the middle."""
    edge = await column(page).bounding_box()
    assert edge
    await to(edge["y"] + edge["height"] / 2)
    # How far the wall had come by then is anybody's guess: the gap is that above the row below the hand.
    gap = await column(page).evaluate(BELOW_THE_MIDDLE)
    await to(gap - 4)
    await expect(page.locator("[data-row] .before:not(.onto)")).to_be_attached()


async def put_down(page: Page, other: Page, number: int) -> None:
    """It lies far down, and so it does for the other, who sees it nowhere near the top."""
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await expect(row(page, number)).to_be_in_viewport()
    place = await row(page, number).get_attribute("aria-posinset")
    assert int(place or 0) > 30
    await column(other).evaluate("list => { list.scrollTop = 0; }")
    await other.get_by_role("article", name="While others read on").focus()
    await other.keyboard.press("End")
    await column(other).evaluate("list => { list.scrollTop = 0; }")
    await expect(row(other, number)).to_have_count(0)
