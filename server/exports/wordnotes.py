"""Footnotes in DOCX: the part of the package that holds them, which the library does not know."""

from collections.abc import Callable
from typing import Any, Final, cast

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from .document import Footnote, Line

KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
SIGN: Final = "footnote reference"
"""The style of the sign in the text, and before the footnote itself."""
FOOT: Final = "footnote text"
EMPTY: Final = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>
</w:footnotes>"""


class _Holder:
    """What a paragraph of a footnote is in, as far as the library asks."""

    def __init__(self, part: Part) -> None:
        self.part = part


def styled(file: Docx) -> None:
    """The styles that the format has for them."""
    sign: Any = file.styles.add_style(SIGN, WD_STYLE_TYPE.CHARACTER)
    sign.font.superscript = True
    foot: Any = file.styles.add_style(FOOT, WD_STYLE_TYPE.PARAGRAPH)
    foot.base_style = file.styles["Normal"]
    foot.font.size, foot.paragraph_format.space_after = Pt(9), Pt(2)


def footnote(made: Paragraph, note: Footnote, say: Callable[[Paragraph, Line], None]) -> None:
    """Its sign, and at the foot what `say` writes."""
    part = _part_of(made.part)
    _sign(made, "w:footnoteReference").set(qn("w:id"), str(note.number))
    entry, line = OxmlElement("w:footnote"), OxmlElement("w:p")
    entry.set(qn("w:id"), str(note.number))
    entry.append(line)
    part.element.append(entry)
    at_foot = Paragraph(cast("Any", line), cast("Any", _Holder(part)))
    line.get_or_add_pPr().style = FOOT.replace(" ", "")
    _sign(at_foot, "w:footnoteRef")
    at_foot.add_run(" ")
    say(at_foot, note.line)


def _sign(made: Paragraph, tag: str) -> Any:
    run: Any = made.add_run()._r  # noqa: SLF001 (the library has no other way)
    run.style = SIGN.replace(" ", "")
    mark = OxmlElement(tag)
    run.append(mark)
    return mark


def _part_of(text: Part) -> XmlPart:
    """The part with the footnotes of this document, made where there is none yet."""
    for known in text.rels.values():
        if known.reltype == KIND:
            return cast("XmlPart", known.target_part)
    part = XmlPart(PackURI("/word/footnotes.xml"), MEDIA, parse_xml(EMPTY), text.package)
    text.relate_to(part, KIND)
    return part
