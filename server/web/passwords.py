"""The password of a door: kept salted and hashed, and proved beside the loop, for that takes a while ([DOOR2])."""

import asyncio
import hashlib
import hmac
import secrets
from typing import Final

COST: Final = {"n": 2**14, "r": 8, "p": 1}
"""Some 50 ms and 16 MB for each guess."""
SALT_BYTES: Final = 16
AT_ONCE: Final = 2
"""Most that are hashed at the same time: a crowd with the right one waits less than it costs."""


class Passwords:
    """What was proved lately is known by sight, by a digest that this process alone can make."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._known: dict[str, bytes] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """To keep: salt and hash, in hex."""
        salt = secrets.token_bytes(SALT_BYTES)
        return f"{salt.hex()}${(await self._scrypt(password, salt)).hex()}"

    async def fits(self, password: str, kept: str) -> bool:
        """Whether it is the one of which this is the hash."""
        sight = hmac.digest(self._key, password.encode(), "sha256")
        if hmac.compare_digest(self._known.get(kept, b""), sight):
            return True
        salt, _, digest = kept.partition("$")
        fits = hmac.compare_digest((await self._scrypt(password, bytes.fromhex(salt))).hex(), digest)
        if fits:
            self._known[kept] = sight
        return fits

    async def _scrypt(self, password: str, salt: bytes) -> bytes:
        async with self._turns:
            return await asyncio.to_thread(hashlib.scrypt, password.encode(), salt=salt, **COST)
