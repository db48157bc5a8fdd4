"""Two ways on from one state: what one of them holds is made to stand behind the other."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocol import commands as c
from protocol.entries import Entry
from server.workshop.actor import Actor
from server.workshop.fold import fold
from server.workshop.invariants import broken
from server.workshop.rebase import rebased
from server.workshop.state import State
from tests.workshop.asking import ASKED, BASE, meant
from tests.workshop.world import ANN, BOB, CY, FAY, World, with_boards, writing

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"word\d+x")


def begun(step: str = "open") -> World:
    """Two boards and two notes."""
    world = with_boards(step)
    world.do(ANN, writing("x", BASE))
    world.do(BOB, writing("y", BASE))
    return world


def behind(world: World, branch: list[Entry], base: State) -> State:
    """The state of `world` with the branch's entries behind it."""
    state = copy.deepcopy(world.state)
    missing = [entry for entry in branch if (entry.client, entry.n) not in {(e.client, e.n) for e in world.log}]
    drafts = rebased(base, world.state, branch, lambda entry: entry in missing)
    assert [(draft.client, draft.n) for draft in drafts] == [(entry.client, entry.n) for entry in missing]
    for draft in drafts:
        fold(state, Entry.after(state.head, world.now, draft), check=True)
    return state


def parted(
    step: str, lost: Sequence[tuple[Actor, c.Command]], meanwhile: Sequence[tuple[Actor, c.Command]]
) -> tuple[State, World, World]:
    """The base, the way that was lost, and the way that was gone meanwhile."""
    world = begun(step)
    base, there = copy.deepcopy(world.state), copy.deepcopy(world)
    for where, asked in ((there, lost), (world, meanwhile)):
        for actor, command in asked:
            where.ask(actor, meant(where.state, command))
    return base, there, world


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    step=st.sampled_from(["open", "private", "vote", "choose"]),
    lost=st.lists(ASKED, max_size=12),
    meanwhile=st.lists(ASKED, max_size=12),
)
def test_any_two_ways(step: str, lost: list[tuple[Actor, c.Command]], meanwhile: list[tuple[Actor, c.Command]]) -> None:
    """[HEAL4] Whatever was done on either: what comes out is sound, every entry is there, no counter went back."""
    base, there, world = parted(step, lost, meanwhile)
    state = behind(world, there.log[base.head.seq :], base)
    assert broken(state) == []
    for source in (there.state, world.state):
        assert all(state.clients[client][1] >= n for client, (_, n, _) in source.clients.items())


def test_texts_are_merged() -> None:
    """[HEAL4] [NOTE4] [NOTE5] Of two who changed one note no word is lost; where they clash, both stand."""
    edits = [
        (ANN, c.NoteEdit(id="x", rev=1, base=BASE, text=f"word1x {BASE}")),
        (ANN, c.NoteEdit(id="y", rev=1, base=BASE, text="word2x")),
    ]
    others = [
        (BOB, c.NoteEdit(id="x", rev=1, base=BASE, text=f"{BASE} word3x")),
        (BOB, c.NoteEdit(id="y", rev=1, base=BASE, text="word4x")),
    ]
    base, there, world = parted("open", edits, others)
    state = behind(world, there.log[base.head.seq :], base)
    words = {id_: set(WORD.findall(" ".join((n.text, *n.siblings)))) for id_, n in state.notes.items()}
    assert {"word1x", "word3x"} <= words["x"]
    assert words["y"] >= {"word2x", "word4x"}


def test_dots_are_counted_again() -> None:
    """[HEAL4] [VOTE5] The dots of both ways count."""
    lost = [(ANN, c.VoteCast(round="vote", target="x", dots=2)), (CY, c.VoteCast(round="vote", target="y", dots=1))]
    meanwhile = [(BOB, c.VoteCast(round="vote", target="x", dots=1))]
    world = begun()
    world.go("vote")
    base, there = copy.deepcopy(world.state), copy.deepcopy(world)
    for where, votes in ((there, lost), (world, meanwhile)):
        for actor, command in votes:
            where.do(actor, command)
    state = behind(world, there.log[base.head.seq :], base)
    assert {tally.target: (tally.dots, tally.people) for tally in state.tallies.values()} == {"x": (3, 2), "y": (1, 1)}


def test_part_of_it_is_there() -> None:
    """[HEAL4] What another gave back already is not given again, and what hangs on it still finds it."""
    world = begun()
    base, there = copy.deepcopy(world.state), copy.deepcopy(world)
    there.do(ANN, writing("new", BASE))
    there.do(ANN, c.NoteMove(id="new", board="i2", section="con", rank="a1"))
    first = there.log[base.head.seq]
    world.log.append(Entry.after(world.state.head, world.now, first.draft))
    fold(world.state, world.log[-1])
    world.do(FAY, c.StepExtend(minutes=1))
    assert behind(world, there.log[base.head.seq :], base).notes["new"].board == "i2"
