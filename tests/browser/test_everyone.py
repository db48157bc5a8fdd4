"""Whoever comes, and however they read, hear, see and type."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, NoteAdd, StepGo, StepReveal, StepShow
from protocol.records import Workshop

from .stage import LAPTOP, PHONE, PROJECTOR, STILL, House, Stage, browser, house, leading, page_of, shot, stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

PRIVATE, WRITING, VOTE = "step-4", "step-5", "step-6"
BOARD, TITLE = "issue-1", "Ensuring quality"
NAMES = ("Amara Obi", "Ben Castillo", "Chloe Tran", "Dev Patel", "Elena Ruiz", "Frank Moss", "Grace Lin", "Hugo Weber")
PEOPLE = ("phone", "laptop-es")
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
CONTRAST = {"runOnly": ["color-contrast"]}
RUN = """async (rules) => {
    // What is clear lies over words to be tapped; a frame or a shade that is drawn about them is not their ground.
    const clear = [...document.querySelectorAll('.place')];
    for (const one of clear) one.style.visibility = 'hidden';
    // So is the shade that says on which side a table goes on.
    const shaded = [...document.querySelectorAll('table, .wide')];
    for (const one of shaded) one.style.backgroundImage = 'none';
    const options = { ignorePseudo: true, ignoreUnicode: false, ignoreLength: true };
    const checks = { 'color-contrast': { options } };
    // Colours that a person forced are theirs; axe takes the page's own for those of the words.
    const theirs = matchMedia('(forced-colors: active)').matches;
    const contrast = theirs
        ? { violations: [], incomplete: [] }
        : await axe.run(document, { runOnly: ['color-contrast'], checks });
    for (const one of clear) one.style.visibility = '';
    for (const one of shaded) one.style.backgroundImage = '';
    const rest = rules.runOnly ? [] : (await axe.run(document, { resultTypes: ['violations'] })).violations;
    const why = (node) => node.any[0].data.messageKey;
    const unsure = contrast.incomplete
        .map((one) => ({ ...one, nodes: one.nodes.filter((node) => !/^(elmPartially|bgOverlap)/.test(why(node))) }))
        .filter(({ nodes }) => nodes.length > 0)
        .map((one) => ({ ...one, id: `unsure (${why(one.nodes[0])}): ${one.id}` }));
    return [...rest.filter(({ id }) => id !== 'color-contrast'), ...contrast.violations, ...unsure];
}"""
"""What axe finds; of contrasts also where it cannot tell them, but for words that lie beneath something."""
FLIP = "document.documentElement.dataset.theme = document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'"
ARABIC = "التقييم يحتاج وقتا، لا منصة"


async def go(boss: Participant, step: str) -> None:
    """On to a step, forward or back."""
    [workshop] = boss.all("workshop")
    assert isinstance(workshop, Workshop)
    await boss.do(StepGo(step=step, current=workshop.step))


async def lead(place: House) -> tuple[dict[str, Any], Participant]:
    """A workshop, and who leads it."""
    made = await opened(place)
    return made, await leading(place, made)


async def opened(place: House) -> dict[str, Any]:
    return place.post("/api/workshops", {"title": "For everyone", "template": "tough-issues"})


@contextlib.asynccontextmanager
async def led(folder: Path) -> AsyncIterator[tuple[Stage, Participant]]:
    """A stage, and who leads on it."""
    async with stage(folder, opened) as here, await leading(here.place, here.made) as boss:
        yield here, boss


@contextlib.asynccontextmanager
async def chosen(folder: Path) -> AsyncIterator[tuple[Stage, Participant]]:
    """The same; the two boards are chosen."""
    async with led(folder) as (here, boss):
        await boss.do(IssueChoose(ids=("issue-0", BOARD)))
        yield here, boss


async def come(page: Page, place: House, code: str, name: str) -> None:
    """In by the code, with the words of whichever language."""
    await page.goto(f"{place.url}/j/{code}")
    await page.locator("#name").fill(name)
    await page.locator("#name").press("Enter")
    await page.wait_for_url("**/w/**")


async def crowd(place: House, code: str) -> list[Participant]:
    """Eight people on one board, some of them remote."""
    people = []
    for n, name in enumerate(NAMES):
        one = await join(place.url, code=code, name=name, place="remote" if n % 3 == 1 else "room")
        person = Participant(place.url, one.token)
        await person.start()
        people.append(person)
    return people


def noted(n: int, text: str) -> NoteAdd:
    return NoteAdd(id=f"note-{n}", board=BOARD, section=f"section-{n % 3}", rank=f"b{n:03}z", text=text)


async def axe(page: Page, where: str) -> list[str]:
    """What axe finds, in the theme that is on and, of contrasts, in the other."""
    found = await violations(page, where, {})
    await page.evaluate(FLIP)
    found += await violations(page, where, CONTRAST)
    await page.evaluate(FLIP)
    return found


async def violations(page: Page, where: str, rules: dict[str, Any]) -> list[str]:
    """What axe finds by these rules, once everything is still."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(Axe().axe_script)
    await page.evaluate(STILL)
    found = await page.evaluate(RUN, rules)
    return [f"{where}: {one['id']} {[node['html'][:160] for node in one['nodes'][:2]]}" for one in found]


async def screens(running: Browser, faults: list[str]) -> dict[str, Page]:
    """Each kind of screen; the languages and themes are spread over them."""
    kinds: dict[str, tuple[dict[str, Any], str, Any]] = {
        "phone": (PHONE, "en-GB", "light"),
        "laptop-es": (LAPTOP, "es-MX", "dark"),
        "console": (LAPTOP, "en", "light"),
        "projector-es": (PROJECTOR, "es", "dark"),
    }
    return {
        kind: await page_of(await running.new_context(locale=tongue, color_scheme=theme, **size), faults)
        for kind, (size, tongue, theme) in kinds.items()
    }


class Gallery:
    """All kinds of screens of one workshop, and what axe found on them."""

    def __init__(self, place: House, made: dict[str, Any], boss: Participant, pages: dict[str, Page]) -> None:
        self.place, self.made, self.boss, self.pages = place, made, boss, pages
        self.found: list[str] = []

    async def look(self, state: str, *kinds: str) -> None:
        """Look at these, or at all, in one state."""
        for kind in kinds or self.pages:
            page = self.pages[kind]
            await shot(page, f"everyone-{state}-{kind}")
            self.found += await axe(page, f"{state} {kind}")
            assert await page.evaluate(WIDE), f"{state} {kind}"

    async def come_in(self) -> None:
        """The door, the name, the lobby."""
        for kind in PEOPLE:
            await self.pages[kind].goto(self.place.url)
        await self.look("door", *PEOPLE)
        for kind in PEOPLE:
            await self.pages[kind].goto(f"{self.place.url}/j/{self.made['code']}")
        await self.look("join", *PEOPLE)
        for kind in PEOPLE:
            await come(self.pages[kind], self.place, self.made["code"], f"Ana {kind}")
        for kind in ("console", "projector-es"):
            link = self.made["links"][kind.removesuffix("-es").replace("console", "facilitator")]
            await self.pages[kind].goto(link.replace("localhost", "127.0.0.1"))
        await expect(self.pages["projector-es"].get_by_text("Ana laptop-es").first).to_be_visible()
        await self.look("lobby")

    async def issues(self) -> None:
        """Propose, choose, break out."""
        for step, state in (("step-1", "propose"), ("step-2", "choose")):
            await go(self.boss, step)
            await expect(self.pages["phone"].get_by_text(TITLE).first).to_be_visible()
            await self.look(state)
        await self.boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await go(self.boss, "step-3")
        await expect(self.pages["laptop-es"].get_by_role("button", name=f"Unirse a {TITLE}")).to_be_visible()
        await self.look("breakout")
        for kind in PEOPLE:
            await self.pages[kind].get_by_role("button", name=TITLE).click()

    async def board(self) -> None:
        """The board empty, full of sealed notes, with its sheets."""
        await go(self.boss, PRIVATE)
        laptop, phone = self.pages["laptop-es"], self.pages["phone"]
        await expect(laptop.get_by_text("Aún no hay notas").first).to_be_visible()
        await self.look("empty")
        others = await crowd(self.place, self.made["code"])
        for n in range(48):
            await others[n % 8].do(noted(n, f"{n} of what was said, with some more words to it"))
        await expect(laptop.get_by_test_id("sealed-pile")).to_have_count(3)
        await self.look("sealed")
        await phone.get_by_role("button", name="people here").click()
        await self.look("sheet", "phone")
        await phone.keyboard.press("Escape")
        await laptop.keyboard.press("?")
        await expect(laptop.get_by_role("dialog")).to_be_visible()
        await self.look("keys", "laptop-es")
        await laptop.keyboard.press("Escape")
        await self.boss.do(StepReveal(step=PRIVATE))
        await go(self.boss, WRITING)
        await expect(laptop.get_by_role("article").first).to_be_visible()
        await self.look("crowded")
        for person in others:
            await person.stop()

    async def offline(self) -> None:
        """The server is away."""
        self.place.kill()
        await expect(self.pages["laptop-es"].get_by_test_id("save-sign")).to_have_text(
            re.compile("Sin conexión|Conectando")
        )
        for kind in ("phone", "console"):
            await expect(self.pages[kind].get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"))
        await expect(self.pages["projector-es"].get_by_text("Esta es la última imagen")).to_be_visible()
        await self.look("offline")
        self.place.start()
        for kind in PEOPLE:
            await expect(self.pages[kind].get_by_test_id("save-sign")).to_have_text(
                re.compile("Saved|Guardado"), timeout=40_000
            )

    async def end(self) -> None:
        """The vote, its results, and what follows."""
        await go(self.boss, VOTE)
        await self.pages["phone"].get_by_role("button", name="Place a dot").first.click()
        await self.look("voting")
        await self.boss.do(StepShow(step=VOTE))
        await expect(self.pages["phone"].get_by_text("The results are shown.").last).to_be_visible()
        await self.look("results")
        for step, state in (("step-7", "break"), ("step-8", "plenary"), ("step-11", "close")):
            await go(self.boss, step)
            await self.look(state)


async def test_axe_finds_nothing(tmp_path: Path) -> None:
    """[ALL1] [ALL3] On any screen in any state, in English and Spanish, light and dark."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            gallery = Gallery(place, made, boss, await screens(running, faults))
            await gallery.come_in()
            await gallery.issues()
            await gallery.board()
            await gallery.offline()
            await gallery.end()
    assert gallery.found == []
    assert faults == []


def said(page: Page) -> Any:
    """Where screen readers are told."""
    return page.locator("p[aria-live=polite]")
