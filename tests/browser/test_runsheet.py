"""The facilitator's run sheet and the clock, as facilitators, participants and the big screen meet them."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

YEAR_MS = 31_536_000_000
WRONG = """const wrong = %d;
const real = Date;
globalThis.Date = class extends real {
    constructor(...given) { given.length ? super(...given) : super(real.now() + wrong); }
    static now() { return real.now() + wrong; }
};
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + wrong });"""
"""A device whose clock is wrong by so many milliseconds."""
RINGS = """globalThis.rung = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) { globalThis.rung += 1; return start.apply(this, given); };"""
"""Counts the tones that a page makes."""
TOLD = """const wait = globalThis.setTimeout;
globalThis.setTimeout = (work, ms, ...given) => wait(work, ms === 9000 ? 1e9 : ms, ...given);"""
"""What is told when time is up stays until it is looked at, however slow the machine."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of this file."""
    with house(tmp_path_factory.mktemp("runsheet")) as running:
        yield running


class Meeting:
    """A workshop, the facilitator's console and whoever comes."""

    def __init__(self, running: Browser, place: House, template: str) -> None:
        self.running = running
        self.place = place
        self.faults: list[str] = []
        self.made: dict[str, Any] = place.post("/api/workshops", {"title": "Run sheet", "template": template})

    async def opened(self, address: str, size: dict[str, Any], *scripts: str) -> Page:
        """A page of its own, with scripts run before any of the app's."""
        context: BrowserContext = await self.running.new_context(**size)
        for script in (RINGS, TOLD, *scripts):
            await context.add_init_script(script)
        page = await page_of(context, self.faults)
        await page.goto(address.replace("localhost", "127.0.0.1"))
        return page

    async def console(self, size: dict[str, Any] = LAPTOP) -> Page:
        """Whoever leads."""
        return await self.opened(self.made["links"]["facilitator"], size)

    async def wall(self, *scripts: str) -> Page:
        """The big screen."""
        return await self.opened(self.made["links"]["projector"], PROJECTOR, *scripts)

    async def person(self, name: str, size: dict[str, Any] = PHONE, *scripts: str) -> Page:
        """Somebody who joins by the code."""
        page = await self.opened(f"{self.place.url}/j/{self.made['code']}", size, *scripts)
        await page.get_by_label("Your name").fill(name)
        await page.get_by_role("button", name="Join").click()
        await page.wait_for_url("**/w/**")
        return page


@contextlib.asynccontextmanager
async def meeting(place: House, template: str = "tough-issues") -> AsyncIterator[Meeting]:
    """A browser, and a workshop in it; whatever a page complains of is a fault."""
    async with browser() as running:
        made = Meeting(running, place, template)
        yield made
        assert made.faults == []


async def forward(console: Page) -> None:
    """Press Next."""
    await console.get_by_role("button", name=re.compile("^Next")).first.click()


async def test_the_clock_is_one_for_all(place: House) -> None:
    """[TIME1] [TIME2] [TIME4] [TIME5] [TIME6] Stopped and ended by one, on screens whose clocks are years apart."""
    async with meeting(place) as here:
        console = await here.console()
        wall = await here.wall(WRONG % -YEAR_MS)
        ana = await here.person("Ana", PHONE, WRONG % YEAR_MS)
        ben = await here.person("Ben", LAPTOP)
        timers = [page.get_by_role("timer", name="Time left").first for page in (console, wall, ana, ben)]
        await expect(timers[0]).to_have_text("10:00")
        for timer in timers[1:]:
            await expect(timer).to_have_count(0)
        await shot(console, "console-fresh")
        await forward(console)
        for timer in timers:
            await expect(timer).to_have_text(re.compile(r"^(20:00|19:5\d)$"))
        await console.get_by_role("button", name="Pause the timer").click()
        for page in (wall, ana, ben):
            await expect(page.get_by_role("img", name="The timer is paused")).to_be_visible()
        stood = await timers[0].inner_text()
        for timer in timers:
            await expect(timer).to_have_text(stood)
        await seen((console, wall, ana, ben), "stopped")
        await console.get_by_role("button", name="Let the timer go on").click()
        await expect(timers[2]).not_to_have_text(stood)
        await ben.get_by_role("button", name=re.compile("who, and settings")).click()
        await ben.get_by_role("switch", name="Sound when time is up").click()
        await ben.keyboard.press("Escape")
        await console.get_by_role("button", name="End the timer now").click()
        for page in (console, wall, ana, ben):
            await expect(page.get_by_text("Time is up").last).to_be_visible()
        await seen((console, wall, ana, ben), "up")
        for page, rung in ((console, 3), (wall, 0), (ana, 0), (ben, 3)):
            assert await page.evaluate("globalThis.rung") == rung
        await console.get_by_role("button", name="Add 5 minutes").click()
        for timer in timers:
            await expect(timer).to_have_text(re.compile(r"^(5:00|4:5\d)$"))
        await seen((console, wall, ana, ben), "extended")


async def seen(pages: Sequence[Page], state: str) -> None:
    """Of all of them a picture, and what axe finds."""
    for n, page in enumerate(pages):
        await page.emulate_media(reduced_motion="reduce")
        await shot(page, f"clock-{state}-{n}")
        await accessible(page, f"clock {state}, page {n}")


async def titles(console: Page) -> list[str]:
    """The steps as the run sheet has them."""
    return await console.get_by_role("navigation", name="Run sheet").locator("li .title").all_inner_texts()


async def test_the_run_sheet_is_rearranged_while_it_runs(place: House) -> None:
    """[RUN1] [RUN4] By hand, by keys and by choosing; skipped, added and deleted, and *next* follows."""
    async with meeting(place, "quick") as here:
        console = await here.console()
        ana = await here.person("Ana")
        began = await titles(console)
        assert began[:4] == ["Welcome", "Propose issues", "Choose issues", "Write"]
        await expect(ana.get_by_role("listitem").filter(has_text="Choose issues")).to_be_visible()
        sheet = console.get_by_role("navigation", name="Run sheet")

        await sheet.get_by_role("button", name="Edit step “Vote”").press("Alt+ArrowUp")
        await expect(sheet.locator("li .title").nth(3)).to_have_text("Vote")
        await expect(sheet.get_by_role("button", name="Edit step “Vote”")).to_be_focused()

        grip = sheet.locator("[data-grip]").nth(3)
        target = await sheet.locator("li").nth(5).bounding_box()
        assert target
        await grip.hover()
        await console.mouse.down()
        await console.mouse.move(target["x"] + 20, target["y"] + 4, steps=4)
        await shot(console, "console-drag-step")
        await accessible(console, "a step in a mouse's hand")
        await console.mouse.up()
        await expect(sheet.locator("li .title").nth(4)).to_have_text("Vote")
        assert await titles(console) == began

        await sheet.get_by_role("button", name="Edit step “Choose issues”").click()
        await sheet.get_by_role("button", name="Skip", exact=True).click()
        await expect(ana.get_by_role("listitem").filter(has_text="Choose issues")).to_have_count(0)
        await shot(console, "console-step-form")
        await sheet.get_by_role("button", name="Move up").click()
        await expect(sheet.locator("li .title").nth(1)).to_have_text("Choose issues")
        await sheet.get_by_role("button", name="Cancel").click()
        await expect(console.get_by_role("button", name="Next: Propose issues")).to_be_visible()

        await sheet.get_by_role("button", name="Add a step").click()
        await expect(sheet.get_by_label("What is done in it")).to_be_focused()
        await expect(sheet.get_by_role("button", name="Add", exact=True)).to_be_in_viewport(ratio=1)
        await sheet.get_by_label("What is done in it").select_option("break")
        await sheet.get_by_label("After").select_option("Propose issues")
        await shot(console, "console-add-step")
        await sheet.get_by_role("button", name="Add", exact=True).click()
        await expect(sheet.locator("li .title").nth(3)).to_have_text("Break")
        await sheet.get_by_role("button", name="Delete").click()
        await expect(sheet.locator("li .title").nth(3)).to_have_text("Write")

        await console.locator("main").focus()
        await console.keyboard.press("Shift+ArrowRight")
        await expect(ana.get_by_role("heading", name="Propose issues")).to_be_visible()


async def test_what_counts_as_on_time(place: House) -> None:
    """[RUN3] [RUN4] No time was set: once it goes on nobody says that it starts; a new step's form comes into sight."""
    async with meeting(place) as here:
        console = await here.console()
        await expect(console.get_by_role("button", name="Set when it starts")).to_be_visible()
        await forward(console)
        await expect(console.get_by_role("button", name=re.compile("^Planned start: "))).to_be_visible()
        await expect(console.get_by_role("button", name=re.compile("^Starts "))).to_have_count(0)
        await console.get_by_role("button", name="Add a step").click()
        await expect(console.get_by_role("button", name="Add", exact=True)).to_be_in_viewport(ratio=1)
        await shot(console, "console-added-in-sight")


async def test_everybody_sees_when_it_starts(place: House) -> None:
    """[RUN2] A countdown on every screen; nothing starts by itself, and without a time there is none."""
    async with meeting(place) as here:
        console = await here.console()
        wall = await here.wall()
        ana = await here.person("Ana")
        await console.get_by_role("button", name="Set when it starts").click()
        soon = await console.evaluate("new Date(Date.now() + 7500000).toISOString().slice(0, 16)")
        zone = await console.evaluate("new Date().getTimezoneOffset()")
        assert zone == 0
        await console.get_by_label("The session starts at").fill(soon)
        await console.get_by_role("button", name="Save").click()
        for page in (console, wall, ana):
            await expect(page.get_by_text(re.compile("^We start at"))).to_be_visible()
            await expect(page.get_by_text(re.compile(r"^in 2:0\d:\d\d$"))).to_be_visible()
        await seen((console, wall, ana), "countdown")
        await console.get_by_role("button", name=re.compile("^Starts ")).click()
        await console.get_by_role("button", name="No time").click()
        for page in (console, wall, ana):
            await expect(page.get_by_text(re.compile("^We start at"))).to_have_count(0)


class Clicks:
    """Counts what somebody presses."""

    def __init__(self) -> None:
        self.count = 0

    async def on(self, page: Page, button: str | re.Pattern[str]) -> None:
        """Press a button."""
        self.count += 1
        await page.get_by_role("button", name=button).click()


FIRST_TIME_S = 60
FIRST_TIME_CLICKS = 5


async def test_the_first_time(place: House) -> None:
    """[TMPL1] From the front door to the first participant within a minute and five clicks, all on plain buttons."""
    async with meeting(place) as here, asyncio.timeout(FIRST_TIME_S):
        clicks = Clicks()
        console = await here.opened(place.url, LAPTOP)
        await clicks.on(console, "Start a workshop")
        await expect(console.get_by_label("What is it called?")).to_be_focused()
        await console.keyboard.type("Our first afternoon")
        await shot(console, "door-templates")
        await clicks.on(console, re.compile("^Start$"))
        code = await console.locator(".ready .code").inner_text()
        ana = await here.opened(f"{place.url}/j/{code}", PHONE)
        await expect(ana.get_by_label("Your name")).to_be_focused()
        await ana.keyboard.type("Ana")
        await clicks.on(ana, "Join")
        await expect(console.get_by_text("Ana", exact=True)).to_be_visible()
        assert clicks.count <= FIRST_TIME_CLICKS


async def test_a_board_that_comes_with_the_template(place: House) -> None:
    """[TMPL2] In a retrospective whoever comes writes at once, without a name."""
    async with meeting(place, "retrospective") as here:
        console = await here.console()
        ana = await here.person("Ana")
        await forward(console)
        await ana.get_by_label("New note in Went well").fill("We shipped on Friday")
        await ana.get_by_label("New note in Went well").press("Enter")
        await expect(ana.get_by_role("article", name="We shipped on Friday")).to_be_visible()
        await shot(ana, "phone-retrospective")
