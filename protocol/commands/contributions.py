"""Commands on links and files."""

from typing import Literal

from protocol.base import Address, Count, Id, Media, Sha256, Shape, Title


class LinkAdd(Shape):
    """Add a link: to a note, to an issue, or (neither) to the workshop. `anonymous`: as of a comment ([SOFT2])."""

    do: Literal["link.add"] = "link.add"
    id: Id
    title: Title
    url: Address
    note: Id | None = None
    issue: Id | None = None
    anonymous: bool = False


class FileAdd(Shape):
    """Server alone: a file whose bytes have come is there, by this person ([FILE3])."""

    do: Literal["file.add"] = "file.add"
    id: Id
    title: Title
    blob: Id
    media: Media
    size: Count
    sha256: Sha256
    small: Sha256 = ""
    note: Id | None = None
    issue: Id | None = None
    anonymous: bool = False
    by: Id


class ContributionName(Shape):
    """Give my link or file another title (facilitator: any)."""

    do: Literal["contribution.name"] = "contribution.name"
    id: Id
    title: Title


class ContributionDrop(Shape):
    """Take my link or file away (facilitator: any)."""

    do: Literal["contribution.drop"] = "contribution.drop"
    id: Id
