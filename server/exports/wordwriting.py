"""What people wrote in the paper, as DOCX: runs, links, footnotes, lists that are numbered anew, quotes and tables."""

from typing import Any, Final

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from docx.text.paragraph import Paragraph

from .document import Grid, Heading, Line, Listing, Prose, Quote, Run, Written
from .drawing import gapped
from .wordnotes import footnote

LINK: Final = RGBColor(0x00, 0x5B, 0x63)
DEEPER: Final = Cm(0.63)
"""So much further in is what lies in something."""


def write(file: Docx, block: Written, style: str = "Normal", depth: int = 0) -> None:
    """A block, so deep in others."""
    if isinstance(block, Prose):
        _paragraph(file, block.line, style, depth)
    elif isinstance(block, Heading):
        _paragraph(file, (Run(block.text, strong=True),), style, depth)
    elif isinstance(block, Quote):
        for inner in block.blocks:
            write(file, inner, "Quote", depth)
    elif isinstance(block, Listing):
        _list(file, block, depth)
    elif isinstance(block, Grid):
        # What lies in something else is set as its rows' lines.
        for row in block.rows:
            _paragraph(file, tuple(run for cell in row for run in (*cell, Run(" "))), style, depth)


def begun(file: Docx, style: str) -> Paragraph:
    """A paragraph; its style is named at once, where the library would look through all of them each time."""
    made = file.add_paragraph()
    if style != "Normal":
        made._p.style = style.replace(" ", "")  # noqa: SLF001 (the library has no other way)
    return made


def _paragraph(file: Docx, line: Line, style: str, depth: int) -> Paragraph:
    made = begun(file, style)
    if depth:
        made.paragraph_format.left_indent = DEEPER * (depth + 1)
    say(made, line)
    return made


def _list(file: Docx, block: Listing, depth: int) -> None:
    style = "List Number" if block.ordered else "List Bullet"
    number = _numbered_anew(file) if block.ordered else None
    for item in block.items:
        for n, inner in enumerate(item):
            first = n == 0 and isinstance(inner, Prose)
            if first and isinstance(inner, Prose):
                made = _paragraph(file, inner.line, style, depth)
                if number is not None:
                    properties = made._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 (no other way)
                    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, number
            else:
                write(file, inner, "Normal", depth + 1)


def _numbered_anew(file: Docx) -> int:
    """A list of its own, that begins with 1."""
    style: Any = file.styles["List Number"]
    numbering: Any = file.part.numbering_part.element
    first = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
    made = numbering.add_num(first.abstractNumId.val)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def say(made: Paragraph, line: Line) -> None:
    """Runs, one behind the other."""
    for run in line:
        if run.note:
            footnote(made, run.note, say)
            continue
        said = made.add_run(gapped(run.text))
        said.bold, said.italic = run.strong or None, run.em or None
        if run.href:
            said.font.color.rgb, said.font.underline = LINK, True
            _linked(made, said, run.href)


def _linked(made: Paragraph, said: Any, href: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), made.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    made._p.append(link)  # noqa: SLF001 (the library has no other way)
    link.append(said._r)  # noqa: SLF001 (likewise)
