"""Lists of lines, and Markdown: each item, paragraph or line is a text, under the heading above it."""

import re
from dataclasses import dataclass, field
from typing import Final

from protocol.imports import Known, Meaning, What

from .building import Building

MARK: Final = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*+•‣◦\u2013\u2014▪·☐☑]|\(?\d{1,3}[.)])[ \t]+(?:\[[ xX]?\][ \t]+)?(?P<text>\S.*)"
)
"""An item of a list, as `client/web/src/parts/pasted.ts` knows them too."""
HEADING: Final = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*")
RULE: Final = re.compile(r"[ ]{0,3}(?:=+|-{2,}|\*{3,}|_{3,})[ \t]*")
"""A line across, or beneath a heading."""
FENCE: Final = re.compile(r"[ \t]*(?:```|~~~)")


@dataclass
class Item:
    """A text, and what it lies under."""

    text: str
    heading: str
    under: str = ""


@dataclass
class Walk:
    """Where the reading is."""

    marked: bool
    """It is Markdown: the lines of a paragraph belong together."""
    items: list[Item] = field(default_factory=list)
    heading: str = ""
    bare: list[str] = field(default_factory=list)
    """Headings that nothing has come under yet, or ever did."""
    parents: list[tuple[int, str]] = field(default_factory=list)
    """The items that a deeper one would lie under: indent and text."""
    open: bool = False
    """Whether a further line belongs to the last item."""

    def line(self, line: str) -> None:
        """The next line."""
        mark = MARK.fullmatch(line)
        heading = HEADING.fullmatch(line) if self.marked else None
        indent = len(line) - len(line.lstrip())
        if not line.strip():
            self.open = False
        elif heading:
            self.head(heading["text"] or line.strip())
        elif mark:
            self.item(len(mark["indent"].expandtabs(4)), mark["text"])
        elif self.marked and self.items and (self.open or (indent >= 2 and self.parents)):
            self.items[-1].text += "\n" + line.strip()
            self.open = True
        else:
            self.parents = []
            self.add(Item(line.strip(), self.heading))

    def head(self, text: str) -> None:
        """A heading."""
        self.heading, self.parents, self.open = text, [], False
        self.bare.append(text)

    def item(self, indent: int, text: str) -> None:
        """An item of a list."""
        while self.parents and self.parents[-1][0] >= indent:
            self.parents.pop()
        self.add(Item(text, self.heading, self.parents[-1][1] if self.parents else ""))
        self.parents.append((indent, text))

    def add(self, item: Item) -> None:
        """It has something under it now, where there is a heading."""
        self.items.append(item)
        self.open = True
        if self.bare and self.bare[-1] == self.heading:
            self.bare.pop()


def is_marked(text: str) -> bool:
    """Whether there are headings or items in it."""
    return any(HEADING.fullmatch(line) or MARK.fullmatch(line) for line in text.split("\n"))


def listed(text: str, title: str) -> Building:
    """All of it, as Markdown where it has marks of it, else line by line."""
    marked = is_marked(text)
    building = Building("markdown" if marked else "list", title)
    walk = Walk(marked)
    _walked(walk, text.split("\n"))
    if not walk.items:  # headings alone are what it says
        walk.items, walk.bare = [Item(text, "") for text in walk.bare], []
    columns = ((Known.HEADING, Meaning.SECTION), (Known.TEXT, Meaning.TEXT), (Known.UNDER, Meaning.IGNORE))
    building.known([(item.heading, item.text, item.under) for item in walk.items], columns)
    building.leave(What.EMPTY, *walk.bare)
    return building


def _walked(walk: Walk, lines: list[str]) -> None:
    """Line by line, but for what several lines are together: what is fenced, and a heading with a line below it."""
    fence: list[str] | None = None
    for n, line in enumerate(lines):
        if not walk.marked:
            walk.line(line)
        elif FENCE.match(line):
            if fence is not None:
                walk.add(Item("\n".join([*fence, line]), walk.heading))
                walk.open = False
            fence = [line] if fence is None else None
        elif fence is not None:
            fence.append(line)
        elif RULE.fullmatch(line):
            walk.open = False
        elif _is_underlined(lines, n):
            walk.head(line.strip())
        else:
            walk.line(line)
    for line in fence or ():
        walk.line(line)


def _is_underlined(lines: list[str], n: int) -> bool:
    """Whether this line is a paragraph of its own, and the line below it makes it a heading."""
    alone = bool(lines[n].strip()) and (n == 0 or not lines[n - 1].strip())
    return alone and not MARK.fullmatch(lines[n]) and n + 1 < len(lines) and bool(RULE.fullmatch(lines[n + 1]))
