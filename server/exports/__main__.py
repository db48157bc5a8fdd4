"""`python -m server.exports FORMAT LANGUAGE`: records as JSON come in, the file goes out ([EXP6])."""

import os
import sys

from server.workshop.state import RECORDS

from .make import make
from .words import words_for

if __name__ == "__main__":
    os.nice(10)  # the room comes first
    kind, language = sys.argv[1:]
    made = make(kind, RECORDS.validate_json(sys.stdin.buffer.read()), words_for(language))
    sys.stdout.buffer.write(made)
