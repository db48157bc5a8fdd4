"""Records: the typed rows of a workshop's shared state. Everything anybody sees is made of these.

`by` is None where the author may not be told. A record's place in the state is `(kind, id)`.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from .base import (
    ActivityTitle,
    Address,
    After,
    Colour,
    CommentText,
    Count,
    Days,
    Detail,
    Dots,
    Each,
    Icon,
    Id,
    Length,
    Line,
    Media,
    MemoText,
    Millis,
    Minutes,
    Month,
    NoteText,
    NoticeText,
    PaperBytes,
    PaperColour,
    PersonName,
    Place,
    Policy,
    Rank,
    Role,
    Sha256,
    Shape,
    StackTitle,
    Title,
    Tongue,
    UpdateBytes,
    Wall,
    WordCount,
)
from .hook import Hook


class StepKind(StrEnum):
    """What a step is for (design §3)."""

    WELCOME = "welcome"
    PROPOSE = "propose"
    CHOOSE = "choose"
    BREAKOUT = "breakout"
    WRITE = "write"
    VOTE = "vote"
    PLENARY = "plenary"
    PLAN = "plan"
    PAPER = "paper"
    BREAK = "break"
    TALK = "talk"
    CLOSE = "close"


class Status(StrEnum):
    """How an activity stands."""

    IDEA = "idea"
    AGREED = "agreed"
    BEGUN = "begun"
    DONE = "done"


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
    starts: Millis | None = None
    """When the session begins, or began: what its plan is reckoned from ([RUN2])."""
    paused: Millis | None = None
    """When the current step's clock was stopped; None: it runs ([TIME1])."""
    timed: bool = True
    """The current step's clock times something: not once its results are shown ([TIME7])."""
    placing: bool = False
    """Whoever joins late is put on the board with fewest people."""
    spotlight: Id | None = None
    """The id of a board, a stack or a note that the facilitator shows to all; or `plan`."""
    gathered: Id | None = None
    """Who brought everybody to what is in the spotlight ([GATHER1]); None: people are where they like."""
    wall: Wall = "live"
    """What the big screens do ([SCENE8])."""
    wall_at: Millis = 0
    """When the facilitator last said what they do; 0: in this step not yet."""
    created: Millis
    retain: Days | None = None
    """So many days after the last entry it is deleted; None: it is kept, as long as the server keeps any ([KEEP1])."""
    paper: Millis | None = None
    """When the paper that all write together was begun; None: not yet."""
    paper_form: Count = 1
    """The form of the paper: the newest in which anybody wrote there ([FORM1])."""


class Door(Shape):
    """How people come in. Only facilitators get it, and never what is secret in it ([KEY4]).

    A link carries the number that its role has here; a higher one makes all earlier links of the role void.
    """

    kind: Literal["door"] = "door"
    id: Id
    facilitators: Count = 0
    projectors: Count = 0
    screens: Count = 0
    """Projectors that came in by a link of a lower number are not let in any more."""
    policy: Policy = "open"
    """Whether a code lets participants in by itself, with the password, or once a facilitator says so ([DOOR1])."""
    password: Annotated[str, Field(max_length=200)] | None = None
    """Salted and hashed; never sent to anybody."""
    codes: tuple[Id, ...] = ()
    """The codes besides the workshop's id that ever led here; the workshop itself names the one that does."""
    page: Id | None = None
    """The name of the page on which everybody may read the paper; None: there is none ([PAGE1])."""
    page_language: Tongue = "en"


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
    most_notes: Each = 0
    """propose, write: most issues, or notes, of one person; 0: as many as they like ([CAP1])."""
    moderated: bool = False
    """propose, write: others see what is added once a facilitator lets it through ([MOD1])."""
    skipped: bool = False
    """Left out for today: *next* and *back* pass it by ([RUN1])."""


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
    hand: Millis | None = None
    """Since when their hand is up."""
    host: Id | None = None
    """On whose device they sit, who have none themselves."""
    muted: bool = False
    """Their writing is paused. Only they and facilitators are told."""
    removed: bool = False
    """Put out by a facilitator; their token opens nothing."""
    leads: Id | None = None
    """The board that they lead, as a second facilitator."""
    ready: Id | None = None
    """The step that they said they are done with; it counts while that is the current one."""


class Guest(Shape):
    """Somebody at the door who waits to be let in; then a person of the same id. Only facilitators get it ([DOOR3])."""

    kind: Literal["guest"] = "guest"
    id: Id
    name: PersonName
    place: Place
    at: Millis
    turned: bool = False
    """Turned away."""


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
    waits: bool = False
    """For a facilitator to let it through ([MOD1])."""
    aside: bool = False
    """A facilitator set it aside ([ASIDE1])."""


class Board(Shape):
    """The shared sheet of one chosen issue; has the issue's id."""

    kind: Literal["board"] = "board"
    id: Id
    rank: Rank
    title: Title
    locked: bool = False
    extra: Millis = 0
    """So much longer than the room this group has in the current step ([MON3])."""


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
    binned_at: Millis = 0
    """When it was put there; 0 where it is not, and for those who may not read it there."""
    stack: Id | None = None
    """The stack it lies in: on the same board, in the same section; its `rank` then is its place inside."""
    colour: PaperColour | None = None
    """Instead of its section's."""
    waits: bool = False
    """For a facilitator to let it through: its author and facilitators see it, nobody else ([MOD1])."""
    aside: bool = False
    """A facilitator set it aside: its author and facilitators see it, nobody else ([ASIDE1])."""
    reactions: Count = 0
    """How many people said "me too"."""


class Stack(Shape):
    """Notes that belong together, two at the least; lies among a section's notes as one of them."""

    kind: Literal["stack"] = "stack"
    id: Id
    board: Id
    section: Id
    rank: Rank
    title: StackTitle = ""


class Comment(Shape):
    """What somebody says to a note. Seen by those who may read the note."""

    kind: Literal["comment"] = "comment"
    id: Id
    note: Id
    rank: Rank
    text: CommentText
    by: Id | None
    at: Millis
    anonymous: bool = False


class Reaction(Shape):
    """One person's "me too" on one note. Sent to that person alone. Id: `note.person`."""

    kind: Literal["reaction"] = "reaction"
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,130}$")]
    note: Id
    person: Id


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


class Activity(Shape):
    """Something to be done in the months to come. `issue` and `source` (a note or a stack) may be gone by now."""

    kind: Literal["activity"] = "activity"
    id: Id
    rank: Rank
    title: ActivityTitle
    owner: Line = ""
    """Who sees to it, in words: it may be somebody who is not here."""
    first: Line = ""
    """The first step."""
    start: Month
    length: Length
    status: Status = Status.IDEA
    issue: Id | None = None
    source: Id | None = None
    by: Id | None
    at: Millis
    rev: Count = 1
    """Counts the changes of its words, from 1."""
    lens: Id | None = None
    after: After = ()
    """The activities that it waits for ([PLAN6])."""


class Notice(Shape):
    """What a facilitator said to the room; `board` None: to everybody. `ended`: off the screens, not off the list."""

    kind: Literal["notice"] = "notice"
    id: Id
    text: NoticeText
    board: Id | None = None
    by: Id | None
    at: Millis
    ended: bool = False


class Contribution(Shape):
    """A link or a file that somebody brought: to the workshop, to an issue, or to a note.

    A link has a `url`; a file has a `blob`, under which the files' store keeps its bytes.
    """

    kind: Literal["contribution"] = "contribution"
    id: Id
    title: Title
    """Of a file its name, until somebody gives it another."""
    url: Address | None = None
    blob: Id | None = None
    media: Media | None = None
    size: Count = 0
    """Of a file, in bytes."""
    sha256: Sha256 = ""
    small: Sha256 = ""
    """Of its small picture, where it has one."""
    note: Id | None = None
    issue: Id | None = None
    by: Id | None
    at: Millis
    anonymous: bool = False


class Memo(Shape):
    """What a facilitator notes to themself for a step. Sent to that person alone ([MEMO1]). Id: `step.person`."""

    kind: Literal["memo"] = "memo"
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,130}$")]
    step: Id
    person: Id
    text: MemoText


class Paper(Shape):
    """The briefing paper that all write together; its id is always `paper`. Sent to who watches it ([PAPER2])."""

    kind: Literal["paper"] = "paper"
    id: Id
    base: PaperBytes
    """A Yjs document (an update, version 1, base 64) whose fragment `paper` is the text; `Update`s come on top."""
    target: WordCount
    """How many words it should have, about."""
    folded: Count = 0
    """How many updates the base has taken in."""
    by: Id | None
    at: Millis


class Update(Shape):
    """What somebody wrote into the paper, not in its base yet."""

    kind: Literal["update"] = "update"
    id: Id
    n: Count
    """Its place among the updates."""
    data: UpdateBytes
    by: Id | None
    at: Millis
    held: bool = False
    """What it builds on has not come yet; until then it is sent to nobody ([PAPER5])."""


Record = (
    Workshop | Door | Step | Section | Lens | Person | Guest | Issue | Board
    | Note | Stack | Comment | Reaction | Ballot | Tally | Activity | Notice | Memo
    | Paper | Update | Contribution | Hook
)  # fmt: skip
AnyRecord = Annotated[Record, Field(discriminator="kind")]
Kind = Literal[
    "workshop", "door", "step", "section", "lens", "person", "guest", "issue", "board",
    "note", "stack", "comment", "reaction", "ballot", "tally", "activity", "notice", "memo",
    "paper", "update", "contribution", "hook",
]  # fmt: skip
Key = tuple[str, str]
"""`(kind, id)`: where a record stands in the state."""

KINDS: dict[str, type[Record]] = {
    "workshop": Workshop,
    "door": Door,
    "step": Step,
    "section": Section,
    "lens": Lens,
    "person": Person,
    "guest": Guest,
    "issue": Issue,
    "board": Board,
    "note": Note,
    "stack": Stack,
    "comment": Comment,
    "reaction": Reaction,
    "ballot": Ballot,
    "tally": Tally,
    "activity": Activity,
    "notice": Notice,
    "memo": Memo,
    "paper": Paper,
    "update": Update,
    "contribution": Contribution,
    "hook": Hook,
}
