"""Stacks: notes that belong together."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from protocol.records import Note, Stack
from server.workshop import stacks
from server.workshop.invariants import broken
from tests.workshop.world import ANN, BOB, CY, FAY, World, with_boards, writing


def noted(step: str = "open", number: int = 5) -> World:
    """Notes n1, n2… of Ann at ranks a1, a2…, on board i1 among the benefits."""
    world = with_boards(step)
    for i in range(1, number + 1):
        world.do(ANN, c.NoteAdd(id=f"n{i}", board="i1", section="pro", rank=f"a{i}", text=f"note {i}"))
    return world


def stacked(number: int = 2) -> World:
    """Five notes, the first so many of them in stack s, made by Bob."""
    world = noted()
    world.do(BOB, c.StackMake(id="s", notes=tuple(f"n{i}" for i in range(1, number + 1)), title="Both"))
    return world


def moving(id_: str, stack: str | None = None, section: str = "pro", board: str = "i1", rank: str = "a9") -> c.NoteMove:
    return c.NoteMove(id=id_, board=board, section=section, rank=rank, stack=stack)


def inside(world: World, id_: str = "s") -> list[str]:
    return [note.id for note in stacks.notes_in(world.state, world.state.stacks[id_])]


def spot(record: Note | Stack) -> tuple[str, str, str]:
    return record.board, record.section, record.rank


def test_notes_are_stacked_where_the_first_lies() -> None:
    """[STACK2]."""
    world = noted()
    world.do(BOB, moving("n2", section="con", rank="a5"))
    world.do(BOB, moving("n3", board="i2"))
    world.do(BOB, c.StackMake(id="s", notes=("n2", "n1", "n3", "n1"), title="Three"))
    assert spot(world.state.stacks["s"]) == ("i1", "con", "a5")
    assert [spot(world.note(id_)) for id_ in ("n1", "n2", "n3")] == [
        ("i1", "con", "a1"), ("i1", "con", "a5"), ("i1", "con", "a9"),
    ]  # fmt: skip
    assert inside(world) == ["n1", "n2", "n3"]
    assert world.refusal(BOB, c.StackMake(id="t", notes=("n4", "n4"))) is Code.INVALID
    assert world.refusal(BOB, c.StackMake(id="t", notes=("n4", "gone"))) is Code.NOT_FOUND


@pytest.mark.parametrize("leave", ["move", "bin", "make"])
def test_a_stack_of_one_dissolves(leave: str) -> None:
    """[STACK1] [STACK3] However a note leaves it; the last note lies where the stack lay."""
    world = stacked()
    world.do(BOB, c.StackMove(id="s", board="i1", section="con", rank="a7"))
    world.go("plenary")
    world.do(FAY, c.WorkshopSpotlight(target="s"))
    ways: dict[str, c.Command] = {
        "move": moving("n1"),
        "bin": c.NoteBin(id="n1"),
        "make": c.StackMake(id="t", notes=("n1", "n3")),
    }
    world.do(CY, ways[leave])
    assert "s" not in world.state.stacks
    assert (world.note("n2").stack, spot(world.note("n2"))) == (None, ("i1", "con", "a7"))
    assert world.state.workshop.spotlight is None
    assert broken(world.state) == []


def test_a_stack_whose_notes_all_leave_at_once_goes() -> None:
    """[STACK1] [STACK2] The new one lies where the old one lay."""
    world = stacked()
    world.do(BOB, c.StackMove(id="s", board="i1", section="con", rank="a7"))
    world.do(CY, c.StackMake(id="t", notes=("n1", "n2")))
    assert list(world.state.stacks) == ["t"]
    assert spot(world.state.stacks["t"]) == ("i1", "con", "a7")
    assert broken(world.state) == []


def test_a_note_joins_and_leaves() -> None:
    """[STACK3] It joins wherever the stack lies by now, and stays when it is reordered inside."""
    world = stacked(3)
    world.do(CY, c.StackMove(id="s", board="i2", section="con", rank="a7"))
    world.do(BOB, moving("n4", stack="s", rank="a0"))
    assert inside(world) == ["n4", "n1", "n2", "n3"]
    assert spot(world.note("n4")) == ("i2", "con", "a0")
    world.do(BOB, moving("n4", stack="s", rank="a25"))
    assert inside(world) == ["n1", "n2", "n4", "n3"]
    world.do(BOB, moving("n4", section="pro"))
    assert (world.note("n4").stack, inside(world)) == (None, ["n1", "n2", "n3"])
    assert world.refusal(BOB, moving("n4", stack="gone")) is Code.NOT_FOUND


def test_a_copy_comes_into_the_stack_of_its_note() -> None:
    """[WRITE7] [UNDO2] In one with its coming, and out again in one."""
    world = stacked()
    add = c.NoteAdd(id="copy", board="i1", section="pro", rank="a1V", text="note 1")
    world.do(BOB, c.NoteMany(commands=(add, moving("copy", stack="s", rank="a1V"))))
    assert inside(world) == ["n1", "copy", "n2"]
    was = c.Was(board="i1", section="pro", rank="a1V")
    out = moving("copy", rank="a1V").model_copy(update={"was": c.Was(stack="s")})
    world.do(BOB, c.NoteMany(commands=(out, c.NoteBin(id="copy", new=True, was=was))))
    assert inside(world) == ["n1", "n2"]


def test_a_restored_note_lies_on_its_own() -> None:
    """[NOTE8] [STACK3]."""
    world = stacked(3)
    world.do(BOB, c.NoteBin(id="n1"))
    world.do(BOB, c.NoteRestore(id="n1"))
    assert (world.note("n1").stack, inside(world)) == (None, ["n2", "n3"])


def test_sealed_and_binned_notes_are_not_stacked() -> None:
    """[STACK4] Not even by their author; nor does a sealed note leave by another's hand."""
    world = noted("private")
    world.do(ANN, c.NoteBin(id="n3"))
    assert world.refusal(ANN, c.StackMake(id="s", notes=("n1", "n2"))) is Code.NOT_NOW
    assert world.refusal(BOB, c.StackMake(id="s", notes=("n1", "n2"))) is Code.FORBIDDEN
    world.do(FAY, c.StepReveal(step="private"))
    assert world.refusal(BOB, c.StackMake(id="s", notes=("n1", "n3"))) is Code.NOT_FOUND
    world.do(BOB, c.StackMake(id="s", notes=("n1", "n2")))
    assert world.refusal(BOB, moving("n3", stack="s")) is Code.NOT_FOUND


def test_on_a_locked_board_only_facilitators_stack() -> None:
    """[STACK4] [NOTE2]."""
    world = stacked()
    world.do(FAY, c.BoardLock(board="i1", locked=True))
    asked: list[c.Command] = [
        c.StackMake(id="t", notes=("n3", "n4")),
        c.StackName(id="s", title="New"),
        c.StackMove(id="s", board="i1", section="pro", rank="a0"),
        c.StackSplit(id="s"),
        moving("n3", stack="s"),
    ]
    for command in asked:
        assert world.refusal(ANN, command) is Code.LOCKED
        if command.do != "stack.split":
            world.do(FAY, command)


def test_a_stack_moves_with_its_notes_and_comes_apart() -> None:
    """[STACK5]."""
    world = stacked(3)
    world.do(CY, c.StackMove(id="s", board="i2", section="con", rank="a7"))
    assert {(note.board, note.section) for note in map(world.note, ("n1", "n2", "n3"))} == {("i2", "con")}
    assert world.refusal(CY, c.StackMove(id="s", board="i2", section="gone", rank="a7")) is Code.NOT_FOUND
    world.do(CY, c.StackSplit(id="s"))
    assert world.state.stacks == {}
    assert [world.note(id_).rank for id_ in ("n1", "n2", "n3")] == ["a1", "a2", "a3"]
    assert world.refusal(CY, c.StackSplit(id="s")) is Code.NOT_FOUND


def test_dots_stay_and_go_to_the_last_note() -> None:
    """[STACK6] [VOTE4] [VOTE5] Nobody thereby passes the most per item (two), and no dot is lost otherwise."""
    world = stacked()
    world.go("vote")
    for actor, target, dots in ((BOB, "n2", 1), (BOB, "s", 2), (CY, "s", 1), (CY, "n1", 2)):
        world.do(actor, c.VoteCast(round="vote", target=target, dots=dots))
    world.do(FAY, moving("n1"))
    sums = {tally.target: (tally.dots, tally.people) for tally in world.state.tallies.values()}
    assert sums == {"n1": (2, 1), "n2": (3, 2)}
    assert world.state.spent["vote", "bob"] == 2
    assert broken(world.state) == []


def test_dots_of_a_stack_taken_apart_go_to_its_first_note() -> None:
    """[STACK6]."""
    world = stacked(3)
    world.go("vote")
    world.do(BOB, c.VoteCast(round="vote", target="s", dots=2))
    world.do(FAY, c.StackSplit(id="s"))
    assert [(b.target, b.dots) for b in world.state.ballots.values()] == [("n1", 2)]


def test_a_stack_has_a_name_or_none() -> None:
    """[STACK7]."""
    world = stacked()
    world.do(CY, c.StackName(id="s", title=""))
    assert world.state.stacks["s"].title == ""


def test_an_id_is_of_a_note_or_of_a_stack() -> None:
    """[STACK7] [NOTE12]."""
    world = stacked()
    assert world.refusal(BOB, writing("s")) is Code.EXISTS
    for id_ in ("n3", "s"):
        assert world.refusal(BOB, c.StackMake(id=id_, notes=("n3", "n4"))) is Code.EXISTS


def test_a_stack_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """[STACK8] [LIMIT5]."""
    monkeypatch.setattr(limits, "STACKED", 3)
    monkeypatch.setattr(limits, "STACKS", 1)
    world = stacked(3)
    assert world.refusal(BOB, moving("n4", stack="s")) is Code.TOO_MANY
    assert world.refusal(BOB, c.StackMake(id="t", notes=("n4", "n5"))) is Code.TOO_MANY
    world.do(BOB, moving("n3", stack="s", rank="a0"))


def test_many_commands_are_one_entry() -> None:
    """[NOTE14] Each is decided on what those before it leave."""
    world = stacked()
    before = len(world.log)
    make = c.StackMake(id="t", notes=("n1", "new"), title="Again")
    world.do(CY, c.NoteMany(commands=(moving("n1"), writing("new"), make, c.NoteBin(id="n2"), moving("n3", "t"))))
    assert len(world.log) == before + 1
    assert (list(world.state.stacks), sorted(inside(world, "t"))) == (["t"], ["n1", "n3", "new"])
    assert world.note("n2").binned
    assert broken(world.state) == []


def test_many_commands_are_done_all_or_none() -> None:
    """[NOTE14] [FOLD4]."""
    world = stacked()
    before = world.state.digest()
    many = c.NoteMany(commands=(c.StackSplit(id="s"), moving("n3"), moving("n1", stack="s")))
    assert world.refusal(CY, many) is Code.NOT_FOUND
    assert world.state.digest() == before
    assert world.state.copy().stacked == world.state.stacked
