"""The base of every shape: strict, frozen, and without room for unknown fields ([LIMIT1])."""

import re
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from . import limits


class Shape(BaseModel):
    """A value with fixed fields. Unknown fields, wrong types, NaN and lone surrogates are errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        validate_default=False,
        protected_namespaces=(),
    )


class Role(StrEnum):
    """What a link lets its holder do. `system` is the server itself and never comes from a link."""

    FACILITATOR = "facilitator"
    PARTICIPANT = "participant"
    PROJECTOR = "projector"
    SYSTEM = "system"


class Place(StrEnum):
    """Where a person takes part from."""

    ROOM = "room"
    REMOTE = "remote"


CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's categories Cc and Cs, but for tab and the line ends."""


def _visible(text: str) -> str:
    """Refuse what is empty to the eye, and control characters other than tab and newline. Nothing is altered."""
    if CONTROL.search(text):
        raise PydanticCustomError("invalid_text", "text must not hold control characters")
    if not text.strip():
        raise PydanticCustomError("blank_text", "text must not be blank")
    return text


def _sayable(text: str) -> str:
    """As `_visible`, but may be empty."""
    return _visible(text) if text else text


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""Made by the client for what it creates, so that a retry names the same thing."""
Rank = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{1,128}$")]
"""A fractional index (base 62, as in the npm package `fractional-indexing`): sorts as ASCII, room between any two."""
NoteText = Annotated[str, StringConstraints(max_length=limits.NOTE_CHARS), AfterValidator(_visible)]
CommentText = Annotated[str, StringConstraints(max_length=limits.COMMENT_CHARS), AfterValidator(_visible)]
MemoText = Annotated[str, StringConstraints(max_length=limits.MEMO_CHARS), AfterValidator(_sayable)]
NoticeText = Annotated[str, StringConstraints(max_length=limits.NOTICE_CHARS), AfterValidator(_visible)]
Title = Annotated[str, StringConstraints(max_length=limits.TITLE_CHARS), AfterValidator(_visible)]
StackTitle = Annotated[str, StringConstraints(max_length=limits.TITLE_CHARS), AfterValidator(_sayable)]
Detail = Annotated[str, StringConstraints(max_length=limits.DETAIL_CHARS), AfterValidator(_sayable)]
ActivityTitle = Annotated[str, StringConstraints(max_length=limits.DETAIL_CHARS), AfterValidator(_visible)]
Line = Annotated[str, StringConstraints(max_length=limits.LINE_CHARS), AfterValidator(_sayable)]
Month = Annotated[int, Field(ge=0, lt=limits.PLAN_MONTHS)]
"""Months since the one in which the workshop was made (UTC)."""
Length = Annotated[int, Field(ge=1, le=limits.PLAN_MONTHS)]
"""Months."""
After = Annotated[tuple[Id, ...], Field(max_length=limits.AFTER)]
"""The activities that one waits for."""
UpdateBytes = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=limits.UPDATE_CHARS)]
"""A change of the paper: a Yjs update, version 1, in base 64."""
PaperBytes = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$")]
"""All of the paper, likewise."""
WordCount = Annotated[int, Field(ge=50, le=20_000)]
PersonName = Annotated[str, StringConstraints(max_length=limits.NAME_CHARS), AfterValidator(_visible)]
Address = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"'\\^`{|}]+$", max_length=limits.ADDRESS_CHARS),
    AfterValidator(_visible),
]
"""Where a page is: http or https, nothing that runs."""
Media = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9.+-]{1,100}$")]
"""A media type, as `server/files/kinds.py` found it."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
"""In hex; empty where there is nothing."""
Colour = Annotated[str, StringConstraints(pattern=r"^[a-z]{1,24}$")]
"""A name from the palette of the look (`sage`, `rose`, `sky`, `sand`, `lilac`, `mint`), never a CSS value."""
PaperColour = Literal["sage", "rose", "sky", "sand", "lilac", "mint"]
"""The colours a note may have instead of its section's."""
Policy = Literal["open", "password", "approve"]
Wall = Literal["live", "turns", "still", "black"]
"""What the big screens do: go along, give each board the wall in turn, keep the picture they have, or nothing."""
"""How participants get in by a code: at once, with a password, or when a facilitator lets them."""
Password = Annotated[str, StringConstraints(min_length=1, max_length=limits.PASSWORD_CHARS)]
Tongue = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
"""A language, as ISO 639-1 has it; where we have no words in it, English is taken."""
HookAddress = Annotated[
    str,
    StringConstraints(
        pattern=r"^https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([/?][!$-\[\]-~]*)?$",
        max_length=limits.HOOK_CHARS,
    ),
]
"""Where another program listens: no name and password in it, no fragment."""
Icon = Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,24}$")]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Millis = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""A moment in milliseconds since 1970 UTC, by the store's clock; or a length in milliseconds."""
Days = Literal[30, 90, 365]
"""How long a workshop may be kept, but for ever."""
Minutes = Annotated[int, Field(ge=0, le=limits.STEP_MINUTES)]
Dots = Annotated[int, Field(ge=0, le=limits.DOTS)]
Each = Annotated[int, Field(ge=0, le=limits.NOTES_EACH)]
"""How many each person may write; 0: as many as they like."""
