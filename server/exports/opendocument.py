"""A document as ODT (OpenDocument 1.3): styles, an outline, real lists, heads on each page, properties ([EXP5]).

The few parts of the package are written here, from the standard library's trees of elements: what a paper needs of the
format is less than what a library for all of it would bring along, and nothing in it comes from elsewhere than
`document` and our own sheet of styles.
"""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from .direction import isolated
from .document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Item,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Table,
    Timeline,
)
from .drawing import fit
from .foot import at_foot
from .opendirection import directed
from .openlists import Lists
from .openpictures import picture
from .opentables import Figures, figure, table
from .openwriting import named, part, put, say, span, written
from .words import Words

MEDIA: Final = "application/vnd.oasis.opendocument.text"
SHEET: Final = Path(__file__).parent / "opendocument.xml"
COUNTRY: Final = {"en": "US", "es": "ES"}
"""Whose spelling is looked up."""
MARKS: Final = {"plain": "#655c50", "sage": "#5d8a52", "rose": "#b3574f", "sky": "#3b7fa8"}
"""By section."""
DEEPEST: Final = 10
"""Levels of a list, of an outline."""
STEP: Final = 0.6
"""So much further in, in centimetres, is each level of a list."""


def odt(document: Document) -> bytes:
    """The file."""
    words = Words(document.language)
    figures: Figures = {}
    parts = {
        "content.xml": written(_content(document, words, figures)),
        "styles.xml": written(_styles(document, words)),
        "meta.xml": written(_meta(document)),
    }
    bodies = {**parts, **{name: body for name, (_, body) in figures.items()}}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        # The format wants it first, and bare.
        package.writestr("mimetype", MEDIA, zipfile.ZIP_STORED)
        for name, body in bodies.items():
            package.writestr(name, body)
        package.writestr("META-INF/manifest.xml", written(_manifest(parts, figures)))
    return made.getvalue()


def _manifest(parts: dict[str, bytes], figures: Figures) -> ET.Element:
    root = part("manifest:manifest", manifest__version="1.3")
    media = {"/": MEDIA, **dict.fromkeys(parts, "text/xml"), **{name: kind for name, (kind, _) in figures.items()}}
    for name, kind in media.items():
        entry = put(root, "manifest:file-entry", manifest__full_path=name, manifest__media_type=kind)
        if name == "/":
            entry.set(named("manifest:version"), "1.3")
    return root


def _meta(document: Document) -> ET.Element:
    root = part("office:document-meta", office__version="1.3")
    about = put(root, "office:meta")
    now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    for name, told in (
        ("meta:generator", "Plenary"),
        ("dc:title", document.title),
        ("dc:subject", document.kind),
        ("meta:initial-creator", "Plenary"),
        ("dc:creator", "Plenary"),
        ("meta:creation-date", now),
        ("dc:date", now),
        ("dc:language", f"{document.language}-{COUNTRY[document.language]}"),
    ):
        put(about, name).text = fit(" ".join(told.split()))
    return root


def _styles(document: Document, words: Words) -> ET.Element:
    """Our sheet, in this language, with levels and foot."""
    root = ET.parse(SHEET).getroot()  # noqa: S314 (it is ours)
    standard = root.find(f".//{named('style:default-style')}/{named('style:text-properties')}")
    outline = root.find(f".//{named('text:outline-style')}")
    foot = root.find(f".//{named('style:footer')}/{named('text:p')}")
    assert standard is not None and outline is not None and foot is not None  # noqa: PT018 (it is ours)
    standard.set(named("fo:language"), document.language)
    standard.set(named("fo:country"), COUNTRY[document.language])
    for level in range(1, DEEPEST + 1):
        _outlined(outline, level)
    holder = root.find(named("office:styles"))
    assert holder is not None
    for colour, shade in MARKS.items():
        holder.append(_marked(colour, shade))
    holder.append(_numbered())
    _foot(foot, document.title, words)
    return root


def _outlined(outline: ET.Element, level: int) -> None:
    """Two levels are numbered, 1 and 1.1."""
    numbered = level < 3
    made = put(
        outline, "text:outline-level-style", text__level=level, style__num_format="1" if numbered else "",
    )  # fmt: skip
    if level == 2:
        made.set(named("text:display-levels"), "2")
    if numbered:
        _indented(made, 1.1, 1.1)


def _indented(level: ET.Element, margin: float, hanging: float) -> None:
    looks = put(level, "style:list-level-properties", text__list_level_position_and_space_mode="label-alignment")
    put(
        looks, "style:list-level-label-alignment", text__label_followed_by="listtab",
        text__list_tab_stop_position=f"{margin:.2f}cm", fo__text_indent=f"{-hanging:.2f}cm",
        fo__margin_left=f"{margin:.2f}cm",
    )  # fmt: skip


def _marked(colour: str, shade: str) -> ET.Element:
    """Lists whose marks have the colour of a section."""
    made = part("text:list-style", style__name=f"Marks_{colour}")
    made.set(named("style:display-name"), f"Marks {colour}")
    for level in range(1, DEEPEST + 1):
        mark = put(made, "text:list-level-style-bullet", text__level=level)
        mark.set(named("text:bullet-char"), "•" if level == 1 else "\u2013")
        _indented(mark, STEP * level, STEP)
        put(mark, "style:text-properties", fo__color=shade if level == 1 else MARKS["plain"])
    return made


def _numbered() -> ET.Element:
    made = part("text:list-style", style__name="Numbers")
    for level in range(1, DEEPEST + 1):
        number = put(
            made, "text:list-level-style-number", text__level=level, style__num_format="1", style__num_suffix="."
        )
        _indented(number, STEP * level + 0.1, STEP + 0.1)
    return made


def _foot(foot: ET.Element, title: str, words: Words) -> None:
    say(foot, at_foot(title))
    put(foot, "text:tab")
    before, middle, after = re.split(r"\{pages?\}", words("numbers", page="{page}", pages="{pages}"))
    say(foot, before)
    put(foot, "text:page-number", text__select_page="current").text = "1"
    say(foot, middle)
    put(foot, "text:page-count").text = "1"
    say(foot, after)


def _content(document: Document, words: Words, figures: Figures) -> ET.Element:
    root = part("office:document-content", office__version="1.3")
    styles = put(root, "office:automatic-styles")
    for level in (1, 2, 3):
        _bare(styles, f"Bare{level}", level)
    _bare(styles, "Annex", 1, fo__break_before="page", fo__margin_top="0pt")
    text = put(put(root, "office:body"), "office:text")
    say(put(text, "text:p", text__style_name="Kind"), document.kind)
    say(put(text, "text:p", text__style_name="Title"), document.title)
    if document.purpose:
        say(put(text, "text:p", text__style_name="Subtitle"), document.purpose)
    say(put(text, "text:p", text__style_name="Facts"), " · ".join((document.date, *document.facts)))
    for block in document.blocks:
        if isinstance(block, Table | Grid):
            table(text, styles, block)
        elif isinstance(block, Timeline):
            figure(text, styles, block, words("plan"), figures)
        elif isinstance(block, Picture):
            picture(text, block, figures)
        else:
            _block(text, styles, block, words)
    directed(text, styles)
    return root


def _bare(styles: ET.Element, name: str, level: int, **looks: str) -> None:
    """A heading without a number stands where others' numbers do."""
    made = put(styles, "style:style", style__name=name, style__family="paragraph")
    made.set(named("style:parent-style-name"), f"Heading_20_{level}")
    put(made, "style:paragraph-properties", fo__margin_left="0cm", fo__text_indent="0cm", **looks)


def _block(text: ET.Element, styles: ET.Element, block: Block, words: Words) -> None:
    if isinstance(block, Heading):
        bare = f"Bare{block.level}" if not block.numbered else f"Heading_20_{block.level}"
        style = "Annex" if block.annex else bare
        line = put(text, "text:h", text__style_name=style, text__outline_level=block.level)
        if not block.numbered:
            line.set(named("text:is-list-header"), "true")
        say(line, block.text)
    elif isinstance(block, Paragraph):
        say(put(text, "text:p", text__style_name="Remark" if block.quiet else "Text_20_body"), block.text)
    elif isinstance(block, Bullets):
        colour = block.colour if block.colour in MARKS else "plain"
        _items(put(text, "text:list", text__style_name=f"Marks_{colour}"), block.items, words)
    elif isinstance(block, Prose | Quote | Listing):
        Lists(text, styles).write(block, "Text_20_body")


def _items(list_: ET.Element, items: tuple[Item, ...], words: Words, style: str = "List_20_Contents") -> None:
    for item in items:
        entry = put(list_, "text:list-item")
        line = put(entry, "text:p", text__style_name=style)
        if item.label:
            span(line, "Label", f"{item.label} ")
        say(line, item.text)
        if item.dots:
            put(line, "text:tab")
            span(line, "Dots", isolated(words("dots", item.dots).replace(" ", "\u00a0"), item.text))
        if item.items:
            _items(put(entry, "text:list"), item.items, words, "List_20_Contents_20_2")
