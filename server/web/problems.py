"""Errors over HTTP: one shape for all, `application/problem+json` ([HTTP1])."""

import structlog
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from protocol.codes import EXPLAINED, Code
from protocol.messages import Problem
from server.files.store import FilesError
from server.live.session import explained
from server.log.base import Gone, StoreError
from server.workshop.refused import Refused

BY_STATUS = {404: Code.NOT_FOUND, 405: Code.INVALID, 413: Code.TOO_LARGE}


def problem(code: Code, detail: str, status: int | None = None) -> Response:
    """The answer for a code."""
    known = EXPLAINED[code]
    body = Problem(title=known.meaning, status=status or known.status, detail=detail, code=code)
    return Response(body.model_dump_json(), body.status, media_type="application/problem+json")


async def refused(_request: Request, error: Exception) -> Response:
    """A rule said no."""
    assert isinstance(error, Refused)
    return problem(error.code, error.message)


async def invalid(_request: Request, error: Exception) -> Response:
    """A body has another shape than agreed."""
    assert isinstance(error, ValidationError)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    refusal = explained(b"", error)
    where = ".".join(str(part) for part in first["loc"]) or "body"
    return problem(refusal.code, f"{where}: {first['msg']}")


async def away(_request: Request, _error: Exception) -> Response:
    """The store does not answer; what it said stays in the log of the room."""
    return problem(Code.STORE, "Try again in a moment.")


async def gone(_request: Request, _error: Exception) -> Response:
    """[GONE6] It was deleted while it was asked for."""
    return problem(Code.DELETED, EXPLAINED[Code.DELETED].meaning)


async def http(_request: Request, error: Exception) -> Response:
    """No such route, or not with this method."""
    assert isinstance(error, HTTPException)
    return problem(BY_STATUS.get(error.status_code, Code.INVALID), error.detail, error.status_code)


async def broke(request: Request, error: Exception) -> Response:
    """Our fault; the details stay in the log."""
    structlog.get_logger("web").error("request failed", path=request.url.path, exc_info=error)
    return problem(Code.INTERNAL, "Something broke on the server; the workshop is safe.")


HANDLERS = {
    Refused: refused,
    ValidationError: invalid,
    StoreError: away,
    FilesError: away,
    Gone: gone,
    HTTPException: http,
    Exception: broke,
}
