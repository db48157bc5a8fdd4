"""JSON that is a list: of texts, or of objects that have fields."""

from typing import Any

from .building import Building
from .guessing import table
from .tree import word


def is_list(value: Any) -> bool:
    """Whether this is one, all of which has a place in a table."""
    return isinstance(value, list) and all(
        isinstance(each, str) or (isinstance(each, dict) and all(map(_is_flat, each.values()))) for each in value
    )


def _is_flat(value: Any) -> bool:
    return not isinstance(value, dict | list) or (isinstance(value, list) and all(isinstance(v, str) for v in value))


def values(value: list[Any], title: str) -> Building:
    """All of it; a column for each field there is."""
    building = Building("json", title)
    names = list(dict.fromkeys(name for each in value if isinstance(each, dict) for name in each))
    if not names:
        table(building, "", [[each] for each in value])
        return building
    rows = [[_cell(each.get(name)) if isinstance(each, dict) else "" for name in names] for each in value]
    plain = [[each] for each in value if isinstance(each, str)]
    table(building, "", [names, *rows])
    table(building, "", plain)
    return building


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, list) else word(value)
