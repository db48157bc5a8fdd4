"""Workbooks: what is in their cells, and what lies over them."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from xlsxwriter import Workbook

from protocol import limits
from protocol.codes import Code
from protocol.imports import Import
from server.imports.reading import read
from server.workshop.refused import Refused
from tests.imports import made
from tests.imports.test_reading import HOSTILE, left


def packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def by_hand(cells: str, **more: str) -> bytes:
    """A workbook of one sheet with these rows, written by hand."""
    relation = '<Relationships xmlns="r"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
    return packed({
        "xl/workbook.xml": '<workbook xmlns:r="o"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation,
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
        **more,
    })  # fmt: skip


def refusal(data: bytes, name: str = "x.xlsx") -> Code:
    with pytest.raises(Refused) as refused:
        read(data, name)
    return refused.value.code


def rows(brought: Import) -> list[tuple[str, ...]]:
    return [row for table in brought.tables for row in table.rows]


def test_sheets_and_hostile_cells() -> None:
    """[IMP1] [IMP3] Each sheet a table, to the letter; empty ones are told."""
    texts = [[text, "Al"] for text in HOSTILE]
    brought = read(made.book(Ideas=[["Note", "Author"], *texts], Empty=[], More=[["only this"]]), "Board.xlsx")
    assert (brought.format, brought.title, [table.title for table in brought.tables]) == (
        "xlsx", "Board", ["Ideas", "More"],
    )  # fmt: skip
    instead = [text.replace("\ufffe", "\ufffd") for text in HOSTILE]
    found = [row[0] for row in brought.tables[0].rows]
    assert [text.replace("\ufffe", "\ufffd") for text in found] == instead
    assert left(brought)["empty"] == (1, ("Empty",))


def test_numbers_dates_and_formulas() -> None:
    """[IMP3] The value that was last seen; a date as one reads it."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "default_date_format": "d mmm yyyy", "remove_timezone": True}) as work:
        sheet = work.add_worksheet()
        sheet.write_row(
            0, 0, ["Note", 2.5, True, datetime(2031, 5, 4, tzinfo=UTC), datetime(2031, 5, 4, 9, 30, tzinfo=UTC)]
        )
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_rich_string(2, 0, "Two ", work.add_format({"bold": True}), "runs")
        sheet.write_comment(0, 0, "Is it so?")
        sheet.insert_textbox(5, 5, "Over the sheet")
    brought = read(file.getvalue())
    assert rows(brought) == [
        ("Note", "2.5", "TRUE", "2031-05-04", "2031-05-04 09:30"), ("2", "", "", "", ""), ("Two runs", "", "", "", ""),
    ]  # fmt: skip
    assert left(brought)["comment"][1] == ("Is it so?",)
    assert left(brought)["box"][1] == ("Over the sheet",)


def test_what_others_write() -> None:
    """[IMP1] Cells without places, texts in their cells, readings above the line, formulas never reckoned."""
    cells = (
        "<row><c t='inlineStr'><is><t>in the cell</t></is></c><c t='s'><v>0</v></c><c><f>A1+1</f></c></row>"
        "<row r='9'><c r='B9' t='str'><v>a_x000D_b</v></c><c t='e'><v>#N/A</v></c><c t='s'><v>7</v></c></row>"
    )
    strings = "<sst><si><r><t>漢</t></r><rPh><t>かん</t></rPh></si></sst>"
    brought = read(by_hand(cells, **{"xl/sharedStrings.xml": strings}))
    assert rows(brought) == [("in the cell", "漢", "=A1+1"), ("", "a\nb", "#N/A")]


def test_bombs_and_broken_ones() -> None:
    """[IMP4] What unpacks to too much, has entities, is cut, is locked, or is no workbook: refused whole."""
    good = made.book(Ideas=[["Note"], ["one"]])
    assert refusal(good[: len(good) // 2]) is Code.MALFORMED
    assert refusal(by_hand("<row><c></row>")) is Code.MALFORMED
    assert refusal(packed({"word/document.xml": "<x/>"})) is Code.INVALID
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100) is Code.INVALID
    bomb = by_hand(" " * (limits.IMPORT_UNPACKED + 1))
    assert len(bomb) < limits.IMPORT_BYTES
    assert refusal(bomb) is Code.TOO_LARGE
    entities = (
        '<!DOCTYPE a [<!ENTITY b "b">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>'
    )
    assert refusal(by_hand("", **{"xl/worksheets/sheet1.xml": entities})) is Code.INVALID
    assert refusal(packed({str(n): "" for n in range(2_100)} | {"xl/workbook.xml": "<x/>"})) is Code.TOO_LARGE


def test_many_cells_that_say_the_same() -> None:
    """[IMP4] One long text that is in thousands of cells counts in each."""
    strings = f"<sst><si><t>{'long ' * 20_000}</t></si></sst>"
    cells = "<row><c t='s'><v>0</v></c></row>" * 200
    assert refusal(by_hand(cells, **{"xl/sharedStrings.xml": strings})) is Code.TOO_LARGE
    assert refusal(by_hand("<row><c r='ZZZ1'><v>1</v></c></row>")) is Code.TOO_MANY
    assert refusal(by_hand("<row><c><v>1</v></c></row>" * (limits.IMPORT_ROWS + 2))) is Code.TOO_MANY
