"""The HTTP API and the live line as other programs read them: OpenAPI 3.1 and AsyncAPI 3.0 ([API1] [API2])."""

import re
from typing import Any, Final

from . import messages
from .http import OPERATIONS, Body, Operation, Who
from .version import VERSION

INTRODUCTION: Final = """\
Plenary runs facilitated workshops. Make one, or join one with its code; then say `hello` on the live line (`/ws`, see \
the AsyncAPI page) to see everything and to take part, or ask here for what is not done by a command.

Whoever joins gets a token, which goes into `Authorization: Bearer …` from then on. What a person may do follows from \
their role at that moment, and nobody is ever sent what they may not see.

Errors are `application/problem+json` with a `code`, which says what happened and what to do about it."""
PLACES: Final = {
    "workshop": "The workshop's id.",
    "format": "`json`, `md`, `html`, `docx`, `odt`, `pdf`, `wall.pdf`, `wall.svg`, `wall.png`, `csv`, `xlsx`, "
    "`plan.csv` or `ics`.",
    "code": "A code as it is read from the wall; case, blanks and dashes do not matter.",
    "file": "The file's id, made by whoever sends it.",
    "page": "From the link that somebody was given.",
}
ASKED: Final = {
    "language": "`en` or `es`; else the first of `Accept-Language` that we have.",
    "name": "The file's name, which helps to tell what it is.",
    "ticket": "Instead of a token.",
}
HEADED: Final = {"Plenary-Line": "Names the line.", "Upload-Offset": "Where the piece begins, in bytes."}
ANSWERED: Final = {
    "do": ("Done", "Refused"),
    "hello": ("Welcome", "Resume", "Bye"),
    "beat": ("BeatDown",),
    "watch": ("Changes",),
    "here": ("HereDown",),
}
"""What comes back to each message, sooner or later."""


def openapi(shapes: dict[str, Any]) -> dict[str, Any]:
    """The HTTP API; `shapes` are all there are, by name."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    problem = {"description": "It was refused: `code` says why.", "content": _content(messages.Problem, _PROBLEM)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Plenary", "version": str(VERSION), "description": INTRODUCTION, "license": _LICENSE},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": _needed(shapes, paths | {"": _content(messages.Problem, _PROBLEM)}),
            "responses": {"Problem": problem},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "Of `Joined`."}},
        },
    }


def asyncapi(shapes: dict[str, Any]) -> dict[str, Any]:
    """The live line."""
    up, down = messages.Up.__args__, messages.Down.__args__
    known = {model.__name__: _message(model) for model in (*up, *down)}
    refs = {name: {"$ref": f"#/components/messages/{name}"} for name in known}
    line = {
        "address": "/ws",
        "title": "The live line",
        "messages": refs,
        "description": (messages.__doc__ or "").strip(),
        "bindings": {"ws": {"headers": _SUBPROTOCOL}},
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Plenary, the live line", "version": str(VERSION), "description": INTRODUCTION},
        "defaultContentType": "application/json",
        "channels": {"line": line},
        "operations": {
            **{f"hear{model.__name__}": _heard(model) for model in up},
            "say": {"action": "send", "channel": _LINE, "messages": [_on_line(model.__name__) for model in down]},
        },
        "components": {"messages": known, "schemas": _placed(shapes)},
    }


_LICENSE: Final = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
_PROBLEM: Final = "application/problem+json"
_LINE: Final = {"$ref": "#/channels/line"}
_SUBPROTOCOL: Final = {
    "type": "object",
    "properties": {"Sec-WebSocket-Protocol": {"type": "string", "const": messages.SUBPROTOCOL}},
}


def _operation(operation: Operation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.does,
        "description": f"{operation.who} {operation.more}".strip(),
        "responses": {
            str(operation.status): _answer(operation.answers),
            "default": {"$ref": "#/components/responses/Problem"},
        },
    }
    if operation.who is not Who.ANYBODY:
        made["security"] = [{"token": []}]
    places = re.findall(r"{(\w+)}", operation.path)
    parameters = [
        *(_parameter(place, "path", PLACES[place], required=True) for place in places),
        *(_parameter(name, "query", ASKED[name]) for name in operation.query),
        *(_parameter(name, "header", HEADED[name], required=True) for name in operation.headers),
    ]
    if parameters:
        made["parameters"] = parameters
    if operation.asks is not None:
        made["requestBody"] = {"required": True, "content": _content(operation.asks)}
    return made


def _parameter(name: str, place: str, words: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "description": words, "schema": {"type": "string"}}


def _answer(body: Body) -> dict[str, Any]:
    if body is None:
        return {"description": "Done; there is nothing to say."}
    words = body if isinstance(body, str) else (body.__doc__ or "").strip()
    return {"description": words, "content": _content(body)}


def _content(body: Body, media: str = "application/json") -> dict[str, Any]:
    if body is None:
        return {}
    if isinstance(body, str):
        return {body: {}}
    return {media: {"schema": {"$ref": f"#/components/schemas/{body.__name__}"}}}


def _message(model: Any) -> dict[str, Any]:
    return {
        "name": model.model_fields["type"].default,
        "title": (model.__doc__ or "").splitlines()[0],
        "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
    }


def _heard(model: Any) -> dict[str, Any]:
    reply = {"channel": _LINE, "messages": [_on_line(name) for name in ANSWERED[model.model_fields["type"].default]]}
    return {"action": "receive", "channel": _LINE, "messages": [_on_line(model.__name__)], "reply": reply}


def _on_line(name: str) -> dict[str, str]:
    return {"$ref": f"#/channels/line/messages/{name}"}


def _placed(shape: Any) -> Any:
    """A shape whose references lead to where the shapes are in these pages."""
    if isinstance(shape, dict):
        return {key: _placed(inner) for key, inner in shape.items()}
    if isinstance(shape, list):
        return [_placed(inner) for inner in shape]
    return shape.replace("#/$defs/", "#/components/schemas/") if isinstance(shape, str) else shape


def _needed(shapes: dict[str, Any], by: Any) -> dict[str, Any]:
    """Those shapes that something refers to, and what they refer to."""
    placed, found = _placed(shapes), set[str]()
    more = _named(by)
    while more:
        found |= more
        more = set().union(*(_named(placed[name]) for name in more)) - found
    return {name: placed[name] for name in sorted(found)}


def _named(shape: Any) -> set[str]:
    if isinstance(shape, dict):
        here = {str(shape["$ref"]).rpartition("/")[2]} if "/schemas/" in str(shape.get("$ref", "")) else set[str]()
        return here.union(*(_named(inner) for inner in shape.values()))
    if isinstance(shape, list):
        return set[str]().union(*(_named(inner) for inner in shape))
    return set()
