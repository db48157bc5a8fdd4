"""Exports show what `seen_by` shows to the asker."""

import json

import pytest

from protocol import commands as c
from server.exports.archive import archive
from server.exports.markdown import heading, markdown
from server.exports.paper import compose
from server.exports.wall import Wall
from server.exports.words import Words
from server.workshop.actor import Actor
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, EVERYBODY, FAY, SCREEN, World, eyes, with_boards, writing


def paper(state: State, viewer: Viewer) -> str:
    """The paper in Markdown, as this viewer gets it."""
    return markdown(compose(Wall.of(seen(state, viewer)), Words("en")))


def private() -> World:
    """Ann wrote where nobody may read yet, in private and in the open."""
    world = with_boards("open")
    world.do(BOB, writing("n2", "open words"))
    world.go("private")
    world.do(ANN, writing("n1", "sealed words"))
    return world


@pytest.mark.parametrize("actor", [*EVERYBODY, SCREEN], ids=lambda actor: str(actor.person))
def test_archive_is_what_is_seen(actor: Actor) -> None:
    """[HTTP4] [SEE1] [SEE2] The records of `seen_by`, to the letter; no log, no digest, no hash."""
    state = private().state
    plain = archive(state, eyes(actor), entries=private().log)
    assert plain["records"] == [record.model_dump(mode="json") for record in seen(state, eyes(actor))]
    assert set(plain) == {"format", "version", "seq", "records"}
    assert ("sealed words" in json.dumps(plain)) == (actor is ANN)


@pytest.mark.parametrize("actor", [FAY, BOB, SCREEN], ids=lambda actor: str(actor.person))
def test_paper_keeps_what_is_sealed(actor: Actor) -> None:
    """[HTTP4] [SEE2] [ARCH3] Others' sealed notes are counted, not told; outside the list they follow."""
    world = private()
    text = paper(world.state, eyes(actor))
    assert "sealed words" not in text
    assert "- open words\n\n*Still sealed: 1 note.*\n" in text
    assert "sealed words" in paper(world.state, eyes(ANN))
    world.do(FAY, c.StepReveal(step="private"))
    assert "sealed words" in paper(world.state, eyes(actor))


def test_paper_keeps_a_blind_vote() -> None:
    """[SEE5] [ARCH3] Dots only when they are shown; an issue's and a note's of the same id stay apart."""
    world = with_boards("open")
    world.do(ANN, writing("i1", "a note with an issue's id"))
    world.go("choose")
    world.do(BOB, c.VoteCast(round="choose", target="i1", dots=1))
    world.go("vote")
    world.do(ANN, c.VoteCast(round="vote", target="i1", dots=2))
    assert "dots)" not in paper(world.state, eyes(FAY))
    world.do(FAY, c.StepShow(step="vote"))
    text = paper(world.state, eyes(SCREEN))
    assert "- a note with an issue's id **(2 dots)**" in text
    assert "- Issue 1 **(1 dot)**" in text


def test_paper_holds_siblings_and_all_notes() -> None:
    """[NOTE5] [ARCH3] [PEOPLE5] Versions beside a note are told with it; most dots first, each once."""
    world = with_boards("open")
    world.do(ANN, writing("n1", "one two"))
    world.do(ANN, writing("n2", "second"))
    world.do(ANN, c.NoteEdit(id="n1", rev=1, base="one two", text="uno"))
    world.do(BOB, c.NoteEdit(id="n1", rev=1, base="one two", text="eins\n2. zwei"))
    text = paper(world.state, eyes(FAY))
    assert "- uno\n  - also: eins\\\n    2\\. zwei\n- second\n" in text
    assert "3 people, 0 of them remote\\." not in text
    assert "3 people, 0 of them remote." in text


def test_heading_has_one_line() -> None:
    """[ARCH3] A title of several lines stays one heading."""
    assert heading(2, "a\nb # c #") == "## a b # c \\#\n"
