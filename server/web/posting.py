"""One message to another program on the net: never to where it could do harm, never for long ([HOOK6])."""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import certifi
import httpcore

WHOLE_S: Final = 10.0
"""Longest that all of it may take."""
PART_S: Final = 5.0
READ_BYTES: Final = 4_096
"""Of an answer no more is read."""
NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
Why = Literal["answered", "silent", "unreachable", "not_allowed"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it. `status`: None where nothing was answered."""

    status: int | None
    why: Why

    @property
    def arrived(self) -> bool:
        """Whether it was taken."""
        return self.status is not None and 200 <= self.status < 300


class NotAllowed(Exception):
    """The address leads to where nothing is sent."""


class Post:
    """Sends. `everywhere`: also without TLS, and within the server's own network."""

    def __init__(self, *, everywhere: bool = False) -> None:
        self.everywhere = everywhere
        self._tls = ssl.create_default_context()
        self._tls.load_verify_locations(certifi.where())

    def allows(self, address: str) -> bool:
        """Whether it may be sent there as far as the address itself says."""
        try:
            parts = urlsplit(address)
            port, host = parts.port, parts.hostname
        except ValueError:
            return False
        if not host or port == 0 or (parts.scheme != "https" and not self.everywhere):
            return False
        try:
            return self.everywhere or is_public(host)
        except ValueError:
            return True  # a name: where it leads is looked at when it is connected to

    async def send(self, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send it once. Never raises for what the other side does."""
        if not self.allows(address):
            return Answer(None, "not_allowed")
        try:
            async with asyncio.timeout(WHOLE_S):
                return Answer(await self._sent(address, headers, body), "answered")
        except NotAllowed:
            return Answer(None, "not_allowed")
        except (TimeoutError, httpcore.TimeoutException):
            return Answer(None, "silent")
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError, ValueError):
            return Answer(None, "unreachable")

    async def _sent(self, address: str, headers: Mapping[str, str], body: bytes) -> int:
        parts = {"connect": PART_S, "read": PART_S, "write": PART_S, "pool": PART_S}
        backend = Guarded(everywhere=self.everywhere)
        async with (
            httpcore.AsyncConnectionPool(ssl_context=self._tls, network_backend=backend, max_connections=1) as pool,
            pool.stream(
                "POST", address, headers=list(headers.items()), content=body, extensions={"timeout": parts}
            ) as answer,
        ):
            read = 0
            async for piece in answer.aiter_stream():
                read += len(piece)
                if read > READ_BYTES:
                    break
            return int(answer.status)


class Guarded(httpcore.AsyncNetworkBackend):
    """Connects to the very address that was looked at, so that a name cannot mean another a moment later."""

    def __init__(self, *, everywhere: bool) -> None:
        self._everywhere = everywhere
        self._net = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - it is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """As the backend does; raises `NotAllowed` where the name leads to anything that is not public."""
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = list(dict.fromkeys(str(place[0]) for *_, place in found))
        if not self._everywhere and not all(map(is_public, places)):
            raise NotAllowed
        return await self._net.connect_tcp(places[0], port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise NotAllowed

    async def sleep(self, seconds: float) -> None:
        """As the backend does."""
        await self._net.sleep(seconds)


def is_public(place: str) -> bool:
    """Whether an IP address is of the public net; ValueError where it is none. What wraps another is as that is."""
    ip = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in NAT64:
            inner = ipaddress.IPv4Address(ip.packed[-4:])
        if inner:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast
