"""Issues are proposed and ranked, and the most wanted comes first: on phones, the console and the big screen."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import (
    IssueAdd,
    IssueChoose,
    NoteAdd,
    PersonMove,
    PersonReady,
    StackMake,
    StepEdit,
    StepShow,
    VoteCast,
    WorkshopSpotlight,
)

from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, enter, house, page_of, shot
from .test_everyone import BOARD, TITLE, VOTE, WRITING, go, lead

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Locator

PROPOSE, CHOOSE, GROUPS, PLENARY, CLOSE = "step-1", "step-2", "step-3", "step-8", "step-11"
SECTIONS: Final = ("section-0", "section-1", "section-2")
LONG: Final = (
    "A question that many of us have had for years, and that nobody has had the time to answer as it deserves {n}"
)
WIDTHS: Final = "all => all.map((one) => Math.round(one.getBoundingClientRect().width))"
WHOLE: Final = (
    "all => all.every((one) => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight + 2)"
)
GROUNDS: Final = "all => all.map((one) => getComputedStyle(one).backgroundColor)"
GAPS: Final = "all => all.flatMap((one) => one.children[0]?.offsetTop ?? [])"
SLAB: Final = 120
"""Higher than a note of one short line is on a big screen."""
SIZES: Final = "all => [...new Set(all.map((one) => getComputedStyle(one).fontSize))]"


class Room:
    """Who leads, whoever takes part, and a browser for their screens."""

    def __init__(self, place: House, made: dict[str, Any], boss: Participant, running: Browser) -> None:
        self.place, self.made, self.boss, self.running = place, made, boss, running
        self.faults: list[str] = []

    async def phone(self, name: str, board: str = "") -> Page:
        """Somebody with a phone."""
        page = await page_of(await self.running.new_context(**PHONE), self.faults)
        await page.goto(f"{self.place.url}/j/{self.made['code']}")
        await enter(page, name, board)
        return page

    async def laptop(self, name: str) -> Page:
        """Somebody with a laptop whose screen is low."""
        low = await self.running.new_context(viewport={"width": 1440, "height": 500}, reduced_motion="reduce")
        page = await page_of(low, self.faults)
        await page.goto(f"{self.place.url}/j/{self.made['code']}")
        await enter(page, name, "")
        return page

    async def screen(self, role: str) -> Page:
        """The console, or the big screen."""
        size = LAPTOP if role == "facilitator" else PROJECTOR
        page = await page_of(await self.running.new_context(reduced_motion="reduce", **size), self.faults)
        await page.goto(self.made["links"][role].replace("localhost", "127.0.0.1"))
        return page

    @contextlib.asynccontextmanager
    async def someone(self, name: str) -> AsyncIterator[Participant]:
        """Somebody over the protocol."""
        joined = await join(self.place.url, code=self.made["code"], name=name)
        async with Participant(self.place.url, joined.token) as person:
            yield person


@contextlib.asynccontextmanager
async def room(folder: Path) -> AsyncIterator[Room]:
    """A workshop; whatever a page complains of is a fault."""
    with house(folder) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            here = Room(place, made, boss, running)
            yield here
            assert here.faults == []


async def sizes(of: Locator) -> list[str]:
    """In which sizes these are written."""
    return list(await of.evaluate_all(SIZES))


async def test_whoever_proposes_is_told_so(tmp_path: Path) -> None:
    """[ISSUE7] However many hang there: one's newest is told, and seen first of all, and the keys stay."""
    async with room(tmp_path) as here:
        await go(here.boss, PROPOSE)
        for n in range(9):
            await here.boss.do(IssueAdd(id=f"more-{n}", rank=f"0{n}", title=LONG.format(n=n)))
        ana = await here.phone("Ana")
        await expect(ana.get_by_role("banner")).not_to_contain_text("sharper")
        box = ana.get_by_label("New issue")
        await box.fill("Who pays for it")
        await box.press("Enter")
        await expect(ana.get_by_text("Proposed: Who pays for it").last).to_be_in_viewport()
        await expect(ana.get_by_test_id("toast")).to_be_in_viewport(ratio=1)
        await expect(box).to_be_focused()
        await box.fill("And who pays it back")
        await box.press("Enter")
        issues = ana.get_by_role("region", name="Issues").get_by_role("article")
        await expect(issues.nth(0)).to_contain_text("And who pays it back")
        await expect(issues.nth(0)).to_be_in_viewport(ratio=1)
        await expect(issues.nth(1)).to_contain_text("Who pays for it")
        await expect(box).to_be_in_viewport(ratio=1)
        await shot(ana, "results-proposed")
        laptop = await here.laptop("Ben")
        await laptop.get_by_text(LONG.format(n=8)).scroll_into_view_if_needed()
        await laptop.get_by_label("New issue").fill("Who is asked")
        await laptop.get_by_label("New issue").press("Enter")
        await expect(laptop.get_by_role("heading", name="Who is asked")).to_be_in_viewport(ratio=1)
        await shot(laptop, "results-proposed-laptop")


async def test_equals_share_their_place(tmp_path: Path) -> None:
    """[VOTE7] [VOTE8] [READY3] [UNDO5] [SCENE1] 1, 1, 3, 3; what was to be done is gone, and the way back of dots."""
    async with room(tmp_path) as here:
        for n in range(3):
            title = LONG.format(n=n)
            await here.boss.do(IssueAdd(id=f"more-{n}", rank=f"z{n}", title=title))
        await go(here.boss, CHOOSE)
        async with here.someone("Ben") as ben:
            for target in ("issue-0", "issue-1", "issue-2"):
                await ben.do(VoteCast(round=CHOOSE, target=target, dots=1))
        ana = await here.phone("Ana")
        for title in ("Accountability", "Ensuring", "Protecting"):
            await ana.get_by_role("button", name=f"Place a dot on {title}").tap()
        console, wall = await here.screen("facilitator"), await here.screen("projector")
        asked = re.compile("Put your dots on the issues")
        await expect(ana.get_by_role("banner").get_by_text(asked)).to_be_visible()
        await expect(ana.get_by_role("button", name="Ready")).to_be_visible()
        await here.boss.do(StepShow(step=CHOOSE))
        for page in (ana, console):
            await expect(page.locator(".place")).to_have_text(["1", "1", "3", "3", "", "", ""])
            await expect(page.get_by_role("banner").get_by_text(asked)).to_have_count(0)
            await expect(page.get_by_role("banner").get_by_text("The results are shown.")).to_be_visible()
            await expect(page.get_by_text("0 dots", exact=True)).to_have_count(3)
        await expect(ana.get_by_text("yours: 1")).to_have_count(3)
        await expect(ana.get_by_role("button", name="Ready")).to_have_count(0)
        await expect(wall.locator(".issues.shown li")).to_have_count(7)
        await shot(wall, "results-wall")
        await expect(wall.locator(".issues li:visible")).to_have_count(7)
        await expect(wall.get_by_text(re.compile(r"^\+\d+ more"))).to_have_count(0)
        await shot(ana, "results-phone")
        await here.boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await go(here.boss, WRITING)
        await ana.get_by_role("button", name=f"Join {TITLE}").tap()
        await expect(ana.get_by_role("button", name="Undo")).to_have_attribute("aria-disabled", "true")


def note(id_: str, section: str, text: str) -> NoteAdd:
    """Each behind the one before."""
    return NoteAdd(id=id_, board=BOARD, section=section, rank=f"a{id_[-1]}", text=text)


async def test_among_equals_stacks_come_first(tmp_path: Path) -> None:
    """[VOTE3] [VOTE7] [VOTE8] [SCENE1] On a board without dots, as each says; its sections are written in one size."""
    async with room(tmp_path) as here:
        await here.boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await go(here.boss, WRITING)
        await here.boss.do(note("one-1", SECTIONS[1], "Short"))
        for n in range(9):
            await here.boss.do(note(f"note-{n}", SECTIONS[0], LONG.format(n=n)))
        await here.boss.do(StackMake(id="pair", notes=("note-4", "note-5"), title="A pair"))
        await here.boss.do(StackMake(id="three", notes=("note-6", "note-7", "note-8"), title="Three of them"))
        await go(here.boss, VOTE)
        wall = await here.screen("projector")
        ana = await here.phone("Ana", TITLE)
        bar = ana.get_by_role("complementary")
        await expect(bar.get_by_text("Tap a note to place a dot.")).to_be_visible()
        await shot(ana, "results-how-to-vote")
        high = await bar.evaluate("bar => bar.offsetHeight")
        await ana.get_by_role("button", name="Place a dot on Three of them").tap()
        await expect(bar.get_by_text("Tap a note to place a dot.")).to_be_hidden()
        assert await bar.evaluate("bar => bar.offsetHeight") == high
        await ana.get_by_role("button", name="Take a dot back").tap()
        await expect(bar.get_by_text("Tap a note to place a dot.")).to_be_visible()
        await here.boss.do(StepShow(step=VOTE))
        pair = ana.locator(".stack").filter(has_text="A pair")
        await pair.get_by_role("button", name="Fan out").tap()
        await expect(pair.get_by_text("0 dots", exact=True)).to_have_count(3)
        await shot(ana, "results-within-a-stack")
        texts = wall.locator(".sheet").filter(has_text=TITLE).locator("li .text:visible")
        await expect(texts.nth(0)).to_contain_text("Three of them")
        await expect(texts.nth(1)).to_contain_text("A pair")
        await expect(texts.nth(0)).to_contain_text("3 notes")
        told = wall.locator("li:visible").filter(has_text="0 dots")
        assert await told.count() == await texts.count()
        await shot(wall, "results-stacks")
        assert await texts.evaluate_all(WHOLE)
        empty, full = await wall.locator(".sheet").evaluate_all(WIDTHS)
        assert empty < 0.7 * full
        await wall.keyboard.press("ArrowRight")
        await wall.keyboard.press("ArrowRight")
        await expect(wall.get_by_role("heading", level=1)).to_have_text(TITLE)
        await expect(wall.locator("li .text:visible").first).to_be_visible()
        await shot(wall, "results-one-size")
        assert len(await sizes(wall.locator("li .text"))) == 1
        await expect(wall.locator(".sheet .count")).to_have_text(["9", "1", "0"])
        many, one, none = await wall.locator(".sheet").evaluate_all(WIDTHS)
        assert none < 0.8 * one == 0.8 * many
        assert await wall.locator(".sheet").nth(1).locator("li").evaluate("one => one.offsetHeight") < SLAB
        await go(here.boss, PLENARY)
        await here.boss.do(WorkshopSpotlight(target=BOARD))
        console = await here.screen("facilitator")
        await expect(console.locator(".section li")).to_contain_text(["0 dots"] * 7)
        await expect(console.get_by_text(re.compile(r"^\+\d+ more"))).to_have_count(0)


async def test_groups_are_written_in_one_size(tmp_path: Path) -> None:
    """[SCENE1] [SCENE12] However many are in each; where the line is lost the legend stays whole."""
    async with room(tmp_path) as here, contextlib.AsyncExitStack() as people:
        await here.boss.do(IssueChoose(ids=("issue-0", BOARD, "issue-2")))
        for n in range(9):
            name = "Maximilian Alexander Hohenberger" if n > 6 else f"Person {n}"
            person = await people.enter_async_context(here.someone(name))
            await person.do(PersonMove(person=str(person.person), board=BOARD if n else "issue-0"))
        await go(here.boss, GROUPS)
        wall = await here.screen("projector")
        names = wall.locator("section .name")
        await expect(names).to_have_count(9)
        await expect(wall.locator("section .name:visible")).to_have_count(9)
        await shot(wall, "results-groups")
        assert len(await sizes(names)) == 1
        assert await names.evaluate_all(WHOLE)
        papers = await wall.locator("section").evaluate_all(GROUNDS)
        assert len(set(papers)) == 1
        await expect(wall.locator("section .number")).to_have_text(["1", "2", "3"])
        lists = wall.locator("section ul")
        gaps = await lists.evaluate_all(GAPS)
        assert max(gaps) - min(gaps) <= 1, gaps
        await go(here.boss, WRITING)
        legend = wall.get_by_role("contentinfo").locator(".title")
        await expect(legend).to_have_count(3)
        here.place.kill()
        await expect(wall.get_by_text("Reconnecting")).to_be_visible()
        await shot(wall, "results-lost")
        assert await legend.evaluate_all("all => all.every((one) => one.scrollWidth <= one.clientWidth)")


async def test_a_full_group_is_named_whole(tmp_path: Path) -> None:
    """[SCENE12] Twenty in one group of three: it has more room, and two columns; nobody is cut."""
    async with room(tmp_path) as here, contextlib.AsyncExitStack() as people:
        await here.boss.do(IssueChoose(ids=("issue-0", BOARD, "issue-2")))
        for n in range(20):
            name = f"Maximilian {n}" if n % 2 else f"Priya Raghunathan {n}"
            person = await people.enter_async_context(here.someone(name))
            await person.do(PersonMove(person=str(person.person), board=BOARD))
        await go(here.boss, GROUPS)
        wall = await here.screen("projector")
        names = wall.locator("section .name:visible")
        await expect(names).to_have_count(20)
        await shot(wall, "results-full-group")
        assert await names.evaluate_all(WHOLE)
        empty, full, _ = await wall.locator("section").evaluate_all(WIDTHS)
        assert full > 1.5 * empty
        assert len(set(await names.evaluate_all("all => all.map((one) => one.offsetLeft)"))) == 2


async def test_bars_and_issues_have_looks_of_their_own(tmp_path: Path) -> None:
    """[SHARE1] [SCENE2] [SCENE12] [ALL6] Room and remote are two bars; at the end numbers agree; no line behind."""
    async with room(tmp_path) as here:
        await here.boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await go(here.boss, WRITING)
        tokens = []
        for name, place in (("Ben", "room"), ("Cleo", "remote"), ("Dan", "room")):
            joined = await join(here.place.url, code=here.made["code"], name=name, place=place)
            async with Participant(here.place.url, joined.token) as person:
                await person.do(NoteAdd(id=name, board=BOARD, section=SECTIONS[0], rank="a0", text=name))
            tokens.append(joined.token)
        console = await here.screen("facilitator")
        await all_are_ready(here.place, tokens, console)
        await console.get_by_role("button", name=re.compile("of 3 gave something")).click()
        bars = console.get_by_role("dialog").locator("dd").first.locator("[aria-hidden] > span")
        await expect(bars).to_have_count(2)
        high = await bars.evaluate_all("all => all.map((one) => [one.offsetHeight, one.offsetWidth > 3])")
        assert high == [[12, True], [12, True]]
        await shot(console, "results-shares")
        ana = await here.phone("Ana", TITLE)
        await here.boss.until(lambda: BOARD in {getattr(one, "board", None) for one in here.boss.all("person")})
        await go(here.boss, CLOSE)
        issues = ana.get_by_role("list", name="Issues")
        await expect(issues).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        await expect(issues).to_have_css("position", "static")
        await expect(issues.get_by_role("listitem")).to_have_text(
            [re.compile("^1 .*Accountab"), re.compile("^2 .*Ensuring")]
        )
        await expect(ana.get_by_text("4 people took part · 2 issues · 3 notes")).to_be_visible()
        home, said, others = [await one.evaluate("one => one.offsetTop") for one in taken_home(ana)]
        assert home < said < others
        await shot(ana, "results-close")
        wall = await here.screen("projector")
        await expect(wall.get_by_text("2 issues")).to_be_visible()
        await shot(wall, "results-closing")
        await ana.get_by_role("button", name="people here").tap()
        await expect(ana.get_by_role("dialog").locator("h3, h4")).to_have_text(
            ["3 people here", "Leading", TITLE, "Settings"]
        )
        await shot(ana, "results-who")


async def all_are_ready(place: House, tokens: list[str], console: Page) -> None:
    """[MON5] That nobody is here makes nobody ready: it looks done once everybody said so."""
    count = console.get_by_role("button", name=re.compile(r"^\d of 3 ready"))
    gave = console.get_by_role("button", name="of 3 gave something")
    plain = await gave.evaluate("one => getComputedStyle(one).backgroundColor")
    for n, token in enumerate(tokens):
        await expect(count).to_contain_text(f"{n} of 3 ready")
        await expect(count).to_have_css("background-color", plain)
        async with Participant(place.url, token) as person:
            await person.do(PersonReady(step=WRITING, ready=True))
    await expect(count).to_contain_text("3 of 3 ready")
    await expect(count).not_to_have_css("background-color", plain)


def taken_home(page: Page) -> tuple[Locator, ...]:
    """The paper, what is said of it, and what else there is."""
    names = ("Take the paper home", "Other formats")
    first, last = (page.get_by_role("button", name=name) for name in names)
    return first, page.get_by_text("A PDF with everything you can see here"), last


async def test_names_bin_and_direction(tmp_path: Path) -> None:
    """[JOIN6] [ALL2] [ALL10] A long name is told of; in the bin the last is on top; an author is where words begin."""
    async with room(tmp_path) as here:
        await here.boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await here.boss.do(StepEdit(step=WRITING, instruction=""))
        await go(here.boss, WRITING)
        page = await page_of(await here.running.new_context(**PHONE), here.faults)
        await page.goto(f"{here.place.url}/j/{here.made['code']}")
        await page.get_by_label("Your name").fill("x" * 61)
        await expect(page.get_by_text("A name has at most 60 letters")).to_be_visible()
        await expect(page.get_by_role("button", name="Join")).to_be_disabled()
        await shot(page, "results-long-name")
        await enter(page, "Ana", TITLE)
        box = page.get_by_role("textbox").last
        for text in ("the older", "the newer", "مرحبا بكم"):
            await box.fill(text)
            await box.press("Enter")
        note_ = page.locator("[data-note]").filter(has_text="مرحبا")
        await expect(note_.locator("footer")).to_have_css("direction", "rtl")
        await expect(page.locator("[data-note]").filter(has_text="older").locator("footer")).to_have_css(
            "direction", "ltr"
        )
        await shot(page, "results-from-right")
        for text in ("the newer", "the older"):
            await page.locator("[data-note]").filter(has_text=text).tap(position={"x": 12, "y": 12})
            await page.get_by_role("toolbar").get_by_role("button", name="Bin").tap()
        title = page.get_by_role("heading", name=TITLE)
        await expect(page.get_by_role("button", name=re.compile("^Bin, "))).to_be_visible()
        await shot(page, "results-title")
        assert await title.evaluate("one => one.scrollWidth <= one.clientWidth")
        await page.get_by_role("button", name=re.compile("^Bin, ")).tap()
        await expect(page.get_by_role("dialog").locator(".binned .saying")).to_have_text(["the older", "the newer"])


async def test_each_board_is_a_tap_away(tmp_path: Path) -> None:
    """[FIND5] Back together on a phone: by tap and by key to any board, and what is in sight is marked."""
    async with room(tmp_path) as here:
        boards = ("issue-0", BOARD, "issue-2")
        await here.boss.do(IssueChoose(ids=boards))
        for board in boards:
            for n in range(6):
                text = LONG.format(n=n)
                await here.boss.do(
                    NoteAdd(id=f"{board}-{n}", board=board, section="section-0", rank=f"a{n}", text=text)
                )
        await go(here.boss, PLENARY)
        ana = await here.phone("Ana")
        ways = ana.get_by_role("navigation", name="Boards")
        second = ana.get_by_role("heading", level=2).nth(1)
        await expect(second).not_to_be_in_viewport()
        await ways.get_by_role("button").nth(1).tap()
        await expect(second).to_be_in_viewport(ratio=1)
        await expect(second).to_be_focused()
        await expect(ways.get_by_role("button").nth(1)).to_have_attribute("aria-current", "true")
        await ways.get_by_role("button").nth(0).press("Enter")
        await expect(ana.get_by_role("heading", level=2).nth(0)).to_be_in_viewport(ratio=1)
        await ana.keyboard.press("End")
        await expect(ways.locator("[aria-current]")).not_to_have_text(
            await ways.get_by_role("button").nth(0).inner_text()
        )
        await expect(ways).to_be_in_viewport(ratio=1)
        await shot(ana, "results-boards")
