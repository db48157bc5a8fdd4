"""Which pictures the paper shows: those that everybody may see, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from protocol import commands as c
from protocol.changes import Put
from protocol.records import Contribution
from server.workshop import merging
from server.workshop.actor import SYSTEM
from server.workshop.fold import apply
from server.workshop.pictures import pictured
from tests.workshop.test_contributions import file, link
from tests.workshop.world import ANN, FAY, World, with_boards, writing
from tests.workshop.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Callable


def showing(world: World, *of: str) -> World:
    """This world with a paper of these pictures, the last of them not in its base yet."""
    writer = Writer(1)
    writer.paragraph("We saw:")
    for one in of[:-1]:
        writer.picture(one, "What it shows")
    world.do(SYSTEM, c.PaperBegin(base=merging.encoded(writer.document.get_update()), by="fay"))
    world.do(ANN, c.PaperEdit(id="u", data=writer.picture(of[-1], caption="Beneath")))
    return world


def ids(world: World) -> list[str]:
    """What is shown, by id."""
    return [each.id for each in pictured(world.state)]


def test_those_that_it_names() -> None:
    """[PAPER17] [PICTURE1] In their order, each once; no other file, no link, nothing that is not there."""
    world = with_boards("open")
    for name in ("one", "two", "three"):
        world.do(SYSTEM, file(name))
    world.do(ANN, link("four"))
    showing(world, "two", "never-was", "four", "one", "two")
    assert ids(world) == ["two", "one"]
    assert {type(each) for each in pictured(world.state)} == {Contribution}


def test_nothing_without_a_paper() -> None:
    """[PICTURE1]."""
    world = with_boards("open")
    world.do(SYSTEM, file("one"))
    assert ids(world) == []


@pytest.mark.parametrize("media", ["application/pdf", "text/plain", "image/svg+xml", None])
def test_no_other_kinds(media: str | None) -> None:
    """[PICTURE1] Whatever an archive says that it is."""
    world = showing(with_boards("open"), "one")
    odd = Contribution(id="one", title="a", blob="b", media=media, size=9, sha256="a" * 64, by="ann", at=1)
    apply(world.state, [Put(record=odd)])
    assert ids(world) == []


HIDING: dict[str, Callable[[World], object]] = {
    "taken away": lambda world: world.do(ANN, c.ContributionDrop(id="one")),
    "binned": lambda world: world.do(ANN, c.NoteBin(id="n1")),
    "set aside": lambda world: world.do(FAY, c.NoteAside(id="n1", on=True)),
}


@pytest.mark.parametrize("how", HIDING)
def test_what_was_taken_away_is_not_shown(how: str) -> None:
    """[PICTURE1]."""
    world = with_boards("open")
    world.do(ANN, writing("n1"))
    world.do(SYSTEM, file("one", note="n1"))
    showing(world, "one")
    assert ids(world) == ["one"]
    HIDING[how](world)
    assert ids(world) == []


def test_what_is_sealed_is_shown_once_it_is_revealed() -> None:
    """[PICTURE1] To nobody before, its author neither."""
    world = with_boards("private")
    world.do(ANN, writing("n1"))
    world.do(SYSTEM, file("one", note="n1"))
    showing(world, "one")
    assert ids(world) == []
    world.do(FAY, c.StepReveal(step="private"))
    assert ids(world) == ["one"]
