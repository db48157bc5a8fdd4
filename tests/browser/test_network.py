"""Odd networks and devices: proxies, captive portals, no network at all, two tabs, two devices, wrong clocks."""

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
from tests.faults.proxy import proxy

from .stage import LAPTOP, PHONE, House, at_the_board, browser, enter, house, page_of, shot
from .test_journeys import put, writing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from playwright.async_api import Page

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
KEPT = """async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
}"""
YEAR_MS = 365 * 86_400_000


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
    """[HTTP8] [STREAM1] [CLIENT9] Behind a proxy that strips a path; one of two where no WebSocket gets through."""
    faults: list[str] = []
    with haproxy(tmp_path, place.port) as (url, blocked):
        async with writing(place) as made, browser() as running:
            ana = await page_of(await running.new_context(**PHONE), faults)
            ben = await page_of(await running.new_context(**LAPTOP), faults)
            await ana.goto(f"{url}/j/{made['code']}")
            await enter(ana, "Ana")
            await ben.goto(f"{blocked}/j/{made['code']}")
            await enter(ben, "Ben")
            await put(ana, "By WebSocket")
            await put(ben, "By HTTP")
            for page in (ana, ben):
                for text in ("By WebSocket", "By HTTP"):
                    await expect(page.get_by_role("article", name=text)).to_have_count(1)
                await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
            assert [bool(await p.evaluate("localStorage['plenary.http-until']")) for p in (ana, ben)] == [False, True]
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
        await ana.evaluate("navigator.serviceWorker.ready")
        files = await ana.evaluate(KEPT)
        assert all(re.fullmatch(r"/(assets/[^/]+|icon\.svg|manifest\.webmanifest)?", file) for file in files)
        address, context = ana.url, ana.context
        await ana.evaluate("window.dispatchEvent(new Event('pagehide'))")
        await ana.close()
        place.kill()
        again = await page_of(context, faults)
        await again.goto(address)
        await expect(again.get_by_role("article", name="Seen before")).to_be_visible()
        await put(again, "Written without a network")
        await expect(again.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
        await expect(again.get_by_test_id("as-of")).to_contain_text("You see how it was")
        await shot(again, "phone-no-network")
        await again.evaluate("window.neverReloaded = true")
        place.start()
        await woken(again, cho)
        for page in (again, cho):
            await expect(page.get_by_role("article", name="Written without a network")).to_have_count(1, timeout=40_000)
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
            assert await page.evaluate("window.neverReloaded")
        await expect(again.get_by_test_id("as-of")).to_have_count(0)
    assert faults == []


async def test_a_captive_portal(place: House) -> None:
    """[CLIENT10] [CLIENT2] Every answer is a page about terms: "Offline", and all is sent when they are accepted."""
    faults: list[str] = []
    async with writing(place) as made, browser() as running, portal() as captive, proxy(place.port) as way:
        ana = await page_of(await running.new_context(**PHONE), faults)
        await ana.goto(f"http://127.0.0.1:{way.port}/j/{made['code']}")
        await enter(ana, "Ana")
        await put(ana, "Before the terms")
        cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
        await expect(cho.get_by_role("article", name="Before the terms")).to_be_visible()
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved")
        await ana.evaluate("window.neverReloaded = true")
        way.point(captive)
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Offline")
        await put(ana, "While terms were asked")
        await expect(ana.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
        way.point(place.port)
        await woken(ana)
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        for text in ("Before the terms", "While terms were asked"):
            await expect(ana.get_by_role("article", name=text)).to_have_count(1)
        assert await ana.evaluate("window.neverReloaded")
    assert faults == []


async def test_a_silent_network_behind_another_tab(place: House) -> None:
    """[LIVE1] [LIVE2] Nothing comes and nothing is closed: the hidden tab gives the line up, and finds back."""
    faults: list[str] = []
    async with writing(place) as made, browser() as running, proxy(place.port) as way:
        context = await running.new_context(**PHONE)
        await context.add_init_script(BEHIND)
        ana = await page_of(context, faults)
        await ana.goto(f"http://127.0.0.1:{way.port}/j/{made['code']}")
        await enter(ana, "Ana")
        await put(ana, "Before the silence")
        cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
        await expect(cho.get_by_role("article", name="Before the silence")).to_be_visible()
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved")
        await ana.evaluate("window.neverReloaded = true")
        await ana.evaluate("putBehind(true)")
        way.cut()
        await put(cho, "Written in the silence")
        await expect(ana.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"), timeout=40_000)
        await expect(ana.get_by_role("article", name="Written in the silence")).to_have_count(0)
        way.heal()
        await ana.evaluate("putBehind(false)")
        await expect(ana.get_by_role("article", name="Written in the silence")).to_have_count(1, timeout=40_000)
        await put(ana, "In front again")
        await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
        await expect(cho.get_by_role("article", name="In front again")).to_have_count(1)
        assert await ana.evaluate("window.neverReloaded")
    assert faults == []


async def test_one_person_everywhere(place: House) -> None:
    """[HERE2] [CLIENT6] [CLIENT7] Two tabs and a laptop whose clock is off by years: one person, each note once."""
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
        pages = [one, other, *laptops]
        for page in pages:
            await expect(page.get_by_label("New note in Potential benefits")).to_be_visible()
        await expect(
            laptops[0].get_by_label("2 people here").or_(laptops[0].get_by_text("2 people here"))
        ).to_be_attached()  # and the facilitator
        place.kill()
        for n, page in enumerate(pages):
            await expect(page.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"))
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
