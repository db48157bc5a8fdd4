"""Live quotes in the paper, in the browser: they follow the board, are frozen, and follow again."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Error, Locator, Page, expect

from client.participant import Participant, fetch
from protocol.commands import ActivityAdd, ActivityEdit, NoteBin, NoteEdit, NoteRestore, StackMake, StackName

from .full import texts
from .paper import text
from .stage import Stage, leading, shot, stage
from .test_crowded import accessible
from .test_paper import SOON_MS, at_the_end, at_the_paper, writers

if TYPE_CHECKING:
    from pathlib import Path

GONE = "What is quoted here is not on its board now."


def quote(page: Page, words: str) -> Locator:
    """One that says these words."""
    return text(page).locator(".live", has_text=words)


def sheet(page: Page) -> Locator:
    """What is in front of all else."""
    return page.get_by_role("dialog")


async def test_quotes_follow_the_board_until_they_are_frozen(tmp_path: Path) -> None:
    """[QUOTE1] [QUOTE2] [QUOTE3] [QUOTE4] [QUOTE5] [QUOTE6] [PAPER13] [ALL1] On a phone and a laptop."""
    async with stage(tmp_path, at_the_paper) as here, await leading(here.place, here.made) as other:
        _, ana, ben = await writers(here, "Ana", "Ben")
        for page in (ana, ben):
            await expect(quote(page, "(0) (1 dot)")).to_have_count(1, timeout=SOON_MS)
        await follows(other, ana, ben)
        await by_keys(other, ben)
        await on_its_board(ben)
        await by_touch(other, ana, ben)
        await put_in(other, ana, ben)
        await the_plan(other, ana, ben)
        await only_suggested(ben)
        await as_it_is_read(here, other.token, ben)


async def follows(other: Participant, ana: Page, ben: Page) -> None:
    """What the note says now; what is in the bin is said by nobody, and speaks again."""
    await other.do(NoteEdit(id="note-0", rev=1, base=f"{texts(1)[0]} (0)", text="Share what works"))
    for page in (ana, ben):
        await expect(quote(page, "Share what works (1 dot)")).to_have_count(1, timeout=SOON_MS)
    await other.do(NoteBin(id="note-3"))
    for page in (ana, ben):
        await expect(quote(page, GONE)).to_have_count(1, timeout=SOON_MS)
    await shot(ben, "laptop-quotes")
    await shot(ana, "phone-quotes")
    await other.do(NoteRestore(id="note-3"))
    for page in (ana, ben):
        await expect(quote(page, "(3) (1 dot)")).to_have_count(1, timeout=SOON_MS)


async def down_from(page: Page, heading: str) -> None:
    """From the end of a heading to what is beneath it."""
    await text(page).get_by_role("heading", name=heading).click()
    await page.keyboard.press("End")
    # Where the caret is, the editor is told a moment later.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await page.keyboard.press("ArrowDown")


async def by_keys(other: Participant, ben: Page) -> None:
    """It is chosen by arrows, told, and frozen by typing; undone; frozen by its button, and made to follow again."""
    await down_from(ben, "Potential benefits")
    chosen = text(ben).locator(".live:has(.chosen)")
    await expect(chosen).to_have_count(1)
    await expect(chosen.get_by_role("button", name="Freeze")).to_be_visible()
    await expect(ben.get_by_text(re.compile("^Quote: .*Type to change its words"))).to_be_attached()
    words = await chosen.locator("p").first.inner_text()
    await shot(ben, "laptop-quote-chosen")
    await accessible(ben, "laptop, a quote that is chosen")
    await ben.keyboard.type(" as all agreed")
    mine = text(ben).locator("p.drawn", has_text="as all agreed")
    await expect(mine).to_have_text(f"{words} as all agreed")
    # Who types slowly takes it back in parts.
    while not await quote(ben, words).count():
        await ben.get_by_role("button", name="Undo what I wrote").click()
    await expect(mine).to_have_count(0)
    await down_from(ben, "Potential benefits")
    await expect(chosen).to_have_count(1)
    await ben.keyboard.press("Tab")
    await expect(chosen.get_by_role("button", name="Freeze")).to_be_focused()
    await ben.keyboard.press("Enter")
    frozen = text(ben).locator("p.drawn", has_text=words)
    await expect(frozen).to_have_count(1)
    await expect(quote(ben, words)).to_have_count(0)
    await expect(text(ben)).to_be_focused()
    await ben.get_by_role("button", name="What this paragraph draws on").click()
    await shot(ben, "laptop-quote-frozen")
    await sheet(ben).get_by_role("button", name=re.compile("follow “.*” again$")).click()
    await expect(sheet(ben)).to_have_count(0)
    await expect(quote(ben, words)).to_have_count(1)
    await expect(frozen).to_have_count(0)


async def on_its_board(ben: Page) -> None:
    """By its sign, to the note among the others."""
    await quote(ben, "(3)").get_by_role("button", name=re.compile("^What can be done")).click()
    await quote(ben, "(3)").get_by_role("button", name="On its board").click()
    await expect(sheet(ben).locator("[aria-current]")).to_contain_text("(3)")
    await ben.keyboard.press("Escape")
    await expect(sheet(ben)).to_have_count(0)


async def done_by_tap(page: Page, words: str, act: str) -> None:
    """A quote is chosen, and its button tapped.

    When a window is given the focus and nothing that can be written in is selected, Chromium puts the caret to the
    beginning of the text. The editor undoes that where the page hears that it has the focus; here windows take it from
    one another at a tap, and no page hears of it. So it is chosen again, until it is done.
    """
    one = quote(page, words)
    button = one.get_by_role("button", name=act)
    for _ in range(5):
        if not await button.count():
            await one.locator("p").first.tap()
        with suppress(Error):
            await button.tap(timeout=5_000)
        with suppress(AssertionError):
            await expect(one).to_have_count(0, timeout=5_000)
            return
    await expect(one).to_have_count(0)


async def by_touch(other: Participant, ana: Page, ben: Page) -> None:
    """Frozen with a tap; the board changes it no more. Taken out with another."""
    await quote(ana, "(6)").locator("p").first.tap()
    await expect(quote(ana, "(6)").get_by_role("button", name="Freeze")).to_be_visible()
    await shot(ana, "phone-quote-chosen")
    await accessible(ana, "phone, a quote that is chosen")
    await done_by_tap(ana, "(6)", "Freeze")
    for page in (ana, ben):
        await expect(text(page).locator("p.drawn", has_text="(6)")).to_have_count(1, timeout=SOON_MS)
    await other.do(NoteEdit(id="note-6", rev=1, base=f"{texts(7)[6]} (6)", text="Another wording"))
    await done_by_tap(ana, "(9)", "Take out")
    for page in (ana, ben):
        await expect(quote(page, "(9)")).to_have_count(0, timeout=SOON_MS)
        await expect(text(page).locator("p.drawn", has_text="(6)")).to_have_count(1)


async def put_in(other: Participant, ana: Page, ben: Page) -> None:
    """A stack is looked for and quoted: its name and notes follow."""
    await other.do(StackMake(id="pile", notes=("note-15", "note-18"), title="Both of these"))
    await at_the_end(ben)
    await ben.get_by_role("button", name="Quote from the boards").click()
    await sheet(ben).get_by_role("searchbox").fill("both these")
    await expect(sheet(ben).get_by_role("listitem")).to_have_count(1, timeout=SOON_MS)
    await shot(ben, "laptop-quote-find")
    await accessible(ben, "laptop, quote from the boards")
    await sheet(ben).get_by_role("button", name="Quote “Both of these” here").click()
    await other.do(StackName(id="pile", title="A better name"))
    for page in (ana, ben):
        await expect(quote(page, "A better name").get_by_role("listitem")).to_have_count(2, timeout=SOON_MS)
    await at_the_end(ana)
    await ana.get_by_role("combobox", name="Insert").select_option("quote")
    await expect(sheet(ana).get_by_role("searchbox")).to_be_visible()
    await shot(ana, "phone-quote-find")
    await accessible(ana, "phone, quote from the boards")
    await sheet(ana).get_by_role("searchbox").fill("(21)")
    await sheet(ana).get_by_role("button", name=re.compile("^Quote “")).click()
    await expect(quote(ben, "(21)")).to_have_count(1, timeout=SOON_MS)


async def the_plan(other: Participant, ana: Page, ben: Page) -> None:
    """[PAPER22] The table that the paper began with is brought up to date, on a laptop and a phone, and undone."""
    table = [text(page).locator("table", has_text="Activity") for page in (ana, ben)]
    heads = await table[1].get_by_role("columnheader").all_inner_texts()
    for page, title in ((ben, "Share what works"), (ana, "Share what works in five districts")):
        if page is ben:
            await other.do(ActivityAdd(id="late", rank="a9", title=title, owner="Grace", start=3, length=2))
        else:
            await other.do(ActivityEdit(id="late", rev=1, title=title))
        await at_the_end(page)
        if page is ben:
            await ben.get_by_role("button", name="Quote from the boards").click()
        else:
            await ana.get_by_role("combobox", name="Insert").select_option("quote")
        now = sheet(page).get_by_role("button", name="Bring it up to date")
        await expect(now).to_be_visible()
        await shot(page, f"{'laptop' if page is ben else 'phone'}-quote-plan")
        await now.click()
        for one in table:
            await expect(one).to_have_count(1, timeout=SOON_MS)
            await expect(one.get_by_role("columnheader")).to_have_text(heads)
            await expect(one.get_by_role("cell", name=title, exact=True)).to_be_visible(timeout=SOON_MS)
    await ana.keyboard.press("Control+z")
    await expect(table[1].get_by_role("cell", name="Share what works", exact=True)).to_be_visible(timeout=SOON_MS)


async def only_suggested(ben: Page) -> None:
    """Whoever suggests leaves a quote as it is, and comes to its board."""
    await ben.get_by_role("button", name="Suggest", exact=True).click()
    one = quote(ben, "(12)")
    await one.locator("p").first.click()
    await expect(one.get_by_role("button", name="On its board")).to_be_visible()
    await expect(one.get_by_role("button", name="Freeze")).to_have_count(0)
    await ben.keyboard.type("not so")
    await ben.keyboard.press("Delete")
    await expect(one).to_have_count(1)
    await expect(text(ben)).not_to_contain_text("not so")
    await ben.get_by_role("button", name="Suggesting").click()


async def as_it_is_read(here: Stage, token: str, ben: Page) -> None:
    """Without signs; and what goes out says the same."""
    await expect(ben.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
    await ben.get_by_role("button", name="As it will be read").click()
    await expect(text(ben)).to_have_attribute("aria-readonly", "true")
    await expect(text(ben).locator(".live button")).to_have_count(0)
    await shot(ben, "laptop-quotes-read")
    await accessible(ben, "laptop, quotes as they will be read")
    page = (await fetch(f"{here.place.url}/api/workshops/{here.made['id']}/export/html", token=token)).decode()
    paper = page.partition("Annex: the notes")[0]
    for words in ("Share what works (1 dot)", "A better name", "(21)"):
        assert words in paper
    assert "Another wording" not in paper
