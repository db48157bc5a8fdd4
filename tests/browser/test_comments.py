"""The sheet of comments: what is said there is seen, and what becomes of it when the board or the note goes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import CommentAdd, IssueChoose, NoteAdd, NoteBin, NoteRestore, StepGo
from protocol.records import Workshop
from server.workshop.ranks import rank

from .full import BOARD, SECTIONS
from .hands import at
from .stage import STILL, browser, house, shot
from .test_crowded import accessible
from .test_journeys import WRITING, two

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Locator

    from .stage import House

NOTE = "talked-of"
NAMES = ("phone", "laptop")
BEFORE = 14
"""Comments that were there: more than a sheet has room for."""
PLENARY = "step-8"
LONG = "Somebody wants to say at length what they mean, with an example from their own school. " * 4
ABOVE_THE_PEN = """(said) => {
    const sheet = said.closest('dialog');
    const [here, box, pen] = [said, sheet, sheet.querySelector('.composer')].map((one) => one.getBoundingClientRect());
    return here.top >= box.top && here.bottom <= pen.top;
}"""
"""All of what was said is between the upper edge of the sheet and the place where one writes."""
SCROLLED = "sheet => sheet.scrollTop"


class Table:
    """Whoever leads, and Ben, who wrote a note that is talked about."""

    def __init__(self, boss: Participant, ben: Participant, made: dict[str, Any]) -> None:
        self.boss = boss
        self.ben = ben
        self.code: str = made["code"]
        self.said = 0

    async def say(self) -> str:
        """Ben says one thing more."""
        text = f"What Ben said, number {self.said}"
        await self.ben.do(CommentAdd(id=f"said-{self.said}", note=NOTE, rank=rank(self.said), text=text))
        self.said += 1
        return text

    async def go(self, step: str) -> None:
        """All go to a step."""
        [workshop] = self.boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await self.boss.do(StepGo(step=step, current=workshop.step))


@contextlib.asynccontextmanager
async def talked_of(place: House) -> AsyncIterator[Table]:
    """A note of Ben's with many comments, where people write."""
    made = place.post("/api/workshops", {"title": "Talk", "template": "tough-issues"})
    boss = await join(place.url, key=made["links"]["facilitator"].partition("#k=")[2], name="Facilitator")
    ben = await join(place.url, code=made["code"], name="Ben")
    async with Participant(place.url, boss.token) as leads, Participant(place.url, ben.token) as writes:
        table = Table(leads, writes, made)
        await leads.do(IssueChoose(ids=("issue-0", BOARD)))
        await table.go(WRITING)
        await writes.do(NoteAdd(id=NOTE, board=BOARD, section=SECTIONS[0], rank=rank(0), text="Talk about this"))
        for _ in range(BEFORE):
            await table.say()
        yield table


async def open_comments(page: Page) -> Locator:
    """The sheet of the note, by keys."""
    await at(page, NOTE).focus()
    await page.keyboard.press("c")
    sheet = page.get_by_role("dialog", name="Comments")
    await expect(sheet).to_be_visible()
    return sheet


async def seen(page: Page, text: str) -> None:
    """This comment is there, and nothing covers it."""
    said = page.get_by_role("dialog").get_by_role("listitem").filter(has_text=text)
    await expect(said).to_have_count(1)
    await page.wait_for_function(ABOVE_THE_PEN, arg=await said.element_handle())


async def say(page: Page, text: str) -> None:
    """Say something to the note."""
    await page.get_by_label("New comment").fill(text)
    await page.get_by_label("New comment").press("Enter")


async def test_what_is_said_is_seen(tmp_path: Path) -> None:
    """[COMMENT4] Whoever is at the end sees what comes, and one's own; whoever reads further up stays there."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with talked_of(place) as table, browser() as running:
            pages = await two(running, place, table.code, faults)
            for page, other, name in ((*pages, "phone"), (*pages[::-1], "laptop")):
                sheet = await open_comments(page)
                await seen(page, f"number {table.said - 1}")
                await seen(page, await table.say())
                await say(page, f"Said on the {name}")
                await seen(page, f"Said on the {name}")
                await shot(page, f"comments-{name}-own")
                await while_one_writes(page, table)
                await who_reads_above(page, sheet, table)
                await say(page, f"Said further up on the {name}")
                await seen(page, f"Said further up on the {name}")
                await page.keyboard.press("Escape")
                await expect(other.get_by_role("dialog")).to_have_count(0)
    assert faults == []


async def while_one_writes(page: Page, table: Table) -> None:
    """The place where one writes grows with the words, and covers nothing that was said."""
    await page.get_by_label("New comment").fill(LONG)
    await seen(page, await table.say())
    await shot(page, f"comments-long-{page.viewport_size['width'] if page.viewport_size else ''}")
    await page.get_by_label("New comment").fill("")
    await seen(page, await table.say())


async def who_reads_above(page: Page, sheet: Locator, table: Table) -> None:
    """What others say leaves them where they are."""
    await sheet.evaluate("sheet => sheet.scrollTo(0, 0)")
    await page.evaluate(STILL)
    text = await table.say()
    await expect(sheet.get_by_text(text)).to_have_count(1)
    await page.evaluate(STILL)
    assert await sheet.evaluate(SCROLLED) == 0


async def test_one_place_to_write_at_a_time(tmp_path: Path) -> None:
    """Whoever changes a comment sees how to keep that or leave it, and no second place to write in."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with talked_of(place) as table, browser() as running:
            for page, name in zip(await two(running, place, table.code, faults), NAMES, strict=True):
                await open_comments(page)
                await say(page, f"As it was on the {name}")
                await seen(page, f"As it was on the {name}")
                edits = page.get_by_role("button", name="Edit comment").last
                words = page.get_by_label("Edit comment", exact=True)
                await edits.press("Enter")
                await expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
                await expect(page.get_by_label("New comment")).to_be_hidden()
                await shot(page, f"comments-editing-{name}")
                await words.fill("Not this")
                await words.press("Tab")
                await page.keyboard.press("Tab")
                await page.keyboard.press("Enter")
                await seen(page, f"As it was on the {name}")
                await edits.press("Enter")
                await words.fill(f"As it is on the {name}")
                await page.get_by_role("button", name="Save", exact=True).click()
                await seen(page, f"As it is on the {name}")
                await expect(page.get_by_label("New comment")).to_be_visible()
    assert faults == []


async def test_a_sheet_does_not_open_by_itself(tmp_path: Path) -> None:
    """[COMMENT5] Closed with its board, it stays so when the board is back."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with talked_of(place) as table, browser() as running:
            pages = await two(running, place, table.code, faults)
            for page in pages:
                await open_comments(page)
            await table.go(PLENARY)
            for page in pages:
                await expect(page.get_by_role("dialog")).to_have_count(0)
            await table.go(WRITING)
            for page in pages:
                await expect(at(page, NOTE)).to_be_visible()
                await page.evaluate(STILL)
                await expect(page.get_by_role("dialog")).to_have_count(0)
    assert faults == []


async def test_the_note_is_binned_under_the_sheet(tmp_path: Path) -> None:
    """[COMMENT6] [ALL1] The sheet says so, keeps what was typed, and goes on when the note is back."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with talked_of(place) as table, browser() as running:
            pages = await two(running, place, table.code, faults)
            for page, name in zip(pages, NAMES, strict=True):
                sheet = await open_comments(page)
                await sheet.get_by_label("New comment").fill(f"Not sent on the {name}")
            await table.ben.do(NoteBin(id=NOTE))
            for page, name in zip(pages, NAMES, strict=True):
                await gone(page, name)
            await table.ben.do(NoteRestore(id=NOTE))
            for page, name in zip(pages, NAMES, strict=True):
                await back(page, f"Not sent on the {name}")
            await table.ben.do(NoteBin(id=NOTE))
            for page in pages:
                await nothing_typed(page)
    assert faults == []


async def gone(page: Page, name: str) -> None:
    """Nothing can be sent; what was typed is there to be copied."""
    sheet, pen = page.get_by_role("dialog"), page.get_by_label("New comment")
    await expect(sheet.get_by_text("This note was put in the bin.")).to_be_visible()
    await expect(sheet.get_by_text("Nobody has said anything yet.")).to_have_count(0)
    await expect(sheet.get_by_role("button", name="Send comment")).to_have_count(0)
    await expect(pen).to_have_value(f"Not sent on the {name}")
    await expect(pen).to_have_attribute("readonly", "")
    await pen.press("Enter")
    await expect(pen).to_have_value(f"Not sent on the {name}")
    await shot(page, f"comments-{name}-binned")
    await accessible(page, f"comments of a binned note, {name}")


async def back(page: Page, typed: str) -> None:
    """As before: what was typed is sent."""
    sheet, pen = page.get_by_role("dialog"), page.get_by_label("New comment")
    await expect(sheet.get_by_text("This note was put in the bin.")).to_have_count(0)
    await expect(sheet.get_by_text("What Ben said, number 0")).to_have_count(1)
    await pen.press("Enter")
    await expect(pen).to_have_value("")
    await seen(page, typed)


async def nothing_typed(page: Page) -> None:
    """There is no place to write then; the sheet closes, and does not open again."""
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_text("This note was put in the bin.")).to_be_visible()
    await expect(page.get_by_label("New comment")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
