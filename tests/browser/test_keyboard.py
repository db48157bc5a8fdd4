"""All of it by keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from protocol.commands import IssueChoose, NoteMove
from protocol.records import Note

from .stage import LAPTOP
from .test_everyone import BOARD, TITLE, VOTE, WRITING, go, led, noted, said

if TYPE_CHECKING:
    from pathlib import Path

    from client.participant import Participant

ISSUE = "Who decides what counts"


async def tab_to(page: Page, selector: str) -> None:
    """By Tab alone, to the first such thing on the way."""
    for _ in range(40):
        if await page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


async def test_by_keyboard_alone(tmp_path: Path) -> None:
    """[ALL4] [ALL5] [VOTE2] From the name to the last dot; and what a screen reader is told of it."""
    async with led(tmp_path) as (here, boss):
        page = await here.page(f"{here.place.url}/j/{here.made['code']}", **LAPTOP)
        await typed_in(page)
        await the_issues_by_keys(page, boss)
        await boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await go(boss, WRITING)
        await expect(page.get_by_role("button", name=f"Join {TITLE}")).to_be_visible()
        await expect(said(page)).to_contain_text("Build on each other.")
        await tab_to(page, f"[aria-label='Join {TITLE}']")
        await page.keyboard.press("Enter")
        await the_notes_by_keys(page, boss)
        for n in (1, 4, 7):
            await boss.do(noted(n, f"From the front {n}"))
        await expect(said(page)).to_have_text("3 new notes in Risks")
        await several_by_keys(page)
        await the_sheets_by_keys(page)
        await go(boss, VOTE)
        await expect(said(page)).to_contain_text("Vote.")
        await the_dots_by_keys(page)
        await the_last_dot_by_keys(page)


async def typed_in(page: Page) -> None:
    """The name is where one types at once."""
    await expect(page.get_by_label("Your name")).to_be_focused()
    await page.keyboard.type("Ana")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/w/**")


async def the_issues_by_keys(page: Page, boss: Participant) -> None:
    """Proposed with a detail, changed, and liked."""
    await go(boss, "step-1")
    await expect(page.get_by_label("New issue", exact=True)).to_be_visible()
    await tab_to(page, "[aria-label='New issue']")
    await page.keyboard.type(ISSUE)
    await page.keyboard.press("Tab")
    await page.keyboard.type("Nobody was asked")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    own = page.get_by_role("article").filter(has_text=ISSUE)
    await expect(own).to_contain_text("Nobody was asked")
    await expect(said(page)).to_contain_text("Proposed: ")
    await expect(page.get_by_label("New issue", exact=True)).to_be_focused()
    await tab_to(page, f"[aria-label='Edit “{ISSUE}”']")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Title of the issue")).to_be_focused()
    await page.keyboard.press("End")
    await page.keyboard.type(" at school")
    await page.keyboard.press("Enter")
    await expect(own).to_contain_text(f"{ISSUE} at school")
    await expect(page.get_by_role("button", name=f"Edit “{ISSUE} at school”")).to_be_focused()
    await go(boss, "step-2")
    await expect(page.get_by_label("3 dots left")).to_be_visible()
    await tab_to(page, f"[data-walk][aria-label*='{ISSUE}']")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("2 dots left")).to_be_visible()
    await expect(page.locator(":focus")).to_have_accessible_name(re.compile("yours: 1$"))


async def the_notes_by_keys(page: Page, boss: Participant) -> None:
    """Two notes; one goes to another section, is binned, and comes back."""
    await expect(page.get_by_label("New note in Potential benefits")).to_be_focused()
    for text in ("The first", "The second"):
        await page.keyboard.type(text)
        await page.keyboard.press("Enter")
    await expect(said(page)).to_have_text("Added to Potential benefits.")
    await tab_to(page, "article")
    await page.keyboard.press("End")
    await expect(page.get_by_role("article").nth(1)).to_be_focused()
    await page.keyboard.press("e")
    await page.keyboard.type(" one")
    await page.keyboard.press("Enter")
    note = page.get_by_role("article", name=re.compile(" one$"))
    await expect(note).to_be_focused()
    for key in (" ", "ArrowRight", " "):
        await page.keyboard.press(key)
    await expect(page.get_by_label("Notes in Risks").get_by_role("article")).to_be_focused()
    await page.keyboard.press("Delete")
    await expect(note).to_have_count(0)
    await page.keyboard.press("Control+z")
    await expect(note).to_have_count(1)
    await expect(said(page)).to_contain_text("Undone.")
    await boss.until(lambda: bool(edited(boss)))
    [moved] = edited(boss)
    await boss.do(NoteMove(id=moved.id, board=BOARD, section="section-2", rank="a0"))
    await expect(page.get_by_label("Notes in Efforts to draw on").get_by_role("article")).to_have_count(1)
    await page.keyboard.press("Control+z")
    await expect(said(page)).to_have_text("Left as it is: somebody moved it since.")


def edited(boss: Participant) -> list[Note]:
    """The note that came back out of the bin, once whoever leads has heard of it."""
    return [one for one in boss.all("note") if isinstance(one, Note) and one.text.endswith(" one")]


async def several_by_keys(page: Page) -> None:
    """Two are chosen; what can be done with them is a few tabs away."""
    await tab_to(page, "[data-section='section-1'] article")
    for key in ("x", "ArrowDown", "x"):
        await page.keyboard.press(key)
    await expect(said(page)).to_contain_text("2 selected")
    await tab_to(page, "[aria-label='With the selected notes'] button:nth-last-child(2)")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Notes in Risks").get_by_role("article")).to_have_count(1)
    await page.keyboard.press("Control+z")
    await expect(page.get_by_label("Notes in Risks").get_by_role("article")).to_have_count(3)


async def the_sheets_by_keys(page: Page) -> None:
    """The focus is back where it was."""
    people = page.get_by_role("button", name="people here")
    await tab_to(page, "[aria-haspopup=dialog][aria-label*='people here']")
    await page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="You and the room")
    await expect(sheet.get_by_role("heading", name="You and the room")).to_be_focused()
    await expect(sheet.get_by_role("heading", name="2 people here")).to_be_in_viewport(ratio=1)
    sound = sheet.get_by_role("switch", name="Sound when time is up")
    before = await sound.get_attribute("aria-checked")
    await sound.press(" ")
    await expect(sound).to_have_attribute("aria-checked", "false" if before == "true" else "true")
    await page.keyboard.press("Escape")
    await expect(people).to_be_focused()
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(people).to_be_focused()


async def the_dots_by_keys(page: Page) -> None:
    """Placed and taken back; arrows walk over them."""
    await tab_to(page, "[data-walk]")
    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_label("Notes in Risks").locator("[data-walk]:focus")).to_have_count(1)
    await page.keyboard.press("Home")
    await expect(page.get_by_label("Notes in Risks").locator("[data-walk]").first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_label("Notes in Risks").locator("[data-walk]").nth(1)).to_be_focused()
    for _ in range(3):
        await page.keyboard.press("Enter")
    await expect(said(page)).to_have_text(re.compile(r"At most 2 on each\.$"))
    await page.keyboard.press("Backspace")
    await expect(page.get_by_label("4 dots left")).to_be_visible()
    await expect(said(page)).to_have_text(re.compile("4 dots left$"))
    await page.keyboard.press("Tab")
    await expect(page.get_by_label("Notes in Risks").locator(":focus")).to_have_count(0)
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_label("Notes in Risks").locator("[data-walk]").nth(1)).to_be_focused()
    await page.keyboard.press("Control+z")
    await expect(page.get_by_label("3 dots left")).to_be_visible()
    await page.keyboard.press("Control+Shift+z")
    await expect(page.get_by_label("4 dots left")).to_be_visible()


async def the_last_dot_by_keys(page: Page) -> None:
    """All five are placed; one press more is refused, and changes nothing."""
    places = page.get_by_label("Notes in Risks").locator("[data-walk]")
    for key in ("Enter", "ArrowDown", "Enter", "Enter", "Home", "Enter"):
        await page.keyboard.press(key)
    await expect(places.first).to_be_focused()
    await expect(page.get_by_label("0 dots left")).to_be_visible()
    for n, mine in enumerate((1, 2, 2)):
        await expect(places.nth(n)).to_have_accessible_name(re.compile(f"yours: {mine}$"))
        await expect(places.nth(n)).to_have_attribute("aria-disabled", "true")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Backspace")
    await expect(page.get_by_label("1 dot left")).to_be_visible()
    await expect(places.first).to_have_accessible_name(re.compile("From the front [147]$"))
