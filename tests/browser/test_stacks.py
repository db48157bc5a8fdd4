"""Stacks, and several notes at once: by finger on a phone, by mouse and by keyboard alone on a laptop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import NoteAdd, StepShow
from protocol.records import Person
from server.workshop.ranks import rank

from .full import BOARD, SECTIONS, opened
from .hands import by_key, finger, held_by_finger, held_by_mouse, spot, taken
from .stage import LAPTOP, PHONE, PROJECTOR, House, at_the_board, browser, house, page_of, shot
from .test_crowded import accessible
from .test_everyone import VOTE, WRITING, go, said

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

FRAME = """row => {
    const { content, borderTopStyle, opacity } = getComputedStyle(row, '::after');
    return content === 'none' ? null : [borderTopStyle, opacity];
}"""
LINE = "row => getComputedStyle(row, '::before').height"
NAME = "What learners gain"
SUMMED = "Dots here and on its notes add up."
LIFTED = "Note lifted. Arrow keys move it, Space puts it down, Escape puts it back."
SAID = ("Fewer repeat a year", "Credit for what is known", "One transcript", "Teachers plan together", "Small groups")


async def written(place: House) -> dict[str, Any]:
    """A board on which five notes are written, among the benefits."""
    made = await opened(place, 0)
    joined = await join(place.url, code=made["code"], name="Writer")
    async with Participant(place.url, joined.token) as writer:
        for n, text in enumerate(SAID):
            await writer.do(NoteAdd(id=f"n{n}", board=BOARD, section=SECTIONS[0], rank=rank(n), text=text))
    return made


def note(page: Page, number: int) -> Locator:
    return page.locator(f'[data-note="n{number}"]')


def stack(page: Page, count: int) -> Locator:
    return page.get_by_role("article", name=f"Stack of {count} notes")


def tab(page: Page, title: str) -> Locator:
    """The name of a section, on a phone."""
    return page.get_by_role("navigation", name="Sections").get_by_role("button", name=re.compile(f"^{title}"))


async def lies(page: Page, number: int, place: int) -> None:
    """A note has this place in its section."""
    await expect(page.locator(f'[data-row="n{number}"]')).to_have_attribute("aria-posinset", str(place))


BENEATH = """() => document.querySelector('.ghost').getBoundingClientRect().top
  - document.querySelector('.row.onto').getBoundingClientRect().top"""
"""So far above what is held does that begin which it is held over."""


async def between(page: Page) -> None:
    """Above the middle of a note there is a line in the gap, and no frame."""
    await expect(page.locator(".row.before")).to_have_count(1)
    await expect(page.locator(".row.onto")).to_have_count(0)
    assert await page.locator(".row.before").evaluate(LINE) == "4px"
    assert await page.locator(".row.before").evaluate(FRAME) is None


async def framed(page: Page) -> None:
    """[STACK9] Over the middle of a note it is framed, and there is no line."""
    await expect(page.locator(".row.onto")).to_have_count(1)
    await expect(page.locator(".row.before")).to_have_count(0)
    assert await page.locator(".row.onto").evaluate(FRAME) == ["dashed", "1"]
    await expect(page.locator(".ghost")).to_have_attribute("data-onto", "Stack here")
    # What lies beneath begins in sight.
    assert await page.evaluate(BENEATH) > 20


async def test_stacks_on_phone_and_laptop(tmp_path: Path) -> None:
    """[STACK1] [STACK2] [STACK3] [STACK5] [STACK6] [NOTE14] [VOTE2] [VOTE4] [VOTE9] [LINK1] [ALL5] Seen by all."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await written(place)
        async with browser() as running:
            ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
            cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
            await by_mouse(cho, ana)
            await by_finger(ana, cho)
            await several_by_touch(ana, cho)
            await by_touch(ana, cho)
            await by_link(cho, ana)
            await a_stack_elsewhere(cho, ana)
            await several_by_keys(cho, ana)
            await lifted_by_keys(cho, ana)
            await by_keyboard_alone(cho, ana)
            await inside_a_stack(cho, ana)
            await by_long_press(ana, cho)
            wall = await page_of(await running.new_context(**PROJECTOR), faults)
            await wall.goto(made["links"]["projector"])
            await in_a_round(place, made, (ana, cho), wall)
    assert faults == []


async def by_mouse(page: Page, other: Page) -> None:
    """Over a note's upper edge one puts another before it; over its middle they are stacked, and named at once."""
    await held_by_mouse(page, note(page, 1), note(page, 0), 0.15)
    await between(page)
    await page.mouse.up()
    await lies(other, 1, 1)
    await taken_back(page)
    await lies(other, 1, 2)
    await held_by_mouse(page, note(page, 1), note(page, 0), 0.15)
    await between(page)
    await page.mouse.move(*await spot(note(page, 0), 0.5))
    await framed(page)
    await shot(page, "stack-laptop-onto")
    await accessible(page, "a note over another, in a mouse's hand")
    await page.mouse.up()
    await expect(stack(page, 2)).to_be_visible()
    await page.mouse.move(0, 0)
    await shot(page, "stack-laptop-folded")
    await page.get_by_test_id("toast").get_by_role("button", name="Name it").click()
    await expect(page.get_by_label("Name this stack")).to_be_focused()
    await page.keyboard.type("What is counted")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Name this stack")).to_have_value("What is counted")
    for _ in ("the name", "the stack"):
        await taken_back(page)
    await expect(stack(page, 2)).to_have_count(0)
    await expect(note(page, 1)).to_be_visible()
    await note(page, 3).click(modifiers=["Control"])
    await page.get_by_role("button", name="Group with…").click()
    await page.get_by_role("dialog", name="Group with…").get_by_role("button", name=SAID[4]).click()
    await expect(stack(other, 2)).to_contain_text(SAID[3])
    await expect(note(other, 4)).to_have_count(0)
    await taken_back(page)
    await expect(stack(other, 2)).to_have_count(0)


async def taken_back(page: Page) -> None:
    """By the button at the head of the board."""
    await page.get_by_role("button", name="Undo", exact=True).first.click()


async def by_finger(page: Page, other: Page) -> None:
    """The same on a phone: the line, the frame, a stack; and a note that is dropped on the name of a section."""
    touch = await held_by_finger(page, note(page, 1), note(page, 0), 0.15)
    await between(page)
    await finger(touch, "touchMove", *await spot(note(page, 0), 0.5))
    await framed(page)
    await shot(page, "stack-phone-onto")
    await finger(touch, "touchEnd")
    await expect(stack(other, 2)).to_contain_text(SAID[0])
    await taken_back(page)
    await expect(stack(other, 2)).to_have_count(0)
    await expect(note(page, 1)).to_be_visible()
    touch = await held_by_finger(page, note(page, 1), tab(page, "Risks"), 0.5)
    await expect(page.locator(".tabs .over")).to_contain_text("Risks")
    await finger(touch, "touchEnd")
    await expect(other.get_by_role("region", name="Risks").locator('[data-note="n1"]')).to_be_visible()
    await taken_back(page)
    await expect(other.get_by_role("region", name="Potential benefits").locator('[data-note="n1"]')).to_be_visible()
    await lies(other, 1, 2)


async def several_by_touch(page: Page, other: Page) -> None:
    """*Select*, then a tap: both get a tag, go into the bin, and are back, by taps alone."""
    await note(page, 3).tap()
    await page.get_by_role("button", name="Select").tap()
    await note(page, 4).tap()
    bar = page.get_by_role("toolbar", name="With the selected notes")
    await bar.get_by_role("button", name="Tags").tap()
    tags = page.get_by_role("dialog", name="Tags")
    await tags.get_by_role("button", name="Timely support").tap()
    await tags.get_by_role("button", name="Close").tap()
    for number in (3, 4):
        await expect(note(other, number).get_by_role("listitem")).to_have_text("Timely support")
    await bar.get_by_role("button", name="Bin").tap()
    await expect(page.get_by_test_id("toast")).to_contain_text("2 notes put in the bin.")
    await expect(bar).to_have_count(0)
    for number in (3, 4):
        await expect(note(other, number)).to_have_count(0)
    await taken_back(page)
    for number in (3, 4):
        await expect(note(other, number).get_by_role("listitem")).to_have_text("Timely support")
    await taken_back(page)
    for number in (3, 4):
        await expect(note(other, number).get_by_role("listitem")).to_have_count(0)


async def by_touch(page: Page, other: Page) -> None:
    """*Select*, then taps, then *Group with…*; fanned out, named, and one taken out."""
    await note(page, 0).tap()
    await page.get_by_role("button", name="Select").tap()
    for number in (1, 2):
        await note(page, number).tap()
    await expect(page.get_by_role("toolbar", name="With the selected notes")).to_contain_text("3 selected")
    await shot(page, "stack-phone-selected")
    await accessible(page, "selected")
    await page.get_by_role("button", name="Group with…").tap()
    await shot(page, "stack-phone-sheet")
    await accessible(page, "group with")
    await page.get_by_role("button", name="Group these 3 notes").tap()
    await expect(stack(other, 3)).to_be_visible()
    await page.get_by_role("button", name="Fan out").tap()
    await page.get_by_label("Name this stack").fill(NAME)
    await page.get_by_label("Name this stack").press("Enter")
    await expect(other.get_by_role("heading", name=NAME)).to_be_visible()
    await shot(page, "stack-phone-fanned")
    await note(page, 2).tap()
    await page.get_by_role("button", name="Select").tap()
    await page.get_by_role("button", name="Take out").tap()
    await expect(stack(other, 2)).to_be_visible()
    await expect(note(other, 2)).to_be_visible()


async def by_link(folded: Page, fanned: Page) -> None:
    """To a note in a stack: that is marked, and has the keys; where it is fanned out, the note has them."""
    for page, there in ((folded, stack(folded, 2)), (fanned, note(fanned, 1))):
        await page.evaluate("location.hash = 'n=n1'")
        await expect(page.locator(".marked [data-stack]")).to_have_count(1)
        await expect(there).to_be_focused()


async def a_stack_elsewhere(page: Page, other: Page) -> None:
    """*Move to…* takes a whole stack to another section: there by keys, and back by taps."""
    await by_key(page, await id_of(stack(page, 2)), "Enter", "Tab", "Tab")
    await expect(page.get_by_role("button", name="Move to…")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Risks").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(said(page)).to_contain_text("Note put down in Risks.")
    await expect(tab(other, "Risks")).to_have_accessible_name(re.compile("2$"))
    await tab(other, "Risks").tap()
    await expect(other.get_by_role("region", name="Risks").locator("[data-stack]")).to_be_in_viewport()
    await other.get_by_role("button", name="Move to…").tap()
    await other.get_by_role("dialog").get_by_role("button", name="Potential benefits").first.tap()
    back = page.get_by_role("region", name="Potential benefits").locator("[data-stack]")
    await expect(back).to_be_visible()
    await back.press("Enter")
    await expect(page.locator("[data-fan]")).to_have_count(0)
    await tab(other, "Potential benefits").tap()


async def id_of(item: Locator) -> str:
    """As the server knows it."""
    return await item.get_attribute("data-note") or ""


async def several_by_keys(page: Page, other: Page) -> None:
    """X chooses two; what the bar does with them is done by Enter, and taken back by Ctrl and Z."""
    for number in (3, 4):
        await by_key(page, f"n{number}", "x")
    await expect(said(page)).to_contain_text("2 selected")
    bar = page.get_by_role("toolbar", name="With the selected notes")
    await bar.get_by_role("button", name="Tags").press("Enter")
    await expect(page.get_by_role("dialog", name="Tags").get_by_role("button", name="Mastery")).to_be_focused()
    await page.keyboard.press("Enter")
    for number in (3, 4):
        await expect(note(other, number).get_by_role("listitem")).to_have_text("Mastery")
    await page.keyboard.press("Escape")
    await expect(bar.get_by_role("button", name="Tags")).to_be_focused()
    await bar.get_by_role("button", name="Move to…").press("Enter")
    await expect(page.get_by_role("dialog").get_by_role("button", name="Risks").first).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(said(page)).to_contain_text("Note put down in Risks.")
    await expect(bar).to_have_count(0)
    for number in (3, 4):
        await expect(other.get_by_role("region", name="Risks").locator(f'[data-note="n{number}"]')).to_be_attached()
    await page.keyboard.press("Control+z")
    await expect(tab(other, "Risks")).to_have_accessible_name(re.compile("0$"))
    await page.keyboard.press("Control+z")
    for number in (3, 4):
        await expect(note(other, number).get_by_role("listitem")).to_have_count(0)


async def lifted_by_keys(page: Page, other: Page) -> None:
    """One place up and back with Escape; up and down with Space; to the ends of its section: each is said."""
    await note(page, 4).focus()
    above = f"Potential benefits, {SAID[3]}"
    for key, words in (("Space", LIFTED), ("ArrowUp", above), ("Escape", "Note put back.")):
        await page.keyboard.press(key)
        await expect(said(page)).to_contain_text(words)
    await lies(page, 4, 4)
    for key, words in (("Space", LIFTED), ("ArrowUp", above), ("Space", "Note put down in Potential benefits.")):
        await page.keyboard.press(key)
        await expect(said(page)).to_contain_text(words)
    for one in (page, other):
        await lies(one, 4, 3)
    await expect(note(page, 4)).to_be_focused()
    await page.keyboard.press("Control+z")
    await expect(said(page)).to_contain_text("Undone.")
    await lies(other, 4, 4)


async def by_keyboard_alone(page: Page, other: Page) -> None:
    """X chooses, the sheet finds; a lifted note is stacked with G; the stack moves, and comes apart: each is said."""
    await by_key(page, "n3", "x")
    await expect(said(page)).to_contain_text("1 selected")
    await page.get_by_role("button", name="Group with…").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("Find a note or a stack").focus()
    await page.keyboard.type("gain")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(stack(other, 3)).to_be_visible()
    await expect(said(page)).to_contain_text("Stacked.")
    await by_key(page, "n4", "Space", "Home")
    await expect(said(page)).to_contain_text(f"Potential benefits, {NAME}")
    await page.keyboard.press("g")
    await expect(page.locator(".row.onto [data-stack]")).to_be_visible()
    await expect(said(page)).to_contain_text(f"Stack on {NAME}")
    await page.keyboard.press("Space")
    await expect(stack(other, 4)).to_be_visible()
    await expect(said(page)).to_contain_text("Stacked.")
    await stack(page, 4).focus()
    await page.keyboard.press("Enter")
    await shot(page, "stack-laptop-fanned")
    await accessible(page, "fanned out")
    await page.keyboard.press("ArrowDown")
    await expect(note(page, 0)).to_be_focused()
    await stack(page, 4).focus()
    for key, words in (("Space", "Stack lifted."), ("ArrowRight", "Risks"), ("Space", "Note put down in Risks.")):
        await page.keyboard.press(key)
        await expect(said(page)).to_contain_text(words)
    await expect(page.get_by_role("region", name="Risks").locator("[data-stack]")).to_be_visible()
    await page.get_by_role("button", name="Take apart").focus()
    await page.keyboard.press("Enter")
    await expect(said(page)).to_contain_text("The stack is taken apart.")
    await expect(page.locator("[data-stack]")).to_have_count(0)
    await expect(other.get_by_role("button", name="Risks 4")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(page.locator("[data-stack]")).to_have_count(1)
    await expect(other.get_by_role("button", name="Risks 4")).to_be_visible()


async def inside_a_stack(page: Page, other: Page) -> None:
    """A note is dragged to another place in its stack: the line shows where; keys do the same, and lead out of it."""
    await expect(page.locator("[data-inside]")).to_have_count(4)
    await held_by_mouse(page, note(page, 3), note(page, 0), 0.1)
    await expect(page.locator("[data-fan] .before")).to_have_count(1)
    await shot(page, "stack-laptop-inside")
    await accessible(page, "a note between those of a stack, in a mouse's hand")
    await page.mouse.up()
    await expect(page.locator("[data-inside]").first).to_have_attribute("data-inside", "n3")
    await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await note(page, 3).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Space")
    await expect(page.locator('[data-row="n3"]')).to_be_visible()
    await expect(stack(other, 3)).to_have_count(1)
    await page.keyboard.press("Control+z")
    await expect(stack(page, 4)).to_be_visible()


async def by_long_press(page: Page, other: Page) -> None:
    """A finger that rests on a note chooses it, to be moved by the bar."""
    await tab(page, "Potential benefits").tap()
    touch, _, _ = await taken(page, note(page, 2))
    await accessible(page, "a note in a finger's hand")
    await finger(touch, "touchEnd")
    bar = page.get_by_role("toolbar", name="With the selected notes")
    await expect(bar).to_contain_text("1 selected")
    await bar.get_by_role("button", name="Move to…").tap()
    await page.get_by_role("dialog").get_by_role("button", name="Efforts to draw on").first.tap()
    await expect(other.get_by_role("region", name="Efforts to draw on").locator("[data-note]")).to_have_count(1)
    await expect(bar).to_have_count(0)


async def in_a_round(place: House, made: dict[str, Any], people: tuple[Page, Page], wall: Page) -> None:
    """Dots are placed, what has them is stacked, the results are shown, and the stack comes apart."""
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(place.url, key=key, name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await dotted(boss, *people)
        await stacked_with_dots(boss, *people)
        await boss.do(StepShow(step=VOTE))
        await shown_and_apart(boss, *people, wall)


async def dotted(boss: Participant, ana: Page, cho: Page) -> None:
    """The stack is apart; by taps one note gets two dots and no third, another one."""
    await cho.get_by_role("button", name="Take apart").click()
    await expect(ana.locator("[data-stack]")).to_have_count(0)
    await go(boss, VOTE)
    await tab(ana, "Risks").tap()
    for left in (4, 3):
        await ana.get_by_role("button", name=f"Place a dot on {SAID[0]}").tap()
        await expect(ana.get_by_label(f"{left} dots left").first).to_be_attached()
    await ana.get_by_role("button", name=f"Place a dot on {SAID[0]}").tap(force=True)
    await expect(ana.get_by_text("At most 2 on each.").first).to_be_attached()
    await ana.get_by_role("button", name=f"Place a dot on {SAID[3]}").tap()
    await expect(ana.get_by_label("2 dots left").first).to_be_attached()
    await arrived(boss, ana, 1)


async def arrived(boss: Participant, page: Page, hands: int) -> None:
    """What this page did is with the server: so is the hand that was raised after it, one of so many."""
    await page.get_by_role("button", name="Raise hand").click()
    await boss.until(
        lambda: sum(one.hand is not None for one in boss.all("person") if isinstance(one, Person)) == hands
    )


async def stacked_with_dots(boss: Participant, ana: Page, cho: Page) -> None:
    """By keys they are stacked, and the stack is named and gets a dot; one's own stay where they were, sums unseen."""
    await go(boss, WRITING)
    await expect(cho.get_by_label("New note in Risks")).to_be_visible()
    for number in (0, 1, 3):
        await by_key(cho, f"n{number}", "x")
    await cho.get_by_role("button", name="Group with…").press("Enter")
    await cho.get_by_role("button", name="Group these 3 notes").press("Enter")
    await by_key(cho, await id_of(stack(cho, 3)), "Enter", "Tab")
    await expect(cho.get_by_label("Name this stack")).to_be_focused()
    await cho.keyboard.type(NAME)
    await cho.keyboard.press("Enter")
    await expect(ana.get_by_role("heading", name=NAME)).to_be_visible()
    await go(boss, VOTE)
    dots = cho.locator("[data-stack] [data-walk]")
    await dots.press("Enter")
    await expect(dots).to_have_accessible_name(f"Place a dot on {NAME}, yours: 1")
    await arrived(boss, cho, 2)
    await ana.get_by_role("button", name="Fan out").tap()
    for words in (f"{SAID[0]}, yours: 2", SAID[1], f"{SAID[3]}, yours: 1", NAME):
        await expect(ana.get_by_role("button", name=f"Place a dot on {words}", exact=True)).to_be_visible()
    await expect(ana.locator(".sum")).to_have_count(0)
    await expect(ana.locator(".all")).to_have_text("yours on its notes: 3")
    await expect(stack(ana, 3)).to_contain_text(SUMMED)
    await ana.emulate_media(color_scheme="dark")
    await shot(ana, "stack-phone-vote")
    await accessible(ana, "voting, dark")


async def shown_and_apart(boss: Participant, ana: Page, cho: Page, wall: Page) -> None:
    """The stack has the sum of all; apart, each note has its own again, and the last of them the stack's."""
    await expect(wall.locator(".pile").filter(has_text=NAME)).to_contain_text("4 dots")
    await shot(wall, "stack-wall")
    await accessible(wall, "the dots of a stack, on the big screen")
    await expect(stack(ana, 3).locator(".sum")).to_have_text("4 dots")
    await expect(stack(ana, 3).locator(".all")).to_have_text("1 on the stack, 3 on its notes")
    await expect(ana.get_by_text(SUMMED)).to_have_count(0)
    await go(boss, WRITING)
    await cho.get_by_role("button", name="Take apart").click()
    await expect(ana.locator("[data-stack]")).to_have_count(0)
    await go(boss, VOTE)
    for page in (ana, cho):
        for number, dots in ((0, "2 dots"), (3, "1 dot"), (1, "1 dot")):
            await expect(note(page, number).locator(".sum")).to_have_text(dots)
