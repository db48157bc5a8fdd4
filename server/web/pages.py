"""Health, metrics, and the built app."""

from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from protocol.codes import Code
from server.log.base import StoreError
from server.workshop.refused import Refused

from .house import House

STATIC: Final = Path(__file__).parent / "static"
BASE: Final = '<base href="./" />'
"""How the built page says where the app begins."""


async def alive(_request: Request) -> Response:
    """[HTTP5] `/healthz`: the process lives."""
    return PlainTextResponse("ok\n")


async def ready(request: Request) -> Response:
    """[HTTP5] `/readyz`: the store answers, asked for something that costs it nothing."""
    house: House = request.app.state.house
    try:
        await house.registry.log.load_snapshot("ready")
    except StoreError as error:
        raise Refused(Code.STORE, str(error)) from error
    return PlainTextResponse("ok\n")


async def metrics(request: Request) -> Response:
    """[HTTP5] `/metrics`: counts only, nothing about people."""
    house: House = request.app.state.house
    rooms = list(house.registry.rooms.values())
    registry = CollectorRegistry()
    figures = {
        "plenary_rooms": ("Open rooms", len(rooms)),
        "plenary_connections": ("Connected devices", sum(len(room.fanout) for room in rooms)),
        "plenary_entries_stored": ("Entries stored by open rooms", sum(room.stored for room in rooms)),
        "plenary_commands_waiting": ("Commands that wait for the store", sum(room.waiting for room in rooms)),
        "plenary_pace_seconds": (
            "Longest that telling a room lately took",
            max((room.pace.took_s for room in rooms), default=0.0),
        ),
        "plenary_frames_encoded": ("Frames made by open rooms", sum(room.fanout.encoded for room in rooms)),
        "plenary_frames_delivered": (
            "Frames written by open rooms",
            sum(room.fanout.delivered for room in rooms),
        ),
    }
    for name, (meaning, value) in figures.items():
        Gauge(name, meaning, registry=registry).set(value)
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4")


class Built(StaticFiles):
    """The built app; a path that is a screen, not a file, gets the app itself."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or the app. Only assets carry a hash in their name, so only they are kept for good."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or not _is_screen(path):
                raise
            response = await self._app(scope)
        kept = path.startswith("assets/")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        return response

    async def _app(self, scope: Scope) -> Response:
        """[HTTP8] The page, and in it how far up from this screen the app begins."""
        response = await super().get_response("index.html", scope)
        if not isinstance(response, FileResponse):
            return response
        up = "../" * (scope["path"].count("/") - 1) or "./"
        return Response(_based(Path(response.path), up), media_type="text/html")


def _based(page: Path, up: str) -> str:
    return page.read_text("utf-8").replace(BASE, f'<base href="{up}" />')


def _is_screen(path: str) -> bool:
    return path.split("/", maxsplit=1)[0] not in {"api", "assets"} and "." not in path


ROUTES = [
    Route("/healthz", alive),
    Route("/readyz", ready),
    Route("/metrics", metrics),
]


def app_route() -> Mount:
    """The built app at every other path."""
    return Mount("/", app=GZipMiddleware(Built(directory=STATIC, html=True, check_dir=False), minimum_size=600))
