"""Deleting for ever, and how long a workshop is kept, as people see it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from .stage import LAPTOP, PHONE, PROJECTOR, browser, house, page_of, shot
from .test_everyone import axe

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from playwright.async_api import Browser, Locator

    from .stage import House

TITLE = "Ready for life by 2030"
LEFT = """async () => {
  const words = [];
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => { indexedDB.open(name).onsuccess = (e) => done(e.target.result); });
    for (const table of db.objectStoreNames) {
      const all = await new Promise((done) => {
        db.transaction(table).objectStore(table).getAll().onsuccess = (e) => done(e.target.result);
      });
      words.push(...all.map((row) => JSON.stringify(row)));
    }
    db.close();
  }
  return [...words, ...Object.entries(localStorage).map(([key, value]) => key + ' ' + value)].join('\\n');
}"""
"""All that a page's device keeps."""


async def keep_or_delete(page: Page) -> Locator:
    """The sheet."""
    await page.get_by_role("button", name="Keep or delete").click()
    return page.get_by_role("dialog")


async def chosen(boss: Page) -> None:
    """[KEEP1] [KEEP3] How long it is kept is chosen, and the console says until when."""
    sheet = await keep_or_delete(boss)
    await expect(sheet.get_by_text("It is kept until somebody deletes it.")).to_be_visible()
    await sheet.get_by_role("radio", name="90 days").check()
    await expect(sheet.get_by_text("if nothing more is done")).to_be_visible()
    await shot(boss, "keep")
    assert await axe(boss, "keep") == []
    await boss.keyboard.press("Escape")
    lever = boss.get_by_role("button", name="Keep or delete")
    await expect(lever.get_by_text("Until")).to_be_visible()


async def asked(boss: Page) -> Locator:
    """[GONE10] What goes and what stays; take it home first; nothing without the title."""
    sheet = await keep_or_delete(boss)
    await sheet.get_by_role("button", name="Delete for ever…").click()
    await expect(sheet.get_by_text("What stays")).to_be_visible()
    last = sheet.get_by_role("button", name="Delete for ever", exact=True)
    await expect(last).to_be_disabled()
    await sheet.get_by_role("button", name="Take it home first").click()
    await expect(sheet.get_by_role("heading", name="Take it home")).to_be_visible()
    await boss.keyboard.press("Escape")
    assert await axe(boss, "delete") == []
    await sheet.get_by_label("Type its title").fill("Ready for life")
    await expect(last).to_be_disabled()
    await sheet.get_by_label("Type its title").fill("ready for life by  2030")
    await shot(boss, "delete")
    return last


async def told(boss: Page, ana: Page, ben: Page, screen: Page) -> None:
    """[GONE5] [GONE8] Everybody sees a calm page, and their devices keep nothing."""
    for page in (boss, ana, screen):
        await expect(page.get_by_role("heading", name=f"“{TITLE}” was deleted")).to_be_visible()
    await shot(boss, "deleted-boss")
    await shot(ana, "deleted-ana")
    await shot(screen, "deleted-screen")
    for page in (boss, ana, screen):
        assert await axe(page, "deleted") == []
    await expect(screen.get_by_role("link")).to_have_count(0)
    await expect(ana.get_by_text("Its facilitator deleted it")).to_be_visible()
    # Somebody who was without a network meanwhile, with something unsent and something begun.
    await ben.context.set_offline(False)
    await expect(ben.get_by_role("heading", name=f"“{TITLE}” was deleted")).to_be_visible(timeout=60_000)
    for page in (ana, ben):
        async with asyncio.timeout(20):
            while "secret" in (left := str(await page.evaluate(LEFT))):
                await asyncio.sleep(0.05)
        assert "plenary.pass" not in left


async def written(boss: Page, people: list[Page]) -> None:
    """Issues, a draft, and all that a device keeps of them."""
    sheet = boss.get_by_role("navigation", name="Run sheet")
    await sheet.get_by_role("button", name="Edit step “Propose issues”").click()
    await sheet.get_by_role("button", name="Go to this step").click()
    for page in people:
        await page.get_by_label("New issue").fill("A secret issue")
        await page.get_by_role("button", name="Propose", exact=True).click()
        await expect(page.get_by_text("A secret issue").first).to_be_visible()
        await page.get_by_label("New issue").fill("A secret draft")
        assert "secret draft" in str(await page.evaluate(LEFT))


async def unsent(page: Page) -> None:
    """Without a network something more is proposed, which the device keeps until it can be sent."""
    await page.context.set_offline(True)
    await page.get_by_label("New issue").fill("A secret that was not sent")
    await page.get_by_role("button", name="Propose", exact=True).click()
    async with asyncio.timeout(20):
        while "was not sent" not in str(await page.evaluate(LEFT)):
            await asyncio.sleep(0.05)


async def on_a_phone(running: Browser, link: str, faults: list[str]) -> None:
    """The same in the hand, in Spanish and in the dark; nothing is wider than the phone."""
    page = await page_of(await running.new_context(**PHONE, locale="es-ES", color_scheme="dark"), faults)
    await page.goto(link)
    await page.get_by_role("button", name="Mandos").tap()
    await page.get_by_role("button", name="Conservar o borrar").tap()
    await expect(page.get_by_role("radio", name="90 días")).to_be_checked()
    await shot(page, "keep-es")
    await page.get_by_role("button", name="Borrar para siempre…").tap()
    await page.get_by_label("Escribe su título").fill(TITLE)
    await shot(page, "delete-es")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.context.close()


async def opened_again(running: Browser, place: House, ana: Page, code: str, faults: list[str]) -> None:
    """[GONE6] After a reload, by the code and by a link: the same calm page."""
    await ana.reload()
    await expect(ana.get_by_role("heading", name="This workshop was deleted")).to_be_visible()
    page = await page_of(await running.new_context(**PHONE, locale="es-ES", color_scheme="dark"), faults)
    await page.goto(f"{place.url}/j/{code}")
    await expect(page.get_by_role("heading", name="Este taller se borró")).to_be_visible()
    await shot(page, "deleted-es")


async def test_deleting(tmp_path: Path) -> None:
    """One server; a facilitator, somebody at their board, somebody whose network is gone, and the big screen."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            made = place.post("/api/workshops", {"title": TITLE})
            boss = await page_of(await running.new_context(**LAPTOP), faults)
            await boss.goto(made["links"]["facilitator"])
            await expect(boss.get_by_role("heading", name="The room is ready")).to_be_visible()
            pages = []
            for name, look in (("Ana", PHONE), ("Ben", LAPTOP)):
                page = await page_of(await running.new_context(**look), faults)
                await page.goto(f"{place.url}/j/{made['code']}")
                await page.get_by_label("Your name").fill(name)
                await page.get_by_role("button", name="Join").click()
                await expect(page.get_by_text(f"Welcome, {name}")).to_be_visible()
                pages.append(page)
            ana, ben = pages
            screen = await page_of(await running.new_context(**PROJECTOR), faults)
            await screen.goto(made["links"]["projector"])
            await written(boss, pages)
            await chosen(boss)
            await on_a_phone(running, made["links"]["facilitator"], faults)
            last = await asked(boss)
            await unsent(ben)
            await last.click()
            await told(boss, ana, ben, screen)
            await opened_again(running, place, ana, made["code"], faults)
    assert faults == []


async def test_a_server_that_keeps_nothing_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """[KEEP1] [KEEP3] Nobody chooses more than the server keeps; at the end whoever took part is told until when."""
    monkeypatch.setenv("PLENARY_RETENTION_DAYS", "60")
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            made = place.post("/api/workshops", {"title": TITLE, "template": "quick"})
            boss = await page_of(await running.new_context(**LAPTOP), faults)
            await boss.goto(made["links"]["facilitator"])
            sheet = await keep_or_delete(boss)
            await expect(sheet.get_by_role("radio")).to_have_count(2)
            await expect(sheet.get_by_role("radio", name="As long as this server keeps any")).to_be_checked()
            await expect(sheet.get_by_text("no workshop longer than 60 days")).to_be_visible()
            await shot(boss, "keep-limit")
            await boss.keyboard.press("Escape")
            steps = boss.get_by_role("navigation", name="Run sheet")
            await steps.get_by_role("button", name="Edit step “Close”").click()
            await steps.get_by_role("button", name="Go to this step").click()
            ana = await page_of(await running.new_context(**PHONE), faults)
            await ana.goto(f"{place.url}/j/{made['code']}")
            await ana.get_by_label("Your name").fill("Ana")
            await ana.get_by_role("button", name="Join").click()
            told = ana.get_by_text("Everything is kept until")
            await expect(told).to_be_visible()
            await shot(ana, "kept-until")
            before = await told.inner_text()
            sheet = await keep_or_delete(boss)
            await sheet.get_by_role("radio", name="30 days").check()
            await expect(told).not_to_have_text(before)
    assert faults == []
