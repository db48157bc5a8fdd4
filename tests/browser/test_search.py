"""Finding a note among many, what came meanwhile, and a link to one note: by keys on a laptop, by finger on a phone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import NoteAdd, NoteTag, StepEdit
from server.workshop.ranks import rank

from .full import BOARD, NAMES, SECTIONS, TITLE, WRITING, opened
from .stage import LAPTOP, PHONE, House, browser, enter, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Locator

COUNT = 90
OTHER = "Accountability for performance-based systems"
FRUIT = ("One apple", "One pear", "Two apples", "Two pears", "Three apples")
NEW = "Came while Ana was away"
LEGIBLE = 12
"""What is read is higher, CSS pixels."""


def row(page: Page, number: int) -> Locator:
    """The row of a filled-in note."""
    return page.locator(f'[data-row="note-{number}"]')


async def someone(running: Browser, address: str, size: dict[str, Any], faults: list[str]) -> Page:
    """A page of a new device."""
    page = await page_of(await running.new_context(**size), faults)
    await page.goto(address)
    return page


async def test_one_among_many(tmp_path: Path) -> None:
    """[FIND1] [FIND2] [FIND3] [LINK1] [ALL5] By word, tag, author, newness; handed on as a link to who is in or not."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await opened(place, COUNT)
        door = f"{place.url}/j/{made['code']}"
        joined = await join(place.url, code=made["code"], name="Ben")
        async with Participant(place.url, joined.token) as ben, browser() as running:
            await ben.do(NoteTag(id="note-5", lenses=(ben.all("lens")[0].id,)))
            cho = await someone(running, door, LAPTOP, faults)
            await enter(cho, "Cho")
            await by_keys(cho)
            ana = await someone(running, door, PHONE, faults)
            await enter(ana, "Ana")
            await expect(row(ana, 0)).to_be_visible()
            ana = await away_and_back(ana, ben, faults)
            await by_finger(ana)
            link = await copied(cho)
            dev = await followed(running, place, link, faults)
            await whose_is_told(place, made, (cho, dev), ben)
    assert faults == []


async def test_only_what_is_found_is_chosen(tmp_path: Path) -> None:
    """[FIND4] Shift reaches over nothing that is put aside; what was chosen before waits for the end of the search."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await opened(place, 0)
        joined = await join(place.url, code=made["code"], name="Ben")
        async with Participant(place.url, joined.token) as ben, browser() as running:
            for n, text in enumerate(FRUIT):
                await ben.do(NoteAdd(id=f"note-{n}", board=BOARD, section=SECTIONS[0], rank=rank(n), text=text))
            page = await someone(running, f"{place.url}/j/{made['code']}", LAPTOP, faults)
            await enter(page, "Cho")
            await reached_across(page)
            await chosen_before(page)
    assert faults == []


async def reached_across(page: Page) -> None:
    """From the first that is shown to the last: the two between them that are not shown are left alone."""
    await looked_for(page, "apple", shown=3)
    await row(page, 0).get_by_role("article").click(modifiers=["Shift"])
    await row(page, 4).get_by_role("article").click(modifiers=["Shift"])
    await expect(chosen(page)).to_contain_text("3 selected")
    await chosen(page).get_by_role("button", name="Bin").click()
    await page.get_by_role("button", name="End the search").click()
    await expect(page.get_by_role("article")).to_have_count(2)
    for number in (1, 3):
        await expect(row(page, number)).to_be_visible()
    await page.get_by_role("button", name="Undo", exact=True).first.click()
    await expect(page.get_by_role("article")).to_have_count(5)


async def chosen_before(page: Page) -> None:
    """A pear, and then an apple while pears are put aside: the apple alone is counted, until the search ends."""
    await row(page, 1).get_by_role("article").click(modifiers=["Control"])
    await expect(chosen(page)).to_contain_text("1 selected")
    await looked_for(page, "apple", shown=3)
    await expect(chosen(page)).to_have_count(0)
    await row(page, 0).get_by_role("article").click(modifiers=["Control"])
    await expect(chosen(page)).to_contain_text("1 selected")
    await page.get_by_role("button", name="End the search").click()
    await expect(chosen(page)).to_contain_text("2 selected")


async def looked_for(page: Page, word: str, shown: int) -> None:
    """The search is open, and shows so many notes."""
    await page.get_by_role("button", name="Search the board").click()
    await page.get_by_label("Find notes by word").fill(word)
    await expect(page.get_by_role("article")).to_have_count(shown)


def chosen(page: Page) -> Locator:
    """The bar of what is chosen."""
    return page.get_by_role("toolbar", name="With the selected notes")


async def by_keys(page: Page) -> None:
    """A slash, words, tags and an author; Enter goes to the first that matches, Escape ends it."""
    await expect(row(page, 0)).to_be_visible()
    await page.get_by_role("article").first.focus()
    await page.keyboard.press("/")
    await expect(page.get_by_label("Find notes by word")).to_be_focused()
    await expect(page.get_by_role("search").get_by_role("status")).to_have_text("")
    await page.keyboard.type("(41)")
    await expect(page.get_by_role("search").get_by_role("status")).to_have_text(f"1 match in {COUNT}")
    await expect(page.get_by_role("article")).to_have_count(1)
    await shot(page, "search-laptop")
    await accessible(page, "search")
    await page.keyboard.press("Enter")
    await expect(row(page, 41).get_by_role("article")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("search")).to_have_count(0)
    await expect(row(page, 44)).to_be_visible()
    await expect(row(page, 41)).to_be_in_viewport()
    await expect(row(page, 41).get_by_role("article")).to_be_focused()
    await page.keyboard.press("/")
    await page.get_by_role("button", name="Mastery").click()
    await expect(page.get_by_text(f"1 match in {COUNT}")).to_be_visible()
    await expect(row(page, 5)).to_be_visible()
    await page.get_by_role("button", name="Mastery").click()
    await page.get_by_label("Written by").select_option("Amara")
    await expect(page.get_by_text(f"12 matches in {COUNT}")).to_be_visible()
    await page.get_by_label("Find notes by word").press("Escape")
    await expect(page.get_by_role("button", name="Search the board")).to_be_focused()


async def away_and_back(page: Page, ben: Participant, faults: list[str]) -> Page:
    """She closes the page; somebody writes; she comes back."""
    address, context = page.url, page.context
    await page.close()
    await ben.do(NoteAdd(id="news", board=BOARD, section=SECTIONS[1], rank="Zz", text=NEW))
    again = await page_of(context, faults)
    await again.goto(address)
    await expect(row(again, 0)).to_be_visible()
    return again


async def by_finger(page: Page) -> None:
    """What came since she looked, and nothing else; where it is says a word, and no dot."""
    new = page.get_by_role("button", name=re.compile("^Risks")).get_by_text("new", exact=True)
    assert await new.evaluate("one => one.offsetHeight") > LEGIBLE
    await page.get_by_role("button", name="Search the board").tap()
    await page.get_by_role("button", name="1 new since you looked").tap()
    await expect(page.get_by_text(f"1 match in {COUNT + 1}")).to_be_visible()
    await expect(page.locator("[data-rail]")).to_have_js_property("scrollLeft", PHONE["viewport"]["width"])
    await shot(page, "search-phone")
    await accessible(page, "search on a phone")
    await page.get_by_role("button", name=re.compile("^Risks.*1$")).tap()
    await expect(page.get_by_role("article", name=NEW)).to_be_in_viewport()
    await page.get_by_role("button", name="1 new since you looked").tap()
    await page.get_by_role("button", name=re.compile("^Potential benefits")).tap()
    await page.get_by_label("Find notes by word").fill("CÁME while")
    await expect(page.get_by_role("article", name=NEW)).to_be_in_viewport()
    await expect(page.locator("mark")).to_have_text(["Came", "while"])
    await expect(page.get_by_role("button", name=re.compile("^Potential benefits.*0$"))).to_be_visible()
    await shot(page, "search-phone-words")
    await accessible(page, "words that are marked, phone")
    await page.get_by_role("button", name="End the search").tap()
    await expect(page.locator("mark")).to_have_count(0)
    await expect(page.get_by_role("button", name=re.compile("^Risks.*31$"))).to_be_visible()


async def copied(page: Page) -> str:
    """The link of a note far down, as it lies in the clipboard."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("article").first.focus()
    await page.keyboard.press("End")
    note = row(page, COUNT - 3).get_by_role("article")
    await expect(note).to_be_focused()
    await note.click()
    await note.get_by_role("button", name="More", exact=True).click()
    await note.get_by_role("button", name="Copy a link to this note").click()
    await expect(page.get_by_text("The link is copied.").first).to_be_attached()
    return str(await page.evaluate("navigator.clipboard.readText()"))


async def followed(running: Browser, place: House, link: str, faults: list[str]) -> Page:
    """Opened by somebody who is not in yet, and is returned, and by somebody of the other group."""
    there = COUNT - 3
    dev = await someone(running, link, PHONE, faults)
    await enter(dev, "Dev", board="")
    await expect(row(dev, there)).to_be_in_viewport()
    await expect(dev.locator(".marked")).to_have_count(1)
    await shot(dev, "link-phone")
    await accessible(dev, "a note that is marked, phone")
    eva = await someone(running, link.partition("#")[0], LAPTOP, faults)
    await enter(eva, "Eva", board=OTHER)
    await expect(eva.get_by_role("heading", name=OTHER)).to_be_visible()
    await eva.evaluate("address => { location.href = address; }", link)
    await expect(row(eva, there).get_by_role("article")).to_be_focused()
    await expect(eva.get_by_text(f"You are looking at {TITLE}.")).to_be_visible()
    await shot(eva, "link-laptop")
    await accessible(eva, "a note on another board, laptop")
    await eva.get_by_role("button", name="Back to my board").click()
    await expect(eva.get_by_role("heading", name=OTHER)).to_be_visible()
    return dev


async def whose_is_told(place: House, made: dict[str, Any], pages: tuple[Page, Page], ben: Participant) -> None:
    """Where notes have no names, nobody who wrote one is offered for it, and no such note is found by its author."""
    joined = await join(place.url, key=made["links"]["facilitator"].partition("#k=")[2], name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await boss.do(StepEdit(step=WRITING, anonymous=True))
    await ben.do(NoteAdd(id="unnamed", board=BOARD, section=SECTIONS[1], rank="Zy", text="By somebody"))
    box = pages[1].get_by_label(re.compile("^New note in"))
    await box.fill("By somebody else")
    await box.press("Enter")
    for page in pages:
        await page.get_by_role("button", name="Search the board").click()
        await page.get_by_label("Find notes by word").fill("by somebody")
        count = page.get_by_role("search").get_by_role("status")
        await expect(count).to_have_text(f"2 matches in {COUNT + 3}")
        author = page.get_by_label("Written by")
        await expect(author.get_by_role("option")).to_have_text(["Anybody", *NAMES, "Ben"])
        await author.select_option(str(ben.person))
        await expect(count).to_have_text(f"0 matches in {COUNT + 3}")
        await page.get_by_label("Find notes by word").fill("")
        await expect(count).to_have_text(f"1 match in {COUNT + 3}")
