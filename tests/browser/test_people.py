"""People and those who lead them: hands, roles, groups and seats, on phones and at the console."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import Browser, Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, StepGo
from protocol.records import Workshop

from .stage import LAPTOP, PHONE, House, browser, enter, house, page_of, shot
from .test_crowded import accessible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of them; each makes a workshop of its own."""
    folder: Path = tmp_path_factory.mktemp("people")
    with house(folder) as running:
        yield running


@dataclass
class Meeting:
    """A workshop with its facilitator at a laptop, and whoever else comes."""

    place: House
    running: Browser
    made: dict[str, Any]
    faults: list[str] = field(default_factory=list)

    async def console(self, name: str = "Fay", device: dict[str, Any] = LAPTOP) -> Page:
        """Somebody comes by the facilitators' link."""
        page = await page_of(await self.running.new_context(**device), self.faults)
        await page.goto(self.made["links"]["facilitator"])
        await expect(page.get_by_role("button", name="Next:")).to_be_visible()
        return page

    async def comes(self, name: str, device: dict[str, Any] = PHONE) -> Page:
        """Somebody comes by the code."""
        page = await page_of(await self.running.new_context(**device), self.faults)
        await page.goto(f"{self.place.url}/j/{self.made['code']}")
        await enter(page, name, board="")
        return page

    @contextlib.asynccontextmanager
    async def hand(self) -> AsyncIterator[Participant]:
        """A facilitator over the protocol, to set the scene."""
        key = self.made["links"]["facilitator"].partition("#k=")[2]
        joined = await join(self.place.url, key=key, name="Stagehand")
        async with Participant(self.place.url, joined.token) as boss:
            yield boss


async def go(boss: Participant, step: str) -> None:
    """To a step."""
    [workshop] = boss.all("workshop")
    assert isinstance(workshop, Workshop)
    await boss.do(StepGo(step=step, current=workshop.step))


@contextlib.asynccontextmanager
async def meeting(place: House, step: str = "") -> AsyncIterator[Meeting]:
    """A workshop at a step, with two boards where there is one."""
    made = place.post("/api/workshops", {"title": "People", "template": "tough-issues"})
    async with browser() as running:
        here = Meeting(place, running, made)
        if step:
            async with here.hand() as boss:
                await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
                await go(boss, step)
        yield here
        assert here.faults == []


async def test_hands_are_a_queue(place: House) -> None:
    """[HAND1] [HAND2] Raised on phones, they stand in order at the console, which lowers one, or all."""
    async with meeting(place) as here:
        boss = await here.console()
        ana, ben = await here.comes("Ana"), await here.comes("Ben")
        await ana.get_by_role("button", name="Raise hand").tap()
        await expect(boss.get_by_role("region", name="1 hand up")).to_be_visible()
        await ben.get_by_role("button", name="Raise hand").tap()
        await expect(ben.get_by_role("button", name="You are number 2")).to_be_visible()
        queue = boss.get_by_role("region", name="2 hands up")
        await expect(queue.get_by_role("listitem")).to_contain_text(["Ana", "Ben"])
        await shot(boss, "laptop-hands")
        await accessible(boss, "hands at the console")
        await shot(ben, "phone-hand")
        await queue.get_by_role("button", name="Lower Ana").click()
        await expect(ana.get_by_role("button", name="Raise hand")).to_be_visible()
        await expect(ben.get_by_role("button", name="You are next")).to_be_visible()
        await accessible(ben, "a hand that is next")
        await ana.get_by_role("button", name="Raise hand").tap()
        await boss.get_by_role("button", name="Lower all").click()
        for page in (ana, ben):
            await expect(page.get_by_role("button", name="Raise hand")).to_be_visible()
        await expect(boss.get_by_role("region", name="hand up")).to_have_count(0)


async def person(boss: Page, name: str) -> None:
    """Open what can be done about somebody on the People sheet."""
    await boss.get_by_role("button", name=f"More about {name}").click()


async def test_people_are_named_paused_and_put_out(place: House) -> None:
    """[JOIN4] [MUTE1] [REMOVE1] [REMOVE2] From the sheet: they see why, what they began is kept, and they come back."""
    async with meeting(place, "step-5") as here:
        boss, ana = await here.console(), await here.comes("Ana")
        await ana.get_by_role("button", name="Join Ensuring quality").tap()
        box = ana.get_by_label("New note in Potential benefits")
        await box.fill("Half a thought")
        await boss.get_by_role("button", name="People", exact=True).click()
        await person(boss, "Ana")
        await boss.get_by_role("button", name="Pause their writing").click()
        await expect(ana.get_by_text("has paused your writing")).to_be_visible()
        await expect(box).to_have_count(0)
        await shot(ana, "phone-muted")
        await accessible(ana, "whose writing is paused")
        await shot(boss, "laptop-people")
        await accessible(boss, "somebody's writing is paused")
        await boss.get_by_role("button", name="Let them write again").click()
        await expect(box).to_have_value("Half a thought")
        await boss.get_by_label("Name", exact=True).fill("Anna")
        await boss.get_by_role("button", name="Rename").click()
        await expect(boss.get_by_role("button", name="More about Anna")).to_be_visible()
        await boss.get_by_role("button", name="Remove", exact=True).click()
        await boss.get_by_role("button", name="Really remove Anna?").click()
        await expect(ana.get_by_text("The facilitator has removed you")).to_be_visible()
        await shot(ana, "phone-removed")
        await accessible(ana, "who was removed")
        await boss.get_by_role("button", name="Let in again").click()
        await expect(boss.get_by_role("button", name="More about Anna")).to_be_visible()
        await ana.reload()
        await ana.get_by_role("button", name="Join Ensuring quality").tap()
        await expect(box).to_have_value("Half a thought")


async def test_the_role_goes_from_hand_to_hand(place: House) -> None:
    """[ROLE2] [ROLE3] [ROLE4] Handed over, the console is on the phone at once; the link takes it back."""
    async with meeting(place) as here:
        boss, ana = await here.console(), await here.comes("Ana")
        await boss.get_by_role("button", name="People", exact=True).click()
        await person(boss, "Ana")
        await shot(boss, "laptop-person")
        await boss.get_by_role("button", name="Hand over to them").click()
        await expect(ana.get_by_role("button", name="Next:")).to_be_visible()
        await expect(boss.get_by_role("button", name="Next:")).to_have_count(0)
        await expect(boss.get_by_role("button", name="Raise hand")).to_be_visible()
        await ana.get_by_role("button", name="Levers").tap()
        await ana.get_by_role("button", name="People", exact=True).tap()
        await shot(ana, "phone-people")
        await accessible(ana, "the console, handed over")
        await boss.goto(here.made["links"]["facilitator"])
        await expect(boss.get_by_role("button", name="Next:")).to_be_visible()


async def test_people_are_carried_to_groups(place: House) -> None:
    """[PEOPLE1] [ROLE5] By the face with a finger, or by choosing; who leads a group locks it from a phone."""
    async with meeting(place, "step-5") as here:
        boss, ana = await here.console(), await here.comes("Ana")
        await boss.get_by_role("button", name="People", exact=True).click()
        sheet = boss.get_by_role("dialog", name="People")
        face = sheet.get_by_role("listitem").filter(has_text="Ana").locator(".grip")
        start = await face.bounding_box()
        end = await sheet.locator('[data-group="issue-1"]').bounding_box()
        assert start
        assert end
        await boss.mouse.move(start["x"] + 12, start["y"] + 12)
        await boss.mouse.down()
        await boss.mouse.move(end["x"] + 60, end["y"] + 20, steps=8)
        await shot(boss, "laptop-carried")
        await accessible(boss, "somebody is carried to a group")
        await boss.mouse.up()
        await expect(sheet.locator('[data-group="issue-1"]')).to_contain_text("Ana")
        await sheet.get_by_label("Move Ana to a group").select_option("issue-0")
        await expect(sheet.locator('[data-group="issue-0"]')).to_contain_text("Ana")
        await person(boss, "Ana")
        await boss.get_by_role("button", name="Let them lead their group").click()
        await ana.get_by_role("button", name="Lock ").tap()
        await expect(ana.get_by_text("The facilitator has locked this board")).to_be_visible()
        await expect(ana.get_by_label("New note in Potential benefits")).to_be_visible()
        await boss.get_by_role("button", name="More about Ana").click()
        await sheet.get_by_label("Late-comers go to the smallest group").check()
        ben = await here.comes("Ben")
        await expect(ben.get_by_role("heading", name="Ensuring quality")).to_be_visible()
        await expect(sheet.locator('[data-group="issue-1"]')).to_contain_text("Ben")


async def test_one_phone_acts_for_a_table(place: House) -> None:
    """[SEAT1] [SEAT2] [SEAT3] Each seat writes under its own name, votes with its own dots, and can be undone."""
    async with meeting(place, "step-5") as here:
        boss, ana = await here.console(), await here.comes("Ana")
        await ana.get_by_role("button", name="Join Ensuring quality").tap()
        await ana.get_by_role("button", name="people here").tap()
        await ana.get_by_role("button", name="Add somebody without a device").tap()
        for name in ("Mia", "Tom"):
            await ana.get_by_label("Their name").fill(name)
            await ana.get_by_role("button", name="Add", exact=True).tap()
        await expect(ana.get_by_role("heading", name="4 people here, 2 devices")).to_be_visible()
        await shot(ana, "phone-seats")
        await ana.get_by_role("button", name="Close").tap()
        acting = ana.get_by_role("radiogroup", name="Acting for")
        await expect(acting.get_by_role("radio", name="Tom")).to_be_checked()
        await acting.get_by_role("radio", name="Mia").tap()
        box = ana.get_by_label("New note in Potential benefits")
        await box.fill("What Mia wrote on paper")
        await box.press("Enter")
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved")
        await acting.get_by_role("radio", name="Tom").tap()
        await expect(ana.get_by_role("article", name="What Mia wrote on paper")).to_contain_text("Mia")
        await shot(ana, "phone-acting")
        await accessible(ana, "acting for a seat")
        async with here.hand() as stage:
            await go(stage, "step-6")
        for name in ("Tom", "Mia", "Ana"):
            await acting.get_by_role("radio", name=name).tap()
            await expect(ana.get_by_text("5 dots left", exact=True)).to_be_visible()
            await ana.get_by_role("button", name="Place a dot on What Mia wrote").tap()
            await expect(ana.get_by_text("4 dots left", exact=True)).to_be_visible()
        await shot(ana, "phone-seats-vote")
        await accessible(ana, "dots of a seat")
        await boss.get_by_role("button", name="Show results").click()
        await expect(ana.get_by_role("article", name="What Mia wrote on paper")).to_contain_text("3")
