"""Soft steps: moving on takes nothing from anybody, and breaks no promise."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import Browser, Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, StepGo, StepReveal
from protocol.records import Workshop

from .stage import LAPTOP, PHONE, House, at_the_board, browser, house, shot
from .test_journeys import put

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

ALONE = "step-4"
"""The private writing step of the template."""
TOGETHER = "step-5"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of this file."""
    with house(tmp_path_factory.mktemp("soft")) as running:
        yield running


class Table:
    """A workshop with two boards, whoever leads it, and a browser for those who come."""

    def __init__(self, place: House, running: Browser, boss: Participant, code: str) -> None:
        self.place = place
        self.running = running
        self.boss = boss
        self.code = code
        self.faults: list[str] = []

    async def go(self, step: str) -> None:
        """On to a step, or back to it."""
        [workshop] = self.boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await self.boss.do(StepGo(step=step, current=workshop.step))

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
        here = Table(place, running, boss, made["code"])
        await here.go(ALONE)
        yield here
        assert here.faults == []


async def test_what_was_written_alone_and_offline_arrives_face_down(place: House) -> None:
    """[SOFT1] The others are in an open step by then: they see that a note is there, and read it when it is turned."""
    async with table(place) as here:
        ana, cho = await here.two()
        await ana.context.set_offline(True)
        await expect(ana.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"), timeout=30_000)
        await put(ana, "Nobody dares to say it")
        await here.go(TOGETHER)
        await expect(cho.get_by_text("Build on each other")).to_be_visible()
        await ana.context.set_offline(False)
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        await expect(ana.get_by_role("article", name="Nobody dares to say it")).to_be_visible()
        await put(cho, "An open one")
        await expect(ana.get_by_role("article", name="An open one")).to_be_visible()
        await expect(cho.get_by_text("Nobody dares to say it")).to_have_count(0)
        await shot(cho, "laptop-late-face-down")
        await here.boss.do(StepReveal(step=ALONE))
        note = cho.get_by_role("article", name="Nobody dares to say it")
        await expect(note.get_by_text("added later")).to_be_visible()
        await shot(cho, "laptop-late-turned")
