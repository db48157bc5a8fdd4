"""Writes what is generated from the models: the JSON Schema, OpenAPI and AsyncAPI, and the browser's TypeScript.

`python -m protocol.generate` writes; `--check` only says what is stale, with exit code 1 ([SCHEMA1]).
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from . import agenda, changes, commands, describing, imports, limits, messages, records
from .codes import EXPLAINED
from .version import FORM, VERSION

ROOT: Final = Path(__file__).parent.parent
SCHEMA: Final = ROOT / "protocol/schema/schema.json"
ASYNCAPI: Final = ROOT / "protocol/schema/asyncapi.json"
OPENAPI: Final = ROOT / "protocol/schema/openapi.json"
TYPESCRIPT: Final = ROOT / "client/web/src/protocol"
HEADING: Final = "// Generated from protocol/*.py by `python -m protocol.generate`; do not edit.\n"

ASKED: Final = (
    messages.Create,
    messages.Duplicate,
    messages.Delete,
    agenda.Agenda,
    messages.Join,
    messages.Replace,
    messages.SetDoor,
    messages.BeginPaper,
    messages.SharePage,
    messages.BeginFile,
    messages.Coming,
    messages.Ticket,
    messages.SetWebhook,
)
"""What is sent up over HTTP."""
HTTP: Final = (
    *ASKED,
    messages.CodeInfo,
    messages.Created,
    messages.Opened,
    messages.Joined,
    messages.Keeping,
    messages.Shares,
    messages.Page,
    messages.Webhook,
    messages.Problem,
    imports.Import,
)
UNIONS: Final[dict[str, tuple[type[BaseModel], ...]]] = {
    "Record": records.Record.__args__,
    "Change": changes.Change.__args__,
    "Command": commands.Command.__args__,
    "Up": messages.Up.__args__,
    "Down": messages.Down.__args__,
}


def definitions() -> dict[str, dict[str, Any]]:
    """Every shape by name: what clients send as they may send it, what they get as they get it."""
    asked: list[type[BaseModel]] = [*UNIONS["Command"], *UNIONS["Up"], *ASKED]
    told: list[type[BaseModel]] = [*UNIONS["Record"], *UNIONS["Change"], *UNIONS["Down"], *HTTP]
    return {**_whole(_definitions(told, "serialization")), **_definitions(asked, "validation")}


def _whole(shapes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What is told always has all its fields, those with defaults too."""
    return {
        name: shape | {"required": list(shape["properties"])} if "properties" in shape else shape
        for name, shape in shapes.items()
    }


def _definitions(models: Sequence[type[BaseModel]], mode: JsonSchemaMode) -> dict[str, dict[str, Any]]:
    _, schema = models_json_schema([(model, mode) for model in models], ref_template="#/$defs/{model}")
    return dict(schema["$defs"])


def schema() -> str:
    """The JSON Schema: one definition a shape, and the unions."""
    unions = {
        name: {"oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in models]} for name, models in UNIONS.items()
    }
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Plenary",
        "version": VERSION,
    }
    return _json({**whole, "$defs": {**definitions(), **unions}})


def types() -> str:
    """The TypeScript types."""
    shapes = definitions()
    parts = [_named(name, shape) for name, shape in sorted(shapes.items())]
    unions = [
        f"export type {name} =\n{chr(10).join(f'  | {model.__name__}' for model in models)};\n"
        for name, models in UNIONS.items()
    ]
    return "\n".join([HEADING, *parts, *unions])


def codes() -> str:
    """The codes with their meaning, cure, retry word and close number."""
    rows = {
        code.value: {"meaning": e.meaning, "cure": e.cure, "retry": e.retry, "close": e.close}
        for code, e in EXPLAINED.items()
    }
    body = json.dumps(rows, indent=2, ensure_ascii=False)
    shape = "{ meaning: string; cure: string; retry: 'never' | 'now' | 'later'; close: number | null }"
    return f"{HEADING}\nimport type {{ Code }} from './types';\n\nexport const CODES: Record<Code, {shape}> = {body};\n"


def numbers() -> str:
    """The limits, the protocol's version, and the paper's form."""
    found = {**vars(limits), "VERSION": VERSION, "PAPER_FORM": FORM}
    rows = [f"export const {name} = {value};" for name, value in found.items() if name.isupper()]
    return "\n".join([HEADING, *rows, ""])


def outputs() -> dict[Path, str]:
    """Every generated file and what it must hold."""
    return {
        SCHEMA: schema(),
        ASYNCAPI: _json(describing.asyncapi(definitions())),
        OPENAPI: _json(describing.openapi(definitions())),
        TYPESCRIPT / "types.ts": types(),
        TYPESCRIPT / "codes.ts": codes(),
        TYPESCRIPT / "limits.ts": numbers(),
    }


def stale() -> list[Path]:
    """The generated files that are not what they must be."""
    return [file for file, text in outputs().items() if not file.exists() or file.read_text() != text]


def _named(name: str, shape: dict[str, Any]) -> str:
    doc = f"/** {' '.join(shape['description'].split())} */\n" if "description" in shape else ""
    if "enum" in shape:
        return f"{doc}export type {name} = {_type(shape)};\n"
    needed = set(shape.get("required", ()))
    rows = [_field(field, inner, field in needed) for field, inner in shape.get("properties", {}).items()]
    return f"{doc}export interface {name} {{\n{chr(10).join(rows)}\n}}\n"


def _field(name: str, shape: dict[str, Any], needed: bool) -> str:
    needed = needed or "const" in shape
    return f"  {name}{'' if needed else '?'}: {_type(shape)};"


def _type(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return str(shape["$ref"]).rsplit("/", 1)[1]
    if "const" in shape:
        return json.dumps(shape["const"])
    if "enum" in shape:
        return " | ".join(json.dumps(value) for value in shape["enum"])
    if options := shape.get("anyOf") or shape.get("oneOf"):
        return " | ".join(dict.fromkeys(_type(option) for option in options))
    return _plain(shape)


def _plain(shape: dict[str, Any]) -> str:
    kind = shape.get("type")
    if kind == "array":
        inner = _type(shape.get("items", {}))
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if kind == "object":
        return "{ [field: string]: unknown }"
    return {
        "integer": "number",
        "number": "number",
        "string": "string",
        "boolean": "boolean",
        "null": "null",
    }.get(str(kind), "unknown")


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Write, or with `--check` only look."""
    old = stale()
    if "--check" in sys.argv:
        sys.stdout.writelines(f"stale: {file.relative_to(ROOT)}\n" for file in old)
        return 1 if old else 0
    for file, text in outputs().items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
