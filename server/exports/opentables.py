"""Tables and figures in ODT: heads on each page, rows that stay whole, columns as wide as they need; drawings."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Final

from .columns import plain, shares
from .direction import holds_leftward
from .document import Grid, Line, Run, Table, Timeline
from .drawing import fit
from .openwriting import named, put, run_on
from .setting import drawn_png
from .timeline import WIDTH as DRAWN
from .timeline import figure as drawn
from .timeline import height

Figures = dict[str, tuple[str, bytes]]
"""Pictures in the package: what each is, and its bytes."""
WIDTH: Final = 16.5
"""Of a page's text, in centimetres."""
TOGETHER: Final = 12
"""A table with at most so many rows stays on one page."""
DPI: Final = 300
"""Of the picture: sharp on paper where it stands alone."""
HEAD_LINE: Final = "1pt solid #005b63"
ROW_LINE: Final = "0.5pt solid #d9d1c3"


def table(text: ET.Element, styles: ET.Element, block: Table | Grid) -> None:
    """The rows; what ours says and what people wrote alike."""
    if isinstance(block, Table):
        rows: list[Sequence[Line]] = [tuple((Run(str(cell)),) for cell in row) for row in (block.head, *block.rows)]
        heads = 1
    else:
        rows, heads = list(block.rows), block.head
    name = f"Table{1 + sum(each.tag == named('table:table') for each in text)}"
    widths = shares(map(plain, rows))
    _looks(styles, name, widths, whole=len(rows) <= TOGETHER)
    made = put(text, "table:table", table__name=name, table__style_name=name)
    for n in range(len(widths)):
        put(made, "table:table-column", table__style_name=f"{name}.{n}")
    holder = put(made, "table:table-header-rows") if heads else made
    for n, row in enumerate(rows):
        head = n < heads
        holder = holder if head else made
        added = put(holder, "table:table-row", table__style_name=f"{name}.row")
        for line in row:
            cell = put(added, "table:table-cell", table__style_name=f"{name}.{'head' if head else 'cell'}")
            cell.set(named("office:value-type"), "string")
            said = put(cell, "text:p", text__style_name="Table_20_Heading" if head else "Table_20_Contents")
            run_on(said, line)
    put(text, "text:p", text__style_name="Table_20_Contents")


def _looks(styles: ET.Element, name: str, widths: Sequence[float], *, whole: bool) -> None:
    made = put(styles, "style:style", style__name=name, style__family="table")
    put(
        made, "style:table-properties", style__width=f"{WIDTH}cm", table__align="left", fo__margin_top="4pt",
        fo__margin_bottom="4pt", style__may_break_between_rows=str(not whole).lower(),
        table__border_model="collapsing",
    )  # fmt: skip
    for n, share in enumerate(widths):
        column = put(styles, "style:style", style__name=f"{name}.{n}", style__family="table-column")
        put(column, "style:table-column-properties", style__column_width=f"{WIDTH * share:.3f}cm")
    row = put(styles, "style:style", style__name=f"{name}.row", style__family="table-row")
    put(row, "style:table-row-properties", fo__keep_together="always")
    for kind, border in (("head", HEAD_LINE), ("cell", ROW_LINE)):
        cell = put(styles, "style:style", style__name=f"{name}.{kind}", style__family="table-cell")
        put(
            cell, "style:table-cell-properties", fo__padding="0.1cm", fo__border_top="none", fo__border_left="none",
            fo__border_right="none", fo__border_bottom=border,
        )  # fmt: skip


def figure(text: ET.Element, styles: ET.Element, timeline: Timeline, title: str, figures: Figures) -> None:
    """The figure: as a drawing, with a picture of it for what shows none; in words for who does not see it.

    Where letters in it run to the left, it is the picture alone: LibreOffice sets those of a drawing backwards.
    """
    svg = drawn(timeline)
    n = 1 + sum(name.startswith("Pictures/figure") and name.endswith(".png") for name in figures)
    kinds: list[tuple[str, str, bytes]] = [("png", "image/png", drawn_png(svg, DPI))]
    if not holds_leftward(svg):
        kinds.insert(0, ("svg", "image/svg+xml", svg.encode()))
    if n == 1:
        looks = put(styles, "style:style", style__name="Drawing", style__family="graphic")
        looks.set(named("style:parent-style-name"), "Graphics")
        put(looks, "style:graphic-properties", style__vertical_pos="top", style__vertical_rel="baseline")
    line = put(text, "text:p", text__style_name="Figure")
    frame = put(
        line, "draw:frame", draw__style_name="Drawing", draw__name=f"Figure {n}", text__anchor_type="as-char",
        svg__width=f"{WIDTH}cm", svg__height=f"{WIDTH * height(timeline) / DRAWN:.3f}cm",
    )  # fmt: skip
    for kind, media, body in kinds:
        name = f"Pictures/figure{n}.{kind}"
        figures[name] = (media, body)
        put(
            frame, "draw:image", xlink__href=name, xlink__type="simple", xlink__show="embed", xlink__actuate="onLoad",
            draw__mime_type=media,
        )  # fmt: skip
    put(frame, "svg:title").text = fit(title)
    put(frame, "svg:desc").text = fit(timeline.alt)
