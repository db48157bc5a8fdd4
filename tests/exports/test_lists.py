"""Lists in the paper, and what lies in them."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml.ns import qn

from server.exports.document import Document, Grid, Listing, Prose, Run
from server.exports.opendocument import odt
from server.exports.word import docx as word
from tests.exports.opening import file_of, named, text_of


def prose(text: str) -> Prose:
    return Prose((Run(text),))


GRID = Grid((((Run("a"),), (Run("b"),)),), 0)
INNER = Listing(True, ((prose("one one"),), (prose("one two"), GRID, prose("behind")), (prose("one three"),)))
MADE = Document(
    "T", "", "Paper", "a day", (), (Listing(True, ((prose("one"), INNER), (prose("two"), GRID), (prose("three"),))),)
)


def words(part: Any) -> str:
    return "".join(text.text for text in part.iter(qn("w:t")))


def test_in_word() -> None:
    """[EXP5] [EXP7] A table within an item is one behind its text; a list within a list is counted by itself."""
    file: Any = docx.Document(io.BytesIO(word(MADE)))
    patterns = {num.numId: num.abstractNumId.val for num in file.part.numbering_part.element.num_lst}
    told: list[tuple[str, int | None]] = []
    for each in file.element.body:
        if each.tag == qn("w:tbl"):
            told.append(("|".join(map(words, each.iter(qn("w:tc")))), None))
        elif text := words(each):
            number = each.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
            told.append((text, None if number is None else patterns[number.val]))
    told = told[[text for text, _ in told].index("one") :]
    outer, inner = told[0][1], told[1][1]
    assert outer != inner
    assert told == [
        ("one", outer), ("one one", inner), ("one two", inner), ("a|b", None), ("behind", None), ("one three", inner),
        ("two", outer), ("a|b", None), ("three", outer),
    ]  # fmt: skip


def test_in_open_document() -> None:
    """[EXP5] [EXP7] The format lets no table into a list: lists end before it, and go on with their numbers."""
    root = file_of(odt(MADE))
    numbered = [
        (text_of(line), item.get(named("text:start-value")))
        for item in root.iter(named("text:list-item"))
        for line in item.findall(named("text:p"))
    ]
    assert numbered == [
        ("one", None), ("one one", None), ("one two", None), ("one three", "3"), ("two", "2"), ("three", "3")
    ]  # fmt: skip
    body = root.find(f".//{named('office:text')}")
    assert body is not None
    kinds = [each.tag for each in body if each.tag in {named("text:list"), named("table:table")}]
    table, list_ = named("table:table"), named("text:list")
    assert kinds == [list_, table, list_, table, list_]
    [behind] = [head for head in root.iter(named("text:list-header")) if head.find(named("text:p")) is not None]
    assert "".join(behind.itertext()) == "behind"
