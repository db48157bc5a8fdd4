"""A frame: a message as it goes out, encoded once and shared by all who get it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import TypeAdapter

from protocol.messages import AnyDown, Down

DOWN: Final[TypeAdapter[Down]] = TypeAdapter(AnyDown)
Form = Callable[["Frame"], tuple[bytes, Any]]
"""What a line makes of a frame (headers, compression): its bytes, and the `Form` of the next frame of that line."""


@dataclass(slots=True, eq=False)
class Chapter:
    """A stretch of what a room tells: at its beginning the windows of all begin anew ([FAN6])."""

    windows: int = 0
    """So many were begun in it."""


class Shared:
    """What many frames have in common. What lines make of it is kept beside it."""

    __slots__ = ("payload", "pressed")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.pressed: bytes | None = None
        """Compressed by itself, once somebody came who takes it so ([FAN7])."""


class Frame:
    """The JSON text of one message. What lines make of it is kept beside it."""

    __slots__ = ("_payload", "chapter", "forms")

    def __init__(self, payload: bytes, chapter: Chapter | None = None) -> None:
        self._payload = payload
        self.chapter = chapter
        """Where it belongs, if it is for all of an audience."""
        self.forms: dict[Form, tuple[bytes, Form]] = {}
        """By what made them."""

    @property
    def payload(self) -> bytes:
        """The text itself."""
        return self._payload

    def made(self, form: Form) -> tuple[bytes, Form]:
        """As it goes over a line that stands there, and where that stands then."""
        found = self.forms.get(form)
        if found is None:
            found = self.forms[form] = form(self)
        return found


class Around(Frame):
    """A message for one alone: most of it is shared, and a little stands before and behind that."""

    __slots__ = ("head", "shared", "tail")

    def __init__(self, head: bytes, shared: Shared, tail: bytes) -> None:
        super().__init__(b"")
        self.head, self.shared, self.tail = head, shared, tail

    @property
    def payload(self) -> bytes:
        """Put together for those lines alone that take it as it is."""
        return b"".join((self.head, self.shared.payload, self.tail))


def frame(message: Down, chapter: Chapter | None = None) -> Frame:
    """A message, encoded."""
    return Frame(DOWN.dump_json(message), chapter)


def beat(t: int, now: int) -> Frame:
    """What is said most often: `BeatDown`, written out by hand."""
    return Frame(b'{"type":"beat","t":%d,"now":%d}' % (t, now))
