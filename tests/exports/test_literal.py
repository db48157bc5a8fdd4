"""Whatever people write reads literally in CommonMark."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from server.exports.markdown import literal

MARKUP = st.sampled_from(" \t\n\\*_`#>-+1.)[](){}<>!|~&;=\"'a\u00a0\u2028\u3000")
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])
TEXT = st.text(MARKUP | LETTERS, min_size=1, max_size=40).filter(str.strip)


@given(TEXT)
def test_to_the_letter(text: str) -> None:
    """[ARCH3] Rendered as an item of a list, the text is what was written, with its blanks and its line ends."""
    shown = MarkdownIt("commonmark").render("- " + literal(text, "\\\n  ") + "\n")
    item = re.fullmatch(r"<ul>\n<li>(.*)</li>\n</ul>\n", shown, re.DOTALL)
    assert item, shown
    wanted = "\n".join(line or " " for line in text.split("\n"))
    assert html.unescape(item[1].replace("<br />\n", "\n")) == wanted
