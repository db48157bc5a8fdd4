"""Guards around everything, as raw ASGI: security headers, the size of bodies, and where sockets may come from."""

import re
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from protocol import limits
from protocol.codes import Code
from server.workshop.refused import Refused

from .problems import problem

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self' {sockets}; manifest-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)
AGENDAS: Final = re.compile(r"/api/(agendas|workshops|workshops/[^/]+/agenda)")
"""Where an agenda may come, which is larger than anything else."""
IMPORTS: Final = re.compile(r"/api/workshops/[^/]+/imports")
"""Where a file of another tool may come ([IMP6])."""
FILES: Final = re.compile(r"/api/workshops/[^/]+/files/[^/]+")
"""Where a piece of a file may come."""
ARCHIVES: Final = "/api/workshops/import"
"""Where a whole workshop may come ([ARCH7])."""
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    """[HTTP6] [HTTP7] Wraps the app; nothing gets in or out around it but the live line, which has `is_ours`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, with guards, or refuse."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        most = _most(scope["path"])
        declared = headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > most:
            return await problem(Code.TOO_LARGE, "The body is too large.")(scope, receive, _safe(send, headers))
        return await self._app(scope, _bounded(receive, most), _safe(send, headers))


def _most(path: str) -> int:
    """The longest body that is taken there, in bytes."""
    if path == ARCHIVES:
        return limits.SENT_BUNDLE_BYTES
    if IMPORTS.fullmatch(path):
        return limits.IMPORT_BYTES
    if FILES.fullmatch(path):
        return limits.CHUNK_BYTES
    return limits.AGENDA_BYTES if AGENDAS.fullmatch(path) else limits.FRAME_BYTES


def is_ours(origin: str | None, host: str | None, allowed: frozenset[str]) -> bool:
    """Same host as the page's, or allowed by setting. Programs send no origin; browsers always do."""
    return origin is None or origin in allowed or _host_of(origin) == host


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def _safe(send: Send, request: Headers) -> Send:
    host = request.get("host", "")
    policy = POLICY.format(sockets=f"ws://{host} wss://{host}" if _is_host(host) else "")

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("content-security-policy", policy)  # a page that needs less allows less
        await send(message)

    return guarded


def _is_host(text: str) -> bool:
    return bool(text) and all(c.isalnum() or c in ".-:[]" for c in text)


def _bounded(receive: Receive, most: int) -> Receive:
    """A body without a declared length counts while it comes."""
    total = 0

    async def counted() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            raise Refused(Code.TOO_LARGE, "The body is too large.")
        return message

    return counted
