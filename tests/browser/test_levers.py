"""A number of notes for each, and what waits for the facilitator or was set aside."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, StepEdit, StepGo
from protocol.records import Workshop

from .stage import LAPTOP, PHONE, PROJECTOR, House, at_the_board, browser, house, page_of, shot
from .test_crowded import accessible
from .test_journeys import put
from .test_notes import PASTE, composer, note

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PROPOSE, WRITE, VOTE = "step-1", "step-5", "step-6"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of this file."""
    with house(tmp_path_factory.mktemp("levers")) as running:
        yield running


class Scene:
    """A workshop with two boards, whoever leads it over the protocol, and a browser."""

    def __init__(self, place: House, running: Browser, boss: Participant, made: dict[str, Any]) -> None:
        self.place = place
        self.running = running
        self.boss = boss
        self.made = made
        self.faults: list[str] = []

    async def go(self, step: str) -> None:
        """On to a step, or back to it."""
        [workshop] = self.boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await self.boss.do(StepGo(step=step, current=workshop.step))

    async def at_board(self, name: str, size: dict[str, Any], **more: Any) -> Page:
        """Somebody at the board of the second issue."""
        context = await self.running.new_context(**size, **more)
        return await at_the_board(context, self.place, self.made["code"], name, self.faults)

    async def opened(self, address: str, size: dict[str, Any], **more: Any) -> Page:
        """A page of its own."""
        page = await page_of(await self.running.new_context(**size, **more), self.faults)
        await page.goto(address.replace("localhost", "127.0.0.1"))
        return page

    async def proposing(self, name: str, size: dict[str, Any], **more: Any) -> Page:
        """Somebody who is on no board."""
        page = await self.opened(f"{self.place.url}/j/{self.made['code']}", size, **more)
        await page.get_by_label("Your name").or_(page.get_by_label("Tu nombre")).fill(name)
        await page.get_by_role("button", name=re.compile("^(Join|Entrar)")).click()
        return page


@contextlib.asynccontextmanager
async def scene(place: House) -> AsyncIterator[Scene]:
    """People write together; whatever a page complains of is a fault."""
    made = place.post("/api/workshops", {"title": "Levers", "template": "tough-issues"})
    joined = await join(place.url, key=made["links"]["facilitator"].partition("#k=")[2], name="Facilitator")
    async with Participant(place.url, joined.token) as boss, browser() as running:
        await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
        here = Scene(place, running, boss, made)
        await here.go(WRITE)
        yield here
        assert here.faults == []


async def test_a_number_of_notes_for_each(place: House) -> None:
    """[CAP1] [CAP4] It says how many are left, keeps what is typed, and takes a list whole or not at all."""
    async with scene(place) as here:
        console = await here.opened(here.made["links"]["facilitator"], LAPTOP)
        sheet = console.get_by_role("navigation", name="Run sheet")
        await sheet.get_by_role("button", name="Edit step “Build on each other”").click()
        await sheet.get_by_label("Most notes per person").fill("3")
        await shot(console, "levers-cap-form")
        await sheet.get_by_role("button", name="Save").click()
        ana = await here.at_board("Ana", PHONE)
        cho = await here.at_board("Cho", LAPTOP, color_scheme="dark")
        left = ana.get_by_test_id("cap")
        await expect(left).to_have_text("3 of 3 left")
        await put(ana, "First")
        await expect(left).to_have_text("2 of 3 left")
        await shot(ana, "levers-cap-phone")
        await composer(ana).evaluate(PASTE, "One\nTwo\nThree")
        await expect(ana.get_by_role("button", name="Add 3 notes")).to_be_disabled()
        await expect(ana.get_by_test_id("short")).to_be_visible()
        await shot(ana, "levers-cap-paste")
        await accessible(ana, "a list that is too long for the number, phone")
        await ana.keyboard.press("Escape")
        await put(ana, "Second")
        await put(ana, "Third")
        await expect(left).to_contain_text("Your 3 notes are written")
        await put(ana, "Fourth")
        await expect(composer(ana)).to_have_value("Fourth")
        await expect(ana.get_by_role("article")).to_have_count(3)
        await shot(ana, "levers-cap-none-phone")
        await accessible(ana, "no notes left, phone")
        for text in ("Mine", "And mine", "All mine"):
            await put(cho, text)
        await expect(cho.get_by_test_id("cap").first).to_contain_text("Your 3 notes are written")
        await shot(cho, "levers-cap-none-laptop")
        await accessible(cho, "no notes left, laptop")
        await note(cho, "Mine").focus()
        await cho.keyboard.press("Delete")
        await expect(cho.get_by_test_id("cap").first).to_have_text("1 of 3 left")


async def test_a_number_of_issues_for_each(place: House) -> None:
    """[CAP3] [CAP4]."""
    async with scene(place) as here:
        await here.boss.do(StepEdit(step=PROPOSE, most_notes=1))
        await here.go(PROPOSE)
        ana = await here.proposing("Ana", PHONE, locale="es")
        await expect(ana.get_by_test_id("cap")).to_have_text("Queda 1 de 1")
        await ana.get_by_label("Nuevo tema").fill("Who pays?")
        await ana.get_by_role("button", name="Proponer").click()
        await expect(ana.get_by_role("heading", name="Who pays?")).to_be_visible()
        await expect(ana.get_by_test_id("cap")).to_contain_text("Ya has propuesto")
        await ana.get_by_label("Nuevo tema").fill("And who else?")
        await ana.get_by_label("Nuevo tema").press("Enter")
        await expect(ana.get_by_label("Nuevo tema")).to_have_value("And who else?")
        await shot(ana, "levers-cap-issues-es")


async def test_moderation_before_others_see(place: House) -> None:
    """[MOD1] [MOD2] [MOD4] It waits with its author and the facilitator; let through, it is everybody's."""
    async with scene(place) as here:
        console = await here.opened(here.made["links"]["facilitator"], LAPTOP)
        sheet = console.get_by_role("navigation", name="Run sheet")
        await sheet.get_by_role("button", name="Edit step “Build on each other”").click()
        await sheet.get_by_label("Others see it once you let it through").check()
        await shot(console, "levers-moderated-form")
        await sheet.get_by_role("button", name="Save").click()
        wall = await here.opened(here.made["links"]["projector"], PROJECTOR)
        ana = await here.at_board("Ana", PHONE)
        cho = await here.at_board("Cho", LAPTOP)
        for text in ("Fairer credits", "A rude word", "Time for teachers"):
            await put(ana, text)
        await expect(note(ana, "Fairer credits").get_by_test_id("held")).to_have_text("waiting for the facilitator")
        await shot(ana, "levers-waiting-phone")
        await accessible(ana, "what waits, its author")
        count = console.get_by_role("button", name="3 wait")
        await expect(count).to_be_visible()
        await expect(cho.get_by_role("article")).to_have_count(0)
        await expect(wall.get_by_text("Fairer credits")).to_have_count(0)
        await shot(console, "levers-waiting-console")
        await count.press("Enter")
        list_ = console.get_by_role("dialog", name="Before others see it")
        await shot(console, "levers-waiting-sheet")
        await accessible(console, "what waits, the facilitator")
        await list_.get_by_role("button", name="Let through: “Fairer credits”").press("Enter")
        await expect(list_.get_by_role("button", name="Let through: “A rude word”")).to_be_focused()
        await expect(note(cho, "Fairer credits")).to_be_visible()
        await expect(note(ana, "Fairer credits").get_by_test_id("held")).to_have_count(0)
        await expect(wall.get_by_text("Fairer credits")).to_be_visible()
        await list_.get_by_role("button", name="Set aside: “A rude word”").press("Enter")
        await expect(note(ana, "A rude word").get_by_test_id("held")).to_have_text("set aside by the facilitator")
        await put(ana, "Late to the list")
        await expect(list_.get_by_role("heading", name="2 wait")).to_be_visible()
        await shot(console, "levers-waiting-and-aside")
        await list_.get_by_role("button", name="Let all through").press("Enter")
        for text in ("Time for teachers", "Late to the list"):
            await expect(note(cho, text)).to_be_visible()
        await expect(cho.get_by_role("article")).to_have_count(3)
        await console.keyboard.press("Escape")
        await expect(console.get_by_role("button", name="1 set aside")).to_be_visible()
        await shot(wall, "levers-waiting-wall")


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
async def test_much_that_waits_begins_at_its_top(place: House, size: dict[str, Any]) -> None:
    """[ALL4] [MOD4] The title and the way out are in sight, however much waits."""
    async with scene(place) as here:
        await here.boss.do(StepEdit(step=WRITE, moderated=True))
        cho = await here.at_board("Cho", LAPTOP)
        await composer(cho).evaluate(PASTE, "\n".join(f"Waiting {n}" for n in range(20)))
        await cho.get_by_role("button", name="Add 20 notes").click()
        console = await here.opened(here.made["links"]["facilitator"], size)
        await console.get_by_role("button", name="20 wait").click()
        sheet = console.get_by_role("dialog", name="Before others see it")
        await expect(sheet.get_by_role("button", name="Let through: “Waiting 0”")).to_be_visible()
        await shot(console, f"levers-much-waits-{size['viewport']['width']}")
        assert await sheet.evaluate("one => one.scrollTop") == 0
        await expect(sheet.get_by_role("heading", name="Before others see it")).to_be_in_viewport(ratio=1)
        await expect(sheet.get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)


async def test_issues_wait_too(place: House) -> None:
    """[MOD1] [MOD4] [ASIDE4] [WRITE6] On a phone, in Spanish, in the dark; set aside while one writes in it."""
    async with scene(place) as here:
        await here.boss.do(StepEdit(step=PROPOSE, moderated=True))
        await here.go(PROPOSE)
        console = await here.opened(here.made["links"]["facilitator"], PHONE, locale="es", color_scheme="dark")
        ana = await here.proposing("Ana", PHONE, locale="es", color_scheme="dark")
        cho = await here.proposing("Cho", LAPTOP)
        for title in ("Who pays?", "Who decides?"):
            await ana.get_by_label("Nuevo tema").fill(title)
            await ana.get_by_role("button", name="Proponer").click()
        await expect(ana.get_by_test_id("held").first).to_have_text("en espera de quien facilita")
        await shot(ana, "levers-issue-waits-es")
        await console.get_by_role("button", name="2 en espera").click()
        await shot(console, "levers-issues-sheet-es")
        await accessible(console, "issues that wait, phone, dark, es")
        await expect(cho.get_by_role("heading", name="Who pays?")).to_have_count(0)
        await console.get_by_role("button", name="Apartar: “Who decides?”").click()
        await console.get_by_role("button", name="Dejar pasar: “Who pays?”").click()
        await expect(cho.get_by_role("heading", name="Who pays?")).to_be_visible()
        await expect(ana.get_by_test_id("held")).to_have_text("apartado por quien facilita")
        await shot(ana, "levers-issue-aside-es")
        await accessible(ana, "an issue that was set aside, dark, es")
        await expect(cho.get_by_role("heading", name="Who decides?")).to_have_count(0)
        await console.keyboard.press("Escape")
        await console.get_by_role("button", name="Editar «Who pays?»").click()
        await console.get_by_role("button", name="Apartar", exact=True).click()
        await expect(cho.get_by_role("heading", name="Who pays?")).to_have_count(0)
        await shot(console, "levers-issue-away-es")
        await console.get_by_role("button", name="2 apartadas").click()
        await console.get_by_role("button", name="Recuperar: “Who pays?”").click()
        await expect(cho.get_by_role("heading", name="Who pays?")).to_be_visible()


async def test_a_note_is_set_aside(place: House) -> None:
    """[ASIDE1] [ASIDE2] [ASIDE3] Off the walls, its dots given back; its author reads why; taken back at once."""
    async with scene(place) as here:
        ana = await here.at_board("Ana", PHONE)
        cho = await here.at_board("Cho", LAPTOP)
        await put(ana, "Fairer credits")
        await put(ana, "Somebody by name")
        await here.go(VOTE)
        await cho.get_by_role("button", name="Place a dot on Somebody by name").click()
        left = cho.get_by_role("complementary", name="4 dots left")
        await expect(left).to_be_visible()
        console = await here.opened(here.made["links"]["facilitator"], LAPTOP)
        await console.get_by_role("group", name="Boards").get_by_role("button", name="Ensuring quality").click()
        theirs = note(console, "Somebody by name")
        await here.go(WRITE)
        await theirs.focus()
        await theirs.press(".")
        await theirs.get_by_role("button", name="More").click()
        await shot(console, "levers-aside-tool")
        await theirs.get_by_role("button", name="Set aside").click()
        await expect(theirs).to_have_count(0)
        await expect(note(cho, "Somebody by name")).to_have_count(0)
        await expect(note(ana, "Somebody by name").get_by_test_id("held")).to_be_visible()
        await shot(ana, "levers-aside-phone")
        await here.go(VOTE)
        await expect(cho.get_by_role("complementary", name="5 dots left")).to_be_visible()
        await here.go(WRITE)
        await console.get_by_test_id("toast").get_by_role("button", name="Undo").click()
        await expect(note(cho, "Somebody by name")).to_be_visible()
        await expect(note(ana, "Somebody by name").get_by_test_id("held")).to_have_count(0)
        await here.go(VOTE)
        await expect(left).to_be_visible()
