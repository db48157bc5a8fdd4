"""Somebody who writes in the paper: a document of their own, as a browser has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pycrdt import Doc, TransactionEvent, XmlElement, XmlFragment, XmlText

from server.workshop.merging import decoded, encoded
from server.workshop.shelf import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator


class Writer:
    """`made`: what they wrote since it was last taken, in base 64."""

    def __init__(self, client: int, *parts: str) -> None:
        self.made: list[str] = []
        self._hearing = False
        self.document: Doc[Any] = Doc(client_id=client)
        self.root = self.document.get(ROOT, type=XmlFragment)
        self._watch = self.document.observe(self._heard)
        self.hear(*parts)

    def hear(self, *parts: str) -> None:
        """What others wrote."""
        self._hearing = True
        for part in parts:
            self.document.apply_update(decoded(part))
        self._hearing = False

    def take(self) -> list[str]:
        """What was written since."""
        made, self.made = self.made, []
        return made

    def paragraph(self, text: str, at: int | None = None) -> str:
        """A new one; its change."""
        place = len(self.root.children) if at is None else at
        self.root.children.insert(place, XmlElement("paragraph", {}, [XmlText(text)]))
        return self.made[-1]

    def quote(self, of: str) -> str:
        """A live quote at the end; its change."""
        self.root.children.append(XmlElement("live_quote", {"of": of}))
        return self.made[-1]

    def picture(self, of: str, alt: str = "", caption: str = "") -> str:
        """A picture at the end; its change."""
        parts = [("picture_alt", alt), ("picture_caption", caption)]
        said = [XmlElement(tag, {}, [XmlText(words)]) for tag, words in parts if words]
        self.root.children.append(XmlElement("picture", {"of": of}, said))
        return self.made[-1]

    def insert(self, at: int, text: str, paragraph: int = 0) -> str:
        """Into a paragraph's text; its change."""
        self.line(paragraph).insert(at, text)
        return self.made[-1]

    def delete(self, start: int, end: int, paragraph: int = 0) -> str:
        """Out of a paragraph's text; its change."""
        del self.line(paragraph)[start:end]
        return self.made[-1]

    def line(self, paragraph: int) -> XmlText:
        """A paragraph's text."""
        element: Any = self.root.children[paragraph]
        text: XmlText = element.children[0]
        return text

    @property
    def text(self) -> str:
        """All of it."""
        return str(self.root)

    @property
    def words(self) -> str:
        """What is said, without what it is said in."""
        return "".join(_words(self.root))

    def _heard(self, event: TransactionEvent) -> None:
        if not self._hearing:
            self.made.append(encoded(event.update))


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, XmlText):
        yield from (str(run) for run, _ in part.diff())
    else:
        for child in part.children:
            yield from _words(child)


def nothing() -> str:
    """A paper in which nothing is."""
    return encoded(Doc().get_update())
