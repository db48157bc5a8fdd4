"""Which way paragraphs run in DOCX: the format does not find it out by itself."""

from typing import Any, Final

from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.run import Run

from .direction import runs_leftward
from .wordnotes import KIND

BEHIND: Final = tuple(
    f"w:{name}"
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
)  # fmt: skip
"""What the format wants after the sign for it."""


def directed(file: Docx) -> None:
    """Every paragraph begins where its first letter does, and so do its footnotes."""
    notes = (known.target_part.element for known in file.part.rels.values() if known.reltype == KIND)
    for root in (file.element.body, *notes):
        for line in root.iter(qn("w:p")):
            if runs_leftward("".join(text.text or "" for text in line.iter(qn("w:t")))):
                _turn(line)


def _turn(line: Any) -> None:
    line.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *BEHIND)
    for element in line.iter(qn("w:r")):
        run = Run(element, line)
        # Signs and digits go with what is around them; words that run to the right stay as they are.
        if runs_leftward(run.text) or not any(sign.isalpha() for sign in run.text):
            run.font.rtl = True
            run.font.cs_bold, run.font.cs_italic = run.font.bold, run.font.italic
        sized(element.rPr)


def sized(looks: Any) -> None:
    """Letters that run to the left have a size of their own: here the same."""
    size = looks.find(qn("w:sz")) if looks is not None else None
    if size is None:
        return
    for known in looks.findall(qn("w:szCs")):
        looks.remove(known)
    other = OxmlElement("w:szCs")
    other.set(qn("w:val"), size.get(qn("w:val")))
    size.addnext(other)
