"""The formats of what leaves the room, and their names on the wire. Nothing heavy is imported: a server knows these."""

from typing import Final

MEDIA: Final = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "wall.pdf": "application/pdf",
    "wall.svg": "image/svg+xml",
    "wall.png": "image/png",
    "csv": "text/csv; charset=utf-8",
    "plan.csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
