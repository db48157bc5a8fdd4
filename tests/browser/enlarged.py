"""A laptop at 200 and at 400 per cent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.async_api import Page, ViewportSize, expect

from .stage import LAPTOP, STILL, shot
from .test_everyone import WIDE, axe

if TYPE_CHECKING:
    from playwright.async_api import Locator

SIZES: Final[tuple[ViewportSize, ...]] = ({"width": 720, "height": 450}, {"width": 320, "height": 512})
CUT_OFF: Final = """() => {
    const scrolls = (up) => up !== null && up !== document.documentElement && (scrolls(up.parentElement) ||
        (/auto|scroll/.test(getComputedStyle(up).overflowX) && up.scrollWidth > up.clientWidth + 1));
    return [...document.querySelectorAll('button, a, input, select, textarea, h1, h2, h3, p, label, li')]
        .filter((one) => one.checkVisibility() && !one.closest('.hidden, [aria-hidden=true]'))
        .filter((one) => {
            const { left, right, width } = one.getBoundingClientRect();
            const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(one);
            const hides = overflowX !== 'visible' && textOverflow !== 'ellipsis' && webkitLineClamp === 'none';
            const cut = hides && !one.matches('input, select, textarea') && one.scrollWidth > one.clientWidth + 1;
            return width > 1 && (cut || ((left < -1 || right > innerWidth + 1) && !scrolls(one.parentElement)));
        })
        .map((one) => one.outerHTML.slice(0, 120));
}"""
"""What reaches beyond the window or is cut off without a sign, but for what is moved by itself."""


async def enlarged(page: Page, state: str, seen: Locator | None = None) -> None:
    """Nothing is wider than the window or cut off, axe finds nothing, and this is in sight; then it is as before."""
    for size in SIZES:
        await page.set_viewport_size(size)
        await page.evaluate(STILL)
        await shot(page, f"large-{state}-{size['width']}")
        assert await page.evaluate(WIDE), f"{state} {size}"
        assert await page.evaluate(CUT_OFF) == [], f"{state} {size}"
        if seen:
            await expect(seen).to_be_in_viewport()
        assert await axe(page, f"{state} {size}") == []
    await page.set_viewport_size(LAPTOP["viewport"])
