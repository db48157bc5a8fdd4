"""Tokens and link keys: signed, so that nothing need be stored and nothing can be made up ([HTTP3])."""

import os
import secrets
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from protocol.base import Role
from protocol.codes import Code
from server.live.visit import Claims
from server.workshop.refused import Refused

ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0, 1, i, l, o: what is read from the wall is typed right ([HTTP2])."""
CODE_CHARS: Final = 6


class Tokens:
    """Signs and proves. A key opens a role of a workshop; a token is a person who came in."""

    def __init__(self, secret: str) -> None:
        self._keys = URLSafeSerializer(secret, salt="plenary-link")
        self._tokens = URLSafeSerializer(secret, salt="plenary-token")

    def key(self, workshop: str, role: Role) -> str:
        """The key that a link carries."""
        return str(self._keys.dumps([workshop, role.value]))

    def open(self, key: str) -> tuple[str, Role]:
        """The workshop and role of a key; refused with `bad_token`."""
        try:
            workshop, role = self._keys.loads(key)
            return str(workshop), Role(role)
        except (BadSignature, ValueError) as error:
            raise Refused(Code.BAD_TOKEN, "This link is not valid here.") from error

    def token(self, claims: Claims) -> str:
        """What a device shows from now on."""
        return str(self._tokens.dumps([claims.workshop, claims.person, claims.role.value]))

    def prove(self, token: str) -> Claims:
        """Who a token is; refused with `bad_token`."""
        try:
            workshop, person, role = self._tokens.loads(token)
            return Claims(str(workshop), None if person is None else str(person), Role(role))
        except (BadSignature, ValueError) as error:
            raise Refused(Code.BAD_TOKEN, "This token is not valid here.") from error


def new_code() -> str:
    """A join code; also the workshop's id."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_CHARS))


def new_person() -> str:
    """An id for somebody who joins."""
    return secrets.token_urlsafe(9)


def as_code(typed: str) -> str:
    """What somebody typed, as a code: case, blanks and dashes do not matter."""
    return "".join(c for c in typed.lower() if c.isalnum())


def kept_secret(store: Path) -> str:
    """The secret beside the store, made at the first start, readable by its owner alone.

    It comes to its place whole: a secret cut short by a crash would let anybody sign.
    """
    file = store.with_name(f"{store.name}.secret")
    if not file.exists() or not file.read_text().strip():
        fresh = store.with_name(f"{store.name}.secret.new")
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        with fresh.open("w") as out:
            out.write(secrets.token_hex(32))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    return file.read_text().strip()
