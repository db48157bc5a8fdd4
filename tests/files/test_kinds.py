"""What a file is, by what is in it."""

import pytest

from server.files.kinds import SUFFIXES, TAIL_BYTES, Reader, is_small, named
from tests.files.samples import GIF, OFFICE, OPEN, PDF, PNG, WEBP, archive, docx, jpeg

TAKEN = [
    ("a.png", PNG, "image/png"),
    ("a.html", PNG, "image/png"),
    ("a.jpg", jpeg(), "image/jpeg"),
    ("a", GIF, "image/gif"),
    ("a.webp", WEBP, "image/webp"),
    ("a.exe", PDF, "application/pdf"),
    ("a.docx", docx(), f"{OFFICE}wordprocessingml.document"),
    ("b.docx", docx(filler=TAIL_BYTES * 2), f"{OFFICE}wordprocessingml.document"),
    ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
    ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml"), f"{OFFICE}presentationml.presentation"),
    ("a.odt", archive("content.xml", mimetype=f"{OPEN}text"), f"{OPEN}text"),
    ("a.ods", archive("content.xml", mimetype=f"{OPEN}spreadsheet"), f"{OPEN}spreadsheet"),
    ("a.odp", archive("content.xml", mimetype=f"{OPEN}presentation"), f"{OPEN}presentation"),
    ("a.txt", "Grüße 👋\r\n\ttabbed".encode(), "text/plain"),
    ("A.MD", b"# Title", "text/markdown"),
    ("a.csv", b"\xef\xbb\xbfa;b\n1;2\n", "text/csv"),
]
REFUSED = [
    ("a.html", b"<!doctype html><script>alert(1)</script>"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    ("a.js", b"alert(1)"),
    ("a", b"no name, no kind"),
    ("a.png", b"\x00not a picture"),
    ("a.txt", b"\x00binary"),
    ("a.txt", b"latin \xe9"),
    ("a.txt", "cut short é".encode()[:-1]),
    ("a.csv", b"bell\x07"),
    ("a.exe", b"MZ\x90\x00"),
    ("a.zip", archive("a.txt")),
    ("a.docm", docx("word/vbaProject.bin")),
    ("a.docx", docx()[:-30]),
    ("a.docx", b"PK\x03\x04" + b"\xff" * 400),
    ("a.docx", archive("word/document.xml")),
    ("a.jar", archive("META-INF/MANIFEST.MF", "[Content_Types].xml")),
    ("a.odt", archive("content.xml", "Basic/Standard/Module1.xml", mimetype=f"{OPEN}text")),
    ("a.odt", archive("content.xml", mimetype="text/html")),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
]


def kind(name: str, body: bytes, at_once: int = 7) -> str | None:
    """What it is, heard in pieces."""
    reader = Reader()
    for start in range(0, len(body), at_once):
        reader.hear(body[start : start + at_once])
    return reader.kind(name, body[-TAIL_BYTES:] if reader.is_archive else b"", len(body))


@pytest.mark.parametrize(("name", "body", "found"), TAKEN, ids=[name for name, *_ in TAKEN])
def test_taken(name: str, body: bytes, found: str) -> None:
    """[FILE4]."""
    assert {kind(name, body, 1_000), kind(name, body, 300_000)} == {found}
    if len(body) < 5_000:
        assert kind(name, body, 1) == found


@pytest.mark.parametrize(("name", "body"), REFUSED, ids=[f"{n}-{name}" for n, (name, _) in enumerate(REFUSED)])
def test_refused(name: str, body: bytes) -> None:
    """[FILE4] What could run somewhere, what has macros, what nobody knows."""
    assert kind(name, body) is None


def test_small_pictures() -> None:
    """[FILE10] By its sides, without being decoded; nothing else is one."""
    assert is_small(jpeg(640, 480), 640)
    for body in (jpeg(641, 1), jpeg(1, 65_535), jpeg(0, 5), PNG, b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00\x00" * 9, b""):
        assert not is_small(body, 640)


@pytest.mark.parametrize(
    ("title", "media", "name"),
    [
        ("Plan.pdf", "application/pdf", "Plan.pdf"),
        ("PLAN.PDF", "application/pdf", "PLAN.PDF"),
        ("page.html", "image/png", "page.html.png"),
        ("photo\u202egnp.exe", "image/jpeg", "photognp.exe.jpg"),
        ("../../etc/passwd", "text/plain", "_.._etc_passwd.txt"),
        ("...", "text/csv", "file.csv"),
        ('a"b<c>', "text/markdown", "a_b_c_.md"),
        ("Año 2027", "image/webp", "Año 2027.webp"),
    ],
)
def test_names(title: str, media: str, name: str) -> None:
    """[FILE4] They end as the kind does, and lead nowhere."""
    assert named(title, media) == name


def test_every_kind_has_an_end() -> None:
    """[FILE4]."""
    assert all(suffix.startswith(".") for suffixes in SUFFIXES.values() for suffix in suffixes)
