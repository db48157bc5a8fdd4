"""ODF's parts as trees of elements: names, texts to the letter, lines of runs."""

import re
import xml.etree.ElementTree as ET
from typing import Final

from .document import Footnote, Line
from .drawing import fit, gapped

OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES: Final = {
    **{name: f"{OASIS}{name}:1.0" for name in ("office", "style", "text", "table", "meta", "manifest")},
    "draw": f"{OASIS}drawing:1.0",
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "svg": f"{OASIS}svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
BLANKS: Final = re.compile("( +|[\n\r])")
for _prefix, _address in SPACES.items():
    ET.register_namespace(_prefix, _address)


def named(name: str) -> str:
    """`text:p` as the library names it."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def part(name: str, **looks: object) -> ET.Element:
    """An element; `text__style_name` is its attribute `text:style-name`."""
    told = {named(key.replace("__", ":").replace("_", "-")): fit(str(value)) for key, value in looks.items()}
    return ET.Element(named(name), told)


def put(parent: ET.Element, name: str, **looks: object) -> ET.Element:
    """A new element, the last of its parent."""
    made = part(name, **looks)
    parent.append(made)
    return made


def written(root: ET.Element) -> bytes:
    """As a file."""
    made: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def say(parent: ET.Element, text: str) -> None:
    """Text to the letter. The format makes one blank of several, and none at an end, so those are elements."""
    pieces = BLANKS.split(gapped(text))
    for n, piece in enumerate(pieces):
        if piece in {"\n", "\r"}:
            put(parent, "text:line-break")
        elif piece.startswith(" ") and not (piece == " " and pieces[n - 1] and pieces[n + 1]):
            put(parent, "text:s", text__c=len(piece))
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece


def span(parent: ET.Element, style: str, text: str) -> None:
    """Words that look otherwise."""
    say(put(parent, "text:span", text__style_name=style), text)


def run_on(parent: ET.Element, line: Line) -> None:
    """Runs, one behind the other."""
    for run in line:
        if run.note:
            _footnote(parent, run.note)
            continue
        holder = parent
        if run.href:
            holder = put(
                parent, "text:a", xlink__type="simple", xlink__href=run.href, text__style_name="Internet_20_link"
            )
        style = {(True, True): "Both", (True, False): "Strong", (False, True): "Emphasis"}.get((run.strong, run.em))
        if style:
            span(holder, style, run.text)
        else:
            say(holder, run.text)


def _footnote(parent: ET.Element, note: Footnote) -> None:
    made = put(parent, "text:note", text__id=f"ftn{note.number}", text__note_class="footnote")
    put(made, "text:note-citation").text = str(note.number)
    run_on(put(put(made, "text:note-body"), "text:p", text__style_name="Footnote"), note.line)
