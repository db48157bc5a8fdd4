"""The plan in the browser: made from the boards and anew, moved by hand and by keys, told on every screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import NoteAdd, StepGo

from .full import BOARD, SECTIONS, WRITING, opened
from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, enter, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path

PLANNING = "step-9"
"""The step of the template in which the plan is made."""
RUBRICS = "Share the rubrics of three districts"


async def at_the_plan(place: House) -> dict[str, Any]:
    """A board with one note, and the step in which the plan is made."""
    made = await opened(place, 0)
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(place.url, key=key, name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await boss.do(NoteAdd(id="n0", board=BOARD, section=SECTIONS[0], rank="a0", text=RUBRICS))
        await boss.do(StepGo(step=PLANNING, current=WRITING))
    return made


async def test_a_plan_is_made(tmp_path: Path) -> None:
    """[PLAN1] [PLAN2] [PLAN3] [ALL4] A phone plans a note, a laptop a thought of its own; all see where both lie."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await at_the_plan(place)
        async with browser() as running:
            pages = [await page_of(await running.new_context(**each), faults) for each in (PHONE, LAPTOP, PROJECTOR)]
            ana, ben, wall = pages
            await wall.goto(made["links"]["projector"])
            for page, name in ((ana, "Ana"), (ben, "Ben")):
                await page.goto(f"{place.url}/j/{made['code']}")
                await enter(page, name, board="")
            await from_the_board(ana)
            await by_keys(ben)
            await by_hand(ben)
            for text in (RUBRICS, "Ask Dana about 2019"):
                await expect(wall.get_by_text(text)).to_be_visible()
            for page, name in zip(pages, ("phone", "laptop", "projector"), strict=True):
                await shot(page, f"{name}-plan")
                await accessible(page, f"{name}, plan")
    assert faults == []


def activity(page: Page, title: str, when: str = "") -> Any:
    """An activity of the timeline, by what a screen reader is told."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(title)}, .*{when}"))


async def from_the_board(page: Page) -> None:
    """One tap takes a note into the plan; who sees to it is said in its sheet; it cannot be taken twice."""
    await page.get_by_role("button", name=f"Plan “{RUBRICS}”").click()
    await page.get_by_label("Who sees to it").fill("Dana and the three districts")
    await page.get_by_label("The first step").fill("Call them on Monday")
    await page.get_by_label("How it stands").select_option("agreed")
    await shot(page, "phone-plan-sheet")
    await page.get_by_role("button", name="Save").click()
    await expect(activity(page, RUBRICS)).to_contain_text("Dana and the three districts")
    await expect(page.get_by_role("button", name=f"“{RUBRICS}” is in the plan")).to_be_disabled()


async def by_keys(page: Page) -> None:
    """Added, moved and stretched without a mouse."""
    await page.get_by_label("What is to be done").fill("Ask Dana about 2019")
    await page.keyboard.press("Enter")
    mine = activity(page, "Ask Dana about 2019")
    await mine.focus()
    before = await mine.get_attribute("aria-label")
    await page.keyboard.press("ArrowRight")
    await expect(mine).not_to_have_attribute("aria-label", before or "")
    await page.keyboard.press("Shift+ArrowRight")
    await page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_label("Takes")).to_have_value("4")
    await expect(sheet.get_by_label("Begins")).to_have_value("2")
    await page.keyboard.press("Escape")
    await expect(mine).to_be_focused()


async def by_hand(page: Page) -> None:
    """A hand moves what lies there; a quarter is a quarter of the way that four are."""
    row = activity(page, RUBRICS)
    before = await row.get_attribute("aria-label")
    box = await row.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 30, box["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 250, box["y"] + 12, steps=5)
    await page.mouse.up()
    await expect(row).not_to_have_attribute("aria-label", before or "")
    await expect(page.get_by_role("dialog")).to_have_count(0)
