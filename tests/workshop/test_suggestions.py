"""What is suggested in the paper, as far as the server answers for it: in whose name."""

from __future__ import annotations

import pytest

from protocol.codes import Code
from server.workshop import merging
from tests.workshop.test_paper import begun, edit, parts, text
from tests.workshop.world import ANN, BOB, CY, FAY
from tests.workshop.writing import Writer


def suggests(writer: Writer, words: str, by: str, name: str = "s1") -> str:
    """Words put at the start, marked; the change that holds both."""
    with writer.document.transaction():
        writer.line(0).insert(0, words, {"insertion": {"by": by, "id": name}})
    return writer.made[-1]


def test_in_ones_own_name_alone() -> None:
    """[PAPER18] Nobody is made to say what they did not say."""
    world, base = begun()
    assert world.refusal(ANN, edit(suggests(Writer(11, base), "Never", "bob"))) is Code.INVALID
    assert parts(world.state) == [base]
    world.do(ANN, edit(suggests(Writer(12, base), "Perhaps ", "ann")))
    assert "Perhaps" in text(world.state)
    assert merging.understood(parts(world.state)[-1]).suggestions == {("ann", "s1")}


@pytest.mark.parametrize("others", [BOB, CY])
def test_what_is_there_may_be_written_around(others: object) -> None:
    """[PAPER18] Who writes amid a suggestion names it again; who names it anew is refused."""
    world, base = begun()
    world.do(ANN, edit(suggests(Writer(11, base), "Perhaps ", "ann")))
    actor = BOB if others is BOB else CY
    amid = Writer(12, *parts(world.state))
    amid.take()
    with amid.document.transaction():
        amid.line(0).insert(3, "X", {"insertion": None})
    assert ("ann", "s1") in merging.understood(amid.made[-1]).suggestions
    world.do(actor, edit(amid.made[-1]))
    again = Writer(13, *parts(world.state))
    assert world.refusal(actor, edit(suggests(again, "More ", "ann", "s2"))) is Code.INVALID


def test_facilitators_may_take_a_decision_back() -> None:
    """[PAPER18] [PAPER10] Though what was decided is in the paper no more."""
    world, base = begun()
    world.do(FAY, edit(suggests(Writer(11, base), "Perhaps ", "ann")))
    assert "Perhaps" in text(world.state)


def test_what_waited_is_looked_at_when_its_time_has_come() -> None:
    """[PAPER18] [PAPER5] It is no way round."""
    world, base = begun()
    ann = Writer(11, base)
    first, hostile = ann.insert(4, " upon"), suggests(ann, "Never", "bob")
    world.do(ANN, edit(hostile))
    world.do(ANN, edit(first))
    assert "Never" not in text(world.state)
    assert " upon" in text(world.state)
    assert list(world.state.updates.values())[-1].held is False
