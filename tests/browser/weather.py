"""Bad weather on the network: three people write from a real conversation, and every note is on every screen once.

`python -m tests.browser.weather` plays it with the full figures (half an hour); `test_weather.py` a short one.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from server.cli.conversation import read
from tests.conversations import conversation
from tests.faults.proxy import Proxy, proxy

from .stage import LAPTOP, PHONE, browser, enter, house, page_of, shot
from .test_journeys import put, writing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

SECTIONS = ("Potential benefits", "Risks", "Efforts to draw on")
PEOPLE: dict[str, tuple[dict[str, Any], bool]] = {
    "Ana": (PHONE, True),
    "Ben": (LAPTOP, True),
    "Cho": (LAPTOP, False),
}
"""Who takes part: on which device, and whether WebSocket gets through to them."""
LOOKED = """async (list) => {
    const found = {};
    for (let top = 0; ; top += list.clientHeight / 2) {
        list.scrollTop = top;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        for (const row of list.querySelectorAll('[data-row]'))
            found[row.dataset.row] = row.querySelector('.saying')?.textContent ?? '';
        if (top + list.clientHeight >= list.scrollHeight) return found;
    }
}"""
"""All notes of a section, by id, as they are seen while it is scrolled from end to end."""
log = logging.getLogger("weather")


@dataclass
class Weather:
    """What the network does, and how fast people write."""

    latency_s: float = 0.3
    """How long everything takes, each way."""
    drops_per_minute: float = 0.05
    """The chance that a connection breaks within a minute."""
    outages: tuple[tuple[float, float], ...] = ((240, 600), (1_080, 600))
    """When nothing passes, and how long (seconds)."""
    length_s: float = 1_920
    notes: int = 48
    seed: int = 5
    """Of the drops."""
    dropped: int = 0
    out: bool = False
    ways: list[Proxy] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def way(self, port: int, *, sockets: bool) -> AsyncIterator[Proxy]:
        """One person's way to the server."""
        async with proxy(port) as made:
            made.latency_s = self.latency_s
            made.refused = () if sockets else (b"pgrade: websocket",)
            self.ways.append(made)
            yield made

    async def blow(self) -> None:
        """From now on; never ends by itself."""
        random, began = Random(self.seed), time.monotonic()
        while True:
            await asyncio.sleep(1)
            self.dropped += sum(way.drop(self.drops_per_minute / 60, random) for way in self.ways)
            self._pass(time.monotonic() - began)

    def _pass(self, at: float) -> None:
        out = any(start <= at < start + length for start, length in self.outages)
        if out is self.out:
            return
        self.out = out
        log.info("%4.0f s: %s", at, "nothing passes" if out else "it passes again")
        for way in self.ways:
            if out:
                way.cut()
            else:
                way.heal()


async def arrive(running: Browser, url: str, code: str, name: str, faults: list[str]) -> Page:
    """Somebody comes in, and goes to the board."""
    page = await page_of(await running.new_context(**PEOPLE[name][0]), faults)
    page.set_default_timeout(60_000)
    await page.goto(f"{url}/j/{code}")
    await enter(page, name)
    await page.evaluate("window.neverReloaded = true")
    return page


async def write(page: Page, texts: list[str], every_s: float, section: str) -> None:
    """One note after the other, whatever the network does; each is typed once."""
    for text in texts:
        await put(page, text, section)
        await expect(page.get_by_label(f"New note in {section}")).to_have_value("")
        await asyncio.sleep(every_s)


async def seen(page: Page) -> Counter[str]:
    """The text of every note that a screen shows: each section scrolled from end to end."""
    notes: dict[str, str] = {}
    for section in SECTIONS:
        tab = page.get_by_role("navigation").get_by_role("button", name=re.compile(section))
        if await tab.count():
            await tab.click()
        notes |= await page.get_by_role("group", name=f"Notes in {section}").evaluate(LOOKED)
    return Counter(notes.values())


async def afternoon(folder: Path, weather: Weather, faults: list[str]) -> None:
    """Three people write; in the end every screen shows every note once, and nobody reloaded anything."""
    texts = list(
        dict.fromkeys(e.text.strip() for e in read(conversation("dev-live20-bg2050")).events if e.text.strip())
    )
    texts = [text for text in texts if "\n" not in text][: weather.notes]
    log.info("%d notes of three people", len(texts))
    shares = [texts[n::3] for n in range(3)]
    every_s = weather.length_s / max(map(len, shares))
    async with contextlib.AsyncExitStack() as stack:
        place = stack.enter_context(house(folder))
        made = await stack.enter_async_context(writing(place))
        running = await stack.enter_async_context(browser())
        pages: dict[str, Page] = {}
        for name, (_, sockets) in PEOPLE.items():
            way = await stack.enter_async_context(weather.way(place.port, sockets=sockets))
            url = f"http://127.0.0.1:{way.port}"
            pages[name] = await arrive(running, url, made["code"], name, faults)
        blowing = asyncio.create_task(weather.blow())
        hands = zip(pages.values(), shares, SECTIONS, strict=True)
        try:
            await asyncio.gather(*(write(page, share, every_s, section) for page, share, section in hands))
            await same(pages, Counter(texts))
        finally:
            blowing.cancel()


async def same(pages: dict[str, Page], wanted: Counter[str]) -> None:
    """In the end."""
    for page in pages.values():
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=90_000)
    for name, page in pages.items():
        async with asyncio.timeout(60):
            while (found := await seen(page)) != wanted:
                await asyncio.sleep(0.5)
                log.info("%s sees %d notes of %d", name, found.total(), wanted.total())
        assert await page.evaluate("window.neverReloaded")
        over_http = await page.evaluate("Number(localStorage.getItem('plenary.http-until'))") > 0
        assert over_http or PEOPLE[name][1]
        log.info("%s sees each of %d notes once; over HTTP: %s", name, wanted.total(), over_http)
        await shot(page, f"weather-{name.lower()}")


def main() -> None:
    """The full figures."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    weather = Weather()
    faults: list[str] = []
    minutes = float(os.environ.get("PLENARY_WEATHER_MINUTES", "0"))
    if minutes:
        share = minutes * 60 / weather.length_s
        weather.outages = tuple((at * share, length * share) for at, length in weather.outages)
        weather.length_s *= share
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(afternoon(Path(folder), weather, faults))
    log.info("all on 3 screens, each once; %d connections broken; faults: %s", weather.dropped, faults)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
