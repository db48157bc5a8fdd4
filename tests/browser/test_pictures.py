"""Pictures in the paper, in the browser: put in, seen by all, changed, taken out; by keys, by touch, by dropping."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import Locator, Page, expect

from client.participant import Participant, fetch
from protocol.commands import ContributionDrop
from protocol.records import Contribution

from .paper import text
from .stage import LAPTOP, PHONE, Stage, leading, page_of, shot, stage
from .test_crowded import accessible
from .test_paper import SOON_MS, at_the_end, at_the_paper, writers

if TYPE_CHECKING:
    from playwright.async_api import Route

PICTURE = Path(__file__).parents[2] / "docs" / "board.png"
OTHER = PICTURE.with_name("projector.png")
ALT, CAPTION = "A board with notes in three columns", "The board after twenty minutes"
DROPPED = """async (name) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [3000, 1500];
    canvas.getContext('2d').fillRect(0, 0, 1500, 1500);
    const made = await new Promise((done) => canvas.toBlob(done, 'image/jpeg'));
    const data = new DataTransfer();
    data.items.add(new File([made], 'From the camera.jpg', {type: 'image/jpeg'}));
    const place = document.querySelector('.text > p:last-of-type');
    const { x, y } = place.getBoundingClientRect();
    const more = {bubbles: true, cancelable: true};
    place.dispatchEvent(name === 'drop'
        ? new DragEvent('drop', {dataTransfer: data, clientX: x + 4, clientY: y + 4, ...more})
        : new ClipboardEvent('paste', {clipboardData: data, ...more}));
}"""


def sheet(page: Page) -> Locator:
    """What is in front of all else."""
    return page.get_by_role("dialog")


def picture(page: Page, alt: str = ALT) -> Locator:
    """One in the text, by its words."""
    return text(page).get_by_role("img", name=alt, exact=True)


def group(page: Page, alt: str = ALT) -> Locator:
    """It, its caption, and what can be done with it."""
    return text(page).get_by_role("group", name=f"Picture: {alt}", exact=True)


async def is_shown(page: Page, width: int, alt: str = ALT) -> None:
    """It was fetched, and has so many pixels."""
    await expect(picture(page, alt)).to_have_js_property("naturalWidth", width, timeout=SOON_MS)


async def test_pictures_in_the_paper(tmp_path: Path) -> None:
    """[PAPER17] [PICTURE1] [PICTURE4] [PICTURE5] [ALL1] One puts it in, all see it, on a phone and a laptop."""
    async with stage(tmp_path, at_the_paper) as here, await leading(here.place, here.made) as other:
        _, ana, ben = await writers(here, "Ana", "Ben")
        await put_in(ben, ana)
        await changed_by_touch(ana, ben)
        await by_keys_alone(ben, ana)
        await dropped_and_pasted(ben, ana)
        await only_suggested(ben)
        await as_it_is_read(here, other.token, ben)
        await taken_away(other, ana, ben)


async def put_in(ben: Page, ana: Page) -> None:
    """From the tools: what it shows is asked for."""
    await at_the_end(ben)
    await ben.keyboard.type("What the room looked like:")
    await ben.get_by_role("button", name="Picture", exact=True).click()
    await sheet(ben).get_by_role("button", name="Put it into the paper").click()
    await expect(sheet(ben).get_by_role("alert")).to_have_text("Choose a picture, or bring one.")
    await sheet(ben).get_by_label("Bring a picture").set_input_files(PICTURE)
    await expect(sheet(ben).get_by_role("radio", name="board.png")).to_be_checked()
    await expect(sheet(ben).get_by_role("progressbar")).to_have_count(0, timeout=SOON_MS)
    await sheet(ben).get_by_role("button", name="Put it into the paper").click()
    await expect(sheet(ben).get_by_role("alert")).to_have_text(re.compile("^Say what the picture shows"))
    await expect(sheet(ben).get_by_label("What it shows")).to_be_focused()
    await shot(ben, "laptop-picture-sheet")
    await accessible(ben, "laptop, a picture is chosen")
    await sheet(ben).get_by_label("What it shows").fill(ALT)
    await sheet(ben).get_by_label("Caption (if you like)").fill(CAPTION)
    await ben.keyboard.press("Enter")
    await expect(sheet(ben)).to_have_count(0)
    await expect(group(ben).get_by_role("button", name="Change the picture")).to_be_visible()
    await shot(ben, "laptop-picture-chosen")
    await accessible(ben, "laptop, a picture in the paper")
    for page in (ben, ana):
        await is_shown(page, 1440)
        await expect(group(page).get_by_text(CAPTION)).to_be_visible()
    await picture(ana).scroll_into_view_if_needed()
    await shot(ana, "phone-picture")
    # The next line is written beneath it.
    await ben.keyboard.press("Enter")
    await ben.keyboard.type("So it was.")
    await expect(text(ana).locator(":scope > :last-child")).to_contain_text("So it was.", timeout=SOON_MS)


async def changed_by_touch(ana: Page, ben: Page) -> None:
    """Its caption, on a phone, while another writes."""
    await picture(ana).tap()
    await group(ana).get_by_role("button", name="Change the picture").tap()
    await expect(sheet(ana).get_by_label("What it shows")).to_have_value(ALT)
    await ben.keyboard.type(" And loud.")
    await sheet(ana).get_by_label("Caption (if you like)").fill("At noon")
    await shot(ana, "phone-picture-sheet")
    await accessible(ana, "phone, a picture is changed")
    await sheet(ana).get_by_role("button", name="Save").tap()
    for page in (ana, ben):
        await expect(group(page).locator("figcaption")).to_have_text("At noon", timeout=SOON_MS)
        await expect(text(page)).to_contain_text("So it was. And loud.", timeout=SOON_MS)
    await shot(ana, "phone-picture-chosen")
    await accessible(ana, "phone, a picture in the paper")


async def by_keys_alone(ben: Page, ana: Page) -> None:
    """Another that was brought, as decoration; taken out, undone, and taken out by its button."""
    await text(ben).get_by_text("So it was.").click()
    await ben.keyboard.press("End")
    await ben.keyboard.press("Control+Alt+p")
    await expect(sheet(ben)).to_be_visible()
    await ben.keyboard.press("Tab")
    await ben.keyboard.press("Space")
    await expect(sheet(ben).get_by_role("radio", name="board.png")).to_be_checked()
    for _ in range(2):
        await ben.keyboard.press("Tab")
    await expect(sheet(ben).get_by_role("checkbox")).to_be_focused()
    await ben.keyboard.press("Space")
    await expect(sheet(ben).get_by_label("What it shows")).to_be_disabled()
    await ben.keyboard.press("Enter")
    await expect(sheet(ben)).to_have_count(0)
    plain = "only decoration"
    for page in (ben, ana):
        await expect(group(page, plain)).to_have_count(1, timeout=SOON_MS)
        await expect(group(page, plain).locator("img")).to_have_attribute("alt", "")
    await expect(ben.get_by_text(re.compile("^Picture: only decoration. Tab"))).to_be_attached()
    await ben.keyboard.press("Backspace")
    await expect(group(ana, plain)).to_have_count(0, timeout=SOON_MS)
    await ben.keyboard.press("Control+z")
    await expect(group(ana, plain)).to_have_count(1, timeout=SOON_MS)
    await text(ben).get_by_text("So it was.").click()
    await ben.keyboard.press("End")
    await ben.keyboard.press("ArrowDown")
    await expect(group(ben, plain).get_by_role("button", name="Take out")).to_be_visible()
    await ben.keyboard.press("Tab")
    await expect(group(ben, plain).get_by_role("button", name="Change the picture")).to_be_focused()
    await ben.keyboard.press("Tab")
    await ben.keyboard.press("Enter")
    await expect(group(ana, plain)).to_have_count(0, timeout=SOON_MS)
    await expect(text(ben)).to_be_focused()


async def dropped_and_pasted(ben: Page, ana: Page) -> None:
    """A photo comes no larger than it is good for."""
    for how, alt in (("drop", "A flip chart"), ("paste", "Another flip chart")):
        await ben.evaluate(DROPPED, how)
        await expect(sheet(ben).get_by_role("radio", name="From the camera.jpg").first).to_be_checked(timeout=SOON_MS)
        await sheet(ben).get_by_label("What it shows").fill(alt)
        await sheet(ben).get_by_role("button", name="Put it into the paper").click()
        for page in (ben, ana):
            await is_shown(page, 1600, alt)
    await shot(ben, "laptop-pictures")


async def only_suggested(ben: Page) -> None:
    """Whoever suggests leaves a picture as it is."""
    await ben.get_by_role("button", name="Suggest", exact=True).click()
    await picture(ben).click()
    await ben.keyboard.press("Delete")
    await ben.keyboard.type("x")
    await expect(picture(ben)).to_have_count(1)
    await expect(group(ben).get_by_role("button")).to_have_count(0)
    await expect(ben.get_by_role("button", name="Picture", exact=True)).to_have_count(0)
    await ben.get_by_role("button", name="Suggesting").click()


async def as_it_is_read(here: Stage, token: str, ben: Page) -> None:
    """[PICTURE2] [PICTURE3] On its screen, on its public page, in what goes out."""
    await expect(ben.get_by_test_id("save-sign")).to_have_text("Saved", timeout=SOON_MS)
    await ben.get_by_role("button", name="As it will be read").click()
    await expect(text(ben)).to_have_attribute("aria-readonly", "true")
    await expect(picture(ben)).to_be_visible()
    await expect(text(ben).locator(".live button")).to_have_count(0)
    await picture(ben).scroll_into_view_if_needed()
    await shot(ben, "laptop-pictures-read")
    await accessible(ben, "laptop, pictures as they will be read")
    await ben.get_by_role("button", name="Back to writing").click()
    page = (await fetch(f"{here.place.url}/api/workshops/{here.made['id']}/export/html", token=token)).decode()
    reader = await page_of(await here.running.new_context(**LAPTOP), [])
    await reader.set_content(page)
    shown = reader.get_by_role("img", name=ALT)
    await expect(shown).to_have_js_property("naturalWidth", 1440)
    await expect(reader.get_by_role("figure").get_by_text("At noon")).to_be_visible()
    await shot(reader, "pictures-html")


async def taken_away(other: Participant, ana: Page, ben: Page) -> None:
    """[PICTURE1] The paper says so, calmly, and what it showed."""
    [file] = [
        each for each in other.all("contribution") if isinstance(each, Contribution) and each.title == "board.png"
    ]
    await other.do(ContributionDrop(id=file.id))
    for page in (ana, ben):
        await expect(group(page)).to_contain_text("The picture is not here", timeout=SOON_MS)
        await expect(group(page)).to_contain_text(ALT)
        await expect(picture(page)).to_have_count(0)
    await group(ben).scroll_into_view_if_needed()
    await shot(ben, "laptop-picture-gone")
    await accessible(ben, "laptop, a picture that is gone")


async def test_a_picture_on_its_way(tmp_path: Path) -> None:
    """[PICTURE1] [PICTURE4] Put in at once: whoever brings it sees how far it is, others that it is not here."""
    async with stage(tmp_path, at_the_paper) as here:
        [boss] = await writers(here)
        there = f"{here.place.url}/j/{here.made['code']}"
        night = await here.page(there, color_scheme="dark", locale="es", **PHONE)
        await night.get_by_label("Tu nombre").fill("Eva")
        await night.keyboard.press("Enter")
        cut = asyncio.Event()

        async def held(route: Route) -> None:
            if route.request.method == "PATCH":
                await cut.wait()
            await route.continue_()

        await boss.route("**/files/**", held)
        await at_the_end(boss)
        await boss.keyboard.press("Control+Alt+p")
        await sheet(boss).get_by_label("Bring a picture").set_input_files(OTHER)
        await expect(sheet(boss).get_by_role("progressbar")).to_be_visible()
        await sheet(boss).get_by_label("What it shows").fill(ALT)
        await shot(boss, "console-picture-coming-sheet")
        await sheet(boss).get_by_role("button", name="Put it into the paper").click()
        await expect(group(boss)).to_contain_text("The picture is on its way.")
        await expect(group(boss).get_by_role("progressbar")).to_be_visible()
        theirs = night.locator(".text figure")
        await expect(theirs).to_contain_text("La imagen no está aquí", timeout=SOON_MS)
        await expect(theirs).to_contain_text(ALT)
        await theirs.scroll_into_view_if_needed()
        await shot(boss, "console-picture-coming")
        await shot(night, "phone-night-picture-coming")
        await accessible(boss, "console, a picture on its way")
        await accessible(night, "phone by night, a picture that is not here")
        cut.set()
        await is_shown(boss, 1920)
        shown = theirs.get_by_role("img")
        await expect(shown).to_have_js_property("naturalWidth", 1920, timeout=SOON_MS)
        await shown.scroll_into_view_if_needed()
        await shot(night, "phone-night-picture")
