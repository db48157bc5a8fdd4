"""Ten in the same stacks, among what is new, and at one note's link: by finger, mouse, keys, and over the protocol."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Page, expect

from protocol.commands import NoteAdd, NoteEdit, NoteMove, StackMake, StackSplit
from protocol.records import Note
from server.workshop.ranks import rank

from .hands import at, by_key, finger, held_by_finger
from .stage import browser, house, page_of, shot
from .ten import Ten, seven, three
from .test_crowded import accessible
from .test_everyone import BOARD, lead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from client.participant import Participant

OURS: Final = "ours"
"""The stack in which each of the ten has a note, below one that nobody moves."""
WHOSE: Final = ("phone", "mouse", "keys", *map(str, range(7)))
FILL: Final = 60
"""So many notes are below each other that what comes at their end is in nobody's sight."""
INSIDE: Final = "list => [...list.querySelectorAll('[data-inside]')].map((one) => one.dataset.inside)"
WORDS: Final = "zero one two three four five six"


def inside(one: Participant) -> list[str]:
    """The notes of our stack in their order, as this person has them."""
    notes = [note for note in one.all("note") if isinstance(note, Note) and note.stack == OURS and not note.binned]
    return [note.id for note in sorted(notes, key=lambda note: (note.rank, note.id))]


async def stacked(boss: Participant) -> None:
    """One stack of all above everything else, one of each person's own two notes; and one section is long."""
    ids = ("nobody", *(f"ours-{who}" for who in WHOSE))
    for n, id_ in enumerate(ids):
        place = f"Z{n:02}V"
        await boss.do(NoteAdd(id=id_, board=BOARD, section="section-0", rank=place, text=f"In it: {id_}"))
    await boss.do(StackMake(id=OURS, notes=ids, title="Ours"))
    for who in WHOSE:
        await boss.do(StackMake(id=f"own-{who}", notes=(f"this-{who}", f"that-{who}"), title=f"Own of {who}"))
    for n in range(FILL):
        fill = NoteAdd(id=f"fill-{n}", board=BOARD, section="section-2", rank=rank(100 + n), text=f"Filling {n}")
        await boss.do(fill)


async def they_fan_out(here: Ten) -> None:
    """By its button, by a click on it, by Enter: the same notes in the same order."""
    stack = at(here.phone, OURS)
    await stack.get_by_role("button", name="Fan out").tap()
    await at(here.mouse, OURS).click(position={"x": 30, "y": 14})
    await by_key(here.keys, OURS, "Enter")
    await same_inside(here)


async def they_reorder(here: Ten) -> None:
    """Each puts a note elsewhere in the same stack at once: a finger, a mouse, Space and arrows, and seven others."""
    touch = await held_by_finger(here.phone, at(here.phone, "ours-phone"), at(here.phone, "nobody"), 0.2)
    held, first = await at(here.mouse, "ours-mouse").bounding_box(), await at(here.mouse, "nobody").bounding_box()
    assert held
    assert first
    await here.mouse.mouse.move(held["x"] + 60, held["y"] + 12)
    await here.mouse.mouse.down()
    await here.mouse.mouse.move(first["x"] + 60, first["y"] + 6, steps=6)
    await by_key(here.keys, "ours-keys", " ", "ArrowUp", "ArrowUp", "ArrowUp")
    for page in here.pages.values():
        await expect(page.locator('[data-fan] [data-inside="nobody"].before')).to_have_count(1)

    async def keys() -> None:
        await here.keys.keyboard.press(" ")

    async def other(n: int, person: Participant) -> None:
        place = f"Z{90 - n}V"
        await person.do(NoteMove(id=f"ours-{n}", board=BOARD, section="section-0", rank=place, stack=OURS))

    others = [other(n, person) for n, person in enumerate(here.people)]
    await asyncio.gather(finger(touch, "touchEnd"), here.mouse.mouse.up(), keys(), *others)
    await same_inside(here)
    order = inside(here.boss)
    assert set(order[:3]) == {"ours-phone", "ours-mouse", "ours-keys"}
    assert order[3:] == ["nobody", *(f"ours-{n}" for n in reversed(range(7)))]


async def they_take_apart(here: Ten) -> None:
    """Ten stacks come apart at once; the three take that back, and theirs alone are whole again."""
    for page in here.pages.values():
        await at(page, OURS).get_by_role("button", name="Fold up").press("Enter")
    await here.same()
    await at(here.phone, "own-phone").get_by_role("button", name="Fan out").tap()
    await at(here.mouse, "own-mouse").click(position={"x": 30, "y": 14})
    await by_key(here.keys, "own-keys", "Enter", "Tab", "Tab", "Tab")
    apart = here.keys.get_by_role("button", name="Take apart")
    await expect(apart).to_be_focused()

    others = [person.do(StackSplit(id=f"own-{n}")) for n, person in enumerate(here.people)]
    await here.all_at_once(
        here.phone.get_by_role("button", name="Take apart").tap(),
        here.mouse.get_by_role("button", name="Take apart").click(),
        here.keys.keyboard.press("Enter"),
        others,
    )
    assert [stack.id for stack in here.boss.all("stack")] == [OURS]
    await here.all_at_once(
        here.phone.get_by_role("button", name="Undo", exact=True).first.tap(),
        here.mouse.get_by_role("button", name="Undo", exact=True).first.click(),
        here.keys.keyboard.press("Control+z"),
        [],
    )
    assert {stack.id for stack in here.boss.all("stack")} == {OURS, "own-phone", "own-mouse", "own-keys"}


async def all_fanned_out(here: Ten) -> None:
    """As many stacks as there are lie open, on a phone and on a laptop."""
    for page, way in ((here.phone, "phone"), (here.mouse, "laptop")):
        closed = page.get_by_role("button", name="Fan out")
        for n in reversed(range(await closed.count())):
            await closed.nth(n).press("Enter")
        await expect(page.locator("[data-fan]").nth(2)).to_be_attached()
        await shot(page, f"ten-fanned-{way}")
        await accessible(page, f"stacks that lie open, {way}")


async def same_inside(here: Ten) -> None:
    """Our stack is stored, and lies the same before all eyes and over the protocol."""
    for page in here.pages.values():
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await asyncio.gather(*(person.settled() for person in here.people))
    wrong: list[object] = ["not looked at yet"]
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(40):
            while wrong:
                await asyncio.sleep(0.1)
                seen = [await page.locator(f'[data-fan="{OURS}"]').evaluate(INSIDE) for page in here.pages.values()]
                wrong = [one for one in (*seen, *map(inside, here.people)) if one != inside(here.boss)]
    assert wrong == []


async def they_look_away(here: Ten, faults: list[str]) -> Ten:
    """The three close their pages; seven write, far below; the three come back, and find those seven and no others."""
    contexts = {way: (page.context, page.url) for way, page in here.pages.items()}
    for page in here.pages.values():
        await page.close()
    news = [
        person.do(NoteAdd(id=f"news-{n}", board=BOARD, section="section-2", rank=rank(300 + n), text=f"News {n}"))
        for n, person in enumerate(here.people)
    ]
    await asyncio.gather(*news)
    pages = {}
    for way, (context, address) in contexts.items():
        pages[way] = await page_of(context, faults)
        await pages[way].goto(address)
        await expect(at(pages[way], OURS)).to_be_visible()
    return Ten(here.boss, here.people, pages)


async def they_ask_what_is_new(here: Ten) -> None:
    """By finger, by mouse, by keys alone: seven of all there are, and the same seven."""
    await here.phone.get_by_role("button", name="Search the board").tap()
    await here.phone.get_by_role("button", name="7 new since you looked", exact=True).tap()
    await here.mouse.get_by_role("button", name="Search the board").click()
    await here.mouse.get_by_role("button", name="7 new since you looked", exact=True).click()
    await by_key(here.keys, OURS, "/")
    await expect(here.keys.get_by_label("Find notes by word")).to_be_focused()
    for _ in ("the cross", "what is new"):
        await here.keys.keyboard.press("Tab")
    await here.keys.keyboard.press("Enter")
    for way, page in here.pages.items():
        all_notes = len([note for note in here.boss.all("note") if isinstance(note, Note) and not note.binned])
        await expect(page.get_by_role("search").get_by_role("status")).to_have_text(f"7 matches in {all_notes}")
        await expect(page.locator('[data-note^="news-"]')).to_have_count(7)
        await shot(page, f"ten-new-{way}")
        await page.get_by_label("Find notes by word").press("Escape")
        await expect(page.get_by_role("search")).to_have_count(0)
    await here.same()


async def copied(page: Page) -> str:
    """The link of the last note of a long section, by keys alone, as it lies in the clipboard."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator("[data-section='section-2'] article").first.focus()
    await page.keyboard.press("End")
    note = page.locator('[data-note="news-6"]')
    await expect(note).to_be_focused()
    await page.keyboard.press(".")
    await note.get_by_role("button", name="More", exact=True).press("Enter")
    await note.get_by_role("button", name="Copy a link to this note").press("Enter")
    await expect(page.get_by_text("The link is copied.").first).to_be_attached()
    await page.keyboard.press("Escape")
    return str(await page.evaluate("navigator.clipboard.readText()"))


async def they_open_a_link(here: Ten, faults: list[str]) -> None:
    """A link in a note is tapped, clicked, and followed by Enter, while seven change what it leads to."""
    link = await copied(here.keys)
    await here.boss.do(NoteEdit(id="news-6", rev=1, base="News 6", text=WORDS))
    where = NoteAdd(id="where", board=BOARD, section="section-0", rank="Y0V", text=f"See {link}")
    await here.boss.do(where)
    opened: dict[str, Page] = {}

    async def follow(way: str) -> None:
        page = here.pages[way]
        address = at(page, "where").get_by_role("link")
        await address.scroll_into_view_if_needed()
        async with page.context.expect_page() as coming:
            await {"phone": address.tap, "mouse": address.click}.get(way, lambda: address.press("Enter"))()
        opened[way] = await coming.value
        opened[way].on("pageerror", lambda error: faults.append(str(error)))

    words = WORDS.split()
    edits: Sequence[Any] = [
        person.do(NoteEdit(id="news-6", rev=2, base=WORDS, text=WORDS.replace(words[n], words[n].upper())))
        for n, person in enumerate(here.people)
    ]
    await asyncio.gather(follow("phone"), follow("mouse"), follow("keys"), *edits)
    there = Ten(here.boss, here.people, opened)
    for way, page in opened.items():
        row = page.locator('[data-row="news-6"]')
        await expect(row).to_be_in_viewport()
        await expect(row.get_by_role("article")).to_be_focused()
        await expect(row.locator(".saying")).to_have_text(WORDS.upper())
        await shot(page, f"ten-link-{way}")
    await there.same()


async def test_ten_in_stacks(tmp_path: Path) -> None:
    """[STACK1] [STACK2] [STACK3] [STACK5] [UNDO1] [FIND1] [FIND2] [LINK1] All at once, and all end the same."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            people = await seven(place, made["code"], boss)
            await stacked(boss)
            here = Ten(boss, people, await three(place, running, made["code"], faults))
            await here.same()
            for line in (they_fan_out, they_reorder, they_take_apart):
                await line(here)
                for way, page in here.pages.items():
                    await shot(page, f"ten-{line.__name__}-{way}")
            await all_fanned_out(here)
            here = await they_look_away(here, faults)
            await they_ask_what_is_new(here)
            await they_open_a_link(here, faults)
            for person in here.people:
                await person.stop()
    assert faults == []
