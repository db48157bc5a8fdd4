"""A server and a browser for the journeys: started once per test, on a free port, with a store of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from client.participant import Participant, join
from server.cli.process import Process

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LAPTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PROJECTOR: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}
STILL = """(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  for (let twice = 0; twice < 2; twice += 1) {
    await frame();
    await frame();
    await Promise.all(document.getAnimations()
      .filter((one) => one.effect.getComputedTiming().iterations !== Infinity)
      .map((one) => one.finished.catch(() => null)));
  }
})()"""
"""Waits until nothing moves any more; what was just set off begins to move a frame later."""
SHOTS = os.environ.get("PLENARY_SHOTS")
PATIENCE_MS = 20_000
"""How long a page is waited for. On a busy machine all is slow; none of these tests is about speed."""
expect.set_options(timeout=PATIENCE_MS)


class House(Process):
    """A real server process; `kill` is `kill -9`, `start` brings it back on the same port and store."""

    def __init__(self, folder: Path, shared: str = "") -> None:
        super().__init__(shared or str(folder / "plenary.db"), secret="for tests" if shared else "")
        self.says = folder / "server.log"

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST JSON, get JSON."""
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return dict(json.load(answer))


@contextlib.contextmanager
def house(folder: Path, shared: str = "") -> Iterator[House]:
    """A server for the length of a test; `shared`: the Redis it is to use."""
    place = House(folder, shared)
    place.start()
    try:
        yield place
    finally:
        place.stop()


def chromium() -> str:
    """The machine's browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "no Chromium on this machine: `python3 tests` installs it"
    return found


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """The machine's Chromium, without a window."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        try:
            yield running
        finally:
            await running.close()


@contextlib.asynccontextmanager
async def of_ones_own(folder: Path, size: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    """A browser that keeps what it knows in a folder: closed, and started on that again, it knows it still."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium(), args=ARGUMENTS, **size
        )
        try:
            yield running
        finally:
            await running.close()


async def page_of(context: BrowserContext, faults: list[str]) -> Page:
    """A page whose script errors, refused policies and foreign requests are faults of the test."""
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("request", lambda request: None if is_ours(request.url) else faults.append(f"asked {request.url}"))
    return page


async def comes_true(page: Page, condition: str) -> None:
    """Wait for what a script tells only by and by: `wait_for_function` takes a promise for true."""
    async with asyncio.timeout(PATIENCE_MS / 1_000):
        while not await page.evaluate(condition):
            await asyncio.sleep(0.05)


async def enter(page: Page, name: str, board: str = "Ensuring quality") -> None:
    """Through the join screen, and to a board of the template's two; empty: not to any."""
    await page.get_by_label("Your name").fill(name)
    await page.get_by_role("button", name="Join").click()
    if board:
        await page.get_by_role("button", name=f"Join {board}").click()


async def at_the_board(context: BrowserContext, place: House, code: str, name: str, faults: list[str]) -> Page:
    """A page whose person is at the board, straight to the server."""
    return await come_by(context, place.url, code, name, faults)


async def come_by(context: BrowserContext, url: str, code: str, name: str, faults: list[str]) -> Page:
    """The same by this way; if the page is ever loaded anew, it forgets `neverReloaded`."""
    page = await page_of(context, faults)
    await page.goto(f"{url}/j/{code}")
    await enter(page, name)
    await page.evaluate("window.neverReloaded = true")
    return page


async def leading(place: House, made: dict[str, Any]) -> Participant:
    """Whoever leads this workshop, as a program; to be entered."""
    key = made["links"]["facilitator"].partition("#k=")[2]
    return Participant(place.url, (await join(place.url, key=key, name="Facilitator")).token)


@dataclass
class Stage:
    """A workshop, a browser, and what went wrong on the pages that look at it."""

    place: House
    made: dict[str, Any]
    running: Browser
    faults: list[str]

    async def page(self, address: str, **device: Any) -> Page:
        """One that has this address."""
        page = await page_of(await self.running.new_context(**device), self.faults)
        await page.goto(address)
        return page

    async def come(self, name: str, board: str = "", **device: Any) -> Page:
        """Somebody joins, and a board if one is named."""
        page = await self.page(f"{self.place.url}/j/{self.made['code']}", **device)
        await enter(page, name, board)
        return page


@contextlib.asynccontextmanager
async def stage(folder: Path, making: Callable[[House], Awaitable[dict[str, Any]]]) -> AsyncIterator[Stage]:
    """For the length of a test; nothing goes wrong on any of its pages."""
    with house(folder) as place:
        made = await making(place)
        async with browser() as running:
            here = Stage(place, made, running, [])
            yield here
    assert here.faults == []


def is_ours(address: str) -> bool:
    """Whether a request stays in the house ([HTTP6])."""
    return address.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


async def shot(page: Page, name: str) -> None:
    """Keep a picture when pictures are wanted: `PLENARY_SHOTS=folder`."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        await page.evaluate(STILL)
        await page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))
