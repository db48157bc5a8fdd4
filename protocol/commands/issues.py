"""Commands on tough issues."""

from typing import Annotated, Literal

from pydantic import Field

from protocol import limits
from protocol.base import Count, Detail, Id, Rank, Shape, Title


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


class IssueAdmit(Shape):
    """Facilitator: let these issues through that wait; what does not wait (any more) is left out ([MOD2])."""

    do: Literal["issue.admit"] = "issue.admit"
    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=limits.ISSUES)]


class IssueAside(Shape):
    """Facilitator: set an issue aside, or bring it back ([ASIDE4])."""

    do: Literal["issue.aside"] = "issue.aside"
    id: Id
    on: bool


class IssueChoose(Shape):
    """Facilitator: these issues become boards; boards of others go, unless they hold notes ([ISSUE6])."""

    do: Literal["issue.choose"] = "issue.choose"
    ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=limits.BOARDS)]
