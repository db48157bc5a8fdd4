"""What has no place to be broken stays on its page all the same."""

from __future__ import annotations

import io
import re

import pypdf
import pytest

from server.exports.document import Bullets, Document, Footnote, Grid, Heading, Item, Listing, Prose, Quote, Run, Table
from server.exports.pdf import pdf

WORD = "xyz" * 100
WIDTH = 596 - 70
"""Where the text of a page ends, in points."""


def prose(text: str) -> Prose:
    return Prose((Run(text),))


def document(word: str) -> Document:
    """A word wherever one may stand."""
    blocks = (
        Heading(1, word), prose(word), Bullets((Item(word, 2, items=(Item(word, 1, "also:"),)),)),
        Listing(True, ((prose(word),),)), Quote((prose(word),)), Grid((((Run(word),), (Run("b"),)),), 0),
        Table(("When", word, "Who", word), (("Oct", word, word, "idea"),)),
        Prose((Run("a"), Run("", note=Footnote(1, (Run(word),))))),
    )  # fmt: skip
    return Document(word, word, "Paper", "a day", (), blocks)


@pytest.mark.parametrize("word", [WORD, "/" * 300, "!)." * 100, "W" * 300])
def test_long_word_is_broken(word: str) -> None:
    """[EXP15] Title, purpose, heading, prose, items, quote, cells, footnote: no sign stands beside the page."""
    signs, told = set(word), ""
    for page in pypdf.PdfReader(io.BytesIO(pdf(document(word)))).pages:
        ends: list[float] = []

        def read(said: str, place: list[float], text: list[float], *_: object, ends: list[float] = ends) -> None:
            ends.append(place[4] + text[4])

        told += page.extract_text(visitor_text=read)
        assert max(ends) < WIDTH
    assert sum(told.count(sign) for sign in signs) >= 13 * 300
    assert max(map(len, re.findall(f"[{re.escape(word[:3])}]+", told))) < 200
    assert "\u200b" not in told


def test_what_has_room_stays_whole() -> None:
    """[EXP15] A long word that fits on a line of its own is not broken."""
    word = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk"
    made = pdf(Document("A", "", "Paper", "a day", (), (prose(f"{'and so on, ' * 6}{word} {word}"),)))
    assert pypdf.PdfReader(io.BytesIO(made)).pages[0].extract_text().count(word) == 2


def test_tab_is_a_gap() -> None:
    """[EXP2] It joins no words."""
    told = pypdf.PdfReader(io.BytesIO(pdf(document("tab\there")))).pages[0].extract_text()
    assert "tabhere" not in told
    assert re.search(r"tab\s+here", told)
