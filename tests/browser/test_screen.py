"""The big screen, led from the console; kept still; and within one's own screen."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, NoteAdd, NoteBin, NoteEdit, StepGo
from protocol.records import Workshop

from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, enter, house, page_of, shot
from .test_everyone import axe

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

TOGETHER, VOTE = "step-5", "step-6"
FIRST, SECOND = "Accountability for performance-based systems", "Ensuring quality"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of this file."""
    with house(tmp_path_factory.mktemp("screen")) as running:
        yield running


class Hall:
    """A workshop of two boards where people write: the console, the big screen, and somebody remote."""

    def __init__(self, ana: Participant, boss: Participant, console: Page, wall: Page, remote: Page) -> None:
        self.ana = ana
        self.boss = boss
        self.console = console
        self.wall = wall
        self.remote = remote

    async def write(self, id_: str, text: str) -> None:
        """Somebody writes a note."""
        await self.ana.do(NoteAdd(id=id_, board="issue-1", section="section-0", rank="a0", text=text))

    async def press(self, lever: str) -> None:
        """A lever of the console."""
        await self.console.get_by_role("button", name=lever).click()


@contextlib.asynccontextmanager
async def hall(place: House) -> AsyncIterator[Hall]:
    """All of them there; whatever a page complains of is a fault."""
    faults: list[str] = []
    made = place.post("/api/workshops", {"title": "In the hall", "template": "tough-issues"})
    key = made["links"]["facilitator"].partition("#k=")[2]
    leads, writes = await join(place.url, key=key, name="Dana"), await join(place.url, code=made["code"], name="Ana")
    async with (
        Participant(place.url, leads.token) as boss,
        Participant(place.url, writes.token) as ana,
        browser() as running,
    ):
        await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
        [workshop] = boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await boss.do(StepGo(step=TOGETHER, current=workshop.step))
        wall = await page_of(await running.new_context(**PROJECTOR), faults)
        await wall.goto(made["links"]["projector"].replace("localhost", "127.0.0.1"))
        console = await page_of(await running.new_context(**LAPTOP), faults)
        await console.goto(made["links"]["facilitator"].replace("localhost", "127.0.0.1"))
        remote = await page_of(await running.new_context(**PHONE), faults)
        await remote.goto(f"{place.url}/j/{made['code']}")
        await remote.get_by_text("Remote", exact=False).first.click()
        await enter(remote, "Rio", board="")
        await expect(wall.get_by_role("heading", level=1)).to_have_text("Build on each other")
        yield Hall(ana, boss, console, wall, remote)
        assert faults == []


async def test_the_console_leads_the_big_screen(place: House) -> None:
    """[SCENE8] Boards in turn, black, and the newest word: a key's, the console's, the next step's."""
    async with hall(place) as here:
        heading = here.wall.get_by_role("heading", level=1)
        await here.press("Boards in turn")
        await expect(heading.get_by_text(FIRST).or_(heading.get_by_text(SECOND))).to_be_visible()
        assert await axe(here.wall, "boards in turn") == []
        await here.press("Black")
        await expect(here.wall.locator(".black")).to_be_visible()
        await shot(here.console, "console-black")
        for page, name in ((here.wall, "the wall"), (here.console, "the console")):
            assert await axe(page, f"black, {name}") == []
        await here.wall.keyboard.press("ArrowRight")
        await expect(here.wall.locator(".black")).to_have_count(0)
        await here.press("Boards in turn")
        await here.press("Boards in turn")
        await expect(heading).to_have_text("Build on each other")
        await here.press("Black")
        await here.console.get_by_role("button", name=f"Show {SECOND} to all").click()
        await expect(heading).to_have_text(SECOND)
        await expect(here.wall.locator(".black")).to_have_count(0)
        await here.press("Boards in turn")
        await expect(here.console.get_by_role("button", name="Bring everyone here")).to_have_count(0)
        await here.console.get_by_role("button", name=f"Show {SECOND} to all").click()
        await here.press("Bring everyone here")
        await expect(here.remote.get_by_text("Facilitator brought everyone here.")).to_be_visible()
        await shot(here.console, "console-gathered")
        assert await axe(here.console, "everyone is brought here") == []
        await here.press("Let everyone go")
        await expect(here.remote.get_by_text("brought everyone here")).to_have_count(0)


async def test_the_big_screen_keeps_still(place: House) -> None:
    """[SCENE9] New notes are counted, what is taken away goes, words are those of now; a reload keeps the picture."""
    async with hall(place) as here:
        await here.write("n1", "Here before")
        await here.write("n2", "Not for long")
        await expect(here.wall.get_by_text("Not for long")).to_be_visible()
        await here.press("Hold the picture")
        await expect(here.wall.get_by_text("Held still")).to_be_visible()
        await here.write("n3", "Came since")
        await here.write("n4", "Came since, too")
        await expect(here.wall.get_by_text("Held still · +2 notes")).to_be_visible()
        await expect(here.wall.get_by_text("Came since")).to_have_count(0)
        await here.ana.do(NoteBin(id="n2"))
        await expect(here.wall.get_by_text("Not for long")).to_have_count(0)
        await expect(here.wall.get_by_text("Here before")).to_be_visible()
        await shot(here.wall, "projector-still")
        for page, name in ((here.wall, "the wall"), (here.console, "the console")):
            assert await axe(page, f"held still, {name}") == []
        await here.ana.do(NoteEdit(id="n1", rev=1, base="Here before", text="Said better"))
        await expect(here.wall.get_by_text("Said better")).to_be_visible()
        await expect(here.wall.get_by_text("Here before")).to_have_count(0)
        await here.wall.reload()
        await expect(here.wall.get_by_text("Held still · +2 notes")).to_be_visible()
        await here.write("n5", "After the reload")
        await expect(here.wall.get_by_text("Held still · +3 notes")).to_be_visible()
        await expect(here.wall.get_by_text("Said better")).to_be_visible()
        for gone in ("After the reload", "Came since", "Not for long"):
            await expect(here.wall.get_by_text(gone)).to_have_count(0)
        await within_ones_own(here.remote)
        await here.press("Hold the picture")
        await expect(here.wall.get_by_text("After the reload")).to_be_visible()
        await expect(here.wall.get_by_text("Held still")).to_have_count(0)


async def within_ones_own(remote: Page) -> None:
    """It keeps still there too."""
    await remote.get_by_role("button", name="people here").click()
    await remote.get_by_role("button", name="The big screen").click()
    big = remote.get_by_role("dialog", name="The big screen")
    await expect(big.get_by_text("Held still · +3 notes")).to_be_visible()
    await expect(big.get_by_text("Said better")).to_be_visible()
    await expect(big.get_by_text("Came since")).to_have_count(0)
    await shot(remote, "phone-still")
    assert await axe(remote, "held still, on a phone") == []
    await remote.keyboard.press("Escape")


async def test_the_big_screen_within_ones_own(place: House) -> None:
    """[SCENE10] From the bar for remote people, from the faces for all; what is face down stays so; a way back."""
    async with hall(place) as here:
        await here.write("n1", "Seen from afar")
        await here.remote.get_by_role("button", name="people here").click()
        await here.remote.get_by_role("button", name="The big screen").click()
        big = here.remote.get_by_role("dialog", name="The big screen")
        await expect(big.get_by_role("heading", name="Build on each other")).to_be_visible()
        await expect(big.get_by_text("Seen from afar")).to_be_visible()
        await shot(here.remote, "phone-big-screen")
        assert await axe(here.remote, "the big screen on a phone") == []
        await here.remote.set_viewport_size({"width": 1440, "height": 900})
        await shot(here.remote, "laptop-big-screen")
        assert await axe(here.remote, "the big screen on a laptop") == []
        await here.press("Black")
        await expect(big.get_by_text("The big screen is dark just now.")).to_be_visible()
        assert await axe(here.remote, "the big screen, dark just now") == []
        await big.get_by_role("button", name="Back to my screen").click()
        await expect(big).to_have_count(0)
        await here.remote.get_by_role("button", name="The big screen").click()
        await expect(big).to_be_visible()
        await here.remote.keyboard.press("Escape")
        await expect(big).to_have_count(0)
