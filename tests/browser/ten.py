"""Ten on one board: a finger on a phone, a mouse, keys alone, and seven over the protocol."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Locator, Page, expect

from protocol.commands import IssueChoose, NoteAdd, PersonMove
from protocol.records import Note, Stack
from server.workshop.ranks import rank

from .hands import at, by_click, by_key, by_tap
from .stage import PHONE, STILL, House, enter, page_of
from .test_everyone import BOARD, TITLE, WRITING, crowd, go

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from playwright.async_api import Browser

    from client.participant import Participant

TALL: Final[dict[str, Any]] = {"viewport": {"width": 1440, "height": 1800}}
"""There is an empty place on the wall, whatever the others write meanwhile."""
SECTIONS: Final = {"phone": "Potential benefits", "mouse": "Risks", "keys": "Efforts to draw on"}
"""Where each of the three writes."""
SHOWN = """(wanted) => {
    const said = (row) => row.querySelector('[data-stack]') ? '' : row.querySelector('.saying')?.textContent ?? '';
    return Object.entries(wanted).flatMap(([id, all]) => {
        const rows = [...document.querySelectorAll(`[data-section="${id}"] [data-row]:not(.apart)`)];
        const seen = rows.map((row) => [row.dataset.row, said(row)]);
        const from = Math.max(0, all.findIndex(([row]) => row === seen[0]?.[0]));
        const here = JSON.stringify(all.slice(from, from + Math.max(seen.length, Math.min(all.length, 7))));
        return JSON.stringify(seen) === here ? [] : [`${JSON.stringify(seen)} is not ${here}`];
    });
}"""
"""Where what is drawn of a section, where one looks, is not this, in this order; far down, a phone draws nothing."""


class Ten:
    """Whoever takes part, and whoever leads; the three at real screens by how they work."""

    def __init__(self, boss: Participant, people: Sequence[Participant], pages: dict[str, Page]) -> None:
        self.boss, self.people, self.pages = boss, people, pages
        self.phone, self.mouse, self.keys = pages["phone"], pages["mouse"], pages["keys"]

    async def all_at_once(self, phone: Any, mouse: Any, keys: Any, others: Sequence[Coroutine[Any, Any, Any]]) -> None:
        """Each of the three in their own way, while the seven do theirs."""
        await asyncio.gather(phone, mouse, keys, *others)
        await self.same()

    async def stored(self) -> None:
        """All that was done is stored."""
        for page in self.pages.values():
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        await asyncio.gather(*(person.settled() for person in self.people))

    async def same(self) -> None:
        """All that was done is stored, and everybody has the same, on screen and over the protocol."""
        await self.stored()
        wrong: list[str] = ["not looked at yet"]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(40):
                while wrong:
                    await asyncio.sleep(0.1)
                    wanted = self._board(self.boss)
                    wrong = [
                        f"{way}: {one}"
                        for way, page in self.pages.items()
                        for one in await page.evaluate(SHOWN, wanted)
                    ]
                    wrong += [str(person.person) for person in self.people if self._board(person) != wanted]
        assert wrong == [], wrong

    def note(self, text: str) -> Note:
        """As whoever leads has it."""
        [found] = [one for one in self.boss.all("note") if isinstance(one, Note) and one.text == text]
        return found

    def stack_of(self, id_: str) -> str:
        """The stack that a note lies in."""
        found = self.boss.get("note", id_)
        assert isinstance(found, Note)
        assert found.stack
        return found.stack

    @staticmethod
    def _board(one: Participant) -> dict[str, list[list[str]]]:
        """Each section's notes and stacks, in their order."""
        notes = [n for n in one.all("note") if isinstance(n, Note) and not n.binned and not n.stack]
        items: list[Note | Stack] = [*notes, *(stack for stack in one.all("stack") if isinstance(stack, Stack))]
        return {
            section: [
                [item.id, item.text if isinstance(item, Note) else ""]
                for item in sorted(items, key=lambda item: (item.rank, item.id))
                if item.board == BOARD and item.section == section
            ]
            for section in ("section-0", "section-1", "section-2")
        }


async def seven(place: House, code: str, boss: Participant) -> list[Participant]:
    """Those over the protocol are there, and the board has two notes for each of the ten."""
    await boss.do(IssueChoose(ids=("issue-0", BOARD)))
    await go(boss, WRITING)
    people = (await crowd(place, code))[:7]
    for person in people:
        await person.do(PersonMove(person=str(person.person), board=BOARD))
    for n, whose in enumerate(("phone", "mouse", "keys", *map(str, range(7)))):
        for m, part in enumerate(("this", "that")):
            add = NoteAdd(
                id=f"{part}-{whose}",
                board=BOARD,
                section=f"section-{n % 3}",
                rank=rank(2 * n + m),
                text=f"{part} {whose}",
            )
            await boss.do(add)
    return people


async def three(place: House, running: Browser, code: str, faults: list[str], phone: str = "") -> dict[str, Page]:
    """Those at real screens, by how they work; `phone`: where the phone finds the server, if elsewhere."""
    pages = {}
    for way, size in (("phone", PHONE), ("mouse", TALL), ("keys", TALL)):
        page = pages[way] = await page_of(await running.new_context(reduced_motion="reduce", **size), faults)
        await page.goto(f"{(way == 'phone' and phone) or place.url}/j/{code}")
        await enter(page, f"Ana by {way}", TITLE)
        await page.evaluate("window.neverReloaded = true")
    return pages


async def section(page: Page, title: str) -> None:
    """A phone shows one at a time."""
    await page.get_by_role("navigation", name="Sections").get_by_role("button", name=title).tap()


async def held_over(page: Page, id_: str, x: float, y: float) -> None:
    """A note in the hand, over a place; to be let go when the others do theirs."""
    await page.evaluate(STILL)
    held = await at(page, id_).bounding_box()
    assert held
    await page.mouse.move(held["x"] + 40, held["y"] + 12)
    await page.mouse.down()
    await page.mouse.move(x, y, steps=8)


EDIT: Final[dict[str, tuple[Callable[..., Awaitable[None]], str]]] = {
    "phone": (by_tap, "Edit"),
    "mouse": (by_click, "Edit"),
    "keys": (by_key, "e"),
}


async def editing(here: Ten, way: str, id_: str) -> Locator:
    """One of the three opens a note, in their own way: where its words are written."""
    hand, how = EDIT[way]
    await hand(here.pages[way], id_, how)
    return here.pages[way].get_by_label("Edit note")


async def pressed(way: str, button: Locator, *, anyhow: bool = False) -> None:
    """By tap, click or Enter; `anyhow`: though it says that it does nothing."""
    if way == "phone":
        await button.tap(force=anyhow)
    elif way == "mouse":
        await button.click(force=anyhow)
    else:
        await button.press("Enter")
