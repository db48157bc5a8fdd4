"""Files that are not taken say why."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from protocol import limits
from protocol.codes import Code
from protocol.imports import Import
from server.imports.reading import read
from server.workshop.refused import Refused
from tests.imports import made

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.csv", Code.INVALID),
        (b" \n\t ", "x.txt", Code.INVALID),
        (b"%PDF-1.7 ...", "x.csv", Code.INVALID),
        (b"\x89PNG\r\n", "x.png", Code.INVALID),
        (b"\x1f\x8b\x08", "x.json.gz", Code.INVALID),
        (b'{"lists": [', "x.json", Code.MALFORMED),
        (b"[" * 200_000, "x.json", Code.MALFORMED),
        (b'{"a": ' * 100_000, "x.json", Code.MALFORMED),
        (b"[" + b"9" * 100_000 + b"]", "x.json", Code.MALFORMED),
        (b'{"plenary": "agenda", "version": 1}', "x.json", Code.INVALID),
        (b'{"some": "thing"}', "x.json", Code.INVALID),
        (b"[]", "x.json", Code.INVALID),
        (b'{"cards": [], "lists": []}', "x.json", Code.INVALID),
        (b"a\n" * (limits.IMPORT_ROWS + 1), "x.txt", Code.TOO_MANY),
        (b"a,b\n" * (limits.IMPORT_ROWS + 1), "x.csv", Code.TOO_MANY),
        (b",".join([b"a"] * (limits.IMPORT_COLUMNS + 1)) + b"\n", "x.csv", Code.TOO_MANY),
        (b"a" * (limits.IMPORT_BYTES + 1), "x.txt", Code.TOO_LARGE),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, name: str, code: Code) -> None:
    """[IMP4]."""
    with pytest.raises(Refused) as refused:
        read(data, name)
    assert refused.value.code is code


@given(st.binary(max_size=400), st.sampled_from(["", "x.csv", "x.json", "x.md", "x.xlsx", "x.txt"]))
@example(b"PK\x03\x04", "x.xlsx")
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    """[IMP4] Nothing else ever happens."""
    with contextlib.suppress(Refused):
        assert isinstance(read(data, name), Import)


@given(st.integers(0, 3_000), st.integers(0, 255))
@settings(max_examples=100, deadline=None)
def test_a_broken_workbook_is_read_or_refused(at: int, byte: int) -> None:
    """[IMP4] Whatever byte of it is another."""
    data = bytearray(BOOK)
    data[at % len(data)] = byte
    with contextlib.suppress(Refused):
        assert isinstance(read(bytes(data), "x.xlsx"), Import)


BOOK = made.book(Ideas=[["Note", "Author"], ["one", "Al"]])


def process(data: bytes, name: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "server.imports", name]
    return subprocess.run(command, input=data, cwd=ROOT, capture_output=True, check=False)


def test_in_a_process_of_its_own() -> None:
    """[IMP4] The tables as JSON, or why not."""
    done = process(b"one\ntwo\n", "x.txt")
    assert (done.returncode, Import.model_validate_json(done.stdout)) == (0, read(b"one\ntwo\n", "x.txt"))
    refused = process(b"[" * 200_000, "x.json")
    assert (refused.returncode, json.loads(refused.stdout)["code"]) == (3, "malformed")
