"""What one opens at the lower edge of a list is seen: by finger on a phone, by mouse and by keys on a laptop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import StackMake

from .full import opened
from .stage import LAPTOP, PHONE, House, browser, enter, house, page_of, shot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Locator

COUNT: Final = 60
STACKED: Final = ("note-54", "note-57")
"""The last two of their section."""
LOWEST: Final = """notes => {
    const edge = notes[0].closest('[data-scroll]').getBoundingClientRect().bottom;
    const seen = notes.filter((note) => note.getBoundingClientRect().top + 30 < edge);
    return seen.at(-1).dataset.note;
}"""
"""The note that the edge of its list cuts off, or the one just above it."""
INSIDE: Final = """(one) => {
    const [box, list] = [one, one.closest('[data-scroll]')].map((node) => node.getBoundingClientRect());
    return box.top >= list.top && box.bottom <= list.bottom;
}"""
"""All of it is between the edges of the list it is in."""
ABOVE: Final = """() => {
    const list = document.querySelector("[data-section='section-0'] [data-scroll]");
    list.scrollTop = list.scrollHeight;
    const [last, bar] = [list.querySelector('[data-stack]'), document.querySelector('.bar[role=toolbar]')];
    return last && bar && last.getBoundingClientRect().bottom + 8 <= bar.getBoundingClientRect().top;
}"""
"""The list has an end that is above the bar of what is chosen, with room for a ring."""


async def comes(page: Page, what: Locator, name: str) -> None:
    """It is there, and once everything is still it is seen."""
    await expect(what).to_be_visible()
    handle = await what.element_handle()
    await page.wait_for_function(INSIDE, arg=handle)
    await shot(page, f"in-sight-{name}")


async def lowest(page: Page) -> Locator:
    """A note at the lower edge of the first section."""
    notes = page.locator("[data-section='section-0'] article[data-note^='note-']")
    await expect(notes.first).to_be_visible()
    id_ = await notes.evaluate_all(LOWEST)
    return page.locator(f'[data-note="{id_}"]')


async def at_the_end(page: Page) -> Locator:
    """The stack, the last of its section, cut off by the edge of the list."""
    await page.locator("[data-section='section-0'] article").first.focus()
    await page.keyboard.press("End")
    stack = page.locator("[data-stack]")
    await expect(stack).to_be_focused()
    return stack


async def come(running: Browser, place: House, code: str, size: dict[str, Any], faults: list[str]) -> Page:
    page = await page_of(await running.new_context(**size), faults)
    await page.goto(f"{place.url}/j/{code}")
    await enter(page, "Ana")
    return page


async def test_what_is_opened_is_seen(tmp_path: Path) -> None:
    """[WALL5] [WRITE6] Tools, what they offer, what is chosen, and a stack fanned out at the end of its list."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await opened(place, COUNT)
        ben = Participant(place.url, (await join(place.url, code=made["code"], name="Ben")).token)
        async with ben, browser() as running:
            await ben.do(StackMake(id="stack", notes=STACKED, title="At the end"))
            phone = await come(running, place, made["code"], PHONE, faults)
            laptop = await come(running, place, made["code"], LAPTOP, faults)
            for page, press, name in ((phone, "tap", "phone"), (laptop, "click", "laptop")):
                note = await lowest(page)
                await expect(note).to_be_visible()
                await getattr(note, press)(position={"x": 12, "y": 12})
                await comes(page, note.get_by_role("toolbar"), f"{name}-tools")
                for tool in ("Move to…", "Tags", "Colour", "More"):
                    await getattr(note.get_by_role("button", name=tool, exact=True), press)()
                    offered = note.locator("[data-choices]")
                    await comes(page, offered, f"{name}-{tool[:4].strip().lower()}")
                await getattr(note.get_by_role("button", name="Select", exact=True), press)()
                await page.wait_for_function(ABOVE)
                await shot(page, f"in-sight-{name}-chosen")
                await getattr(page.get_by_role("toolbar").get_by_role("button", name="Done"), press)()
                stack = await at_the_end(page)
                await stack.press("Enter")
                await comes(page, page.locator("[data-fan] [data-note]").last, f"{name}-fanned")
    assert faults == []
