"""Every code the server can answer with: name, meaning, cure. And the numbers that close a connection.

The number's range is the instruction ([CODE2]): 4000-4499 connect again after `retry_after`; 4500-4999 do not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal


class Code(StrEnum):
    """Why a command, message or request was refused."""

    MALFORMED = "malformed"
    UNKNOWN_COMMAND = "unknown_command"
    INVALID = "invalid"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    EXISTS = "exists"
    STALE = "stale"
    NOT_NOW = "not_now"
    LOCKED = "locked"
    MUTED = "muted"
    CLOSED = "closed"
    OVER_BUDGET = "over_budget"
    OVER_ITEM = "over_item"
    CAPPED = "capped"
    NOT_EMPTY = "not_empty"
    KEPT_PRIVATE = "kept_private"
    OPEN_NOW = "open_now"
    FILE_KIND = "file_kind"
    FILE_SIZE = "file_size"
    FILE_SPACE = "file_space"
    NO_FILES = "no_files"
    GAP = "gap"
    RATE = "rate"
    BUSY = "busy"
    STORE = "store"
    BAD_TOKEN = "bad_token"  # noqa: S105 - a code, not a password
    BAD_CODE = "bad_code"
    PASSWORD = "password"  # noqa: S105 - a code
    WAITING = "waiting"
    TURNED_AWAY = "turned_away"
    FULL = "full"
    ORIGIN = "origin"
    HELLO_FIRST = "hello_first"
    HELLO_LATE = "hello_late"
    DEAD = "dead"
    SLOW = "slow"
    RESTART = "restart"
    VERSION = "version"
    REMOVED = "removed"
    DELETED = "deleted"
    INTERNAL = "internal"


Retry = Literal["never", "now", "later"]


@dataclass(frozen=True, slots=True)
class Explained:
    """What a code means and what to do about it. `retry` tells a program, `cure` tells a person."""

    meaning: str
    cure: str
    retry: Retry = "never"
    close: int | None = None
    status: int = 400


EXPLAINED: Final[dict[Code, Explained]] = {
    Code.MALFORMED: Explained("The message is not JSON of a known shape.", "Check it against the schema."),
    Code.UNKNOWN_COMMAND: Explained("There is no command of that name.", "Reload to get the newest app."),
    Code.INVALID: Explained("A field has a value that is not allowed.", "Correct the field that is named."),
    Code.TOO_LONG: Explained("The text is longer than allowed.", "Shorten it; your text is kept.", status=413),
    Code.TOO_MANY: Explained("There are as many of these as one workshop can hold.", "Remove some first."),
    Code.TOO_LARGE: Explained(
        "The message is larger than a frame may be.", "Send less at once.", close=4509, status=413
    ),
    Code.FORBIDDEN: Explained("Your role may not do that.", "Ask the facilitator.", status=403),
    Code.NOT_FOUND: Explained(
        "What you mean is not there (any more).", "Look again; it may have been removed.", status=404
    ),
    Code.EXISTS: Explained("Something with that id is already there.", "Use a new id.", status=409),
    Code.STALE: Explained("It changed since you looked.", "Look at the newer version and try again.", status=409),
    Code.NOT_NOW: Explained(
        "The current step does not allow that.", "Wait for the step, or ask the facilitator.", status=409
    ),
    Code.LOCKED: Explained("The facilitator has locked this board.", "Ask the facilitator to unlock it.", status=409),
    Code.MUTED: Explained(
        "The facilitator has paused your writing.", "What you wrote is kept here. Speak to the facilitator.", status=403
    ),
    Code.CLOSED: Explained(
        "The workshop is closed and read-only.",
        "The facilitator can go back a step to reopen it.",
        status=409,
    ),
    Code.OVER_BUDGET: Explained("You have no dots left in this round.", "Take a dot back first.", status=409),
    Code.OVER_ITEM: Explained("That is more dots than one item may get from one person.", "Spread them.", status=409),
    Code.CAPPED: Explained(
        "You have written as many as each person may in this step.", "Change one of yours, or bin one.", status=409
    ),
    Code.NOT_EMPTY: Explained("It still holds people's notes.", "Move or remove the notes first.", status=409),
    Code.KEPT_PRIVATE: Explained(
        "What was promised private or anonymous stays so.", "Begin a new step instead.", status=409
    ),
    Code.OPEN_NOW: Explained(
        "This was written face down; by now everybody would read it.",
        "Send it again if others may read it.",
        status=409,
    ),
    Code.FILE_KIND: Explained(
        "Files of this kind are not taken.",
        "Take a picture, a PDF, a document of today's office programs without macros, or plain text.",
        status=415,
    ),
    Code.FILE_SIZE: Explained("The file is larger than allowed.", "Make it smaller, or add a link to it.", status=413),
    Code.FILE_SPACE: Explained(
        "The files of this workshop come to as much as one may hold.", "Remove some, or add a link.", status=413
    ),
    Code.NO_FILES: Explained("This server keeps no files.", "Add a link instead.", status=409),
    Code.GAP: Explained(
        "An earlier command is missing.", "Send again from the first unanswered one.", retry="now", status=409
    ),
    Code.RATE: Explained(
        "Too many commands in a short time.", "Wait a moment and send it again.", retry="later", status=429
    ),
    Code.BUSY: Explained("Too much is waiting.", "Wait a moment and send it again.", retry="later", status=503),
    Code.STORE: Explained(
        "The store cannot be reached; nothing was written.",
        "It is kept here and sent again.",
        retry="later",
        close=4003,
        status=503,
    ),
    Code.BAD_TOKEN: Explained("The token or link is not valid here.", "Open your link again.", close=4501, status=401),
    Code.BAD_CODE: Explained("No open workshop has that code.", "Check the code on the projector.", status=404),
    Code.PASSWORD: Explained("The password is missing or wrong.", "Ask the facilitator for the password.", status=403),
    Code.WAITING: Explained(
        "The facilitator has not let you in yet.", "Wait a moment.", retry="later", close=4006, status=403
    ),
    Code.TURNED_AWAY: Explained(
        "The facilitator did not let you in.", "Speak to the facilitator.", close=4506, status=403
    ),
    Code.FULL: Explained("The workshop has no room for more.", "Ask the facilitator.", close=4502, status=403),
    Code.ORIGIN: Explained("The page comes from another site.", "Open Plenary at its own address.", status=403),
    Code.HELLO_FIRST: Explained("The first message must be `hello`.", "Say hello first.", close=4503),
    Code.HELLO_LATE: Explained("No `hello` came in time.", "Connect again.", retry="later", close=4004),
    Code.DEAD: Explained("Nothing was heard for too long.", "Connect again.", retry="now", close=4001),
    Code.SLOW: Explained(
        "This line could not keep up.",
        "Connect again; only what was missed is sent.",
        retry="later",
        close=4002,
    ),
    Code.RESTART: Explained(
        "The server is restarting.", "Connect again after the pause.", retry="later", close=4000, status=503
    ),
    Code.VERSION: Explained(
        "This app is too old or too new for the server.",
        "Reload the page; unsent work is kept.",
        close=4504,
        status=400,
    ),
    Code.REMOVED: Explained("The facilitator has removed you.", "Speak to the facilitator.", close=4505, status=403),
    Code.DELETED: Explained(
        "This workshop was deleted.", "Nothing of it is kept here any more.", close=4507, status=410
    ),
    Code.INTERNAL: Explained(
        "Something broke on the server; the workshop is safe.",
        "Connect again.",
        retry="later",
        close=4005,
        status=500,
    ),
}
"""Complete: a test fails when a code has no explanation ([CODE1])."""
