"""What the paper's live quotes are made of: what everybody may see, and nothing beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from protocol import commands as c
from protocol.records import Note, Stack, Tally
from server.workshop import merging
from server.workshop.actor import SYSTEM
from server.workshop.quotes import quoted
from tests.workshop.world import ANN, BOB, FAY, World, with_boards, writing
from tests.workshop.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable


def quoting(world: World, *of: str) -> World:
    """This world with a paper of these quotes, the last of them not in its base yet."""
    writer = Writer(1)
    writer.paragraph("We heard:")
    for one in of[:-1]:
        writer.quote(one)
    world.do(SYSTEM, c.PaperBegin(base=merging.encoded(writer.document.get_update()), by="fay"))
    world.do(ANN, c.PaperEdit(id="u", data=writer.quote(of[-1])))
    return world


def texts(world: World) -> dict[str, str]:
    """The words of each note that a quote may need."""
    return {record.id: record.text for record in quoted(world.state) if isinstance(record, Note)}


def test_all_that_quotes_need_and_no_more() -> None:
    """[QUOTE1] [PAGE3] A stack with its notes, a note, the dots on them; no other note."""
    world = with_boards("open")
    for name in ("one", "two", "three", "four"):
        world.do(ANN, writing(name, f"words of {name}"))
    world.do(ANN, c.StackMake(id="pile", notes=("one", "two"), title="Both"))
    world.go("vote")
    for target in ("pile", "three", "four"):
        world.do(BOB, c.VoteCast(round="vote", target=target, dots=1))
    quoting(world, "pile", "three", "never-was")
    assert texts(world) == {name: f"words of {name}" for name in ("one", "two", "three")}
    assert [record.title for record in quoted(world.state) if isinstance(record, Stack)] == ["Both"]
    assert not [record for record in quoted(world.state) if isinstance(record, Tally)], "the round is blind"
    world.do(FAY, c.StepShow(step="vote"))
    assert {r.target: r.dots for r in quoted(world.state) if isinstance(r, Tally)} == {"pile": 1, "three": 1}


def test_nothing_without_a_paper_or_quotes() -> None:
    """[QUOTE1]."""
    world = with_boards("open")
    world.do(ANN, writing("one"))
    assert quoted(world.state) == []
    world.do(SYSTEM, c.PaperBegin(base=Writer(1).paragraph("No quote"), by="fay"))
    assert quoted(world.state) == []


HIDING: dict[str, Callable[[World], object]] = {
    "binned": lambda world: world.do(ANN, c.NoteBin(id="one")),
    "set aside": lambda world: world.do(FAY, c.NoteAside(id="one", on=True)),
}


@pytest.mark.parametrize("how", HIDING)
def test_what_was_taken_away_is_not_told(how: str) -> None:
    """[QUOTE2]."""
    world = with_boards("open")
    world.do(ANN, writing("one", "Told in confidence"))
    quoting(world, "one")
    assert texts(world) == {"one": "Told in confidence"}
    HIDING[how](world)
    assert "Told in confidence" not in repr(quoted(world.state))


def test_what_is_sealed_is_told_once_it_is_revealed() -> None:
    """[QUOTE2] [SEE2]."""
    world = with_boards("private")
    world.do(ANN, writing("one", "Told in confidence"))
    quoting(world, "one")
    assert "Told in confidence" not in repr(quoted(world.state))
    world.do(FAY, c.StepReveal(step="private"))
    assert texts(world) == {"one": "Told in confidence"}
