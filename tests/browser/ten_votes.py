"""Ten vote at once: by finger, by mouse, by keys, and over the protocol."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from playwright.async_api import expect

from protocol.commands import StackName, StepShow, VoteCast
from protocol.records import Tally

from .hands import at
from .ten import SECTIONS, Ten, pressed
from .ten_versions import WORDS
from .test_everyone import VOTE, go, said

STACK: Final = "stack-0"
SUM: Final = re.compile(r"^[1-9]\d* dots?$")


async def they_place(here: Ten, way: str) -> None:
    """Two on the note, of which one was taken back meanwhile; no third; and one on a stack."""
    page = here.pages[way]
    place, back = (
        page.get_by_role("button", name=f"{what} {WORDS.upper()}").first
        for what in ("Place a dot on", "Take a dot back from")
    )
    for button, left in ((place, 4), (place, 3), (back, 4), (place, 3)):
        await pressed(way, button)
        await expect(page.get_by_label(f"{left} dots left").first).to_be_attached()
    await expect(place).to_have_attribute("aria-disabled", "true")
    await pressed(way, place, anyhow=True)
    await expect(said(page)).to_contain_text("At most 2 on each.")
    await expect(place).to_have_accessible_name(re.compile("yours: 2$"))
    await expect(page.get_by_label("3 dots left").first).to_be_attached()
    await pressed(way, page.get_by_role("button", name="Place a dot on What 0 thinks").first)
    await expect(page.get_by_label("2 dots left").first).to_be_attached()


async def they_vote(here: Ten) -> None:
    """Two on one note and one on a stack; when all have voted nobody sees a sum, once it is shown all see the same."""
    await go(here.boss, VOTE)
    note, stack = (VoteCast(round=VOTE, target=target, dots=dots) for target, dots in (("words", 2), (STACK, 1)))
    others = [person.do(vote) for person in here.people for vote in (note, stack)]
    await asyncio.gather(*(they_place(here, way) for way in here.pages), *others)
    for page in here.pages.values():
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
    await here.boss.do(StackName(id=STACK, title="All have voted"))
    for page in here.pages.values():
        await expect(at(page, STACK)).to_contain_text("All have voted")
        await expect(page.get_by_text(SUM)).to_have_count(0)
    assert [one.all("tally") for one in (here.boss, *here.people)] == [[]] * 8
    await here.boss.do(StepShow(step=VOTE))
    sums = {one.target: one.dots for one in here.boss.all("tally") if isinstance(one, Tally)}
    assert sums == {"words": 20, STACK: 10}
    for page in here.pages.values():
        first = page.get_by_label(f"Notes in {SECTIONS['phone']}").get_by_role("article")
        await expect(first.nth(0)).to_contain_text("20 dots")
        await expect(first.nth(1)).to_contain_text("All have voted")
        await expect(page.get_by_text(SUM)).to_have_text(["20 dots", "10 dots"])
