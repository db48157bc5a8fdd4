"""The whole afternoon, as people live it: two phones, a laptop, the facilitator and the projector."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, house, page_of, shot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

TITLE = "Competency-Based Learning: a planning session on conquering tough issues"


async def joined(running: Browser, place: House, code: str, name: str, size: dict[str, Any], faults: list[str]) -> Page:
    """Somebody opens the link, types a name and is in: one name, one tap."""
    context = await running.new_context(**size)
    page = await page_of(context, faults)
    await page.goto(f"{place.url}/j/{code}")
    await page.get_by_label("Your name").fill(name)
    if name == "Ben":
        await page.get_by_text("Remote", exact=False).first.click()
    await page.get_by_role("button", name="Join").click()
    await page.wait_for_url("**/w/**")
    return page


async def forward(console: Page, title: str) -> None:
    """The facilitator presses Next and sees the step."""
    await console.get_by_role("button", name=re.compile("^Next")).first.click()
    await expect(console.get_by_text(title).first).to_be_visible()


async def write(page: Page, section: str, text: str) -> None:
    """Write one note into a section, on whichever screen size."""
    tab = page.get_by_role("navigation", name="Sections").get_by_role("button", name=re.compile(section))
    if await tab.count():
        await tab.click()
    composer = page.get_by_label(f"New note in {section}")
    await composer.fill(text)
    await composer.press("Enter")
    await expect(page.get_by_text(text).first).to_be_visible()
    await expect(composer).to_have_value("")


async def test_the_afternoon(tmp_path: Path) -> None:
    """[HTTP6] [SEE2] [SEE5] [SEE6] From the join link to the paper, nothing asked of a third party."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = place.post("/api/workshops", {"title": TITLE, "template": "tough-issues"})
        async with browser() as running:
            console = await page_of(await running.new_context(**LAPTOP), faults)
            await console.goto(made["links"]["facilitator"].replace("localhost", "127.0.0.1"))
            wall = await page_of(await running.new_context(**PROJECTOR), faults)
            await wall.goto(made["links"]["projector"].replace("localhost", "127.0.0.1"))
            ana = await joined(running, place, made["code"], "Ana", PHONE, faults)
            ben = await joined(running, place, made["code"], "Ben", PHONE, faults)
            cho = await joined(running, place, made["code"], "Cho", LAPTOP, faults)
            people = (ana, ben, cho)
            await the_issues(console, wall, people)
            await the_writing(console, wall, people)
            await the_dots(console, wall, people)
            await the_end(console, wall, people)
    assert faults == []


async def the_issues(console: Page, wall: Page, people: tuple[Page, ...]) -> None:
    """Lobby, propose, choose."""
    ana, _ben, _cho = people
    for name in ("Ana", "Ben", "Cho"):
        await expect(wall.get_by_text(name).first).to_be_visible()
    await shot(wall, "projector-lobby")
    await shot(ana, "phone-lobby")
    await shot(console, "console-lobby")
    await forward(console, "Propose")
    await ana.get_by_label("New issue", exact=True).fill("Who pays for the second year?")
    await ana.get_by_label("New issue", exact=True).press("Enter")
    for page in (*people, wall):
        await expect(page.get_by_text("Who pays for the second year?").first).to_be_visible()
    await shot(ana, "phone-propose")
    await shot(wall, "projector-propose")
    await forward(console, "Choose")
    for page in people:
        await page.get_by_role("button", name=re.compile("^Place a dot on Ensuring quality")).first.click()
    await shot(ana, "phone-choose")
    await shot(wall, "projector-choose")
    await console.get_by_role("button", name="Show results").first.click()
    await shot(console, "console-choose")
    await console.get_by_role("button", name="Choose issues", exact=True).click()
    for title in ("Ensuring quality", "Field-building needs"):
        await console.get_by_role("checkbox", name=title).check()
    await console.get_by_role("button", name="Make 2 boards").click()
    await forward(console, "Break out")
    await shot(wall, "projector-breakout")


async def the_writing(console: Page, wall: Page, people: tuple[Page, ...]) -> None:
    """Private writing, sealed for others, revealed together."""
    ana, ben, cho = people
    for page in people:
        await page.get_by_role("button", name=re.compile("Join Ensuring quality")).first.click()
    await forward(console, "Write")
    await write(ana, "Potential benefits", "Credits that mean the same everywhere")
    await write(ben, "Risks", "A cheap label for seat time")
    await write(cho, "Efforts to draw on", "Calibration days in New Hampshire")
    await expect(ben.get_by_text("Credits that mean the same everywhere")).to_have_count(0)
    await shot(ana, "phone-write-private")
    await shot(cho, "laptop-write-private")
    await shot(wall, "projector-write-private")
    await console.get_by_role("button", name=re.compile("^Reveal")).first.click()
    await expect(cho.get_by_text("Credits that mean the same everywhere").first).to_be_visible()
    await shot(cho, "laptop-write")
    await shot(console, "console-write")


async def the_dots(console: Page, wall: Page, people: tuple[Page, ...]) -> None:
    """A blind vote, then its results."""
    _ana, _ben, cho = people
    await forward(console, "build")
    await forward(console, "Vote")
    await cho.get_by_role("button", name=re.compile("^Place a dot on A cheap label")).first.click()
    await shot(cho, "laptop-vote")
    await shot(people[0], "phone-vote")
    await shot(wall, "projector-vote")
    await console.get_by_role("button", name="Show results").first.click()
    await expect(wall.get_by_text("Results when the facilitator shows them")).to_have_count(0)
    await shot(wall, "projector-results")


async def the_end(console: Page, wall: Page, people: tuple[Page, ...]) -> None:
    """Back together, and the paper."""
    for step in ("Break", "Plenary", "Plan", "Close"):
        await console.get_by_role("button", name=re.compile("^Next")).first.click()
        await shot(wall, f"projector-{step.lower()}")
    await shot(people[0], "phone-close")
