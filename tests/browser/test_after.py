"""What outlives an afternoon: its agenda, for another workshop, as a template of one's own, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from tests.cli.test_bundle import BODIES, zipped
from tests.exports.test_exports import whole

from .stage import LAPTOP, PHONE, House, browser, house, page_of, shot

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, BrowserContext, Locator


async def sheet_of(page: Page, lever: str) -> Locator:
    """The sheet that a lever of the console opens."""
    await page.get_by_role("button", name=lever).click()
    return page.get_by_role("dialog")


async def closed(running: Browser, place: House, faults: list[str]) -> tuple[BrowserContext, Page]:
    """A facilitator at a laptop, whose workshop was closed."""
    made = place.post("/api/workshops", {"title": "Ready for life by 2030", "template": "swot"})
    context = await running.new_context(**LAPTOP, accept_downloads=True)
    page = await page_of(context, faults)
    await page.goto(made["links"]["facilitator"])
    sheet = page.get_by_role("navigation", name="Run sheet")
    await sheet.get_by_role("button", name="Edit step “Close”").click()
    await sheet.get_by_role("button", name="Go to this step").click()
    await expect(sheet.get_by_text("The workshop is closed.")).to_be_visible()
    await expect(sheet.get_by_role("button", name="Add a step")).to_have_count(0)
    return context, page


async def made_again(page: Page, faults: list[str]) -> None:
    """[DUP1] After closing: the new workshop's links are shown, and lead there."""
    sheet = await sheet_of(page, "Use it again")
    await shot(page, "after-again")
    await sheet.get_by_label("What is it called?").fill("The same, in autumn")
    await sheet.get_by_role("button", name="Make it").click()
    await expect(sheet.get_by_text("“The same, in autumn” is ready.")).to_be_visible()
    await shot(page, "after-made")
    other = await page_of(page.context, faults)
    await other.goto(await sheet.get_by_role("link", name="Go there").get_attribute("href") or "")
    await expect(other.get_by_role("heading", name="The room is ready")).to_be_visible()
    await expect(other.get_by_role("button", name="Edit step “First moves”")).to_be_visible()
    await other.close()


async def kept(page: Page, folder: Path) -> Path:
    """[TMPL4] [TMPL6] As a template on this device, and as a file."""
    sheet = page.get_by_role("dialog")
    await sheet.get_by_role("button", name="Keep as my template").click()
    await expect(sheet.get_by_text("Kept on this device.")).to_be_visible()
    async with page.expect_download() as coming:
        await sheet.get_by_role("button", name="Save as a file").click()
    file = folder / "agenda.json"
    await (await coming.value).save_as(file)
    return file


async def at_the_front_door(context: BrowserContext, place: House, faults: list[str]) -> None:
    """[TMPL6] One's own is offered, renamed, taken; then deleted."""
    page = await page_of(context, faults)
    await page.goto(place.url)
    await page.get_by_role("button", name="Start a workshop").click()
    await page.get_by_role("button", name="Rename “Ready for life by 2030”").click()
    await expect(page.get_by_role("button", name="Save")).to_be_in_viewport(ratio=1)
    await page.get_by_label("Name", exact=True).fill("Our SWOT")
    await shot(page, "after-front-door")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_role("radio", name="Our SWOT").check()
    await page.get_by_label("What is it called?").fill("Spring")
    await page.set_viewport_size(PHONE["viewport"])
    await shot(page, "after-front-door-phone")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_role("heading", name="The room is ready")).to_be_visible()
    await page.goto(place.url)
    await page.get_by_role("button", name="Start a workshop").click()
    await page.get_by_role("button", name="Delete “Our SWOT”").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_role("radio", name="Our SWOT")).to_have_count(0)
    await page.close()


async def from_a_file(running: Browser, place: House, file: Path, faults: list[str]) -> None:
    """[TMPL3] [TMPL4] [TMPL5] What is wrong with a file is said; a good one begins a workshop, or takes one over."""
    wrong, newer = file.with_name("wrong.json"), file.with_name("newer.json")
    wrong.write_text("no agenda")
    newer.write_text(file.read_text().replace('"version": 1', '"version": 9'))
    page = await page_of(await running.new_context(**PHONE, locale="es-ES"), faults)
    await page.goto(place.url)
    await page.get_by_role("button", name="Empezar un taller").tap()
    picker = page.locator("input[type=file]")
    await picker.set_input_files(wrong)
    await expect(page.get_by_role("alert").filter(has_text="Esto no es una agenda")).to_be_in_viewport(ratio=1)
    await shot(page, "after-wrong-file")
    await picker.set_input_files(newer)
    await expect(page.get_by_role("alert").filter(has_text="un Plenary más nuevo")).to_be_visible()
    await picker.set_input_files(file)
    await expect(page.get_by_role("radio", name="Del archivo «Ready for life by 2030»")).to_be_checked()
    await page.get_by_role("radio", name="Una pregunta, una hora").check()
    await page.get_by_label("¿Cómo se llama?").fill("Otoño")
    await page.get_by_role("button", name="Empezar", exact=True).tap()
    await page.get_by_role("button", name="Mostrar la agenda").tap()
    await expect(page.get_by_role("button", name="Editar el paso «Proponer temas»")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Mandos").tap()
    await page.get_by_role("button", name="Usarlo de nuevo").tap()
    await page.locator("input[type=file]").set_input_files(file)
    await page.get_by_role("button", name="Tomarla").tap()
    await expect(page.get_by_text("La agenda es ahora «Ready for life by 2030».")).to_be_visible()
    await shot(page, "after-other-agenda")


async def a_whole_workshop(running: Browser, place: House, folder: Path, faults: list[str]) -> None:
    """[ARCH7] An archive with its files is opened at the front door, once; a damaged one is refused in words."""
    file, wrong, bundle = folder / "archive.json", folder / "damaged.json", folder / "bundle.zip"
    bundle.write_bytes(zipped(BODIES))
    file.write_bytes(whole("Brought from another server"))
    wrong.write_bytes(file.read_bytes().replace(b"another server", b"nowhere at all"))
    page = await page_of(await running.new_context(**LAPTOP), faults)
    await page.goto(place.url)
    await page.get_by_role("button", name="Start a workshop").click()
    picker = page.locator("input[type=file]")
    await picker.set_input_files(wrong)
    wrong_with_it = page.get_by_role("alert").filter(has_text="This archive was not opened")
    await expect(wrong_with_it).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("button", name="Open a file")).to_be_focused()
    await shot(page, "after-damaged")
    await picker.set_input_files(bundle)
    await expect(page.get_by_role("heading", name="The room is ready")).to_be_visible()
    await page.goto(place.url)
    await page.get_by_role("button", name="Start a workshop").click()
    await picker.set_input_files(file)
    await expect(page.get_by_role("alert").filter(has_text="on this server already")).to_be_visible()


async def test_after(tmp_path: Path) -> None:
    """One server, one browser, one after the other."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            context, boss = await closed(running, place, faults)
            await made_again(boss, faults)
            file = await kept(boss, tmp_path)
            await at_the_front_door(context, place, faults)
            await from_a_file(running, place, file, faults)
            await a_whole_workshop(running, place, tmp_path, faults)
    assert faults == []
