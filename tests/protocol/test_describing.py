"""The API described is the API there is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.routing import Route

from protocol import generate, messages
from server.log.memory import MemoryLog
from server.settings import Settings
from server.web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OPENAPI = json.loads(generate.OPENAPI.read_text())
ASYNCAPI = json.loads(generate.ASYNCAPI.read_text())


def refs(page: Any) -> Iterator[str]:
    """All references within a page."""
    if isinstance(page, dict):
        yield from (value for key, value in page.items() if key == "$ref")
        page = list(page.values())
    if isinstance(page, list):
        for inner in page:
            yield from refs(inner)


def led(page: Any, ref: str) -> Any:
    """Where a reference leads; KeyError where nowhere."""
    for part in ref.removeprefix("#/").split("/"):
        page = page[part]
    return page


def test_every_route_is_described_and_no_other() -> None:
    """[API1] A new route wants a line in `protocol/http.py`, and `python -m protocol.generate`."""
    app = create_app(Settings(), MemoryLog(), "secret")
    there = {
        (method.lower(), route.path)
        for route in app.routes
        if isinstance(route, Route)
        for method in (route.methods or set()) & METHODS
    }
    assert there == {(method, path) for path, methods in OPENAPI["paths"].items() for method in methods}


def test_it_is_openapi() -> None:
    """[API1] By the standard's own schema; each operation has a name of its own."""
    OpenAPIV31SpecValidator(OPENAPI).validate()
    named = [made["operationId"] for methods in OPENAPI["paths"].values() for made in methods.values()]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("page", [OPENAPI, ASYNCAPI], ids=["openapi", "asyncapi"])
def test_nothing_leads_nowhere(page: Any) -> None:
    """[API1] [API2] Every reference leads somewhere, and every shape is a JSON Schema."""
    found = set(refs(page))
    assert len(found) > 20
    for ref in found:
        assert ref.startswith("#/")
        led(page, ref)
    for shape in page["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)


def test_every_message_is_described() -> None:
    """[API2] Either way, under the name that it has on the wire; what is heard has its answers."""
    sides = {"receive": get_args(messages.Up), "send": get_args(messages.Down)}
    for action, models in sides.items():
        operations = [made for made in ASYNCAPI["operations"].values() if made["action"] == action]
        said = [led(ASYNCAPI, led(ASYNCAPI, ref["$ref"])["$ref"]) for made in operations for ref in made["messages"]]
        assert sorted(message["name"] for message in said) == sorted(
            model.model_fields["type"].default for model in models
        )
        assert all("reply" in made for made in operations) == (action == "receive")
    assert ASYNCAPI["asyncapi"] == "3.0.0"
