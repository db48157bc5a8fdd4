"""The paper in the browser: begun from the boards, written by several at once, read at the end."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Page, expect

from protocol.commands import ActivityAdd, ActivitySet, StepGo, StepShow, VoteCast
from protocol.records import Status
from tests.log.redis_server import redis_server

from .enlarged import enlarged
from .full import BOARD, WRITING, opened
from .paper import Play, afternoon, text
from .stage import LAPTOP, PHONE, House, Stage, enter, house, leading, shot, stage
from .test_crowded import accessible
from .weather import Weather

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

VOTING, PAPER, CLOSE = "step-6", "step-10", "step-11"
"""Steps of the template."""
LINES = "Clear goals help everybody"
SOON_MS = 20_000
"""What comes from elsewhere may take so long where much goes on."""


async def at_the_paper(place: House, notes: int = 24) -> dict[str, Any]:
    """Notes with dots on them, a plan, and the step in which the paper is written."""
    made = await opened(place, notes)
    async with await leading(place, made) as boss:
        await boss.do(StepGo(step=VOTING, current=WRITING))
        for n in range(min(notes, 5)):
            await boss.do(VoteCast(round=VOTING, target=f"note-{3 * n}", dots=1))
        await boss.do(StepShow(step=VOTING))
        await boss.do(ActivityAdd(id="a", rank="a0", title="Share the rubrics", start=1, length=3, issue=BOARD))
        await boss.do(ActivitySet(id="a", status=Status.AGREED))
        await boss.do(StepGo(step=PAPER, current=VOTING))
    return made


async def come(here: Stage, name: str) -> Page:
    """A participant; Ana has a phone."""
    return await here.come(name, **(PHONE if name == "Ana" else LAPTOP))


async def lead(here: Stage) -> Page:
    """Whoever facilitates."""
    page = await here.page(here.made["links"]["facilitator"], **LAPTOP)
    name = page.get_by_label("Your name")
    await expect(name.or_(page.get_by_role("button", name="Begin the paper")).first).to_be_visible()
    if await name.count():
        await enter(page, "Fay", board="")
    return page


async def begin(boss: Page) -> None:
    """From the boards."""
    await boss.get_by_role("button", name="Begin the paper").click()
    await expect(text(boss)).to_contain_text("Context", timeout=SOON_MS)


async def writers(here: Stage, *names: str) -> list[Page]:
    """Whoever facilitates has begun the paper, and these come to it."""
    boss = await lead(here)
    await begin(boss)
    return [boss, *[await come(here, name) for name in names]]


async def at_the_end(page: Page) -> None:
    """A new line at the end of the text."""
    last = text(page).locator(":scope > *").last
    await last.scroll_into_view_if_needed()
    box = await last.bounding_box()
    assert box
    await last.click(position={"x": box["width"] - 2, "y": box["height"] - 4})
    # Where the caret is, the editor is told a moment later.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await page.keyboard.press("Enter")


async def test_a_paper_is_written_together(tmp_path: Path) -> None:
    """[PAPER1] [PAPER3] [PAPER8] [PAPER10] [ALL1] [ALL4] From the boards; two write, all see who writes what."""
    async with stage(tmp_path, at_the_paper) as here:
        ana = await come(here, "Ana")
        await expect(ana.get_by_text("The paper has not begun yet.")).to_be_visible(timeout=SOON_MS)
        boss, ben = await lead(here), await come(here, "Ben")
        await shot(boss, "laptop-paper-begin")
        await accessible(boss, "before the paper")
        await begin(boss)
        for page in (ana, ben):
            await expect(text(page)).to_contain_text("Share the rubrics", timeout=SOON_MS)
        await shot(ana, "phone-paper-start")
        await shot(ben, "laptop-paper-start")
        await at_the_end(ana)
        await ana.keyboard.type(f"## {LINES}")
        await expect(text(ben).get_by_role("heading", name=LINES)).to_be_visible(timeout=SOON_MS)
        await expect(text(ben).locator(".caret")).to_have_text(re.compile("Ana"), timeout=SOON_MS)
        await expect(ben.get_by_text("1 person is writing here")).to_be_attached(timeout=SOON_MS)
        await ben_writes(ben)
        for page in (ana, boss):
            await expect(text(page).get_by_role("link", name="the study")).to_have_attribute(
                "href", "https://example.org/study", timeout=SOON_MS
            )
        for page, name in ((ana, "phone"), (ben, "laptop"), (boss, "console")):
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
            await shot(page, f"{name}-paper")
            await accessible(page, f"{name}, paper")
        await enlarged(ben, "paper")
        await undone(ana, ben)


async def ben_writes(ben: Page) -> None:
    """Bold, a list, a link and a table, by keys and by the row of tools."""
    await at_the_end(ben)
    await ben.keyboard.press("Control+b")
    await ben.keyboard.type("Bold words")
    await ben.keyboard.press("Control+b")
    await ben.keyboard.type(" and others, see ")
    await ben.keyboard.press("Control+k")
    await ben.get_by_label("Where the link leads").fill("javascript:alert(1)")
    await ben.get_by_role("button", name="Set the link").click()
    await expect(ben.get_by_text("An address begins with")).to_be_visible()
    # What is typed in the very moment in which the sheet goes is meant for where one was.
    await ben.evaluate(
        "document.querySelector('dialog[open]').requestClose(); document.execCommand('insertText', false, 't')"
    )
    await ben.keyboard.type("he study")
    for _ in range(9):
        await ben.keyboard.press("Shift+ArrowLeft")
    await ben.get_by_role("button", name="Link").click()
    await ben.get_by_label("Where the link leads").fill("https://example.org/study")
    await ben.get_by_role("button", name="Set the link").click()
    await at_the_end(ben)
    await ben.get_by_role("button", name="List", exact=True).click()
    await ben.keyboard.type("one")
    await ben.keyboard.press("Enter")
    await ben.keyboard.type("two")
    await expect(text(ben)).to_contain_text("and others, see the study")
    await expect(text(ben).locator("strong")).to_have_text("Bold words")
    await expect(text(ben).get_by_role("listitem").filter(has_text=re.compile("^two$"))).to_have_count(1)


async def undone(ana: Page, ben: Page) -> None:
    """One's own last words, not those that somebody else wrote since."""
    await text(ana).click()
    await ana.keyboard.press("Control+z")
    await expect(text(ben).get_by_role("heading", name=LINES)).to_have_count(0, timeout=SOON_MS)
    await expect(text(ana)).to_contain_text("Bold words", timeout=SOON_MS)


async def test_it_is_read_when_all_is_over(tmp_path: Path) -> None:
    """[PAPER3] [STEP7] Who leads comes to it from any step; closed, everybody reads and nobody writes."""
    async with stage(tmp_path, at_the_paper) as here:
        [boss] = await writers(here)
        await at_the_end(boss)
        await boss.keyboard.type("The last word")
        await expect(boss.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
        ana = await come(here, "Ana")
        await expect(text(ana)).to_contain_text("The last word", timeout=SOON_MS)
        await boss.get_by_role("button", name=re.compile("^Next")).first.click()
        await ana.get_by_role("button", name="Read the paper").click()
        await expect(text(ana)).to_have_attribute("aria-readonly", "true")
        await expect(ana.get_by_role("toolbar")).to_have_count(0)
        await shot(ana, "phone-paper-read")
        await accessible(ana, "phone, paper, closed")
        await boss.get_by_role("button", name="The paper", exact=True).click()
        await expect(text(boss)).to_contain_text("The last word", timeout=SOON_MS)
        await shot(boss, "console-paper-read")
        await boss.get_by_role("button", name="Back to the step").first.click()
        await expect(text(boss)).to_have_count(0)


async def test_keys_in_the_paper_are_for_the_paper(tmp_path: Path) -> None:
    """[ALL11] A `?` is written; to choose words, writing or reading, moves nobody on; elsewhere keys go on."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, ben = await writers(here, "Ben")
        await expect(text(ben)).to_contain_text("Context", timeout=SOON_MS)
        for page, name in ((ben, "Ben"), (boss, "Fay")):
            await at_the_end(page)
            await page.keyboard.type(f"Why, {name}? Because")
            for one in (boss, ben):
                await expect(text(one)).to_contain_text(f"Why, {name}? Because", timeout=SOON_MS)
            await expect(page.get_by_role("dialog")).to_have_count(0)
        await boss.keyboard.press("ArrowLeft")
        await boss.keyboard.press("Shift+ArrowRight")
        await boss.wait_for_function("getSelection().toString() === 'e'")
        await boss.get_by_role("button", name="As it will be read").click()
        await text(boss).get_by_text("Why, Fay? Because").dblclick(position={"x": 8, "y": 8})
        await boss.keyboard.press("Shift+ArrowRight")
        await boss.evaluate("getSelection().removeAllRanges()")
        await boss.locator("main").focus()
        await boss.keyboard.press("?")
        await expect(boss.get_by_role("dialog", name="Keys")).to_be_visible()
        await boss.keyboard.press("Escape")
        await expect(boss.get_by_role("dialog")).to_have_count(0)
        await expect(on(boss)).to_be_visible()
        await boss.locator("main").focus()
        await boss.keyboard.press("Shift+ArrowRight")
        await expect(on(boss)).to_have_count(0)


async def test_tables_and_numbers(tmp_path: Path) -> None:
    """[PAPER20] [PAPER21] One writes in a table from cell to cell; a numbered list has numbers, in each direction."""
    async with stage(tmp_path, at_the_paper) as here:
        [boss] = await writers(here)
        await in_a_table(boss)
        await numbered(boss)
        ana = await come(here, "Ana")
        await columns(ana, boss)
        await expect(text(ana).locator("ol ol")).to_contain_text("Quick", timeout=SOON_MS)
        for page, name in ((boss, "console"), (ana, "phone")):
            for way in ("ltr", "rtl"):
                await page.evaluate("way => { document.documentElement.dir = way }", way)
                await numbers(page, f"{name}-{way}")
            await page.evaluate("document.documentElement.dir = 'ltr'")
            await page.get_by_role("button", name="As it will be read").click()
            await expect(text(page)).to_have_attribute("aria-readonly", "true")
            await numbers(page, f"{name}-reading")


async def in_a_table(page: Page) -> None:
    """Its cells are gone through with Tab, and there is a row more."""
    await at_the_end(page)
    await page.keyboard.type("We propose:")
    await page.get_by_role("button", name="Table").click()
    for word in ("Who", "What", "When", *"abcdef", "One more"):
        await page.keyboard.type(word)
        if word != "One more":
            await page.keyboard.press("Tab")
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.type("F")
    cells = text(page).locator("table").last.locator("th, td")
    await expect(cells).to_have_text(["Who", "What", "When", *"abcdeF", "One more", "", ""])


async def columns(phone: Page, console: Page) -> None:
    """[PAPER24] A table keeps them on a phone, moved by itself; the tools are as wide as the paper at most."""
    table = text(phone).locator("table").last
    await expect(table).to_contain_text("One more", timeout=SOON_MS)
    await table.scroll_into_view_if_needed()
    lefts = "all => new Set(all.map((cell) => cell.getBoundingClientRect().left)).size"
    assert await table.locator("th, td").evaluate_all(lefts) == 3
    assert await table.evaluate("one => one.scrollWidth > one.clientWidth")
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await shot(phone, "phone-paper-table")
    await accessible(phone, "phone, a table in the paper")
    for page, width in ((phone, 390), (console, 1280), (console, 1440)):
        await page.set_viewport_size({"width": width, "height": 800})
        out = (
            "one => [...one.children].some((tool) => { const at = tool.getBoundingClientRect(), in_ = OF;"
            " return at.width > 0 && (at.left < in_.left - 1 || at.right > in_.right + 1); })"
        )
        of = "one.parentElement.querySelector('article').getBoundingClientRect()"
        assert not await page.get_by_role("toolbar").evaluate(out.replace("OF", of)), width
        await shot(page, f"{width}-paper-tools")


async def numbered(page: Page) -> None:
    """A list of twelve, and one within it."""
    await at_the_end(page)
    await page.get_by_role("button", name="Numbered list").click()
    for n in range(12):
        await page.keyboard.type(f"Measure {n + 1}")
        await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Quick")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Cheap")


async def numbers(page: Page, name: str) -> None:
    """They are seen, and within the page."""
    looks = await text(page).locator("ol").evaluate_all("all => all.map((one) => getComputedStyle(one).listStyleType)")
    assert looks == ["decimal", "decimal"]
    await text(page).locator("ol ol").scroll_into_view_if_needed()
    await shot(page, f"{name}-numbers")


def on(boss: Page) -> Locator:
    """On from the paper, and from nowhere else."""
    return boss.get_by_role("button", name="Next: Close")


@pytest.mark.parametrize("stores", ["sqlite", "redis"])
async def test_three_write_the_same_paragraph(tmp_path: Path, stores: str) -> None:
    """[PAPER3] [PAPER9] [ONCE2] One on a bad line, the server killed: all have the same, and no letter is lost."""
    faults: list[str] = []
    weather = Weather(drops_per_minute=6, outages=((2, 3), (8, 2)))
    play = Play(length_s=12)
    for folder in ("redis", "one", "two"):
        (tmp_path / folder).mkdir()
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(redis_server(tmp_path / "redis")).url if stores == "redis" else ""
        houses = [stack.enter_context(house(tmp_path / "one", url))]
        if url:
            houses.append(stack.enter_context(house(tmp_path / "two", url)))
        await afternoon(houses, weather, play, faults)
    assert faults == []
