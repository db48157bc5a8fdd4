"""The facilitator's eye on the room: messages, who is ready, the groups."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, PersonMove, StepGo, StepReveal
from protocol.messages import HereUp

from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, enter, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

WRITING, VOTE = "step-5", "step-6"


class Cast:
    """A room: the facilitator's laptop, Ana's phone, the big screen; and others over the protocol."""

    def __init__(self, boss: Page, ana: Page, wall: Page, others: list[Participant]) -> None:
        self.boss, self.ana, self.wall, self.others = boss, ana, wall, others


@contextlib.asynccontextmanager
async def room(place: House, faults: list[str]) -> AsyncIterator[Cast]:
    """Two boards, everybody writes; Ana is at the first, of six others all but the last have a board."""
    made = place.post("/api/workshops", {"title": "Eyes", "template": "tough-issues"})
    links = {role: link.replace("localhost", "127.0.0.1") for role, link in made["links"].items()}
    joined = await join(place.url, key=links["facilitator"].partition("#k=")[2], name="Gus")
    async with contextlib.AsyncExitStack() as stack:
        gus = await stack.enter_async_context(Participant(place.url, joined.token))
        await gus.do(IssueChoose(ids=("issue-0", "issue-1")))
        await gus.do(StepReveal(step="step-4"))
        await gus.do(StepGo(step=WRITING, current="step-0"))
        others = [await someone(stack, place, made, turn) for turn in range(6)]
        running = await stack.enter_async_context(browser())
        pages = [await page_of(await running.new_context(**size), faults) for size in (LAPTOP, PHONE, PROJECTOR)]
        boss, ana, wall = pages
        await boss.goto(links["facilitator"])
        await ana.goto(f"{place.url}/j/{made['code']}")
        await enter(ana, "Ana")
        await wall.goto(links["projector"])
        yield Cast(boss, ana, wall, others)


async def someone(stack: contextlib.AsyncExitStack, place: House, made: dict[str, Any], turn: int) -> Participant:
    """One more who takes part; every third is remote."""
    joined = await join(place.url, code=made["code"], name=f"Person {turn}", place="room" if turn % 3 else "remote")
    person = await stack.enter_async_context(Participant(place.url, joined.token))
    if turn < 5:
        await person.do(PersonMove(person=joined.person or "", board="issue-0"))
    return person


async def test_the_facilitators_eye(tmp_path: Path) -> None:
    """All that is in it, in one afternoon.

    [SAY1] [SAY2] [SAY3] [SAY4] [READY1] [READY2] [READY3] [MON1] [MON2] [MON3] [SHARE1] [MEMO1] [HINT1] [PEOPLE2]
    """
    faults: list[str] = []
    with house(tmp_path) as place:
        async with room(place, faults) as cast:
            await says(cast)
            await is_ready(cast)
            await watches(cast)
            await shares(cast)
            await notes_to_self(cast)
            await evens_out(cast)
    assert faults == []


async def says(cast: Cast) -> None:
    """To everybody; to the other group; put aside; taken off."""
    boss, ana, wall = cast.boss, cast.ana, cast.wall
    box = ana.get_by_label("New note in Potential benefits")
    await box.fill("half a thought")
    await boss.get_by_role("button", name="Tell the room", exact=True).click()
    await boss.get_by_label("A line or two").fill("Coffee is <b>outside</b>")
    await boss.get_by_label("A line or two").press("Enter")
    line = ana.get_by_role("complementary", name="From the facilitator")
    await expect(line).to_contain_text("Coffee is <b>outside</b>")
    await expect(wall.get_by_text("Coffee is <b>outside</b>")).to_be_visible()
    await expect(ana.get_by_text("From the facilitator: Coffee")).to_have_count(1)
    await expect(box).to_be_focused()
    await shot(ana, "monitor-said-phone")
    await shot(wall, "monitor-said-wall")
    await boss.get_by_role("combobox").select_option(label="Accountability for performance-based systems")
    await boss.get_by_label("A line or two").fill("Only for the others")
    await boss.get_by_role("button", name="Send").click()
    await expect(boss.get_by_text("Only for the others")).to_be_visible()
    await shot(boss, "monitor-messages")
    await line.get_by_role("button", name="Got it").tap()
    await expect(line).to_have_count(0)
    await ana.reload()
    await expect(box).to_have_value("half a thought")
    await expect(line).to_have_count(0)
    await boss.get_by_role("button", name="Take off the screens: Coffee").click()
    await expect(wall.get_by_text("Coffee is")).to_have_count(0)
    await expect(wall.get_by_text("Only for the others")).to_have_count(0)
    await boss.keyboard.press("Escape")


async def is_ready(cast: Cast) -> None:
    """Ana is; the console counts her, and names the others; the next step asks anew."""
    boss, ana = cast.boss, cast.ana
    ready = ana.get_by_role("button", name="Ready", exact=True)
    await ready.tap()
    await expect(ready).to_have_attribute("aria-pressed", "true")
    await expect(boss.get_by_role("button", name="1 of 7 ready")).to_be_visible()
    await shot(ana, "monitor-ready-phone")
    await shot(boss, "monitor-console")
    await boss.get_by_role("button", name="1 of 7 ready").click()
    await expect(boss.get_by_role("dialog").get_by_text("Person 3")).to_be_visible()
    await expect(boss.get_by_role("dialog").get_by_text("Ana")).to_have_count(0)
    await boss.keyboard.press("Escape")


async def watches(cast: Cast) -> None:
    """Each group on its card: who is away, what is not saved, since when nothing moved; a line and time for one."""
    boss, ana, others = cast.boss, cast.ana, cast.others
    hers = boss.get_by_role("listitem").filter(has=boss.get_by_role("heading", name="Ensuring quality"))
    theirs = boss.get_by_role("listitem").filter(has=boss.get_by_role("heading", name="Accountability"))
    await expect(hers).to_contain_text("1 person · 1 ready")
    await expect(theirs).to_contain_text("Nothing yet")
    await ana.get_by_label("New note in Potential benefits").press("Enter")
    await expect(hers).to_contain_text("Touched just now")
    others[0].here(HereUp(board="issue-0", unsaved=3))
    await expect(theirs).to_contain_text("3 not saved yet")
    others[0].here(HereUp(board="issue-0"))
    await others[1].stop()
    await expect(theirs).to_contain_text("4 of 5 here")
    await expect(theirs).to_contain_text("Offline: Person 1")
    faces = theirs.locator(".avatar")
    await expect(faces.last).to_have_attribute("title", "Person 1")
    assert len(set(await faces.all_inner_texts())) == 5
    await expect(theirs).not_to_contain_text("not saved yet")
    await hers.get_by_role("button", name="2 minutes more for Ensuring quality").click()
    await expect(hers).to_contain_text("Left for this group")
    await expect(theirs).not_to_contain_text("Left for this group")
    await expect(ana.get_by_role("banner").get_by_text("Your group has 2 minutes more")).to_have_count(1)
    await shot(ana, "monitor-longer-phone")
    await shot(boss, "monitor-groups")
    await theirs.get_by_role("button", name="Tell this group: Accountability").click()
    await expect(boss.get_by_role("combobox")).to_have_value("issue-0")
    await boss.keyboard.press("Escape")


async def shares(cast: Cast) -> None:
    """Ana's note is one of the room's; remote people gave none yet."""
    boss = cast.boss
    await boss.get_by_role("button", name="1 of 7 gave something").click()
    sheet = boss.get_by_role("dialog", name="Who gives how much")
    await expect(sheet.get_by_role("definition").nth(1)).to_contain_text("1 In the room")
    await expect(sheet.get_by_role("definition").nth(1)).to_contain_text("0 Remote")
    await shot(boss, "monitor-shares")
    await boss.keyboard.press("Escape")


async def notes_to_self(cast: Cast) -> None:
    """Kept as it is written, also over a reload; and a hint at what nobody of a group is there to read."""
    boss, ana = cast.boss, cast.ana
    await boss.get_by_role("button", name="Note to self").click()
    await boss.get_by_label("What to remember").fill("Ask about <b>costs</b>")
    await shot(boss, "monitor-memo")
    await boss.keyboard.press("Escape")
    await expect(boss.get_by_role("button", name="Note to self Ask about <b>costs</b>")).to_be_visible()
    await expect(boss.get_by_test_id("save-sign").first).to_have_text("Saved")
    await boss.reload()
    await expect(boss.get_by_role("button", name="Note to self Ask about <b>costs</b>")).to_be_visible()
    await ana.close()
    await boss.get_by_role("button", name="1 thing to check").click()
    await expect(boss.get_by_role("dialog")).to_contain_text("nobody of the group is here")
    await expect(boss.get_by_role("dialog").get_by_text("since")).to_be_visible()
    await shot(boss, "monitor-hints")
    await accessible(boss, "monitor-hints")
    await boss.keyboard.press("Escape")


async def evens_out(cast: Cast) -> None:
    """First who has none; then the groups even out."""
    boss = cast.boss
    await boss.get_by_role("button", name="Balance the groups").click()
    await boss.get_by_role("button", name="Even out the groups").click()
    await expect(boss.get_by_role("button", name="Balance the groups")).to_be_disabled()
