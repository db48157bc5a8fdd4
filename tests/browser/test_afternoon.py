"""The whole half day, as a room lives it: a facilitator, thirty people, and two big screens that stay open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from .crowd import LIKED, Crowd
from .scenes import LAID_OUT, WRONG
from .stage import LAPTOP, PHONE, PROJECTOR, STILL, House, browser, house, page_of, shot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

TITLE = "Competency-Based Learning: a planning session on conquering tough issues"
OLD_PROJECTOR: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}}
SECOND_YEAR = "Who pays for the second year?"
BENEFIT, RISK, EFFORT = (
    "Credits that mean the same everywhere",
    "A cheap label for seat time",
    "Calibration days in New Hampshire",
)

AT_REST = f"""async () => {{
    const wrong = {WRONG};
    for (let tries = 0; tries < 200 && wrong().length > 0; tries += 1) await new Promise(requestAnimationFrame);
    return wrong();
}}"""
"""What is wrong with a big screen that had the time to lay out what came."""


@dataclass
class Room:
    """Everybody: three at real screens, and the crowd; both big screens are looked at in every scene."""

    crowd: Crowd
    console: Page
    wall: Page
    old_wall: Page
    ana: Page
    ben: Page
    cho: Page

    @property
    def people(self) -> tuple[Page, ...]:
        """Those at real screens."""
        return self.ana, self.ben, self.cho

    async def forward(self, title: str) -> None:
        """The facilitator presses Next and sees the step; so do the big screens."""
        await self.console.get_by_role("button", name=re.compile("^Next")).first.click()
        await expect(self.console.get_by_text(title).first).to_be_visible()
        await expect(self.wall.get_by_text(title).first).to_be_visible()

    async def scene(self, name: str) -> None:
        """Both big screens are full, legible and cut nothing, as they are now."""
        for screen, size in ((self.wall, "1080p"), (self.old_wall, "4x3")):
            await screen.evaluate(LAID_OUT)
            await screen.evaluate(STILL)
            assert await screen.evaluate(AT_REST) == [], f"{name}, {size}"
            await shot(screen, f"projector-{name}-{size}")


async def joined(running: Browser, place: House, code: str, name: str, size: dict[str, Any], faults: list[str]) -> Page:
    """Somebody opens the link, types a name and is in: one name, one tap."""
    page = await page_of(await running.new_context(**size), faults)
    await page.goto(f"{place.url}/j/{code}")
    await page.get_by_label("Your name").fill(name)
    if name == "Ben":
        await page.get_by_text("Remote", exact=False).first.click()
    await page.get_by_role("button", name="Join").click()
    await page.wait_for_url("**/w/**")
    return page


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
    """[HTTP6] [HERE7] [SEE2] [SEE5] [SEE6] [SCENE1] From the join link to the paper, nothing asked of a third party."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = place.post("/api/workshops", {"title": TITLE, "template": "tough-issues"})
        async with browser() as running, Crowd(place, made["code"]) as crowd:
            screens = [
                await page_of(await running.new_context(**size), faults) for size in (LAPTOP, PROJECTOR, OLD_PROJECTOR)
            ]
            for page, link in zip(screens, ("facilitator", "projector", "projector"), strict=True):
                await page.goto(made["links"][link].replace("localhost", "127.0.0.1"))
            people = [
                await joined(running, place, made["code"], name, size, faults)
                for name, size in (("Ana", PHONE), ("Ben", PHONE), ("Cho", LAPTOP))
            ]
            room = Room(crowd, *screens, *people)
            await the_lobby(room)
            await the_issues(room)
            await the_groups(room)
            await the_writing(room)
            await the_dots(room)
            await the_plan(room)
            await the_end(room)
    assert faults == []


async def the_lobby(room: Room) -> None:
    """Thirty people arrive."""
    for name in ("Ana", "Ben", "Cho"):
        await expect(room.wall.get_by_text(name).first).to_be_visible()
    await room.crowd.come()
    await expect(room.wall.get_by_text("30 people here")).to_be_visible()
    await room.scene("lobby")
    await shot(room.ana, "phone-lobby")
    await all_who_are_here(room.ana)
    await shot(room.console, "console-lobby")


async def all_who_are_here(phone: Page) -> None:
    """[HERE7] Who leads, and twelve of thirty at first; the others at a tap, and nobody is held back then."""
    await phone.get_by_role("button", name="people here").tap()
    names = phone.get_by_role("dialog").locator(".name")
    await expect(names).to_have_count(1 + 12)
    await phone.get_by_role("button", name="+18 more").tap()
    await expect(names).to_have_count(1 + 30)
    await expect(phone.get_by_role("button", name=re.compile(r"^\+\d+ more$"))).to_have_count(0)
    await phone.keyboard.press("Escape")


async def the_issues(room: Room) -> None:
    """Propose, and choose."""
    await room.forward("Propose issues")
    await room.ana.get_by_label("New issue", exact=True).fill(SECOND_YEAR)
    await room.ana.get_by_label("New issue", exact=True).press("Enter")
    await room.crowd.propose(("Transcripts that colleges accept", "Time for teachers to learn it"))
    for page in (*room.people, room.wall):
        await expect(page.get_by_text(SECOND_YEAR).first).to_be_visible()
    await shot(room.ana, "phone-propose")
    await room.scene("propose")
    await room.forward("Choose issues")
    for page in room.people:
        await page.get_by_role("button", name=re.compile("^Place a dot on Ensuring quality")).first.click()
    await room.crowd.choose("step-2")
    await shot(room.ana, "phone-choose")
    await room.scene("choose")
    await room.console.get_by_role("button", name="Show results").first.click()
    await expect(room.wall.locator(".sum").first).to_be_visible()
    await room.scene("ranking")
    await shot(room.console, "console-choose")
    await room.console.get_by_role("button", name="Choose which go forward").click()
    for title in LIKED:
        await room.console.get_by_role("checkbox", name=title).check()
    await room.console.get_by_role("button", name="Make 3 boards").click()
    await expect(room.console.get_by_role("main").get_by_text("Goes forward")).to_have_count(3)


async def the_groups(room: Room) -> None:
    """Who wants to chooses; one press places the others."""
    await room.forward("Break out")
    for page in room.people:
        await page.get_by_role("button", name=re.compile("Join Ensuring quality")).first.click()
    await room.crowd.pick(share=0.5)
    await room.scene("breakout")
    await shot(room.console, "console-breakout")
    await room.console.get_by_role("button", name="Balance the groups").click()
    for person in room.crowd.people:
        await person.until(lambda person=person: placed(person, 30))  # type: ignore[misc]
    await room.scene("groups")


def placed(person: Any, count: int) -> bool:
    """Whether so many have a board."""
    return sum(1 for one in person.all("person") if one.role == "participant" and one.board) == count


async def the_writing(room: Room) -> None:
    """Private writing, sealed for others, revealed together; then they build on it."""
    await room.forward("Write on your own")
    await write(room.ana, "Potential benefits", BENEFIT)
    await write(room.ben, "Risks", RISK)
    await write(room.cho, "Efforts to draw on", EFFORT)
    await room.crowd.write()
    await expect(room.ben.get_by_text(BENEFIT)).to_have_count(0)
    await shot(room.ana, "phone-write-private")
    await shot(room.cho, "laptop-write-private")
    await room.scene("write-private")
    await room.console.get_by_role("button", name=re.compile("^Reveal")).first.click()
    await expect(room.cho.get_by_text(BENEFIT).first).to_be_visible()
    await shot(room.cho, "laptop-write")
    await shot(room.console, "console-write")
    await room.scene("write")
    await room.forward("Build on each other")
    await room.crowd.build()
    await expect(room.cho.get_by_text("What learners gain").first).to_be_visible()
    await room.scene("stacks")
    await shot(room.cho, "laptop-stacks")


async def the_dots(room: Room) -> None:
    """A blind vote, then its results."""
    await room.forward("Vote")
    await room.cho.get_by_role("button", name=re.compile(f"^Place a dot on {RISK}")).first.click()
    await room.crowd.vote("step-6")
    await shot(room.cho, "laptop-vote")
    await shot(room.ana, "phone-vote")
    await room.scene("vote")
    await room.console.get_by_role("button", name="Show results").first.click()
    await expect(room.wall.get_by_text("Results when the facilitator shows them")).to_have_count(0)
    await room.scene("results")
    await shot(room.ana, "phone-results")
    await room.forward("Break")
    await room.scene("break")
    await room.forward("Back together")
    await room.scene("plenary")
    await shot(room.console, "console-plenary")


async def the_plan(room: Room) -> None:
    """What the boards want most becomes activities; the others are agreed on."""
    await room.forward("Plan the next 12 to 24 months")
    await room.ana.get_by_role("button", name=re.compile("^Plan “")).first.click()
    await room.ana.get_by_label("Who sees to it").fill("Ana")
    await room.ana.get_by_role("button", name="Save").click()
    await room.crowd.plan()
    for page in (room.wall, room.cho):
        await expect(page.get_by_text("Report to the chief state school officers").first).to_be_visible()
    await room.scene("plan")
    await shot(room.cho, "laptop-plan")


async def the_end(room: Room) -> None:
    """The paper, taken home in one press ([EXP1]); the other formats lie one press behind."""
    await room.forward("Write the paper")
    await room.console.get_by_role("button", name="Begin the paper").click()
    page = room.ana
    await expect(page.get_by_role("textbox", name="Text of the paper")).to_contain_text(BENEFIT, timeout=20_000)
    await room.scene("paper")
    await room.forward("Close")
    await room.scene("close")
    await shot(page, "phone-close")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Take the paper home").click()
    assert (await (await coming.value).path()).read_bytes().startswith(b"%PDF")
    await page.get_by_role("button", name="Other formats").click()
    await shot(page, "phone-take-home")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name=re.compile("^CSV")).click()
    assert BENEFIT in (await (await coming.value).path()).read_text("utf-8")
