"""A note by its id, and its tools in three hands: a finger's, a mouse's, and one at the keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .stage import STILL

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Locator


def at(page: Page, id_: str) -> Locator:
    """A note of those that were there, by its id."""
    return page.locator(f'[data-note="{id_}"]')


async def by_tap(page: Page, id_: str, *names: str) -> None:
    """By finger: the note, and its buttons."""
    await at(page, id_).tap()
    for name in names:
        await at(page, id_).get_by_role("button", name=re.compile(f"^{name}")).tap()


async def by_click(page: Page, id_: str, *names: str) -> None:
    """By mouse, the same."""
    await at(page, id_).click(position={"x": 12, "y": 12})
    for name in names:
        await at(page, id_).get_by_role("button", name=re.compile(f"^{name}")).click()


async def by_key(page: Page, id_: str, *keys: str) -> None:
    """By keys alone."""
    await at(page, id_).focus()
    for key in keys:
        await page.keyboard.press(key)


async def finger(touch: CDPSession, what: str, x: float = 0, y: float = 0) -> None:
    """One finger on the screen: it comes down (`touchStart`), moves (`touchMove`) or goes (`touchEnd`)."""
    points = [] if what == "touchEnd" else [{"x": x, "y": y}]
    await touch.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})


async def taken(page: Page, held: Locator) -> tuple[CDPSession, float, float]:
    """A finger rests on it until it is in the hand: where that was. What lies half under something comes into sight."""
    touch = await page.context.new_cdp_session(page)
    await page.evaluate(STILL)
    await held.scroll_into_view_if_needed()
    start = await held.bounding_box()
    assert start
    x, y = start["x"] + 80, start["y"] + 14
    await finger(touch, "touchStart", x, y)
    await expect(page.locator(".ghost")).to_be_visible()
    return touch, x, y


async def spot(onto: Locator, share: float) -> tuple[float, float]:
    """The middle across, at a share of the height."""
    there = await onto.bounding_box()
    assert there
    return there["x"] + there["width"] / 2, there["y"] + there["height"] * share


async def held_by_finger(page: Page, held: Locator, onto: Locator, share: float) -> CDPSession:
    """What a finger rests on is in the hand, and over a share of another's height; `touchEnd` lets it go."""
    touch, x, y = await taken(page, held)
    to_x, to_y = await spot(onto, share)
    for step in range(1, 7):
        await finger(touch, "touchMove", x + (to_x - x) * step / 6, y + (to_y - y) * step / 6)
    return touch


async def held_by_mouse(page: Page, held: Locator, onto: Locator, share: float) -> None:
    """What the mouse took is over a share of another's height; `mouse.up` lets it go."""
    await page.evaluate(STILL)
    await page.mouse.move(*await spot(held, 0.5))
    await page.mouse.down()
    await page.mouse.move(*await spot(onto, share), steps=6)
