"""The line to one device, as the floors below the sockets see it."""

from collections.abc import Sequence
from typing import Protocol

from protocol.codes import EXPLAINED, Code
from protocol.messages import Bye

from .frame import Frame, frame


class Line(Protocol):
    """Writes never wait and never raise; what a slow reader has not taken yet is counted by `buffered`."""

    @property
    def full(self) -> bool:
        """More waits for this reader than its budget; until most of it is taken. Its visit is told when that begins."""

    def write(self, frame: Frame) -> None:
        """Send it."""

    def write_all(self, frames: Sequence[Frame]) -> None:
        """Send these, one behind the other, in one go."""

    def buffered(self) -> int:
        """Bytes that still wait for this reader."""

    def close(self, number: int, reason: str) -> None:
        """Send what waits, then close with this close code."""


def part(line: Line, code: Code, retry_after: int | None = None) -> None:
    """Say `bye` with the code's own words, and close with its number."""
    known = EXPLAINED[code]
    if retry_after is None and known.retry != "never":
        retry_after = 1_000
    bye = Bye(code=code, message=f"{known.meaning} {known.cure}", retry_after=retry_after)
    line.write(frame(bye))
    line.close(known.close or 4500, code.value)
