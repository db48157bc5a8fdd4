"""The paper as OpenDocument: what is in its package, and how a program reads it."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from typing import Any

import pytest

from server.exports.make import make
from server.exports.words import Words
from tests.exports.opening import file_of, headings, named, text_of
from tests.exports.test_documents import HOSTILE
from tests.exports.test_typography import planned
from tests.exports.test_written import line, nested, paper_of, records

ENGLISH = Words("en")


def test_package() -> None:
    """[EXP5] Its kind first and bare; each of its files listed; nothing that runs, nothing from elsewhere."""
    made = zipfile.ZipFile(io.BytesIO(make("odt", planned(*HOSTILE), ENGLISH)))
    first = made.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    listed = {
        entry.get(named("manifest:full-path"))
        for entry in file_of(make("odt", planned(*HOSTILE), ENGLISH), "META-INF/manifest.xml")
    }
    assert listed == {"/", *made.namelist()} - {"mimetype", "META-INF/manifest.xml"}
    for name in ("content.xml", "styles.xml", "meta.xml"):
        tags = {each.tag for each in file_of(make("odt", planned(*HOSTILE), ENGLISH), name).iter()}
        assert not {tag for tag in tags if re.search("script|event|macro|form|object", tag.rpartition("}")[2])}


@pytest.mark.parametrize("language", ["en", "es"])
def test_properties_and_language(language: Any) -> None:
    """[EXP5] Title, subject, authorship; words are looked up in its language."""
    made = make("odt", planned("Do it"), Words(language))
    about = file_of(made, "meta.xml")
    assert about.findtext(f".//{named('dc:title')}") == "Test"
    assert about.findtext(f".//{named('dc:subject')}") == Words(language)("paper")
    assert (about.findtext(f".//{named('dc:language')}") or "")[:2] == language
    styles = file_of(made, "styles.xml")
    spoken = {each.get(named("fo:language")) for each in styles.iter(named("style:text-properties"))} - {None}
    assert spoken == {language}
    foot = styles.find(f".//{named('style:footer')}/{named('text:p')}")
    assert foot is not None
    assert foot.find(named("text:page-number")) is not None


def test_outline_is_that_of_the_paper() -> None:
    """[EXP5] [EXP9] Real headings at their levels in order, none skipped; the annex has no numbers."""
    root = file_of(make("odt", planned("Do it", paper=True), ENGLISH))
    found = headings(root)
    assert found[0] == (1, "Context")
    assert all(later <= earlier + 1 for (earlier, _), (later, _) in itertools.pairwise(found))
    bare = [text_of(each) for each in root.iter(named("text:h")) if each.get(named("text:is-list-header"))]
    assert bare[0] == "Annex: the notes of the boards"
    styles = file_of(make("odt", planned("Do it"), ENGLISH), "styles.xml")
    levels = {
        each.get(named("text:level")): each.get(named("style:num-format"))
        for each in styles.iter(named("text:outline-level-style"))
    }
    assert (levels["1"], levels["2"], levels["3"]) == ("1", "1", "")
    names = {each.get(named("style:name")) for part in (root, styles) for each in part.iter(named("style:style"))}
    lists = {each.get(named("style:name")) for each in styles.iter(named("text:list-style"))}
    used = {value for each in root.iter() for key, value in each.attrib.items() if key == named("text:style-name")}
    assert used <= names | lists


def test_tables_and_figure() -> None:
    """[EXP8] [EXP9] Heads on each page, rows whole; the drawing has vectors, a picture and words."""
    made = make("odt", planned("Do it", "Do that"), ENGLISH)
    root = file_of(made)
    [table] = root.iter(named("table:table"))
    [heads] = table.iter(named("table:table-header-rows"))
    assert [text_of(each) for each in heads.iter(named("text:p"))][:2] == ["When", "Activity"]
    assert len(table.findall(named("table:table-row"))) == 2
    kept = [each.get(named("fo:keep-together")) for each in root.iter(named("style:table-row-properties"))]
    assert kept == ["always"]
    [frame] = root.iter(named("draw:frame"))
    assert frame.findtext(named("svg:title")) == "The plan"
    assert "Do it: " in (frame.findtext(named("svg:desc")) or "")
    names = [each.get(named("xlink:href")) for each in frame.iter(named("draw:image"))]
    assert names == ["Pictures/figure1.svg", "Pictures/figure1.png"]
    assert set(names) <= set(zipfile.ZipFile(io.BytesIO(made)).namelist())


def test_figure_in_which_letters_run_to_the_left() -> None:
    """[EXP8] As a picture alone: LibreOffice sets the letters of a drawing backwards."""
    made = make("odt", planned("Do it", "لا منصة"), ENGLISH)
    [frame] = file_of(made).iter(named("draw:frame"))
    names = [each.get(named("xlink:href")) for each in frame.iter(named("draw:image"))]
    assert names == ["Pictures/figure1.png"]
    assert set(names) <= set(zipfile.ZipFile(io.BytesIO(made)).namelist())


def test_what_all_wrote() -> None:
    """[EXP7] Lists lie in each other, numbers begin anew."""
    paper = paper_of(line("heading", "Found", level=2), line("paragraph", "a  b\tc"), *nested("One", "Two"))
    root = file_of(make("odt", records(paper), ENGLISH))
    assert headings(root)[0] == (2, "Found")
    lists = [each.get(named("text:style-name")) for each in root.iter(named("text:list"))]
    assert lists == ["Numbers"]
    told = [text_of(each) for each in root.iter(named("text:p"))]
    assert "a  b\u2003c" in told
    quoted = [text_of(p) for p in root.iter(named("text:p")) if p.get(named("text:style-name")) == "Quotations"]
    assert quoted == ["One"]
