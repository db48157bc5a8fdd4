"""The API described by the server itself: OpenAPI, AsyncAPI, and both to read ([API1]-[API3])."""

import json
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

import protocol
from protocol.describing import INTRODUCTION
from protocol.http import OPERATIONS

SCHEMAS: Final = Path(protocol.__file__).parent / "schema"
STYLE: Final = (Path(__file__).parent / "reference.css").read_text("utf-8")
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
OPEN: Final = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
"""There is nothing in them but what everybody may know, and tools that read them run anywhere."""


async def openapi(_request: Request) -> Response:
    """`GET /api/openapi.json`."""
    return Response(_kept("openapi"), media_type="application/json", headers=OPEN)


async def asyncapi(_request: Request) -> Response:
    """`GET /api/asyncapi.json`."""
    return Response(_kept("asyncapi"), media_type="application/json", headers=OPEN)


async def reference(_request: Request) -> Response:
    """[API3] `GET /api`: both as one page, without a script or a third party."""
    return HTMLResponse(_page(), headers={"content-security-policy": POLICY})


@cache
def _kept(name: str) -> bytes:
    return (SCHEMAS / f"{name}.json").read_bytes()


@cache
def _page() -> str:
    return "\n".join(_written(json.loads(_kept("openapi")), json.loads(_kept("asyncapi"))))


def _written(http: Any, line: Any) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">'
    yield f"<title>Plenary for other programs</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield "<header>\n<p>Plenary</p>\n<h1>For other programs</h1>"
    yield from (f"<p>{_marked(words)}</p>" for words in INTRODUCTION.split("\n\n"))
    # Relative to where this page is: a proxy may have put it anywhere.
    yield '<p><a href="api/openapi.json">OpenAPI</a> <a href="api/asyncapi.json">AsyncAPI</a></p>\n</header>'
    yield "<h2>Over HTTP</h2>"
    for operation in OPERATIONS:  # in the order in which they are read best
        yield _operation(operation.path, operation.method, http["paths"][operation.path][operation.method])
    yield f"<h2>On the live line, <code>/ws</code></h2>\n<p>{_marked(line['channels']['line']['description'])}</p>"
    operations = line["operations"].values()
    for action, heading in (("receive", "What is said to the server"), ("send", "What the server says")):
        named = [ref["$ref"] for made in operations if made["action"] == action for ref in made["messages"]]
        yield f"<h3>{heading}</h3>\n<ul>"
        for name in (ref.rpartition("/")[2] for ref in named):
            message = line["components"]["messages"][name]
            yield f"<li>{_link(name, message['name'])} {_marked(message['title'])}</li>"
        yield "</ul>"
    yield "<h2>Shapes</h2>"
    for name, shape in sorted({**http["components"]["schemas"], **line["components"]["schemas"]}.items()):
        yield _shape(name, shape)
    yield "</main>\n</body>\n</html>"


def _operation(path: str, method: str, made: Any) -> str:
    body = made.get("requestBody", {}).get("content", {})
    status, answer = next(iter(made["responses"].items()))
    asks = f"<dt>Asks</dt><dd>{_carried(body)}</dd>" if body else ""
    also = ", ".join(f"<code>{escape(p['name'])}</code>" for p in made.get("parameters", ()) if p["in"] != "path")
    also = f"<dt>Also</dt><dd>{also}</dd>" if also else ""
    told = _carried(answer.get("content", {})) or "nothing"
    return (
        f'<section id="{escape(made["operationId"])}">\n<h3><b>{method.upper()}</b> <code>{escape(path)}</code></h3>\n'
        f"<p>{_marked(made['summary'])} {_marked(made['description'])}</p>\n"
        f"<dl>{asks}{also}<dt>Answers</dt><dd>{status}: {told}</dd></dl>\n</section>"
    )


def _carried(content: Any) -> str:
    return ", ".join(_type(kind["schema"]) if "schema" in kind else escape(media) for media, kind in content.items())


def _shape(name: str, shape: Any) -> str:
    rows = "".join(
        f"<tr><th scope=row><code>{escape(field)}</code></th><td>{_type(inner)}</td>"
        f"<td>{'' if field in shape.get('required', ()) else 'may be left out'}</td></tr>\n"
        for field, inner in shape.get("properties", {}).items()
    )
    table = f"<table>\n{rows}</table>" if rows else f"<p>{_type(shape)}</p>"
    words = f"<p>{_marked(shape['description'])}</p>" if "description" in shape else ""
    return f'<section id="{escape(name)}">\n<h3>{escape(name)}</h3>\n{words}\n{table}\n</section>'


def _type(shape: Any) -> str:
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return _link(name, name)
    if "const" in shape:
        return f"<code>{escape(json.dumps(shape['const']))}</code>"
    if "enum" in shape:
        return " | ".join(f"<code>{escape(json.dumps(value))}</code>" for value in shape["enum"])
    if choices := shape.get("anyOf") or shape.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(choice) for choice in choices))
    if shape.get("type") == "array":
        return f"list of {_type(shape.get('items', {}))}"
    return escape(str(shape.get("type", "anything")))


def _link(name: str, words: str) -> str:
    return f'<a href="#{escape(name)}"><code>{escape(words)}</code></a>'


def _marked(text: str) -> str:
    """What stands between back-ticks is code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if n % 2 else part for n, part in enumerate(parts))


ROUTES: Final = [
    Route("/api", reference),
    Route("/api/openapi.json", openapi),
    Route("/api/asyncapi.json", asyncapi),
]
