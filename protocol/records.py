"""Records: the typed rows of a workshop's shared state. Everything anybody sees is made of these.

`by` is None where the author may not be told. A record's place in the state is `(kind, id)`.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from .base import (
    Colour,
    Count,
    Detail,
    Dots,
    Icon,
    Id,
    Millis,
    Minutes,
    NoteText,
    PersonName,
    Place,
    Rank,
    Role,
    Shape,
    Title,
)


class StepKind(StrEnum):
    """What a step is for (design §3)."""

    WELCOME = "welcome"
    PROPOSE = "propose"
    CHOOSE = "choose"
    BREAKOUT = "breakout"
    WRITE = "write"
    VOTE = "vote"
    PLENARY = "plenary"
    BREAK = "break"
    TALK = "talk"
    CLOSE = "close"


class Workshop(Shape):
    """The session itself; its id is always `workshop`. `step` is the current step."""

    kind: Literal["workshop"] = "workshop"
    id: Id
    code: Id
    title: Title
    purpose: Detail
    step: Id
    step_started: Millis
    extended: Annotated[int, Field(ge=-10_000, le=10_000)] = 0
    """Minutes added to (or taken from) the current step since it began."""
    spotlight: Id | None = None
    """The id of a board or a note that the facilitator shows to all."""
    created: Millis


class Step(Shape):
    """One item of the agenda. Which settings count depends on `step`; `revealed` and `shown` only go one way."""

    kind: Literal["step"] = "step"
    id: Id
    rank: Rank
    step: StepKind
    title: Title
    minutes: Minutes
    instruction: Detail = ""
    dots: Dots = 5
    """choose, vote: dots per person."""
    most: Annotated[int, Field(ge=1, le=99)] = 1
    """choose, vote: most dots of one person on one item."""
    blind: bool = False
    """choose, vote: tallies are sent to nobody until `shown`."""
    shown: bool = False
    """choose, vote: the facilitator has shown the results. Never back to false."""
    private: bool = False
    """write: others' notes are sealed until `revealed`."""
    revealed: bool = False
    """write: the sealed notes have been turned over. Never back to false."""
    anonymous: bool = False
    """write: nobody is told who wrote."""


class Section(Shape):
    """A column that every board has."""

    kind: Literal["section"] = "section"
    id: Id
    rank: Rank
    title: Title
    hint: Detail = ""
    colour: Colour
    icon: Icon


class Lens(Shape):
    """A tag that notes may carry, from the working definition."""

    kind: Literal["lens"] = "lens"
    id: Id
    rank: Rank
    title: Title


class Person(Shape):
    """Somebody who joined. The number of `hue` is stable, 0-11, and picks the colour of the avatar."""

    kind: Literal["person"] = "person"
    id: Id
    name: PersonName
    role: Role
    place: Place
    board: Id | None = None
    hue: Annotated[int, Field(ge=0, le=11)] = 0
    joined: Millis


class Issue(Shape):
    """A tough issue. `merged` names the issue that took it in; `by` None: suggested in advance."""

    kind: Literal["issue"] = "issue"
    id: Id
    rank: Rank
    title: Title
    detail: Detail = ""
    by: Id | None
    at: Millis
    rev: Count = 1
    merged: Id | None = None


class Board(Shape):
    """The shared sheet of one chosen issue; has the issue's id."""

    kind: Literal["board"] = "board"
    id: Id
    rank: Rank
    title: Title
    locked: bool = False


class Note(Shape):
    """A sticky note. While it is sealed, others get it face down: `sealed` true, no text, no author, no tags."""

    kind: Literal["note"] = "note"
    id: Id
    board: Id
    section: Id
    rank: Rank
    text: NoteText | Literal[""]
    by: Id | None
    at: Millis
    rev: Count = 1
    """Counts the changes of the text, from 1."""
    lenses: tuple[Id, ...] = ()
    siblings: tuple[NoteText, ...] = ()
    """Versions that could not be merged into `text`, kept beside it until somebody settles them."""
    step: Id
    """The step in which it was written; decides sealing."""
    anonymous: bool = False
    sealed: bool = False
    """Only ever true in what is sent to those who may not read it yet; false in the state."""
    late: bool = False
    """Written after its writing step was over."""
    binned: bool = False
    """In the bin: shown to nobody on the board, may be restored."""


class Ballot(Shape):
    """One person's dots on one item in one round (= step). Sent to that person alone. Id: `round.person.target`."""

    kind: Literal["ballot"] = "ballot"
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,200}$")]
    round: Id
    person: Id
    target: Id
    dots: Dots


class Tally(Shape):
    """The sum of the ballots on one item in one round. Id: `round.target`."""

    kind: Literal["tally"] = "tally"
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,130}$")]
    round: Id
    target: Id
    dots: Count
    people: Count


Record = Workshop | Step | Section | Lens | Person | Issue | Board | Note | Ballot | Tally
AnyRecord = Annotated[Record, Field(discriminator="kind")]
Kind = Literal["workshop", "step", "section", "lens", "person", "issue", "board", "note", "ballot", "tally"]
Key = tuple[str, str]
"""`(kind, id)`: where a record stands in the state."""

KINDS: dict[str, type[Record]] = {
    "workshop": Workshop,
    "step": Step,
    "section": Section,
    "lens": Lens,
    "person": Person,
    "issue": Issue,
    "board": Board,
    "note": Note,
    "ballot": Ballot,
    "tally": Tally,
}
