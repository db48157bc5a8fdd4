"""Messages to other programs as Standard Webhooks has them: what is said, and the proof that we say it ([HOOK3])."""

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime

from protocol.hook import Happening


def key_of(secret: str, workshop: str, number: int) -> bytes:
    """The key of a workshop's messages: made of the server's secret, so that it need not be kept anywhere."""
    return hmac.digest(secret.encode(), f"plenary-webhook {workshop} {number}".encode(), hashlib.sha256)


def shown(key: bytes) -> str:
    """The key as the receiving program is given it."""
    return f"whsec_{b64encode(key).decode()}"


def body_of(workshop: str, title: str, happening: Happening) -> bytes:
    """What is said; the same each time it is sent again, unless the workshop was renamed."""
    at = datetime.fromtimestamp(happening.at / 1_000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    step = {"id": happening.step, "kind": happening.kind, "title": happening.title}
    said = {
        "type": happening.what,
        "timestamp": at,
        "data": {"workshop": {"id": workshop, "title": title}, "n": happening.n, "step": step},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(key: bytes, name: str, at_s: int, body: bytes) -> dict[str, str]:
    """`name`: the message's own, each time the same."""
    signed = hmac.digest(key, f"{name}.{at_s}.".encode() + body, hashlib.sha256)
    return {
        "content-type": "application/json",
        "user-agent": "Plenary",
        "webhook-id": name,
        "webhook-timestamp": str(at_s),
        "webhook-signature": f"v1,{b64encode(signed).decode()}",
    }
