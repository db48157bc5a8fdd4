"""A full room: a real conversation, on every size of screen, light and dark."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from client.participant import Participant, join
from server.cli.conversation import read
from server.cli.play import Manner, Stage
from tests.conversations import conversation

from .stage import LAPTOP, PHONE, PROJECTOR, House, browser, house, page_of, shot
from .test_everyone import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Locator

TALK = os.environ.get("PLENARY_TALK", "dev-small-london-policing")
DOTS = 5
NARROW: Any = {"width": 900, "height": 700}
# Of every column of the console that goes on below: that it fades there, and that nothing lies under that at its end.
FADES = """() => [...document.querySelectorAll('.three > *')].every((one) => {
  const fades = one.matches('.fades') ? one : one.querySelector('.fades');
  if (!fades || one.scrollHeight <= one.clientHeight) return false;
  const fade = getComputedStyle(fades, '::after');
  one.scrollTop = one.scrollHeight;
  const end = fades.lastElementChild.getBoundingClientRect().bottom + parseFloat(fade.height);
  const whole = end <= one.getBoundingClientRect().bottom + 1;
  one.scrollTop = 0;
  return fade.position === 'sticky' && whole;
})"""
# Of what stands in a row: that it is one row, which scrolls to the end of its last, and fades until then.
ALONG = """() => [...document.querySelectorAll('.along')].every((row) => {
  const tops = new Set([...row.children].map((one) => Math.round(one.getBoundingClientRect().top)));
  row.scrollLeft = row.scrollWidth;
  const whole = row.lastElementChild.getBoundingClientRect().right <= row.getBoundingClientRect().right;
  row.scrollLeft = 0;
  return tops.size === 1 && whole && getComputedStyle(row, '::after').position === 'sticky';
})"""
# Where the first section of each board begins, on the console.
LEVEL = "[...document.querySelectorAll('.boards .sections')].map((one) => Math.round(one.getBoundingClientRect().top))"
# How far below its title each board's first note begins, on the big screen.
BELOW = """() => [...document.querySelectorAll('section.sheet')].map((board) => Math.round(
  board.querySelector('li').getBoundingClientRect().top - board.querySelector('h2').getBoundingClientRect().bottom))"""
WIDE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


async def test_a_full_room(tmp_path: Path) -> None:
    """[SEE5] [SEE6] [ALL6] [SCENE1] [MON5] [MON6] [RUN4] [TIME7] All people, notes, dots; no screen too wide."""
    faults: list[str] = []
    talk = read(conversation(TALK))
    with house(tmp_path) as place:
        made = place.post("/api/workshops", {"title": "London, policing", "template": "tough-issues"})
        key = made["links"]["facilitator"].partition("#k=")[2]
        joined = await join(place.url, key=key, name="Facilitator")
        async with Participant(place.url, joined.token) as boss, browser() as running:
            await Stage(place.url, made["code"], boss, lambda _: None).play(talk, Manner())
            for theme in ("light", "dark"):
                pages = await screens(running, place, made, theme, faults)
                await the_plenary(pages, theme)
                for title in ("Break", "Vote"):
                    await step(pages, "Back", title)
                await the_vote(pages, theme)
                for title in ("Break", "Back together"):
                    await step(pages, "Next", title)
                for page in pages.values():
                    await page.context.close()
    assert faults == []


async def screens(
    running: Browser, place: House, made: dict[str, Any], theme: Any, faults: list[str]
) -> dict[str, Page]:
    """One page of each kind, in one theme."""
    sizes = {"console": LAPTOP, "projector": PROJECTOR, "phone": PHONE, "laptop": LAPTOP}
    pages = {}
    for kind, size in sizes.items():
        page = pages[kind] = await page_of(await running.new_context(color_scheme=theme, **size), faults)
        if kind in {"phone", "laptop"}:
            await page.goto(f"{place.url}/j/{made['code']}")
            await page.get_by_label("Your name").fill(f"Ana on the {kind}")
            await page.get_by_role("button", name="Join").click()
        else:
            link = made["links"]["facilitator" if kind == "console" else kind]
            await page.goto(link.replace("localhost", "127.0.0.1"))
    return pages


async def step(pages: dict[str, Page], way: str, title: str) -> None:
    """The facilitator goes on, or back, and the wall follows."""
    await pages["console"].get_by_role("button", name=re.compile(f"^{way}")).first.click()
    await expect(pages["projector"].get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()


async def the_plenary(pages: dict[str, Page], theme: str) -> None:
    """Back together: on a laptop, a small one too, each board's levers are in sight."""
    console = pages["console"]
    for size in (NARROW, LAPTOP["viewport"]):
        await console.set_viewport_size(size)
        boards = console.get_by_role("list", name="Boards").get_by_role("listitem")
        await expect(boards).to_have_count(3)
        for board in await boards.all():
            await expect(board.get_by_role("button", name=re.compile("^Show .* to all$"))).to_be_in_viewport(ratio=1)
            await expect(board.get_by_text("Lock the board", exact=True)).to_be_in_viewport(ratio=1)
        for name in ("Boards in turn", "Hold the picture", "Make it black", "People", "Tell the room"):
            await expect(console.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
        await expect(console.get_by_text("Shows now: Back together")).to_be_in_viewport(ratio=1)
        await shot(console, f"crowded-{theme}-console-plenary-{size['width']}")
    await expect(levers(console)).to_have_text(["The big screen", "The boards", "The room", "The workshop"])
    assert len(set(await console.evaluate(LEVEL))) == 1
    for title in await console.locator("main h2").all():
        await expect(title).to_be_in_viewport(ratio=1)
    await the_earlier_steps(console)
    for kind, page in pages.items():
        await expect(page.get_by_text("Ensuring quality").first).to_be_visible()
        await shot(page, f"crowded-{theme}-{kind}-plenary")
        assert await page.evaluate(WIDE), kind
        await accessible(page, f"{theme} {kind}")


def levers(console: Page) -> Locator:
    """The heads of the groups of levers, as they stand."""
    return console.get_by_role("complementary", name="Levers").locator("h3:visible")


async def the_earlier_steps(console: Page) -> None:
    """In one line, which opens; what Alt and an arrow move is still the right one."""
    sheet = console.get_by_role("navigation", name="Run sheet")
    fold = sheet.get_by_role("button", name="8 earlier steps")
    await expect(fold).to_have_attribute("aria-expanded", "false")
    await expect(sheet.get_by_role("listitem").first).to_contain_text("Back together")
    await fold.press("Enter")
    await expect(sheet.get_by_role("button", name="Edit step “Welcome”")).to_be_visible()
    await expect(sheet.get_by_role("listitem")).to_have_count(12)
    await fold.press("Enter")
    await expect(sheet.get_by_role("listitem")).to_have_count(4)


async def the_vote(pages: dict[str, Page], theme: str) -> None:
    """At a board, with dots: late-comers were placed where the groups had been balanced."""
    for kind in ("phone", "laptop"):
        await expect(pages[kind].get_by_role("article").first).to_be_visible()
    for kind, page in pages.items():
        await shot(page, f"crowded-{theme}-{kind}-vote")
        assert await page.evaluate(WIDE), kind
        await accessible(page, f"{theme} {kind}")
        await expect(page.get_by_role("timer")).to_have_count(0)
    clock = pages["console"].get_by_role("group", name="The timer")
    await expect(clock.get_by_role("button")).to_have_text(["+1 min", "+5 min"])

    await the_counts(pages["console"])
    await the_wall(pages["projector"])
    await the_narrow_console(pages["console"], theme)


async def the_counts(console: Page) -> None:
    """All of one room: who gave, the dots there are, and those of each group's board; the rest of the faces, too."""
    gave = await console.get_by_role("button", name="gave something").inner_text()
    dots = await console.get_by_text("results shown").inner_text()
    people = int(gave.split()[2])
    given, all_ = (int(n) for n in re.findall(r"\d+", dots))
    assert all_ == DOTS * people >= given > 0
    cards = console.locator("main").get_by_role("listitem").filter(has=console.get_by_role("heading"))
    here = on_boards = 0
    for card in await cards.all():
        words = await card.inner_text()
        size = int(next(re.finditer(r"of (\d+) here", words))[1])
        shown = await card.locator(".avatar").count()
        assert f"+{size - shown}" in words.split()
        here += size
        on_boards += int(next(re.finditer(r"Dots\s+(\d+)", words))[1])
    assert (here, on_boards) == (people, given)


async def the_wall(page: Page) -> None:
    """Each board's notes hang right below its own title, however long another's is; the foot says what is counted."""
    gaps = await page.evaluate(BELOW)
    assert max(gaps) - min(gaps) <= 1, gaps
    await expect(page.locator("footer").get_by_text("Dots", exact=True)).to_be_visible()


async def the_narrow_console(page: Page, theme: str) -> None:
    """Of ten in a group no two look the same; and what goes on below the edge of a small laptop is seen to."""
    await page.set_viewport_size(NARROW)
    for group in await page.locator("main").get_by_role("listitem").filter(has=page.get_by_role("heading")).all():
        faces = await group.locator(".avatar").all_inner_texts()
        assert len(set(faces)) == len(faces) > 1, faces
    await shot(page, f"crowded-{theme}-console-narrow")
    assert await page.evaluate(ALONG)
    assert await page.evaluate(FADES)
    tabs = page.get_by_role("group", name="Boards").get_by_role("button")
    await expect(tabs).to_have_count(4)
    for tab in await tabs.all():
        await tab.focus()
        await expect(tab).to_be_in_viewport(ratio=1)
        assert await tab.evaluate("one => one.scrollWidth <= one.clientWidth")
    await expect(levers(page)).to_have_text(["The big screen", "The boards", "The room", "The workshop"])
    await accessible(page, f"{theme} narrow console")
    await page.set_viewport_size(LAPTOP["viewport"])


async def accessible(page: Page, where: str) -> None:
    """Nothing that axe finds, once everything is still."""
    assert await violations(page, where, {}) == []
