"""`python -m server.imports NAME`: a file comes in, its tables go out as JSON; exit code 3: why not ([IMP4])."""

import json
import sys
from typing import Final

from protocol.codes import Code
from server.workshop.refused import Refused

from .bounds import bound
from .reading import read

MEMORY: Final = 1 << 30
"""Bytes."""
SECONDS: Final = 30
"""Of work; then it is killed."""


def main() -> int:
    """Read, or say why not."""
    bound(MEMORY, SECONDS)
    try:
        said = read(sys.stdin.buffer.read(), sys.argv[1]).model_dump_json()
    except Refused as refused:
        code, said = 3, json.dumps({"code": refused.code, "message": refused.message})
    except (MemoryError, RecursionError):
        code, said = 3, json.dumps({"code": Code.TOO_LARGE, "message": "The file is too large to be read."})
    else:
        code = 0
    sys.stdout.buffer.write(said.encode())
    return code


if __name__ == "__main__":
    sys.exit(main())
