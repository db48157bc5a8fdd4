"""Notes come in from other tools' files: looked at first, brought in once, and taken back."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from playwright.async_api import Locator, Page, expect

from client.participant import Participant
from protocol import limits
from protocol.commands import IssueChoose
from protocol.records import Note
from tests.imports import made as files

from .stage import LAPTOP, PHONE, House, browser, house, page_of, shot
from .test_everyone import axe, lead

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser

TRELLO = files.real("trello-clipkit-ja.json")
COUNT = 66
LIST = "クローズ"
ROWS: list[list[Any]] = [
    ["Idea", "Who", "Theme", "Score"],
    *([f"Idea number {n}, =1+{n}", "Ana", "AB"[n % 2], n] for n in range(12)),
]


async def console(running: Browser, made: dict[str, Any], faults: list[str], **more: Any) -> Page:
    """The facilitator's screen."""
    page = await page_of(await running.new_context(**more), faults)
    await page.goto(made["links"]["facilitator"])
    return page


async def pick(page: Page, name: str, data: bytes) -> None:
    """A file, as if it were chosen."""
    file: Any = {"name": name, "mimeType": "", "buffer": data}
    await page.get_by_role("dialog").locator("input[type=file]").set_input_files(file)


def notes(boss: Participant) -> list[Note]:
    """What hangs on the boards."""
    return [note for note in boss.all("note") if isinstance(note, Note) and not note.binned]


def bare(text: str) -> str:
    """Without blanks and breaks."""
    return "".join(text.split())


async def refused(page: Page, sheet: Locator) -> None:
    """[IMP4] Each is said, and the next may be tried."""
    for name, data, words in (
        ("board.pdf", b"%PDF-1.7", "A PDF holds no notes"),
        ("board.json", b'{"cards": [', "This JSON is damaged."),
        ("board.csv", b"x" * (limits.IMPORT_BYTES + 1), "larger than 8 MB"),
    ):
        await pick(page, name, data)
        await expect(sheet.get_by_role("alert").filter(has_text=words)).to_be_visible()
    await shot(page, "bringing-refused")


async def a_board(page: Page, boss: Participant) -> None:
    """[IMP7] [IMP8] A board of Trello: seen first, changed, brought in to where it was said, and taken back."""
    await page.get_by_role("button", name="Bring in notes…").click()
    sheet = page.get_by_role("dialog")
    await expect(sheet.get_by_text("Nothing is added before you say so.")).to_be_visible()
    await shot(page, "bringing-choose")
    assert await axe(page, "bringing") == []
    await refused(page, sheet)
    await pick(page, "trello.json", TRELLO)
    await expect(sheet.get_by_text(f"Trello board, {COUNT} rows")).to_be_visible()
    await expect(sheet.get_by_label("What is “Card”?")).to_have_value("text")
    await sheet.get_by_label(LIST).select_option("Risks")
    await expect(sheet.get_by_test_id("left")).to_contain_text("of its history")
    await shot(page, "bringing-board")
    assert await axe(page, "bringing a board") == []
    await sheet.get_by_role("button", name="Bring in").scroll_into_view_if_needed()
    await shot(page, "bringing-board-below")
    await sheet.get_by_role("button", name="Bring in").click()
    await expect(sheet.get_by_text(f"{COUNT} notes are on the board.")).to_be_visible()
    await shot(page, "bringing-done")
    assert await axe(page, "brought") == []
    there = notes(boss)
    board = json.loads(TRELLO)
    gone = {each["id"] for each in board["lists"] if each["closed"]}
    cards = [card for card in board["cards"] if not card["closed"] and card["idList"] not in gone]
    said = bare("\n".join(note.text for note in there))
    assert len(there) == COUNT
    texts = [bare(card[key]) for card in cards for key in ("name", "desc")]
    assert [text for text in texts if text not in said] == []
    assert {note.section for note in there} == {"section-0", "section-1"}
    await sheet.get_by_role("button", name="Take all of them back").click()
    await expect(sheet.get_by_text("Taken back.", exact=True)).to_be_visible()
    await boss.until(lambda: notes(boss) == [])
    await sheet.get_by_role("button", name="Done").click()


async def a_list_by_keys(page: Page, boss: Participant) -> None:
    """[IMP7] Pasted, and never a pointer touched."""
    await page.get_by_role("button", name="Bring in notes…").focus()
    await page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog")
    await sheet.get_by_label("Or paste a list").focus()
    await page.keyboard.insert_text("- One thing\n- <b>Another</b>\n\n- And a third")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(sheet.get_by_test_id("first")).to_contain_text("<b>Another</b>")
    await sheet.get_by_role("button", name="Bring in 3 notes").focus()
    await page.keyboard.press("Enter")
    await expect(sheet.get_by_text("3 notes are on the board.")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    assert {note.text for note in notes(boss)} == {"One thing", "<b>Another</b>", "And a third"}


async def a_table_without_a_line(page: Page, boss: Participant) -> None:
    """[IMP7] [IMP8] On a phone, in Spanish: what a column is is changed; brought in offline, reloaded, there once."""
    await page.get_by_role("button", name="Mandos").tap()
    await page.get_by_role("button", name="Traer notas…").tap()
    sheet = page.get_by_role("dialog").last
    await pick(page, "ideas.xlsx", files.book(Ideas=ROWS, Empty=[]))
    await expect(sheet.get_by_text("Libro de Excel, 12 filas")).to_be_visible()
    await sheet.get_by_label("¿Qué es «Theme»?").select_option("Su lista")
    await sheet.get_by_label("«B», 6 notas").select_option("Risks")
    await sheet.get_by_label("¿Qué es «Who»?").select_option("Su autor")
    await expect(sheet.get_by_test_id("first")).to_contain_text("Idea number 0, =1+0\nScore: 0\n— Ana")
    await shot(page, "bringing-phone")
    assert await axe(page, "bringing on a phone") == []
    await sheet.get_by_role("button", name="Traer 12 notas").scroll_into_view_if_needed()
    await shot(page, "bringing-phone-below")
    before = len(notes(boss))
    await page.context.set_offline(True)
    await sheet.get_by_role("button", name="Traer 12 notas").tap()
    await expect(sheet.get_by_text("Trayendo 12 notas…")).to_be_visible()
    await shot(page, "bringing-offline")
    await page.context.set_offline(False)
    await page.reload()
    await boss.until(lambda: len(notes(boss)) >= before + 12)
    texts = Counter(note.text for note in notes(boss) if note.text.startswith("Idea number"))
    assert len(texts) == 12
    assert set(texts.values()) == {1}


async def whole(running: Browser, place: House, faults: list[str]) -> None:
    """One workshop, by laptop and by phone."""
    made, boss = await lead(place)
    await boss.start()
    page = await console(running, made, faults, **LAPTOP)
    await page.get_by_role("button", name="Bring in notes…").click()
    await expect(page.get_by_text("There is no board yet.")).to_be_visible()
    await page.keyboard.press("Escape")
    await boss.do(IssueChoose(ids=("issue-0", "issue-1")))
    await a_board(page, boss)
    await a_list_by_keys(page, boss)
    phone = await console(running, made, faults, **PHONE, locale="es-ES")
    await a_table_without_a_line(phone, boss)
    await boss.stop()


async def test_bringing(tmp_path: Path) -> None:
    """One server, one browser."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with browser() as running:
            await whole(running, place, faults)
    assert faults == []
