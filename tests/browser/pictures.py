"""Takes the pictures of the README: `python -m tests.browser.pictures`."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, NoteAdd, PeopleBalance, StepGo, StepShow, VoteCast
from protocol.records import Issue, Workshop

from .crowd import words
from .stage import LAPTOP, PROJECTOR, STILL, House, browser, house, page_of

DOCS = Path(__file__).parents[2] / "docs"
TITLE = "Competency-Based Learning: a planning session on conquering tough issues"
NAMES = ("Amara Obi", "Ben Castillo", "Chloe Tran", "Dev Patel", "Elena Ruiz", "Frank Moss", "Grace Lin", "Hugo Weber")
WRITING, VOTE, PLENARY = "step-5", "step-6", "step-8"


def written(issues: list[Issue]) -> list[dict[str, Any]]:
    """The notes on these issues, the sections taking turns, as people would write them."""
    boards = {issue.title: issue.id for issue in issues}
    piles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (issue, section), texts in words().items():
        if issue in boards:
            piles[section] += [{"board": boards[issue], "section": section, "text": text} for text in texts]
    return [row for rows in zip(*piles.values(), strict=False) for row in rows]


async def take(folder: Path) -> None:
    """Play an afternoon up to the plenary, with a picture at the board and one of the wall."""
    chance = random.Random(4)
    with house(folder) as place:
        made = place.post("/api/workshops", {"title": TITLE, "template": "tough-issues"})
        key = made["links"]["facilitator"].partition("#k=")[2]
        async with Participant(place.url, (await join(place.url, key=key, name="Facilitator")).token) as boss:
            people = [await come(place, made["code"], name, i) for i, name in enumerate(NAMES)]
            async with browser() as running:
                page = await laptop(running, place, made["code"])
                issues = [one for one in boss.all("issue") if isinstance(one, Issue)]
                chosen = sorted(issues, key=lambda issue: issue.rank)[:3]
                await boss.do(IssueChoose(ids=tuple(issue.id for issue in chosen)))
                await go(boss, WRITING)
                await boss.do(PeopleBalance())
                added = written(chosen)
                for i, row in enumerate(added):
                    note = NoteAdd(
                        id=f"note-{i}",
                        board=row["board"],
                        section=row["section"],
                        rank=f"b{i:03}z",
                        text=row["text"],
                    )
                    await people[i % len(people)].do(note)
                await expect(page.get_by_role("article")).to_have_count(len(added) // 3)
                await picture(page, "board")
                await go(boss, VOTE)
                await vote(people, len(added), chance)
                await boss.do(StepShow(step=VOTE))
                await go(boss, PLENARY)
                wall = await page_of(await running.new_context(**PROJECTOR), [])
                await wall.goto(made["links"]["projector"].replace("localhost", "127.0.0.1"))
                await expect(wall.get_by_text("Back together")).to_be_visible()
                await picture(wall, "projector")
            for person in people:
                await person.stop()


async def come(place: House, code: str, name: str, turn: int) -> Participant:
    """Somebody joins."""
    joined = await join(place.url, code=code, name=name, place="remote" if turn % 3 == 1 else "room")
    person = Participant(place.url, joined.token)
    await person.start()
    return person


async def laptop(running: Browser, place: House, code: str) -> Page:
    """One who looks on from a laptop."""
    page = await page_of(await running.new_context(**LAPTOP), [])
    await page.goto(f"{place.url}/j/{code}")
    await page.get_by_label("Your name").fill("Ines Kaya")
    await page.get_by_role("button", name="Join").click()
    await page.wait_for_url("**/w/**")
    return page


async def go(boss: Participant, step: str) -> None:
    """On to a step."""
    [workshop] = boss.all("workshop")
    assert isinstance(workshop, Workshop)
    await boss.do(StepGo(step=step, current=workshop.step))


async def vote(people: list[Participant], count: int, chance: random.Random) -> None:
    """Everybody spreads five dots; some notes are liked by many."""
    liked = [1 / (1 + chance.randrange(count)) for _ in range(count)]
    for person in people:
        for target in {chance.choices(range(count), liked)[0] for _ in range(5)}:
            await person.do(VoteCast(round=VOTE, target=f"note-{target}", dots=1))


async def picture(page: Page, name: str) -> None:
    """One picture for the README."""
    await page.mouse.move(0, 0)
    await expect(page.locator(".new")).to_have_count(0)
    await page.evaluate(STILL)
    await page.screenshot(path=str(DOCS / f"{name}.png"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(take(Path(temporary)))
