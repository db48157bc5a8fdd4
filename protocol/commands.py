"""Commands: what a person asks for. One model each; `decide` answers with changes or a refusal.

Ids of new things are made by the asker. `from`-like fields (`rev`, `current`) name the version the asker saw.
"""

from typing import Annotated, Literal

from pydantic import Field

from . import limits
from .base import Count, Detail, Dots, Id, Minutes, NoteText, PersonName, Place, Rank, Role, Shape, Title
from .records import StepKind


class PersonJoin(Shape):
    """System only: somebody came in by link or code ([JOIN1])."""

    do: Literal["person.join"] = "person.join"
    id: Id
    name: PersonName
    role: Role
    place: Place


class PersonRename(Shape):
    """Call myself something else, or say where I am."""

    do: Literal["person.rename"] = "person.rename"
    name: PersonName
    place: Place


class PersonMove(Shape):
    """Go to a board (None: to no board). Others may be moved by the facilitator."""

    do: Literal["person.move"] = "person.move"
    person: Id
    board: Id | None


class PeopleBalance(Shape):
    """Facilitator: place everybody who has no board, so that the boards' sizes are as equal as can be."""

    do: Literal["people.balance"] = "people.balance"


class StepGo(Shape):
    """Facilitator: make `step` the current one; `current` is the step the facilitator saw ([STEP2])."""

    do: Literal["step.go"] = "step.go"
    step: Id
    current: Id


class StepExtend(Shape):
    """Facilitator: give the current step more minutes (or fewer, when negative)."""

    do: Literal["step.extend"] = "step.extend"
    minutes: Annotated[int, Field(ge=-limits.STEP_MINUTES, le=limits.STEP_MINUTES)]


class StepAdd(Shape):
    """Facilitator: a new step in the agenda."""

    do: Literal["step.add"] = "step.add"
    id: Id
    rank: Rank
    step: StepKind
    title: Title
    minutes: Minutes
    instruction: Detail = ""


class StepEdit(Shape):
    """Facilitator: change a step; fields left out stay as they are."""

    do: Literal["step.edit"] = "step.edit"
    step: Id
    title: Title | None = None
    minutes: Minutes | None = None
    instruction: Detail | None = None
    rank: Rank | None = None
    dots: Dots | None = None
    most: Annotated[int, Field(ge=1, le=99)] | None = None
    blind: bool | None = None
    private: bool | None = None
    anonymous: bool | None = None


class StepDrop(Shape):
    """Facilitator: take a step out of the agenda; not the current one, nor one that holds notes or dots."""

    do: Literal["step.drop"] = "step.drop"
    step: Id


class StepReveal(Shape):
    """Facilitator: turn over the sealed notes of a private writing step. Cannot be undone."""

    do: Literal["step.reveal"] = "step.reveal"
    step: Id


class StepShow(Shape):
    """Facilitator: show the results of a round of dots. Cannot be undone."""

    do: Literal["step.show"] = "step.show"
    step: Id


class WorkshopEdit(Shape):
    """Facilitator: title and purpose."""

    do: Literal["workshop.edit"] = "workshop.edit"
    title: Title
    purpose: Detail


class WorkshopSpotlight(Shape):
    """Facilitator: put a board or a note in front of everybody, or nothing."""

    do: Literal["workshop.spotlight"] = "workshop.spotlight"
    target: Id | None


class IssueAdd(Shape):
    """Propose a tough issue."""

    do: Literal["issue.add"] = "issue.add"
    id: Id
    rank: Rank
    title: Title
    detail: Detail = ""


class IssueEdit(Shape):
    """Change my issue (facilitator: any). `rev` is the version I began with ([ISSUE3])."""

    do: Literal["issue.edit"] = "issue.edit"
    id: Id
    rev: Count
    title: Title
    detail: Detail = ""


class IssueDrop(Shape):
    """Withdraw my issue (facilitator: any). Not one that has a board."""

    do: Literal["issue.drop"] = "issue.drop"
    id: Id


class IssueMerge(Shape):
    """Facilitator: `id` says the same as `into`; its dots move over."""

    do: Literal["issue.merge"] = "issue.merge"
    id: Id
    into: Id


class IssueChoose(Shape):
    """Facilitator: these issues become boards; boards of others go, unless they hold notes ([ISSUE6])."""

    do: Literal["issue.choose"] = "issue.choose"
    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=limits.BOARDS)]


class BoardLock(Shape):
    """Facilitator: lock or unlock a board."""

    do: Literal["board.lock"] = "board.lock"
    board: Id
    locked: bool


class NoteAdd(Shape):
    """Write a note."""

    do: Literal["note.add"] = "note.add"
    id: Id
    board: Id
    section: Id
    rank: Rank
    text: NoteText


class NoteEdit(Shape):
    """Change a note's text. `rev` and `base`: the version I began with, for the merge ([NOTE4])."""

    do: Literal["note.edit"] = "note.edit"
    id: Id
    rev: Count
    base: NoteText
    text: NoteText


class NoteSettle(Shape):
    """Of a note with siblings: `text` stands, the siblings go. `rev` is the version seen."""

    do: Literal["note.settle"] = "note.settle"
    id: Id
    rev: Count
    text: NoteText


class NoteMove(Shape):
    """Put a note elsewhere."""

    do: Literal["note.move"] = "note.move"
    id: Id
    board: Id
    section: Id
    rank: Rank


class NoteTag(Shape):
    """Give a note exactly these lenses."""

    do: Literal["note.tag"] = "note.tag"
    id: Id
    lenses: Annotated[tuple[Id, ...], Field(max_length=20)]


class NoteBin(Shape):
    """Put a note into the bin."""

    do: Literal["note.bin"] = "note.bin"
    id: Id


class NoteRestore(Shape):
    """Take a note out of the bin."""

    do: Literal["note.restore"] = "note.restore"
    id: Id


class VoteCast(Shape):
    """I want exactly `dots` of my dots on `target` in this round; 0 takes them back ([VOTE1])."""

    do: Literal["vote.cast"] = "vote.cast"
    round: Id
    target: Id
    dots: Dots


Command = (
    PersonJoin | PersonRename | PersonMove | PeopleBalance
    | StepGo | StepExtend | StepAdd | StepEdit | StepDrop | StepReveal | StepShow
    | WorkshopEdit | WorkshopSpotlight
    | IssueAdd | IssueEdit | IssueDrop | IssueMerge | IssueChoose
    | BoardLock
    | NoteAdd | NoteEdit | NoteSettle | NoteMove | NoteTag | NoteBin | NoteRestore
    | VoteCast
)  # fmt: skip
AnyCommand = Annotated[Command, Field(discriminator="do")]
