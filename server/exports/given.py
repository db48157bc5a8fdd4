"""What a document is made of, as it comes to the process that makes it: records, and pictures behind them ([EXP6])."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Given:
    """A picture that somebody brought: its name in an archive, and its bytes (none: it is only named)."""

    name: str
    body: bytes


class _Head(BaseModel):
    """What stands before a picture's bytes."""

    id: str
    name: str
    size: int


def told(pictures: Mapping[str, Given]) -> Iterator[bytes]:
    """Pictures, to stand behind the line of records."""
    for id_, given in pictures.items():
        head = _Head(id=id_, name=given.name, size=len(given.body))
        yield b"\n" + head.model_dump_json().encode() + b"\n"
        yield given.body


def heard(whole: bytes) -> tuple[bytes, dict[str, Given]]:
    """The line of records, and the pictures behind it."""
    records, *_ = whole.split(b"\n", 1)
    at, pictures = len(records), dict[str, Given]()
    while at < len(whole):
        end = whole.index(b"\n", at + 1)
        head = _Head.model_validate_json(whole[at + 1 : end])
        at = end + 1 + head.size
        pictures[head.id] = Given(head.name, whole[end + 1 : at])
    return records, pictures
