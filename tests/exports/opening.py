"""OpenDocument texts as a program reads them: blanks are one blank unless they are elements."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from typing import Final

OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES: Final = {
    **{name: f"{OASIS}{name}:1.0" for name in ("office", "style", "text", "table", "meta", "manifest")},
    "draw": f"{OASIS}drawing:1.0",
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "svg": f"{OASIS}svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}
BLANKS: Final = {"s": "\x01", "tab": "\x02", "line-break": "\x03"}
"""Signs that no text has, for the time being."""


def named(name: str) -> str:
    """`text:p` as the library names it."""
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def file_of(made: bytes, name: str = "content.xml") -> ET.Element:
    """A part of the package."""
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(made)).read(name))


def text_of(line: ET.Element) -> str:
    """What is read in a paragraph."""
    plain = re.sub("[ \t\r\n]+", " ", "".join(_pieces(line))).strip(" ")
    return plain.replace("\x01", " ").replace("\x02", "\t").replace("\x03", "\n")


def _pieces(element: ET.Element) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        local = inner.tag.rpartition("}")[2]
        if local in BLANKS:
            yield BLANKS[local] * int(inner.get(named("text:c"), "1"))
        elif not inner.tag.startswith(f"{{{SPACES['draw']}}}"):
            yield from _pieces(inner)
        yield inner.tail or ""


def headings(root: ET.Element) -> list[tuple[int, str]]:
    """The outline: level and words."""
    return [(int(each.get(named("text:outline-level"), "1")), text_of(each)) for each in root.iter(named("text:h"))]


def in_odt(made: bytes) -> list[str]:
    """The words of each item of its lists."""
    root = file_of(made)
    return [text_of(line) for item in root.iter(named("text:list-item")) for line in item.findall(named("text:p"))]
