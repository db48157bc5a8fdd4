"""Three people write the same paragraph, one of them on a bad line: all have the same text in the end, nothing is lost.

`python -m tests.browser.paper` plays it for five minutes, on SQLite and on Redis with two instances, each killed in the
middle; `test_paper.py` a short one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from playwright.async_api import expect

from client.participant import Participant, fetch, join
from protocol.commands import IssueChoose, StepGo
from protocol.records import Paper, Update
from server.workshop import merging
from tests.log.redis_server import redis_server
from tests.workshop.writing import Writer

from .stage import LAPTOP, PHONE, House, browser, enter, house, page_of, shot
from .weather import Weather

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

    from protocol.messages import Joined

log = logging.getLogger("paper")
ALPHABETS = {"Ana": "αβγδεζηθικλμνξ", "Ben": "0123456789", "Cho": "бвгджзклмнпрст"}
"""Of what each writes, so that whose a letter is can be told; in no outline is any of it but the numbers."""
PAPER = "step-10"
SAID = """(text) => {
    const plain = text.cloneNode(true);
    for (const caret of plain.querySelectorAll('.caret')) caret.remove();
    return plain.textContent;
}"""
"""What the text says, without the names of who writes."""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Play:
    """How long they write, how fast, and whether the server is killed in the middle of it."""

    length_s: float = 300
    word_s: float = 1.2
    killed: bool = True
    seed: int = 7
    typed: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in ALPHABETS})


def text(page: Page) -> Locator:
    """Where one writes."""
    return page.get_by_role("textbox", name="Text of the paper")


async def said(page: Page) -> str:
    """What it says there."""
    return str(await text(page).evaluate(SAID))


async def begun(place: House) -> tuple[dict[str, object], Joined]:
    """A workshop in which the paper is written; and who leads it."""
    made = place.post("/api/workshops", {"title": "Together", "template": "tough-issues"})
    links = made["links"]
    joined = await join(place.url, key=links["facilitator"].partition("#k=")[2], name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
        await boss.do(StepGo(step=PAPER, current="step-0"))
    await fetch(f"{place.url}/api/workshops/{made['id']}/paper", {}, token=joined.token)
    return made, joined


IN_TEXT = "([x, y]) => Boolean(document.elementFromPoint(x, y)?.closest('.ProseMirror'))"


async def put_caret(page: Page, paragraph: Locator, luck: Random) -> None:
    """Somewhere in what is seen of the paragraph: a hand does not reach beneath the row of tools, which has *Undo*."""
    await paragraph.scroll_into_view_if_needed()
    box = await paragraph.bounding_box()
    assert box
    while True:
        x = box["x"] + luck.uniform(2, box["width"] - 4)
        y = box["y"] + luck.uniform(4, max(5, box["height"] - 6))
        if await page.evaluate(IN_TEXT, [x, y]):
            break
    await page.mouse.click(x, y)
    # Where the caret is, the editor is told a moment later.
    await page.evaluate(SETTLED)


async def write(page: Page, name: str, play: Play) -> None:
    """Words of one's own letters, now here, now there in the second paragraph; what is typed is counted."""
    luck = Random(f"{play.seed} {name}")
    until = time.monotonic() + play.length_s
    paragraph = text(page).locator("p").nth(1)
    while time.monotonic() < until:
        if luck.random() < 0.3:
            await put_caret(page, paragraph, luck)
        word = "".join(luck.choice(ALPHABETS[name]) for _ in range(luck.randint(3, 8)))
        await page.keyboard.type(f"{word} ", delay=luck.uniform(10, 60))
        play.typed[name].update(word)
        await asyncio.sleep(luck.uniform(0.2, 2) * play.word_s)


async def afternoon(houses: list[House], weather: Weather, play: Play, faults: list[str]) -> None:
    """Ana on a phone and a bad line, Ben and Cho on laptops; with two instances, Cho is at the other one."""
    made, boss = await begun(houses[0])
    async with contextlib.AsyncExitStack() as stack:
        running = await stack.enter_async_context(browser())
        way = await stack.enter_async_context(weather.way(houses[0].port, sockets=True))
        at = {"Ana": f"http://127.0.0.1:{way.port}", "Ben": houses[0].url, "Cho": houses[-1].url}
        pages: dict[str, Page] = {}
        for name, url in at.items():
            page = await page_of(await running.new_context(**(PHONE if name == "Ana" else LAPTOP)), faults)
            page.set_default_timeout(60_000)
            await page.goto(f"{url}/j/{made['code']}")
            await enter(page, name, board="")
            await text(page).locator("p").nth(1).click()
            await page.evaluate("window.neverReloaded = true")
            pages[name] = page
        before = Counter(await said(pages["Ben"]))
        blowing = asyncio.create_task(weather.blow())
        killing = asyncio.create_task(_killed(houses[0], play))
        try:
            await asyncio.gather(*(write(page, name, play) for name, page in pages.items()))
            await killing
        finally:
            blowing.cancel()
        for one in weather.ways:
            one.heal()
        whole = await same(pages, before, play)
    await in_the_log(houses[0], boss, whole)


async def _killed(place: House, play: Play) -> None:
    if play.killed:
        await asyncio.sleep(play.length_s / 2)
        log.info("killed")
        await asyncio.to_thread(place.kill)
        await asyncio.to_thread(place.start)


async def same(pages: dict[str, Page], before: Counter[str], play: Play) -> str:
    """In the end; what all of them see."""
    for page in pages.values():
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=120_000)
    async with asyncio.timeout(60):
        while len({await said(page) for page in pages.values()}) > 1:
            await asyncio.sleep(0.5)
    whole = await said(pages["Ana"])
    found = Counter(whole) - before
    for name, typed in play.typed.items():
        lost = {letter: (found[letter], times) for letter, times in typed.items() if found[letter] != times}
        assert lost == {}, f"of what {name} wrote: {lost}"
        log.info("%s: %d letters, all there", name, typed.total())
    for name, page in pages.items():
        assert await page.evaluate("window.neverReloaded")
        await shot(page, f"together-{name.lower()}")
    return whole


async def in_the_log(place: House, boss: Joined, whole: str) -> None:
    """What the server holds is what was seen."""
    async with Participant(place.url, boss.token) as again:
        again.watch_paper()
        await again.until(lambda: bool(again.all("paper")))
        await again.settled()
        [paper] = again.all("paper")
        updates = [record for record in again.all("update") if isinstance(record, Update)]
        assert isinstance(paper, Paper)
        held = Writer(1, merging.encoded(merging.whole(paper, updates).get_update())).words
    assert "".join(held.split()) == "".join(whole.split())


def main() -> None:
    """Five minutes on each store."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    length = float(sys.argv[1]) if len(sys.argv) > 1 else 300.0
    faults: list[str] = []
    outages = ((length * 0.2, length * 0.1), (length * 0.6, length * 0.2))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("one", "two", "three", "redis"):
            (folder / part).mkdir()
        with house(folder / "one") as place:
            log.info("on SQLite")
            asyncio.run(afternoon([place], Weather(drops_per_minute=2, outages=outages), Play(length_s=length), faults))
        with (
            redis_server(folder / "redis") as redis,
            house(folder / "two", redis.url) as two,
            house(folder / "three", redis.url) as three,
        ):
            log.info("on Redis, two instances")
            asyncio.run(
                afternoon([two, three], Weather(drops_per_minute=2, outages=outages), Play(length_s=length), faults)
            )
    log.info("all the same; faults: %s", faults)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
