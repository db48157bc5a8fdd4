"""What a file is, by what is in it ([FILE4]); its name only tells apart the kinds of plain text."""

import codecs
import struct
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

HEAD_BYTES: Final = 1_024
"""So much of a file's beginning is looked at."""
TAIL_BYTES: Final = 1_048_576
"""In so much of an archive's end its directory must lie."""
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
OPEN: Final = "application/vnd.oasis.opendocument."
SUFFIXES: Final[dict[str, tuple[str, ...]]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    "application/pdf": (".pdf",),
    f"{OFFICE}wordprocessingml.document": (".docx",),
    f"{OFFICE}spreadsheetml.sheet": (".xlsx",),
    f"{OFFICE}presentationml.presentation": (".pptx",),
    f"{OPEN}text": (".odt",),
    f"{OPEN}spreadsheet": (".ods",),
    f"{OPEN}presentation": (".odp",),
    f"{OPEN}graphics": (".odg",),
    "text/plain": (".txt", ".text", ".log"),
    "text/markdown": (".md", ".markdown"),
    "text/csv": (".csv", ".tsv"),
}
"""Each kind that is taken, and how its names may end; the first is given where none of them does."""
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
"""What may be shown in place: none of them runs anything."""
_MAIN: Final = {
    "word/document.xml": f"{OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{OFFICE}presentationml.presentation",
}
_BIDI: Final = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_UNSAFE: Final = dict.fromkeys(map(ord, '/\\:*?"<>|\n\t'), "_")
_PLAIN: Final = bytes({*range(32, 127), *range(128, 256), *b"\t\n\f\r"})
"""The bytes of which plain text is made."""


class Reader:
    """Hears a file piece by piece, and tells in the end what it can be."""

    def __init__(self) -> None:
        self.head = b""
        self._text = True
        self._utf8 = codecs.getincrementaldecoder("utf-8")()

    def hear(self, piece: bytes) -> None:
        """The next piece."""
        if len(self.head) < HEAD_BYTES:
            self.head += piece[: HEAD_BYTES - len(self.head)]
        self._text = self._text and not piece.translate(None, _PLAIN) and self._decodes(piece)

    @property
    def is_archive(self) -> bool:
        """Whether its end must be looked at too."""
        return self.head.startswith(b"PK\x03\x04")

    def kind(self, name: str, tail: bytes = b"", size: int = 0) -> str | None:
        """The media type, or None where it is not taken. `tail`: of an archive its end; `size`: of the whole."""
        if self.is_archive:
            return _document(self.head, tail, size)
        found = _by_head(self.head)
        if found or not self._ends():
            return found
        suffix = PurePath(name).suffix.lower()
        return next((kind for kind in SUFFIXES if kind.startswith("text/") and suffix in SUFFIXES[kind]), None)

    def _decodes(self, piece: bytes) -> bool:
        try:
            self._utf8.decode(piece)
        except UnicodeDecodeError:
            return False
        return True

    def _ends(self) -> bool:
        """Whether all of it is text."""
        try:
            return self._text and self._utf8.decode(b"", final=True) is not None
        except UnicodeDecodeError:
            return False


def is_small(body: bytes, longest: int) -> bool:
    """Whether this is a JPEG with no side longer than so many pixels ([FILE10])."""
    if _by_head(body) != "image/jpeg":
        return False
    at = 2
    while at + 9 <= len(body) and body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            return bool(0 < height <= longest and 0 < width <= longest)
        at += 2 + length
    return False


def named(title: str, kind: str) -> str:
    """Under which name a file of this kind is given out: it ends as its kind does, and reads as it is ([FILE4])."""
    plain = title.translate(_BIDI).translate(_UNSAFE).strip(". ") or "file"
    return plain if PurePath(plain).suffix.lower() in SUFFIXES[kind] else plain + SUFFIXES[kind][0]


def _by_head(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return "application/pdf" if head.startswith(b"%PDF-") else None


def _document(head: bytes, tail: bytes, size: int) -> str | None:
    """An office document, by the files in it."""
    try:
        names = set(_names(tail, size))
    except (struct.error, ValueError):
        return None
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" or name.startswith("Basic/") for name in names):
        return None
    if "[Content_Types].xml" in names:
        return next((kind for main, kind in _MAIN.items() if main in names), None)
    if "mimetype" in names and head[30:38] == b"mimetype" and head[8:10] == b"\0\0":
        length = int.from_bytes(head[18:22], "little")
        kind = head[38 : 38 + length].decode("ascii", "replace")
        return kind if kind.startswith(OPEN) and kind in SUFFIXES else None
    return None


def _names(tail: bytes, size: int) -> Iterator[str]:
    """The names in an archive's directory; raises `ValueError` or `struct.error` where that cannot be read."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise ValueError("no end of a directory")
    count, length, offset = struct.unpack("<HII", tail[end + 10 : end + 20])
    at = offset - (size - len(tail))
    if at < 0 or at + length > end:
        raise ValueError("the directory lies elsewhere")
    for _ in range(count):
        if tail[at : at + 4] != b"PK\x01\x02":
            raise ValueError("no entry of a directory")
        name, extra, comment = struct.unpack("<HHH", tail[at + 28 : at + 34])
        yield tail[at + 46 : at + 46 + name].decode("utf-8", "replace")
        at += 46 + name + extra + comment
