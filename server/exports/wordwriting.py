"""What people wrote in the paper, as DOCX: paragraphs, lists that are numbered anew, quotes and tables."""

import copy
from typing import Any, Final

from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph

from .document import Grid, Heading, Line, Listing, Prose, Quote, Run, Written
from .wordrunning import begun, say
from .wordtables import table

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
        table(file, block, DEEPER * (depth + 1))


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
    """A list of its own, that goes on whatever lies in it: lists of one pattern are counted as one."""
    style: Any = file.styles["List Number"]
    numbering: Any = file.part.numbering_part.element
    known = numbering.num_having_numId(style.element.pPr.numPr.numId.val).abstractNumId.val
    patterns = numbering.findall(qn("w:abstractNum"))
    made = copy.deepcopy(next(each for each in patterns if each.get(qn("w:abstractNumId")) == str(known)))
    number = 1 + max(int(each.get(qn("w:abstractNumId"))) for each in patterns)
    made.set(qn("w:abstractNumId"), str(number))
    # By these it would be taken for the same one.
    for sign in [each for tag in ("w:nsid", "w:tmpl", "w:pStyle") for each in made.iter(qn(tag))]:
        sign.getparent().remove(sign)
    patterns[-1].addnext(made)
    return int(numbering.add_num(number).numId)
