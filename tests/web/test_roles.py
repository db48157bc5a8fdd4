"""Every command and every route as every role, over the wire: a link opens what it is for, and nothing else."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from server.web import api
from tests.workshop.roles import LEADING, STEERING, SYSTEM, plain

from .stand import stand
from .test_stream import Http, dialled, hello

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .stand import Stand

    Asking = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]

FILES = "/api/workshops/{workshop}/files"
SENDING = {
    ("POST", FILES),
    ("PATCH", f"{FILES}/{{file}}"),
    ("DELETE", f"{FILES}/{{file}}"),
    ("PUT", f"{FILES}/{{file}}/small"),
}
"""How people who joined bring files; tests/web/test_files.py has whose, and who reads them."""
OPEN = frozenset(
    {
        "/api/workshops/{workshop}/export/{format}",
        "/api/workshops/{workshop}/keeping",
        *(f"{FILES}{rest}" for rest in ("", "/{file}", "/{file}/coming", "/{file}/small", "/{file}/ticket")),
    }
)
"""What every token of the workshop may ask over HTTP beside the live line; all else of a workshop is facilitators'."""
FAR_S = 60


async def refused(place: Stand, ask: Asking, names: list[str]) -> set[str]:
    """The codes of the answers to one plain command of each of these kinds."""
    codes = set[str]()
    for name in names:
        place.times.steady += 1_000
        answer = await ask(plain(name))
        codes.add(str(answer.get("code", answer["type"])))
    return codes


def asking(line: Http) -> Asking:
    """By HTTP, each command under a number of its own: one that was refused stays refused ([ONCE7])."""
    numbers = count(1)

    async def ask(command: dict[str, Any]) -> dict[str, Any]:
        n = next(numbers)
        await line.send({"type": "do", "n": n, "prev": 0, "command": command})
        return await line.until("refused", lambda frame: frame["n"] == n)

    return ask


@pytest.mark.parametrize("role", ["participant", "projector"])
async def test_no_link_but_the_facilitators_steers(role: str) -> None:
    """[ROLE1] [HTTP3] Every command for facilitators, by WebSocket and over HTTP: `forbidden`, and nothing changes."""
    async with stand() as place:
        made = await place.workshop()
        joined = await place.join(made, role)
        before = (await place.house.registry.room(made["id"])).state.head
        ana = await place.live(joined)
        assert await refused(place, ana.ask, sorted(STEERING | LEADING | SYSTEM)) == {"forbidden"}
        async with dialled(place, joined) as line:
            await hello(line, joined, "over-http")
            assert await refused(place, asking(line), sorted(STEERING | LEADING | SYSTEM)) == {"forbidden"}
        assert (await place.house.registry.room(made["id"])).state.head == before


async def test_no_route_of_a_workshop_is_open_by_chance() -> None:
    """[ROLE1] [HTTP3] Each route below a workshop is refused to participants and projectors, but for those named."""
    lines = {"/api/workshops/{workshop}/events", "/api/workshops/{workshop}/do"}
    routes = [route for route in api.ROUTES if "{workshop}" in route.path]
    shut = [route for route in routes if route.path not in OPEN | lines]
    assert shut
    async with stand() as place, httpx.AsyncClient(trust_env=False, timeout=FAR_S) as client:
        made = await place.workshop()
        for role in ("participant", "projector"):
            joined = await place.join(made, role)
            headers = {"Authorization": f"Bearer {joined['token']}"}
            for route in shut:
                path = re.sub(r"\{\w+\}", "a0", route.path.replace("{workshop}", made["id"]))
                for method in set(route.methods or ()) - {"HEAD"}:
                    answer = await client.request(method, place.url + path, headers=headers, json={})
                    assert (route.path, answer.status_code) == (route.path, 403)


async def test_a_projector_sends_no_files() -> None:
    """[ROLE1] [FILE2] Only people who joined do."""
    async with stand() as place, httpx.AsyncClient(trust_env=False, timeout=FAR_S) as client:
        made = await place.workshop()
        joined = await place.join(made, "projector")
        headers = {"Authorization": f"Bearer {joined['token']}"}
        for method, path in sorted(SENDING):
            where = place.url + path.format(workshop=made["id"], file="a0")
            assert ((await client.request(method, where, headers=headers)).status_code, path) == (403, path)
            assert ((await client.request(method, where)).status_code, path) == (401, path)
