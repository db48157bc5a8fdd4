"""A session: one device's conversation, without its socket. Text in, effects out; its states are a union.

Parsing and order live here; opening rooms and storing do not ([HELLO1], [CODE3]).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from protocol import limits
from protocol.agenda import NEWER
from protocol.codes import Code
from protocol.commands import NoteMany, SeatAct
from protocol.messages import UP, BeatUp, Do, Hello, HereUp, Refused, Up, Watch

from .rate import Bucket

BEAT: Final = b'{"type":"beat","t":0}'
"""A sign of life as all our clients write it: what comes most often is understood without more ado."""
SEVERAL: Final = 10
"""So many commands in one count as one: together they are decided, stored and told once."""


@dataclass(frozen=True, slots=True)
class Enter:
    """Effect: prove the token and let them in."""

    hello: Hello


@dataclass(frozen=True, slots=True)
class Ask:
    """Effect: hand the command to the room."""

    do: Do


@dataclass(frozen=True, slots=True)
class Appear:
    """Effect: tell the others what this device does."""

    here: HereUp


@dataclass(frozen=True, slots=True)
class Look:
    """Effect: watch this from now on; what it leaves out stays as it is."""

    watch: Watch


@dataclass(frozen=True, slots=True)
class Say:
    """Effect: answer this."""

    message: Refused


@dataclass(frozen=True, slots=True)
class Alive:
    """Effect: say what time it is, with the moment that came along."""

    t: int


@dataclass(frozen=True, slots=True)
class Part:
    """Effect: say goodbye with this code and close."""

    code: Code


Effect = Enter | Ask | Appear | Look | Say | Alive | Part


def _unbounded() -> None:
    """Nobody counts."""


class Session:
    """What one device said so far. `now` is always milliseconds of a steady clock."""

    __slots__ = ("began", "heard", "live")

    def __init__(self, now: int) -> None:
        self.live = False
        """After `hello`; before it nothing else is heard."""
        self.began = now
        self.heard = now

    def receive(
        self, text: str | bytes | None, now: int, bucket: Callable[[], Bucket | None] = _unbounded
    ) -> Effect | None:
        """One frame in (None: a binary one), one effect out (None: it only shows life). Commands count in `bucket`."""
        self.heard = now
        if text == BEAT and self.live:
            return None
        if text is None:
            return self._misunderstood(Refused(n=0, prev=0, code=Code.MALFORMED, message="Frames are text."))
        if len(text if isinstance(text, bytes) else text.encode(errors="surrogatepass")) > limits.FRAME_BYTES:
            return Part(Code.TOO_LARGE)
        try:
            message = UP.validate_json(text)
        except ValidationError as error:
            return self._misunderstood(explained(text, error))
        return self._understood(message, now, bucket)

    @property
    def due(self) -> int:
        """[HELLO2] [LIVE1] When it has been silent for too long."""
        return self.heard + limits.DEAD_MS if self.live else self.began + limits.HELLO_MS

    @property
    def late(self) -> Code:
        """Why it ends then."""
        return Code.DEAD if self.live else Code.HELLO_LATE

    def _misunderstood(self, refusal: Refused) -> Effect:
        return Say(refusal) if self.live else Part(Code.HELLO_FIRST)

    def _understood(self, message: Up, now: int, bucket: Callable[[], Bucket | None]) -> Effect | None:
        if isinstance(message, Hello) == self.live:
            return Part(Code.HELLO_FIRST)
        match message:
            case Hello():
                self.live = True
                return Enter(message)
            case Do():
                return self._asked(message, now, bucket())
            case HereUp():
                return Appear(message)
            case Watch():
                return Look(message)
            case BeatUp(t=t):
                return Alive(t) if t else None

    def _asked(self, do: Do, now: int, bucket: Bucket | None) -> Effect:
        wait = bucket.take(now, _weight(do)) if bucket else 0
        if wait:
            words = "Too many commands in a short time; it is kept and sent again."
            return Say(Refused(n=do.n, prev=do.prev, code=Code.RATE, message=words, retry_after=wait))
        return Ask(do)


def _weight(do: Do) -> int:
    """[LIMIT4] For how many commands it counts."""
    command = do.command.command if isinstance(do.command, SeatAct) else do.command
    many = command.commands if isinstance(command, NoteMany) else ()
    return max(1, len(many) // SEVERAL)


def explained(text: str | bytes, error: ValidationError) -> Refused:
    """[CODE3] [LIMIT1] What was wrong with a message, with its `n` and `prev` where they can be read."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    plain = _plain(text)
    n, prev = (_number(plain.get(field)) for field in ("n", "prev"))
    where = ".".join(str(part) for part in first["loc"][2:]) or "message"
    return Refused(n=n, prev=prev, code=_code(first["type"], first["loc"]), message=f"{where}: {first['msg']}"[:300])


def _code(kind: str, place: tuple[int | str, ...]) -> Code:
    if kind in {"string_too_long", "too_long"}:
        return Code.TOO_LONG
    if kind == NEWER:
        return Code.VERSION
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return Code.UNKNOWN_COMMAND if "command" in place else Code.MALFORMED
    return Code.MALFORMED if kind == "json_invalid" or not place else Code.INVALID


def _plain(text: str | bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _number(value: object) -> int:
    ok = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53
    return value if ok and isinstance(value, int) else 0
