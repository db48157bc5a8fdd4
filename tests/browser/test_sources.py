"""What the paper is drawn from, in the browser: from a paragraph to its notes, and from a note to where it went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Locator, Page, expect

from client.participant import Participant, join
from protocol.commands import ActivityAdd, StepGo, StepShow, VoteCast

from .full import BOARD, WRITING, opened
from .paper import said, text
from .stage import House, Stage, leading, shot, stage
from .test_crowded import accessible
from .test_paper import PAPER, SOON_MS, VOTING, at_the_end, writers

if TYPE_CHECKING:
    from pathlib import Path

WANTED = 6
"""So many notes of a section have dots; the outline begins with five of them."""

HEAD = """(line) => {
    let above = line.closest('ul');
    while (!/^H/.test(above.tagName)) above = above.previousElementSibling;
    return above.textContent;
}"""
"""The heading beneath which a line of a list stands."""


async def at_the_paper(place: House) -> dict[str, Any]:
    """A paper to begin, with an activity that was made of a note."""
    made = await opened(place, 24)
    token = (await join(place.url, code=made["code"], name="Zoe")).token
    async with await leading(place, made) as boss, Participant(place.url, token) as other:
        await boss.do(StepGo(step=VOTING, current=WRITING))
        for n in range(WANTED):
            await (boss if n % 2 else other).do(VoteCast(round=VOTING, target=f"note-{3 * n}", dots=1))
        await boss.do(StepShow(step=VOTING))
        plan = ActivityAdd(
            id="a", rank="a0", title="Share the rubrics", start=1, length=3, issue=BOARD, source="note-0"
        )
        await boss.do(plan)
        await boss.do(StepGo(step=PAPER, current=VOTING))
    return made


def sheet(page: Page) -> Locator:
    """What is in front of all else."""
    return page.get_by_role("dialog")


async def closed(page: Page) -> None:
    """It is put away."""
    await page.keyboard.press("Escape")
    await expect(sheet(page)).to_have_count(0)


async def test_every_paragraph_is_traced(tmp_path: Path) -> None:
    """[PAPER11] [PAPER12] [PAPER13] [QUOTE6] [ALL1] To its notes and back; what lacks a source is listed."""
    async with stage(tmp_path, at_the_paper) as here:
        boss, ana, ben = await writers(here, "Ana", "Ben")
        for page in (ana, ben):
            await expect(text(page)).to_contain_text("Share the rubrics", timeout=SOON_MS)
        await from_a_paragraph(ben)
        await by_hand(ben, ana)
        await what_is_left_out(ana, ben)
        await as_it_will_be_read(ana, ben)
        await where_it_went(here, boss)


async def from_a_paragraph(ben: Page) -> None:
    """By the sign beside it: its note, with its dots and the activity made of it, and the board on which it hangs."""
    quote = text(ben).locator(".live", has_text="(0)")
    await quote.locator("p").first.click()
    await quote.get_by_role("button", name="Freeze").click()
    line = text(ben).locator("li p.drawn", has_text="(0)").first
    await line.scroll_into_view_if_needed()
    box = await line.bounding_box()
    assert box
    await shot(ben, "laptop-sources-signs")
    await line.click(position={"x": box["width"] + 12, "y": 12}, force=True)
    this = sheet(ben).get_by_role("region", name="This paragraph draws on")
    await expect(this).to_contain_text("in the plan: “Share the rubrics”")
    await expect(this).to_contain_text("1 dot")
    await shot(ben, "laptop-sources")
    await accessible(ben, "laptop, sources")
    await this.get_by_role("button", name=re.compile("on its board$")).click()
    await expect(sheet(ben).get_by_role("heading", name="Ensuring quality")).to_be_visible()
    await expect(sheet(ben).locator("[aria-current]")).to_contain_text("(0)")
    await shot(ben, "laptop-sources-board")
    await accessible(ben, "laptop, a source on its board")
    await sheet(ben).get_by_role("button", name="Back to the sources").click()
    await expect(this).to_be_visible()
    await closed(ben)


async def by_hand(ben: Page, ana: Page) -> None:
    """A new paragraph has none; one is named while somebody else writes, and taken back."""
    await at_the_end(ben)
    await ben.keyboard.type("Nobody said this")
    await expect(text(ana)).to_contain_text("Nobody said this", timeout=SOON_MS)
    mine = text(ben).locator("p", has_text="Nobody said this")
    await expect(mine).not_to_have_class(re.compile("drawn"))
    await ben.get_by_role("button", name="What this paragraph draws on").click()
    await expect(sheet(ben)).to_contain_text("It names no source yet.")
    await at_the_end(ana)
    await ana.keyboard.type("Written meanwhile")
    await expect(text(ben)).to_contain_text("Written meanwhile", timeout=SOON_MS)
    await sheet(ben).get_by_role("searchbox").fill("(16)")
    await sheet(ben).get_by_role("button", name=re.compile("^This paragraph draws on")).click()
    await expect(sheet(ben).get_by_role("region")).to_contain_text("(16)")
    await shot(ben, "laptop-sources-named")
    await closed(ben)
    for page in (ana, ben):
        theirs = text(page).locator("p", has_text="Nobody said this")
        await expect(theirs).to_have_class(re.compile("drawn"), timeout=SOON_MS)
    await expect(text(ana).locator("p.drawn", has_text="Written meanwhile")).to_have_count(0)
    await text(ben).focus()
    await ben.keyboard.press("Control+z")
    await expect(text(ana).locator("p.drawn", has_text="Nobody said this")).to_have_count(0, timeout=SOON_MS)


async def what_is_left_out(ana: Page, ben: Page) -> None:
    """What no paragraph is drawn from is put where it belongs; a paragraph without a source is found."""
    await ana.get_by_role("button", name="Sources").click()
    for group in ("Without a source: 2 paragraphs", "Wanted, and not in the paper: 1"):
        await sheet(ana).get_by_text(group).click()
    await shot(ana, "phone-sources")
    await accessible(ana, "phone, sources")
    await sheet(ana).get_by_role("button", name=re.compile("^Put “")).click()
    await expect(sheet(ana)).to_contain_text("All that got dots is in the paper.")
    put = text(ben).locator(".live", has_text="(15)")
    await expect(put).to_have_count(1, timeout=SOON_MS)
    assert await put.evaluate(HEAD) == "Potential benefits"
    await sheet(ana).get_by_role("button", name="Written meanwhile").click()
    await expect(sheet(ana).get_by_role("region", name="This paragraph draws on")).to_contain_text("Written meanwhile")
    await shot(ana, "phone-sources-chosen")
    await closed(ana)


async def as_it_will_be_read(ana: Page, ben: Page) -> None:
    """On a phone and a laptop; it follows the others, and keys change nothing."""
    for page, name in ((ana, "phone"), (ben, "laptop")):
        await page.get_by_role("button", name="As it will be read").click()
        await expect(text(page)).to_have_attribute("aria-readonly", "true")
        await expect(page.get_by_role("toolbar")).to_have_count(0)
        await expect(page.get_by_text("2 minutes to read")).to_be_visible()
        signs = "() => [...document.querySelectorAll('.drawn')].map((p) => getComputedStyle(p, '::after').display)"
        assert set(await page.evaluate(signs)) == {"none"}
        await shot(page, f"{name}-reading")
        await accessible(page, f"{name}, the paper as it will be read")
    before = await said(ben)
    await text(ben).press("x")
    assert await said(ben) == before
    await ana.get_by_role("button", name="Back to writing").click()
    await expect(text(ana)).to_have_attribute("aria-readonly", "false")
    await at_the_end(ana)
    await ana.keyboard.type("Said last")
    await expect(text(ben)).to_contain_text("Said last", timeout=SOON_MS)
    await expect(text(ben).locator(".caret")).to_have_count(1, timeout=SOON_MS)
    await expect(text(ben).locator(".caret")).to_be_hidden()
    await ben.get_by_role("button", name="Back to writing").click()
    await expect(ben.get_by_role("toolbar", name="Tools for the text")).to_be_visible()


async def where_it_went(here: Stage, boss: Page) -> None:
    """From the note's own menu, and on to the paper."""
    async with await leading(here.place, here.made) as other:
        await other.do(StepGo(step=WRITING, current=PAPER))
    await boss.get_by_role("button", name="Ensuring quality", exact=True).click(timeout=SOON_MS)
    note = boss.locator("article.note", has_text="(0)").first
    await note.click()
    await note.get_by_role("button", name="More", exact=True).click()
    await note.get_by_role("button", name="Where it went").click()
    went = sheet(boss)
    await expect(went.get_by_role("heading", name="In the paper")).to_be_visible(timeout=SOON_MS)
    await expect(went.get_by_role("listitem").filter(has_text="Share the rubrics")).to_have_count(1)
    await expect(went.get_by_role("listitem").filter(has_text="(0)")).to_have_count(1)
    await shot(boss, "console-where")
    await accessible(boss, "console, where a note went")
    await went.get_by_role("button", name="Open the paper").click()
    await expect(text(boss)).to_contain_text("Share the rubrics", timeout=SOON_MS)
    # From there a source is shown on the board itself, since this step has it.
    line = text(boss).locator("li p.drawn", has_text="(0)").first
    await line.scroll_into_view_if_needed()
    box = await line.bounding_box()
    assert box
    await line.click(position={"x": box["width"] + 12, "y": 12}, force=True)
    await sheet(boss).get_by_role("button", name=re.compile("on its board$")).first.click()
    await expect(boss.locator("article.note", has_text="(0)").first).to_be_focused(timeout=SOON_MS)
