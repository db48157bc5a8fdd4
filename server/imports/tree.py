"""JSON from elsewhere, of which nothing is sure: looked into without ever being surprised."""

import json
from collections.abc import Iterator
from typing import Any

from protocol.codes import Code
from server.workshop.refused import Refused

Node = dict[str, Any]


def parsed(text: str) -> Any:
    """The value; refused where it is no JSON, or nested too deeply."""
    try:
        return json.loads(text)
    except RecursionError:
        raise Refused(Code.MALFORMED, "This JSON is nested too deeply.") from None
    except ValueError:
        raise Refused(Code.MALFORMED, "This JSON is damaged.") from None


def nodes(value: Any) -> Iterator[Node]:
    """The objects of a list, whatever else is in it."""
    yield from (each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def word(value: Any) -> str:
    """A text, or a number as one; anything else says nothing."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def number(value: Any) -> float:
    """A number to sort by; 0 where there is none."""
    return float(value) if isinstance(value, int | float) and abs(value) < 1e300 else 0.0
