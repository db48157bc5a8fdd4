"""Several Redis servers for a test: a cluster of masters, or a master with a replica and a Sentinel."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from redis import Redis

from .redis_server import RedisServer, free_port, redis_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SLOTS = 16_384
KEPT = ("--appendonly", "yes", "--appendfsync", "always")
NAME = "plenary"
"""What the Sentinel calls its master."""
AGAIN_S = 0.05
DOWN_MS = "500"
"""Silent for so long, a master is taken for dead."""


@contextlib.contextmanager
def cluster(folder: Path, masters: int = 3) -> Iterator[list[RedisServer]]:
    """A cluster of masters that share the slots evenly."""
    with contextlib.ExitStack() as stack:
        buses = [free_port() for _ in range(masters)]
        nodes = []
        for place, bus in enumerate(buses):
            (own := folder / f"node-{place}").mkdir()
            options = ("--cluster-enabled", "yes", "--cluster-port", str(bus), *KEPT)
            nodes.append(stack.enter_context(redis_server(own, *options)))
        with Redis(port=nodes[0].port) as first:
            for node, bus in zip(nodes[1:], buses[1:], strict=True):
                first.execute_command("CLUSTER MEET", "127.0.0.1", node.port, bus)
        edges = [place * SLOTS // masters for place in range(masters + 1)]
        for node, low, high in zip(nodes, edges, edges[1:], strict=False):
            with Redis(port=node.port) as one:
                one.execute_command("CLUSTER ADDSLOTSRANGE", low, high - 1)
        for node in nodes:
            with Redis(port=node.port) as one:
                while not _whole(one, masters):
                    time.sleep(AGAIN_S)
        yield nodes


def _whole(node: Redis, masters: int) -> bool:
    about = node.cluster("INFO")
    return (about["cluster_state"], about["cluster_known_nodes"]) == ("ok", str(masters))


@contextlib.contextmanager
def sentinel(folder: Path) -> Iterator[tuple[RedisServer, str]]:
    """A master that a Sentinel watches, with a replica to take its place; and the address of both."""
    for name in ("master", "replica", "sentinel"):
        (folder / name).mkdir()
    with contextlib.ExitStack() as stack:
        master = stack.enter_context(redis_server(folder / "master", *KEPT))
        follow = ("--replicaof", f"127.0.0.1 {master.port}", "--repl-diskless-sync-delay", "0", *KEPT)
        replica = stack.enter_context(redis_server(folder / "replica", *follow))
        with Redis(port=replica.port) as one:
            while one.info("replication")["master_link_status"] != "up":
                time.sleep(AGAIN_S)
        config = folder / "sentinel" / "sentinel.conf"
        config.write_text(
            f"sentinel monitor {NAME} 127.0.0.1 {master.port} 1\n"
            f"sentinel down-after-milliseconds {NAME} {DOWN_MS}\n"
            f"sentinel failover-timeout {NAME} 5000\n"
        )
        watching = stack.enter_context(redis_server(folder / "sentinel", config=config))
        with Redis(port=watching.port) as one:
            while not one.sentinel_slaves(NAME):
                time.sleep(AGAIN_S)
        yield master, f"redis+sentinel://127.0.0.1:{watching.port}/{NAME}"
