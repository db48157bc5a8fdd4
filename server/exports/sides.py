"""What a picture is, and how large: read from its bytes, which are not believed beyond that."""

import struct
from typing import Final, NamedTuple

JFIF: Final = b"\xff\xd8\xff\xe0"
SEEN: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Where a JPEG of the usual ways says how large it is."""
SCAN: Final = 0xDA
CAMERA: Final = 0xE1
"""In which a camera writes what it knows: the place, which side is up."""
TURN: Final = 0x0112
"""Under which number it says the latter."""


class Sides(NamedTuple):
    """In pixels. `plain`: a JPEG in which nothing is but the picture, in the form that every program knows.

    `turn`: as Exif says which side is up, 1 to 8; those from 5 on lie on their side.
    """

    media: str
    width: int
    height: int
    plain: bool = False
    turn: int = 1


def sides(body: bytes) -> Sides | None:
    """Of a PNG, JPEG, GIF or WebP; None for all else."""
    try:
        if body.startswith(b"\x89PNG\r\n\x1a\n"):
            return Sides("image/png", *struct.unpack(">II", body[16:24]))
        if body.startswith((b"GIF87a", b"GIF89a")):
            return Sides("image/gif", *struct.unpack("<HH", body[6:10]))
        if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
            return _webp(body)
        return _jpeg(body) if body.startswith(b"\xff\xd8\xff") else None
    except (struct.error, IndexError):
        return None


def _webp(body: bytes) -> Sides | None:
    kind, found = body[12:16], None
    if kind == b"VP8X":
        found = 1 + int.from_bytes(body[24:27], "little"), 1 + int.from_bytes(body[27:30], "little")
    elif kind == b"VP8L":
        (bits,) = struct.unpack("<I", body[21:25])
        found = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 ":
        width, height = struct.unpack("<HH", body[26:30])
        found = width & 0x3FFF, height & 0x3FFF
    return Sides("image/webp", *found) if found else None


def _jpeg(body: bytes) -> Sides | None:
    """By its segments, one behind the other, up to the picture itself."""
    at, found, plain, turn = 2, None, body.startswith(JFIF), 1
    while body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4])
        if marker == CAMERA:
            plain, turn = False, _turn(body[at + 4 : at + 2 + length])
        elif marker in SEEN:
            height, width = struct.unpack(">HH", body[at + 5 : at + 9])
            found = Sides("image/jpeg", width, height)
        elif marker == SCAN:
            return found and found._replace(plain=plain, turn=turn)
        at += 2 + length
    return None


def _turn(told: bytes) -> int:
    """Which side is up; the usual one where that is not said."""
    order = {b"Exif\0\0II": "<", b"Exif\0\0MM": ">"}.get(told[:8])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack(f"{order}I", told[10:14])
        (count,) = struct.unpack(f"{order}H", told[6 + start : 8 + start])
        for at in range(8 + start, 8 + start + 12 * count, 12):
            tag, _, _, value = struct.unpack(f"{order}HHIH", told[at : at + 10])
            if tag == TURN:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1
