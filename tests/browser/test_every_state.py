"""All that can be open, chosen or wrong at a board: by finger on a phone in English, by keys on a laptop in Spanish."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import (
    BoardLock,
    CommentAdd,
    IssueChoose,
    NoteAdd,
    NoteColour,
    NoteEdit,
    NoteReact,
    NoteTag,
    StackMake,
    StepReveal,
    StepShow,
)
from protocol.messages import HereUp
from server.cli.process import free_port
from server.workshop.ranks import rank
from tests.faults.proxy import Proxy, proxy

from .stage import LAPTOP, PHONE, House, browser, enter, house, page_of, shot
from .test_everyone import ARABIC, BOARD, CONTRAST, FLIP, PRIVATE, TITLE, VOTE, WRITING, come, go, lead, violations
from .test_network import portal, woken
from .test_notes import PASTE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, FloatRect, Locator

OTHER = "issue-0"
NOTES = (
    "Credit for what is known already",
    "Written by two at once",
    "See https://example.org/pilot for last year's figures",
    ARABIC,
    "W" * 90,
    "In a stack",
    "In the same stack",
    "Each school would have to agree on what a grade says, and to whom, before the first transcript goes out. " * 3,
)
TWO, STACKED = 1, (5, 6)
BOTH = re.compile("Written by Ben (or|o) Said by somebody else")
BEFORE = re.compile("^(from before|de antes)$")
MOVES = """{
    const look = () => {
        for (const one of document.getAnimations())
            if (one.effect.getComputedTiming().endTime > 1)
                globalThis.moves?.(`${one.effect.target?.className}: ${one.animationName ?? one.transitionProperty}`);
        requestAnimationFrame(look);
    };
    look();
}"""
"""Tells of all that moves by itself, in whichever frame."""
AT_ONCE = """tab => {
    const rail = document.querySelector('[data-rail]');
    const before = rail.scrollLeft;
    tab.click();
    return (rail.scrollLeft - before) / rail.clientWidth;
}"""
"""How many sections further one is in the very moment in which another is chosen."""


class States:
    """A board with something of everything on it; who looks, and what axe found."""

    def __init__(self, boss: Participant, ben: Participant, phone: Page, laptop: Page) -> None:
        self.boss, self.ben, self.phone, self.laptop = boss, ben, phone, laptop
        self.found: list[str] = []

    async def fill(self) -> None:
        """What Ben did to the board."""
        for n, text in enumerate(NOTES):
            section = f"section-{n // 5}"
            await self.ben.do(NoteAdd(id=f"note-{n}", board=BOARD, section=section, rank=rank(n), text=text))
        for text in ("Written by Ben", "Said by somebody else"):
            await self.ben.do(NoteEdit(id=f"note-{TWO}", rev=0, base=NOTES[TWO], text=text))
        await self.ben.do(NoteTag(id="note-0", lenses=("lens-0", "lens-1")))
        await self.ben.do(NoteColour(id="note-0", colour="lilac"))
        await self.ben.do(NoteReact(id="note-0", on=True))
        for n, text in enumerate(("Who says so?", "Dana did: https://example.org")):
            await self.ben.do(CommentAdd(id=f"comment-{n}", note="note-0", rank=rank(n), text=text))
        stacked = tuple(f"note-{n}" for n in STACKED)
        await self.ben.do(StackMake(id="stack", notes=stacked, title="What belongs together"))

    def note(self, page: Page, number: int) -> Locator:
        return page.locator(f'[data-note="note-{number}"]')

    async def look(self, state: str, page: Page) -> None:
        """All rules in one theme, contrasts in the other, on the phone with more of it too; themes take turns."""
        where = f"{state} {'phone' if page is self.phone else 'laptop'}"
        await shot(page, f"state-{where.replace(' ', '-')}")
        self.found += await violations(page, where, {})
        await page.evaluate(FLIP)
        self.found += await violations(page, where, CONTRAST)
        if page is self.phone:
            await page.emulate_media(contrast="more")
            self.found += await violations(page, f"{where}, more contrast", CONTRAST)
            await page.emulate_media(contrast="no-preference")

    async def close(self, page: Page) -> None:
        """Out of a sheet."""
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)

    async def tools(self) -> None:
        """A note in the hand, all that its tools open, and a note being written."""
        phone, laptop = self.phone, self.laptop
        await self.note(phone, 0).tap(position={"x": 12, "y": 12})
        await self.look("note", phone)
        for name in ("Move to…", "Tags", "Colour", "More"):
            await phone.get_by_role("toolbar").get_by_role("button", name=name).tap()
            await self.look(f"note-{name[:4].strip().lower()}", phone)
        await expect(self.note(phone, 0).get_by_role("button", name="Where it went")).to_have_count(0)
        await self.note(phone, TWO).tap()
        await expect(phone.get_by_role("button", name="Keep both")).to_be_visible()
        await expect(self.note(phone, TWO).get_by_text("begun by Ben", exact=True)).to_be_visible()
        await self.look("two-versions", phone)
        await self.note(laptop, TWO).focus()
        await laptop.keyboard.press("t")
        await self.look("two-versions-tags", laptop)
        await self.note(laptop, 0).focus()
        await laptop.keyboard.press("e")
        await laptop.keyboard.type(" and more")
        await self.note(phone, 0).evaluate("one => one.scrollIntoView({ block: 'start' })")
        await expect(self.note(phone, 0).locator(".writer")).to_be_in_viewport(ratio=1)
        await self.look("being-written", phone)
        await self.look("writing", laptop)
        await laptop.keyboard.press("Control+a")
        await laptop.keyboard.type(NOTES[0])
        await laptop.keyboard.press("Escape")

    async def several(self) -> None:
        """Chosen together, and where to put them."""
        phone, laptop = self.phone, self.laptop
        for number in (0, 2):
            await self.note(laptop, number).focus()
            await laptop.keyboard.press("x")
        await self.look("chosen", laptop)
        assert (await bounds(laptop, ".selected >> nth=0"))["y"] - 4 >= (
            await bounds(laptop, "[data-scroll] >> nth=0")
        )["y"]
        bar = laptop.get_by_role("toolbar")
        for n in range(3):
            await bar.get_by_role("button").nth(n).press("Enter")
            if n == 1:
                await expect(
                    laptop.get_by_role("dialog").get_by_text("Written by Ben o Said by somebody")
                ).to_be_visible()
            await self.look(f"chosen-{n}", laptop)
            await self.close(laptop)
        await laptop.keyboard.press("Escape")
        await self.note(phone, 4).tap()
        await phone.get_by_role("button", name="Select").tap()
        await expect(phone.locator(".selected").get_by_text("new", exact=True)).to_have_count(0)
        await self.look("chosen", phone)
        await phone.get_by_role("button", name="Group with…").tap()
        await phone.get_by_label("Find a note or a stack").fill("nothing like it")
        await self.look("group-with-nothing", phone)
        await phone.get_by_role("button", name="Close").tap()
        await phone.get_by_role("button", name="Done").tap()

    async def moving(self) -> None:
        """A note is moved, stacked and taken back by keys; one is turned over; on a phone another section comes."""
        phone, laptop = self.phone, self.laptop
        there = laptop.locator("[data-section='section-1'] [data-note='note-2']")
        for keys, done in (
            ((" ", "ArrowRight", " "), there),
            ((" ", "g", " "), laptop.locator("[data-stack]").nth(1)),
        ):
            await self.note(laptop, 2).focus()
            for key in keys:
                await laptop.keyboard.press(key)
            await expect(done).to_be_visible()
            await laptop.keyboard.press("Control+z")
            await expect(done).to_have_count(0)
        await go(self.boss, PRIVATE)
        await self.ben.do(NoteAdd(id="turned", board=BOARD, section="section-0", rank=rank(90), text="Turned over"))
        for page in (phone, laptop):
            await expect(page.get_by_test_id("sealed-pile")).to_have_count(1)
            await expect(self.note(page, 0).get_by_text(BEFORE)).to_be_visible()
            await expect(page.locator("[data-stack]").get_by_text(BEFORE).first).to_be_attached()
            await self.look("face-down", page)
        await self.boss.do(StepReveal(step=PRIVATE))
        for page in (phone, laptop):
            await expect(page.get_by_role("article", name="Turned over")).to_be_visible()
            await expect(page.get_by_text(BEFORE)).to_have_count(0)
        await go(self.boss, WRITING)
        for name, far in (("Risks", 1), ("Potential benefits", -1)):
            assert await phone.get_by_role("button", name=name).evaluate(AT_ONCE) == far

    async def stack(self) -> None:
        """Folded, fanned out, and on its way elsewhere."""
        phone, laptop = self.phone, self.laptop
        await phone.get_by_role("button", name="Risks").tap()
        await expect(phone.locator("[data-stack]")).to_be_in_viewport()
        await self.look("stack", phone)
        await phone.get_by_role("button", name="Fan out").tap()
        await self.note(phone, STACKED[0]).tap()
        await self.look("fanned", phone)
        await laptop.locator("[data-stack]").focus()
        await laptop.keyboard.press("Enter")
        await self.look("fanned", laptop)
        await laptop.locator(".stack .tools button").first.press("Enter")
        await self.look("stack-move", laptop)
        await self.close(laptop)
        await laptop.locator("[data-stack]").focus()
        await laptop.keyboard.press("Space")
        await expect(laptop.locator("[data-stack]")).to_have_attribute("data-lifted", "En la mano")
        await expect(laptop.get_by_text("Pila levantada.")).to_be_attached()
        await laptop.keyboard.press("ArrowDown")
        await self.look("lifted", laptop)
        await laptop.keyboard.press("Escape")
        await phone.get_by_role("button", name="Potential benefits").tap()

    async def search(self) -> None:
        """Open, with what it finds, and with nothing found."""
        phone, laptop = self.phone, self.laptop
        await phone.get_by_role("button", name="Search the board").tap()
        await self.look("search", phone)
        await laptop.keyboard.press("/")
        for page in (phone, laptop):
            await page.get_by_role("searchbox").fill("credit")
            await self.look("search-found", page)
            await page.get_by_role("searchbox").fill("nobody wrote this")
            await self.look("search-nothing", page)
            await page.get_by_role("searchbox").press("Escape")

    async def sheets(self) -> None:
        """A pasted list, comments, the bin, the keys, and who is here."""
        phone, laptop = self.phone, self.laptop
        self.ben.here(HereUp(board=BOARD, typing=True))
        for page in (phone, laptop):
            await page.locator("[data-composer]").first.evaluate(PASTE, "One\nTwo\nThree " + "long " * 90)
            await self.look("paste", page)
            await self.close(page)
            await self.note(page, 0).focus()
            await page.keyboard.press("c")
            await self.look("comments", page)
            await self.close(page)
            await page.locator("header .people").press("Enter")
            await expect(page.get_by_role("dialog").locator(".writes")).to_have_count(1)
            await expect(page.get_by_role("dialog").get_by_role("heading", level=2)).to_be_focused()
            await expect(page.locator("dialog h2")).to_have_css("outline-style", "none")
            await self.look("people", page)
            await self.close(page)
            await page.locator("[data-composer]").first.fill("A slip of the pen")
            await page.locator("[data-composer]").first.press("Enter")
            await page.get_by_role("article", name="A slip of the pen").press("Delete")
            await self.look("told", page)
            await page.locator(".levers button").last.press("Enter")
            await self.look("bin", page)
            await self.close(page)
        await laptop.keyboard.press("?")
        await self.look("keys", laptop)
        await self.close(laptop)
        await self.note(phone, 2).focus()
        await phone.keyboard.press("c")
        await phone.get_by_label("New comment").fill("A comment of one's own")
        await phone.get_by_role("button", name="Send comment").tap()
        await phone.get_by_role("button", name="Edit comment").tap()
        await self.look("comment-editing", phone)
        await phone.get_by_label("Edit comment", exact=True).press("Escape")
        await self.close(phone)
        await phone.locator(".levers button").last.press("Enter")
        await phone.get_by_role("button", name="Restore").press("Enter")
        await expect(phone.get_by_test_id("toast")).to_contain_text("“A slip of the pen” is back")
        await expect(phone.get_by_text("Nothing of yours is here. 1 note of somebody else can be")).to_be_visible()
        await expect(phone.get_by_role("dialog").get_by_role("button", name="Close")).to_be_focused()
        await self.look("bin-empty", phone)
        await self.close(phone)

    async def elsewhere(self, place: House, workshop: str) -> None:
        """By links: to another board, and to a note that is gone; the groups to choose from."""
        laptop = self.laptop
        await self.ben.do(NoteAdd(id="there", board=OTHER, section="section-0", rank="b", text="On another board"))
        for note in ("there", "gone"):
            await laptop.evaluate("to => { location.href = to }", f"{place.url}/w/{workshop}#n={note}")
            if note == "there":
                await expect(laptop.locator(".strip")).to_be_visible()
            else:
                await expect(laptop.get_by_role("dialog")).to_be_visible()
            await self.look(f"link-{note}", laptop)
        await self.close(laptop)
        await laptop.locator(".strip button").first.press("Enter")

    async def trouble(self, way: Proxy, place: House, captive: int) -> None:
        """A portal that wants its terms accepted, words that were not taken, a board that is locked, an old picture."""
        phone, laptop = self.phone, self.laptop
        sign = phone.get_by_test_id("save-sign")
        way.point(captive)
        await expect(phone.get_by_test_id("sign-in")).to_be_visible()
        await self.look("captive", phone)
        await phone.locator("[data-composer]").fill("Written while the portal asked")
        await phone.locator("[data-composer]").press("Enter")
        await expect(sign).to_have_text("1 not sent yet")
        waits = phone.get_by_role("article", name="Written while the portal asked")
        for width in (390, 320):
            await phone.set_viewport_size({"width": width, "height": 844})
            await expect(phone.locator("header .people .avatar")).to_be_in_viewport()
            title, people = await bounds(phone, "header h1"), await bounds(phone, "header .people")
            assert title["y"] + title["height"] < (await bounds(phone, "header .save"))["y"] + 8
            assert title["x"] + title["width"] <= people["x"]
            said = phone.locator("header .what")
            assert await said.evaluate("one => one.scrollHeight <= one.clientHeight")
            await expect(phone.get_by_role("img", name="not sent yet")).to_have_count(1)
            await expect(waits.get_by_role("img", name="not sent yet")).to_be_visible()
            await self.look(f"not-sent-{width}", phone)
        await phone.set_viewport_size({"width": 390, "height": 844})
        await self.boss.do(BoardLock(board=BOARD, locked=True))
        await expect(laptop.locator("header .what")).to_have_text(re.compile("ha cerrado este tablero"))
        await expect(laptop.get_by_role("button", name="Ya está")).to_have_count(0)
        await self.locked(laptop)
        way.point(place.port)
        await woken(phone)
        back = phone.locator(".back")
        await expect(back).to_contain_text("You can try again once the board is unlocked.", timeout=40_000)
        again = back.get_by_role("button", name="Try again")
        await expect(again).to_be_disabled()
        await expect(again).to_have_accessible_description(re.compile("once the board is unlocked"))
        await expect(phone.get_by_test_id("toast")).to_have_count(0)
        await self.look("returned", phone)
        await self.boss.do(BoardLock(board=BOARD, locked=False))
        await expect(laptop.get_by_role("button", name="Deshacer", exact=True)).to_have_attribute(
            "aria-disabled", "false"
        )
        await expect(again).to_be_enabled()
        await expect(phone.locator("header .what")).to_contain_text("Add what is missing")
        await expect(phone.get_by_role("button", name="Ready", exact=True)).to_be_visible()
        await expect(phone.get_by_role("img", name="not sent yet")).to_have_count(0)
        await phone.get_by_role("button", name="Put away").tap()
        await phone.evaluate("navigator.serviceWorker.ready")
        await phone.evaluate("window.dispatchEvent(new Event('pagehide'))")
        way.point(free_port())
        await phone.reload()
        await expect(phone.get_by_test_id("as-of")).to_be_visible()
        await self.look("old-picture", phone)
        way.point(place.port)
        await woken(phone)
        await expect(sign).to_have_text("Saved", timeout=40_000)

    async def locked(self, laptop: Page) -> None:
        """What one did there waits, and says why: to be taken back, and to be brought back from the bin."""
        undo = laptop.get_by_role("button", name="Deshacer", exact=True)
        await expect(undo).to_have_attribute("aria-disabled", "true")
        await expect(undo).to_have_accessible_description(re.compile("ha cerrado este tablero"))
        await laptop.keyboard.press("Control+z")
        await expect(laptop.get_by_test_id("toast")).to_contain_text("ha cerrado este tablero")
        await self.look("locked", laptop)
        await laptop.locator(".levers .bin").press("Enter")
        restore = laptop.locator("dialog .binned button").first
        await expect(restore).to_be_disabled()
        await expect(restore).to_have_accessible_description(re.compile("^No se puede restaurar nada"))
        await expect(laptop.get_by_test_id("toast")).to_have_count(0)
        await self.look("locked-bin", laptop)
        await self.close(laptop)

    async def dots(self) -> None:
        """Some placed, on notes and in a stack; none left; the results, and a locked board."""
        phone, laptop = self.phone, self.laptop
        await go(self.boss, VOTE)
        for page in (phone, laptop):
            place = page.locator("[data-section='section-0'] .place")
            await expect(place.first).to_be_visible()
            await expect(self.note(page, TWO).locator(".place")).to_have_accessible_name(BOTH)
            await expect(self.note(page, TWO).get_by_text(re.compile("^(Dots|Los puntos) "))).to_be_visible()
            await place.first.press("Enter")
            await place.nth(1).press("Enter")
            await self.look("dots", page)
        for n in (0, 1, 2):
            await phone.locator("[data-section='section-0'] .place").nth(n).press("Enter")
        await self.look("no-dots-left", phone)
        await laptop.locator("[data-stack]").get_by_role("button").last.press("Enter")
        await self.look("dots-in-a-stack", laptop)
        await self.boss.do(StepShow(step=VOTE))
        await expect(phone.get_by_text("The results are shown.").last).to_be_visible()
        for page in (phone, laptop):
            await self.look("results", page)


async def bounds(page: Page, what: str) -> FloatRect:
    """Where it is."""
    found = await page.locator(what).bounding_box()
    assert found
    return found


async def test_axe_finds_nothing_in_any_state(tmp_path: Path) -> None:
    """[ALL1] [ALL10] [ALL14] [CLIENT4] [CLIENT8] [READY3] [STEP10] [UNDO6] [WRITE10] [WRITE11] [PAPER12] All of it.

    Tools, sheets, searches, trouble and dots, in light, dark and with more contrast.
    """
    faults: list[str] = []
    async with stage(tmp_path, faults) as (states, made, place, way, captive):
        await states.fill()
        await states.tools()
        await states.several()
        await states.moving()
        await states.stack()
        await states.search()
        await states.sheets()
        await states.elsewhere(place, made["id"])
        await states.trouble(way, place, captive)
        await states.dots()
    assert states.found == []
    assert faults == []


@contextlib.asynccontextmanager
async def stage(folder: Path, faults: list[str]) -> AsyncIterator[tuple[States, dict[str, Any], House, Proxy, int]]:
    """One server, one browser, one workshop; the phone's way to it can be bent."""
    with house(folder) as place:
        made, boss = await lead(place)
        ben = Participant(place.url, (await join(place.url, code=made["code"], name="Ben")).token)
        async with boss, ben, browser() as running, proxy(place.port) as way, portal() as captive:
            await boss.do(IssueChoose(ids=(OTHER, BOARD)))
            await go(boss, WRITING)
            phone = await calm(running, faults, **PHONE)
            laptop = await calm(running, faults, locale="es", color_scheme="dark", **LAPTOP)
            await phone.goto(f"http://127.0.0.1:{way.port}/j/{made['code']}")
            await enter(phone, "Ana")
            await come(laptop, place, made["code"], "Cho")
            await laptop.get_by_role("button", name=TITLE).press("Enter")
            yield States(boss, ben, phone, laptop), made, place, way, captive


async def calm(running: Browser, faults: list[str], **more: Any) -> Page:
    """A page of somebody who prefers reduced motion; whatever moves is a fault."""
    context = await running.new_context(reduced_motion="reduce", **more)
    await context.expose_function("moves", lambda what: faults.append(f"moves by itself: {what}"))
    await context.add_init_script(MOVES)
    return await page_of(context, faults)
