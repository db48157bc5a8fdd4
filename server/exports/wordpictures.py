"""Pictures in DOCX: in the text, with their words for who does not see them, and a caption beneath."""

import io
from typing import Any, Final

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from .document import Picture
from .drawing import fit
from .wordrunning import begun, say

ROOM: Final = (165.0, 200.0)
"""For a picture, in millimetres."""
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
DECORATIVE: Final = f"""<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">
<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>"""


def picture(file: Docx, block: Picture) -> None:
    """It, and what stands beneath it."""
    line = file.add_paragraph()
    line.paragraph_format.space_before = Pt(6)
    line.paragraph_format.keep_with_next = True if block.caption else None
    width, height = (Mm(side) for side in block.shot.extent(*ROOM))
    shape: Any = line.add_run().add_picture(io.BytesIO(block.shot.body), width, height)
    about = shape._inline.docPr  # noqa: SLF001 (the library has no other way)
    about.set("descr", fit(block.alt))
    if not block.alt:
        about.append(parse_xml(DECORATIVE))
    if block.caption:
        say(begun(file, "Caption"), block.caption)
