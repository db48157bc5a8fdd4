"""What a room full of people does to a server: few taps, two hands on one note, and a server that dies."""

from __future__ import annotations

import contextlib
import re
import signal
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, StepGo
from protocol.records import Workshop
from tests.log.redis_server import redis_server

from .stage import LAPTOP, PHONE, House, Stage, at_the_board, browser, comes_true, house, page_of, shot, stage
from .test_crowded import accessible

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

WRITING = "step-5"
"""The open writing step of the template."""
TWO = "One note, 2 wordings"
CREDITS = "Credits mean the same in every school"
SETTLED = """async () => {
    const done = (asked) => new Promise((is) => { asked.onsuccess = () => is(asked.result); });
    const base = await done(indexedDB.open('plenary'));
    const waiting = await done(base.transaction('commands').objectStore('commands').count());
    base.close();
    return waiting === 0;
}"""


@contextlib.asynccontextmanager
async def writing(place: House) -> AsyncIterator[dict[str, Any]]:
    """A workshop where two boards are open and people write."""
    made = place.post("/api/workshops", {"title": "Journeys", "template": "tough-issues"})
    key = made["links"]["facilitator"].partition("#k=")[2]
    joined = await join(place.url, key=key, name="Facilitator")
    async with Participant(place.url, joined.token) as boss:
        await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
        [workshop] = boss.all("workshop")
        assert isinstance(workshop, Workshop)
        await boss.do(StepGo(step=WRITING, current=workshop.step))
        yield made


async def two(running: Browser, place: House, code: str, faults: list[str]) -> tuple[Page, Page]:
    """Ana on a phone and Cho on a laptop, at one board."""
    ana = await at_the_board(await running.new_context(**PHONE), place, code, "Ana", faults)
    cho = await at_the_board(await running.new_context(**LAPTOP), place, code, "Cho", faults)
    return ana, cho


@contextlib.asynccontextmanager
async def at_one_board(folder: Path, *texts: str) -> AsyncIterator[tuple[Stage, Page, Page]]:
    """A stage, with Ana and Cho on it, who wrote these, the last on top."""

    async def begun(place: House) -> dict[str, Any]:
        async with writing(place) as made:
            return made

    async with stage(folder, begun) as here:
        ana, cho = await two(here.running, here.place, here.made["code"], here.faults)
        for text in texts:
            await put(cho, text)
        yield here, ana, cho


async def put(page: Page, text: str, section: str = "Potential benefits") -> None:
    """Write a note."""
    box = page.get_by_label(f"New note in {section}")
    await box.fill(text)
    await box.press("Enter")


async def settled(*pages: Page) -> None:
    """All that was done there is stored, and the devices hold nothing more that waits."""
    for page in pages:
        await comes_true(page, SETTLED)


async def begin(page: Page, text: str) -> None:
    """Open a note for editing, by keyboard."""
    note = page.get_by_role("article", name=text)
    await note.focus()
    await note.press("e")
    await expect(page.get_by_label("Edit note")).to_be_focused()


async def test_three_taps_to_the_first_note(tmp_path: Path) -> None:
    """[NOTE2] From the link: a name, and Join, a board and Send are all that a phone is asked for."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            page = await page_of(await running.new_context(**PHONE), faults)
            await page.goto(f"{place.url}/j/{made['code']}")
            await expect(page.get_by_label("Your name")).to_be_focused()
            await page.keyboard.type("Ana")
            await page.get_by_role("button", name="Join").tap()
            await page.get_by_role("button", name="Join Ensuring quality").tap()
            await expect(page.get_by_label("New note in Potential benefits")).to_be_focused()
            await page.keyboard.type(CREDITS)
            await page.get_by_role("button", name="Add note to Potential benefits").tap()
            await expect(page.get_by_role("article", name=CREDITS)).to_be_visible()
            await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    assert faults == []


async def test_two_hands_on_one_note(tmp_path: Path) -> None:
    """[NOTE4] [NOTE5] [ALL4] Who edits the same words at once loses nothing: both stay until somebody settles it."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana, cho = await two(running, place, made["code"], faults)
            await put(ana, CREDITS)
            await at_once((ana, cho), CREDITS, ("Credits earned anywhere count", "Grades nobody has to explain"))
            for page in (ana, cho):
                await expect(page.get_by_text("Credits earned anywhere count")).to_be_visible()
                await expect(page.get_by_text("Grades nobody has to explain")).to_be_visible()
                await expect(page.get_by_text(TWO)).to_be_visible()
                await expect(page.get_by_role("img", name="is writing here")).to_have_count(0)
            await shot(ana, "phone-siblings")
            await shot(cho, "laptop-siblings")
            await cho.get_by_role("button", name="Keep both").click()
            await expect(ana.get_by_text(TWO)).to_have_count(0)
            await settled_by_keys(ana, cho)
    assert faults == []


async def at_once(pages: tuple[Page, Page], text: str, texts: tuple[str, str]) -> None:
    """Both begin with the same note; each has another text for it."""
    for page in pages:
        await begin(page, text)
    for page, wanted in zip(pages, texts, strict=True):
        await page.get_by_label("Edit note").fill(wanted)
        await page.get_by_label("Edit note").press("Enter")
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")


async def settled_by_keys(ana: Page, cho: Page) -> None:
    """From the note Tab leads to each of its versions, and to both; Enter settles it, and one is on the note again."""
    text = "Credits earned anywhere count Grades nobody has to explain"
    for texts, wanted in ((("One way", "Another"), "One way Another"), (("Not this", "But that"), "But that")):
        await at_once((ana, cho), text, texts)
        await cho.get_by_role("article", name=texts[0]).focus()
        for name in (*(f"Keep this: “{one}”" for one in texts), "Keep both"):
            await cho.keyboard.press("Tab")
            await expect(cho.get_by_role("button", name=name, exact=True)).to_be_focused()
            if name.endswith(f"“{wanted}”"):
                break
        await cho.keyboard.press("Enter")
        for page in (ana, cho):
            await expect(page.get_by_role("article", name=wanted, exact=True)).to_be_visible()
            await expect(page.get_by_text(TWO)).to_have_count(0)
        await expect(cho.get_by_role("article", name=wanted, exact=True)).to_be_focused()
        text = wanted


async def test_the_server_dies_under_them(tmp_path: Path) -> None:
    """[LOG6] [ONCE2] [CLIENT3] Killed while they write: each note is there once, and nobody reloaded anything."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana, cho = await two(running, place, made["code"], faults)
            await put(ana, "Before it died")
            await expect(cho.get_by_role("article", name="Before it died")).to_be_visible()
            await settled(ana, cho)
            place.kill()
            for page in (ana, cho):
                await expect(page.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting|not sent"))
            for n in range(3):
                await put(ana, f"While it was away {n}")
                await put(cho, f"From the laptop {n}", "Risks")
            await expect(ana.get_by_test_id("save-sign")).to_have_text("3 not sent yet")
            await shot(ana, "phone-offline")
            await shot(cho, "laptop-offline")
            place.start()
            for page in (ana, cho):
                await expect(page.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
                for text in ("Before it died", *(f"While it was away {n}" for n in range(3))):
                    await expect(page.get_by_role("article", name=text)).to_have_count(1)
                assert await page.evaluate("window.neverReloaded")
            for n in range(3):
                await expect(ana.get_by_role("article", name=f"From the laptop {n}")).to_have_count(1)
    assert faults == []


async def test_the_store_is_away(tmp_path: Path) -> None:
    """[CLIENT4] [DO4] Redis is frozen under them: they read and write on, the sign says so, and all is stored later."""
    faults: list[str] = []
    for folder in ("redis", "one", "two"):
        (tmp_path / folder).mkdir()
    with (
        redis_server(tmp_path / "redis") as redis,
        house(tmp_path / "one", redis.url) as one,
        house(tmp_path / "two", redis.url) as other,
    ):
        async with writing(one) as made, browser() as running:
            ana = await at_the_board(await running.new_context(**PHONE), one, made["code"], "Ana", faults)
            cho = await at_the_board(await running.new_context(**LAPTOP), other, made["code"], "Cho", faults)
            await put(ana, "Before it froze")
            await expect(cho.get_by_role("article", name="Before it froze")).to_be_visible()
            redis.send(signal.SIGSTOP)
            await put(ana, "While it was frozen")
            await expect(ana.get_by_role("article", name="While it was frozen")).to_be_visible()
            await expect(ana.get_by_test_id("save-sign")).to_have_text("1 not saved yet")
            await shot(ana, "phone-store-away")
            await accessible(ana, "what is not saved yet")
            redis.send(signal.SIGCONT)
            await expect(ana.get_by_test_id("save-sign")).to_have_text("Saved", timeout=40_000)
            await expect(cho.get_by_role("article", name="While it was frozen")).to_have_count(1)
            for page in (ana, cho):
                assert await page.evaluate("window.neverReloaded")
    assert faults == []


async def test_what_a_closed_tab_had_not_sent(tmp_path: Path) -> None:
    """[CLIENT3] [ONCE2] Written while the server was away, and the tab closed: sent when the person comes back."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana, cho = await two(running, place, made["code"], faults)
            written = {"Not lost with a phone's tab": ana, "Not lost with a laptop's": cho}
            await settled(ana, cho)
            place.kill()
            for text, page in written.items():
                await expect(page.get_by_test_id("save-sign")).to_have_text(re.compile("Offline|Connecting"))
                await put(page, text)
                await expect(page.get_by_test_id("save-sign")).to_have_text("1 not sent yet")
            left = [(page.context, page.url) for page in (ana, cho)]
            for page in (ana, cho):
                await page.close()
            place.start()
            again = [await page_of(context, faults) for context, _ in left]
            for page, (_, address) in zip(again, left, strict=True):
                await page.goto(address)
            for page in again:
                for text in written:
                    await expect(page.get_by_role("article", name=text)).to_have_count(1, timeout=40_000)
                await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    assert faults == []
