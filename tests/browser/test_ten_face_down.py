"""Ten on one board from its first note: written face down, turned over together, voted on; and who is where."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Final

from playwright.async_api import Page, expect

from client.participant import Participant, join
from protocol.commands import IssueChoose, PersonMove, StepReveal, StepShow, VoteCast
from protocol.messages import HereUp
from protocol.records import Board, Note

from .stage import LAPTOP, PHONE, SHOTS, STILL, House, browser, house, page_of, shot
from .test_everyone import BOARD, NAMES, PRIVATE, TITLE, VOTE, WRITING, come, crowd, go, lead, noted, said
from .test_notes import composer

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE: Final = ("Ines Kaya", "Jonas Berg")
"""Who belongs to another group."""
UNSEEN: Final = "only you see it yet"
OWN: Final = {"phone": "Face down from the phone", "laptop": "Face down from the laptop"}
FACES: Final = "nodes => nodes.map((one) => one.title + one.textContent + getComputedStyle(one).backgroundColor).sort()"

WATCHED: Final = """() => {
    // Frame by frame, so that nothing is too short to be seen.
    window.glided = false;
    const look = () => {
        window.glided ||= document.getAnimations().some((one) => one.effect.target.matches('[data-row]'));
        requestAnimationFrame(look);
    };
    look();
}"""


async def test_ten_on_one_board(tmp_path: Path) -> None:
    """[ALL5] [ALL6] [ALL7] [SEE2] [STEP10] [VOTE2] [VOTE5] Face down, turned over, voted on; all see the same."""
    faults: list[str] = []
    with house(tmp_path) as place:
        made, boss = await lead(place)
        async with boss, browser() as running:
            people = await crowd(place, made["code"])
            phone = await page_of(await running.new_context(**PHONE), faults)
            laptop = await page_of(await running.new_context(color_scheme="dark", **LAPTOP), faults)
            await boss.do(IssueChoose(ids=("issue-0", BOARD)))
            await go(boss, PRIVATE)
            for person in people:
                await person.do(PersonMove(person=str(person.person), board=BOARD))
            for page, name in ((phone, "Ana"), (laptop, "Cho")):
                await come(page, place, made["code"], name)
                await page.get_by_role("button", name=f"Join {TITLE}").click()
            await they_write_face_down(phone, laptop, people)
            await they_turn_over(boss, phone, laptop)
            await go(boss, WRITING)
            people += await they_are_elsewhere(place, made["code"])
            await they_are_here(boss, phone, laptop, people)
            await they_come_back(place, phone, laptop, people)
            await they_vote(boss, phone, laptop, people[:8])
            for person in people:
                await person.stop()
    assert faults == []


async def they_write_face_down(phone: Page, laptop: Page, people: list[Participant]) -> None:
    """By tap, by keys and over the protocol at once: each reads their own, and of the others' the number alone."""

    async def by_tap() -> None:
        await composer(phone).fill(OWN["phone"])
        await phone.get_by_role("button", name="Add note to Potential benefits").tap()

    async def by_keys() -> None:
        await composer(laptop, "Risks").focus()
        await laptop.keyboard.type(OWN["laptop"])
        await laptop.keyboard.press("Enter")

    others = [people[n % 8].do(noted(n, f"What {NAMES[n % 8]} thought of, number {n}")) for n in range(24)]
    await asyncio.gather(by_tap(), by_keys(), *others)
    for page, own, counts in ((phone, OWN["phone"], (8, 9, 8)), (laptop, OWN["laptop"], (9, 8, 8))):
        await expect(page.get_by_test_id("sealed-pile")).to_contain_text([f"{n} notes face down" for n in counts])
        await expect(page.get_by_role("article").locator(".saying")).to_have_text([own])
        await expect(page.get_by_role("article").get_by_text(UNSEEN)).to_have_count(1)
    for person in people:
        await knows_its_own(person)
    await shot(laptop, "private-laptop")


async def knows_its_own(person: Participant) -> None:
    """Of all notes that are there somebody over the protocol is sent the words of their own three."""
    await person.until(lambda: len(person.all("note")) == 26)
    assert sum(bool(note.text) for note in person.all("note") if isinstance(note, Note)) == 3


async def they_turn_over(boss: Participant, phone: Page, laptop: Page) -> None:
    """All at once; at rest for who prefers that."""
    await phone.emulate_media(reduced_motion="reduce")
    await boss.do(StepReveal(step=PRIVATE))
    await expect(laptop.get_by_role("article")).to_have_count(26)
    assert await laptop.evaluate("document.getAnimations().some((one) => one.effect.target.matches('.row'))")
    if SHOTS:
        await laptop.screenshot(path=f"{SHOTS}/reveal-laptop.png")
    await expect(phone.get_by_role("article").first).to_be_visible()
    assert not await phone.evaluate("document.getAnimations().some((one) => one.effect.target.matches('.row'))")
    for page in (phone, laptop):
        await expect(page.get_by_test_id("sealed-pile")).to_have_count(0)
        await expect(page.get_by_text(UNSEEN)).to_have_count(0)
        await expect(said(page)).to_have_text("25 notes were turned over")
        for text in OWN.values():
            await expect(page.get_by_role("article", name=text)).to_have_count(1)


async def they_are_elsewhere(place: House, code: str) -> list[Participant]:
    """Two more, who belong to the other group."""
    people = []
    for name in ELSEWHERE:
        person = Participant(place.url, (await join(place.url, code=code, name=name)).token)
        await person.start()
        await person.do(PersonMove(person=str(person.person), board="issue-0"))
        people.append(person)
    return people


async def they_are_here(boss: Participant, phone: Page, laptop: Page, people: list[Participant]) -> None:
    """Who is where, under each board and the same on both screens; who writes pulses."""
    await expect(laptop.get_by_text("10 in this group")).to_be_visible()
    people[0].here(HereUp(board=BOARD, typing=True))
    titles = {board.id: board.title for board in boss.all("board") if isinstance(board, Board)}
    for page in (phone, laptop):
        await page.get_by_role("button", name="people here").click()
        sheet = page.get_by_role("dialog")
        await expect(sheet.get_by_role("listitem").filter(has_text="Amara Obi")).to_contain_text("writing…")
        await expect(sheet.get_by_role("listitem").filter(has_text="Ben Castillo")).to_contain_text("Remote")
        for board, names in (("issue-0", ELSEWHERE), (BOARD, (*NAMES, "Ana", "Cho"))):
            of = sheet.locator("section").filter(has=page.get_by_role("heading", name=titles[board]))
            await expect(of.locator(".name")).to_have_text(names)
        await shot(page, f"presence-{'phone' if page is phone else 'laptop'}")
        await page.keyboard.press("Escape")
    people[0].here(HereUp(board=BOARD))


async def looks(page: Page, count: int) -> list[str]:
    """Name, initials and colour of so many who are here."""
    await page.get_by_role("button", name="people here").click()
    faces = page.get_by_role("dialog").locator(".avatar")
    await expect(faces).to_have_count(count)
    found: list[str] = await faces.evaluate_all(FACES)
    await page.keyboard.press("Escape")
    return found


async def they_come_back(place: House, phone: Page, laptop: Page, people: list[Participant]) -> None:
    """All look the same on both screens; also on one that was loaded anew, and when somebody left and came again."""
    before = await looks(phone, 13)
    assert len(set(before)) == 13
    assert await looks(laptop, 13) == before
    gone = people[1]
    await gone.stop()
    without = await looks(phone, 12)
    assert set(before) - set(without) == {face for face in before if face.startswith(NAMES[1])}
    people[1] = Participant(place.url, gone.token)
    await people[1].start()
    await laptop.reload()
    for page in (phone, laptop):
        assert await looks(page, 13) == before


async def they_vote(boss: Participant, phone: Page, laptop: Page, people: list[Participant]) -> None:
    """Placed and taken back by touch; the results sort by the dots, for all: notes glide, but for who prefers rest."""
    await go(boss, VOTE)
    thing = "What Dev Patel thought of, number 3"
    await phone.get_by_role("button", name=f"Place a dot on {thing}").tap()
    await expect(phone.get_by_label("4 dots left")).to_be_visible()
    await shot(phone, "voting-phone")
    await phone.get_by_role("button", name=f"Take a dot back from {thing}").tap()
    await expect(phone.get_by_label("5 dots left")).to_be_visible()
    await the_last_dot_by_touch(phone)
    for n, person in enumerate(people):
        await person.do(VoteCast(round=VOTE, target="note-21", dots=2))
        await person.do(VoteCast(round=VOTE, target=f"note-{n % 3 * 3 + 9}", dots=1))
    await expect(laptop.get_by_text("16 dots")).to_have_count(0)
    await shot(laptop, "voting-laptop")
    for page in (phone, laptop):
        await page.evaluate(WATCHED)
    await boss.do(StepShow(step=VOTE))
    for page in (phone, laptop):
        first = page.get_by_label("Notes in Potential benefits").get_by_role("article").first
        await expect(first).to_contain_text("16 dots")
        await expect(first).to_contain_text("number 21")
        await expect(said(page)).to_contain_text("The results are shown.")
        await page.evaluate(STILL)
        await shot(page, f"results-{'phone' if page is phone else 'laptop'}")
    assert [await page.evaluate("window.glided") for page in (phone, laptop)] == [False, True]


async def the_last_dot_by_touch(phone: Page) -> None:
    """Five are placed; one tap more is refused, and changes nothing."""
    for left, n in ((4, 0), (3, 0), (2, 3), (1, 3), (0, 6)):
        await phone.get_by_role("button", name=re.compile(f"^Place a dot on .*number {n}\\b")).tap()
        await expect(phone.get_by_label(re.compile(f"^{left} dots? left$"))).to_be_visible()
    last = phone.get_by_role("button", name=re.compile(r"^Place a dot on .*number 9\b"))
    await expect(last).to_have_attribute("aria-disabled", "true")
    await last.tap(force=True)
    await phone.get_by_role("button", name=re.compile(r"^Take a dot back from .*number 6\b")).tap()
    await expect(phone.get_by_label("1 dot left")).to_be_visible()
    await expect(last).to_have_accessible_name(re.compile(r"number 9$"))
