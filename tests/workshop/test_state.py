"""The state: records, counters, digest."""

import pytest

from protocol import commands as c
from protocol.base import Place, Role
from protocol.entries import Head
from server.workshop.actor import SYSTEM
from server.workshop.fold import apply
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, FAY, World, with_boards, writing
from tests.workshop.writing import Writer, nothing


def test_the_digest_covers_records_and_counters_and_nothing_else() -> None:
    """[FOLD5]."""
    one, other = World().state, World().state
    assert one.digest() == other.digest()
    other.head = Head(99, "f" * 64)
    assert one.digest() == other.digest()
    other.clients["ann"] = ("ann", 7, 3)
    assert one.digest() != other.digest()


def test_the_digest_covers_every_kind_of_record() -> None:
    """[FOLD5]."""
    world = with_boards("vote")
    for id_ in ("n1", "n2"):
        world.do(ANN, writing(id_))
    world.do(ANN, c.StackMake(id="s", notes=("n1", "n2")))
    world.do(ANN, c.CommentAdd(id="c1", note="n1", rank="a0", text="yes"))
    world.do(ANN, c.NoteReact(id="n1", on=True))
    world.do(ANN, c.VoteCast(round="vote", target="n1", dots=1))
    world.do(ANN, c.ActivityAdd(id="a1", rank="a0", title="do it", start=3, length=1))
    world.do(SYSTEM, c.KeyReplace(role=Role.FACILITATOR))
    world.do(SYSTEM, c.DoorSet(policy="approve"))
    world.do(SYSTEM, c.PersonJoin(id="gus", name="Gus", role=Role.PARTICIPANT, place=Place.ROOM, code="ABC234"))
    world.do(FAY, c.NoticeSay(id="m", text="Five minutes to go"))
    world.do(FAY, c.MemoWrite(step="vote", text="Ask about costs"))
    world.do(SYSTEM, c.PaperBegin(base=nothing()))
    world.do(ANN, c.PaperEdit(id="u", data=Writer(11, nothing()).paragraph("Together")))
    world.do(ANN, c.LinkAdd(id="g1", title="The data", url="https://example.org"))
    world.do(SYSTEM, c.HookSet(address="https://example.org/hook"))
    seen = {world.state.digest()}
    for kind, records in world.state.records.items():
        again = State.from_bytes(world.state.to_bytes())
        assert records, f"no {kind} to try"
        del again.records[kind][next(iter(records))]
        seen.add(again.digest())
    assert len(seen) == 1 + len(world.state.records)


def test_the_digest_does_not_depend_on_the_order_of_arrival() -> None:
    """[FOLD5]."""
    one, other = with_boards("open"), with_boards("open")
    one.do(ANN, writing("n1"))
    changes = one.log[-1].changes
    n2 = with_boards("open")
    more = n2.do(BOB, writing("n2"))
    apply(one.state, more)
    apply(other.state, [*more, *changes])
    other.state.clients = dict(reversed(one.state.clients.items()))
    assert one.state.digest() == other.state.digest()


def test_a_snapshot_holds_head_counters_and_records() -> None:
    """[FOLD2]."""
    state = with_boards("open").state
    again = State.from_bytes(state.to_bytes())
    assert (again.records, again.clients, again.head) == (state.records, state.clients, state.head)
    assert again.digest() == state.digest()


@pytest.mark.parametrize("body", [b"", b"{", b'{"records": [{"kind": "ghost"}], "clients": {}}'])
def test_what_is_no_snapshot_is_a_value_error(body: bytes) -> None:
    """[FOLD2]."""
    with pytest.raises(ValueError, match=r"."):
        State.from_bytes(body)


def test_an_empty_state_has_every_kind_and_nothing_in_it() -> None:
    """[FOLD1]."""
    state = State()
    assert state.head.seq == 0
    assert all(records == {} for records in state.records.values())
    assert state.get("note", "n1") is None
