"""A note by its id, and its tools in three hands: a finger's, a mouse's, and one at the keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page

if TYPE_CHECKING:
    from playwright.async_api import Locator


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
