"""What stays as it is while others write, and while the line comes and goes; and what the sign may claim."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import PersonMove, StepEdit

from .full import SECTIONS
from .hands import at
from .stage import LAPTOP, PHONE, STILL, House, shot
from .test_everyone import BOARD, TITLE, WRITING, chosen, go, noted
from .test_journeys import begin, put
from .test_notes import composer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import FloatRect, Locator

LONG = "Somebody wants to explain at length what they mean, with an example from their own school. " * 4
NAME = "Wilhelmina Featherstonehaugh of the district's office"
OWN = "Of her own"
CLAIMED = """(text) => {
    const sign = document.querySelector('[data-testid=save-sign]');
    window.claimed = [];
    new MutationObserver(() => {
        const there = [...document.querySelectorAll('article')].some((one) => one.innerText.includes(text));
        if (there) window.claimed.push(sign.innerText.trim());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""Keeps what the sign says from the moment on in which the note stands on the wall."""
BROKEN = """(title) => {
    const [words, range] = [title.firstChild, document.createRange()];
    return [...words.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
        range.setStart(words, index);
        range.setEnd(words, index + word.length);
        return range.getClientRects().length > 1;
    }).map(([word]) => word);
}"""
"""The words of a title that go on in a second line."""


@contextlib.contextmanager
def held(place: House) -> Iterator[None]:
    """The server answers nothing meanwhile, and its lines stay."""
    os.kill(place.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(place.pid, signal.SIGCONT)


async def test_what_stays_as_it_is(tmp_path: Path) -> None:
    """[WRITE6] [ALL3] [ALL6] [CLIENT4] A long note in one section, another edits, the line goes, many are here."""
    async with chosen(tmp_path) as (here, boss):
        await go(boss, WRITING)
        for n, section in enumerate(SECTIONS):
            await boss.do(noted(n, f"Thought of {section}"))
        ana = await here.come(NAME, TITLE, **PHONE)
        cho = await here.come("Cho", TITLE, **LAPTOP)
        await put(ana, OWN)
        await one_section_alone(cho)
        await as_large_as_before(ana, cho)
        await never_too_much(ana, here.place, "On its way from a phone")
        await never_too_much(cho, here.place, "On its way from a laptop")
        await the_head(ana, here.place)
        people = [await join(here.place.url, code=here.made["code"], name=f"Guest {n}") for n in range(6)]
        async with contextlib.AsyncExitStack() as all_here:
            for one in people:
                guest = await all_here.enter_async_context(Participant(here.place.url, one.token))
                await guest.do(PersonMove(person=str(guest.person), board=BOARD))
            await between_words(ana)
        await boss.do(StepEdit(step=WRITING, instruction=""))
        await the_bare_head(ana, here.place)


async def box(page: Page, what: Locator) -> FloatRect:
    """Where it lies, once everything is still."""
    await page.evaluate(STILL)
    found = await what.bounding_box()
    assert found
    return found


async def one_section_alone(page: Page) -> None:
    """What is written in one leaves the notes of the others where they are."""
    before = [(await box(page, at(page, f"note-{n}")))["y"] for n in range(3)]
    await composer(page).fill(LONG)
    after = [(await box(page, at(page, f"note-{n}")))["y"] for n in range(3)]
    await shot(page, "steady-composer")
    assert after[0] > before[0]
    assert after[1:] == before[1:]
    await composer(page).fill("")


async def as_large_as_before(ana: Page, cho: Page) -> None:
    """Who edits a note is told on it, and it is no larger for that: with a long name on it, too."""
    for writer, reader, text, name in ((ana, cho, OWN, NAME), (cho, ana, "Thought of section-0", "Cho")):
        note = reader.get_by_role("article", name=text)
        before = await box(reader, note)
        await begin(writer, text)
        sign = note.get_by_role("img", name=f"{name} is writing here")
        await expect(sign).to_be_visible()
        await shot(reader, f"steady-writer-{name[:3].lower()}")
        assert await box(reader, note) == before
        await writer.keyboard.press("Escape")
        await expect(sign).to_have_count(0)


async def never_too_much(page: Page, place: House, text: str) -> None:
    """While a note is on its way the sign does not say that it is saved; and does once it is."""
    sign = page.get_by_test_id("save-sign")
    await expect(sign).to_have_text("Saved")
    width = (await box(page, sign))["width"]
    with held(place):
        await page.evaluate(CLAIMED, text)
        await put(page, text)
        await expect(page.get_by_role("article", name=text)).to_be_visible()
        await expect(sign).to_have_text("Saving…")
        claimed = await page.evaluate("window.claimed")
        assert claimed
        assert "Saved" not in claimed
        assert (await box(page, sign))["width"] == width
    await expect(sign).to_have_text("Saved")


async def the_head(page: Page, place: House) -> None:
    """A phone's head is as high without a line as with it, whatever it says of what waits; while one searches, too."""
    head, sign = page.locator("header").first, page.get_by_test_id("save-sign")
    search = page.get_by_role("button", name="Search the board")
    for width in (390, 320):
        await page.set_viewport_size({"width": width, "height": 844})
        high = await box(page, head)
        await search.tap()
        await expect(page.get_by_role("searchbox")).to_be_focused()
        drawn_in = await box(page, head)
        await one_waits(page, place, f"steady-search-waits-{width}")
        assert await box(page, head) == drawn_in
        await search.tap()
        await shot(page, f"steady-waits-{width}")
        assert await box(page, head) == high
        said, button = await box(page, sign), await box(page, page.get_by_role("button", name="Ready"))
        assert said["y"] + said["height"] + 4 <= button["y"]
        place.start()
        await expect(sign).to_have_text("Saved", timeout=40_000)
    await page.set_viewport_size(PHONE["viewport"])


async def one_waits(page: Page, place: House, picture: str) -> None:
    """The line is away, and a note is written: the head says so, in sight."""
    sign = page.get_by_test_id("save-sign")
    place.stop()
    await put(page, f"Waits for {picture}")
    await expect(sign).to_have_text("1 not sent yet")
    await expect(sign).to_be_in_viewport(ratio=1)
    await shot(page, picture)


async def the_bare_head(page: Page, place: House) -> None:
    """Where nothing is to be done the row below it is as high as a finger, and says in it what waits."""
    head, sign = page.locator("header").first, page.get_by_test_id("save-sign")
    await expect(head.locator(".what")).to_have_count(0)
    for width in (390, 320):
        await page.set_viewport_size({"width": width, "height": 844})
        high = await box(page, head)
        title, ready = await box(page, head.locator(".where")), await box(page, head.locator(".ready"))
        assert ready["y"] - title["y"] - max(title["height"], 44) <= 4
        assert ready["y"] + ready["height"] + 9 == high["y"] + high["height"]
        await one_waits(page, place, f"steady-bare-{width}")
        assert await box(page, head) == high
        place.start()
        await expect(sign).to_have_text("Saved", timeout=40_000)


async def between_words(page: Page) -> None:
    """However many are here, and with all that can be done there, the board's title breaks no word."""
    await page.get_by_role("article", name=OWN).tap()
    await page.get_by_role("toolbar").get_by_role("button", name="Put in the bin").tap()
    await expect(page.get_by_role("button", name="Bin, 1 note")).to_be_visible()
    title = page.locator(".head .title")
    await expect(page.get_by_text("in this group")).to_have_text("8 in this group")
    for width in (390, 320):
        await page.set_viewport_size({"width": width, "height": 844})
        await page.evaluate(STILL)
        await shot(page, f"steady-title-{width}")
        assert await title.evaluate(BROKEN) == []
