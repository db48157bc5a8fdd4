"""The paper's pictures in every format: with their words, none too large, and what is no picture breaks nothing."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from pycrdt import XmlElement, XmlText

from protocol.records import Paper
from server.exports import album
from server.exports.album import Album, fit
from server.exports.document import Picture, Prose, Run
from server.exports.given import Given, heard, told
from server.exports.make import make
from server.exports.showing import ALT_CHARS, showing
from server.exports.sides import Sides, sides
from server.exports.wall import Wall
from server.exports.words import Words
from server.exports.written import written
from tests.exports.opening import SPACES, file_of, named, text_of
from tests.exports.test_documents import HOSTILE
from tests.exports.test_written import ENGLISH, paper_of, records
from tests.files.samples import DRAWING, GIF, PDF, PHOTO, PNG, SCENE, WEBP, jpeg
from tests.files.samples import docx as document

SCREEN = (Path(__file__).parents[2] / "docs" / "board.png").read_bytes()
"""1,440 by 900 pixels."""
NONE = "A picture that is not shown here:"
ROOMY = 2_000_000


def picture(of: str, alt: str = "", caption: str = "") -> XmlElement:
    """One in the paper."""
    said = [("picture_alt", alt), ("picture_caption", caption)]
    return XmlElement("picture", {"of": of}, [XmlElement(tag, {}, [XmlText(words)]) for tag, words in said])


def of(body: bytes, name: str = "") -> dict[str, Given]:
    """The picture `p`."""
    return {"p": Given(name, body)}


def paper(alt: str = "A wall of notes", caption: str = "The wall at noon") -> Paper:
    """A paper with the picture `p`."""
    return paper_of(XmlElement("paragraph", {}, [XmlText("Before")]), picture("p", alt, caption))


def out(kind: str, body: bytes = PHOTO, *, alt: str = "A wall of notes", caption: str = "The wall at noon") -> bytes:
    """A document with a picture."""
    return make(kind, records(paper(alt, caption)), ENGLISH, of(body, "files/wall.jpg"))


def images(page: str) -> list[tuple[str, str, bytes]]:
    """The words, kind and bytes of the pictures of a page."""
    found = re.findall(r'<img src="data:([\w/]+);base64,([^"]*)" alt="([^"]*)"', page)
    return [(alt, media, base64.b64decode(body)) for media, body, alt in found]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (SCREEN, Sides("image/png", 1_440, 900)),
        (PNG, Sides("image/png", 1, 1)),
        (DRAWING, Sides("image/gif", 1, 1)),
        (WEBP, Sides("image/webp", 1, 1)),
        (SCENE, Sides("image/webp", 16, 12)),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x0f\0\0\x0b\0\0", Sides("image/webp", 16, 12)),
        (PHOTO, Sides("image/jpeg", 16, 12, plain=True)),
        (PDF, None),
        (document(), None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"", None),
        (PHOTO[:60], None),
        (PNG[:18], None),
        (b"RIFF\0\0\0\0WEBPNONE", None),
    ],
)
def test_what_it_is(body: bytes, found: Sides | None) -> None:
    """[PICTURE3] By its bytes."""
    assert sides(body) == found


def test_a_photo_stays_as_it_is_and_all_else_is_drawn_anew() -> None:
    """[PICTURE3] Nothing that a camera wrote into it goes out."""
    shot = fit(Given("", PHOTO), ROOMY)
    assert shot
    assert (shot.media, shot.body) == ("image/jpeg", PHOTO)
    for body in (exif(1), SCREEN, DRAWING, SCENE):
        told_, drawn = sides(body), fit(Given("", body), ROOMY)
        assert told_
        assert drawn
        assert sides(drawn.body) == Sides("image/png", told_.width, told_.height)
        assert (drawn.media, drawn.width, drawn.height) == ("image/png", told_.width, told_.height)
        assert b"the place" not in drawn.body


def exif(turn: int, order: str = ">") -> bytes:
    """A photo as a camera writes it, which tells the place, and which side is up."""
    head = {">": b"MM\0\x2a", "<": b"II\x2a\0"}[order] + struct.pack(f"{order}IH", 8, 2)
    tags = [(0x010E, 2, 4, 0), (0x0112, 3, 1, turn)]
    said = b"Exif\0\0" + head + b"".join(struct.pack(f"{order}HHIHxx", *tag) for tag in tags) + b"the place"
    return PHOTO[:20] + b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said + PHOTO[20:]


@pytest.mark.parametrize("turn", range(10))
def test_the_right_side_up(turn: int) -> None:
    """[PICTURE3] As the camera was held; the white of it is where it was seen."""
    for order in "<>":
        assert sides(exif(turn, order)) == Sides("image/jpeg", 16, 12, turn=turn if 1 <= turn <= 8 else 1)
    drawn = fit(Given("", exif(turn)), ROOMY)
    assert drawn
    assert (drawn.width, drawn.height) == ((12, 16) if 5 <= turn <= 8 else (16, 12))
    right, down = turn in {2, 3, 6, 7}, turn in {3, 4, 7, 8}
    x, y = middle_of_the_light(drawn.body, drawn.width)
    assert (x > (drawn.width - 1) / 2, y > (drawn.height - 1) / 2) == (right, down)


def middle_of_the_light(png: bytes, width: int) -> tuple[float, float]:
    """Where the light is, in the middle; of a PNG of four channels."""
    at, packed = 8, b""
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    light = [
        (x, y)
        for y, row in enumerate(_rows(zlib.decompress(packed), width * 4))
        for x in range(width)
        if sum(row[x * 4 : x * 4 + 3]) > 600
    ]
    return sum(x for x, _ in light) / len(light), sum(y for _, y in light) / len(light)


def _rows(packed: bytes, length: int) -> list[bytearray]:
    """The rows of a picture, as its filters have them (PNG, 9.2)."""
    rows = [bytearray(length)]
    for start in range(0, len(packed), length + 1):
        row, above = bytearray(packed[start + 1 : start + 1 + length]), rows[-1]
        for n in range(length):
            a, b, c = (row[n - 4], above[n], above[n - 4]) if n > 3 else (0, above[n], 0)
            paeth = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            row[n] = (row[n] + (0, a, b, (a + b) // 2, paeth)[packed[start]]) % 256
        rows.append(row)
    return rows[1:]


def test_none_is_larger_than_it_is_good_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """[PICTURE3] Its sides, its bytes; the whole document; how many."""
    monkeypatch.setattr(album, "STEPS", (700, 100))
    shot = fit(Given("", SCREEN), ROOMY)
    assert shot
    assert (shot.width, shot.height) == (700, 438)
    small = fit(Given("", SCREEN), len(shot.body) - 1)
    assert small
    assert small.width == 100
    assert fit(Given("", SCREEN), 10) is None
    monkeypatch.setattr(album, "PIXELS", 1_440 * 900 - 1)
    assert fit(Given("", SCREEN), ROOMY) is None
    monkeypatch.setattr(album, "ALL_BYTES", 2 * len(PHOTO) + 5)
    few = Album(of(PHOTO))
    assert [few.shot("p") is not None for _ in range(3)] == [True, True, False]
    monkeypatch.setattr(album, "ALL_BYTES", ROOMY)
    monkeypatch.setattr(album, "MOST", 4)
    most = Album(of(PHOTO))
    assert [most.shot("p") is not None for _ in range(6)] == [True] * 4 + [False] * 2


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def plain_png(width: int, height: int) -> bytes:
    """All of one colour."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress((b"\0" + b"\x80\x20\x10" * width) * height)
    return SCREEN[:8] + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def test_a_line_is_a_picture_too() -> None:
    """[PICTURE3] However thin, as long as anything of it is left."""
    for width, height, longest in ((3_000, 12, 1_600), (12, 900, 900)):
        shot = fit(Given("", plain_png(width, height)), ROOMY)
        assert shot
        assert max(shot.width, shot.height) == longest
    for width, height in ((40_000, 1), (1, 40_000)):
        assert make("pdf", records(paper()), ENGLISH, of(plain_png(width, height)))


BOMB = SCREEN[:16] + (60_000).to_bytes(4) * 2 + SCREEN[24:]
WIDER = DRAWING[:24] + struct.pack("<HH", 60_000, 60_000) + DRAWING[28:]
"""A GIF of one pixel, with a far larger picture in it."""
LARGER = b"RIFF\xff\0\0\0WEBPVP8X\x0a" + bytes(7) + b"\x0f\0\0\x0b\0\0" + SCENE[12:26] + b"\xff?\xff?" + SCENE[30:]
"""Likewise a WebP."""
BROKEN = {
    "more within": WIDER,
    "and more": LARGER,
    "cut short": SCREEN[:5_000],
    "a head": jpeg(),
    "a bomb": BOMB,
    "a page": PDF,
    "an end": GIF,
    "no": b"x",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("kind", ["html", "docx", "odt", "pdf"])
def test_what_is_no_picture_breaks_no_document(kind: str, body: bytes) -> None:
    """[PICTURE1] [PICTURE3] It is told in words."""
    assert fit(Given("", body), ROOMY) is None
    assert out(kind, body)


def test_in_words_where_it_is_not_shown() -> None:
    """[PICTURE1] What only decorates is left out then; a caption stays."""
    seen = records(paper_of(picture("gone", "A wall"), picture("lost"), picture("away", "", "Beneath")))
    page = make("html", seen, ENGLISH).decode()
    assert f'<p dir="auto"><em>{NONE} </em>A wall</p>\n<p dir="auto">Beneath</p>' in page
    assert "<img" not in page
    assert "Una imagen que no se muestra aquí" in make("md", seen, Words("es")).decode()


def test_within_the_page() -> None:
    """[PICTURE2] [PICTURE3] [EXP4] HTML and the public page ask nobody for it."""
    for kind in ("html", "page"):
        page = out(kind).decode()
        assert images(page) == [("A wall of notes", "image/jpeg", PHOTO)]
        assert '<figcaption dir="auto">The wall at noon</figcaption>' in page
        assert "img-src data:" in page
        assert not re.search(r'src="(?!data:image/(?:png|jpeg);)', page)
        assert images(out(kind, alt="", caption="").decode()) == [("", "image/jpeg", PHOTO)]
        assert "figcaption dir" not in out(kind, caption="").decode()


def test_by_its_name_in_markdown() -> None:
    """[PICTURE3] As it lies in the archive with its files."""
    seen = records(paper("A [wall]"))
    told_ = make("md", seen, ENGLISH, {"p": Given("files/Our wall (2).png", b"")}).decode()
    assert "Before\n\n![A \\[wall\\]](<files/Our%20wall%20%282%29.png>)\n\nThe wall at noon\n" in told_


def test_in_office_files() -> None:
    """[PICTURE3] With its words, or as what only decorates; the same one lies there once."""
    two = records(paper_of(picture("p", "A wall", "At noon"), picture("p")))
    made = make("docx", two, ENGLISH, of(PHOTO))
    file = docx.Document(io.BytesIO(made))
    about = [(each.get("descr"), "decorative" in each.xml) for each in file.element.iter(_word("docPr"))]
    assert about == [("A wall", False), ("", True)]
    assert [line.text for line in file.paragraphs if line.style and line.style.name == "Caption"] == ["At noon"]
    assert len([name for name in zipfile.ZipFile(io.BytesIO(made)).namelist() if "media" in name]) == 1
    made = make("odt", two, ENGLISH, of(PHOTO))
    frames = list(file_of(made).iter(named("draw:frame")))
    assert [[each.text for each in frame.iter(named("svg:desc"))] for frame in frames] == [["A wall"], []]
    decorative = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}decorative"
    assert [frame.get(decorative) for frame in frames] == [None, "true"]
    [name] = [name for name in zipfile.ZipFile(io.BytesIO(made)).namelist() if name.startswith("Pictures/")]
    assert zipfile.ZipFile(io.BytesIO(made)).read(name) == PHOTO
    manifest = file_of(made, "META-INF/manifest.xml")
    listed = {each.get(f"{{{SPACES['manifest']}}}full-path"): each.attrib for each in manifest}
    assert "image/jpeg" in listed[name].values()


def _word(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}}{tag}"


def test_tagged_in_pdf() -> None:
    """[PICTURE3] [EXP5] By PDF/UA-1; what only decorates is no part of what is read."""
    two = records(paper_of(picture("p", "A wall", "At noon"), picture("q")))
    both = {"p": Given("", PHOTO), "q": Given("", SCREEN)}
    made = pypdf.PdfReader(io.BytesIO(make("pdf", two, ENGLISH, both)))
    root: Any = made.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert sum(len(page.images) for page in made.pages) == 2
    figures = [each for each in _tags(root["/StructTreeRoot"]) if each.get("/S") == "/Figure"]
    assert [each.get("/Alt") for each in figures] == ["A wall"]
    assert "At noon" in made.pages[0].extract_text()


def _tags(node: Any) -> list[Any]:
    """A node, and all beneath it."""
    node = node.get_object()
    if isinstance(node, list):
        return [tag for each in node for tag in _tags(each)]
    if not isinstance(node, dict):
        return []
    return [node, *(_tags(node["/K"]) if "/K" in node else [])]


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\t" not in text], ids=range(len(HOSTILE) - 1))
def test_hostile_words_are_text(text: str) -> None:
    """[EXP2] [PICTURE3] To the letter, no longer than they may be, and executed nowhere."""
    text = " ".join(text.split())
    shown, cut = text.replace("\ufffe", "\ufffd"), text[:ALT_CHARS]
    page = out("html", alt=text, caption=text).decode()
    assert "<script>alert" not in page
    assert len(images(page)) == 1
    made = out("docx", alt=text, caption=text)
    [about] = docx.Document(io.BytesIO(made)).element.iter(_word("docPr"))
    assert about.get("descr") == cut.replace("\ufffe", "\ufffd")
    [desc] = file_of(out("odt", alt=text, caption=text)).iter(named("svg:desc"))
    assert desc.text == cut.replace("\ufffe", "\ufffd")
    lines = [text_of(each) for each in file_of(out("odt", alt="", caption=text)).iter(named("text:p"))]
    assert shown in lines
    assert out("pdf", alt=text, caption=text).startswith(b"%PDF")
    assert out("md", alt=text, caption=text)


def test_to_the_process_that_makes_it() -> None:
    """[EXP6] Records and pictures, and each comes out as it went in."""
    pictures = {"a": Given("files/ä.png", b"\n{}\n\0"), "b": Given("", b""), "c": Given("x", bytes(range(256)))}
    assert heard(b"".join([b"[]", *told(pictures)])) == (b"[]", pictures)
    assert heard(b"[]") == (b"[]", {})


def test_blocks() -> None:
    """[PAPER17] A picture, its words on one line, and its caption with its looks."""
    wall = Wall.of(records(paper("A  wall\nof notes")), of(PHOTO))
    assert wall.paper
    before, shown = written(wall.paper, (), None, showing(wall, ENGLISH))
    assert before == Prose((Run("Before"),))
    assert isinstance(shown, Picture)
    assert (shown.alt, shown.caption) == ("A wall of notes", (Run("The wall at noon"),))
    assert written(wall.paper, ()) == (before,)
