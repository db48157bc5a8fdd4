"""The API's page as people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from .stage import LAPTOP, PHONE, browser, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path


async def test_the_api_is_read(tmp_path: Path) -> None:
    """[API3] [ALL1] [ALL3] On a phone and a laptop, by day and by night; names lead to what they mean."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            for name, device in (("phone", PHONE), ("laptop", LAPTOP)):
                page = await page_of(await running.new_context(**device), faults)
                await page.goto(f"{place.url}/api")
                await expect(page.get_by_role("heading", name="For other programs")).to_be_visible()
                for scheme in ("light", "dark"):
                    await page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
                    await shot(page, f"{name}-api-{scheme}")
                    await accessible(page, f"the API, {name}, {scheme}")
                root = "document.documentElement"
                assert await page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0
                await page.get_by_role("link", name="Created", exact=True).first.click()
                await expect(page.locator("section:target h3")).to_have_text("Created")
                await shot(page, f"{name}-api-shape")
    assert faults == []
