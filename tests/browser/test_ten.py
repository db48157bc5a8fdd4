"""Ten on one board: a finger on a phone, a mouse, keys alone, and seven over the protocol, all at once."""

from __future__ import annotations

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Page, expect

from client.participant import Participant
from protocol.commands import (
    CommentAdd,
    IssueChoose,
    NoteAdd,
    NoteBin,
    NoteColour,
    NoteEdit,
    NoteMove,
    NoteReact,
    NoteTag,
    PersonMove,
    StackMake,
    StackName,
    StepShow,
    VoteCast,
)
from protocol.records import Note, Stack
from server.workshop.ranks import rank

from .hands import at, by_click, by_key, by_tap
from .stage import PHONE, STILL, House, browser, enter, house, page_of, shot
from .test_everyone import BOARD, TITLE, VOTE, WRITING, crowd, go, lead
from .test_network import woken
from .test_notes import PASTE, composer, note

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from pathlib import Path

    from playwright.async_api import Browser

ODD: Final = "A"
"""A rank as no screen would give it: another program did."""
WORDS: Final = "one two three four five six seven eight nine ten"
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


SOME = re.compile(r"[1-9]\d* of \d+")
"""Of all notes, so many are found."""


class Ten:
    """Whoever takes part, and whoever leads; the three at real screens by how they work."""

    def __init__(self, boss: Participant, people: Sequence[Participant], pages: dict[str, Page]) -> None:
        self.boss, self.people, self.pages = boss, people, pages
        self.phone, self.mouse, self.keys = pages["phone"], pages["mouse"], pages["keys"]

    async def all_at_once(self, phone: Any, mouse: Any, keys: Any, others: Sequence[Coroutine[Any, Any, Any]]) -> None:
        """Each of the three in their own way, while the seven do theirs."""
        await asyncio.gather(phone, mouse, keys, *others)
        await self.same()

    async def same(self) -> None:
        """All that was done is stored, and everybody has the same, on screen and over the protocol."""
        for page in self.pages.values():
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        await asyncio.gather(*(person.settled() for person in self.people))
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
        assert wrong == []

    def note(self, text: str) -> Note:
        """As whoever leads has it."""
        [found] = [one for one in self.boss.all("note") if isinstance(one, Note) and one.text == text]
        return found

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


async def ten(place: House, running: Browser, made: dict[str, Any], boss: Participant, faults: list[str]) -> Ten:
    """They come to one board on which each has two notes of their own."""
    people = await seven(place, made["code"], boss)
    return Ten(boss, people, await three(place, running, made["code"], faults))


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


async def three(place: House, running: Browser, code: str, faults: list[str]) -> dict[str, Page]:
    """Those at real screens, by how they work."""
    pages = {}
    for way, size in (("phone", PHONE), ("mouse", TALL), ("keys", TALL)):
        page = pages[way] = await page_of(await running.new_context(reduced_motion="reduce", **size), faults)
        await page.goto(f"{place.url}/j/{code}")
        await enter(page, f"Ana by {way}", TITLE)
        await page.evaluate("window.neverReloaded = true")
    return pages


async def section(page: Page, title: str) -> None:
    """A phone shows one at a time."""
    await page.get_by_role("navigation", name="Sections").get_by_role("button", name=title).tap()


async def they_write(here: Ten) -> None:
    """Sent by a tap, by Enter on an empty place of the wall, and by Tab; a list is pasted on the phone."""

    async def phone() -> None:
        await composer(here.phone).fill("Sent by a tap")
        await here.phone.get_by_role("button", name="Add note to Potential benefits").tap()
        await composer(here.phone).evaluate(PASTE, "Pasted one\nPasted two")
        await here.phone.get_by_role("button", name="Add 2 notes").tap()

    async def mouse() -> None:
        wall = await here.mouse.get_by_role("group", name="Notes in Risks").bounding_box()
        assert wall
        await here.mouse.mouse.dblclick(wall["x"] + 90, wall["y"] + wall["height"] - 40)
        await expect(composer(here.mouse, "Risks")).to_be_focused()
        await here.mouse.keyboard.type("From an empty place")
        await here.mouse.keyboard.press("Enter")

    async def keys() -> None:
        await at(here.keys, "this-keys").focus()
        await here.keys.keyboard.press("n")
        await expect(composer(here.keys, SECTIONS["keys"])).to_be_focused()
        for text, key in (("Two", "Shift+Enter"), ("lines", "Tab"), ("By Control", "Control+Enter")):
            await here.keys.keyboard.type(text)
            await here.keys.keyboard.press(key)

    async def other(n: int, person: Participant) -> None:
        for m in range(2):
            add = NoteAdd(
                id=f"new-{n}-{m}",
                board=BOARD,
                section=f"section-{n % 3}",
                rank=rank(90 + 2 * n + m),
                text=f"New {n} {m}",
            )
            await person.do(add)

    await here.all_at_once(phone(), mouse(), keys(), [other(n, person) for n, person in enumerate(here.people)])
    assert here.note("Two\nlines").section == "section-2"


async def they_edit_one_note(here: Ten) -> None:
    """Each changes one word of the same note at once: all ten words are changed, and no version is left beside."""
    words = WORDS.split()
    await here.boss.do(NoteAdd(id="words", board=BOARD, section="section-0", rank=ODD, text=WORDS))

    async def begun(page: Page, word: str, begin: Coroutine[Any, Any, Any]) -> None:
        await begin
        await page.get_by_label("Edit note").fill(WORDS.replace(word, word.upper()))

    await begun(here.phone, words[0], by_tap(here.phone, "words", "Edit"))
    await begun(here.mouse, words[1], by_click(here.mouse, "words", "Edit"))
    await begun(here.keys, words[2], by_key(here.keys, "words", "e"))
    await here.all_at_once(
        here.phone.get_by_label("Edit note").press("Enter"),
        here.mouse.get_by_label("Edit note").press("Enter"),
        here.keys.get_by_label("Edit note").press("Enter"),
        [
            person.do(NoteEdit(id="words", rev=1, base=WORDS, text=WORDS.replace(words[n], words[n].upper())))
            for n, person in enumerate(here.people, 3)
        ],
    )
    assert here.note(WORDS.upper()).siblings == ()


async def they_colour_tag_and_say(here: Ten) -> None:
    """A colour, a tag, a "me too" and a comment on one note, by each in their own way."""
    lens = here.boss.all("lens")[0]

    async def phone() -> None:
        await by_tap(here.phone, "words", "Colour", "Lilac", "Tags", "Mastery", "Me too")
        await here.phone.keyboard.press("Escape")

    async def mouse() -> None:
        await by_click(here.mouse, "this-mouse", "Colour", "Lilac", "Tags", "Mastery", "More", "Duplicate")
        await here.mouse.keyboard.press("Escape")

    async def keys() -> None:
        await by_key(here.keys, "this-keys", "c")
        await expect(here.keys.get_by_label("New comment")).to_be_focused()
        await here.keys.keyboard.type("Who says so?")
        await here.keys.keyboard.press("Enter")
        await expect(here.keys.get_by_label("New comment")).to_have_value("")
        await here.keys.keyboard.press("Escape")

    async def other(n: int, person: Participant) -> None:
        await person.do(NoteReact(id="this-keys", on=True))
        await person.do(CommentAdd(id=f"said-{n}", note="this-keys", rank=rank(n), text=f"Said by {n}"))
        await person.do(NoteTag(id=f"this-{n}", lenses=(lens.id,)))
        await person.do(NoteColour(id=f"this-{n}", colour="lilac"))

    await here.all_at_once(phone(), mouse(), keys(), [other(n, person) for n, person in enumerate(here.people)])
    for page in here.pages.values():
        await expect(at(page, "this-keys").get_by_role("button", name="8 comments")).to_be_attached()
        await expect(at(page, "words")).to_have_attribute("data-colour", "lilac")
        await expect(at(page, "this-3").get_by_role("listitem").filter(has_text="Mastery")).to_be_attached()


async def held_over(page: Page, id_: str, x: float, y: float) -> None:
    """A note in the hand, over a place; to be let go when the others do theirs."""
    await page.evaluate(STILL)
    held = await at(page, id_).bounding_box()
    assert held
    await page.mouse.move(held["x"] + 40, held["y"] + 12)
    await page.mouse.down()
    await page.mouse.move(x, y, steps=8)


async def they_move(here: Ten) -> None:
    """To another section: by what a note offers, by the hand, and by arrows; each note is where its mover put it."""

    async def phone() -> None:
        await by_tap(here.phone, "that-phone", "Move to…", "To Risks")

    wall = await here.mouse.get_by_role("group", name=f"Notes in {SECTIONS['keys']}").bounding_box()
    assert wall
    await held_over(here.mouse, "that-mouse", wall["x"] + 60, wall["y"] + wall["height"] - 30)
    await expect(here.mouse.locator(".column.target")).to_have_attribute("data-section", "section-2")

    async def keys() -> None:
        await by_key(here.keys, "that-keys", " ", "ArrowLeft", " ")

    async def other(n: int, person: Participant) -> None:
        await person.do(NoteMove(id=f"that-{n}", board=BOARD, section=f"section-{(n + 1) % 3}", rank=rank(60 + n)))

    await here.all_at_once(
        phone(), here.mouse.mouse.up(), keys(), [other(n, person) for n, person in enumerate(here.people)]
    )
    moved = {one: here.note(f"that {one}").section for one in SECTIONS}
    assert moved == {"phone": "section-1", "mouse": "section-2", "keys": "section-1"}


async def they_take_back(here: Ten) -> None:
    """Undone, done again, and undone by each of the three while the seven write on: theirs alone is back."""

    async def presses(page: Page, how: str) -> None:
        for name in ("Undo", "Redo", "Undo"):
            button = page.get_by_role("button", name=name, exact=True).first
            await expect(button).to_have_attribute("aria-disabled", "false")
            await (button.tap() if how == "tap" else button.click())

    async def keys() -> None:
        await at(here.keys, "that-keys").focus()
        for key in ("Control+z", "Control+Shift+z", "Control+z"):
            await here.keys.keyboard.press(key)

    async def other(n: int, person: Participant) -> None:
        await person.do(NoteEdit(id=f"new-{n}-0", rev=1, base=f"New {n} 0", text=f"New {n} 0, and more"))
        await person.do(NoteBin(id=f"new-{n}-1"))

    await here.all_at_once(
        presses(here.phone, "tap"),
        presses(here.mouse, "click"),
        keys(),
        [other(n, person) for n, person in enumerate(here.people)],
    )
    back = {one: here.note(f"that {one}").section for one in SECTIONS}
    assert back == {"phone": "section-0", "mouse": "section-1", "keys": "section-2"}
    assert all(here.note(f"New {n} 0, and more") for n in range(7))


async def they_stack(here: Ten) -> None:
    """Ten stacks at once: by *Select* and *Group with…*, a note dropped on a note, *G*, and over the protocol."""

    async def phone() -> None:
        await section(here.phone, SECTIONS["phone"])
        await by_tap(here.phone, "this-phone", "Select")
        await at(here.phone, "that-phone").tap()
        await here.phone.get_by_role("button", name="Group with…").tap()
        await here.phone.get_by_role("button", name="Group these 2 notes").tap()

    target = await at(here.mouse, "that-mouse").bounding_box()
    assert target
    await held_over(here.mouse, "this-mouse", target["x"] + 40, target["y"] + target["height"] / 2)
    await expect(here.mouse.locator(".row.onto")).to_have_count(1)

    async def keys() -> None:
        await by_key(here.keys, "this-keys", "x")
        await by_key(here.keys, "that-keys", "x")
        await here.keys.get_by_role("button", name="Group with…").press("Enter")
        await here.keys.get_by_role("button", name="Group these 2 notes").press("Enter")

    async def other(n: int, person: Participant) -> None:
        await person.do(StackMake(id=f"stack-{n}", notes=(f"this-{n}", f"that-{n}")))
        await person.do(StackName(id=f"stack-{n}", title=f"What {n} thinks"))

    await here.all_at_once(
        phone(), here.mouse.mouse.up(), keys(), [other(n, person) for n, person in enumerate(here.people)]
    )
    for page in here.pages.values():
        await expect(page.locator("[data-stack]")).to_have_count(10)


async def they_choose_several(here: Ten) -> None:
    """Two notes each are tagged, moved or put in the bin as one, by *Select*, Ctrl with a click, and X."""

    async def phone() -> None:
        await section(here.phone, SECTIONS["phone"])
        bar = here.phone.get_by_role("toolbar", name="With the selected notes")
        await note(here.phone, "Pasted one").tap()
        await note(here.phone, "Pasted one").get_by_role("button", name="Select").tap()
        await note(here.phone, "Pasted two").tap()
        await bar.get_by_role("button", name="Tags").tap()
        await here.phone.get_by_role("dialog").get_by_role("button", name="Mastery").tap()
        await here.phone.get_by_role("dialog").get_by_role("button", name="Close").tap()
        await bar.get_by_role("button", name="Done").tap()

    async def mouse() -> None:
        for text in ("New 1 0, and more", "New 4 0, and more"):
            await note(here.mouse, text).click(modifiers=["Control"], position={"x": 12, "y": 12})
        bar = here.mouse.get_by_role("toolbar", name="With the selected notes")
        await bar.get_by_role("button", name="Move to…").click()
        await here.mouse.get_by_role("dialog").get_by_role("button", name=SECTIONS["phone"]).last.click()

    async def keys() -> None:
        for text in ("New 2 0, and more", "New 5 0, and more"):
            await note(here.keys, text).focus()
            await here.keys.keyboard.press("x")
        bar = here.keys.get_by_role("toolbar", name="With the selected notes")
        await bar.get_by_role("button", name="Bin").press("Enter")

    others = [person.do(NoteReact(id="words", on=True)) for person in here.people]
    await here.all_at_once(phone(), mouse(), keys(), others)
    assert all(here.note(f"Pasted {one}").lenses for one in ("one", "two"))
    assert all(here.note(f"New {n} 0, and more").section == "section-0" for n in (1, 4))
    assert all(here.note(f"New {n} 0, and more").binned for n in (2, 5))


async def they_find(here: Ten) -> None:
    """A word, a tag and an author, by finger, mouse and keys: the same notes of all there are."""
    found: set[tuple[str, str]] = set()
    for way, page in here.pages.items():
        if way == "keys":
            await at(page, "words").focus()
            await page.keyboard.press("/")
        elif way == "mouse":
            await page.get_by_role("button", name="Search the board").click()
        else:
            await page.get_by_role("button", name="Search the board").tap()
        await expect(page.get_by_label("Find notes by word")).to_be_focused()
        await page.keyboard.type("two lines")
        await expect(page.locator("mark")).to_have_text(["Two", "lines"])
        await page.get_by_label("Find notes by word").fill("")
        how_many = page.get_by_role("search").get_by_role("status")
        tag = page.get_by_role("search").get_by_role("button", name="Mastery")
        await tag.press("Enter")
        await expect(how_many).to_have_text(SOME)
        tagged = await how_many.inner_text()
        await tag.press("Enter")
        await page.get_by_label("Written by").select_option("Facilitator")
        await expect(how_many).to_have_text(SOME)
        found.add((tagged, await how_many.inner_text()))
        await page.get_by_label("Find notes by word").press("Escape")
        await expect(page.get_by_role("search")).to_have_count(0)
    assert len(found) == 1, found


async def they_lose_the_line(here: Ten, place: House) -> None:
    """The server is killed; all ten write on; each note is there once when it is back, and nobody reloaded."""
    place.kill()
    for way, page in here.pages.items():
        if way == "phone":
            await section(page, SECTIONS["phone"])
        await composer(page, SECTIONS[way]).fill(f"Written by {way} without a line")
        await composer(page, SECTIONS[way]).press("Enter")
        await shot(page, f"ten-they_lose-{way}")
        await expect(page.get_by_test_id("save-sign")).to_have_text("1 not sent yet", timeout=40_000)
    sent = [
        person.submit(NoteAdd(id=f"away-{n}", board=BOARD, section="section-0", rank=rank(200 + n), text=f"Away {n}"))
        for n, person in enumerate(here.people)
    ]
    place.start()
    await woken(*here.pages.values())
    await asyncio.gather(*sent)
    await here.same()
    for page in here.pages.values():
        assert await page.evaluate("window.neverReloaded")


async def they_vote(here: Ten) -> None:
    """Two on one note and no third, one of them taken back; nobody sees a sum before it is shown, then all the same."""
    await go(here.boss, VOTE)

    async def presses(way: str) -> None:
        page = here.pages[way]
        place, back = (
            page.get_by_role("button", name=f"{what} {WORDS.upper()}")
            for what in ("Place a dot on", "Take a dot back from")
        )
        for button, left in ((place, 4), (place, 3), (back, 4), (place, 3)):
            await {"phone": button.first.tap, "mouse": button.first.click}.get(
                way, lambda b=button: b.first.press("Enter")
            )()
            await expect(page.get_by_label(f"{left} dots left").first).to_be_attached()
        await expect(page.get_by_text("20 dots")).to_have_count(0)

    await asyncio.gather(
        *(presses(way) for way in here.pages),
        *(person.do(VoteCast(round=VOTE, target="words", dots=2)) for person in here.people),
    )
    for page in here.pages.values():
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
    await here.boss.do(StepShow(step=VOTE))
    for page in here.pages.values():
        first = page.get_by_label(f"Notes in {SECTIONS['phone']}").get_by_role("article").first
        await expect(first).to_contain_text("20 dots")


async def test_ten_at_once(tmp_path: Path) -> None:
    """[NOTE2] [NOTE4] [ONCE2] [STACK1] [UNDO1] [FIND1] [VOTE5] [CLIENT3] [CLIENT13] All at once."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            here = await ten(place, running, made, boss, faults)
            await here.same()
            for line in (
                they_write,
                they_edit_one_note,
                they_colour_tag_and_say,
                they_move,
                they_take_back,
                they_stack,
                they_find,
                they_choose_several,
            ):
                await line(here)
                for way, page in here.pages.items():
                    await shot(page, f"ten-{line.__name__}-{way}")
            await they_lose_the_line(here, place)
            await they_vote(here)
            for person in here.people:
                await person.stop()
    assert faults == []
