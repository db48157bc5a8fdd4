"""Every sheet of whoever leads, and those of whoever takes part: on a phone in one language, on a laptop in another."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import (
    ActivityAdd,
    HandRaise,
    IssueChoose,
    LinkAdd,
    NoteAdd,
    NoticeEnd,
    NoticeSay,
    PersonMove,
    PersonReady,
    SeatAdd,
    StepEdit,
)
from server.workshop.ranks import rank

from .stage import LAPTOP, PHONE, House, browser, house, page_of, shot
from .test_everyone import BOARD, CONTRAST, FLIP, TITLE, WIDE, WRITING, come, go, lead, violations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import pytest
    from playwright.async_api import Browser, Locator

PROPOSE, PLAN, PAPER, CLOSE = "step-1", "step-9", "step-10", "step-11"
SAYING: Final = Path(__file__).parents[2] / "client" / "web" / "src" / "words"
LONG = "Accountability for performance-based systems in every district of the three states that take part"
CSV = "Idea,Who,Theme\n" + "".join(f"Idea number {n},Ana,{'AB'[n % 2]}\n" for n in range(9))
NOWHERE = "http://127.0.0.1:9/{name}"
"""Another program that never answers."""


def words(language: str) -> dict[str, str]:
    """What the screens say."""
    text = "".join(file.read_text("utf-8") for file in sorted((SAYING / language).glob("*.ts")))
    return {key: said for key, _, said in re.findall(r"'([\w.]+)':\s*(['\"])((?:\\.|(?!\2).)*)\2", text)}


OUTSIDE = """() => [...document.querySelectorAll('dialog')].slice(-1).flatMap((sheet) => {
    const { left, right } = sheet.getBoundingClientRect();
    return [...sheet.querySelectorAll('button, a, input, select, textarea, p, h3, li')]
        .filter((one) => !one.matches('.hidden') && one.checkVisibility())
        .map((one) => [one.getBoundingClientRect(), one])
        .filter(([at]) => at.left < left - 1 || at.right > right + 1)
        .map(([, one]) => one.outerHTML.slice(0, 120));
})"""
"""What of the sheet on top is cut off at its side."""


class Do(NamedTuple):
    """Press what a selector finds in the sheet, or give it a text or a file; then wait for something."""

    what: str
    gives: Any = None
    until: str = ""


def file(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "", "buffer": text.encode()}


OF_THE_CONSOLE: Final[dict[str, tuple[Do, ...]]] = {
    "door.who": (Do("input[value=password]", until="#door-password"),),
    "console.links": (Do("[aria-expanded] >> nth=1", until=".tick"),),
    "bring.lever": (
        Do("input[type=file]", file("board.json", '{"cards": ['), until="[role=alert]:not(:empty)"),
        Do("input[type=file]", file("ideas.csv", CSV), until=".framed"),
        Do(".button.big", until=".ways .bare"),
    ),
    "console.download": (),
    "again.title": (
        Do("[aria-labelledby=again-new] form .button", until="[aria-labelledby=again-new] a.button"),
        Do(".ways .button >> nth=0", until="[role=status]:not(:empty)"),
    ),
    "keep.title": (Do("section .button.quiet", until="form input"),),
    "hook.title": (
        Do("input.field", NOWHERE),
        Do("form .button", until=".handed"),
        Do(".ways .button >> nth=0", until=".how .bad"),
        Do(".ways [aria-expanded]", until=".ask"),
    ),
    "memo.title": (Do("textarea", "Ask Dana about the pilot"),),
    "say.lever": (Do("textarea", "Five more minutes"),),
    "console.people": (Do("li [aria-expanded] >> nth=-1", until=".warn"), Do(".warn")),
}
"""Each lever that opens a sheet, and what is done in it."""
RUN_SHEET = (
    Do(".past", until="li.done"),
    Do("li .row >> nth=5", until="form .acts"),
    Do("li .row >> nth=6", until="form .two"),
    Do(".add", until="select"),
    Do(".button.bare[aria-expanded]", until="[type=datetime-local]"),
)


class Screen:
    """One page, in one language; what axe found on it, whichever theme is on."""

    def __init__(self, page: Page, language: str, name: str) -> None:
        self.page, self.name = page, name
        self.small = name.startswith("phone")
        self._words = words(language)
        self.found: list[str] = []

    def says(self, key: str) -> re.Pattern[str]:
        """How it begins."""
        return re.compile("^" + re.escape(self._words[key].partition("|")[0].partition("{")[0].replace("\\'", "'")))

    @property
    def sheet(self) -> Locator:
        """The one on top."""
        return self.page.get_by_role("dialog").last

    async def press(self, key: str) -> None:
        await self.page.get_by_role("button", name=self.says(key)).first.press("Enter")

    async def look(self, state: str) -> None:
        """All rules in one theme, contrasts in the other; and nothing is wider than its place."""
        where = f"{state}-{self.name}"
        await shot(self.page, f"sheet-{where}")
        self.found += await violations(self.page, where, {})
        await self.page.evaluate(FLIP)
        self.found += await violations(self.page, where, CONTRAST)
        await self.page.evaluate(FLIP)
        if not await self.page.evaluate(WIDE):
            self.found.append(f"{where}: too wide")
        self.found += [f"{where}: out of the sheet: {one}" for one in await self.page.evaluate(OUTSIDE)]

    async def does(self, state: str, within: Locator, deeds: tuple[Do, ...]) -> None:
        """One after the other, looked at after each."""
        for n, (what, gives, until) in enumerate(deeds):
            it = within.locator(what)
            if isinstance(gives, dict):
                await it.set_input_files(gives)  # type: ignore[arg-type]
            elif gives is not None:
                await it.fill(gives.format(name=self.name))
            elif await it.evaluate("one => one.matches('[type=radio], [type=checkbox]')"):
                await it.check()
            else:
                await it.press("Enter")
            if until:
                await expect(within.locator(until).first).to_be_visible()
            await self.look(f"{state}-{n}")

    async def close(self) -> None:
        """All sheets, the upper first."""
        left = await self.page.get_by_role("dialog").count()
        while left:
            await self.page.keyboard.press("Escape")
            left -= 1
            await expect(self.page.get_by_role("dialog")).to_have_count(left)

    async def side(self, key: str, aside: str) -> Locator:
        """What stands beside on a laptop, and in a sheet on a phone."""
        if not self.small:
            return self.page.locator(aside)
        await self.press(key)
        return self.sheet

    async def lever(self, key: str) -> None:
        """Pull it, and see its sheet."""
        own = key == "memo.title"
        side = await (self.side("console.open", "nav.sheet") if own else self.side("console.levers", "aside.levers"))
        await side.get_by_role("button", name=self.says(key)).first.press("Enter")
        await expect(self.page.get_by_role("dialog")).to_have_count(2 if self.small else 1)

    async def me(self) -> None:
        """Who is here, and what is one's own."""
        await self.page.locator("header .people").press("Enter")
        await expect(self.sheet).to_be_visible()


class Play:
    """A workshop in which a little of everything was done, and who leads it over the protocol."""

    def __init__(self, place: House, running: Browser, made: dict[str, Any], boss: Participant) -> None:
        self.place, self.made, self.boss = place, made, boss
        self._running = running
        self.faults: list[str] = []
        self.screens: list[Screen] = []

    async def fill(self, ben: Participant) -> None:
        """Two groups, messages, hands, seats, links, and what waits to be seen by others."""
        await self.boss.do(IssueChoose(ids=("issue-0", BOARD)))
        await self.boss.do(StepEdit(step=PROPOSE, title=LONG))
        await go(self.boss, WRITING)
        await ben.do(PersonMove(person=str(ben.person), board=BOARD))
        for n in range(4):
            await ben.do(NoteAdd(id=f"note-{n}", board=BOARD, section=f"section-{n % 2}", rank=rank(n), text=LONG))
        await self.boss.do(StepEdit(step=WRITING, moderated=True))
        for n in range(4, 6):
            await ben.do(NoteAdd(id=f"note-{n}", board=BOARD, section="section-0", rank=rank(n), text=LONG))
        await ben.do(SeatAdd(id="seat", name="Mia"))
        await ben.do(HandRaise())
        await ben.do(PersonReady(step=WRITING, ready=True))
        await ben.do(LinkAdd(id="link", title=LONG, url="https://example.org/data"))
        for n, board in enumerate((None, BOARD)):
            await self.boss.do(NoticeSay(id=f"said-{n}", text=LONG, board=board))
        await self.boss.do(NoticeEnd(id="said-0"))

    async def opened(self, name: str, language: str, size: dict[str, Any], theme: Any) -> Screen:
        """A screen of its own device."""
        context = await self._running.new_context(
            locale=language, color_scheme=theme, reduced_motion="reduce", accept_downloads=True, **size
        )
        screen = Screen(await page_of(context, self.faults), language, name)
        self.screens.append(screen)
        return screen

    async def leading(self) -> list[Screen]:
        """Two consoles."""
        found = [await self.opened("phone", "en", PHONE, "light"), await self.opened("laptop", "es", LAPTOP, "dark")]
        for screen in found:
            await screen.page.goto(self.made["links"]["facilitator"])
            await expect(screen.page.locator(".console > .three")).to_be_visible()
        return found

    async def taking_part(self) -> list[Screen]:
        """Two at the board."""
        found = [
            await self.opened("phone-es", "es", PHONE, "dark"),
            await self.opened("laptop-en", "en", LAPTOP, "light"),
        ]
        for screen in found:
            await come(screen.page, self.place, self.made["code"], f"Ana {screen.name}")
            await screen.page.get_by_role("button", name=TITLE).press("Enter")
            await expect(screen.page.locator("[data-composer]").first).to_be_visible()
        return found


@contextlib.asynccontextmanager
async def play(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Play]:
    """What axe found, or a page complained of, is a fault."""
    monkeypatch.setenv("PLENARY_WEBHOOKS", "everywhere")
    with house(folder) as place:
        made, boss = await lead(place)
        ben = Participant(place.url, (await join(place.url, code=made["code"], name="Ben")).token)
        async with boss, ben, browser() as running:
            here = Play(place, running, made, boss)
            await here.fill(ben)
            yield here
    assert [one for screen in here.screens for one in screen.found] == []
    assert here.faults == []


async def test_whoever_leads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ALL1] Every lever's sheet, the run sheet, the counts above the groups, and what the other steps have."""
    async with play(tmp_path, monkeypatch) as here:
        for screen in await here.leading():
            await screen.look("console")
            for key, deeds in OF_THE_CONSOLE.items():
                await screen.lever(key)
                await screen.look(key)
                await screen.does(key, screen.sheet, deeds)
                await screen.close()
            await screen.does("run-sheet", await screen.side("console.open", "nav.sheet"), RUN_SHEET)
            await screen.close()
            counts = screen.page.locator("main [aria-haspopup=dialog]")
            for n in range(await counts.count()):
                await counts.nth(n).press("Enter")
                await expect(screen.sheet).to_be_visible()
                await screen.look(f"count-{n}")
                await screen.close()
            await go(here.boss, PROPOSE)
            for key in ("console.choose", "console.merge"):
                await screen.lever(key)
                await screen.does(key, screen.sheet, (Do("li input >> nth=0"), Do("li input >> nth=1")))
                await screen.close()
            await go(here.boss, WRITING)
            await at_the_front_door(here, screen)


async def at_the_front_door(here: Play, screen: Screen) -> None:
    """An agenda of one's own, kept before: renamed, deleted; a file that is none; and what is nowhere."""
    await screen.page.goto(here.place.url)
    await screen.press("door.start")
    await screen.look("start")
    own = screen.page.locator(".own:has([aria-expanded])").first
    await screen.does("own", own, (Do("[aria-expanded] >> nth=0", until=".ask input"), Do("[aria-expanded] >> nth=1")))
    wrong = Do("input[type=file]", file("no.json", "no agenda"), until="[role=alert]:not(:empty)")
    await screen.does("start", screen.page.locator("main"), (wrong,))
    await screen.page.goto(f"{here.place.url}/nowhere/at/all")
    await screen.look("nowhere")


async def test_whoever_takes_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ALL1] Seats, links and files, a message, an activity, the paper, and what is taken home."""
    async with play(tmp_path, monkeypatch) as here:
        screens = await here.taking_part()
        for screen in screens:
            await screen.look("told")
            await screen.me()
            await screen.press("seat.ask")
            await screen.does(
                "seats", screen.sheet, (Do("form input", "Tom"), Do("form .button", until=".icon-button"))
            )
            await screen.press("give.title")
            given = screen.sheet.get_by_text(LONG)
            await expect(given).to_be_visible()
            refused = Do("input[type=file]", file("page.html", "<p>"), until=".failed:not(:empty)")
            taken = Do("input[type=file]", file("notes.txt", "Said on paper"), until="[data-given] >> nth=1")
            await screen.does("giving", screen.sheet, (refused, taken))
            await screen.close()
        await here.boss.do(ActivityAdd(id="a", rank="a0", title=LONG, start=1, length=3, issue=BOARD))
        await go(here.boss, PLAN)
        for screen in screens:
            activity = screen.page.get_by_role("button", name=re.compile(f"^{LONG}, ")).first
            await activity.press("Enter")
            await screen.look("activity")
            await screen.close()
        await go(here.boss, CLOSE)
        for screen in screens:
            await screen.press("close.others")
            await screen.look("take-home")
            await screen.close()


async def test_whoever_writes_the_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[ALL1] Before it is begun, the sheets for a link, a picture and sharing it, asking before each of its ways."""
    async with play(tmp_path, monkeypatch) as here:
        await go(here.boss, PAPER)
        for screen in reversed(await here.leading()):
            text = screen.page.locator(".ProseMirror")
            begin = screen.page.get_by_role("button", name=screen.says("paper.begin"))
            await expect(begin.or_(text).first).to_be_visible()
            await screen.look("paper")
            if await begin.count():
                await begin.press("Enter")
            await text.focus()
            await screen.page.keyboard.press("Control+a")
            await screen.page.keyboard.press("Control+k")
            bad = (Do("input", "no address"), Do(".ways .button >> nth=0", until="[role=status]:not(:empty)"))
            await screen.does("link", screen.sheet, bad)
            await screen.close()
            await text.focus()
            await screen.page.keyboard.press("Control+Alt+p")
            none, bare = Do("button.button:not(.quiet)", until="[role=alert]:not(:empty)"), Do("[type=checkbox]")
            await screen.does("picture", screen.sheet, (none, bare))
            await screen.close()
            await screen.page.get_by_role("button", name=re.compile("^(Share|Compart)")).first.press("Enter")
            make = screen.sheet.get_by_role("button", name=screen.says("page.make"))
            if await make.count():
                await screen.look("share")
                await make.press("Enter")
            await screen.does(
                "share",
                screen.sheet,
                (Do("[aria-expanded] >> nth=0", until=".ask"), Do("[aria-expanded] >> nth=1", until=".ask")),
            )
            await screen.close()
