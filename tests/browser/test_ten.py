"""Ten on one board: a finger on a phone, a mouse, keys alone, and seven over the protocol, all at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from playwright.async_api import Page, expect

from protocol.commands import (
    CommentAdd,
    NoteAdd,
    NoteBin,
    NoteColour,
    NoteMany,
    NoteMove,
    NoteReact,
    NoteTag,
    StackMake,
    StackName,
)
from protocol.records import Note, Person
from server.workshop.ranks import rank
from tests.faults.proxy import proxy

from .hands import at, by_click, by_key, by_tap, finger, held_by_finger
from .stage import House, browser, house, shot
from .ten import SECTIONS, Ten, held_over, pressed, section, seven, three
from .ten_versions import (
    they_are_told_who_writes,
    they_edit_one_note,
    they_leave_it_as_it_is,
    they_rewrite_the_same_words,
    they_take_back,
)
from .ten_votes import they_vote
from .test_everyone import BOARD, lead
from .test_network import woken
from .test_notes import PASTE, composer, note

if TYPE_CHECKING:
    from pathlib import Path

    from client.participant import Participant

HTTP: Final = "Number(localStorage.getItem('plenary.http-until')) > 0"
"""The line needed HTTP."""


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


async def they_colour_tag_and_say(here: Ten) -> None:
    """A colour, a tag, a "me too", a copy and a comment, by each in their own way; all are counted on each screen."""
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
        await expect(at(page, "this-keys").get_by_role("button", name="Me too, 7 so far")).to_be_attached()
        await expect(at(page, "words").get_by_role("button", name="Me too, 1 so far")).to_be_attached()
        await expect(at(page, "words")).to_have_attribute("data-colour", "lilac")
        await expect(at(page, "this-3").get_by_role("listitem").filter(has_text="Mastery")).to_be_attached()
    twice = [one for one in here.boss.all("note") if isinstance(one, Note) and one.text == "this mouse"]
    assert [(one.section, one.colour, one.lenses) for one in twice] == [("section-1", "lilac", (lens.id,))] * 2


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


GAP: Final = ("top", "bottom", "phone", "mouse", "keys", *map(str, range(7)))


def in_the_gap(here: Ten) -> list[str]:
    """The notes about the gap in their order, as whoever leads has them."""
    notes = [one for one in here.boss.all("note") if isinstance(one, Note) and one.id.startswith("gap-")]
    return [one.id.removeprefix("gap-") for one in sorted(notes, key=lambda one: (one.rank, one.id))]


async def they_put_in_one_gap(here: Ten) -> None:
    """Each puts a note between the same two at once; then one more is put between two of those that came."""
    for n, part in enumerate(GAP, 11):
        await here.boss.do(
            NoteAdd(id=f"gap-{part}", board=BOARD, section="section-0", rank=f"Y{n}", text=f"Gap {part}")
        )
    for page in here.pages.values():
        await page.get_by_role("group", name=f"Notes in {SECTIONS['phone']}").evaluate("list => list.scrollTo(0, 0)")
        await expect(at(page, "gap-keys")).to_be_attached()
    touch = await held_by_finger(here.phone, at(here.phone, "gap-phone"), at(here.phone, "gap-bottom"), 0.2)
    below = await at(here.mouse, "gap-bottom").bounding_box()
    assert below
    await held_over(here.mouse, "gap-mouse", below["x"] + 60, below["y"] + 6)
    await by_key(here.keys, "gap-keys", " ", "ArrowUp", "ArrowUp", "ArrowUp")
    for page in here.pages.values():
        await expect(page.locator('[data-row="gap-bottom"] .row.before')).to_have_count(1)
    others = [
        person.do(NoteMove(id=f"gap-{n}", board=BOARD, section="section-0", rank="Y11V"))
        for n, person in enumerate(here.people)
    ]
    await here.all_at_once(finger(touch, "touchEnd"), here.mouse.mouse.up(), here.keys.keyboard.press(" "), others)
    came = sorted(GAP[2:])
    assert in_the_gap(here) == ["top", *came, "bottom"]
    third = await at(here.mouse, "gap-3").bounding_box()
    assert third
    await held_over(here.mouse, "gap-bottom", third["x"] + 60, third["y"] + 6)
    await expect(here.mouse.locator('[data-row="gap-3"] .row.before')).to_have_count(1)
    await here.mouse.mouse.up()
    await here.same()
    assert in_the_gap(here) == ["top", *came[:3], "bottom", *came[3:]]
    await here.boss.do(NoteMany(commands=tuple(NoteBin(id=f"gap-{part}") for part in GAP)))
    await here.same()


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

    await by_key(here.keys, "this-keys", " ", "g")
    await expect(here.keys.locator(".row.onto")).to_have_count(1)

    async def other(n: int, person: Participant) -> None:
        await person.do(StackMake(id=f"stack-{n}", notes=(f"this-{n}", f"that-{n}")))
        await person.do(StackName(id=f"stack-{n}", title=f"What {n} thinks"))

    others = [other(n, person) for n, person in enumerate(here.people)]
    await here.all_at_once(phone(), here.mouse.mouse.up(), here.keys.keyboard.press(" "), others)
    for page in here.pages.values():
        await expect(page.locator("[data-stack]")).to_have_count(10)
    await they_name(here)


async def they_name(here: Ten) -> None:
    """Each names the stack that they made, where it lies open, and folds it up: all ten names are on each screen."""
    made = {way: here.stack_of(f"this-{way}") for way in here.pages}
    named = {way: f"What {way} says" for way in here.pages}

    async def by_hand(way: str) -> None:
        page, stack = here.pages[way], at(here.pages[way], made[way])
        await pressed(way, stack.get_by_role("button", name="Fan out"))
        await pressed(way, stack.get_by_label("Name this stack"))
        await page.keyboard.type(named[way])
        await page.keyboard.press("Enter")
        await pressed(way, stack.get_by_role("button", name="Fold up"))

    async def keys() -> None:
        await by_key(here.keys, made["keys"], "Enter", "Tab")
        await expect(here.keys.get_by_label("Name this stack")).to_be_focused()
        await here.keys.keyboard.type(named["keys"])
        await here.keys.keyboard.press("Enter")
        await by_key(here.keys, made["keys"], "Enter")

    await here.all_at_once(by_hand("phone"), by_hand("mouse"), keys(), [])
    for page in here.pages.values():
        for way, id_ in made.items():
            await expect(at(page, id_).get_by_role("heading")).to_have_text(named[way])
        for n in range(7):
            await expect(at(page, f"stack-{n}").get_by_role("heading")).to_have_text(f"What {n} thinks")


async def they_choose_several(here: Ten) -> None:
    """Notes are tagged, moved or put in the bin as one, by *Select*, Ctrl with a click, and X; one's own come back."""

    async def phone() -> None:
        await section(here.phone, SECTIONS["phone"])
        bar = here.phone.get_by_role("toolbar", name="With the selected notes")
        await note(here.phone, "Pasted one").tap()
        await note(here.phone, "Pasted one").get_by_role("button", name="Select").tap()
        await note(here.phone, "Pasted two").tap()
        await bar.get_by_role("button", name="Tags").tap()
        await here.phone.get_by_role("dialog").get_by_role("button", name="Mastery").tap()
        await here.phone.get_by_role("dialog").get_by_role("button", name="Close").tap()
        await bar.get_by_role("button", name="Bin").tap()

    async def mouse() -> None:
        for text in ("New 1 0, and more", "New 4 0, and more"):
            await note(here.mouse, text).click(modifiers=["Control"], position={"x": 12, "y": 12})
        bar = here.mouse.get_by_role("toolbar", name="With the selected notes")
        await bar.get_by_role("button", name="Move to…").click()
        await here.mouse.get_by_role("dialog").get_by_role("button", name=SECTIONS["phone"]).last.click()

    async def keys() -> None:
        for text in ("New 2 0, and more", "New 5 0, and more", "By Control"):
            await note(here.keys, text).focus()
            await here.keys.keyboard.press("x")
        bar = here.keys.get_by_role("toolbar", name="With the selected notes")
        await bar.get_by_role("button", name="Bin").press("Enter")

    others = [person.do(NoteReact(id="words", on=True)) for person in here.people]
    await here.all_at_once(phone(), mouse(), keys(), others)
    assert all(here.note(f"Pasted {one}").lenses for one in ("one", "two"))
    assert all(here.note(f"New {n} 0, and more").section == "section-0" for n in (1, 4))
    binned = ("New 2 0, and more", "New 5 0, and more", "By Control", "Pasted one", "Pasted two")
    assert all(here.note(text).binned for text in binned)
    await they_bring_back(here)
    assert [here.note(text).binned for text in binned] == [True, True, False, False, False]


async def they_bring_back(here: Ten) -> None:
    """What the phone put in the bin comes back by tap, what the keys did by Enter."""

    async def phone() -> None:
        await here.phone.get_by_role("button", name="Bin, ").tap()
        for text in ("Pasted one", "Pasted two"):
            await here.phone.get_by_role("button", name=f"Restore “{text}”").tap()
        await here.phone.get_by_role("dialog").get_by_role("button", name="Close").tap()

    async def keys() -> None:
        await here.keys.get_by_role("button", name="Bin, ").press("Enter")
        await here.keys.get_by_role("button", name="Restore “By Control”").press("Enter")
        await here.keys.keyboard.press("Escape")

    async def mouse() -> None:
        for text in ("Pasted one", "Pasted two", "By Control"):
            await expect(note(here.mouse, text)).to_have_count(1)

    await here.all_at_once(phone(), mouse(), keys(), [])


async def they_find(here: Ten) -> None:
    """A word, a tag and two authors, by finger, mouse and keys: the same notes of all there are."""
    notes = [one for one in here.boss.all("note") if isinstance(one, Note) and one.board == BOARD and not one.binned]
    ids = {one.name: one.id for one in here.boss.all("person") if isinstance(one, Person)}
    tagged = sum(bool(one.lenses) for one in notes)
    for way, page in here.pages.items():
        await they_search(page, way)
        await expect(page.get_by_label("Find notes by word")).to_be_focused()
        await page.keyboard.type("two lines")
        await expect(page.locator("mark")).to_have_text(["Two", "lines"])
        await page.get_by_label("Find notes by word").fill("")
        how_many = page.get_by_role("search").get_by_role("status")
        tag = page.get_by_role("search").get_by_role("button", name="Mastery")
        for wanted in (f"{tagged} matches in {len(notes)}", ""):
            await pressed(way, tag)
            await expect(how_many).to_have_text(wanted)
        for author in ("Facilitator", "Ana by phone"):
            theirs = sum(one.by == ids[author] for one in notes)
            await page.get_by_label("Written by").select_option("You" if author == f"Ana by {way}" else author)
            await expect(how_many).to_have_text(f"{theirs} matches in {len(notes)}")
        await page.get_by_label("Find notes by word").press("Escape")
        await expect(page.get_by_role("search")).to_have_count(0)


async def they_search(page: Page, way: str) -> None:
    """To where one searches."""
    if way == "keys":
        await by_key(page, "words", "/")
    else:
        await pressed(way, page.get_by_role("button", name="Search the board"))


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


async def test_ten_at_once(tmp_path: Path) -> None:
    """[NOTE2] [NOTE4] [NOTE5] [NOTE7] [NOTE8] [WRITE7] [ALL6] [ONCE2] [STACK1] [UNDO1] [UNDO3] [FIND1] [VOTE2] [VOTE5]
    [SEE5] [CLIENT3] [CLIENT9] [CLIENT13] All at once; no WebSocket gets through to the phone."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running, proxy(place.port) as way_round:
            way_round.refused = (b"pgrade: websocket",)
            people = await seven(place, made["code"], boss)
            phone = f"http://127.0.0.1:{way_round.port}"
            here = Ten(boss, people, await three(place, running, made["code"], faults, phone))
            await here.same()
            assert [await page.evaluate(HTTP) for page in here.pages.values()] == [True, False, False]
            for line in (
                they_write,
                they_edit_one_note,
                they_rewrite_the_same_words,
                they_colour_tag_and_say,
                they_move,
                they_take_back,
                they_are_told_who_writes,
                they_leave_it_as_it_is,
                they_put_in_one_gap,
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
