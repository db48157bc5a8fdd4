"""What one would have to guess is told: a note's tools on a phone, whose a note was, other groups, a step's rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import NoteAdd, NoteBin, PersonMove, StepEdit, StepShow, VoteCast

from .hands import at
from .stage import LAPTOP, PHONE, Stage, shot
from .test_crowded import accessible
from .test_everyone import BOARD, TITLE, VOTE, WIDE, WRITING, chosen, go

if TYPE_CHECKING:
    from pathlib import Path

OTHER = "Accountability for performance-based systems"
CUT = """all => all.map((one) => one.querySelector('span')).filter((word) => {
    const [inner, outer] = [word.getBoundingClientRect(), word.parentElement.getBoundingClientRect()];
    return !inner.width || inner.left < outer.left - 0.5 || inner.right > outer.right + 0.5
        || inner.bottom > outer.bottom + 0.5 || word.scrollWidth > word.clientWidth + 1;
}).map((word) => word.textContent)"""
"""Words that are not whole within their button."""
TOOLS = {"en": ["Edit", "Move to…", "Tags", "Colour", "More", "Files", "Select", "Bin"]}


def noted(id_: str, text: str) -> NoteAdd:
    return NoteAdd(id=id_, board=BOARD, section="section-0", rank="a0", text=text)


async def worded(page: Page, width: int, tongue: str) -> None:
    """The tools of a note in the hand, at this width."""
    await page.set_viewport_size({"width": width, "height": 740})
    await page.get_by_role("heading", name=TITLE).first.tap()
    await at(page, "mine").tap(position={"x": 12, "y": 12})
    buttons = at(page, "mine").get_by_role("toolbar").get_by_role("button")
    await expect(buttons).to_have_count(8)
    if tongue in TOOLS:
        assert [text.strip() for text in await buttons.all_inner_texts()] == TOOLS[tongue]
    assert await buttons.evaluate_all(CUT) == []
    sizes = await buttons.evaluate_all("all => all.map((one) => [one.offsetWidth, one.offsetHeight])")
    assert all(across >= 44 and high >= 44 for across, high in sizes)
    assert len({across for across, _ in sizes}) == 1
    assert await page.evaluate(WIDE)
    await shot(page, f"told-tools-{tongue}-{width}")
    await accessible(page, f"tools {tongue} {width}")


async def test_a_notes_tools_have_words(tmp_path: Path) -> None:
    """[ALL10] [ALL3] On a phone of 390 and of 320 px, in both languages."""
    async with chosen(tmp_path) as (here, boss):
        await go(boss, WRITING)
        await boss.do(noted("mine", "The tools of a note in the hand"))
        for tongue, join_ in (("en", "Join"), ("es", "Unirse a")):
            page = await here.page(f"{here.place.url}/j/{here.made['code']}", locale=tongue, **PHONE)
            await page.locator("#name").fill("Ana")
            await page.locator("#name").press("Enter")
            await page.get_by_role("button", name=f"{join_} {TITLE}").tap()
            for width in (390, 320):
                await worded(page, width, tongue)


async def binned(page: Page, hint: str, wanted: dict[str, str]) -> None:
    """The bin has these, from the top, and says whose each was."""
    await page.get_by_role("button", name=re.compile("^Bin, ")).click()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_text(hint)).to_be_visible()
    await expect(sheet.locator(".binned")).to_have_count(len(wanted))
    for row, (text, where) in zip(await sheet.locator(".binned").all(), wanted.items(), strict=True):
        await expect(row).to_contain_text(text)
        await expect(row.locator(".from")).to_have_text(re.compile(rf"^\s*{where}\s*$"))


async def test_whose_it_was(tmp_path: Path) -> None:
    """[ALL10] [NOTE8] Two people's deleted notes and a hidden author's; the other group is called that."""
    async with chosen(tmp_path) as (here, boss):
        await go(boss, WRITING)
        page = await here.come("Ana", TITLE, **PHONE)
        joined = await join(here.place.url, code=here.made["code"], name="Ben")
        async with Participant(here.place.url, joined.token) as ben:
            await ben.do(PersonMove(person=str(ben.person), board=BOARD))
            await ben.do(noted("his", "Ben wrote this"))
            await boss.do(StepEdit(step=WRITING, anonymous=True))
            await ben.do(noted("hidden", "Somebody wrote this"))
            await ben.do(NoteBin(id="hidden"))
            await ben.do(NoteBin(id="his"))
            await boss.do(noted("mine", "Still on the board"))
            await page.get_by_label("New note in Potential benefits").fill("Ana wrote this")
            await page.get_by_label("New note in Potential benefits").press("Enter")
            own = page.get_by_role("article", name="Ana wrote this")
            await own.tap()
            await own.get_by_role("button", name="Put in the bin").tap()
            await binned(page, "These are yours. 2 more can be", {"Ana wrote this": "Potential benefits"})
            await shot(page, "told-bin")
            await accessible(page, "bin")
            await page.keyboard.press("Escape")
            console = await at_the_console(here)
            await console.get_by_role("button", name=TITLE).first.click()
            his = {"Ben wrote this": r"Potential benefits\s*Ben", "Somebody": "Potential benefits"}
            await binned(console, "What anybody put in the bin", {"Ana wrote this": "Potential benefits", **his})
            await shot(console, "told-bin-console")
            await at(page, "mine").tap()
            await at(page, "mine").get_by_role("button", name="Move to…").tap()
            await expect(at(page, "mine").get_by_role("button", name=f"To another group: {OTHER}")).to_be_visible()
            await shot(page, "told-move")
            await at(page, "mine").get_by_role("button", name="Select").tap()
            await page.get_by_role("button", name="Move to…").tap()
            heads = page.get_by_role("dialog").get_by_role("heading", level=3)
            await expect(heads).to_have_text([TITLE, re.compile(rf"{OTHER}\s*another group")], use_inner_text=True)
            await shot(page, "told-move-sheet")
            await accessible(page, "move sheet")


async def at_the_console(here: Stage) -> Page:
    page = await here.page(here.made["links"]["facilitator"].replace("localhost", "127.0.0.1"), **LAPTOP)
    await page.get_by_role("button", name="earlier steps").click()
    await expect(page.get_by_role("button", name=re.compile("^Edit.*Build on each other"))).to_be_visible()
    return page


async def several_aside(page: Page, boss: Participant) -> None:
    """Two notes are set aside as one, and both come back by one *Undo*."""
    for id_ in ("one", "two"):
        await at(page, id_).click(modifiers=["Control"], position={"x": 12, "y": 12})
    bar = page.get_by_role("toolbar", name="With the selected notes")
    inner, outer = await bar.get_by_role("button", name="Done").bounding_box(), await bar.bounding_box()
    assert inner
    assert outer
    assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    await shot(page, "told-several")
    await bar.get_by_role("button", name="Set aside").click()
    for id_ in ("one", "two"):
        await expect(at(page, id_)).to_have_count(0)
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await shot(page, "told-several-aside")
    await page.get_by_role("button", name="Undo", exact=True).first.click()
    for id_ in ("one", "two"):
        await expect(at(page, id_)).to_have_count(1)
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await boss.until(lambda: not any(getattr(note, "aside", True) for note in boss.all("note")))


async def test_a_steps_rules(tmp_path: Path) -> None:
    """[STEP6] [CAP1] [MOD1] [ASIDE1] [NOTE14] Told in the run sheet; no blind round is offered to be deleted."""
    async with chosen(tmp_path) as (here, boss):
        await boss.do(StepEdit(step=WRITING, most_notes=3, moderated=True))
        await boss.do(StepEdit(step=VOTE, blind=True))
        await go(boss, WRITING)
        await boss.do(noted("one", "One of several"))
        await boss.do(noted("two", "Two of several"))
        await go(boss, VOTE)
        await boss.do(VoteCast(round=VOTE, target="one", dots=1))
        await go(boss, "step-7")
        page = await at_the_console(here)
        row = page.get_by_role("listitem").filter(
            has=page.get_by_role("button", name=re.compile("^Edit.*Build on each other"))
        )
        await expect(row.locator(".about")).to_have_text("at most 3 each · you let it through")
        await page.get_by_role("button", name=re.compile("^Edit.*Vote")).click()
        await expect(page.get_by_role("button", name="Delete", exact=True)).to_be_disabled()
        await expect(page.get_by_text("There may be dots in it that nobody sees yet")).to_be_visible()
        await shot(page, "told-runsheet")
        await accessible(page, "run sheet")
        await boss.do(StepShow(step=VOTE))
        await go(boss, WRITING)
        # Before the step has come there, another button has that name.
        await expect(page.get_by_role("button", name="Overview", exact=True)).to_be_visible()
        await page.get_by_role("button", name=TITLE).first.click()
        await several_aside(page, boss)
