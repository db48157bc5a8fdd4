"""Notes in the hand: written, pasted, talked about, put away and taken back, by finger and by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import Page, expect

from .hands import by_tap
from .stage import LAPTOP, PHONE, House, at_the_board, browser, house, page_of, shot
from .test_crowded import accessible
from .test_journeys import begin, put, writing

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.async_api import Browser, Locator

BENEFITS = "Potential benefits"
LIST = "- Shared rubrics\\n- A common transcript\\n\\n3. Time for teachers"
KEYS = {
    "N": "Write a new note",
    "Enter": "Send the note",
    "Shift + Enter": "New line in the note",
    "Tab": "Send it, and write the next note",
    "Esc": "Leave, keeping what was written",
    "↑ ↓ ← →": "Walk over the notes",
    "Home, End": "First and last note of the section",
    "E": "Edit the selected note",
    "Space": "Lift the note, arrows to move, again to put down",
    "G": "While lifted: make one stack of it and the note below the line",
    "X": "Choose the note, to do something with several",
    "M": "Move the note to…",
    "T": "Tags of the note",
    "C": "Comments on the note",
    "+": "Me too",
    ".": "All actions of the note",
    "Ctrl + D": "Duplicate the note",
    "Ctrl + C": "Copy the text of the note",
    "Del": "Put the selected note in the bin",
    "Ctrl + Z": "Undo your last own action",
    "Ctrl + Shift + Z": "Do it again",
    "Backspace": "Take a dot back from the selected item",
    "Shift + →": "Next step (facilitator)",
    "Alt + ↑ ↓": "Move the step in focus (facilitator)",
    "/": "Search the board; Esc ends it",
    "?": "Show this",
}
"""What the sheet of keys says."""
PASTE = """(box, text) => { const data = new DataTransfer(); data.setData('text/plain', text);
    box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})); }"""


def note(page: Page, text: str) -> Locator:
    """The note that says this."""
    return page.get_by_role("article", name=text, exact=True)


def composer(page: Page, section: str = BENEFITS) -> Locator:
    """Where new notes of a section are written."""
    return page.get_by_label(f"New note in {section}")


async def pair(running: Browser, place: House, code: str, theme: Any, faults: list[str]) -> tuple[Page, Page]:
    """Ana by finger on a phone, Cho by keys on a laptop, at one board."""
    ana, cho = [
        await running.new_context(**size, color_scheme=theme, permissions=["clipboard-read", "clipboard-write"])
        for size in (PHONE, LAPTOP)
    ]
    return (
        await at_the_board(ana, place, code, f"Ana {theme}", faults),
        await at_the_board(cho, place, code, f"Cho {theme}", faults),
    )


async def test_notes_in_the_hand(tmp_path: Path) -> None:
    """[WRITE1] [WRITE2] [WRITE3] [WRITE4] [WRITE8] [NOTE13] [COMMENT1] [REACT1] [UNDO1] [UNDO3] [ALL4] All one does."""
    faults: list[str] = []
    with house(tmp_path) as place:
        async with writing(place) as made, browser() as running:
            ana, cho = await pair(running, place, made["code"], "light", faults)
            await the_composer(ana, cho)
            await two_tabs(ana, faults)
            await a_pasted_list(ana, cho)
            await links(ana, cho)
            await left_by_a_click(ana, cho)
            await said_to_a_note(ana, cho)
            await tools_by_keys(ana, cho)
            await the_keys(ana, cho)
            await tools_by_finger(ana, cho)
            await the_bin(ana, cho)
            await taken_back(ana, cho)
            await left_as_it_is(ana, cho)
            await cut_short(cho)
            for page in (ana, cho):
                await page.context.close()
            await in_the_dark(await pair(running, place, made["code"], "dark", faults))
    assert faults == []


async def the_composer(ana: Page, cho: Page) -> None:
    """Keys of the composer; what is in it outlives a blur, Escape and a reload."""
    await expect(composer(cho)).to_be_focused()
    await cho.keyboard.press("Escape")
    await cho.keyboard.press("n")
    await expect(composer(cho)).to_be_focused()
    await cho.keyboard.type("By Enter")
    await cho.keyboard.press("Enter")
    await cho.keyboard.type("By Tab")
    await cho.keyboard.press("Tab")
    await cho.keyboard.type("By Control")
    await cho.keyboard.press("Control+Enter")
    await cho.keyboard.type("Two")
    await cho.keyboard.press("Shift+Enter")
    await cho.keyboard.type("lines")
    await cho.keyboard.press("Enter")
    await cho.keyboard.type("   ")
    await cho.keyboard.press("Enter")
    await expect(composer(cho)).to_be_focused()
    await expect(composer(cho)).to_have_value("")
    for text in ("By Enter", "By Tab", "By Control", "Two lines"):
        await expect(note(ana, text)).to_have_count(1)
    await expect(ana.get_by_role("article")).to_have_count(4)
    await cho.keyboard.type("Not finished")
    await cho.keyboard.press("Escape")
    await expect(note(cho, "Two lines")).to_be_focused()
    await shot(cho, "notes-laptop-composer")
    await cho.reload()
    await expect(composer(cho)).to_have_value("Not finished")
    await composer(cho).fill("")
    wall = await cho.get_by_role("group", name="Notes in Risks").bounding_box()
    assert wall
    await cho.mouse.dblclick(wall["x"] + 90, wall["y"] + wall["height"] - 60)
    await expect(composer(cho, "Risks")).to_be_focused()
    # The first click was on the wall, whatever came under the hand before the second.
    await cho.get_by_role("group", name=f"Notes in {BENEFITS}").dispatch_event("click", {"detail": 1, "bubbles": True})
    await note(cho, "By Tab").dispatch_event("dblclick", {"bubbles": True})
    await expect(composer(cho)).to_be_focused()
    await note(cho, "By Tab").dblclick()
    await expect(cho.get_by_label("Edit note")).to_be_focused()
    await cho.keyboard.press("Escape")
    await composer(ana).fill("Half a thought")
    await shot(ana, "notes-phone-composer")
    await ana.reload()
    await expect(composer(ana)).to_have_value("Half a thought")
    await composer(ana).fill("   ")
    await ana.get_by_role("button", name=f"Add note to {BENEFITS}").tap()
    await expect(composer(ana)).to_have_value("")
    await expect(ana.get_by_role("article")).to_have_count(4)


async def two_tabs(ana: Page, faults: list[str]) -> None:
    """Each has words of its own; what a closed one left stands in the next that is opened."""
    await composer(ana).fill("In the first tab")
    other = await page_of(ana.context, faults)
    await other.goto(ana.url)
    await expect(composer(other)).to_have_value("")
    await composer(other).fill("In the other tab")
    for page, words in ((ana, "In the first tab"), (other, "In the other tab")):
        await page.reload()
        await expect(composer(page)).to_have_value(words)
    await other.close(run_before_unload=True)
    another = await page_of(ana.context, faults)
    await another.goto(ana.url)
    await expect(composer(another)).to_have_value("In the other tab")
    await composer(another).fill("")
    await another.close()
    await expect(composer(ana)).to_have_value("In the first tab")
    await composer(ana).fill("")


async def a_pasted_list(ana: Page, cho: Page) -> None:
    """Asked first; as many notes, taken back at once; or as one."""
    text = LIST.replace("\\n", "\n")
    await composer(ana).evaluate(PASTE, text)
    await expect(ana.get_by_role("dialog", name="3 notes?")).to_be_visible()
    await shot(ana, "notes-phone-paste")
    await accessible(ana, "paste, phone")
    await expect(ana.get_by_role("button", name="Add 3 notes")).to_be_focused()
    await ana.get_by_role("button", name="Add 3 notes").tap()
    for line in ("Shared rubrics", "A common transcript", "Time for teachers"):
        await expect(note(cho, line)).to_have_count(1)
    await ana.get_by_test_id("toast").get_by_role("button", name="Undo").tap()
    await expect(note(cho, "Shared rubrics")).to_have_count(0)
    await expect(note(cho, "Time for teachers")).to_have_count(0)
    await composer(cho).evaluate(PASTE, text)
    await shot(cho, "notes-laptop-paste")
    await cho.keyboard.press("Escape")
    await expect(cho.get_by_role("dialog")).to_have_count(0)
    await expect(composer(cho)).to_be_focused()
    await composer(cho).evaluate(PASTE, text)
    await cho.get_by_role("button", name="As one note").press("Enter")
    await expect(composer(cho)).to_have_value(text)
    await composer(cho).fill("")


async def links(ana: Page, cho: Page) -> None:
    """Addresses can be followed; markup is text."""
    await put(ana, "See https://example.org/a, not <b>javascript:alert(1)</b>")
    link = cho.get_by_role("link", name="https://example.org/a")
    await expect(link).to_have_attribute("href", "https://example.org/a")
    await expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    await expect(cho.get_by_text("<b>javascript:alert(1)</b>")).to_be_visible()
    await expect(cho.get_by_role("link")).to_have_count(1)


async def left_by_a_click(ana: Page, cho: Page) -> None:
    """A click or a tap elsewhere, and no key: what was written stays in its box, or in its note; nothing is nothing."""
    for page in (cho, ana):
        await composer(page).fill("Left by a click")
        await elsewhere(page, composer(page))
        await expect(composer(page)).to_have_value("Left by a click")
        await page.reload()
        await expect(composer(page)).to_have_value("Left by a click")
        await composer(page).fill("")
    one = await note(ana, "By Control").get_attribute("data-note") or ""
    for page, other, words in ((cho, ana, "By a click"), (ana, cho, "By Control"), (ana, cho, "  ")):
        if page is ana:
            await by_tap(ana, one, "Edit")
        else:
            await begin(cho, "By Control")
        await page.get_by_label("Edit note").fill(words)
        await elsewhere(page, page.get_by_label("Edit note"))
        await expect(page.get_by_label("Edit note")).to_have_count(0)
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
        await expect(note(other, words.strip() or "By Control")).to_have_attribute("data-note", one)


async def elsewhere(page: Page, box: Locator) -> None:
    """From a box that has the keys one goes to where nothing is, by click or by tap."""
    await expect(box).to_be_focused()
    wall = await page.get_by_role("group", name=f"Notes in {BENEFITS}").bounding_box()
    assert wall
    where = wall["x"] + 5, wall["y"] + wall["height"] - 8
    await (page.touchscreen.tap(*where) if page.viewport_size == PHONE["viewport"] else page.mouse.click(*where))
    await expect(box.and_(page.locator(":focus"))).to_have_count(0)


async def said_to_a_note(ana: Page, cho: Page) -> None:
    """A "me too" and a comment, on both screens."""
    await note(ana, "By Tab").tap()
    await shot(ana, "notes-phone-open")
    await accessible(ana, "note open, phone")
    await note(ana, "By Tab").get_by_role("button", name="Me too, 0").tap()
    await note(cho, "By Tab").focus()
    await expect(note(cho, "By Tab").get_by_role("button", name="Me too, 1")).to_be_visible()
    await cho.keyboard.press("+")
    await expect(note(ana, "By Tab").get_by_role("button", name="Me too, 2")).to_be_visible()
    await cho.keyboard.press("c")
    await expect(cho.get_by_label("New comment")).to_be_focused()
    await cho.keyboard.type("Who says so?")
    await cho.keyboard.press("Enter")
    await expect(cho.get_by_label("New comment")).to_have_value("")
    await note(ana, "By Tab").get_by_role("button", name="1 comment").tap()
    await ana.get_by_label("New comment").fill("Dana, in 2019: https://example.org/pilot")
    await ana.get_by_role("button", name="Send comment").tap()
    await expect(cho.get_by_text("Dana, in 2019")).to_be_visible()
    await cho.get_by_role("button", name="Edit comment").press("Enter")
    await cho.get_by_label("Edit comment", exact=True).fill("Who says so, and when?")
    await cho.get_by_label("Edit comment", exact=True).press("Enter")
    await expect(ana.get_by_text("Who says so, and when?")).to_be_visible()
    for page, name in ((ana, "phone"), (cho, "laptop")):
        await shot(page, f"notes-{name}-comments")
        await accessible(page, f"comments, {name}")
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
    await expect(note(cho, "By Tab")).to_be_focused()


async def tools_by_keys(ana: Page, cho: Page) -> None:
    """Tags, a colour, a copy and another place, without a mouse."""
    await cho.keyboard.press(".")
    await expect(cho.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    await cho.get_by_role("button", name="Colour", exact=True).press("Enter")
    await cho.get_by_role("button", name="Lilac").press("Enter")
    await shot(cho, "notes-laptop-open")
    await accessible(cho, "note open, laptop")
    await expect(note(ana, "By Tab")).to_have_attribute("data-colour", "lilac")
    await cho.keyboard.press("Escape")
    await expect(note(cho, "By Tab")).to_be_focused()
    await cho.keyboard.press("t")
    tag = cho.locator("[data-choices] button").first
    await expect(tag).to_be_focused()
    lens = (await tag.inner_text()).strip()
    await cho.keyboard.press("Enter")
    await expect(note(ana, "By Tab").get_by_role("listitem").filter(has_text=lens)).to_be_visible()
    await cho.keyboard.press("Escape")
    await cho.keyboard.press("Control+c")
    await expect(cho.get_by_test_id("toast")).to_have_text("Text copied.")
    assert await cho.evaluate("navigator.clipboard.readText()") == "By Tab"
    await cho.keyboard.press("Control+d")
    await expect(note(ana, "By Tab")).to_have_count(2)
    await expect(note(cho, "By Tab").nth(1)).to_be_focused()
    await cho.keyboard.press("m")
    await cho.keyboard.press("Enter")
    await expect(cho.get_by_role("region", name="Risks").get_by_role("article", name="By Tab")).to_be_visible()
    await expect(cho.get_by_test_id("toast")).to_contain_text("Note put down in Risks.")
    await cho.keyboard.press("Control+z")
    await expect(cho.get_by_role("region", name="Risks").get_by_role("article")).to_have_count(0)
    await cho.keyboard.press("Control+z")
    await expect(note(ana, "By Tab")).to_have_count(1)
    await cho.keyboard.press("Control+z")
    await expect(note(ana, "By Tab").get_by_role("listitem")).to_have_count(0)
    await cho.keyboard.press("Control+z")
    await expect(note(ana, "By Tab")).not_to_have_attribute("data-colour", "lilac")
    for _ in ("the colour", "the tag"):
        await cho.keyboard.press("Control+Shift+z")
    await expect(note(ana, "By Tab").get_by_role("listitem")).to_have_text(lens)
    await expect(note(ana, "By Tab")).to_have_attribute("data-colour", "lilac")
    await note(cho, "By Tab").press("+")
    await expect(note(ana, "By Tab").get_by_role("button", name="Me too, 1")).to_be_visible()
    await cho.keyboard.press("Control+z")
    await expect(note(ana, "By Tab").get_by_role("button", name="Me too, 2")).to_be_visible()


async def the_keys(ana: Page, cho: Page) -> None:
    """`?` shows them all, and so does the sheet of the people, where there is a keyboard: not on a phone."""
    await cho.keyboard.press("?")
    sheet = cho.get_by_role("dialog", name="Keys")
    await expect(sheet.get_by_role("term")).to_have_text(list(KEYS))
    await expect(sheet.get_by_role("definition")).to_have_text(list(KEYS.values()))
    await cho.keyboard.press("Escape")
    await expect(note(cho, "By Tab")).to_be_focused()
    await cho.get_by_role("button", name="people here").press("Enter")
    await cho.get_by_role("button", name="Keyboard shortcuts").press("Enter")
    await expect(sheet.get_by_role("term").last).to_have_text("?")
    await cho.keyboard.press("Escape")
    await expect(cho.get_by_role("dialog", name="Keys")).to_have_count(0)
    await cho.keyboard.press("Escape")
    await expect(cho.get_by_role("dialog")).to_have_count(0)
    await ana.get_by_role("button", name="people here").tap()
    await expect(ana.get_by_role("dialog").get_by_role("heading", name="people here")).to_be_visible()
    await expect(ana.get_by_role("button", name="Keyboard shortcuts")).to_have_count(0)
    await ana.get_by_role("dialog").get_by_role("button", name="Close").tap()


async def tools_by_finger(ana: Page, cho: Page) -> None:
    """A colour, tags, copies, a link and another place, by taps alone."""
    text = "Two lines"
    one = await note(ana, text).get_attribute("data-note") or ""
    await by_tap(ana, one, "Colour", "Mint")
    await expect(note(cho, text)).to_have_attribute("data-colour", "mint")
    for name in ("Tags", "Timely support"):
        await ana.get_by_role("button", name=name, exact=True).tap()
    await expect(note(cho, text).get_by_role("listitem")).to_have_text("Timely support")
    for name in ("More", "Copy text"):
        await ana.get_by_role("button", name=name, exact=True).tap()
    await expect(ana.get_by_test_id("toast")).to_have_text("Text copied.")
    assert await ana.evaluate("navigator.clipboard.readText()") == "Two\nlines"
    await ana.get_by_role("button", name="Copy a link to this note").tap()
    await expect(ana.get_by_test_id("toast")).to_have_text("The link is copied.")
    assert (await ana.evaluate("navigator.clipboard.readText()")).endswith(f"#n={one}")
    await ana.get_by_role("button", name="Duplicate").tap()
    await expect(note(cho, text)).to_have_count(2)
    await ana.get_by_role("button", name="Undo", exact=True).first.tap()
    await expect(note(cho, text)).to_have_count(1)
    await by_tap(ana, one, "Move to…", "To Risks")
    await expect(cho.get_by_role("region", name="Risks").get_by_role("article", name=text)).to_be_visible()
    for _ in ("the place", "the tag", "the colour"):
        await ana.get_by_role("button", name="Undo", exact=True).first.tap()
    await expect(cho.get_by_role("region", name=BENEFITS).get_by_role("article", name=text)).to_be_visible()
    await expect(note(cho, text).get_by_role("listitem")).to_have_count(0)
    await expect(note(cho, text)).not_to_have_attribute("data-colour", "mint")


async def the_bin(ana: Page, cho: Page) -> None:
    """Away by one, brought back by the other, whose it was; and one's own by taps."""
    await put(ana, "Of a finger")
    await note(ana, "Of a finger").tap()
    await ana.get_by_role("button", name="Put in the bin").tap()
    await expect(note(cho, "Of a finger")).to_have_count(0)
    await ana.get_by_role("button", name="Bin, ").tap()
    await ana.get_by_role("button", name="Restore “Of a finger”").tap()
    await expect(note(cho, "Of a finger")).to_have_count(1)
    await ana.get_by_role("dialog").get_by_role("button", name="Close").tap()
    await note(ana, "By Control").tap()
    await ana.get_by_role("button", name="Put in the bin").tap()
    await expect(note(cho, "By Control")).to_have_count(0)
    await shot(ana, "notes-phone-toast")
    await accessible(ana, "toast, phone")
    await ana.get_by_role("button", name="Bin, ").tap()
    await shot(ana, "notes-phone-bin")
    await accessible(ana, "bin, phone")
    await ana.get_by_role("dialog").get_by_role("button", name="Close").tap()
    await cho.get_by_role("button", name="Bin, ").press("Enter")
    await shot(cho, "notes-laptop-bin")
    await cho.get_by_role("button", name="Restore “By Control”").press("Enter")
    await expect(note(ana, "By Control")).to_be_visible()
    await cho.keyboard.press("Escape")


async def taken_back(ana: Page, cho: Page) -> None:
    """One's own, and never what the other did since."""
    await begin(cho, "By Enter")
    await cho.keyboard.type(", by Cho")
    await cho.keyboard.press("Enter")
    await expect(note(ana, "By Enter, by Cho")).to_be_visible()
    await cho.keyboard.press("Control+z")
    await expect(note(ana, "By Enter")).to_be_visible()
    await cho.keyboard.press("Control+Shift+z")
    await expect(note(ana, "By Enter, by Cho")).to_be_visible()
    await begin(ana, "By Enter, by Cho")
    await ana.get_by_label("Edit note").fill("By Enter, by Cho and Ana")
    await ana.get_by_label("Edit note").press("Enter")
    await expect(note(cho, "By Enter, by Cho and Ana")).to_be_visible()
    await cho.get_by_role("button", name="Undo", exact=True).press("Enter")
    await expect(cho.get_by_test_id("toast")).to_contain_text("somebody edited it since")
    await shot(cho, "notes-laptop-changed")
    await cho.get_by_test_id("toast").dispatch_event("pointerenter")
    await accessible(cho, "what is not undone, laptop")
    await cho.get_by_test_id("toast").dispatch_event("pointerleave")
    await expect(note(ana, "By Enter, by Cho and Ana")).to_be_visible()
    await ana.get_by_role("button", name="Undo", exact=True).tap()
    await expect(note(cho, "By Enter, by Cho")).to_be_visible()
    await ana.get_by_role("button", name="Redo", exact=True).tap()
    await expect(note(cho, "By Enter, by Cho and Ana")).to_be_visible()


async def left_as_it_is(ana: Page, cho: Page) -> None:
    """A comment is taken back and said again; what somebody did since to a note is told, and the note stays so."""
    await note(ana, "Two lines").tap()
    await note(ana, "Two lines").get_by_role("button", name="0 comments").tap()
    await ana.get_by_label("New comment").fill("Or three?")
    await ana.get_by_label("New comment").press("Enter")
    await ana.get_by_role("dialog").get_by_role("button", name="Close").tap()
    talk = note(cho, "Two lines").get_by_role("button", name="1 comment")
    await expect(talk).to_be_visible()
    await ana.get_by_role("button", name="Undo", exact=True).tap()
    await expect(talk).to_have_count(0)
    await ana.get_by_role("button", name="Redo", exact=True).tap()
    await expect(talk).to_be_visible()
    for text, key, does in (("It moves", "Space", "moved it"), ("It goes", "Delete", "put it in the bin")):
        await put(ana, text)
        await note(cho, text).focus()
        for pressed in (key, "ArrowRight", key) if key == "Space" else (key,):
            await cho.keyboard.press(pressed)
        await expect(ana.get_by_label(f"Notes in {BENEFITS}").get_by_role("article", name=text)).to_have_count(0)
        await ana.get_by_role("button", name="Undo", exact=True).tap()
        await expect(ana.get_by_test_id("toast")).to_contain_text(f"somebody {does} since")
    await expect(note(cho, "It moves")).to_have_count(1)


async def cut_short(cho: Page) -> None:
    """A reload in the middle of a word; Tab goes on to the next note."""
    await expect(cho.get_by_test_id("save-sign")).to_have_text("Saved")
    await begin(cho, "By Control")
    await cho.keyboard.type(" and more")
    await cho.reload()
    box = cho.get_by_label("Edit note")
    await expect(box).to_have_value("By Control and more")
    await box.focus()
    await cho.keyboard.press("Tab")
    await expect(composer(cho)).to_be_focused()
    await expect(note(cho, "By Control and more")).to_be_visible()


async def in_the_dark(pages: tuple[Page, Page]) -> None:
    """The same by night; two versions of one note are settled on a phone."""
    ana, cho = pages
    for page, name in ((ana, "phone"), (cho, "laptop")):
        await note(page, "By Tab").click()
        await page.get_by_role("button", name="Colour", exact=True).click()
        await shot(page, f"notes-{name}-dark")
        await accessible(page, f"note open by night, {name}")
        await (
            note(page, "By Tab")
            .get_by_role("button", name="1 comment")
            .or_(note(page, "By Tab").get_by_role("button", name="2 comments"))
            .click()
        )
        await shot(page, f"notes-{name}-dark-comments")
        await accessible(page, f"comments by night, {name}")
        await page.get_by_role("dialog").get_by_role("button", name="Close").click()
    for page in pages:
        await begin(page, "Two lines")
    for page, text in ((ana, "Three lines, in the end"), (cho, "No line at all")):
        await page.get_by_label("Edit note").fill(text)
        await page.get_by_label("Edit note").press("Enter")
        await expect(page.get_by_test_id("save-sign")).to_have_text("Saved")
    await expect(ana.get_by_text("One note, 2 wordings")).to_be_visible()
    await ana.get_by_text("One note, 2 wordings").scroll_into_view_if_needed()
    await shot(ana, "notes-phone-dark-settle")
    await shot(cho, "notes-laptop-dark-settle")
    await accessible(ana, "settle by night, phone")
    await ana.get_by_role("button", name="Keep both").tap()
    await expect(cho.get_by_text("One note, 2 wordings")).to_have_count(0)
