"""`python -m server.exports FORMAT LANGUAGE`: records as JSON come in, and pictures; the file goes out ([EXP6])."""

import sys

from server.workshop.state import RECORDS

from .given import heard
from .make import make
from .words import words_for

if __name__ == "__main__":
    kind, language = sys.argv[1:]
    records, pictures = heard(sys.stdin.buffer.read())
    made = make(kind, RECORDS.validate_json(records), words_for(language), pictures)
    sys.stdout.buffer.write(made)
