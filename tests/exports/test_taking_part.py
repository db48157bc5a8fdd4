"""Who took part is one number, wherever it is told."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from protocol.base import Place, Role
from protocol.changes import Put
from protocol.records import Paper, Person, Record
from server.exports.archive import folded
from server.exports.beginning import beginning
from server.exports.document import Prose
from server.exports.make import make
from server.exports.wall import Wall
from server.exports.words import Words
from server.exports.written import written
from server.workshop.fold import apply
from server.workshop.merging import encoded
from server.workshop.seen_by import Viewer, seen
from tests.exports.test_exports import log

ENGLISH = Words("en")


def person(name: str, **fields: Any) -> Person:
    told: dict[str, Any] = {"role": Role.PARTICIPANT, "place": Place.ROOM, "joined": 1, **fields}
    return Person(id=name.lower(), name=name, **told)


CROWD = (
    person("Ana"),
    person("Bea", host="ana"),
    person("Cid", place=Place.REMOTE),
    person("Fay", role=Role.FACILITATOR, place=Place.REMOTE),
    person("Gus", removed=True, place=Place.REMOTE),
)


def gathered(*, paper: bool) -> list[Record]:
    """A workshop with them, and perhaps with a paper that names them."""
    state = folded(log("One note"))
    apply(state, [Put(record=each) for each in CROWD])
    if paper:
        base = encoded(beginning(Wall.of(seen(state, Viewer(Role.PROJECTOR))), ENGLISH, names=True))
        apply(state, [Put(record=Paper(id="paper", base=base, target=800, by=None, at=1))])
    return seen(state, Viewer(Role.PROJECTOR, paper=True))


@pytest.mark.parametrize("paper", [False, True])
def test_one_number(paper: bool) -> None:
    """[PEOPLE5] At its head and at its end; who sits on another's device counts, not who leads or was put out."""
    page = make("html", gathered(paper=paper), ENGLISH).decode()
    head, _, end = page.partition("</header>")
    assert "3 people took part · 1 of them remote" in head
    assert "3 people" in end.partition("Who took part")[2]
    assert "4 people" not in page
    assert "5 people" not in page


def test_who_is_named_is_counted() -> None:
    """[PEOPLE5] [PAPER1] By name those three, and nobody else."""
    told = make("md", gathered(paper=True), ENGLISH).decode().partition("Who took part")[2]
    named = [each.name for each in CROWD if f"{each.name}\n" in told]
    assert named == ["Ana", "Bea", "Cid"]


@pytest.mark.parametrize(("language", "told"), [("en", "was begun"), ("es", "se empezó")])
def test_numbers_say_of_when_they_are(language: Literal["en", "es"], told: str) -> None:
    """[PAPER1] The head goes on with the workshop; what was written stays, and says since when it is so."""
    words = Words(language)
    wall = Wall.of(gathered(paper=False))
    base = encoded(beginning(wall, words, names=False))
    paper = Paper(id="paper", base=base, target=800, by=None, at=1)
    prose = ["".join(run.text for run in block.line) for block in written(paper, ()) if isinstance(block, Prose)]
    counting = [text for text in prose if words("fact_notes", 1) in text or words("people", 3) in text]
    assert len(counting) == 2
    assert [text for text in counting if told not in text.lower()] == []


def test_on_the_wall_that_goes_out() -> None:
    """[PEOPLE5] [EXP12] The same number."""
    assert "3 people took part" in make("wall.svg", gathered(paper=False), ENGLISH).decode()
