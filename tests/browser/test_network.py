"""Odd networks and devices: proxies, captive portals, no network at all, sleep, two tabs, two devices, wrong clocks."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from server.cli.process import free_port
from tests.faults.proxy import Proxy, proxy

from .stage import LAPTOP, PHONE, House, at_the_board, browser, come_by, comes_true, house, of_ones_own, page_of, shot
from .test_journeys import put, settled, writing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from playwright.async_api import CDPSession, Page

PATH = "/tools/plenary"
HAPROXY = """
defaults
    mode http
    timeout connect 2s
    timeout client 30s
    timeout server 30s
    timeout tunnel 30s
frontend open
    bind 127.0.0.1:{open}
    http-request redirect location {path}/ if {{ path {path} }}
    http-request set-header X-Forwarded-Prefix {path}
    http-request replace-path ^{path}/(.*) /\\1
    default_backend plenary
frontend blocked
    bind 127.0.0.1:{blocked}
    http-request deny if {{ req.hdr(upgrade) -m found }}
    http-request set-header X-Forwarded-Prefix {path}
    http-request replace-path ^{path}/(.*) /\\1
    default_backend plenary
backend plenary
    server plenary 127.0.0.1:{port}
"""
"""Behind a path that it strips; one of its two doors lets no WebSocket through."""
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Please accept our terms</html>"
SIGN_IN = "Sign in to this Wi-Fi: open any page in a new tab. What you write is kept and goes out afterwards."
OFF_BY = """{
    const Real = Date, off = %d;
    globalThis.Date = class extends Real {
        constructor(...given) { if (given.length) super(...given); else super(Real.now() + off); }
        static now() { return Real.now() + off; }
    };
}"""
BEHIND = """{
    // As a browser treats a tab with another one in front: nobody sees it, and its timers fire once a second at most.
    let behind = false;
    const seconds = (real) => (work, ms, ...given) => real(work, behind ? Math.max(1000, ms ?? 0) : ms, ...given);
    globalThis.setTimeout = seconds(globalThis.setTimeout.bind(globalThis));
    globalThis.setInterval = seconds(globalThis.setInterval.bind(globalThis));
    Object.defineProperty(document, 'visibilityState', { get: () => (behind ? 'hidden' : 'visible') });
    Object.defineProperty(document, 'hidden', { get: () => behind });
    globalThis.putBehind = (to) => {
        behind = to;
        document.dispatchEvent(new Event('visibilitychange'));
    };
}"""
"""Without a window, the tests' browser hides no tab by itself."""
CLOCKS = """{
    // The device's own go on while its page stands still.
    const now = performance.now.bind(performance), today = Date.now;
    let slept = 0;
    performance.now = () => now() + slept;
    Date.now = () => today() + slept;
    globalThis.wake = (after) => {
        slept += after;
        document.dispatchEvent(new Event('resume'));
    };
}"""
TOLD = """() => {
    const place = document.querySelector('p[aria-live=polite]');
    window.told = [];
    new MutationObserver(() => {
        const words = place.textContent.trim();
        if (words) window.told.push(words);
    }).observe(place, { subtree: true, childList: true, characterData: true });
}"""
"""What is read out from now on, one after the other."""
IN_STORE = """async () => {
    const done = (asked) => new Promise((is) => { asked.onsuccess = () => is(asked.result); });
    const count = async (name, table) => {
        const base = await done(indexedDB.open(name));
        const found = await done(base.transaction(table).objectStore(table).count());
        base.close();
        return found;
    };
    return (await count('plenary', 'commands')) > 0 && (await count('plenary-kept', 'states')) > 0;
}"""
"""The device has written down what waits, and what was seen last."""
KEPT = """async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
}"""
YEAR_MS = 365 * 86_400_000
NIGHT_MS = 9 * 3_600_000
AWAY = re.compile("Offline|Connecting")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One server for all of these."""
    with house(tmp_path_factory.mktemp("network")) as running:
        yield running


@contextlib.contextmanager
def haproxy(folder: Path, port: int) -> Iterator[tuple[str, str]]:
    """The addresses of its two doors."""
    program = shutil.which("haproxy")
    assert program, "no HAProxy on this machine: `python3 tests` installs it"
    doors = {"open": free_port(), "blocked": free_port()}
    (folder / "haproxy.cfg").write_text(HAPROXY.format(path=PATH, port=port, **doors))
    running = subprocess.Popen([program, "-f", str(folder / "haproxy.cfg")], stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{doors['open']}{PATH}", f"http://127.0.0.1:{doors['blocked']}{PATH}"
    finally:
        running.terminate()
        running.wait(timeout=30)


@contextlib.asynccontextmanager
async def portal() -> AsyncIterator[int]:
    """A captive portal: whatever is asked, it wants its terms accepted."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(PORTAL)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def woken(*pages: Page) -> None:
    """What browsers say when the network is back: nobody waits for the next try."""
    for page in pages:
        await page.evaluate("window.dispatchEvent(new Event('online'))")


async def test_behind_a_path_and_without_websocket(tmp_path: Path, place: House) -> None:
    """[HTTP8] [STREAM1] [CLIENT9] Behind a proxy that strips a path; a laptop and a phone get no WebSocket through."""
    faults: list[str] = []
    with haproxy(tmp_path, place.port) as (url, blocked):
        async with writing(place) as made, browser() as running:
            ana = await come_by(await running.new_context(**PHONE), url, made["code"], "Ana", faults)
            ben = await come_by(await running.new_context(**LAPTOP), blocked, made["code"], "Ben", faults)
            cho = await come_by(await running.new_context(**PHONE), blocked, made["code"], "Cho", faults)
            texts = {"By WebSocket": ana, "By HTTP from a laptop": ben, "By HTTP from a phone": cho}
            for text, page in texts.items():
                await put(page, text)
            for page in texts.values():
                for text in texts:
                    await expect(page.get_by_role("article", name=text)).to_have_count(1)
                await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
            over_http = [bool(await page.evaluate("localStorage['plenary.http-until']")) for page in texts.values()]
            assert over_http == [False, True, True]
            assert ana.url == f"{url}/w/{made['id']}"
            scope = "navigator.serviceWorker.ready.then((own) => own.scope)"
            assert await ana.evaluate(scope) == f"{url}/"
            boss = await page_of(await running.new_context(**LAPTOP), faults)
            await boss.goto(f"{url}/")
            await boss.get_by_role("button", name="Start a workshop").click()
            await boss.get_by_label("What is it called?").fill("Behind a path")
            await boss.get_by_role("button", name="Start", exact=True).click()
            await boss.wait_for_url(re.compile(f"^{re.escape(url)}/f/"))
            qr = boss.locator("img.qr").first
            await expect(qr).to_be_visible()
            assert await qr.evaluate("img => img.decode().then(() => img.naturalWidth > 0)")
            await boss.reload()
            await expect(qr).to_be_visible()
            links = await place_links(boss)
            assert all(link.startswith(f"{url}/") for link in links.values())
    assert faults == []


async def place_links(page: Page) -> dict[str, str]:
    """What the server says the links are, asked as this page's facilitator."""
    return dict(
        await page.evaluate("""async () => {
            const [key] = Object.keys(localStorage).filter((name) => name.startsWith('plenary.pass.'));
            const pass = JSON.parse(localStorage[key]);
            const address = new URL(`api/workshops/${pass.workshop}/links`, document.baseURI);
            const answer = await fetch(address, { headers: { Authorization: `Bearer ${pass.token}` } });
            return (await answer.json()).links;
        }""")
    )


async def test_opened_without_a_network(place: House) -> None:
    """[SHELL1] [SHELL2] [SHELL3] [CLIENT11] [CLIENT6] Closed, and opened with the server away: read, written, sent."""
    faults: list[str] = []
    async with writing(place) as made, browser() as running:
        ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
        cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
        await put(cho, "Seen before")
        await expect(ana.get_by_role("article", name="Seen before")).to_be_visible()
        await settled(ana, cho)
        for page in (ana, cho):
            await page.evaluate("navigator.serviceWorker.ready")
        files = await ana.evaluate(KEPT)
        assert all(re.fullmatch(r"/(assets/[^/]+|icon\.svg|manifest\.webmanifest)?", file) for file in files)
        address, context = ana.url, ana.context
        await ana.evaluate("window.dispatchEvent(new Event('pagehide'))")
        await ana.close()
        place.kill()
        again = await page_of(context, faults)
        await again.goto(address)
        await expect(again.get_by_role("article", name="Seen before")).to_be_visible()
        written = {"Written on a phone without a network": again, "Written on a laptop without one": cho}
        for text, page in written.items():
            await loaded_anew_without_a_network(page, text)
        await shot(again, "phone-no-network")
        place.start()
        await woken(again, cho)
        for page in (again, cho):
            for text in written:
                await expect(page.get_by_role("article", name=text)).to_have_count(1, timeout=40_000)
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
            assert await page.evaluate("window.neverReloaded")
            await expect(page.get_by_test_id("as-of")).to_have_count(0)
    assert faults == []


async def loaded_anew_without_a_network(page: Page, text: str) -> None:
    """What is written then waits on the device, and is there when the page is loaded anew."""
    await expect(page.get_by_test_id("save-sign")).to_have_text(AWAY)
    await put(page, text)
    await expect(page.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
    # What was seen is kept when a page is left; of one that is loaded anew at once, perhaps not in time.
    await page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    await page.reload()
    for there in ("Seen before", text):
        await expect(page.get_by_role("article", name=there)).to_have_count(1)
    await expect(page.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
    await expect(page.get_by_test_id("as-of")).to_contain_text("this is the room as of")
    await page.evaluate("window.neverReloaded = true")


async def test_a_closed_browser(tmp_path: Path, place: House) -> None:
    """[CLIENT2] [CLIENT3] [CLIENT11] [SHELL1] Not the tab, but the browser is closed and opened again: all is there."""
    faults: list[str] = []
    text = "Not lost with the browser"
    async with writing(place) as made, browser() as running:
        cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
        await put(cho, "Seen before")
        async with of_ones_own(tmp_path / "hers", PHONE) as context:
            ana = await at_the_board(context, place, made["code"], "Ana", faults)
            await expect(ana.get_by_role("article", name="Seen before")).to_be_visible()
            await ana.evaluate("navigator.serviceWorker.ready")
            await settled(ana, cho)
            place.kill()
            await expect(ana.get_by_test_id("save-sign")).to_have_text(AWAY)
            await put(ana, text)
            await expect(ana.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
            address = ana.url
            await ana.evaluate("window.dispatchEvent(new Event('pagehide'))")
            await comes_true(ana, IN_STORE)
        async with of_ones_own(tmp_path / "hers", PHONE) as context:
            ana = await page_of(context, faults)
            await ana.goto(address)
            for there in ("Seen before", text):
                await expect(ana.get_by_role("article", name=there)).to_have_count(1)
            await expect(ana.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
            place.start()
            await woken(ana, cho)
            for page in (ana, cho):
                await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
                await expect(page.get_by_role("article", name=text)).to_have_count(1, timeout=40_000)
            assert await cho.evaluate("window.neverReloaded")
    assert faults == []


async def test_a_captive_portal(place: House) -> None:
    """[CLIENT10] [CLIENT2] Every answer is a page about terms: "Offline", and all is sent when they are accepted."""
    faults: list[str] = []
    async with writing(place) as made, browser() as running, portal() as captive, proxy(place.port) as way:
        url = f"http://127.0.0.1:{way.port}"
        ana = await come_by(await running.new_context(**PHONE), url, made["code"], "Ana", faults)
        cho = await come_by(await running.new_context(**LAPTOP), url, made["code"], "Cho", faults)
        await put(ana, "Before the terms")
        await expect(cho.get_by_role("article", name="Before the terms")).to_be_visible()
        await settled(ana, cho)
        way.point(captive)
        written = {"While a phone was asked": ana, "While a laptop was asked": cho}
        for text, page in written.items():
            await expect(page.get_by_test_id("save-sign")).to_have_text("Offline")
            await put(page, text)
            await expect(page.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
        for page in (ana, cho):
            await expect(page.get_by_test_id("sign-in")).to_have_text(SIGN_IN, timeout=40_000)
            await shot(page, f"sign-in-{'phone' if page is ana else 'laptop'}")
        way.point(place.port)
        await woken(ana, cho)
        for page in (ana, cho):
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
            await expect(page.get_by_test_id("sign-in")).to_have_count(0)
            for text in ("Before the terms", *written):
                await expect(page.get_by_role("article", name=text)).to_have_count(1, timeout=40_000)
            assert await page.evaluate("window.neverReloaded")
    assert faults == []


async def test_a_silent_network(place: House) -> None:
    """[LIVE1] [LIVE2] [CLIENT3] [ONCE2] Nothing comes and nothing is closed: in front, behind another tab, asleep."""
    faults: list[str] = []
    async with writing(place) as made, browser() as running, proxy(place.port) as hers, proxy(place.port) as other:
        context = await running.new_context(**PHONE)
        await context.add_init_script(BEHIND)
        await context.add_init_script(CLOCKS)
        ana = await come_by(context, f"http://127.0.0.1:{hers.port}", made["code"], "Ana", faults)
        url = f"http://127.0.0.1:{other.port}"
        cho = await come_by(await running.new_context(**LAPTOP), url, made["code"], "Cho", faults)
        await put(ana, "Before the silence")
        await expect(cho.get_by_role("article", name="Before the silence")).to_be_visible()
        await settled(ana, cho)
        await expect(cho.locator("p[aria-live=polite]")).to_have_text("1 new note in Potential benefits")
        await in_front({ana: hers, cho: other})
        await behind_another_tab(ana, hers, cho)
        await asleep(ana, hers, cho)
        for page in (ana, cho):
            assert await page.evaluate("window.neverReloaded")
    assert faults == []


async def in_front(ways: dict[Page, Proxy]) -> None:
    """Nobody writes, and the sign changes all the same; it says so once, however often the line is tried meanwhile."""
    for page, way in ways.items():
        await page.evaluate(TOLD)
        way.cut()
    for page in ways:
        assert await page.evaluate("document.visibilityState") == "visible"
        await expect(page.get_by_test_id("save-sign")).to_have_text("Offline", timeout=40_000)
        await page.wait_for_event("websocket", timeout=40_000)
    for way in ways.values():
        way.heal()
    for page in ways:
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        await expect(page.locator("p[aria-live=polite]")).to_have_text("Saved")
        assert await page.evaluate("window.told") == ["Offline", "Saved"]


async def behind_another_tab(ana: Page, way: Proxy, cho: Page) -> None:
    """The hidden tab gives the line up, and finds back."""
    await ana.evaluate("putBehind(true)")
    way.cut()
    await put(cho, "Written in the silence")
    await expect(ana.get_by_test_id("save-sign")).to_have_text(AWAY, timeout=40_000)
    await expect(ana.get_by_role("article", name="Written in the silence")).to_have_count(0)
    way.heal()
    await ana.evaluate("putBehind(false)")
    await expect(ana.get_by_role("article", name="Written in the silence")).to_have_count(1, timeout=40_000)
    await put(ana, "In front again")
    await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
    await expect(cho.get_by_role("article", name="In front again")).to_have_count(1)


async def asleep(ana: Page, way: Proxy, cho: Page) -> None:
    """She writes, and her device sleeps before that is sent: it wakes once, after a night, and all is there once."""
    way.cut()
    await put(ana, "As the lid was closed")
    await expect(ana.get_by_test_id("save-sign")).to_have_text("1 not saved yet")
    device = await standing_still(ana)
    for n in range(3):
        await put(cho, f"While Ana slept {n}")
    await expect(cho.get_by_test_id("save-sign")).to_have_text("Saved")
    way.heal()
    await device.send("Runtime.evaluate", {"expression": f"wake({NIGHT_MS})"})
    await device.send("Debugger.resume")
    for page in (ana, cho):
        for text in ("As the lid was closed", *(f"While Ana slept {n}" for n in range(3))):
            await expect(page.get_by_role("article", name=text)).to_have_count(1, timeout=40_000)
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)


async def standing_still(page: Page) -> CDPSession:
    """Nothing of the page runs any more, until it is resumed; no tab sleeps by itself in the tests' browser."""
    device = await page.context.new_cdp_session(page)
    stands = asyncio.Event()
    device.once("Debugger.paused", lambda _: stands.set())
    await device.send("Debugger.enable")
    await device.send("Debugger.pause")
    await stands.wait()
    return device


async def test_one_person_everywhere(place: House) -> None:
    """[HERE2] [CLIENT6] [CLIENT7] Tabs and devices, whose clocks are off by years: one person, each note once."""
    faults: list[str] = []
    async with writing(place) as made, browser() as running:
        phone = await running.new_context(**PHONE)
        one = await at_the_board(phone, place, made["code"], "Ana", faults)
        other = await page_of(phone, faults)
        await other.goto(one.url)
        laptops = []
        for years in (-1, 1):
            context = await running.new_context(**LAPTOP, storage_state=await phone.storage_state())
            await context.add_init_script(OFF_BY % (years * YEAR_MS))
            laptops.append(await page_of(context, faults))
            await laptops[-1].goto(one.url)
        beside = await page_of(laptops[0].context, faults)
        await beside.goto(one.url)
        pages = [one, other, *laptops, beside]
        for page in pages:
            await expect(page.get_by_label("New note in Potential benefits")).to_be_visible()
            await expect(page.get_by_role("button", name="2 people here")).to_be_visible()  # she and the facilitator
        await settled(*pages)
        place.kill()
        for n, page in enumerate(pages):
            await expect(page.get_by_test_id("save-sign")).to_have_text(AWAY)
            await put(page, f"Written at {n}")
            await expect(page.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
        place.start()
        await woken(*pages)
        for page in pages:
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
            for n in range(len(pages)):
                await expect(page.get_by_role("article", name=f"Written at {n}")).to_have_count(1, timeout=40_000)
        clocks = [await page.get_by_role("timer").first.inner_text() for page in laptops]
        assert all(re.fullmatch(r"\d?\d:\d\d", clock.split("\n")[-1].strip()) for clock in clocks), clocks
    assert faults == []
