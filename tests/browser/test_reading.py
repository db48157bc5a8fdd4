"""However people read: in another language, from right to left, very large, and with strong contrast or few colours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.async_api import Page, expect

from protocol.commands import ActivityAdd, ActivitySet, IssueChoose, StackMake, StepShow
from protocol.records import Status

from .enlarged import enlarged
from .hands import at
from .stage import LAPTOP, PHONE, shot
from .test_everyone import ARABIC, BOARD, TITLE, VOTE, WIDE, WRITING, axe, come, go, led, noted, said, violations
from .test_plan import PLANNING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

    from client.participant import Participant

WRITTEN: Final = (ARABIC, "Time, not a platform", "A" * 90)
STYLE: Final = "(one, [what, of]) => getComputedStyle(one, of)[what]"


async def test_however_they_read(tmp_path: Path) -> None:
    """[WORDS1] [ALL2] [ALL3] [ALL5] [ALL13] In another language, from the right, very large, in contrast, by ear."""
    async with led(tmp_path) as (here, boss):
        page = await here.page(f"{here.place.url}/j/{here.made['code']}", **LAPTOP)
        await page.get_by_role("button", name="Español").click()
        await expect(page.get_by_label("Tu nombre")).to_be_visible()
        await enlarged(page, "join")
        await come(page, here.place, here.made["code"], "Ana")
        await boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await go(boss, WRITING)
        await page.get_by_role("button", name=f"Unirse a {TITLE}").click()
        for n, text in enumerate(WRITTEN):
            await boss.do(noted(n, text))
        await expect(page.get_by_role("article")).to_have_count(len(WRITTEN))
        assert await page.locator("html").get_attribute("lang") == "es"
        await from_right_to_left(page)
        await very_large(page)
        await with_contrast(page)
        await in_few_colours(page, boss)
        await at_other_steps(page, boss)


async def from_right_to_left(page: Page) -> None:
    """Each text has its own direction, whichever the page has."""
    direction = "one => getComputedStyle(one).direction"
    first = page.get_by_role("article").locator(".saying")
    for way in ("ltr", "rtl"):
        await page.evaluate("way => { document.documentElement.dir = way }", way)
        assert await first.get_by_text(ARABIC).evaluate(direction) == "rtl"
        assert await first.get_by_text("Time, not").evaluate(direction) == "ltr"
        assert await page.evaluate(WIDE)
    await shot(page, "rtl-laptop")
    assert await axe(page, "from the right, laptop") == []
    columns = await page.locator(".column").evaluate_all("all => all.map((one) => one.getBoundingClientRect().x)")
    assert columns == sorted(columns, reverse=True)
    await page.locator("[data-section='section-0'] article").focus()
    await page.keyboard.press("ArrowLeft")
    await expect(page.locator("[data-section='section-1'] article")).to_be_focused()
    await page.set_viewport_size(PHONE["viewport"])
    assert await page.evaluate(WIDE)
    await shot(page, "rtl-phone")
    await page.evaluate("document.documentElement.dir = 'ltr'")
    await page.set_viewport_size(LAPTOP["viewport"])


async def very_large(page: Page) -> None:
    """The board, its search, a note's comments, and who is here."""
    await enlarged(page, "write", page.get_by_label("Nueva nota en Potential benefits"))
    await at(page, "note-0").focus()
    await page.keyboard.press("/")
    await page.get_by_role("searchbox").fill("time")
    await enlarged(page, "search")
    await page.get_by_role("searchbox").press("Escape")
    await at(page, "note-2").focus()
    for key, state in (("c", "comments"), ("?", "keys")):
        await page.keyboard.press(key)
        await expect(page.get_by_role("dialog")).to_be_visible()
        await enlarged(page, state)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.locator("header .people").press("Enter")
    await enlarged(page, "people", page.get_by_role("dialog"))
    await page.keyboard.press("Escape")


async def with_contrast(page: Page) -> None:
    """More of it than usual."""
    await page.emulate_media(contrast="more")
    assert await axe(page, "contrast") == []
    await shot(page, "contrast-laptop")
    await page.emulate_media(contrast="no-preference")


async def style(one: Locator, what: str, of: str | None = None) -> str:
    """What is computed of it, or of what stands before or after it."""
    return str(await one.evaluate(STYLE, [what, of]))


async def in_few_colours(page: Page, boss: Participant) -> None:
    """The person's own: edges tell what grounds and shadows told, on a laptop and on a phone."""
    for n in (3, 4, 7):
        await boss.do(noted(n, f"Said number {n}"))
    await boss.do(StackMake(id="pile", notes=("note-4", "note-7")))
    await page.emulate_media(forced_colors="active")
    for name, size in (("laptop", LAPTOP), ("phone", PHONE)):
        await page.set_viewport_size(size["viewport"])
        await expect(at(page, "pile")).to_be_attached()
        if name == "phone":
            await page.locator(".tabs button").first.click()
        for one in ("note-0", "pile"):
            assert await style(at(page, one), "borderTopWidth") == "1px", one
        await chosen_and_focused(page)
        await held(page, name)
        assert await violations(page, f"few colours, {name}", {}) == []
        await shot(page, f"forced-{name}")
    await page.emulate_media(forced_colors="none")
    await page.set_viewport_size(LAPTOP["viewport"])


async def chosen_and_focused(page: Page) -> None:
    """Each has an edge that the others have not."""
    await at(page, "note-0").focus()
    await page.keyboard.press("x")
    chosen = page.locator(".row.selected")
    assert [await style(chosen, f"outline{what}") for what in ("Style", "Width")] == ["solid", "3px"]
    await page.keyboard.press("Escape")
    await expect(chosen).to_have_count(0)
    await page.keyboard.press("ArrowDown")
    note, pen = at(page, "note-3"), page.get_by_label("Nueva nota en Potential benefits")
    await expect(note).to_be_focused()
    assert [await style(one, "outlineStyle") for one in (note, pen)] == ["solid", "none"]
    await pen.focus()
    assert [await style(one, "outlineStyle") for one in (note, pen)] == ["none", "solid"]


async def held(page: Page, name: str) -> None:
    """Where it would lie is a line, what it would be laid on is framed; so is the section's name on a phone."""
    note, other = await at(page, "note-3").bounding_box(), await at(page, "note-0").bounding_box()
    assert note
    assert other
    ground = await style(at(page, "note-0"), "backgroundColor")
    await page.mouse.move(note["x"] + 40, note["y"] + note["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(other["x"] + 40, other["y"] + other["height"] / 2, steps=6)
    onto = page.locator(".row.onto")
    assert await style(onto, "borderTopStyle", "::after") == "dashed"
    assert await style(onto, "borderTopColor", "::after") != ground
    await page.mouse.move(other["x"] + 40, other["y"] + 3, steps=3)
    assert await style(page.locator(".row.before"), "backgroundColor", "::before") != ground
    if name == "phone":
        tab = await page.locator(".tabs button").nth(2).bounding_box()
        assert tab
        await page.mouse.move(tab["x"] + 20, tab["y"] + 20, steps=4)
        assert await style(page.locator(".tabs .over"), "outlineStyle") == "dashed"
    await page.keyboard.press("Escape")
    await page.mouse.up()
    await expect(page.locator(".ghost")).to_have_count(0)


async def at_other_steps(page: Page, boss: Participant) -> None:
    """The vote and the plan: very large, and in few colours; the results, by ear."""
    await go(boss, VOTE)
    await expect(said(page)).to_contain_text("Vote.")
    place = page.locator("[data-section='section-0'] .place").first
    await expect(place).to_be_visible()
    await place.press("Enter")
    await enlarged(page, "vote")
    await page.emulate_media(forced_colors="active")
    ground = await style(at(page, "note-0"), "backgroundColor")
    assert await style(at(page, "note-0").locator("i"), "backgroundColor") != ground
    assert await style(at(page, "note-0").locator(".seat"), "borderTopStyle") == "dashed"
    assert await violations(page, "few colours, vote", {}) == []
    await shot(page, "forced-vote")
    await page.emulate_media(forced_colors="none")
    await boss.do(StepShow(step=VOTE))
    await expect(said(page)).to_contain_text("Se muestran los resultados.")
    for n, status in enumerate((Status.IDEA, Status.AGREED)):
        title = f"Train the teachers of all {n} districts"
        await boss.do(ActivityAdd(id=f"a{n}", rank=f"a{n}", title=title, owner="Dana", start=n, length=4, issue=BOARD))
        await boss.do(ActivitySet(id=f"a{n}", status=status))
    await go(boss, PLANNING)
    await expect(page.get_by_role("button", name=re.compile("^Train the teachers of all 1"))).to_be_visible()
    await enlarged(page, "plan")
    await page.emulate_media(forced_colors="active")
    idea, agreed = [await style(page.locator(".bar").nth(n), "backgroundColor") for n in range(2)]
    assert await style(page.locator(".bar").first, "borderTopStyle") == "solid"
    assert idea != agreed
    assert await violations(page, "few colours, plan", {}) == []
    await shot(page, "forced-plan")
