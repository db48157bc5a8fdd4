"""`python -m server.web.proving NOW`: an archive comes in, and goes out as lines once all of it is proved ([ARCH7]).

The first line is what is to be known of the workshop, each other an entry; exit code 3: why it is refused.
"""

import json
import sys
from typing import Final

from pydantic import BaseModel

from protocol.codes import Code
from protocol.records import Door
from server.exports.incoming import incoming
from server.imports.bounds import bound
from server.workshop.refused import Corrupt

from .bundles import Part, parts
from .making import REFUSED

MEMORY: Final = 2 << 30
"""Bytes."""
SECONDS: Final = 60
"""Of work; then it is killed."""


class Proved(BaseModel):
    """A workshop from elsewhere: its id, its participants' code, its door, all codes that led to it, and its files."""

    id: str
    code: str
    door: Door
    codes: tuple[str, ...]
    files: dict[str, Part]


def main() -> int:
    """Prove, or say what is wrong first."""
    bound(MEMORY, SECONDS)
    try:
        found = incoming(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Corrupt as wrong:
        return _refused(Code.INVALID, f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.")
    except (MemoryError, RecursionError):
        return _refused(Code.TOO_LARGE, "The archive is too large to be read here.")
    state = found.state
    files = parts(state.contributions.values(), found.id)
    known = Proved(id=found.id, code=state.workshop.code, door=state.door, codes=found.codes, files=files)
    lines = [known.model_dump_json(), *(entry.text for entry in found.entries)]
    sys.stdout.buffer.write("\n".join(lines).encode())
    return 0


def _refused(code: Code, message: str) -> int:
    sys.stdout.write(json.dumps({"code": code, "message": message}))
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
