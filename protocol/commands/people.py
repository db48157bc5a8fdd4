"""Commands on people: who comes in, what they are called, which board they go to."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.base import Count, Id, PersonName, Place, Role, Shape


class PersonJoin(Shape):
    """System only: somebody came in by link or code ([JOIN1]).

    `code`, or the number of the `key`, is what they came by; None: the server lets them in by itself ([KEY1]).
    `passed`: the hash of the password that they knew.
    """

    do: Literal["person.join"] = "person.join"
    id: Id
    name: PersonName
    role: Role
    place: Place
    code: Id | None = None
    key: Count | None = None
    passed: Annotated[str, Field(max_length=200)] | None = None


class PersonRename(Shape):
    """Call myself something else, or say where I am. Others may be renamed by the facilitator (None: myself)."""

    do: Literal["person.rename"] = "person.rename"
    person: Id | None = None
    name: PersonName
    place: Place


class PersonMove(Shape):
    """Go to a board (None: to no board). Others may be moved by the facilitator."""

    do: Literal["person.move"] = "person.move"
    person: Id
    board: Id | None


class PersonRole(Shape):
    """Facilitator: make somebody a facilitator, `instead` of me if so wished; or a participant again."""

    do: Literal["person.role"] = "person.role"
    person: Id
    role: Role
    instead: bool = False


class PersonLead(Shape):
    """Facilitator: have somebody lead a board, as a second facilitator (None: none any more)."""

    do: Literal["person.lead"] = "person.lead"
    person: Id
    board: Id | None


class PersonMute(Shape):
    """Facilitator: pause somebody's writing, or let them go on."""

    do: Literal["person.mute"] = "person.mute"
    person: Id
    muted: bool


class PersonRemove(Shape):
    """Facilitator: put somebody out, or let them in again."""

    do: Literal["person.remove"] = "person.remove"
    person: Id
    removed: bool


class HandRaise(Shape):
    """Raise my hand."""

    do: Literal["hand.raise"] = "hand.raise"


class HandLower(Shape):
    """Lower my hand (facilitator: anybody's)."""

    do: Literal["hand.lower"] = "hand.lower"
    person: Id


class HandClear(Shape):
    """Facilitator: lower all hands."""

    do: Literal["hand.clear"] = "hand.clear"


class PersonReady(Shape):
    """I am done with this step (`ready` false: not yet after all); it must be the current one ([READY1])."""

    do: Literal["person.ready"] = "person.ready"
    step: Id
    ready: bool


class PeopleBalance(Shape):
    """Facilitator: place everybody who has no board, so that the boards' sizes are as equal as can be.

    `anew`: those who have one may be moved too, as few as that takes.
    """

    do: Literal["people.balance"] = "people.balance"
    anew: bool = False


class PeoplePlace(Shape):
    """Facilitator: put those who join late on the board with fewest people, or let them choose."""

    do: Literal["people.place"] = "people.place"
    on: bool
