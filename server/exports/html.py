"""A document as one HTML page: it asks nobody for anything, runs nothing, and prints well ([EXP4])."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from .columns import plain, shares
from .direction import begins_leftward, runs_leftward
from .document import (
    Block,
    Bullets,
    Document,
    Grid,
    Heading,
    Item,
    Line,
    Listing,
    Paragraph,
    Picture,
    Prose,
    Quote,
    Run,
    Table,
    Timeline,
)
from .footnotes import footnotes
from .timeline import figure
from .words import Words

STYLE: Final = (Path(__file__).parent / "paper.css").read_text("utf-8")
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True, slots=True)
class Dress:
    """What the page of a document has around it."""

    style: str = STYLE
    policy: str = POLICY
    head: str = ""
    foot: str = ""


def html(document: Document, dress: Dress = Dress()) -> str:
    """The page. Texts are escaped once, and are text wherever they stand."""
    return "\n".join(_page(document, dress)) + "\n"


def _page(document: Document, dress: Dress) -> Iterator[str]:
    words = Words(document.language)
    yield f'<!doctype html>\n<html lang="{document.language}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{dress.policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(document.title)}</title>\n{dress.head}<style>\n{dress.style}</style>"
    yield "</head>\n<body>\n<main>"
    yield f'<header>\n<p class="kind">{document.kind}</p>\n<h1 dir="auto">{_text(document.title)}</h1>'
    if document.purpose:
        yield f'<p class="purpose" dir="auto">{_text(document.purpose)}</p>'
    yield f'<p class="facts">{escape(" · ".join((document.date, *document.facts)))}</p>\n</header>'
    annex = next((n for n, block in enumerate(document.blocks) if isinstance(block, Heading) and block.annex), None)
    for block in document.blocks[:annex]:
        yield from _block(block, words)
    yield from _foot(document, words)
    for block in document.blocks[annex:] if annex is not None else ():
        yield from _block(block, words)
    yield f"</main>\n{dress.foot}</body>\n</html>"


def _block(block: Block, words: Words) -> Iterator[str]:
    if isinstance(block, Heading):
        level, kind = block.level + 1, "annex" if block.annex else "" if block.numbered else "bare"
        looks = f' class="{kind}"' if kind else ""
        yield f'<h{level}{looks} dir="auto">{_text(block.text)}</h{level}>'
    elif isinstance(block, Paragraph):
        yield f"<p{' class=quiet' if block.quiet else ''}>{_text(block.text)}</p>"
    elif isinstance(block, Bullets):
        yield f'<ul class="{block.colour or "plain"}">'
        yield from (line for item in block.items for line in _item(item, words))
        yield "</ul>"
    elif isinstance(block, Table):
        heads = "".join(f"<th scope=col>{_text(head)}</th>" for head in block.head)
        yield f"{_wide(words)}<table>\n{_columns([block.head, *block.rows])}\n<thead><tr>{heads}</tr></thead>\n<tbody>"
        yield from (f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in block.rows)
        yield "</tbody>\n</table>\n</div>"
    elif isinstance(block, Timeline):
        yield f'<figure tabindex="0">\n{figure(block)}</figure>'
    else:
        yield from _written(block, words)


def _written(block: Prose | Quote | Listing | Grid | Picture, words: Words) -> Iterator[str]:
    if isinstance(block, Prose):
        yield f'<p dir="auto">{_line(block.line)}</p>'
    elif isinstance(block, Quote):
        yield "<blockquote>"
        yield from (line for inner in block.blocks for line in _block(inner, words))
        yield "</blockquote>"
    elif isinstance(block, Listing):
        tag = "ol" if block.ordered else "ul"
        yield f'<{tag} class="said">'
        for item in block.items:
            yield f"<li{_way(bool(item) and begins_leftward(item[0]))}>"
            yield from (line for inner in item for line in _block(inner, words))
            yield "</li>"
        yield f"</{tag}>"
    elif isinstance(block, Picture):
        yield from _picture(block)
    else:
        yield from _grid(block, words)


def _picture(block: Picture) -> Iterator[str]:
    """Within the page."""
    shot = block.shot
    body = f"data:{shot.media};base64,{b64encode(shot.body).decode()}"
    yield '<figure class="shown">'
    yield f'<img src="{body}" alt="{escape(block.alt)}" width="{shot.width}" height="{shot.height}" dir="auto">'
    if block.caption:
        yield f'<figcaption dir="auto">{_line(block.caption)}</figcaption>'
    yield "</figure>"


def _foot(document: Document, words: Words) -> Iterator[str]:
    """The footnotes, before what is an annex."""
    notes = tuple(footnotes(document.blocks))
    if not notes:
        return
    yield f'<section class="footnotes" role="doc-endnotes" aria-label="{escape(words("footnotes"))}">\n<ol>'
    for note in notes:
        back = f'<a href="#ref-{note.number}" role="doc-backlink" aria-label="{escape(words("to_text"))}">↩</a>'
        yield f'<li id="note-{note.number}"><p dir="auto">{_line(note.line)} {back}</p></li>'
    yield "</ol>\n</section>"


def _wide(words: Words) -> str:
    """What a table lies in: where it is wider than a phone, it is moved by itself."""
    return f'<div class="wide" role="group" tabindex="0" aria-label="{escape(words("table"))}">\n'


def _grid(grid: Grid, words: Words) -> Iterator[str]:
    """Its heads stand above it on each page."""
    yield f"{_wide(words)}<table>\n{_columns(grid.rows)}"
    for part, tag, looks, rows in (
        ("thead", "th", " scope=col", grid.rows[: grid.head]),
        ("tbody", "td", "", grid.rows[grid.head :]),
    ):
        if rows:
            told = ("".join(f"<{tag}{looks} dir=auto>{_line(cell)}</{tag}>" for cell in row) for row in rows)
            yield f"<{part}>{''.join(f'<tr>{row}</tr>' for row in told)}</{part}>"
    yield "</table>\n</div>"


def _columns(rows: Iterable[Sequence[object]]) -> str:
    """Not as a style: the policy of a page may forbid those within it."""
    return "".join(f'<col width="{share:.1%}">' for share in shares(map(plain, rows)))


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    if run.note:
        n = run.note.number
        return f'<sup><a id="ref-{n}" href="#note-{n}" role="doc-noteref">{n}</a></sup>'
    said = _text(run.text)
    said = f"<em>{said}</em>" if run.em else said
    said = f"<strong>{said}</strong>" if run.strong else said
    if not run.href:
        return said
    looks = ' class="told"' if _bare(run.text) == _bare(run.href) else ""
    return f'<a{looks} href="{escape(run.href)}" rel="noopener noreferrer">{said}</a>'


def _bare(address: str) -> str:
    """What of an address people write."""
    return address.strip().rpartition("://")[2].removeprefix("mailto:").rstrip("/")


def _item(item: Item, words: Words) -> Iterator[str]:
    label = f'<span class="label">{item.label}</span> ' if item.label else ""
    dots = f'<span class="dots" dir="ltr">{words("dots", item.dots)}</span>' if item.dots else ""
    yield f'<li{_way(runs_leftward(item.text))}><p dir="auto">{label}{_text(item.text)}</p>{dots}'
    if item.items:
        yield "<ul>"
        yield from (line for inner in item.items for line in _item(inner, words))
        yield "</ul>"
    yield "</li>"


def _way(leftward: bool) -> str:
    """Of what holds others, so that its mark stands where they begin, whichever way goes what it lies in."""
    return f' dir="{"rtl" if leftward else "ltr"}"'


def _cell(cell: str | int) -> str:
    return f"<td class=number>{cell}</td>" if isinstance(cell, int) else f'<td dir="auto">{_text(cell)}</td>'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
