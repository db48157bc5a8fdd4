"""Taking back what one did, while others work: never what they did since."""

import pytest

from protocol import commands as c
from protocol.codes import Code
from protocol.records import Note
from server.workshop.actor import Actor
from server.workshop.seen_by import seen_by
from tests.workshop.world import ANN, BOB, CY, FAY, World, eyes, with_boards, writing

PLACE = {"board": "i1", "section": "pro", "rank": "a0"}


def noted() -> World:
    """Ann has written n1, n2 and n3, and stacked the latter two as s."""
    world = with_boards("open")
    for id_ in ("n1", "n2", "n3"):
        world.do(ANN, writing(id_, f"text of {id_}"))
    world.do(ANN, c.StackMake(id="s", notes=("n2", "n3"), title="Both"))
    return world


def back(was: c.Was, stack: str | None = None) -> c.NoteMove:
    return c.NoteMove(id="n1", board="i1", section="pro", rank="a0", stack=stack, was=was)


UNDOING: list[tuple[c.Command, c.Command, c.Command]] = [
    (
        c.NoteMove(id="n1", board="i1", section="con", rank="a5"),
        back(c.Was(board="i1", section="con", rank="a5", stack="")),
        c.NoteMove(id="n1", board="i2", section="con", rank="a5"),
    ),
    (
        c.NoteMove(id="n1", board="i1", section="pro", rank="a5", stack="s"),
        back(c.Was(stack="s", rank="a5")),
        c.NoteMove(id="n1", board="i1", section="pro", rank="a5"),
    ),
    (
        c.NoteTag(id="n1", lenses=("l1",)),
        c.NoteTag(id="n1", lenses=(), was=c.Was(lenses=("l1",))),
        c.NoteTag(id="n1", lenses=("l1", "l2")),
    ),
    (
        c.NoteColour(id="n1", colour="mint"),
        c.NoteColour(id="n1", colour=None, was=c.Was(colour="mint")),
        c.NoteColour(id="n1", colour=None),
    ),
    (
        c.NoteColour(id="n1", colour=None),
        c.NoteColour(id="n1", colour="sky", was=c.Was(colour="")),
        c.NoteColour(id="n1", colour="rose"),
    ),
    (
        c.NoteBin(id="n1"),
        c.NoteRestore(id="n1", was=c.Was(binned=True)),
        c.NoteRestore(id="n1"),
    ),
    (
        c.NoteRestore(id="n1"),
        c.NoteBin(id="n1", was=c.Was(binned=False)),
        c.NoteBin(id="n1"),
    ),
    (
        c.NoteEdit(id="n1", rev=1, base="text of n1", text="new text"),
        c.NoteEdit(id="n1", rev=2, base="new text", text="text of n1", exact=True),
        c.NoteEdit(id="n1", rev=2, base="new text", text="newer text"),
    ),
    (
        c.StackName(id="s", title="Pair"),
        c.StackName(id="s", title="Both", was=c.Was(title="Pair")),
        c.StackName(id="s", title="Couple"),
    ),
    (
        c.StackMove(id="s", board="i1", section="con", rank="a5"),
        c.StackMove(id="s", board="i1", section="pro", rank="a0", was=c.Was(board="i1", section="con", rank="a5")),
        c.StackMove(id="s", board="i1", section="con", rank="a4"),
    ),
]


@pytest.mark.parametrize(("done", "undone", "since"), UNDOING, ids=lambda command: command.do)
def test_what_others_did_since_is_not_taken_back(done: c.Command, undone: c.Command, since: c.Command) -> None:
    """[UNDO1] Where nobody did, it is; what they did elsewhere on the same thing does not matter."""
    world = noted()
    world.do(ANN, done)
    world.do(BOB, c.NoteReact(id="n2", on=True))
    assert world.do(ANN, undone)
    world.do(ANN, done)
    assert world.do(BOB, since)
    assert world.refusal(ANN, undone) is Code.STALE


def test_an_exact_edit_keeps_the_siblings() -> None:
    """[UNDO1] [NOTE5]."""
    world = noted()
    for text in ("one way", "another way"):
        world.do(ANN, c.NoteEdit(id="n1", rev=1, base="text of n1", text=text))
    world.do(ANN, c.NoteEdit(id="n1", rev=1, base="one way", text="text of n1", exact=True))
    assert (world.note("n1").text, world.note("n1").siblings) == ("text of n1", ("another way",))


@pytest.mark.parametrize(
    ("actor", "since"),
    [
        (BOB, c.NoteEdit(id="n1", rev=1, base="text of n1", text="more")),
        (BOB, c.NoteTag(id="n1", lenses=("l1",))),
        (CY, c.NoteReact(id="n1", on=True)),
        (CY, c.CommentAdd(id="c1", note="n1", rank="a0", text="yes")),
        (FAY, c.NoteMove(id="n1", board="i1", section="pro", rank="a1", stack="s")),
    ],
)
def test_a_note_is_taken_back_only_as_new(actor: Actor, since: c.Command) -> None:
    """[UNDO2] Somebody has done something to it; elsewhere nobody has, and it goes."""
    world = noted()
    world.do(ANN, writing("new", "text of n1"))
    world.do(ANN, c.NoteBin(id="new", new=True, was=c.Was(text="text of n1")))
    world.do(actor, since)
    assert world.refusal(ANN, c.NoteBin(id="n1", new=True, was=c.Was(text="text of n1"))) is Code.STALE
    world.do(ANN, c.NoteBin(id="n1"))


def test_who_binned_a_note_of_another_takes_that_back() -> None:
    """[UNDO4] [SEE8] Of what is in the bin they are not told the words; of what is out again they are."""
    world = noted()
    back = (c.NoteRestore(id="n2", was=c.Was(binned=True)), c.NoteRestore(id="n1", was=c.Was(binned=True)))
    world.do(BOB, c.NoteMany(commands=(c.NoteBin(id="n1"), c.NoteBin(id="n2"))))
    assert [read(world, BOB, id_) for id_ in ("n1", "n2")] == ["", ""]
    world.do(BOB, c.NoteMany(commands=back))
    assert [read(world, BOB, id_) for id_ in ("n1", "n2")] == ["text of n1", "text of n2"]
    again = c.NoteBin(id="n1", was=c.Was(binned=False, text="text of n1", board="i1", section="pro"))
    world.do(BOB, again)
    assert read(world, BOB, "n1") == ""


def read(world: World, actor: Actor, id_: str) -> str:
    """What somebody reads on a note."""
    note = seen_by(world.state, eyes(actor), world.note(id_))
    assert isinstance(note, Note)
    return note.text
