"""The messages of the live line, up and down: JSON text, one object a frame, `type` names it.

A conversation: `hello` up; `welcome` (all records) or `resume` (what was missed follows as `changes`) down. Then
`do` up, answered by `done` or `refused`; `saved` when it is durable; `changes` whenever anything visible changed;
`here` both ways for presence; `beat` both ways to show life; `bye` before the server closes.
"""

from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from . import limits
from .agenda import Agenda
from .base import (
    Count,
    HookAddress,
    Id,
    Millis,
    Password,
    PersonName,
    Place,
    Policy,
    Role,
    Shape,
    Title,
    Tongue,
    WordCount,
)
from .changes import AnyChange
from .codes import Code
from .commands import AnyCommand
from .records import AnyRecord


class Position(Shape):
    """How far a client has seen: `seq`, and the `tag` the server gave with it, which no other log has ([RESUME3])."""

    seq: Count
    tag: str = Field(max_length=64)


class Hello(Shape):
    """First message up. `client` is this tab's or device's own id; `after` where it left off."""

    type: Literal["hello"] = "hello"
    token: str = Field(max_length=1_000)
    client: Id
    after: Position | None = None
    form: Count = 0
    """The newest form of the paper that this app knows ([FORM1]); 0: it is from before there were any."""


class Do(Shape):
    """A command. `n` grows by each; `prev` is the last `n` that was not refused, 0 at first ([ONCE1])."""

    type: Literal["do"] = "do"
    n: Annotated[int, Field(ge=1, le=2**53 - 1)]
    prev: Count
    command: AnyCommand


class Cursor(Shape):
    """Where somebody is in the paper: two places in its text, as Yjs encodes them (base 64)."""

    anchor: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{2,120}={0,2}$")]
    head: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{2,120}={0,2}$")]


class HereUp(Shape):
    """What I am doing now: the board I look at, the note I edit, whether I type, how much I hold unsaved ([MON2])."""

    type: Literal["here"] = "here"
    board: Id | None = None
    note: Id | None = None
    typing: bool = False
    unsaved: Count = 0
    cursor: Cursor | None = None


class Watch(Shape):
    """Send me the notes and tallies of these boards only (None: of all), and the paper. What is left out stays."""

    type: Literal["watch"] = "watch"
    boards: Annotated[tuple[Id, ...], Field(max_length=12)] | None = None
    paper: bool = False


class BeatUp(Shape):
    """I am alive. `t` comes back, for the round trip and the clock's offset."""

    type: Literal["beat"] = "beat"
    t: Count


Up = Hello | Do | HereUp | Watch | BeatUp
AnyUp = Annotated[Up, Field(discriminator="type")]


class You(Shape):
    """Who the token says you are."""

    workshop: Id
    person: Id | None
    role: Role


class Welcome(Shape):
    """Everything you may see at `seq`. `last`: the last `n` of this client that the log holds."""

    type: Literal["welcome"] = "welcome"
    you: You
    seq: Count
    tag: str
    now: Millis
    last: Count
    records: tuple[AnyRecord, ...]


class Resume(Shape):
    """You left off at a place this log has: what you missed follows as `changes`."""

    type: Literal["resume"] = "resume"
    you: You
    seq: Count
    tag: str
    now: Millis
    last: Count


class Changes(Shape):
    """What changed in what you may see; with it you are at `seq`."""

    type: Literal["changes"] = "changes"
    seq: Count
    tag: str
    changes: tuple[AnyChange, ...]


class Done(Shape):
    """Command `n` is in the log, at `seq` or before."""

    type: Literal["done"] = "done"
    n: Count
    seq: Count


class Refused(Shape):
    """Command `n`, sent with `prev`, was not done; or, `n` 0, a message could not be understood."""

    type: Literal["refused"] = "refused"
    n: Count
    prev: Count
    code: Code
    message: str
    retry_after: Millis | None = None


class Saved(Shape):
    """Everything up to `seq` survives a power cut."""

    type: Literal["saved"] = "saved"
    seq: Count


class Present(Shape):
    """One person who is connected. `note` is left out where it would betray an author, and so is `unsaved`."""

    person: Id
    board: Id | None = None
    note: Id | None = None
    typing: bool = False
    devices: Count = 1
    unsaved: Count = 0
    """Commands that their devices hold and that are not saved yet, as they told last."""
    cursor: Cursor | None = None
    """Told to who watches the paper ([PAPER8])."""


class HereDown(Shape):
    """Who came or changed, and who went. `all`: this is the whole roster. `others`: how many more are here, untold."""

    type: Literal["here"] = "here"
    all: bool
    people: tuple[Present, ...]
    gone: tuple[Id, ...] = ()
    others: Count = 0


class BeatDown(Shape):
    """The server is alive; `t` as you sent it, `now` by the server's clock."""

    type: Literal["beat"] = "beat"
    t: Count
    now: Millis


class Bye(Shape):
    """The server is about to close this connection, and why. `retry_after` (ms): when to come back; None: do not."""

    type: Literal["bye"] = "bye"
    code: Code
    message: str
    retry_after: Millis | None


Down = Welcome | Resume | Changes | Done | Refused | Saved | HereDown | BeatDown | Bye
AnyDown = Annotated[Down, Field(discriminator="type")]

UP: Final[TypeAdapter[Up]] = TypeAdapter(AnyUp)
DOWN: Final[TypeAdapter[Down]] = TypeAdapter(AnyDown)
SUBPROTOCOL: Final = "plenary.v1"


class Create(Shape):
    """`POST /api/workshops`."""

    title: Title
    template: Id = "tough-issues"
    language: Tongue = "en"
    """Of the template's words: they become the workshop's own ([TMPL3])."""
    agenda: Agenda | None = None
    """Instead of a template."""


class Duplicate(Shape):
    """`POST /api/workshops/{id}/duplicate`, for facilitators: answered as `Create` is ([DUP1])."""

    title: Title
    issues: bool = True


class Delete(Shape):
    """`DELETE /api/workshops/{id}`, for facilitators: for ever ([GONE7]). `title`: which one they mean."""

    title: Title


class Keeping(Shape):
    """Answer to `GET /api/workshops/{id}/keeping` ([KEEP3]); each None where there is none.

    `limit`: the longest that this server keeps a workshop (days). `days`: what counts here, from the last entry on.
    `until`: when it will be deleted, if nothing more is done.
    """

    limit: Count | None
    days: Count | None
    until: Millis | None


class Links(Shape):
    """Full addresses; each carries its role."""

    facilitator: str
    participant: str
    projector: str


class Created(Shape):
    """Answer to `Create`, and to `GET /api/workshops/{id}/links` for facilitators."""

    id: Id
    code: Id
    links: Links


class Opened(Created):
    """Answer to an archive that was opened. `taken`: codes of it that lead to other workshops here, and stay so.

    `lacking`: how many files it knows and did not bring.
    """

    taken: tuple[str, ...]
    lacking: Count


class Given(Shape):
    """What the participants of one place gave, as far as that may be told ([SHARE3])."""

    place: Place
    people: Count
    notes: Count
    dots: Annotated[int, Field(ge=0, le=10)] | None
    """About so many tenths of all dots; None: it may not be told."""


class Shares(Shape):
    """Answer to `GET /api/workshops/{id}/shares`, for facilitators. `gave`: so many gave something in this step."""

    step: Id
    people: Count
    gave: Count | None
    ready: Count | None
    places: tuple[Given, ...]


class Replace(Shape):
    """`POST /api/workshops/{id}/links`, for facilitators: a new link for a role ([KEY1]).

    `end`: of the projector's, also end the screens that are open.
    """

    role: Role
    end: bool = False


class BeginPaper(Shape):
    """`POST /api/workshops/{id}/paper`, for facilitators: begins the paper from what stands there ([PAPER1]).

    `names`: those who took part are named in it.
    """

    language: Tongue = "en"
    names: bool = False
    target: WordCount = limits.PAPER_WORDS


class SharePage(Shape):
    """`POST /api/workshops/{id}/page`, for facilitators: the paper gets a public page, or a new link to it ([PAGE1]).

    `language`: of its words that are ours.
    """

    language: Tongue = "en"


class Page(Shape):
    """Answer to `SharePage`, and to `GET /api/workshops/{id}/page`: where the paper may be read; None: nowhere."""

    link: str | None


class BeginFile(Shape):
    """`POST /api/workshops/{id}/files`: a file of so many bytes is to come ([FILE2]). Again: as it stands."""

    id: Id
    title: Title
    size: Annotated[int, Field(ge=1, le=2**53 - 1)]
    note: Id | None = None
    issue: Id | None = None
    anonymous: bool = False


class Coming(Shape):
    """How far a file has come. `chunk`: the longest piece that is taken at once. `done`: it is there."""

    offset: Count
    size: Count
    chunk: Count = limits.CHUNK_BYTES
    done: bool = False


class Ticket(Shape):
    """Answer to `POST /api/workshops/{id}/files/{file}/ticket`: opens that file's address for a while ([FILE6])."""

    ticket: str


class SetWebhook(Shape):
    """`POST /api/workshops/{id}/webhook`, for facilitators: tell this program ([HOOK1]). `renew`: with a new secret."""

    address: HookAddress
    renew: bool = False


class Webhook(Shape):
    """Answer to `SetWebhook`, and to `GET /api/workshops/{id}/webhook`; None where nobody is told.

    `possible`: this server tells other programs at all.
    """

    possible: bool
    address: HookAddress | None
    secret: str | None


class SetDoor(Shape):
    """`POST /api/workshops/{id}/door`, for facilitators ([DOOR1]). `password`: as it is where it is left out."""

    policy: Policy
    password: Password | None = None


class Join(Shape):
    """`POST /api/join`. A code (participants) or the key of a link; `token` to come back as the same person."""

    code: Annotated[str, Field(max_length=20)] | None = None
    key: Annotated[str, Field(max_length=500)] | None = None
    name: PersonName | None = None
    place: Place = Place.ROOM
    password: Annotated[str, Field(max_length=limits.PASSWORD_CHARS)] | None = None


class Joined(Shape):
    """Answer to `Join`. `person` is None for the projector. `waiting`: ask again with the token ([DOOR3])."""

    token: str
    workshop: Id
    person: Id | None
    role: Role
    waiting: bool = False


class CodeInfo(Shape):
    """Answer to `GET /api/codes/{code}`: what is told of a workshop before one is in."""

    title: Title
    code: Id
    workshop: Id
    policy: Policy


class Problem(Shape):
    """An error over HTTP (`application/problem+json`, RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: Code
