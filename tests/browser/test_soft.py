"""Soft steps: moving on takes nothing from anybody, and breaks no promise."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from client.participant import Participant, join
from protocol.commands import ActivityAdd, IssueChoose, StepEdit, StepGo, StepReveal, WorkshopGather, WorkshopSpotlight
from protocol.records import Note, Workshop

from .stage import LAPTOP, PHONE, PROJECTOR, House, at_the_board, browser, enter, house, page_of, shot
from .test_crowded import accessible
from .test_journeys import put

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ALONE = "step-4"
"""The private writing step of the template."""
TOGETHER = "step-5"
VOTE = "step-6"
BREAK = "step-7"
CLOSE = "step-11"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of this file."""
    with house(tmp_path_factory.mktemp("soft")) as running:
        yield running


class Table:
    """A workshop with two boards, whoever leads it, and a browser for those who come."""

    def __init__(self, place: House, running: Browser, boss: Participant, made: dict[str, Any]) -> None:
        self.place = place
        self.running = running
        self.boss = boss
        self.code: str = made["code"]
        self.links: dict[str, str] = made["links"]
        self.faults: list[str] = []

    async def go(self, step: str) -> None:
        """On to a step, or back to it."""
        [workshop] = self.boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await self.boss.do(StepGo(step=step, current=workshop.step))

    async def note(self) -> Note:
        """The one note that is there, as whoever leads sees it; it may be on its way."""
        async with asyncio.timeout(20):
            while not self.boss.all("note"):
                await asyncio.sleep(0.05)
        [note] = self.boss.all("note")
        assert isinstance(note, Note)
        return note

    async def two(self) -> tuple[Page, Page]:
        """Ana on a phone and Cho on a laptop, at one board."""
        sizes = {"Ana": PHONE, "Cho": LAPTOP}
        contexts = {name: await self.running.new_context(**size) for name, size in sizes.items()}
        pages = [await at_the_board(c, self.place, self.code, name, self.faults) for name, c in contexts.items()]
        return pages[0], pages[1]


@contextlib.asynccontextmanager
async def table(place: House) -> AsyncIterator[Table]:
    """People write on their own; whatever a page complains of is a fault."""
    made = place.post("/api/workshops", {"title": "Soft steps", "template": "tough-issues"})
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(place.url, key=key, name="Facilitator")
    async with Participant(place.url, joined.token) as boss, browser() as running:
        await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
        here = Table(place, running, boss, made)
        await here.go(ALONE)
        yield here
        assert here.faults == []


async def test_what_was_written_alone_and_offline_arrives_face_down(place: House) -> None:
    """[SOFT1] [STEP10] The others are in an open step by then: they see that a note is there, read when turned."""
    async with table(place) as here:
        ana, cho = await here.two()
        await ana.context.set_offline(True)
        await expect(ana.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"), timeout=30_000)
        await put(ana, "Nobody dares to say it")
        await here.go(TOGETHER)
        await expect(cho.get_by_role("heading", name="Build on each other")).to_be_visible()
        await ana.context.set_offline(False)
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        await expect(ana.get_by_role("article", name="Nobody dares to say it")).to_be_visible()
        await put(cho, "An open one")
        await expect(ana.get_by_role("article", name="An open one")).to_be_visible()
        await expect(cho.get_by_text("Nobody dares to say it")).to_have_count(0)
        await shot(cho, "laptop-late-face-down")
        await accessible(cho, "laptop-late-face-down")
        await here.boss.do(StepReveal(step=ALONE))
        note = cho.get_by_role("article", name="Nobody dares to say it")
        await expect(note.get_by_text("added later")).to_be_visible()
        await shot(cho, "laptop-late-turned")
        await accessible(cho, "laptop-late-turned")
        await here.go(ALONE)
        for page in (ana, cho):
            await expect(page.get_by_role("banner").get_by_text("what you write now is seen at once")).to_be_visible()
            await expect(page.get_by_text("Nobody sees what you write")).to_have_count(0)


async def test_what_was_written_face_down_goes_back_where_all_would_read_it(place: House) -> None:
    """[SOFT4] The step was opened before it came: nobody reads it until its author says so."""
    async with table(place) as here:
        ana, cho = await here.two()
        await ana.context.set_offline(True)
        await expect(ana.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"), timeout=30_000)
        await put(ana, "Nobody dares to say it")
        await here.boss.do(StepEdit(step=ALONE, private=False))
        await ana.context.set_offline(False)
        back = ana.locator(".back").filter(has_text="Nobody dares to say it")
        await expect(back).to_contain_text("This was written face down", timeout=40_000)
        await shot(ana, "phone-open-now")
        await accessible(ana, "phone-open-now")
        assert here.boss.all("note") == []
        await expect(cho.get_by_text("Nobody dares to say it")).to_have_count(0)
        await back.get_by_role("button", name="Try again").click()
        await expect(cho.get_by_role("article", name="Nobody dares to say it")).to_be_visible(timeout=20_000)
        await expect(back).to_have_count(0)


def moved_on(page: Page, step: str) -> Locator:
    """The line that says where the others are."""
    return page.get_by_role("status").filter(has_text=f"The others moved on to {step}.")


async def test_who_is_writing_finishes_and_follows(place: House) -> None:
    """[SOFT1] [SOFT3] Nobody else waits; the note belongs to the step it was written in; the line says the newest."""
    async with table(place) as here:
        ana, cho = await here.two()
        told: list[str] = []
        ana.on("websocket", lambda line: line.on("framesent", lambda frame: told.append(str(frame))))
        await ana.reload()
        box = ana.get_by_role("textbox", name="New note in Potential benefits")
        await box.fill("Students who learn at their own")
        await here.go(TOGETHER)
        await expect(moved_on(ana, "Build on each other")).to_be_visible()
        await expect(box).to_be_focused()
        await shot(ana, "phone-moved-on")
        await accessible(ana, "phone-moved-on")
        await expect(cho.get_by_role("heading", name="Build on each other")).to_be_visible()
        await expect(cho.get_by_text("The others moved on")).to_have_count(0)
        told.clear()
        await box.press_sequentially(" pace")
        await here.go(BREAK)
        await expect(moved_on(ana, "Break")).to_be_visible()
        await box.press("Enter")
        await expect(moved_on(ana, "Break")).to_have_count(0)
        await expect(ana.get_by_role("heading", name="Break").first).to_be_visible()
        await expect(box).to_have_count(0)
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved")
        note = await here.note()
        assert (note.step, note.sealed, note.text) == (ALONE, True, "")
        assert any("note.add" in frame for frame in told)
        assert [frame for frame in told if '"typing":true' in frame] == []


async def test_following_keeps_what_was_begun(place: House) -> None:
    """[SOFT3] [WRITE1] *Follow now* leaves the words in their place; so does a reload; a draft alone holds nobody."""
    async with table(place) as here:
        ana, cho = await here.two()
        await here.go(TOGETHER)
        box = cho.get_by_role("textbox", name="New note in Risks")
        await box.fill("Half a thought")
        await here.go(VOTE)
        await shot(cho, "laptop-moved-on")
        await accessible(cho, "laptop-moved-on")
        await moved_on(cho, "Vote").get_by_role("button", name="Follow now").click()
        await expect(cho.get_by_text("The others moved on")).to_have_count(0)
        await expect(box).to_have_count(0)
        await here.go(TOGETHER)
        await expect(box).to_have_value("Half a thought")
        await here.go(VOTE)
        await expect(box).to_have_count(0)
        await expect(cho.get_by_text("The others moved on")).to_have_count(0)
        await here.go(TOGETHER)
        await box.focus()
        await here.go(VOTE)
        await expect(moved_on(cho, "Vote")).to_be_visible()
        await cho.reload()
        await expect(cho.get_by_role("heading", name="Vote")).to_be_visible()
        await expect(cho.get_by_text("The others moved on")).to_have_count(0)
        await expect(ana.get_by_role("heading", name="Vote")).to_be_visible()


async def test_an_editing_is_finished_where_it_was_begun(place: House) -> None:
    """[SOFT3] [NOTE4] A note in the hand stays in it; closing the workshop holds nobody."""
    async with table(place) as here:
        _, cho = await here.two()
        await here.go(TOGETHER)
        await put(cho, "First")
        note = cho.get_by_role("article", name="First")
        await note.press("e")
        editing = cho.get_by_role("textbox", name="Edit note")
        await editing.fill("First, and better")
        await here.go(BREAK)
        await expect(moved_on(cho, "Break")).to_be_visible()
        await editing.press("Enter")
        await expect(cho.get_by_text("The others moved on")).to_have_count(0)
        await expect(cho.get_by_test_id("save-sign")).to_have_text("Saved")
        await here.go(TOGETHER)
        await expect(cho.get_by_role("article", name="First, and better")).to_be_visible()
        await cho.get_by_role("textbox", name="New note in Risks").fill("Too late")
        await here.go(CLOSE)
        await expect(cho.get_by_role("heading", name="Close").first).to_be_visible()
        await expect(cho.get_by_text("The others moved on")).to_have_count(0)


async def test_everybody_is_brought_together_and_let_go(place: House) -> None:
    """[GATHER1] [GATHER2] Who writes is not yanked; there is a way back, and there again; late-comers are brought."""
    async with table(place) as here:
        ana, cho = await here.two()
        await here.go(TOGETHER)
        await put(cho, "Look at this")
        note = await here.note()
        box = ana.get_by_role("textbox", name="New note in Potential benefits")
        await box.fill("Still writing")
        await here.boss.do(WorkshopSpotlight(target=note.id))
        await here.boss.do(WorkshopGather(on=True))
        shown = cho.get_by_role("region", name="In the spotlight")
        await expect(shown).to_contain_text("Look at this")
        await expect(cho.get_by_text("Facilitator brought everyone here.")).to_be_visible()
        await shot(cho, "laptop-gathered")
        await accessible(cho, "laptop-gathered")
        await expect(box).to_be_focused()
        await expect(ana.get_by_text("Facilitator brought everyone together.")).to_be_visible()
        await shot(ana, "phone-gathering")
        await accessible(ana, "phone-gathering")
        await ana.get_by_role("button", name="Go there").click()
        await expect(ana.get_by_role("region", name="In the spotlight")).to_contain_text("Look at this")
        await shot(ana, "phone-gathered")
        await accessible(ana, "phone-gathered")
        await ana.get_by_role("button", name="Back to my screen").click()
        await expect(box).to_have_value("Still writing")
        eve = await page_of(await here.running.new_context(**LAPTOP), here.faults)
        await eve.goto(f"{here.place.url}/j/{here.code}")
        await enter(eve, "Eve", board="")
        await expect(eve.get_by_role("region", name="In the spotlight")).to_contain_text("Look at this")
        await here.boss.do(WorkshopGather(on=False))
        for page in (ana, cho, eve):
            await expect(page.get_by_text("brought everyone")).to_have_count(0)
        await expect(cho.get_by_role("article", name="Look at this")).to_be_visible()
        await expect(cho.get_by_role("region", name="In the spotlight")).to_have_count(0)


async def test_everybody_is_brought_to_the_plan(place: House) -> None:
    """[GATHER3] From a writing step, and back to one's board; the big screen shows the plan, too."""
    async with table(place) as here:
        ana, cho = await here.two()
        await here.go(TOGETHER)
        await put(cho, "Look at this")
        await here.boss.do(ActivityAdd(id="a", rank="a0", title="Train the moderators", start=1, length=3))
        console = await page_of(await here.running.new_context(**LAPTOP), here.faults)
        await console.goto(here.links["facilitator"].replace("localhost", "127.0.0.1"))
        wall = await page_of(await here.running.new_context(**PROJECTOR), here.faults)
        await wall.goto(here.links["projector"].replace("localhost", "127.0.0.1"))
        await console.get_by_role("button", name="Show the plan to all").click()
        await expect(wall.get_by_text("Train the moderators")).to_be_visible()
        await expect(cho.get_by_role("article", name="Look at this")).to_be_visible()
        await console.get_by_role("button", name="Bring everyone here").click()
        for page, name in ((ana, "phone"), (cho, "laptop"), (console, "console"), (wall, "wall")):
            if page in (ana, cho):
                await expect(page.get_by_text("Facilitator brought everyone here.")).to_be_visible()
                await expect(page.get_by_role("button", name="Train the moderators")).to_be_visible()
            await shot(page, f"gathered-plan-{name}")
        await accessible(ana, "phone-gathered-plan")
        await cho.get_by_role("button", name="Back to my screen").click()
        await expect(cho.get_by_role("article", name="Look at this")).to_be_visible()
        await console.get_by_role("button", name="End the spotlight").click()
        await expect(ana.get_by_role("textbox", name="New note in Potential benefits")).to_be_visible()
        await expect(wall.get_by_text("Train the moderators")).to_have_count(0)
