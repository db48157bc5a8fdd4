"""Commands on how people come in. Links and the policy are the server's, which was asked over HTTP ([KEY2])."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Id, Policy, Role, Shape, Tongue

Guests = Annotated[tuple[Id, ...], Field(min_length=1, max_length=limits.GUESTS)]


class KeyReplace(Shape):
    """System only: the links of a role are void, a new one is valid ([KEY1]).

    `code`: the participants' new one, which leads here already. `end`: projectors that are in have to go.
    """

    do: Literal["key.replace"] = "key.replace"
    role: Role
    code: Id | None = None
    end: bool = False


class DoorSet(Shape):
    """System only: how participants get in from now on. `password`: salted and hashed; None: as it is ([DOOR1])."""

    do: Literal["door.set"] = "door.set"
    policy: Policy
    password: Annotated[str, Field(max_length=200)] | None = None


class PageShare(Shape):
    """System only: everybody may read the paper under this name, which leads here already; None: nobody ([PAGE1])."""

    do: Literal["page.share"] = "page.share"
    page: Id | None
    language: Tongue = "en"


class GuestAdmit(Shape):
    """Facilitator: let these in who wait at the door ([DOOR4])."""

    do: Literal["guest.admit"] = "guest.admit"
    ids: Guests


class GuestTurn(Shape):
    """Facilitator: turn these away ([DOOR4])."""

    do: Literal["guest.turn"] = "guest.turn"
    ids: Guests
