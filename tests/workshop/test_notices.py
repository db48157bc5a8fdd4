"""What facilitators say to the room."""

import pytest
from pydantic import ValidationError

from protocol import commands as c
from protocol import limits
from protocol.codes import Code
from protocol.records import Notice
from server.workshop.seen_by import seen
from tests.workshop.world import ANN, FAY, SCREEN, World, eyes, with_boards


def said(world: World) -> dict[str, Notice]:
    return {id_: record for id_, record in world.state.records["notice"].items() if isinstance(record, Notice)}


def test_facilitators_say_a_line_to_all_or_to_one_group() -> None:
    """[SAY1]."""
    world = with_boards("open")
    world.do(FAY, c.NoticeSay(id="m1", text="Five minutes to go"))
    world.do(FAY, c.NoticeSay(id="m2", text="Look at costs too", board="i2"))
    assert [(n.text, n.board, n.by, n.ended) for n in said(world).values()] == [
        ("Five minutes to go", None, "fay", False),
        ("Look at costs too", "i2", "fay", False),
    ]
    assert world.refusal(ANN, c.NoticeSay(id="m3", text="Hear me")) is Code.FORBIDDEN
    assert world.refusal(FAY, c.NoticeSay(id="m1", text="Again")) is Code.EXISTS
    assert world.refusal(FAY, c.NoticeSay(id="m3", text="You", board="i3")) is Code.NOT_FOUND


def test_a_line_is_short_and_there_are_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """[SAY1] [LIMIT5] [LIMIT3]."""
    world = with_boards("open")
    world.do(FAY, c.NoticeSay(id="m1", text="x" * 280))
    for text in ("x" * 281, " \n", "a\x07b"):
        with pytest.raises(ValidationError):
            c.NoticeSay(id="m2", text=text)
    monkeypatch.setattr(limits, "NOTICES", 1)
    assert world.refusal(FAY, c.NoticeSay(id="m2", text="More")) is Code.TOO_MANY


def test_a_line_to_a_group_is_not_for_the_wall() -> None:
    """[SAY2]."""
    world = with_boards("open")
    world.do(FAY, c.NoticeSay(id="m1", text="To all"))
    world.do(FAY, c.NoticeSay(id="m2", text="To one", board="i2"))
    for who, ids in ((FAY, ["m1", "m2"]), (ANN, ["m1", "m2"]), (SCREEN, ["m1"])):
        assert [record.id for record in seen(world.state, eyes(who)) if record.kind == "notice"] == ids


def test_a_line_taken_off_the_screens_stays_in_the_list() -> None:
    """[SAY3]."""
    world = with_boards("open")
    world.do(FAY, c.NoticeSay(id="m1", text="Five minutes to go"))
    assert world.refusal(ANN, c.NoticeEnd(id="m1")) is Code.FORBIDDEN
    assert world.refusal(FAY, c.NoticeEnd(id="m2")) is Code.NOT_FOUND
    world.do(FAY, c.NoticeEnd(id="m1"))
    assert said(world)["m1"].ended
    assert world.do(FAY, c.NoticeEnd(id="m1")) == ()
