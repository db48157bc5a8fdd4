"""Codes that lead elsewhere: a log of one entry, which names the workshop that the code is for ([KEY3])."""

from collections.abc import Sequence
from typing import Final

from protocol.entries import Draft, Entry

NAME: Final = "workshop.code"


def pointing_to(workshop: str) -> Draft:
    """The one entry of a code's own log."""
    return Draft(by="system", client="system", n=1, name=f"{NAME} {workshop}", changes=())


def pointed_to(entries: Sequence[Entry]) -> str | None:
    """The workshop that a log points to; None where it is a workshop's own."""
    name, _, workshop = entries[0].name.partition(" ") if entries else ("", "", "")
    return workshop if name == NAME else None
