"""Word's and OpenDocument's papers as LibreOffice opens them; what needs it is left out where it is not installed."""

from __future__ import annotations

import io
import itertools
import shutil
import subprocess
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn

from server.exports.drawing import GAP
from server.exports.make import make
from server.exports.words import Words
from tests.exports.opening import SPACES, headings, named, text_of
from tests.exports.test_documents import HOSTILE
from tests.exports.test_typography import planned

if TYPE_CHECKING:
    from pathlib import Path

    from protocol.records import Record

ENGLISH = Words("en")
OFFICE = shutil.which("soffice")
PLAN = ("Publish the guide", "Report to the minister")


def samples() -> dict[str, list[Record]]:
    """Of what stands on the boards, and of what all wrote."""
    return {"alone": planned(*PLAN), "together": planned(*PLAN, paper=True)}


def outline(file: Any) -> list[tuple[int, str]]:
    """Of a file of Word's: by the styles of its headings, and the levels that these have."""
    levels = {}
    for style in file.styles.element:
        level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if level is not None:
            levels[style.get(qn("w:styleId"))] = int(level.get(qn("w:val"))) + 1
    told = [(levels.get(line.style.style_id), line.text) for line in file.paragraphs]
    return [(level, text) for level, text in told if level]


@pytest.mark.parametrize("name", ["alone", "together"])
def test_word_has_the_outline(name: str) -> None:
    """[EXP5] Levels as in the paper, in order, none skipped; each heading in the style of its level."""
    file = docx.Document(io.BytesIO(make("docx", samples()[name], ENGLISH)))
    found = outline(file)
    assert found == _wanted(name)
    assert all(later <= earlier + 1 for (earlier, _), (later, _) in itertools.pairwise(found))
    names = [(line.style.name if line.style else "", line.text) for line in file.paragraphs]
    styled = [(int(str(name)[-1]), text) for name, text in names if "Heading" in str(name)]
    assert styled == found


def _wanted(name: str) -> list[tuple[int, str]]:
    """The headings of the same paper in Markdown, whose levels are one deeper."""
    lines = make("md", samples()[name], ENGLISH).decode().split("\n")
    told = [line.partition(" ") for line in lines if line.startswith("##")]
    return [(len(signs) - 1, text.replace("\\", "")) for signs, _, text in told]


def opened(folder: Path, files: dict[str, bytes], language: str = "fodt") -> dict[str, ET.Element]:
    """Them as LibreOffice read them."""
    for name, body in files.items():
        (folder / name).write_bytes(body)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", language, "--outdir", str(folder / "out")]
    subprocess.run([*command, *(str(folder / name) for name in files)], check=True, capture_output=True, timeout=300)
    return {name: ET.parse(folder / "out" / f"{name.partition('.')[0]}.{language}").getroot() for name in files}


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_office_sees_outline_and_styles(tmp_path: Path) -> None:
    """[EXP5] [EXP8] [EXP9] The outline in order, its styles, heads of tables, words for the figure, a title."""
    told = {
        f"{name}-{kind}.{kind}": make(kind, records, ENGLISH)
        for name, records in samples().items()
        for kind in ("docx", "odt")
    }
    for file, root in opened(tmp_path, told).items():
        assert headings(root) == _wanted(file.partition("-")[0]), file
        assert _styles(root) >= {"Heading 1", "Heading 2", "Title"}, file
        bare = {text_of(each) for each in root.iter(named("text:h")) if each.get(named("text:is-list-header"))}
        assert bare <= {text for _, text in headings(root)}, file
        assert root.findtext(f".//{named('dc:title')}") == "Test", file
        assert any(list(table.iter(named("table:table-header-rows"))) for table in root.iter(named("table:table"))), (
            file
        )
        words = [each.text or "" for each in root.iter(named("svg:desc"))]
        assert any("Publish the guide: " in each for each in words), file


def _styles(root: ET.Element) -> set[str]:
    """The names, as people read them, of the styles that paragraphs have, or come from."""
    shown: dict[str, str] = {}
    parents: dict[str, str] = {}
    for style in root.iter(named("style:style")):
        name = style.get(named("style:name"), "")
        shown[name] = style.get(named("style:display-name"), name)
        parents[name] = style.get(named("style:parent-style-name"), "")
    found = set()
    for line in itertools.chain(root.iter(named("text:p")), root.iter(named("text:h"))):
        name = line.get(named("text:style-name"), "")
        while name:
            found.add(shown.get(name, name))
            name = parents.get(name, "")
    return found


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_office_reads_what_was_written(tmp_path: Path) -> None:
    """[EXP2] Hostile text comes out of it to the letter."""
    from tests.exports.test_documents import records  # noqa: PLC0415

    texts = [text for text in HOSTILE if "\n" not in text]
    told = {f"hostile-{kind}.{kind}": make(kind, records(*HOSTILE), ENGLISH) for kind in ("docx", "odt")}
    for file, root in opened(tmp_path, told).items():
        assert SPACES["office"] in root.tag
        found = [text_of(line) for line in root.iter(named("text:p"))]
        for text in texts:
            assert text.replace("\ufffe", "\ufffd").replace("\t", GAP) in found, (file, text)
