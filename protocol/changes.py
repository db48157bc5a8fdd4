"""Changes: `put` a record, `patch` some of its fields, `drop` it. The only thing that ever alters state."""

from typing import Annotated, Any, Literal

from pydantic import Field

from .base import Shape
from .records import AnyRecord, Kind


class Put(Shape):
    """The record stands as given, whether or not it was there."""

    op: Literal["put"] = "put"
    record: AnyRecord


class Patch(Shape):
    """The named fields take the given values; the record must be there."""

    op: Literal["patch"] = "patch"
    kind: Kind
    id: str
    set: dict[str, Any]


class Drop(Shape):
    """The record is gone; the record need not be there."""

    op: Literal["drop"] = "drop"
    kind: Kind
    id: str


Change = Put | Patch | Drop
AnyChange = Annotated[Change, Field(discriminator="op")]
