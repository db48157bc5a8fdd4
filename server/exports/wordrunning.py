"""Paragraphs and runs in DOCX: words that look alike, links, footnotes."""

from typing import Any, Final

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph

from .document import Line
from .drawing import gapped
from .wordnotes import footnote

LINK: Final = RGBColor(0x00, 0x5B, 0x63)


def begun(file: Docx, style: str) -> Paragraph:
    """A paragraph; its style is named at once, where the library would look through all of them each time."""
    made = file.add_paragraph()
    if style != "Normal":
        made._p.style = style.replace(" ", "")  # noqa: SLF001 (the library has no other way)
    return made


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


def ruled(made: Paragraph) -> None:
    """A line beneath it."""
    looks, borders, line = made._p.get_or_add_pPr(), OxmlElement("w:pBdr"), OxmlElement("w:bottom")  # noqa: SLF001 (likewise)
    for name, value in (("val", "single"), ("sz", "10"), ("space", "6"), ("color", str(LINK))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    looks.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
