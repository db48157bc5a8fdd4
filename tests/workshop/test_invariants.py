"""The invariants: each finds what breaks it."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from protocol import commands as c
from protocol import limits
from protocol.changes import AnyChange, Change
from server.workshop import invariants
from server.workshop.fold import apply
from server.workshop.invariants import broken
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, FAY, World, with_boards, writing

CHANGE: TypeAdapter[Change] = TypeAdapter(AnyChange)
BREAKS: list[tuple[str, str, str, dict[str, Any] | None]] = [
    ("STEP1", "step", "plenary", None),
    ("STEP4", "workshop", "workshop", {"spotlight": "gone"}),
    ("GATHER1", "workshop", "workshop", {"gathered": "fay", "spotlight": None}),
    ("STEP9", "workshop", "workshop", {"extended": 500}),
    ("JOIN1", "note", "n1", {"by": "zed"}),
    ("JOIN3", "person", "ann", {"role": "projector"}),
    ("ISSUE4", "issue", "i3", {"merged": "gone"}),
    ("ISSUE6", "person", "ann", {"board": "gone"}),
    ("SEAT1", "person", "ann", {"host": "gone"}),
    ("ROLE5", "person", "ann", {"leads": "gone"}),
    ("REMOVE1", "person", "fay", {"removed": True}),
    ("MUTE1", "person", "fay", {"muted": True}),
    ("ISSUE6", "board", "i2", {"title": "Another"}),
    ("ISSUE6", "issue", "i2", None),
    ("NOTE5", "note", "n1", {"text": ""}),
    ("NOTE5", "note", "n1", {"sealed": True}),
    ("NOTE5", "note", "n1", {"siblings": ["x", "x"]}),
    ("NOTE10", "note", "n1", {"board": "gone"}),
    ("NOTE10", "section", "pro", None),
    ("NOTE10", "step", "open", None),
    ("NOTE11", "note", "n1", {"lenses": ["l1", "l1"]}),
    ("NOTE11", "lens", "l1", None),
    ("STACK1", "stack", "s", None),
    ("STACK1", "note", "n3", {"stack": None}),
    ("STACK2", "stack", "s", {"section": "gone"}),
    ("STACK3", "note", "n3", {"section": "con"}),
    ("COMMENT1", "comment", "c1", {"note": "gone"}),
    ("GIVE1", "contribution", "g1", {"blob": "b"}),
    ("GIVE4", "contribution", "g1", {"note": "gone"}),
    ("JOIN1", "contribution", "g1", {"by": "zed"}),
    ("REACT1", "reaction", "n1.bob", None),
    ("REACT1", "note", "n1", {"reactions": 2}),
    ("VOTE1", "ballot", "vote.bob.n1", {"dots": 0}),
    ("VOTE2", "ballot", "vote.bob.n1", {"dots": limits.DOTS}),
    ("VOTE4", "ballot", "vote.bob.n1", {"target": "i1"}),
    ("VOTE4", "step", "vote", None),
    ("VOTE5", "tally", "vote.n1", {"dots": 3}),
    ("VOTE5", "tally", "vote.n1", None),
]


def sound() -> World:
    """A world with something of every kind."""
    world = with_boards("open")
    for id_ in ("n1", "n2", "n3", "n4"):
        world.do(ANN, writing(id_))
    world.do(BOB, c.StackMake(id="s", notes=("n3", "n4")))
    world.do(BOB, c.CommentAdd(id="c1", note="n1", rank="a0", text="yes"))
    world.do(BOB, c.LinkAdd(id="g1", title="A", url="https://example.org", note="n1"))
    world.do(BOB, c.NoteReact(id="n1", on=True))
    world.do(ANN, c.NoteTag(id="n1", lenses=("l1",)))
    world.go("vote")
    for target in ("n1", "n2"):
        world.do(BOB, c.VoteCast(round="vote", target=target, dots=1))
    world.go("plenary")
    world.do(FAY, c.WorkshopSpotlight(target="n1"))
    return world


@pytest.mark.parametrize(("rule", "kind", "id_", "fields"), BREAKS)
def test_what_breaks_a_rule_is_found(rule: str, kind: str, id_: str, fields: dict[str, Any] | None) -> None:
    """[ARCH2]."""
    state = sound().state
    assert broken(state) == []
    plain = (
        {"op": "patch", "kind": kind, "id": id_, "set": fields} if fields else {"op": "drop", "kind": kind, "id": id_}
    )
    apply(state, [CHANGE.validate_python(plain)])
    assert any(wrong.startswith(f"[{rule}]") for wrong in broken(state))


def test_too_many_records_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """[LIMIT5]."""
    monkeypatch.setitem(invariants.SIZES, "note", 1)
    assert broken(sound().state) == ["[LIMIT5] there are more than 1 of note"]


def test_a_record_out_of_place_and_a_wrong_index_are_found() -> None:
    """[FOLD2] [FOLD3]."""
    state = sound().state
    state.records["lens"]["l9"] = state.records["lens"]["l2"]
    state.notes_on["i1"] += 1
    rules = {wrong.split()[0] for wrong in broken(state)}
    assert rules == {"[FOLD2]", "[FOLD3]"}


def test_an_empty_state_is_no_workshop() -> None:
    """[STEP1]."""
    state = State()
    apply(state, [])
    assert broken(state) == ["there is no workshop"]
