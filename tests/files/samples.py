"""Small files of each kind, made here."""

import base64
import io
import struct
import zipfile
from typing import Final

PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cf500f0003860180"
    "5a347d6b0000000049454e44ae426082"
)
GIF: Final = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00"
WEBP: Final = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
PHOTO: Final = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWG"
    "kJ6jq62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKSkpKSkpKT/wAARCAAMABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAwAE/8QAHhAAAQQCAwEAAAAA"
    "AAAAAAAAAQACAwQREgUTcTH/xAAVAQEBAAAAAAAAAAAAAAAAAAABBf/EABcRAAMBAAAAAAAAAAAAAAAAAAABERL/2gAMAwEA"
    "AhEDEQA/ANfH1I7XZ2Fw1xjU+obkTYLL42kkNx98QqQT21mQ/9k="
)
"""A whole JPEG, 16 by 12, as a browser makes it."""
DRAWING: Final = base64.b64decode("R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=")
"""A whole GIF of one pixel."""
SCENE: Final = base64.b64decode(
    "UklGRkIAAABXRUJQVlA4IDYAAACQAQCdASoQAAwABABoJbAAAehRG6AA71qND+kGcsQPaNsUNswrz/8CYHfS8ylKW+k97bEAAAA="
)
"""A whole WebP, 16 by 12, as a browser makes it."""
PDF: Final = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
OPEN: Final = "application/vnd.oasis.opendocument."


def jpeg(width: int = 4, height: int = 3) -> bytes:
    """The head of a JPEG with these sides."""
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return (
        b"\xff\xd8" + app0 + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\x03\x01\x22\x00\xff\xd9"
    )


def archive(*names: str, mimetype: str = "", filler: int = 0) -> bytes:
    """A zip with these files in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        if mimetype:
            made.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            made.writestr(name, "x" * 50)
        if filler:
            made.writestr(zipfile.ZipInfo("media/big.bin"), bytes(range(256)) * (filler // 256))
    return out.getvalue()


def docx(*more: str, filler: int = 0) -> bytes:
    """As a word processor writes it, as far as one can tell from its directory."""
    return archive("[Content_Types].xml", "_rels/.rels", "word/document.xml", *more, filler=filler)
