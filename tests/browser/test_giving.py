"""Links and files in the hand: brought to a note, an issue and the workshop, seen small, fetched, taken away."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from protocol.commands import StepGo
from protocol.records import Step, StepKind, Workshop

from .stage import LAPTOP, PHONE, at_the_board, browser, house, page_of, shot
from .test_everyone import axe, come, lead
from .test_journeys import put, writing

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from client.participant import Participant

PICTURE = Path(__file__).parents[2] / "docs" / "board.png"
OTHER = PICTURE.with_name("projector.png")
NOTE = "Credits mean the same in every school"
PHOTO = """async () => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [3000, 1500];
    canvas.getContext('2d').fillRect(0, 0, 1500, 1500);
    const made = await new Promise((done) => canvas.toBlob(done, 'image/jpeg'));
    const data = new DataTransfer();
    data.items.add(new File([made], 'From the camera.jpg', {type: 'image/jpeg'}));
    document.querySelector('dialog .all').dispatchEvent(
        new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def sheet(page: Page) -> Locator:
    return page.get_by_role("dialog")


async def close(page: Page) -> None:
    await sheet(page).get_by_role("button", name="Close").click()
    await expect(sheet(page)).to_have_count(0)


async def open_at(page: Page, text: str) -> None:
    """The links and files of a note, by keys."""
    await page.get_by_role("article", name=text).focus()
    await page.keyboard.press(".")
    await page.get_by_role("button", name="Links and files, 0").click()


async def test_brought(tmp_path: Path) -> None:
    """[GIVE1] [GIVE3] [GIVE6] [FILE4] [FILE11] A picture, a photo, a page, and what is not taken."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
            cho = await at_the_board(await running.new_context(**LAPTOP), place, made["code"], "Cho", faults)
            await put(cho, NOTE)
            await open_at(cho, NOTE)
            await expect(sheet(cho).get_by_text("Nothing has been brought here yet.")).to_be_visible()
            await a_picture(cho)
            await a_page(cho)
            await not_taken(cho)
            await shot(cho, "giving-laptop")
            assert await axe(cho, "giving, laptop") == []
            await close(cho)
            await seen_by_another(ana)
            await taken_home(await page_of(await running.new_context(**LAPTOP), faults), made)
            await taken_away(cho, ana)
    assert faults == []


async def a_picture(cho: Page) -> None:
    await sheet(cho).get_by_label("Add a file").set_input_files(PICTURE)
    await expect(sheet(cho).get_by_text("board.png", exact=True)).to_be_visible()
    await expect(sheet(cho).get_by_role("img", name="board.png")).to_be_visible()
    await cho.evaluate(PHOTO)
    await sheet(cho).get_by_role("button", name="Show “From the camera.jpg”").click()
    large = sheet(cho).locator("img.large")
    await expect(large).to_have_js_property("naturalWidth", 2560)
    await sheet(cho).get_by_role("button", name="Hide “From the camera.jpg”").click()
    await expect(large).to_have_count(0)


async def a_page(cho: Page) -> None:
    address = sheet(cho).get_by_label("Address of a page")
    await address.fill("javascript:alert(1)")
    await address.press("Enter")
    await expect(sheet(cho).get_by_text("That is not the address of a page.")).to_be_visible()
    await address.fill("example.org/data")
    await sheet(cho).get_by_label("Title (if you like)").fill("The data")
    await sheet(cho).get_by_role("button", name="Add link").click()
    link = sheet(cho).get_by_role("link", name="The data")
    await expect(link).to_have_attribute("href", "https://example.org/data")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(address).to_have_value("")


async def not_taken(cho: Page) -> None:
    files = [{"name": "page.html", "mimeType": "text/html", "buffer": b"<script>alert(1)</script>"}]
    await sheet(cho).get_by_label("Add a file").set_input_files(files)  # type: ignore[arg-type]
    await expect(sheet(cho).get_by_text("Files of this kind are not taken.")).to_be_visible()
    await expect(sheet(cho).get_by_role("button", name="Try again")).to_be_visible()
    assert await axe(cho, "a file that is not taken") == []
    await sheet(cho).get_by_role("button", name="Stop sending “page.html”").click()
    await expect(sheet(cho).get_by_text("page.html")).to_have_count(0)


async def taken_home(boss: Page, made: dict[str, Any]) -> None:
    """[ARCH9] Whoever leads takes all of it with the files."""
    await boss.goto(made["links"]["facilitator"])
    await boss.get_by_role("button", name="Take it home").click()
    async with boss.expect_download() as coming:
        await boss.get_by_role("button", name="Archive with the files").click()
    with zipfile.ZipFile(await (await coming.value).path()) as bundle:
        assert bundle.read("files/board.png") == PICTURE.read_bytes()
    await shot(boss, "giving-take-home")


async def seen_by_another(ana: Page) -> None:
    """Small on the note; fetched as it was sent."""
    note = ana.get_by_role("article", name=NOTE)
    await expect(note.get_by_role("img", name="board.png")).to_be_visible()
    await shot(ana, "giving-phone-note")
    assert await axe(ana, "a note with pictures, phone") == []
    await note.get_by_role("button", name="Links and files, 3").tap()
    async with ana.expect_download() as fetched:
        await sheet(ana).get_by_role("button", name="Download “board.png”").tap()
    download = await fetched.value
    assert download.suggested_filename == "board.png"
    assert (await download.path()).read_bytes() == PICTURE.read_bytes()
    await expect(sheet(ana).get_by_role("button", name="Remove “board.png”")).to_have_count(0)
    await shot(ana, "giving-phone")
    assert await axe(ana, "giving, phone") == []
    await close(ana)


async def taken_away(cho: Page, ana: Page) -> None:
    note = cho.get_by_role("article", name=NOTE)
    await note.get_by_role("button", name="Links and files, 3").click()
    await sheet(cho).get_by_role("button", name="Remove “board.png”").click()
    await expect(sheet(cho).get_by_text("Remove it for everybody?")).to_be_visible()
    await sheet(cho).get_by_role("button", name="Remove", exact=True).click()
    await expect(sheet(cho).get_by_text("board.png")).to_have_count(0)
    await close(cho)
    await expect(ana.get_by_role("article", name=NOTE).get_by_role("img", name="board.png")).to_have_count(0)
    await expect(ana.get_by_role("button", name="Links and files, 2")).to_be_visible()


async def test_without_a_network(tmp_path: Path) -> None:
    """[GIVE6] [FILE2] It waits, says so, and goes on by itself."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana = await at_the_board(await running.new_context(**PHONE), place, made["code"], "Ana", faults)
            await ana.get_by_role("button", name="people here").tap()
            await sheet(ana).get_by_role("button", name="Links and files").tap()
            await expect(sheet(ana).get_by_text("For everybody in this workshop")).to_be_visible()
            await ana.context.set_offline(True)
            await sheet(ana).get_by_label("Add a file").set_input_files(PICTURE)
            await expect(sheet(ana).get_by_text("Waiting for the network; it goes on by itself.")).to_be_visible()
            await shot(ana, "giving-phone-offline")
            assert await axe(ana, "giving, offline") == []
            await ana.context.set_offline(False)
            await expect(sheet(ana).get_by_role("button", name="Download “board.png”")).to_be_visible()
            await expect(sheet(ana).get_by_role("progressbar")).to_have_count(0)
            await over_a_reload(ana)
    assert faults == []


async def over_a_reload(ana: Page) -> None:
    """[GIVE6] [GIVE3] What was on its way when the page was loaded anew comes by itself; then it gets another name."""
    await ana.route("**/files/*", lambda route: route.abort() if route.request.method == "PATCH" else route.continue_())
    await sheet(ana).get_by_label("Add a file").set_input_files(OTHER)
    await expect(sheet(ana).get_by_text("Waiting for the network; it goes on by itself.")).to_be_visible()
    await ana.unroute_all(behavior="wait")
    await ana.reload()
    await ana.get_by_role("button", name="people here").tap()
    await sheet(ana).get_by_role("button", name="Links and files").tap()
    await expect(sheet(ana).get_by_role("button", name="Download “projector.png”")).to_be_visible()
    await expect(sheet(ana).get_by_role("progressbar")).to_have_count(0)
    await sheet(ana).get_by_role("button", name="Rename “projector.png”").tap()
    await sheet(ana).get_by_label("New name").fill("What we saw.png")
    await shot(ana, "giving-phone-rename")
    assert await axe(ana, "giving, a new name") == []
    await ana.keyboard.press("Enter")
    await expect(sheet(ana).get_by_role("button", name="Download “What we saw.png”")).to_be_visible()


async def test_to_an_issue(tmp_path: Path) -> None:
    """[GIVE4] [GIVE6] On its card, in Spanish and in the dark."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            await _to_propose(boss)
            context = await running.new_context(**LAPTOP, locale="es-MX", color_scheme="dark")
            page = await page_of(context, faults)
            await come(page, place, made["code"], "Ana")
            await page.get_by_role("button", name="Enlaces y archivos de").first.click()
            await sheet(page).get_by_label("Dirección de una página").fill("example.org")
            await sheet(page).get_by_role("button", name="Añadir enlace").click()
            await expect(sheet(page).get_by_role("link", name="example.org")).to_be_visible()
            await shot(page, "giving-issue-es-dark")
            assert await axe(page, "giving to an issue") == []
            await sheet(page).get_by_role("button", name="Cerrar").click()
            await expect(page.get_by_role("button", name="Enlaces y archivos de").first).to_contain_text("1")
            await shot(page, "giving-issue-card-es-dark")
            assert await axe(page, "an issue with a link") == []
    assert faults == []


async def _to_propose(boss: Participant) -> None:
    steps, [workshop] = boss.all("step"), boss.all("workshop")
    assert isinstance(workshop, Workshop)
    propose = next(step.id for step in steps if isinstance(step, Step) and step.step is StepKind.PROPOSE)
    await boss.do(StepGo(step=propose, current=workshop.step))
