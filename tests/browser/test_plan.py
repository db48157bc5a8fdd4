"""The plan in the browser: made from the boards and anew, moved by hand and by keys, told on every screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.async_api import Page, expect

from protocol.commands import ActivityAdd, ActivitySet, NoteAdd, StepGo
from protocol.records import Status

from .full import BOARD, SECTIONS, WRITING, opened
from .stage import LAPTOP, PHONE, PROJECTOR, House, Stage, leading, shot, stage
from .test_crowded import accessible

if TYPE_CHECKING:
    from pathlib import Path

PLANNING = "step-9"
"""The step of the template in which the plan is made."""
RUBRICS = "Share the rubrics of three districts"


async def at_the_plan(place: House) -> dict[str, Any]:
    """A board with one note, and the step in which the plan is made."""
    made = await opened(place, 0)
    async with await leading(place, made) as boss:
        await boss.do(NoteAdd(id="n0", board=BOARD, section=SECTIONS[0], rank="a0", text=RUBRICS))
        await boss.do(StepGo(step=PLANNING, current=WRITING))
    return made


async def test_a_plan_is_made(tmp_path: Path) -> None:
    """[PLAN1] [PLAN2] [PLAN3] [ALL4] A phone plans a note, a laptop a thought of its own; all see where both lie."""
    async with stage(tmp_path, at_the_plan) as here:
        wall = await here.page(here.made["links"]["projector"], **PROJECTOR)
        ana, ben = await two(here, PHONE)
        await from_the_board(ana)
        await by_keys(ben)
        await by_hand(ben)
        for text in (RUBRICS, "Ask Dana about 2019"):
            await expect(wall.get_by_text(text)).to_be_visible()
        for page, name in ((ana, "phone"), (ben, "laptop"), (wall, "projector")):
            await shot(page, f"{name}-plan")
            await accessible(page, f"{name}, plan")


def activity(page: Page, title: str, when: str = "") -> Any:
    """An activity of the timeline, by what a screen reader is told."""
    return page.get_by_role("button", name=re.compile(f"^{re.escape(title)}, .*{when}"))


async def from_the_board(page: Page) -> None:
    """One tap takes a note into the plan; who sees to it is said in its sheet; it cannot be taken twice."""
    await page.get_by_role("button", name=f"Plan “{RUBRICS}”").click()
    await page.get_by_label("Who sees to it").fill("Dana and the three districts")
    await page.get_by_label("The first step").fill("Call them on Monday")
    await page.get_by_label("How it stands").select_option("agreed")
    await shot(page, "phone-plan-sheet")
    await accessible(page, "phone, an activity")
    await page.get_by_role("button", name="Save").click()
    await expect(activity(page, RUBRICS)).to_contain_text("Dana and the three districts")
    await expect(page.get_by_role("button", name=f"“{RUBRICS}” is in the plan")).to_be_disabled()


async def by_keys(page: Page) -> None:
    """Added, moved and stretched without a mouse."""
    await page.get_by_label("What is to be done").fill("Ask Dana about 2019")
    await page.keyboard.press("Enter")
    mine = activity(page, "Ask Dana about 2019")
    await mine.focus()
    before = await mine.get_attribute("aria-label")
    await page.keyboard.press("ArrowRight")
    await expect(mine).not_to_have_attribute("aria-label", before or "")
    await page.keyboard.press("Shift+ArrowRight")
    await page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_label("Takes")).to_have_value("4")
    await expect(sheet.get_by_label("Begins")).to_have_value("2")
    await page.keyboard.press("Escape")
    await expect(mine).to_be_focused()


async def by_hand(page: Page) -> None:
    """A hand moves what lies there; a quarter is a quarter of the way that four are."""
    row = activity(page, RUBRICS)
    before = await row.get_attribute("aria-label")
    box = await row.bounding_box()
    assert box
    await page.mouse.move(box["x"] + 30, box["y"] + 10)
    await page.mouse.down()
    await page.mouse.move(box["x"] + 250, box["y"] + 12, steps=5)
    await page.mouse.up()
    await expect(row).not_to_have_attribute("aria-label", before or "")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def planned(here: Stage) -> None:
    """Three activities; two are Dana's, one is nobody's, and the last waits for the first."""
    async with await leading(here.place, here.made) as boss:
        await boss.do(
            ActivityAdd(id="a", rank="a1", title="Write rubrics", owner="Dana", start=2, length=3, issue=BOARD)
        )
        await boss.do(ActivityAdd(id="b", rank="a2", title="Visit Vermont", owner="Dana, Bo", start=0, length=2))
        await boss.do(ActivityAdd(id="c", rank="a3", title="Train teachers", start=3, length=6, first="Find a hall"))
        await boss.do(ActivitySet(id="c", after=("a",)))


async def two(here: Stage, device: dict[str, Any]) -> tuple[Page, Page]:
    """Ana at this device, and Ben at a laptop."""
    return await here.come("Ana", **device), await here.come("Ben", **LAPTOP)


async def bar_of(page: Page) -> Any:
    """Where the bar of the report lies."""
    box = await page.locator("li", has_text="Report").locator(".bar").bounding_box()
    assert box
    return box


async def test_it_stays_beneath_the_hand(tmp_path: Path) -> None:
    """[PLAN10] Others move it meanwhile: it stays, and lies where it was let go; at the edge it stops, by keys too."""
    async with stage(tmp_path, at_the_plan) as here, await leading(here.place, here.made) as boss:
        await boss.do(ActivityAdd(id="x", rank="a1", title="Report", start=2, length=3))
        ben = await here.come("Ben", **LAPTOP)
        mine, bar = activity(ben, "Report"), await bar_of(ben)
        x, y, month = bar["x"] + 20, bar["y"] - 14, bar["width"] / 3
        await ben.mouse.move(x, y)
        await ben.mouse.down()
        await ben.mouse.move(x + 4 * month, y, steps=3)
        held, said = await bar_of(ben), await mine.get_attribute("aria-label")
        await boss.do(ActivitySet(id="x", start=30))
        await boss.do(ActivityAdd(id="y", rank="a2", title="Now told", start=1, length=2))
        await expect(activity(ben, "Now told")).to_be_visible()
        assert await bar_of(ben) == held
        await shot(ben, "laptop-plan-held")
        await ben.mouse.up()
        await expect(mine).to_have_attribute("aria-label", said or "")
        assert abs((await bar_of(ben))["x"] - held["x"]) < month / 2
        bar = await bar_of(ben)
        x, y = bar["x"] + 20, bar["y"] - 14
        await ben.mouse.move(x, y)
        await ben.mouse.down()
        await ben.mouse.move(1436, y, steps=4)
        last = await bar_of(ben)
        lane = await ben.locator(".lines").first.bounding_box()
        assert lane
        assert abs(last["x"] + last["width"] - lane["x"] - lane["width"]) < 2
        await shot(ben, "laptop-plan-far")
        await ben.mouse.up()
        await mine.focus()
        for keys in ("ArrowRight", "Shift+ArrowRight"):
            await ben.keyboard.press(keys)
        await shot(ben, "laptop-plan-edge")
        assert await bar_of(ben) == last


def titles(page: Page) -> Any:
    return page.locator("tbody th .open")


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_as_a_table(tmp_path: Path, device: dict[str, Any]) -> None:
    """[PLAN2] [PLAN6] [PLAN11] In any order; how each stands is said in its row, done by a tick; too early is said."""
    async with stage(tmp_path, at_the_plan) as here:
        await planned(here)
        ana, ben = await two(here, device)
        await ana.get_by_role("button", name="Table").click()
        await expect(titles(ana)).to_have_text(["Visit Vermont", "Write rubrics", "Train teachers"])
        await ana.get_by_role("columnheader", name="What is to be done").get_by_role("button").click()
        await expect(titles(ana)).to_have_text(["Train teachers", "Visit Vermont", "Write rubrics"])
        await ana.get_by_role("columnheader", name="What is to be done").get_by_role("button").press("Enter")
        await expect(titles(ana)).to_have_text(["Write rubrics", "Visit Vermont", "Train teachers"])
        await expect(ana.get_by_text("It begins before “Write rubrics” ends.")).to_be_visible()
        await ana.get_by_label("How “Write rubrics” stands").select_option("done")
        name = "laptop" if device is LAPTOP else "phone"
        assert await titles(ana).first.evaluate(BESIDE)
        await shot(ana, f"{name}-plan-table")
        await accessible(ana, f"{name}, plan as a table")
        await activity(ben, "Write rubrics").click()
        await expect(ben.get_by_label("How it stands")).to_have_value("done")
        await ana.reload()
        await expect(titles(ana)).to_have_count(3)


BESIDE = """(words) => {
  const lines = document.createRange();
  lines.selectNodeContents(words);
  const [tick, said] = [words.closest("th").querySelector("svg"), lines].map((one) => one.getBoundingClientRect());
  return tick.top >= said.top - 2 && tick.bottom <= said.bottom + 2;
}"""
"""Whether what is done has its tick in the line of its words."""
CROWDED = """() => [...document.querySelectorAll("tbody tr")].flatMap((row) => {
  const frame = document.querySelector(".frame").getBoundingClientRect();
  const cells = [...row.children].filter((cell) => cell.textContent.trim() !== "");
  const out = cells.filter((cell) => {
    const box = cell.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1 || box.width < 60 ||
      cell.scrollWidth > cell.clientWidth + 1;
  });
  return [...out.map((cell) => cell.className), ...(row.offsetHeight > 260 ? ["tall"] : [])];
})"""
"""What of the table is out of sight, too narrow for its words, or as high as the screen."""


async def filled(here: Stage) -> None:
    """More owners than a screen has room for, each with a first step."""
    async with await leading(here.place, here.made) as boss:
        for n, owner in enumerate(("Ann", "Cho", "Dev Patel and New Hampshire", "Eve", "Flo", "Gus", "Zoe")):
            title, first = f"Share the scoring rubrics of {n + 2} districts", "Write to the three district leads"
            more: dict[str, Any] = {"owner": owner, "first": first, "start": n, "length": 3, "issue": BOARD}
            await boss.do(ActivityAdd(id=f"f{n}", rank=f"b{n}", title=title, **more))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_read_at_any_width(tmp_path: Path, dark: bool) -> None:
    """[PLAN9] On the console, a laptop, a phone and much enlarged: nothing is cut off, or a letter a line."""
    async with stage(tmp_path, at_the_plan) as here:
        await filled(here)
        shade: dict[str, Any] = {"color_scheme": "dark" if dark else "light"}
        boss = await at_the_console(here, {**LAPTOP, **shade})
        ana, _ = await two(here, {**LAPTOP, **shade})
        for page, name in ((boss, "console"), (ana, "person")):
            await page.get_by_role("button", name="Table", exact=True).click()
            for width, height in ((1280, 800), (1440, 900), (1600, 900), (1920, 1080), (720, 450), (390, 844)):
                await page.set_viewport_size({"width": width, "height": height})
                await expect(titles(page)).to_have_count(7)
                assert await page.evaluate(CROWDED) == [], (name, width)
                for head in await page.get_by_role("columnheader").get_by_role("button").all():
                    await expect(head).to_be_in_viewport(ratio=1)
                await shot(page, f"{name}-{width}-plan-table{'-dark' if dark else ''}")
            await accessible(page, f"{name}, plan as cards")


async def test_handed_on_beyond_the_edge(tmp_path: Path) -> None:
    """[PLAN9] At the edge the owners go by, and the card comes to the last of them."""
    async with stage(tmp_path, at_the_plan) as here:
        await filled(here)
        page = await at_the_console(here, LAPTOP)
        await page.get_by_role("button", name="By owner").click()
        ann, zoe = (page.get_by_role("region", name=name, exact=True) for name in ("Ann", "Zoe"))
        card, hands = await ann.get_by_role("button").bounding_box(), await page.locator(".hands").bounding_box()
        assert card
        assert hands
        await expect(zoe).not_to_be_in_viewport(ratio=0.9)
        await page.mouse.move(card["x"] + 30, card["y"] + 20)
        await page.mouse.down()
        await page.mouse.move(hands["x"] + hands["width"] - 20, card["y"] + 30, steps=6)
        await expect(zoe).to_have_class(re.compile(r"\bover\b"))
        await shot(page, "console-plan-carried")
        await accessible(page, "console, a card in a mouse's hand")
        await page.mouse.up()
        await expect(zoe.get_by_role("button", name="Share the scoring rubrics of 2 districts")).to_be_visible()
        await expect(ann).to_have_count(0)


async def carried(page: Page, card: Any, to: Any) -> None:
    """By the mouse, to the middle of that."""
    for which, then in ((card, page.mouse.down), (to, page.mouse.up)):
        box = await which.bounding_box()
        assert box
        await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30, steps=4)
        await then()


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_by_owner(tmp_path: Path, device: dict[str, Any]) -> None:
    """[PLAN2] Handed on by keys, by hand, and by a name that is tapped in the sheet; others see it."""
    async with stage(tmp_path, at_the_plan) as here:
        await planned(here)
        page, other = await two(here, device)
        await page.get_by_role("button", name="By owner").click()
        bo, dana = (page.get_by_role("region", name=name, exact=True) for name in ("Bo", "Dana"))
        await expect(dana.get_by_role("button")).to_have_count(2)
        await dana.get_by_role("button", name="Write rubrics").press("ArrowLeft")
        await expect(bo.get_by_role("button", name="Write rubrics")).to_be_focused()
        nobody = page.get_by_role("region", name="Nobody yet")
        if device is LAPTOP:
            await carried(page, nobody.get_by_role("button", name="Train teachers"), dana)
        else:
            await nobody.get_by_role("button", name="Train teachers").tap()
            await page.get_by_role("button", name="+ Dana").tap()
            await page.get_by_role("button", name="Save").tap()
        await expect(dana.get_by_role("button", name="Train teachers")).to_be_visible()
        await expect(nobody).to_have_count(0)
        await expect(activity(other, "Write rubrics")).to_contain_text("Bo")
        await expect(activity(other, "Train teachers")).to_contain_text("Dana")
        name = "laptop" if device is LAPTOP else "phone"
        await expect(page.get_by_text("the arrow keys move it, too")).to_be_visible(visible=device is LAPTOP)
        await shot(page, f"{name}-plan-owners")
        await accessible(page, f"{name}, plan by owner")


ITS_OWN = """(told) => [...told.children].every((each) => {
  const [box, about] = [each, told].map((one) => one.getBoundingClientRect());
  const within = box.left >= about.left + 4 && box.right <= about.right && box.bottom <= about.bottom;
  return within && getComputedStyle(each).backgroundColor === "rgba(0, 0, 0, 0)";
})"""
"""Whether what is told lies on one ground, within its edge."""


def sheet(page: Page) -> Any:
    return page.get_by_role("dialog", name="Activity")


async def at_the_console(here: Stage, device: dict[str, Any]) -> Page:
    """A facilitator."""
    return await here.page(here.made["links"]["facilitator"], **device)


@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["console", "phone"])
async def test_taken_out_while_it_is_filled_in(tmp_path: Path, device: dict[str, Any]) -> None:
    """[PLAN8] The sheet stays and says so, a tap beside it too; with these words it is added again."""
    async with stage(tmp_path, at_the_plan) as here:
        await planned(here)
        page, ben = await two(here, device)
        if device is LAPTOP:
            page = await at_the_console(here, device)
        await activity(page, "Train teachers").click()
        await page.get_by_label("The first step").fill("Ask the hall of Bennington")
        await activity(ben, "Train teachers").click()
        await ben.get_by_role("button", name="Take it out").click()
        await expect(activity(ben, "Train teachers")).to_have_count(0)
        await expect(sheet(page).get_by_text("Somebody took this activity out of the plan.")).to_be_visible()
        await page.keyboard.press("Escape")
        await page.mouse.click(5, 5)
        await expect(page.get_by_label("The first step")).to_have_value("Ask the hall of Bennington")
        assert await sheet(page).get_by_role("status").first.evaluate(ITS_OWN)
        await shot(page, f"{'console' if device is LAPTOP else 'phone'}-plan-gone")
        await accessible(page, "an activity that was taken out")
        await sheet(page).get_by_role("button", name="Add it again").click()
        await expect(sheet(page)).to_have_count(0)
        await activity(ben, "Train teachers", "Waits for “Write rubrics”").click()
        await expect(ben.get_by_label("The first step")).to_have_value("Ask the hall of Bennington")
        await expect(ben.get_by_label("Takes")).to_have_value("6")


async def test_both_stand(tmp_path: Path) -> None:
    """[PLAN7] Two change other words of one activity; of the same words the second has all back, and sends anew."""
    async with stage(tmp_path, at_the_plan) as here:
        await planned(here)
        ana, ben = await two(here, LAPTOP)
        await activity(ana, "Train teachers").click()
        await ana.get_by_role("textbox", name="Who sees to it").fill("Cho")
        await renamed(ben, "Train teachers", "Train all teachers")
        await expect(ana.locator(".activity", has_text="Train all teachers")).to_have_count(1)
        await sheet(ana).get_by_role("button", name="Save").click()
        await expect(activity(ben, "Train all teachers")).to_contain_text("Cho")
        await expect(ana.get_by_label("Not taken yet")).to_have_count(0)
        await activity(ana, "Train all teachers").click()
        await sheet(ana).get_by_label("What is to be done").fill("Train 40 teachers")
        await ana.get_by_role("textbox", name="Who sees to it").fill("Cho, Dev")
        await ana.get_by_label("The first step").fill("Ask the union")
        await renamed(ben, "Train all teachers", "Train every teacher")
        await expect(ana.locator(".activity", has_text="Train every teacher")).to_have_count(1)
        await sheet(ana).get_by_role("button", name="Save").click()
        tray = ana.get_by_label("Not taken yet")
        for words in ("Train 40 teachers", "Cho, Dev", "Ask the union"):
            await expect(tray).to_contain_text(words)
        await shot(ana, "laptop-plan-refused")
        await accessible(ana, "laptop, an activity that was not taken")
        await tray.get_by_role("button", name="Try again").click()
        await expect(activity(ben, "Train 40 teachers")).to_contain_text("Cho, Dev")
        await expect(tray).to_have_count(0)


async def renamed(page: Page, title: str, to: str) -> None:
    await activity(page, title).click()
    await sheet(page).get_by_label("What is to be done").fill(to)
    await sheet(page).get_by_role("button", name="Save").click()


async def test_a_tap_beside_it(tmp_path: Path) -> None:
    """[PLAN8] What was typed is there again, after a reload too, beside what others changed; or it is discarded."""
    async with stage(tmp_path, at_the_plan) as here:
        await planned(here)
        ana, ben = await two(here, PHONE)
        await activity(ana, "Train teachers").click()
        await ana.get_by_label("The first step").fill("Ask the union")
        await ana.mouse.click(5, 5)
        await expect(sheet(ana)).to_have_count(0)
        await renamed(ben, "Train teachers", "Train all teachers")
        await ana.reload()
        await activity(ana, "Train all teachers").click()
        await expect(ana.get_by_label("The first step")).to_have_value("Ask the union")
        await shot(ana, "phone-plan-left")
        await accessible(ana, "phone, an activity that was not saved")
        await ana.keyboard.press("Escape")
        await activity(ana, "Train all teachers").click()
        await sheet(ana).get_by_role("button", name="Save").click()
        await ben.get_by_role("button", name="Table", exact=True).click()
        await expect(ben.get_by_role("cell", name="Ask the union")).to_be_visible()
        await activity(ana, "Visit Vermont").click()
        await ana.get_by_label("The first step").fill("Rent a bus")
        await ana.keyboard.press("Escape")
        await activity(ana, "Visit Vermont").click()
        await sheet(ana).get_by_role("button", name="Discard").click()
        await expect(ana.get_by_label("The first step")).to_have_value("")
        await ana.keyboard.press("Escape")
        await activity(ana, "Visit Vermont").click()
        await expect(sheet(ana).get_by_role("button", name="Discard")).to_have_count(0)


async def test_what_it_waits_for(tmp_path: Path) -> None:
    """[PLAN5] [PLAN6] Said in the sheet, by keys alone; nothing is offered that waits for it itself."""
    async with stage(tmp_path, at_the_plan) as here:
        await planned(here)
        page = await here.come("Ana", **LAPTOP)
        await activity(page, "Write rubrics").press("Enter")
        offered = page.get_by_label("Something it waits for…")
        await expect(offered.get_by_role("option")).to_have_text(["Something it waits for…", "Visit Vermont"])
        await offered.select_option("Visit Vermont")
        await page.get_by_role("dialog").get_by_label("Begins").select_option("1")
        await expect(page.get_by_text("It begins before “Visit Vermont” ends.")).to_be_visible()
        await page.get_by_label("Lens").select_option(index=1)
        await shot(page, "laptop-plan-waits")
        await accessible(page, "laptop, what an activity waits for")
        await page.get_by_role("button", name="Save").press("Enter")
        await expect(activity(page, "Write rubrics", "Waits for “Visit Vermont”")).to_be_visible()
        await activity(page, "Write rubrics").press("Enter")
        await page.get_by_role("button", name="Waits for “Visit Vermont” no more").click()
        await page.get_by_role("button", name="Save").click()
        await expect(activity(page, "Write rubrics", "Waits for")).to_have_count(0)


LIES: Final = """row => {
    const x = (part) => row.querySelector(part).getBoundingClientRect().x
    const ground = (one) => one.backgroundColor + one.backgroundImage
    const word = row.querySelector('.how')
    return [
        Math.round(x('.title') - x('.bar')),
        ground(getComputedStyle(row.querySelector('.bar'))),
        word && ground(getComputedStyle(word, '::before')),
    ]
}"""
"""How far behind its bar an activity's title begins; what the bar and the sign of its standing look like."""


TODAY: Final = """one => {
    const { left, width } = one.getBoundingClientRect()
    return (one.querySelector('.now').getBoundingClientRect().left - left) / width * 24
}"""
"""How many months of the plan have gone by, as its line says."""


async def test_words_begin_with_their_bar(tmp_path: Path) -> None:
    """[PLAN11] [PLAN12] However late, unless they need the room before it; how it stands has a sign; and today."""
    async with stage(tmp_path, at_the_plan) as here, await leading(here.place, here.made) as boss:
        lying = {"agreed": ("Early", 1, 3), "begun": ("Late", 14, 9), "done": ("Long " * 12 + "end", 20, 4)}
        for n, (status, (title, start, length)) in enumerate(lying.items()):
            await boss.do(ActivityAdd(id=status, rank=f"a{n}", title=title, start=start, length=length))
            await boss.do(ActivitySet(id=status, status=Status(status)))
        for page in (await here.come("Ben", **LAPTOP), await here.page(here.made["links"]["projector"], **PROJECTOR)):
            rows = [page.locator(".timeline li").filter(has_text=title) for title, *_ in lying.values()]
            await expect(rows[-1].locator(".how")).to_be_visible()
            await shot(page, f"plan-lying-{await page.evaluate('innerWidth')}")
            (early, *agreed), (late, *begun), (long, *done) = [await row.evaluate(LIES) for row in rows]
            assert (abs(early), abs(late)) == (0, 0)
            assert long < -100
            assert len({agreed[0], begun[0], done[0]}) == 3
            assert all(bar == sign for bar, sign in (agreed, begun, done))
            await expect(rows[-1].locator(".how svg")).to_be_visible()
            await expect(rows[-1].locator(".title")).to_have_css("text-decoration-line", "none")
            await expect(page.locator(".today")).to_have_text("Today")
            assert 0 <= await page.locator(".timeline").first.evaluate(TODAY) <= 1
            whole = "one => one.scrollWidth <= one.clientWidth"
            assert await rows[-1].locator(".title").evaluate(whole)
