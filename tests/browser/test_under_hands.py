"""What others do to a note while one writes in it, carries it or goes to it: no word is lost, no key goes astray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, NoteAdd, NoteBin, NoteMove, NoteRestore, StackMake, StepGo
from protocol.records import Note, Workshop
from server.workshop.ranks import rank

from .full import BOARD, SECTIONS, WRITING
from .hands import at, taken
from .stage import LAPTOP, PHONE, at_the_board, browser, house, shot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Locator

HALF = " and then nobody has"
REST = " to explain it twice"
VOTE, PLENARY = "step-6", "step-7"


def box(page: Page) -> Locator:
    """Where a note is being edited."""
    return page.get_by_label("Edit note")


def composer(page: Page, section: str = "Potential benefits") -> Locator:
    """Where new notes are written."""
    return page.get_by_label(f"New note in {section}")


async def moved(boss: Participant, id_: str, section: int, place: int | None = None) -> None:
    """A note goes elsewhere; without a place to the very top."""
    where = "Zz" if place is None else rank(place)
    await boss.do(NoteMove(id=id_, board=BOARD, section=SECTIONS[section], rank=where))


def kept(boss: Participant, id_: str) -> Note:
    """A note as all have it."""
    note = boss.get("note", id_)
    assert isinstance(note, Note)
    return note


async def test_under_ones_hands(tmp_path: Path) -> None:
    """[WRITE4] [WALL3] [ALL1] On a laptop and a phone, a facilitator does what others do."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made = place.post("/api/workshops", {"title": "Under hands", "template": "tough-issues"})
        key = made["links"]["facilitator"].partition("#k=")[2]
        token = (await join(place.url, key=key, name="Facilitator")).token
        async with Participant(place.url, token) as boss, browser() as running:
            await boss.do(IssueChoose(ids=("issue-0", BOARD)))
            [workshop] = boss.all("workshop")
            assert isinstance(workshop, Workshop)
            await boss.do(StepGo(step=WRITING, current=workshop.step))
            for n in range(8):
                add = NoteAdd(id=f"n{n}", board=BOARD, section=SECTIONS[0], text=f"Thought {n}", rank=rank(n))
                await boss.do(add)
            cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
            ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
            await written_in(boss, cho, ana)
            await out_of_sight(boss, cho, ana)
            await nobody_is_led_away(boss, cho)
            await in_the_hand(boss, cho, ana)
    assert faults == []


async def writing_in(page: Page, id_: str) -> None:
    """Somebody is in the middle of a sentence."""
    if page.viewport_size == LAPTOP["viewport"]:
        await at(page, id_).focus()
        await page.keyboard.press("e")
    else:
        await at(page, id_).tap()
        await at(page, id_).get_by_role("button", name="Edit").tap()
    await expect(box(page)).to_be_focused()
    await page.keyboard.type(HALF)


async def written_in(boss: Participant, cho: Page, ana: Page) -> None:
    """It goes to another place or section: one goes on writing in it, letter by letter."""
    for page, id_, section, where in ((cho, "n6", 0, 90), (ana, "n5", 0, 91), (cho, "n4", 1, 1), (ana, "n3", 2, 1)):
        await writing_in(page, id_)
        await moved(boss, id_, section, where)
        await expect(page.locator(f'[data-section="{SECTIONS[section]}"] [data-note="{id_}"]')).to_be_attached()
        await expect(box(page)).to_be_focused()
        await page.keyboard.type(REST)
        await expect(box(page)).to_have_value(f"Thought {id_[1]}{HALF}{REST}")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article", name=f"Thought {id_[1]}{HALF}{REST}")).to_be_visible()
    await ana.get_by_role("button", name="Potential benefits").tap()
    # A neighbour goes from below to above: the one that one writes in is what the browser moves.
    await writing_in(cho, "n1")
    await moved(boss, "n2", 0)
    await expect(cho.locator("[data-row]").first).to_have_attribute("data-row", "n2")
    await expect(box(cho)).to_be_focused()
    await cho.keyboard.press("Escape")


async def out_of_sight(boss: Participant, cho: Page, ana: Page) -> None:
    """It goes into the bin, or into a stack: that is told, the words are there, and the keys write on."""
    for page, id_ in ((cho, "n0"), (ana, "n7")):
        await expect(composer(page)).to_have_value("")
        await writing_in(page, id_)
        await boss.do(NoteBin(id=id_))
        words = f"Thought {id_[1]}{HALF}"
        await expect(composer(page)).to_have_value(words)
        await expect(composer(page)).to_be_focused()
        await expect(page.get_by_test_id("toast")).to_contain_text("into the bin")
        await page.keyboard.type(REST)
        await expect(composer(page)).to_have_value(words + REST)
        await shot(page, f"under-hands-{'phone' if page is ana else 'laptop'}")
        await composer(page).fill("")
        await boss.do(NoteRestore(id=id_))
        await expect(at(page, id_)).to_be_visible()
    await writing_in(cho, "n0")
    await boss.do(StackMake(id="s0", notes=("n0", "n7")))
    await expect(composer(cho)).to_be_focused()
    await expect(cho.get_by_test_id("toast")).to_contain_text("kept in it")
    await expect(composer(cho)).to_have_value("")
    await expect(cho.get_by_test_id("save-sign")).to_have_text("Saved")
    await boss.until(lambda: kept(boss, "n0").text.endswith(HALF))


async def nobody_is_led_away(boss: Participant, cho: Page) -> None:
    """[FIND1] What one was led to lies in a stack: one comes to that; later nothing takes the keys from who writes."""
    await cho.keyboard.press("Escape")
    await cho.keyboard.press("/")
    await cho.keyboard.type("Thought 7")
    await cho.keyboard.press("Enter")
    await expect(cho.locator('[data-row="s0"] :focus')).to_be_attached()
    await composer(cho).fill("Not what is looked for")
    await composer(cho).press("Enter")
    await expect(cho.get_by_role("article", name="Not what is looked for")).to_be_visible()
    await expect(at(cho, "n1")).to_have_count(0)
    await cho.get_by_role("button", name="End the search").click()
    await composer(cho).click()
    await cho.keyboard.type("How ")
    await moved(boss, "n7", 0, 99)
    await expect(at(cho, "n7")).to_be_visible()
    await cho.keyboard.type("nice")
    await expect(composer(cho)).to_have_value("How nice")
    await composer(cho).fill("")


async def in_the_hand(boss: Participant, cho: Page, ana: Page) -> None:
    """Of a note in the hand that was put into the bin nothing is put down; nor when the wall is no more to be moved."""
    touch, _, _ = await taken(ana, at(ana, "n1"))
    await boss.do(NoteBin(id="n1"))
    await expect(ana.locator(".ghost")).to_have_count(0)
    await expect(ana.get_by_test_id("toast")).to_contain_text("took this note away")
    await touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    await boss.do(NoteRestore(id="n1"))
    for step, current in ((VOTE, WRITING), (PLENARY, WRITING)):
        held = await at(cho, "n1").bounding_box()
        there = await cho.get_by_role("group", name="Notes in Risks").bounding_box()
        assert held
        assert there
        await cho.mouse.move(held["x"] + 40, held["y"] + 14)
        await cho.mouse.down()
        await cho.mouse.move(there["x"] + 60, there["y"] + 200, steps=4)
        await expect(cho.locator(".ghost")).to_be_visible()
        await boss.do(StepGo(step=step, current=current))
        await expect(cho.locator(".ghost")).to_have_count(0)
        await cho.mouse.up()
        assert kept(boss, "n1").section == SECTIONS[0]
        if step == VOTE:
            await boss.do(StepGo(step=WRITING, current=VOTE))
            await expect(composer(cho)).to_be_visible()
