"""The paper: begun once, written by many, merged without loss, in whatever order it comes."""

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocol import commands as c
from protocol import limits
from protocol.base import Role
from protocol.changes import Drop, Patch, Put
from protocol.codes import Code
from protocol.entries import Draft, Entry
from protocol.records import Paper, Update
from protocol.version import FORM
from server.workshop import merging
from server.workshop.actor import SYSTEM, Actor
from server.workshop.fold import apply, fold
from server.workshop.invariants import broken
from server.workshop.rebase import rebased
from server.workshop.restore import restoring
from server.workshop.seen_by import Viewer, seen
from server.workshop.state import State
from tests.workshop.world import ANN, BOB, CY, FAY, SCREEN, World, eyes, with_boards
from tests.workshop.writing import Writer, nothing

_ids = count()


def edit(data: str) -> c.PaperEdit:
    return c.PaperEdit(id=f"u{next(_ids)}", data=data, form=FORM)


def begun(text: str = "Once") -> tuple[World, str]:
    """A world with a paper of one paragraph; its base."""
    world = with_boards("open")
    first = Writer(1)
    first.paragraph(text)
    base = merging.encoded(first.document.get_update())
    world.do(SYSTEM, c.PaperBegin(base=base, by="fay"))
    return world, base


def text(state: State) -> str:
    """What the paper says."""
    assert state.paper is not None
    told = [update for update in state.updates.values() if not update.held]
    document = merging.whole(state.paper, told)
    return Writer(2, merging.encoded(document.get_update())).text


def parts(state: State) -> list[str]:
    """What whoever comes gets, in order: unlike browsers, the tests' library does not wait for what is missing."""
    assert state.paper is not None
    told = sorted((update for update in state.updates.values() if not update.held), key=lambda update: update.n)
    return [state.paper.base, *(update.data for update in told)]


def test_begun_once() -> None:
    """[PAPER1]."""
    world, base = begun()
    assert world.refusal(SYSTEM, c.PaperBegin(base=nothing())) is Code.EXISTS
    assert world.refusal(FAY, c.PaperBegin(base=nothing())) is Code.FORBIDDEN
    assert world.state.paper == Paper(id="paper", base=base, target=limits.PAPER_WORDS, by="fay", at=world.now - 2_000)


def test_there_is_none_before() -> None:
    """[PAPER3]."""
    world = with_boards("open")
    assert world.refusal(ANN, edit(nothing())) is Code.NOT_FOUND
    assert world.refusal(FAY, c.PaperSet(target=500)) is Code.NOT_FOUND


def test_how_long_it_should_be() -> None:
    """[PAPER1] Facilitators say."""
    world, _ = begun()
    world.do(FAY, c.PaperSet(target=500))
    assert world.state.paper is not None
    assert world.state.paper.target == 500
    assert world.refusal(ANN, c.PaperSet(target=500)) is Code.FORBIDDEN


def test_whoever_takes_part_writes() -> None:
    """[PAPER3] [MUTE1] [STEP7]."""
    world, base = begun()
    for actor, client in ((ANN, 11), (BOB, 12), (FAY, 13)):
        world.do(actor, edit(Writer(client, base).paragraph(f"by {actor.person}")))
    for actor in (ANN, BOB, FAY):
        assert f"by {actor.person}" in text(world.state)
    assert [update.by for update in world.state.updates.values()] == ["ann", "bob", "fay"]
    assert world.refusal(SCREEN, edit(Writer(14, base).paragraph("wall"))) is Code.FORBIDDEN
    world.do(FAY, c.PersonMute(person="cy", muted=True))
    assert world.refusal(CY, edit(Writer(15, base).paragraph("muted"))) is Code.MUTED
    world.go("close")
    assert world.refusal(ANN, edit(Writer(16, base).paragraph("late"))) is Code.CLOSED


def test_sent_to_who_watches_it() -> None:
    """[PAPER2]."""
    world, base = begun()
    world.do(ANN, edit(Writer(11, base).paragraph("more")))
    for actor in (FAY, ANN, SCREEN):
        assert not [r for r in seen(world.state, eyes(actor)) if isinstance(r, Paper | Update)]
        watching = seen(world.state, Viewer(actor.role, actor.person, paper=True))
        assert len([r for r in watching if isinstance(r, Paper | Update)]) == 2


@pytest.mark.parametrize("data", ["AAAA", "AAA=", "AQEJAAcBBXBhcGVyAwZzY3JpcHQA"])
def test_what_is_no_change_is_refused(data: str) -> None:
    """[PAPER4] Or changes nothing."""
    world, base = begun()
    before = parts(world.state)
    if data == "AAA=":
        world.do(ANN, edit(data))
        assert text(world.state) == Writer(2, base).text
    else:
        assert world.refusal(ANN, edit(data)) is Code.INVALID
        assert parts(world.state) == before


def test_it_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """[PAPER4]."""
    world, base = begun()
    monkeypatch.setattr(limits, "PAPER_BYTES", len(base))
    assert world.refusal(ANN, edit(Writer(11, base).paragraph("x" * 400))) is Code.TOO_MANY


def test_what_comes_too_early_waits() -> None:
    """[PAPER5] Sent to nobody, and not lost."""
    world, base = begun()
    ann = Writer(11, base)
    one, two, three = ann.insert(4, " upon"), ann.insert(9, " a"), ann.insert(11, " time")
    world.do(ANN, edit(three))
    world.do(BOB, edit(two))
    assert [update.held for update in world.state.updates.values()] == [True, True]
    watching = seen(world.state, Viewer(Role.PARTICIPANT, "cy", paper=True))
    assert not [r for r in watching if isinstance(r, Update)]
    assert text(world.state) == Writer(2, base).text
    changes = world.do(ANN, edit(one))
    assert [type(change) for change in changes] == [Put, Patch, Patch]
    assert text(world.state) == ann.text
    assert broken(world.state) == []


def test_what_waits_is_read_when_its_time_has_come() -> None:
    """[PAPER4] [PAPER5] A paragraph within a paragraph of which nothing was known."""
    world, base = begun()
    hostile = merging.encoded(b"\1\1\x0c\0\7\0\x0b\0\3\tparagraph\0")
    world.do(CY, edit(hostile))
    assert [update.held for update in world.state.updates.values()] == [True]
    ann = Writer(11, base)
    changes = world.do(ANN, edit(ann.paragraph("mine")))
    assert [type(change) for change in changes] == [Put, Drop]
    assert text(world.state) == ann.text


def test_the_base_takes_in_what_lies_beside_it() -> None:
    """[PAPER6] And nothing that was written is another then."""
    world, base = begun()
    ann, bob = Writer(11, base), Writer(12, base)
    for n in range(2 * merging.FOLD + 3):
        writer, actor = ((ann, ANN), (bob, BOB))[n % 2]
        change = writer.insert(2, f"{n} ")
        world.do(actor, edit(change))
        (bob if writer is ann else ann).hear(change)
    assert world.state.paper is not None
    assert world.state.paper.folded == 2 * merging.FOLD
    assert len(world.state.updates) == 3
    assert text(world.state) == ann.text == bob.text
    assert all(f"{n} " in ann.text for n in range(2 * merging.FOLD + 3))
    assert broken(world.state) == []


_STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["insert", "insert", "delete", "paragraph", "hear", "send"]),
        st.integers(0, 30),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(_STEPS, st.randoms())
def test_all_have_the_same_in_the_end(steps: list[tuple[int, str, int]], luck: Any) -> None:
    """[PAPER3] [PAPER5] [PAPER6] Three who write at once, hear late, and are heard in any order."""
    world, base = begun("The same paragraph")
    writers = [Writer(11 + n, base) for n in range(3)]
    actors = (ANN, BOB, CY)
    words: list[str] = []
    for who, what, where in steps:
        writer = writers[who]
        length = len(writer.line(0))
        if what == "insert":
            words.append(f"w{len(words)}x")
            writer.insert(min(where, length), words[-1])
        elif what == "paragraph":
            words.append(f"w{len(words)}x")
            writer.paragraph(words[-1])
        elif what == "delete" and length > where + 1:
            writer.delete(where, where + 1)
        elif what == "hear":
            writer.hear(*parts(world.state))
        elif what == "send":
            _sent(world, actors[who], writer, luck)
    for actor, writer in zip(actors, writers, strict=True):
        _sent(world, actor, writer, luck)
    for writer in writers:
        writer.hear(*parts(world.state))
    assert {writer.text for writer in writers} == {text(world.state)}
    assert not [update for update in world.state.updates.values() if update.held]
    assert broken(world.state) == []
    if not any(what == "delete" for _, what, _ in steps):
        assert len(writers[0].text) == sum(map(len, words)) + len(Writer(2, base).text) + sum(
            len("<paragraph></paragraph>") for _, what, _ in steps if what == "paragraph"
        )


def _sent(world: World, actor: Actor, writer: Writer, luck: Any) -> None:
    """Out of order, and some of it twice."""
    made = writer.take()
    luck.shuffle(made)
    for data in made + made[:1]:
        world.do(actor, edit(data))


def _branches(begin: bool) -> tuple[State, State, list[Entry]]:
    """A state, one in which others wrote meanwhile, and what was lost."""
    world, base = begun()
    origin = world.state.copy()
    there, here = World(), World()
    there.state, there.log = origin.copy(), list(world.log)
    here.state, here.log = origin.copy(), list(world.log)
    if not begin:
        for side in (there, here):
            apply(side.state, [Drop(kind="paper", id="paper")])
        apply(origin, [Drop(kind="paper", id="paper")])
        for side, client in ((there, 51), (here, 52)):
            other = Writer(client)
            other.paragraph(f"begun by {client}")
            side.do(SYSTEM, c.PaperBegin(base=merging.encoded(other.document.get_update())))
            base = merging.encoded(other.document.get_update())
            side.do(ANN, edit(Writer(client + 10, base).insert(0, f"writer {client} ")))
    else:
        ann, bob = Writer(11, base), Writer(12, base)
        for n in range(merging.FOLD + 1):
            there.do(ANN, edit(ann.insert(0, f"a{n}-")))
            here.do(BOB, edit(bob.insert(0, f"b{n}-")))
    return origin, here.state, there.log[len(world.log) :]


@pytest.mark.parametrize("begin", [True, False])
def test_what_was_lost_comes_back(begin: bool) -> None:
    """[PAPER7] [HEAL4] What either wrote is there, also where both folded, or both began one."""
    origin, state, branch = _branches(begin)
    drafts = rebased(origin, state, branch, lambda _: True)
    for draft in drafts:
        fold(state, Entry.after(state.head, 1, draft))
    assert broken(state) == []
    words = text(state)
    wanted = [f"{who}{n}-" for who in "ab" for n in range(merging.FOLD + 1)] if begin else ["writer 51", "writer 52"]
    assert [word for word in wanted if word not in words] == []


def test_what_stood_before_comes_back() -> None:
    """[PAPER7] [HEAL5] Into a store that came back empty, and in which others began another."""
    _, theirs, _ = _branches(begin=False)
    mine, base = begun("Mine")
    mine.do(ANN, edit(Writer(11, base).insert(0, "All ")))
    drafts: list[Draft] = restoring(theirs, mine.state, {})
    for draft in drafts:
        fold(theirs, Entry.after(theirs.head, 1, draft))
    assert "All Mine" in text(theirs)
    assert "writer 52" in text(theirs)
    assert broken(theirs) == []
    assert restoring(theirs, mine.state, dict.fromkeys(mine.state.clients, 1_000)) == []
