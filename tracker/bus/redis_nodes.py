"""Which Redis node carries which shard: one node all of them, or in a Redis Cluster the owner of each channel's slot.

Channels are gridwarden:live:{0} and so on; the braces make the number alone decide the slot.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.crc import key_slot

__all__ = ["TIMEOUT_S", "RedisNode", "channel_of", "client_of", "nodes_of"]

TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class RedisNode:
    """A node and the shards whose channels it carries."""

    url: str
    shards: tuple[int, ...]


def channel_of(shard: int) -> str:
    """The channel of a shard."""
    return f"gridwarden:live:{{{shard}}}"


def client_of(url: str) -> Redis:
    """A client that says at once when its connection breaks: one that mends it in silence would hide a gap."""
    return Redis.from_url(
        url, socket_connect_timeout=TIMEOUT_S, socket_timeout=TIMEOUT_S, retry=Retry(NoBackoff(), 0),
        decode_responses=False,
    )  # fmt: skip


async def nodes_of(url: str, shards: int) -> list[RedisNode]:
    """Ask the Redis at `url` who carries what. Raises RedisError, OSError."""
    async with client_of(url) as client:
        info = await client.info("cluster")
        if not info.get("cluster_enabled"):
            return [RedisNode(url, tuple(range(shards)))]
        slots = await client.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]  # redis-py's
        owners = _owners(url, slots)
    carried: dict[str, list[int]] = {}
    for shard in range(shards):
        slot = key_slot(channel_of(shard).encode())
        carried.setdefault(_owner(owners, slot, url), []).append(shard)
    return [RedisNode(node, tuple(its)) for node, its in carried.items()]


def _owners(url: str, slots: Any) -> list[tuple[int, int, str]]:
    """(first slot, last slot, URL of the node); `slots` as CLUSTER SLOTS answers."""
    return [(int(first), int(last), _at(url, owner[0], int(owner[1]))) for first, last, owner, *_ in slots]


def _owner(owners: list[tuple[int, int, str]], slot: int, otherwise: str) -> str:
    """Asking a node that does not own the slot gets an error, and with it a new look."""
    return next((node for first, last, node in owners if first <= slot <= last), otherwise)


def _at(url: str, host: bytes | None, port: int) -> str:
    """`url` with the node's address; an empty host stands for the one we asked."""
    parts = urlsplit(url)
    name = host.decode() if host else (parts.hostname or "localhost")
    if ":" in name:
        name = f"[{name}]"
    secret, at, _ = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{secret}{at}{name}:{port}", path="").geturl()
