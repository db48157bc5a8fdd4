"""Files of other tools: real ones, and such as are made here."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

REAL = Path(__file__).parents[1] / "data/imports"


def real(name: str) -> bytes:
    """A real file of this name, unpacked."""
    file = REAL / name
    return file.read_bytes() if file.exists() else gzip.decompress((REAL / f"{name}.gz").read_bytes())


def trello(**more: Any) -> dict[str, Any]:
    """A board of Trello, as it exports it, of what matters here."""
    lists = [
        {"id": "l2", "name": "Doing", "pos": 2, "closed": False},
        {"id": "l1", "name": "Ideas", "pos": 1, "closed": False},
        {"id": "l3", "name": "Nothing here", "pos": 3, "closed": False},
        {"id": "l4", "name": "Old", "pos": 4, "closed": True},
    ]
    cards = [
        {"id": "c2", "idList": "l1", "name": "Second", "desc": "", "pos": 2, "closed": False, "due": "2030-01-31"},
        {
            "id": "c1", "idList": "l1", "name": "First", "desc": "What it\nis about", "pos": 1, "closed": False,
            "labels": [{"name": "red", "color": "red"}, {"name": "", "color": "sky"}, {"name": "Wish"}],
            "idMembers": ["m1"], "badges": {"votes": 3},
            "attachments": [{"name": "Plan", "url": "https://example.org/plan"}],
            "customFieldItems": [{"idCustomField": "f1", "value": {"text": "large"}}],
        },
        {"id": "c3", "idList": "l1", "name": "Away", "desc": "", "pos": 3, "closed": True},
        {"id": "c4", "idList": "l4", "name": "Away with its list", "desc": "", "pos": 1, "closed": False},
        {"id": "c5", "idList": "l2", "name": "Busy", "desc": "", "pos": 1, "closed": False},
    ]  # fmt: skip
    actions: list[Any] = [
        {"type": "commentCard", "data": {"card": {"id": "c1"}, "text": "later"}, "memberCreator": {"fullName": "Bo"}},
        {"type": "commentCard", "data": {"card": {"id": "c1"}, "text": "earlier"}, "memberCreator": {"fullName": "Al"}},
        {"type": "commentCard", "data": {"card": {"id": "gone"}, "text": "of a card that is gone"}},
        {"type": "updateCard", "data": {}},
        17,
    ]
    checklists = [
        {"idCard": "c1", "name": "To do", "checkItems": [{"name": "one", "state": "complete"}, {"name": "two"}]}
    ]
    return {
        "name": "Board", "desc": "All we want", "lists": lists, "cards": cards, "actions": actions,
        "checklists": checklists, "members": [{"id": "m1", "fullName": "Ana"}],
        "customFields": [{"id": "f1", "name": "Size"}], **more,
    }  # fmt: skip


def dumped(value: Any) -> bytes:
    """As a file."""
    return json.dumps(value, ensure_ascii=False).encode()


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook of these sheets, written to the letter."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as work:
        for name, rows in sheets.items():
            sheet = work.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    else:
                        sheet.write(r, c, cell)
    return made.getvalue()
