"""A document as DOCX: real heading styles, numbered, real lists, header rows, properties and language ([EXP5])."""

import io
import re
from datetime import UTC, datetime
from typing import Any, Final

import docx as library
from docx.document import Document as Docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from .direction import isolated
from .document import Block, Bullets, Document, Grid, Heading, Item, Paragraph, Picture, Table, Timeline
from .drawing import fit, gapped
from .foot import at_foot
from .worddirection import directed, sized
from .wordnotes import styled
from .wordpictures import picture
from .wordrunning import begun, ruled
from .words import Words
from .wordtables import WIDTH, drawing, table
from .wordwriting import write

ACCENT: Final = RGBColor(0x00, 0x5B, 0x63)
QUIET: Final = RGBColor(0x65, 0x5C, 0x50)
FONT: Final = "Calibri"
SPOKEN: Final = {"en": "en-US", "es": "es-ES"}
"""As the format names the languages."""


def docx(document: Document) -> bytes:
    """The file."""
    words = Words(document.language)
    file = library.Document()
    _properties(file, document)
    _styles(file, document.language)
    styled(file)
    _title(file, document)
    numbers = _numbers(file)
    for block in document.blocks:
        _block(file, block, words, numbers)
    _footer(file, document.title, words)
    directed(file)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def _properties(file: Docx, document: Document) -> None:
    about = file.core_properties
    about.title, about.subject = fit(document.title)[:255], fit(document.kind)
    about.author, about.comments, about.language = "Plenary", "", document.language
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)


def _styles(file: Docx, language: str) -> None:
    for said in file.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), SPOKEN[language])
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin = section.bottom_margin = Cm(2.25)
    looks: list[tuple[str, float, bool, RGBColor | None, float, float]] = [
        ("Normal", 10.5, False, None, 0, 5),
        ("Title", 26, True, None, 2, 8),
        ("Subtitle", 13, False, None, 0, 8),
        ("Heading 1", 17, True, None, 24, 6),
        ("Heading 2", 12.5, True, None, 14, 4),
        ("Heading 3", 11, True, QUIET, 10, 3),
        ("List Bullet", 10.5, False, None, 0, 4),
        ("List Bullet 2", 10, False, None, 0, 2),
        ("List Number", 10.5, False, None, 0, 4),
        ("Quote", 10.5, False, QUIET, 0, 6),
        ("Caption", 9.5, False, QUIET, 0, 8),
    ]
    for name, size, bold, colour, before, after in looks:
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
        style.font.italic = False
        style.font.cs_bold, style.font.cs_italic = bold, False
        sized(style.element.rPr)
        style.font.color.rgb = colour if colour is not None else RGBColor(0x1F, 0x1A, 0x14)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        for unwanted in style.element.xpath("./w:pPr/w:pBdr | ./w:rPr/w:spacing | ./w:rPr/w:kern"):
            unwanted.getparent().remove(unwanted)
        if name.startswith("List"):
            style.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _numbers(file: Docx) -> int:
    """Numbered headings: a multilevel list tied to the heading styles. Returns its number."""
    numbering: Any = file.part.numbering_part.element
    # A mark ends where its own words begin, however far in: not at the tab of the outermost.
    for tabs in numbering.xpath("//w:lvl/w:pPr/w:tabs"):
        tabs.getparent().remove(tabs)
    outline = OxmlElement("w:abstractNum")
    outline.set(qn("w:abstractNumId"), "90")
    multi = OxmlElement("w:multiLevelType")
    multi.set(qn("w:val"), "multilevel")
    outline.append(multi)
    for level, pattern in enumerate(("%1", "%1.%2")):
        outline.append(_level(level, pattern))
    numbering.insert(0, outline)
    return int(numbering.add_num(90).numId)


def _level(level: int, pattern: str) -> Any:
    made = OxmlElement("w:lvl")
    made.set(qn("w:ilvl"), str(level))
    for tag, value in (("start", "1"), ("numFmt", "decimal"), ("pStyle", f"Heading{level + 1}"), ("lvlText", pattern)):
        part = OxmlElement(f"w:{tag}")
        part.set(qn("w:val"), value)
        made.append(part)
    indent = OxmlElement("w:ind")
    indent.set(qn("w:left"), "624")
    indent.set(qn("w:hanging"), "624")
    properties = OxmlElement("w:pPr")
    properties.append(indent)
    made.append(properties)
    return made


def _title(file: Docx, document: Document) -> None:
    kind = file.add_paragraph()
    _run(kind, document.kind, colour=ACCENT, bold=True)
    _say(file.add_paragraph(style="Title"), document.title)
    if document.purpose:
        _say(file.add_paragraph(style="Subtitle"), document.purpose)
    facts = file.add_paragraph()
    _run(facts, " · ".join((document.date, *document.facts)), colour=QUIET)
    facts.paragraph_format.space_after = Pt(8)
    ruled(facts)


def _block(file: Docx, block: Block, words: Words, numbers: int) -> None:
    if isinstance(block, Heading):
        line = file.add_heading(level=block.level)
        line.paragraph_format.page_break_before = True if block.annex else None
        if block.level < 3 and block.numbered:
            _numbered(line, numbers, block.level - 1)
        _say(line, block.text)
    elif isinstance(block, Paragraph):
        _run(file.add_paragraph(), block.text, colour=QUIET if block.quiet else None)
    elif isinstance(block, Bullets):
        for item in block.items:
            _item(file, item, words, "List Bullet")
    elif isinstance(block, Table | Grid):
        table(file, block)
    elif isinstance(block, Timeline):
        drawing(file, block)
    elif isinstance(block, Picture):
        picture(file, block)
    else:
        write(file, block)


def _numbered(line: Line, numbers: int, level: int) -> None:
    properties = line._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 (the library has no other way)
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, numbers


def _item(file: Docx, item: Item, words: Words, style: str) -> None:
    line = begun(file, style)
    if item.label:
        _run(line, f"{item.label} ", colour=QUIET)
    _say(line, item.text)
    if item.dots:
        told = isolated(words("dots", item.dots).replace(" ", "\u00a0"), item.text)
        _run(line, f"\t{told}", colour=ACCENT, bold=True)
    for inner in item.items:
        _item(file, inner, words, "List Bullet 2")


def _footer(file: Docx, title: str, words: Words) -> None:
    line = file.sections[0].footer.paragraphs[0]
    style: Any = file.styles["Footer"]
    style.font.name, style.font.size = FONT, Pt(9)
    for stops in style.element.xpath("./w:pPr/w:tabs"):
        stops.getparent().remove(stops)
    line.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    _run(line, f"{at_foot(title)}\t", colour=QUIET)
    before, middle, after = re.split(r"\{pages?\}", words("numbers", page="{page}", pages="{pages}"))
    for text, code in ((before, "PAGE"), (middle, "NUMPAGES"), (after, "")):
        _run(line, text, colour=QUIET)
        if code:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            line._p.append(field)  # noqa: SLF001 (the library has no other way)
            _run(line, "1", colour=QUIET)
            field.append(line.runs[-1]._r)  # noqa: SLF001 (likewise)


def _say(line: Line, text: str) -> None:
    """Text that somebody wrote: to the letter, newlines too."""
    line.add_run(gapped(text))


def _run(line: Line, text: str, *, colour: RGBColor | None = None, bold: bool = False) -> None:
    run = line.add_run(fit(text))
    run.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
