"""One note in the hands of ten: who writes in it, whose words stand, and what taking back leaves alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from playwright.async_api import expect

from protocol.commands import NoteAdd, NoteBin, NoteEdit

from .hands import at
from .ten import SECTIONS, Ten, editing, pressed
from .test_everyone import BOARD, said

if TYPE_CHECKING:
    from client.participant import Participant

ODD: Final = "A"
"""A rank as no screen would give it: another program did."""
TOP: Final = "Y10"
"""Above what people write on top of a section."""
WORDS: Final = "one two three four five six seven eight nine ten"
CLASH: Final = "Credits mean little"


async def they_edit_one_note(here: Ten) -> None:
    """Each changes one word of the same note at once: all ten words are changed, and no version is left beside."""
    words = WORDS.split()
    await here.boss.do(NoteAdd(id="words", board=BOARD, section="section-0", rank=ODD, text=WORDS))
    boxes = [await editing(here, way, "words") for way in here.pages]
    for box, word in zip(boxes, words, strict=False):
        await box.fill(WORDS.replace(word, word.upper()))
    phone, mouse, keys = (box.press("Enter") for box in boxes)
    others = [
        person.do(NoteEdit(id="words", rev=1, base=WORDS, text=WORDS.replace(words[n], words[n].upper())))
        for n, person in enumerate(here.people, 3)
    ]
    await here.all_at_once(phone, mouse, keys, others)
    assert here.note(WORDS.upper()).siblings == ()


async def they_rewrite_the_same_words(here: Ten) -> None:
    """Nine put other words for the same one at once: each screen shows all nine versions, until one of them is kept."""
    await here.boss.do(NoteAdd(id="clash", board=BOARD, section="section-0", rank=TOP, text=CLASH))
    texts = {who: CLASH.replace("little", f"what-{who}-says") for who in (*here.pages, *map(str, range(6)))}
    boxes = [await editing(here, way, "clash") for way in here.pages]
    for box, way in zip(boxes, here.pages, strict=True):
        await box.fill(texts[way])
    phone, mouse, keys = (box.press("Enter") for box in boxes)
    others = [
        person.do(NoteEdit(id="clash", rev=1, base=CLASH, text=texts[str(n)]))
        for n, person in enumerate(here.people[:6])
    ]
    await asyncio.gather(phone, mouse, keys, *others)
    await here.stored()
    for page in here.pages.values():
        await expect(at(page, "clash")).to_contain_text("One note, 9 wordings")
        await expect(at(page, "clash").locator(".saying")).to_have_count(9)
        assert sorted(await at(page, "clash").locator(".saying").all_inner_texts()) == sorted(texts.values())
    await at(here.phone, "clash").get_by_role("button", name=f"Keep this: “{texts['keys']}”").tap()
    await here.same()
    assert here.note(texts["keys"]).siblings == ()
    for page in here.pages.values():
        await expect(at(page, "clash").locator(".saying")).to_have_text([texts["keys"]])


async def they_take_back(here: Ten) -> None:
    """Undone, done again, and undone by each of the three while the seven write on: theirs alone is back."""

    async def presses(way: str) -> None:
        for name in ("Undo", "Redo", "Undo"):
            button = here.pages[way].get_by_role("button", name=name, exact=True).first
            await expect(button).to_have_attribute("aria-disabled", "false")
            await pressed(way, button)

    async def keys() -> None:
        await at(here.keys, "that-keys").focus()
        for key in ("Control+z", "Control+Shift+z", "Control+z"):
            await here.keys.keyboard.press(key)

    async def other(n: int, person: Participant) -> None:
        await person.do(NoteEdit(id=f"new-{n}-0", rev=1, base=f"New {n} 0", text=f"New {n} 0, and more"))
        await person.do(NoteBin(id=f"new-{n}-1"))

    await here.all_at_once(
        presses("phone"),
        presses("mouse"),
        keys(),
        [other(n, person) for n, person in enumerate(here.people)],
    )
    back = {one: here.note(f"that {one}").section for one in SECTIONS}
    assert back == {"phone": "section-0", "mouse": "section-1", "keys": "section-2"}
    assert all(here.note(f"New {n} 0, and more") for n in range(7))


async def they_are_told_who_writes(here: Ten) -> None:
    """Each writes in a note of their own: the other two see by name who is in which, until it is written."""
    boxes = [await editing(here, way, f"that-{way}") for way in here.pages]
    for box, way in zip(boxes, here.pages, strict=True):
        await box.fill(by_hand(way))
    for page in here.pages.values():
        for way, whose in here.pages.items():
            writes = at(page, f"that-{way}").get_by_role("img", name=f"Ana by {way} is writing here")
            await expect(writes).to_have_count(int(page is not whose))
    phone, mouse, keys = (box.press("Enter") for box in boxes)
    await here.all_at_once(phone, mouse, keys, [])
    for page in here.pages.values():
        await expect(page.get_by_role("img", name="is writing here")).to_have_count(0)


def by_hand(way: str) -> str:
    """What a note says since one of the three wrote in it."""
    return f"that {way}, by hand"


async def they_leave_it_as_it_is(here: Ten) -> None:
    """Others write on in what each of the three just wrote: undo is refused, says why, and their words stay."""
    texts = {way: f"{by_hand(way)} and more" for way in here.pages}
    more = [
        person.do(NoteEdit(id=f"that-{way}", rev=2, base=by_hand(way), text=text))
        for person, (way, text) in zip(here.people, texts.items(), strict=False)
    ]
    await asyncio.gather(*more)
    await they_all_say(here, texts)

    async def undo(way: str) -> None:
        if way == "keys":
            await here.keys.keyboard.press("Control+z")
        else:
            await pressed(way, here.pages[way].get_by_role("button", name="Undo", exact=True).first)
        await expect(said(here.pages[way])).to_contain_text("somebody edited it since")

    await here.all_at_once(undo("phone"), undo("mouse"), undo("keys"), [])
    await they_all_say(here, texts)
    assert [here.note(text).siblings for text in texts.values()] == [(), (), ()]


async def they_all_say(here: Ten, texts: dict[str, str]) -> None:
    """On each of the three screens the notes have these words."""
    for page in here.pages.values():
        for way, text in texts.items():
            await expect(at(page, f"that-{way}").locator(".saying")).to_have_text(text)
