"""The masters that an address names: one Redis, whichever a Sentinel points to now, or all of a cluster."""

import socket
from collections.abc import Mapping
from typing import Any, Final, cast
from urllib.parse import SplitResult, unquote, urlsplit

from redis.asyncio import Redis, RedisCluster
from redis.asyncio.cluster import ClusterNode
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import NoBackoff

SCHEMES: Final = tuple(f"{base}{kind}://" for base in ("redis", "rediss") for kind in ("", "+sentinel", "+cluster"))
"""How such an address begins. `rediss` is over TLS; the last two name one or more places, parted by commas."""
ANSWER_S: Final = 2.0
"""Longest wait for one answer."""
ALIVE: Final = {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3}
"""Whoever only listens is told by the kernel when the other end is gone in silence: after 20 s ([LOG19])."""
Client = Redis | RedisCluster
About = Mapping[str, Any]
"""What `INFO` tells of a server."""


class Masters:
    """The connections, without the library's own retries: a call repeated behind our back could be stored twice.

    `redis://[user:password@]host:port/db`, `redis+sentinel://[user:password@]host:port,…/name/db` (the user is the
    master's, and the Sentinels'), or `redis+cluster://[user:password@]host:port,…`. Raises `ValueError` for another.
    """

    def __init__(self, address: str) -> None:
        at = urlsplit(address)
        kind = at.scheme.partition("+")[2]
        self.sentinel = _sentinel(at) if kind == "sentinel" else None
        if self.sentinel:
            self.client: Client = self.sentinel.master_for(_name(at), db=_number(at, 2), **_manner(), **_person(at))
        elif kind == "cluster":
            self.client = RedisCluster(startup_nodes=_nodes(at), **_manner(), **_person(at), **_tls(at))
        else:
            self.client = Redis.from_url(address, **_manner())

    async def about(self) -> dict[str, About]:
        """What each master tells of itself."""
        if isinstance(self.client, RedisCluster):
            nodes = await self.client.info(target_nodes=RedisCluster.PRIMARIES)
            return {self.client.get_primaries()[0].name: nodes} if "redis_version" in nodes else nodes
        return {"": cast("About", await self.client.info())}

    async def time_ms(self) -> int:
        """What time it is there (ms since 1970)."""
        if isinstance(self.client, RedisCluster):
            first, *_ = self.client.get_primaries()
            seconds, micros = await self.client.execute_command("TIME", target_nodes=first)
        else:
            seconds, micros = await self.client.execute_command("TIME")  # type: ignore[no-untyped-call]
        return int(seconds) * 1_000 + int(micros) // 1_000

    def of(self, key: str) -> str:
        """The name of the master that has this key."""
        if isinstance(self.client, RedisCluster):
            node = self.client.get_node_from_key(key)
            return str(node.name) if node else ""
        return ""

    async def rewrite(self, master: str) -> None:
        """Have this one write its append-only file anew."""
        if isinstance(self.client, RedisCluster):
            await self.client.bgrewriteaof(target_nodes=self.client.get_node(node_name=master))
        else:
            await self.client.bgrewriteaof()

    async def close(self) -> None:
        """Let go of all connections."""
        await self.client.aclose()
        if self.sentinel:
            await self.sentinel.aclose()


def _sentinel(at: SplitResult) -> Sentinel:
    own = {**_manner(), **_person(at), **_tls(at)}
    return Sentinel(_places(at, 26_379), sentinel_kwargs=own, **_tls(at))  # type: ignore[no-untyped-call]


def _nodes(at: SplitResult) -> list[ClusterNode]:
    return [ClusterNode(host, port) for host, port in _places(at, 6_379)]


def _manner() -> dict[str, Any]:
    return {
        "socket_timeout": ANSWER_S,
        "socket_connect_timeout": ANSWER_S,
        "retry": Retry(NoBackoff(), 0),
        "socket_keepalive": True,
        "socket_keepalive_options": {getattr(socket, name): s for name, s in ALIVE.items() if hasattr(socket, name)},
    }


def _person(at: SplitResult) -> dict[str, Any]:
    given = {"username": at.username, "password": at.password}
    return {name: unquote(value) for name, value in given.items() if value}


def _tls(at: SplitResult) -> dict[str, Any]:
    return {"ssl": True} if at.scheme.startswith("rediss") else {}


def _places(at: SplitResult, port: int) -> list[tuple[str, int]]:
    """The hosts and ports of an address, parted by commas."""
    each = [urlsplit(f"//{place}") for place in at.netloc.rpartition("@")[2].split(",")]
    return [(place.hostname or "localhost", place.port or port) for place in each]


def _name(at: SplitResult) -> str:
    """What the Sentinels call the master."""
    name = at.path.strip("/").partition("/")[0]
    if not name:
        raise ValueError("the address of a Sentinel names the master: redis+sentinel://HOST:26379/NAME")
    return name


def _number(at: SplitResult, place: int) -> int:
    parts = at.path.split("/")
    return int(parts[place]) if len(parts) > place and parts[place] else 0
