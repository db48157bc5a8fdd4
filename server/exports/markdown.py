"""A document as Markdown. What people wrote is escaped, so that it reads literally ([ARCH3])."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

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
from .words import Words

# What CommonMark, or a table, takes for a mark where it stands: in a line, and where a line begins or ends.
SPECIAL: Final = re.compile(
    r"""
    [`~|\[\]]
    | \\(?=[!-/:-@\[-`{-~]|\s|$)         # it would escape what follows, or break the line
    | (?<!\S\ )\*|\*(?!\ \S)            # save between blanks
    | (?<![^\W_])_|_(?![^\W_])           # save within a word
    | <(?!\ )
    | &(?=\#?\w*(?:;|$))
    | ^\#(?=\#{0,5}(?:\s|$))|(?:(?<=\s)|^)\#(?=\#*\s*$)
    | ^>|^[-+](?=\s|$)|^[-:=](?=[-:=\s]*$)
    """,
    re.VERBOSE,
)
NUMBER: Final = re.compile(r"^(\d{1,9})(?=[.)](?:\s|$))")
"""As a list begins whose items are numbered."""
LINES: Final = re.compile(r"\r\n|\r|\n")
TAB: Final = "\t"


def literal(text: str, newline: str = "\\\n") -> str:
    """Text that CommonMark shows as it is: newlines become hard breaks, blanks at the ends of lines stay."""
    return newline.join(_blanks(NUMBER.sub(r"\1\\", SPECIAL.sub(r"\\\g<0>", line))) for line in LINES.split(text))


def heading(level: int, text: str) -> str:
    """A heading; it has one line only, so newlines become blanks."""
    return f"{'#' * level} {literal(text, ' ')}\n"


def markdown(document: Document) -> str:
    """The document in CommonMark; dots stand behind what they are on."""
    return "\n".join(_whole(document)).rstrip() + "\n"


def _whole(document: Document) -> Iterator[str]:
    words = Words(document.language)
    yield heading(1, document.title)
    if document.purpose:
        yield f"{literal(document.purpose)}\n"
    for block in document.blocks:
        yield from _block(block, words)
    for note in footnotes(document.blocks):
        yield f"[^{note.number}]: {_line(note.line, ' ')}\n"


def _block(block: Block, words: Words) -> Iterator[str]:
    if isinstance(block, Heading):
        yield heading(block.level + 1, block.text)
    elif isinstance(block, Paragraph):
        yield f"*{block.text}*\n" if block.quiet else f"{block.text}\n"
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from _item(item, words, 0)
        yield ""
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Timeline):
        yield f"{literal(block.alt)}\n"  # the format has no figures
    else:
        yield from _written(block, words)


def _written(block: Prose | Quote | Listing | Grid | Picture, words: Words) -> Iterator[str]:
    if isinstance(block, Prose):
        yield f"{_line(block.line)}\n"
    elif isinstance(block, Quote):
        inner = "\n".join(line for each in block.blocks for line in _block(each, words)).rstrip()
        yield "\n".join(f"> {line}" for line in inner.split("\n")) + "\n"
    elif isinstance(block, Listing):
        for n, item in enumerate(block.items, 1):
            mark = f"{n}. " if block.ordered else "- "
            inner = "\n".join(line for each in item for line in _block(each, words)).rstrip()
            yield mark + inner.replace("\n", "\n" + " " * len(mark))
        yield ""
    elif isinstance(block, Picture):
        # It lies beside the text in an archive with its files ([ARCH9]).
        yield f"![{literal(block.alt, ' ')}](<{quote(block.shot.name)}>)\n"
        if block.caption:
            yield f"{_line(block.caption)}\n"
    else:
        yield from _grid(block)


def _grid(grid: Grid) -> Iterator[str]:
    """What has no heads gets empty ones: the format wants a row of them."""
    rows = [[_line(cell, "<br>") for cell in row] for row in grid.rows]
    head, body = (rows[0], rows[1:]) if grid.head else (["" for _ in rows[0]], rows)
    yield _row(head)
    yield _row("---" for _ in head)
    yield from map(_row, body)
    yield ""


def _line(line: Line, newline: str = "\\\n") -> str:
    """Runs, one behind the other; blanks between them stay outside of their marks."""
    made: list[str] = []
    for n, run in enumerate(line):
        text = run.text
        lead = text[: len(text) - len(text.lstrip(" "))] if n and line[n - 1].text != "\n" else ""
        text = text[len(lead) :]
        trail = text[len(text.rstrip(" ")) :] if n + 1 < len(line) and line[n + 1].text != "\n" else ""
        text = text[: len(text) - len(trail)]
        said = f"{lead}{_run(run, text, newline)}{trail}"
        if made and made[-1].endswith("!") and said.startswith("["):
            made[-1] = f"{made[-1][:-1]}\\!"  # behind it a link would be a picture
        made.append(said)
    return "".join(made)


def _run(run: Run, text: str, newline: str) -> str:
    if run.note:
        return f"[^{run.note.number}]"
    said = literal(text, newline)
    if not text.strip():
        return said
    plain = text[0].isalnum() and text[-1].isalnum()
    for is_so, mark, tag in ((run.em, "*", "em"), (run.strong, "**", "strong")):
        if is_so:
            said = f"{mark}{said}{mark}" if plain else f"<{tag}>{said}</{tag}>"
    return f"[{said}](<{_address(run.href)}>)" if run.href else said


def _address(href: str) -> str:
    return re.sub(r"[\s<>\\]", lambda found: quote(found[0]), href)


def _item(item: Item, words: Words, depth: int) -> Iterator[str]:
    label = f"{item.label} " if item.label else ""
    count = f" **({words('dots', item.dots)})**" if item.dots else ""
    yield f"{' ' * depth}- {label}{literal(item.text, _newline(depth + 2))}{count}"
    for inner in item.items:
        yield from _item(inner, words, depth + 2)


def _newline(depth: int) -> str:
    return "\\\n" + " " * depth


def _table(table: Table) -> Iterator[str]:
    yield _row(table.head)
    yield _row("---" for _ in table.head)
    yield from (_row(literal(str(cell), " ") if cell != "" else "" for cell in row) for row in table.rows)
    yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _blanks(line: str) -> str:
    """Blanks of any kind at the ends, and tabs, would be eaten or read as code; as entities they stay."""
    middle = line.strip()
    start, _, end = line.partition(middle) if middle else (line or " ", "", "")
    return f"{_entities(start)}{middle.replace(TAB, _entities(TAB))}{_entities(end)}"


def _entities(blanks: str) -> str:
    return "".join(f"&#{ord(blank)};" for blank in blanks)
