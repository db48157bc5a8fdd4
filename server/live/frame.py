"""A frame: a message as it goes out, encoded once and shared by all who get it."""

from collections.abc import Callable
from typing import Final

from pydantic import TypeAdapter

from protocol.messages import AnyDown, Down

DOWN: Final[TypeAdapter[Down]] = TypeAdapter(AnyDown)


class Frame:
    """The JSON text of one message. What a kind of line makes of it (headers, compression) is kept beside it."""

    __slots__ = ("forms", "payload")

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.forms: dict[Callable[[bytes], bytes], bytes] = {}
        """By what made them."""

    def made(self, how: Callable[[bytes], bytes]) -> bytes:
        """As it goes over this kind of line."""
        found = self.forms.get(how)
        if found is None:
            found = self.forms[how] = how(self.payload)
        return found


def frame(message: Down) -> Frame:
    """A message, encoded."""
    return Frame(DOWN.dump_json(message))
