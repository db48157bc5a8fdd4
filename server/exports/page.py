"""The paper as a page for everybody who has its link: what all wrote and quote, and nothing else ([PAGE3]).

It stands by itself: it asks nobody for anything, and its policy allows no more than its own style ([PAGE4]).
"""

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

from .document import Document
from .html import STYLE, Dress, html
from .quotes import quoting
from .showing import showing
from .wall import Wall
from .words import CATALOGUES, Words
from .written import written

LOOK: Final = STYLE + (Path(__file__).parent / "page.css").read_text("utf-8")
_ALLOWED: Final = b64encode(sha256(f"\n{LOOK}".encode()).digest()).decode()
_WITHIN: Final = f"default-src 'none'; style-src 'sha256-{_ALLOWED}'; img-src data:"
POLICY: Final = f"{_WITHIN}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For the header, which may say more than the page itself."""
HEAD: Final = '<meta name="robots" content="noindex, nofollow, noarchive">\n<link rel="icon" href="data:,">\n'
AGAIN_S: Final = 30
"""After so many seconds a reader's browser looks again."""


def page(wall: Wall, words: Words) -> str:
    """Of a workshop whose paper has begun."""
    assert wall.paper
    document = Document(
        title=wall.workshop.title,
        purpose="",
        kind=words("paper"),
        date=words.day(wall.workshop.created),
        facts=(),
        blocks=written(wall.paper, wall.updates, quoting(wall, words), showing(wall, words)),
        language=words.language,
    )
    foot = f"<footer><p>{escape(words('together'))}</p></footer>\n"
    return html(document, Dress(LOOK, _WITHIN, HEAD, foot))


def nothing() -> str:
    """What stands where nothing is to be read, whatever was there before."""
    return _saying("no_page")


def later() -> str:
    """What stands where it could not be made just now; it looks again by itself ([PAGE8])."""
    return _saying("page_later", f'<meta http-equiv="refresh" content="{AGAIN_S}">\n')


def _saying(what: str, more: str = "") -> str:
    """A few words in every language we have."""
    said = "".join(_said(what, Words(tongue), n + 1) for n, tongue in enumerate(CATALOGUES))
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n{more}'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>Plenary</title>\n{HEAD}'
        f'<style>\n{LOOK}</style>\n</head>\n<body>\n<main class="nothing">\n{said}</main>\n'
        "</body>\n</html>\n"
    )


def _said(what: str, words: Words, level: int) -> str:
    head, cure = (escape(words(key)) for key in (what, f"{what}_cure"))
    return f'<div lang="{words.language}">\n<h{level}>{head}</h{level}>\n<p>{cure}</p>\n</div>\n'
