"""Stacks, and several notes at once: by finger on a phone, by mouse and by keyboard alone on a laptop."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import NoteAdd, StepGo, StepShow
from server.workshop.ranks import rank

from .full import BOARD, SECTIONS, opened
from .hands import finger, taken
from .stage import LAPTOP, PHONE, PROJECTOR, House, at_the_board, browser, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

FRAME = "row => { const { borderTopStyle: line, opacity } = getComputedStyle(row, '::after'); return [line, opacity]; }"
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


async def test_stacks_on_phone_and_laptop(tmp_path: Path) -> None:
    """[STACK1] [STACK2] [STACK3] [STACK5] [NOTE14] [VOTE4] [LINK1] What one does the other sees."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = await written(place)
        async with browser() as running:
            ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
            cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
            await by_mouse(cho)
            await by_touch(ana, cho)
            await by_link(cho, ana)
            await by_keyboard_alone(cho, ana)
            await inside_a_stack(cho, ana)
            await by_long_press(ana, cho)
            wall = await page_of(await running.new_context(**PROJECTOR), faults)
            await wall.goto(made["links"]["projector"])
            await in_a_round(place, made, ana, wall)
    assert faults == []


async def by_mouse(page: Page) -> None:
    """A note held over the middle of another frames it; dropped, they are a stack, named at once, all taken back."""
    held, target = await note(page, 1).bounding_box(), await note(page, 0).bounding_box()
    assert held
    assert target
    await page.mouse.move(held["x"] + 40, held["y"] + held["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(target["x"] + 40, target["y"] + target["height"] / 2, steps=6)
    await expect(page.locator(".row.onto")).to_have_count(1)
    assert await page.locator(".row.onto").evaluate(FRAME) == ["dashed", "1"]
    await shot(page, "stack-laptop-onto")
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
        await page.get_by_role("button", name="Undo").first.click()
    await expect(stack(page, 2)).to_have_count(0)
    await expect(note(page, 1)).to_be_visible()


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
    await page.get_by_label("Name this stack").fill("What learners gain")
    await page.get_by_label("Name this stack").press("Enter")
    await expect(other.get_by_role("heading", name="What learners gain")).to_be_visible()
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


async def by_keyboard_alone(page: Page, other: Page) -> None:
    """X chooses, the bar is reached by Tab; a lifted note is stacked with G; the stack moves, and comes apart."""
    await note(page, 3).focus()
    await page.keyboard.press("x")
    await page.get_by_role("button", name="Group with…").focus()
    await page.keyboard.press("Enter")
    await page.get_by_label("Find a note or a stack").focus()
    await page.keyboard.type("gain")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(stack(other, 3)).to_be_visible()
    await note(page, 4).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Home")
    for _ in range(2):
        await page.keyboard.press("ArrowUp")
    await page.keyboard.press("g")
    await expect(page.locator(".row.onto [data-stack]")).to_be_visible()
    await page.keyboard.press("Space")
    await expect(stack(other, 4)).to_be_visible()
    await stack(page, 4).focus()
    await page.keyboard.press("Enter")
    await shot(page, "stack-laptop-fanned")
    await accessible(page, "fanned out")
    await page.keyboard.press("ArrowDown")
    await expect(note(page, 0)).to_be_focused()
    await stack(page, 4).focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("region", name="Risks").locator("[data-stack]")).to_be_visible()
    await page.get_by_role("button", name="Take apart").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-stack]")).to_have_count(0)
    await expect(other.get_by_role("button", name="Risks 4")).to_be_visible()
    await page.keyboard.press("Control+z")
    await expect(page.locator("[data-stack]")).to_have_count(1)
    await expect(other.get_by_role("button", name="Risks 4")).to_be_visible()


async def inside_a_stack(page: Page, other: Page) -> None:
    """A note is dragged to another place in its stack: the line shows where; keys do the same, and lead out of it."""
    await expect(note(page, 0)).to_be_visible()
    held, first = await note(page, 3).bounding_box(), await note(page, 0).bounding_box()
    assert held
    assert first
    await page.mouse.move(held["x"] + 40, held["y"] + held["height"] / 2)
    await page.mouse.down()
    await page.mouse.move(first["x"] + 40, first["y"] + 6, steps=6)
    await expect(page.locator("[data-fan] .before")).to_have_count(1)
    await shot(page, "stack-laptop-inside")
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
    """A finger that rests on a note chooses it; what is chosen is moved, and put in the bin, as one."""
    await page.get_by_role("button", name=re.compile("^Potential benefits")).tap()
    touch, _, _ = await taken(page, note(page, 2))
    await finger(touch, "touchEnd")
    bar = page.get_by_role("toolbar", name="With the selected notes")
    await expect(bar).to_contain_text("1 selected")
    await bar.get_by_role("button", name="Move to…").tap()
    await page.get_by_role("dialog").get_by_role("button", name="Efforts to draw on").first.tap()
    await expect(other.get_by_role("region", name="Efforts to draw on").locator("[data-note]")).to_have_count(1)
    await expect(bar).to_have_count(0)


async def in_a_round(place: House, made: dict[str, Any], page: Page, wall: Page) -> None:
    """Dots go on a stack and on its notes; their sum is on the wall when the results are shown."""
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(place.url, key=key, name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await boss.do(StepGo(step="step-6", current="step-5"))
        await page.get_by_role("button", name="Risks").tap()
        await page.get_by_role("button", name="Place a dot on What learners gain").tap()
        await page.get_by_role("button", name=f"Place a dot on {SAID[0]}").tap()
        await page.emulate_media(color_scheme="dark")
        await shot(page, "stack-phone-vote")
        await accessible(page, "voting, dark")
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
        await boss.do(StepShow(step="step-6"))
    await expect(wall.locator(".pile").filter(has_text="What learners gain")).to_contain_text("2 dots")
    await shot(wall, "stack-wall")
