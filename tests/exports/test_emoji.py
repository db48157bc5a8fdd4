"""Emoji in what is drawn, where no font is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from server.exports.drawing import cut, lines
from server.exports.make import make
from tests.exports.test_documents import records
from tests.exports.test_typography import ENGLISH, planned

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
PRIDE = "\U0001f3f3\ufe0f\u200d\U0001f308"
EMOJI = (
    "\U0001f600", "\U0001f603", "\U0001f44d\U0001f3fd", "\U0001f44d\U0001f3ff", FAMILY, PRIDE, "\U0001f1e9\U0001f1ea",
    "\U0001f1fa\U0001f1f3", "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "1\ufe0f\u20e3", "#\ufe0f\u20e3", "\u2764\ufe0f", "\u2764\ufe0f\u200d\U0001f525", "\u263a\ufe0f", "\u00a9\ufe0f",
    "\u26f9\U0001f3fe\u200d\u2640\ufe0f", "\u2705", "\U0001f9d1\U0001f3ff\u200d\U0001f680", "\U0001fae9",
)  # fmt: skip
"""One of each kind: by itself, shaded, joined, flags of letters and of tags, keys, signs of a text turned to emoji."""
NO_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{}</dir></fontconfig>'


@pytest.fixture
def _bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without fonts."""
    told = tmp_path / "fonts.conf"
    told.write_text(NO_FONTS.format(tmp_path / "none"))
    monkeypatch.setenv("FONTCONFIG_FILE", str(told))
    assert not typst.Fonts(include_embedded_fonts=False).fonts()


def pictures(file: pypdf.PdfReader) -> int:
    """How many signs of a document are drawn as pictures; those of another ink are others."""
    size: Any = file.trailer["/Size"]
    objects: list[Any] = [file.get_object(n) for n in range(1, size)]
    return sum(len(each["/CharProcs"]) for each in objects if isinstance(each, dict) and "/CharProcs" in each)


@pytest.mark.usefixtures("_bare")
@pytest.mark.parametrize("kind", ["pdf", "wall.pdf"])
def test_each_is_one_picture(kind: str) -> None:
    """[EXP17] [EXP5] Whatever it is made of; by PDF/UA-1, as there is a font for each; copied as it was written."""
    file = pypdf.PdfReader(io.BytesIO(make(kind, records(*(f"so {each} said" for each in EMOJI)), ENGLISH)))
    assert pictures(file) == len(EMOJI)
    root: Any = file.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    told = "".join(page.extract_text() for page in file.pages)
    assert not [each for each in EMOJI if each not in told]


@pytest.mark.usefixtures("_bare")
def test_no_two_look_the_same() -> None:
    """[EXP17] On a picture of the wall."""
    assert len({make("wall.png", records(each), ENGLISH) for each in EMOJI}) == len(EMOJI)


@pytest.mark.usefixtures("_bare")
def test_in_the_plan() -> None:
    """[EXP17] Its drawing in the paper, beside its table."""
    file = pypdf.PdfReader(io.BytesIO(make("pdf", planned(f"Plant {FAMILY}", f"Sow {PRIDE}"), ENGLISH)))
    assert pictures(file) == 2 * 2
    assert sum(page.extract_text().count(FAMILY) for page in file.pages) >= 2


def halves(text: str) -> Iterator[str]:
    """What begins or ends within an emoji."""
    for each in sorted(EMOJI, key=len, reverse=True):
        text = text.replace(each, "")
    yield from (sign for sign in text if not sign.isascii() and sign != "\u2026")


@given(st.lists(st.sampled_from([*EMOJI, "a", "wide", " "]), min_size=1, max_size=12), st.floats(20, 200))
def test_none_is_cut(parts: list[str], room: float) -> None:
    """[EXP17] A text that is too long ends before or behind one; so do its lines."""
    text = "".join(parts)
    assert not list(halves(cut(text, 12, room)))
    assert not [half for line in lines(text, 12, room, 3) for half in halves(line)]
