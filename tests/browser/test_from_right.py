"""A phone that is read from right to left, by a finger: writing, sections, moving, stacking, and a note's tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from protocol.commands import ActivityAdd

from .hands import finger, held_by_finger
from .stage import LAPTOP, PHONE, STILL, enter, shot
from .test_crowded import accessible
from .test_everyone import ARABIC, BOARD, TITLE, VOTE, WIDE, WRITING, chosen, go, noted
from .test_plan import PLANNING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

SECTIONS = ("Potential benefits", "Risks", "Efforts to draw on")
LINES = (ARABIC, "من يدفع ثمن ذلك؟", "נלמד מזה", "Time, not a platform", "كل شيء يبدأ بسؤال")
OTHER = "From the other side"
CENTRES = "all => all.map((one) => { const box = one.getBoundingClientRect(); return box.x + box.width / 2; })"
IN_ROWS = """all => { const rows = {};
    for (const one of all) { const box = one.getBoundingClientRect(); (rows[box.y] ??= []).push(box.x); }
    return Object.values(rows); }"""
"""The places across of what lies side by side, row by row."""


def tab(page: Page, number: int) -> Locator:
    name = re.compile(f"^{SECTIONS[number]}")
    return page.get_by_role("navigation", name="Sections").get_by_role("button", name=name)


def rows(page: Page, number: int) -> Locator:
    return page.locator(f"[data-section='section-{number}'] [data-row]")


async def shown(page: Page, number: int) -> None:
    """This section, and no other, is in sight."""
    await expect(tab(page, number)).to_have_attribute("aria-current", "true")
    await expect(page.get_by_label(f"New note in {SECTIONS[number]}")).to_be_visible()
    await page.evaluate(STILL)
    await expect(page.locator(f".column[data-section='section-{number}']")).to_be_in_viewport(ratio=0.9)
    assert await page.evaluate(WIDE)


async def mirror(page: Page, name: str) -> None:
    """A screen from the right: nothing is wider than it, and axe finds nothing."""
    await expect(page.get_by_role("button").first).to_be_visible()
    await page.evaluate("document.documentElement.dir = 'rtl'")
    await shot(page, f"from-right-{name}")
    assert await page.evaluate(WIDE)
    await accessible(page, f"{name}, from the right")


async def mirrored(page: Page) -> None:
    """The first section is at the right, what one sends with at the left, and nothing is wider than the screen."""
    await page.evaluate("document.documentElement.dir = 'rtl'")
    tabs = await page.get_by_role("navigation", name="Sections").get_by_role("button").evaluate_all(CENTRES)
    assert tabs == sorted(tabs, reverse=True)
    [send] = await page.get_by_role("button", name="Add note to Potential benefits").evaluate_all(CENTRES)
    assert send < 195
    await shown(page, 0)


async def written(page: Page) -> None:
    """Each text has its own direction, in the box as on the note, whichever the page has."""
    way = "one => getComputedStyle(one).direction"
    box = page.get_by_label("New note in Potential benefits")
    for text in LINES:
        await box.tap()
        await box.fill(text)
        wanted = "ltr" if text.isascii() else "rtl"
        assert await box.evaluate(way) == wanted
        await page.get_by_role("button", name="Add note to Potential benefits").tap()
        said = page.get_by_role("article", name=text).locator(".saying")
        await expect(said).to_be_visible()
        assert await said.evaluate(way) == wanted
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await shot(page, "from-right-written")


async def sections(page: Page) -> None:
    """By their names, and by swipes to the right, since the next lies at the left; beyond the last nothing happens."""
    await tab(page, 2).tap()
    await shown(page, 2)
    await tab(page, 0).tap()
    await shown(page, 0)
    address = page.url
    for way, number in ((-1, 0), (1, 1), (1, 2), (1, 2), (-1, 1), (-1, 0), (-1, 0)):
        await swiped(page, way)
        await shown(page, number)
    assert page.url == address


async def swiped(page: Page, way: int) -> None:
    """A finger goes over notes, to the right (1) or to the left (-1)."""
    hand = await page.context.new_cdp_session(page)
    x, y = 195 - way * 140, 330
    await finger(hand, "touchStart", x, y)
    for step in range(1, 15):
        await finger(hand, "touchMove", x + way * 20 * step, y)
    await finger(hand, "touchEnd")


async def moved(page: Page) -> None:
    """A held note is dropped on the name of a section; held at the left side, the next sections come."""
    note = page.get_by_role("article", name=LINES[1])
    touch = await held_by_finger(page, note, tab(page, 1), 0.5)
    await expect(page.locator(".tabs .over")).to_have_count(1)
    ghost = await page.locator(".ghost").bounding_box()
    assert ghost
    assert 0 <= ghost["x"] + ghost["width"] / 2 <= 390
    await shot(page, "from-right-held")
    await accessible(page, "held over another section, from the right")
    await finger(touch, "touchEnd")
    await expect(tab(page, 1)).to_have_accessible_name(re.compile("2$"))
    note = page.get_by_role("article", name=LINES[2])
    touch = await held_by_finger(page, note, note, 0.5)
    await finger(touch, "touchMove", 10, 500)
    await expect(page.locator(".column[data-section='section-2']")).to_be_in_viewport(ratio=0.9)
    await finger(touch, "touchMove", 190, 620)
    await expect(page.locator(".column.target[data-section='section-2']")).to_have_count(1)
    await finger(touch, "touchEnd")
    await expect(rows(page, 2)).to_have_count(1)
    await shown(page, 2)
    await shot(page, "from-right-moved")


async def stacked(page: Page) -> None:
    """A note dropped on another; two chosen and grouped; fanned out, its line is at the right, and taken apart."""
    await tab(page, 1).tap()
    await shown(page, 1)
    first, second = (page.get_by_role("article", name=text) for text in (LINES[1], OTHER))
    touch = await held_by_finger(page, first, second, 0.5)
    await expect(page.locator(".row.onto")).to_have_count(1)
    await shot(page, "from-right-onto")
    await accessible(page, "held over another note, from the right")
    await finger(touch, "touchEnd")
    stack = page.get_by_role("article", name="Stack of 2 notes")
    await expect(stack).to_be_visible()
    await page.get_by_role("button", name="Fan out").tap()
    await expect(page.locator("[data-fan]")).to_be_visible()
    fan = await page.locator("[data-fan]").bounding_box()
    inner = await page.locator("[data-inside]").first.bounding_box()
    assert fan
    assert inner
    assert fan["x"] + fan["width"] - inner["x"] - inner["width"] > inner["x"] - fan["x"]
    await shot(page, "from-right-fanned")
    await page.get_by_role("button", name="Take apart").tap()
    await expect(stack).to_have_count(0)
    await tab(page, 0).tap()
    await shown(page, 0)
    await page.get_by_role("article", name=LINES[0]).tap()
    await page.get_by_role("button", name="Select").tap()
    await page.get_by_role("article", name=LINES[4]).tap()
    await shot(page, "from-right-selected")
    await page.get_by_role("button", name="Group with…").tap()
    await shot(page, "from-right-group")
    await accessible(page, "group, from the right")
    await page.get_by_role("button", name="Group these 2 notes").tap()
    await expect(stack).to_be_visible()
    await page.get_by_role("button", name="Undo", exact=True).first.tap()
    await expect(stack).to_have_count(0)


async def tools(page: Page) -> None:
    """A note's tools run from the right to the bin at the left; each that opens is on the screen."""
    note = page.get_by_role("article", name=LINES[0])
    await note.tap()
    bar = note.get_by_role("toolbar")
    for across in await bar.get_by_role("button").evaluate_all(IN_ROWS):
        assert across == sorted(across, reverse=True)
    for name in ("Move to…", "Tags", "Colour", "More"):
        await bar.get_by_role("button", name=name, exact=True).tap()
        assert await page.evaluate(WIDE)
        await shot(page, f"from-right-tool-{name[:4]}")
        await accessible(page, f"{name}, from the right")
    await bar.get_by_role("button", name="Edit", exact=True).tap()
    await page.get_by_label("Edit note").fill(f"{ARABIC}!")
    assert await page.get_by_label("Edit note").evaluate("one => getComputedStyle(one).direction") == "rtl"
    await shot(page, "from-right-edit")
    await page.get_by_label("Edit note").press("Enter")
    note = page.get_by_role("article", name=f"{ARABIC}!")
    await expect(note).to_be_visible()
    await note.tap()
    await note.get_by_role("button", name=re.compile("^0 comments on")).tap()
    await page.get_by_label("New comment").fill("متى؟")
    assert await page.get_by_label("New comment").evaluate("one => getComputedStyle(one).direction") == "rtl"
    await page.get_by_role("button", name="Send comment").tap()
    await expect(page.get_by_role("dialog").get_by_text("متى؟")).to_be_visible()
    await shot(page, "from-right-comments")
    await accessible(page, "comments, from the right")
    await page.get_by_role("dialog").get_by_role("button", name="Close").tap()


async def test_a_phone_from_the_right(tmp_path: Path) -> None:
    """[ALL2] [ALL8] All that a finger does on a board, mirrored."""
    async with chosen(tmp_path) as (here, boss):
        await go(boss, WRITING)
        await boss.do(noted(1, OTHER))
        page = await here.page(f"{here.place.url}/j/{here.made['code']}", **PHONE)
        await mirror(page, "join")
        await enter(page, "أمل", TITLE)
        for line in (mirrored, written, sections, moved, stacked, tools):
            await line(page)
        await go(boss, VOTE)
        dots = page.get_by_role("button", name=f"Place a dot on {LINES[3]}")
        await dots.tap()
        await expect(page.get_by_label("4 dots left").first).to_be_attached()
        assert await page.evaluate(WIDE)
        await shot(page, "from-right-vote")
        await accessible(page, "votes, from the right")
        await boss.do(ActivityAdd(id="a", rank="a0", title=ARABIC, owner="أمل", start=1, length=3, issue=BOARD))
        await go(boss, PLANNING)
        await expect(page.get_by_role("button", name=re.compile(f"^{ARABIC}, "))).to_be_visible()
        await mirror(page, "plan")
        console = await here.page(here.made["links"]["facilitator"].replace("localhost", "127.0.0.1"), **LAPTOP)
        await expect(console.get_by_role("button", name=re.compile("^Next"))).to_be_visible()
        await mirror(console, "console")
