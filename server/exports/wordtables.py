"""Tables and figures in DOCX: heads on each page, rows that stay whole, columns as wide as they need; drawings."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Pt

from .columns import plain, shares
from .document import Grid, Line, Run, Table, Timeline
from .drawing import fit
from .setting import drawn_png
from .timeline import figure
from .wordrunning import say

WIDTH: Final = Cm(16.5)
SVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEAD_LINE: Final = ("8", "005B63")
ROW_LINE: Final = ("4", "D9D1C3")
"""Eighths of a point, and the colour."""
TOGETHER: Final = 12
"""A table with at most so many rows stays on one page."""


def table(file: Docx, block: Table | Grid, begins: int = 0) -> None:
    """The rows; what ours says and what people wrote alike. `begins`: so far in, where it lies in something."""
    if isinstance(block, Table):
        rows: list[Sequence[Line]] = [tuple((Run(str(cell)),) for cell in row) for row in (block.head, *block.rows)]
        heads = 1
    else:
        rows, heads = list(block.rows), block.head
    widths = [int((WIDTH - begins) * share) for share in shares(map(plain, rows))]
    made = file.add_table(rows=0, cols=len(widths))
    made.autofit = False
    if begins:
        _indented(made, begins)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for n, row in enumerate(rows):
        added: Any = made.add_row()
        properties = added._tr.get_or_add_trPr()  # noqa: SLF001 (the library has no other way)
        properties.append(OxmlElement("w:cantSplit"))
        if n < heads:
            properties.append(OxmlElement("w:tblHeader"))
        together = n < heads or (len(rows) <= TOGETHER and n + 1 < len(rows))
        for cell, line, width in zip(added.cells, row, widths, strict=True):
            cell.width = width
            _cell(cell, line, head=n < heads, together=together)
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _indented(made: Any, begins: int) -> None:
    looks, far = made._tbl.tblPr, OxmlElement("w:tblInd")  # noqa: SLF001 (the library has no other way)
    far.set(qn("w:w"), str(Emu(begins).twips))
    far.set(qn("w:type"), "dxa")
    looks.insert_element_before(far, "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _cell(cell: Any, line: Line, *, head: bool, together: bool) -> None:
    said = cell.paragraphs[0]
    say(said, tuple(replace(run, strong=run.strong or head) for run in line))
    looks = said.paragraph_format
    looks.space_before = looks.space_after = Pt(2)
    looks.keep_with_next = together or None
    for run in said.runs:
        run.font.size = Pt(9.5)
    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    size, colour = HEAD_LINE if head else ROW_LINE
    for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)  # noqa: SLF001 (the library has no other way)


def drawing(file: Docx, timeline: Timeline) -> None:
    """The figure: as a drawing, with a picture of it for what shows none; in words for who does not see it."""
    svg = figure(timeline)
    line = file.add_paragraph()
    shape: Any = line.add_run().add_picture(io.BytesIO(drawn_png(svg, 200)), width=WIDTH)
    shape._inline.docPr.set("descr", fit(timeline.alt))  # noqa: SLF001 (the library has no other way)
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")  # noqa: SLF001 (likewise)
    name = PackURI(f"/word/media/figure{len(file.inline_shapes)}.svg")
    part = Part(name, "image/svg+xml", svg.encode(), file.part.package)
    id_ = file.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip = shape._inline.find(f".//{{{DRAWING}}}blip")  # noqa: SLF001 (likewise)
    blip.append(
        parse_xml(
            f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}">'
            f'<s:svgBlip xmlns:s="{SVG}" r:embed="{id_}" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></a:ext></a:extLst>'
        )
    )
