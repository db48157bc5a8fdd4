"""Tokens and link keys: signed, so that nothing need be stored and nothing can be made up ([HTTP3])."""

import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

from itsdangerous import BadSignature, URLSafeSerializer

from protocol.base import Role
from protocol.codes import Code
from server.live.visit import Claims, Prove
from server.workshop.refused import Refused

ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""No 0, 1, i, l, o: what is read from the wall is typed right ([HTTP2])."""
CODE_CHARS: Final = 6
KNOWN: Final = 16_384
"""So many tokens that were proved lately are known by sight."""


class Tokens:
    """Signs and proves. A key opens a role of a workshop; a token is a person who came in."""

    def __init__(self, secret: str) -> None:
        self._keys = URLSafeSerializer(secret, salt="plenary-link")
        self._tokens = URLSafeSerializer(secret, salt="plenary-token")
        self._tickets = URLSafeSerializer(secret, salt="plenary-file")
        self.prove: Final[Prove] = lru_cache(KNOWN)(self._proved)
        """Who a token is; refused with `bad_token`. What was proved stays so: whole crowds come again with the same."""

    def key(self, workshop: str, role: Role, number: int = 0) -> str:
        """The key that a link carries; its number is above 0 once the first was replaced ([KEY1])."""
        return str(self._keys.dumps([workshop, role.value, *([number] if number else [])]))

    def open(self, key: str) -> tuple[str, Role, int]:
        """The workshop, role and number of a key; refused with `bad_token`."""
        try:
            workshop, role, *number = self._keys.loads(key)
            return str(workshop), Role(role), int(*number)
        except (BadSignature, ValueError) as error:
            raise Refused(Code.BAD_TOKEN, "This link is not valid here.") from error

    def token(self, claims: Claims) -> str:
        """What a device shows from now on."""
        link = [claims.link] if claims.link else []
        return str(self._tokens.dumps([claims.workshop, claims.person, claims.role.value, *link]))

    def ticket(self, claims: Claims, file: str, until: int) -> str:
        """[FILE6] What opens one file, as this person, until then (ms)."""
        return str(self._tickets.dumps([claims.workshop, claims.person, claims.role.value, claims.link, file, until]))

    def admitted(self, ticket: str, file: str, now: int) -> Claims:
        """Whose ticket for this file it is; refused with `bad_token`, also where its time is over."""
        try:
            workshop, person, role, link, of, until = self._tickets.loads(ticket)
            claims = Claims(str(workshop), None if person is None else str(person), Role(role), int(link))
        except (BadSignature, ValueError) as error:
            raise Refused(Code.BAD_TOKEN, "This address is not valid here.") from error
        if of != file or until < now:
            raise Refused(Code.BAD_TOKEN, "This address is not valid any more.")
        return claims

    def _proved(self, token: str) -> Claims:
        try:
            workshop, person, role, *link = self._tokens.loads(token)
            return Claims(str(workshop), None if person is None else str(person), Role(role), int(*link))
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
