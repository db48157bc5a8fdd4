"""Whatever people write reads literally in CommonMark."""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from server.exports.document import Document, Grid, Prose, Run
from server.exports.markdown import heading, literal, markdown

MARKUP = st.sampled_from(" \t\n\\*_`#>-+1.)[](){}<>!|~&;:=\"'a\u00a0\u2028\u3000")
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
TEXT = st.text(MARKUP | LETTERS, min_size=1, max_size=40).filter(str.strip)
COMMON = MarkdownIt("commonmark")
TABLES = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@given(TEXT)
@example("a\n===")
@example("12. x")
@example("ends in \\\u3000")
def test_to_the_letter(text: str) -> None:
    """[ARCH3] Rendered as an item of a list, the text is what was written, with its blanks and its line ends."""
    for form in (COMMON, TABLES):
        shown = form.render("- " + literal(text, "\\\n  ") + "\n")
        item = re.fullmatch(r"<ul>\n<li>(.*)</li>\n</ul>\n", shown, re.DOTALL)
        assert item, shown
        wanted = "\n".join(line or " " for line in text.split("\n"))
        assert html.unescape(item[1].replace("<br />\n", "\n")) == wanted


@given(TEXT.map(lambda text: text.replace("\n", " ")).filter(str.strip))
@example("in C #")
def test_in_heading_and_cell(text: str) -> None:
    """[ARCH3] And as a heading, and as a cell of a table."""
    head = re.fullmatch(r"<h2>(.*)</h2>\n", COMMON.render(heading(2, text)))
    assert head
    assert html.unescape(head[1]) == text
    grid = Grid((((Run("a"),), (Run("b"),)), ((Run(text),), (Run("x"),))), 1)
    made = markdown(Document("T", "", "Paper", "a day", (), (grid,)))
    cell = re.search(r"<tbody>\n<tr>\n<td>(.*)</td>\n<td>x</td>", TABLES.render(made))
    assert cell
    assert html.unescape(cell[1]) == text


@given(TEXT.map(lambda text: text.replace("\n", " ")).filter(str.strip), TEXT.filter(lambda text: "\n" not in text))
@example("look!", "here")
def test_beside_a_link(before: str, text: str) -> None:
    """[ARCH3] What stands before a link is no part of it."""
    line = (Run(before), Run(text, href="https://example.org/"))
    made = markdown(Document("T", "", "Paper", "a day", (), (Prose(line),))).partition("\n\n")[2]
    shown = re.sub(r'</?(?:p|a)(?: href="https://example.org/")?>', "", COMMON.render(made)).rstrip("\n")
    assert html.unescape(shown) == before + text


@pytest.mark.parametrize(
    "text",
    [
        'Choose two or three, and leave: it\'s (R&D) 5-6 a/b, e.g. 50% #1; "q" {x}!',
        "snake_case, 2 * 3 < 4, C:\\temp, a@example.org",
        "https://example.org/a_b?c=d&e=f",
        "3.5 million, -2 degrees, +1, =SUM(1)",
    ],
)
def test_no_more_than_that(text: str) -> None:
    """[ARCH3] What is no markup where it stands is left as it is."""
    assert literal(text) == text
