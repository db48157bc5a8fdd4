"""What a colour tells is told by a word, a sign or a shape, too: with the eyes of people who see colours otherwise."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Page, expect

from protocol.commands import ActivityAdd, ActivitySet, IssueChoose, NoteAdd, NoteColour, NoteReact, NoteTag, StackMake
from protocol.records import Status
from server.workshop.ranks import rank

from .hands import at
from .stage import LAPTOP, PHONE, PROJECTOR, STILL, browser, enter, house, page_of, shot
from .test_everyone import BOARD, TITLE, VOTE, WRITING, go, lead
from .test_plan import PLANNING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

    from client.participant import Participant

EYES: Final = ("achromatopsia", "deuteranopia", "protanopia", "tritanopia")
PAPERS: Final = {"lilac": "Lilac", "mint": "Mint", "sand": "Sand"}
STATUS: Final = {"idea": "Idea", "agreed": "Agreed", "begun": "Begun", "done": "Done"}
RATIO = """async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    const linear = (part) => (part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    let [least, most] = [1, 0];
    for (let n = 0; n < data.length; n += 4) {
        const light = 0.2126 * linear(data[n]) + 0.7152 * linear(data[n + 1]) + 0.0722 * linear(data[n + 2]);
        [least, most] = [Math.min(least, light), Math.max(most, light)];
    }
    return (most + 0.05) / (least + 0.05);
}"""
"""The contrast between the lightest and the darkest of a picture."""


async def seen_by_all(page: Page, name: str) -> None:
    """A picture with each pair of eyes, when pictures are wanted."""
    eyes = await page.context.new_cdp_session(page)
    for kind in EYES:
        await eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
        await shot(page, f"colours-{name}-{kind}")
    await eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})


async def prepared(boss: Participant) -> None:
    """Notes of every paper, one with a tag, one that was agreed to, a stack, and a plan of every status."""
    await boss.do(IssueChoose(ids=("issue-0", BOARD)))
    await go(boss, WRITING)
    for n in range(12):
        add = NoteAdd(id=f"n{n}", board=BOARD, section=f"section-{n % 3}", rank=rank(n), text=f"Said number {n}")
        await boss.do(add)
    for n, paper in enumerate(PAPERS):
        await boss.do(NoteColour(id=f"n{n}", colour=paper))  # type: ignore[arg-type]
    await boss.do(NoteTag(id="n3", lenses=(boss.all("lens")[0].id,)))
    await boss.do(NoteReact(id="n3", on=True))
    await boss.do(StackMake(id="pile", notes=("n6", "n9"), title="Belongs together"))
    for n, status in enumerate(STATUS):
        add_ = ActivityAdd(
            id=f"a{n}",
            rank=rank(n),
            title=f"To be done {n}",
            owner="Dana",
            start=2 * n,
            length=4,
            issue=("issue-0", BOARD)[n % 2],
        )
        await boss.do(add_)
        await boss.do(ActivitySet(id=f"a{n}", status=Status(status)))


async def stands_out(page: Page, one: Locator, blank: Page) -> None:
    """Whatever colours one sees, a sign is told from what it lies on: 3:1, as WCAG asks of signs."""
    box = await one.bounding_box()
    assert box
    around: Any = {"x": box["x"] - 2, "y": box["y"] - 2, "width": box["width"] + 4, "height": box["height"] + 4}
    eyes = await page.context.new_cdp_session(page)
    for kind in EYES:
        await eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
        picture = await page.screenshot(clip=around)
        ratio = await blank.evaluate(RATIO, base64.b64encode(picture).decode())
        assert ratio >= 3, f"{kind}: {ratio}"
    await eyes.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})


async def named(page: Page) -> None:
    """Each paper is named: a note's own on the note, a section's on its column and tab, those to choose on each."""
    for n, name in enumerate(PAPERS.values()):
        if await at(page, f"n{n}").count():
            await expect(at(page, f"n{n}").locator("footer").get_by_text(name, exact=True)).to_have_count(1)
    await expect(at(page, "n3").locator("footer")).not_to_have_text(re.compile("Sage"))
    await expect(at(page, "n3").get_by_role("listitem")).to_have_text("Mastery")
    columns = page.locator(".column[data-colour]")
    names = await columns.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert names == ["Potential benefits", "Risks", "Efforts to draw on"]
    await at(page, "n0").click(position={"x": 12, "y": 12})
    await at(page, "n0").get_by_role("button", name="Colour", exact=True).click()
    papers = at(page, "n0").get_by_role("group", name="Colour").get_by_role("button")
    told = await papers.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert all(told)
    assert len(set(told)) == len(told) == 6
    pressed = at(page, "n0").get_by_role("button", name="Lilac", pressed=True)
    await expect(pressed.locator("svg")).to_have_count(1)
    await page.keyboard.press("Escape")


async def signed(page: Page, blank: Page) -> None:
    """What one said oneself is filled and pressed; what is chosen has a tick and an edge; a dot is no empty ring."""
    await at(page, "n3").click(position={"x": 12, "y": 12})
    heart = at(page, "n3").get_by_role("button", name=re.compile("^Me too"))
    await expect(heart.locator("svg")).to_have_attribute("fill", "none")
    await heart.click()
    await expect(heart).to_have_attribute("aria-pressed", "true")
    await expect(heart.locator("svg")).to_have_attribute("fill", "currentColor")
    await stands_out(page, heart.locator("svg"), blank)
    await at(page, "n3").get_by_role("button", name="Select").click()
    chosen = page.locator("[data-row='n3']")
    await expect(chosen.locator("svg").last).to_be_visible()
    await stands_out(page, chosen, blank)
    await page.get_by_role("toolbar", name="With the selected notes").get_by_role("button", name="Done").click()


async def voted(page: Page, blank: Page) -> None:
    """Dots placed are filled, the next place is a dashed ring; how many are left is said in words."""
    await page.get_by_role("button", name="Place a dot on Said number 3").click()
    mine = at(page, "n3").get_by_role("button", name="Take a dot back from Said number 3")
    await expect(mine.locator("i")).to_have_count(1)
    await page.evaluate(STILL)
    seat = at(page, "n3").locator(".seat")
    assert await seat.evaluate("one => getComputedStyle(one).borderTopStyle") == "dashed"
    await stands_out(page, mine.locator("i"), blank)
    await stands_out(page, seat, blank)
    await expect(page.get_by_text("4 dots left").first).to_be_visible()


BAR: Final = """one => {
    const { boxShadow, backgroundColor, backgroundImage } = getComputedStyle(one)
    return [boxShadow, backgroundColor, backgroundImage]
}"""
"""The edge of a bar, and what fills it."""


async def planned(page: Page) -> None:
    """Each status is a word, to the eye and to the ear; each bar has an edge, and a filling of its own."""
    fillings = set()
    for n, (status, word) in enumerate(STATUS.items()):
        lies = page.get_by_role("listitem").filter(has_text=f"To be done {n}")
        if await lies.get_by_role("button").count():
            await expect(lies.get_by_role("button")).to_have_accessible_name(re.compile(rf"\. {word}"))
        await expect(lies.get_by_text(word, exact=True)).to_have_count(0 if status == "idea" else 1)
        edge, *filling = await lies.locator(".bar").evaluate(BAR)
        assert "inset" in edge
        fillings.add(tuple(filling))
    assert len(fillings) == len(STATUS)


async def test_whatever_colours_one_sees(tmp_path: Path) -> None:
    """[ALL9] Papers, tags, me too, what is chosen, dots, and the plan: in words, signs and shapes, for all eyes."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            await prepared(boss)
            pages = {}
            for name, size in (("phone", PHONE), ("laptop", LAPTOP)):
                page = pages[name] = await page_of(await running.new_context(**size), faults)
                await page.goto(f"{place.url}/j/{made['code']}")
                await enter(page, f"Ana {name}", TITLE)
            wall = pages["wall"] = await page_of(await running.new_context(**PROJECTOR), faults)
            await wall.goto(made["links"]["projector"])
            blank = await page_of(await running.new_context(), faults)
            for name in ("phone", "laptop"):
                await named(pages[name])
                await signed(pages[name], blank)
            for name, page in pages.items():
                await seen_by_all(page, f"board-{name}")
            await go(boss, VOTE)
            for name in ("phone", "laptop"):
                await voted(pages[name], blank)
                await seen_by_all(pages[name], f"vote-{name}")
            await go(boss, PLANNING)
            for name, page in pages.items():
                await expect(page.get_by_text("To be done 3").first).to_be_visible()
                await planned(page)
                await seen_by_all(page, f"plan-{name}")
    assert faults == []
