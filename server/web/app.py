"""The composition of the shell: one Starlette app over one log."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware

from server.files.opening import files_of
from server.files.uploads import Uploads
from server.live.registry import Registry
from server.live.retention import Retention
from server.live.tidying import Tidying
from server.log.base import Log
from server.log.ending import ended
from server.log.opening import is_shared
from server.settings import Settings

from . import api, pages, reference, stream
from .deleting import sweeping
from .guard import Guard
from .house import House, steady_ms, wall_ms
from .posting import Post
from .problems import HANDLERS
from .telling import Telling
from .tokens import Tokens

logger = structlog.get_logger("web")
TICK_S = 0.5
PULSE_S = 0.1


def create_app(
    settings: Settings,
    log: Log,
    secret: str,
    clock: Callable[[], int] = wall_ms,
    steady: Callable[[], int] = steady_ms,
) -> Starlette:
    """The app over an open log; its `state.house` is what the routes share."""
    registry = Registry(log, secret.encode(), clock, steady)
    files = files_of(settings.files, settings.store, shared=is_shared(settings.store))
    post = None if settings.webhooks == "off" else Post(everywhere=settings.webhooks == "everywhere")
    telling = Telling(registry, secret, post)
    house = House(settings, registry, Tokens(secret), Retention(log, settings.retention_days, files), telling)
    house.uploads = Uploads(files) if files else None
    sweeps: list[Callable[[], Awaitable[object]]] = [
        house.retention.sweep,
        *([Tidying(log, files).sweep] if files else []),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(_again(house.tick, TICK_S)),
            asyncio.create_task(_again(house.pulse, PULSE_S)),
            asyncio.create_task(sweeping(*sweeps)),
            asyncio.create_task(telling.looking()),
        ]
        yield
        await ended(*tasks)
        await telling.close()
        await registry.close()
        await log.close()

    routes = [*api.ROUTES, *stream.ROUTES, *reference.ROUTES, *pages.ROUTES, pages.app_route()]
    app = Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(Guard)], exception_handlers=dict(HANDLERS))
    app.state.house = house
    return app


async def _again(tick: Callable[[], None], pause_s: float) -> None:
    """For as long as the app runs: a fault in one turn must not stop the heartbeats of all."""
    while True:
        await asyncio.sleep(pause_s)
        try:
            tick()
        except Exception:
            logger.exception("a tick failed")
