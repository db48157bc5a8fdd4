"""Which role may ask for what, in one table; and a plain command of each kind, made from its shape."""

import re
from typing import Any, Final, get_args

from protocol import commands as c

EVERYBODY: Final = frozenset({
    "person.rename", "person.move", "person.ready",
    "hand.raise", "hand.lower",
    "seat.add", "seat.drop", "seat.act",
    "issue.add", "issue.edit", "issue.drop",
    "note.add", "note.edit", "note.settle", "note.move", "note.tag", "note.colour", "note.bin", "note.restore",
    "note.react", "note.many",
    "stack.make", "stack.name", "stack.move", "stack.split",
    "comment.add", "comment.edit", "comment.drop",
    "link.add", "contribution.name", "contribution.drop",
    "vote.cast",
    "paper.edit",
    "activity.add", "activity.edit", "activity.set", "activity.drop",
})  # fmt: skip
"""What whoever takes part may ask for. What is not here is for facilitators alone; new kinds too, until named."""
LEADING: Final = frozenset({"board.lock"})
"""What is for facilitators, and of one board for who leads it."""
SYSTEM: Final = frozenset({
    "person.join", "key.replace", "door.set", "agenda.set", "paper.begin", "page.share", "file.add",
    "hook.set", "hook.test", "hook.try", "hook.told",
})  # fmt: skip
"""What the server alone asks for."""
KINDS: Final[dict[str, type[c.Command]]] = {kind.model_fields["do"].default: kind for kind in get_args(c.Command)}
STEERING: Final = KINDS.keys() - EVERYBODY - LEADING - SYSTEM


def plain(name: str) -> dict[str, Any]:
    """A command of this kind that is valid, with no more fields than it needs."""
    schema = KINDS[name].model_json_schema()
    return {"do": name, **_sample(schema, schema.get("$defs", {}))}


def _sample(schema: dict[str, Any], shapes: dict[str, Any]) -> Any:
    """The least of what a JSON Schema allows, as far as ours go."""
    if "$ref" in schema:
        return _sample(shapes[schema["$ref"].rpartition("/")[2]], shapes)
    choices = schema.get("anyOf", schema.get("oneOf"))
    if choices:
        return _sample(choices[0], shapes)
    given = [*(schema[key] for key in ("const", "default") if key in schema), *schema.get("enum", ())]
    return given[0] if given else _least(schema, shapes)


def _least(schema: dict[str, Any], shapes: dict[str, Any]) -> Any:
    if schema["type"] == "object":
        fields, needed = schema["properties"], {"do", *schema.get("required", ())}
        return {name: _sample(field, shapes) for name, field in fields.items() if name in needed}
    if schema["type"] == "array":
        return [_sample(schema["items"], shapes)] * schema.get("minItems", 0)
    if schema["type"] == "string":
        return next(text for text in ("a", "a/a", "https://a", "") if re.search(schema.get("pattern", ""), text))
    return {"integer": max(1, schema.get("minimum", 1)), "boolean": True}[schema["type"]]
