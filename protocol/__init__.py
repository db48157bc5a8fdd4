"""The agreement between everybody who speaks Plenary: rules in `SPEC.md`, shapes in these modules.

Floor 1: imports pydantic and nothing of ours. The one source of truth: the JSON Schema, the AsyncAPI page
and the browser's TypeScript types are generated from it (`python -m protocol.generate`).
"""
