"""Who is here, without a line."""

import pytest

from protocol import commands as c
from protocol import limits
from protocol.messages import Cursor, HereDown, HereUp, Present
from server.live.presence import Presence
from tests.workshop.world import ANN, FAY, World, writing


@pytest.fixture
def world() -> World:
    """Two boards."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=("i1", "i2")))
    return world


def told(presence: Presence, world: World) -> Present:
    """What is told of Ann."""
    [present] = presence.roster(world.state).people
    return present


def test_other_instances(world: World) -> None:
    """[HERE3] A person here and there is one; who goes there is gone there; an instance that falls silent fades."""
    presence = Presence()
    presence.here("ann", 1, HereUp(), 0)
    presence.theirs("x", {"ann": [HereUp(), HereUp(board="i1")], "bob": [HereUp()]}, 0)
    news = presence.news(world.state)
    assert news
    assert [(p.person, p.devices) for p in news.people] == [("ann", 3), ("bob", 1)]
    assert presence.ours() == {"ann": (HereUp(),)}
    presence.theirs("x", {"ann": [HereUp()]}, 1)
    presence.theirs("y", {"bob": [HereUp()]}, 1)
    news = presence.news(world.state)
    assert news
    assert (news.gone, [(p.person, p.devices) for p in news.people]) == ((), [("ann", 2), ("bob", 1)])
    presence.theirs("y", {"bob": [HereUp()]}, limits.PRESENCE_MS)
    presence.fade(limits.PRESENCE_MS + 2)
    assert [(p.person, p.devices) for p in presence.roster(world.state).people] == [("ann", 1), ("bob", 1)]


def test_what_is_held_unsaved(world: World) -> None:
    """[MON2] [SEE7] The sum of their devices, as each told last; not once a step hid who writes."""
    world.go("propose")
    presence = Presence()
    presence.here("ann", 1, HereUp(unsaved=3), 0)
    presence.here("ann", 2, HereUp(unsaved=2), 1)
    assert told(presence, world).unsaved == 5
    presence.here("ann", 1, HereUp(), 2)
    assert told(presence, world).unsaved == 2
    for step, shown in (("private", 0), ("open", 0), ("reveal", 2), ("nameless", 0), ("vote", 0)):
        if step == "reveal":
            world.do(FAY, c.StepReveal(step="private"))
        else:
            world.go(step)
        assert told(presence, world).unsaved == shown


def test_only_ours_is_told_to_others() -> None:
    """[HERE3] What another instance said is not told on, so two never echo each other."""
    presence = Presence()
    presence.theirs("x", {"ann": [HereUp()]}, 0)
    presence.left("ann", ("x", 0))
    assert not presence.ours_changed
    presence.here("ann", 1, HereUp(), 0)
    assert presence.ours_changed


def test_joined(world: World) -> None:
    """[HERE1] [HERE2] However much happened, one word of each; two devices are one person, until both are gone."""
    presence = Presence()
    for i in range(5):
        presence.here("ann", 1, HereUp(board=f"i{i}"), i)
        presence.here("ann", 2, HereUp(), i)
    presence.here("bob", 3, HereUp(), 5)
    news = presence.news(world.state)
    assert news
    assert [(p.person, p.devices) for p in news.people] == [("ann", 2), ("bob", 1)]
    assert presence.news(world.state) is None
    presence.left("ann", 1)
    news = presence.news(world.state)
    assert news
    assert [(p.person, p.devices) for p in news.people] == [("ann", 1)]
    presence.left("ann", 2)
    presence.left("ann", 2)
    news = presence.news(world.state)
    assert news
    assert news.gone == ("ann",)


def test_fading(world: World) -> None:
    """[HERE2] [HERE3] Whom another instance has fades with it; who is here stays until the line is ended."""
    presence = Presence()
    presence.here("ann", 1, HereUp(), 0)
    presence.theirs("x", {"bob": [HereUp()]}, 0)
    presence.news(world.state)
    presence.fade(limits.PRESENCE_MS)
    assert presence.news(world.state) is None
    presence.fade(limits.PRESENCE_MS + 1)
    news = presence.news(world.state)
    assert news
    assert news.gone == ("bob",)


@pytest.mark.parametrize(("step", "tells"), [("open", True), ("private", False), ("nameless", False)])
def test_who_edits(world: World, step: str, tells: bool) -> None:
    """[SEE7] Editing is told of a note that all may read and whose author all may know; of no other."""
    world.go(step)
    world.do(ANN, writing("x", "text"))
    presence = Presence()
    presence.here("ann", 1, HereUp(board="i1", note="x", typing=True), 0)
    assert told(presence, world).note == ("x" if tells else None)
    assert told(presence, world).typing is tells
    presence.here("ann", 1, HereUp(board="i1", note="unheard-of", typing=True), 0)
    assert told(presence, world) == Present(person="ann", board="i1")


@pytest.mark.parametrize(("step", "tells"), [("open", True), ("private", False), ("nameless", False)])
def test_who_writes(world: World, step: str, tells: bool) -> None:
    """[SEE7] Who types a new note will be its author: told only where the note tells, also of a late one."""
    world.go(step)
    presence = Presence()
    presence.here("ann", 1, HereUp(board="i1", typing=True), 0)
    assert told(presence, world).typing is tells
    world.do(ANN, writing("x", "text"))
    world.go("plenary")
    assert told(presence, world).typing is tells


def test_a_crowd(world: World) -> None:
    """[HERE5] [SEE7] How many, and who writes by name, as far as that may be told; nobody is counted twice."""
    presence = Presence()
    for number in range(limits.CROWD):
        presence.here(f"p{number}", number, HereUp(), 0)
    presence.here("ann", 1_000, HereUp(board="i1", typing=True), 0)
    crowd = presence.crowd(world.state)
    assert (crowd.all, crowd.others) == (True, limits.CROWD)
    assert crowd.people == (Present(person="ann", board="i1", typing=True),)
    world.go("private")
    assert presence.crowd(world.state) == HereDown(all=True, people=(), others=limits.CROWD + 1)


def test_who_writes_what_waits_is_not_told(world: World) -> None:
    """[MOD3] [SEE7] Not while it waits, and not while it is only being written."""
    world.go("open")
    world.do(FAY, c.StepEdit(step="open", moderated=True))
    world.do(ANN, writing("n1"))
    presence = Presence()
    presence.here("ann", 1, HereUp(board="i1", typing=True), 0)
    assert not told(presence, world).typing
    presence.here("ann", 1, HereUp(board="i1", note="n1", typing=True), 1)
    assert (told(presence, world).note, told(presence, world).typing) == (None, False)
    world.do(FAY, c.NoteAdmit(ids=("n1",)))
    assert told(presence, world).note == "n1"


def test_where_people_are_in_the_paper(world: World) -> None:
    """[PAPER8] Told to who watches it; all others are told nothing when it is only that."""
    presence = Presence()
    presence.here("ann", 1, HereUp(), 0)
    assert presence.news(world.state)
    assert presence.pointing(world.state)
    there = Cursor(anchor="AAEC", head="AAED")
    presence.here("ann", 1, HereUp(cursor=there), 1)
    assert presence.news(world.state) is None
    news = presence.pointing(world.state)
    assert news
    assert [person.cursor for person in news.people] == [there]
    assert presence.pointing(world.state) is None
    presence.here("ann", 1, HereUp(cursor=there, typing=True), 2)
    news, pointing = presence.news(world.state), presence.pointing(world.state)
    assert news
    assert pointing
    assert [person.cursor for person in (*news.people, *pointing.people)] == [None, there]
    assert [person.cursor for person in presence.roster(world.state).people] == [None]
    assert [person.cursor for person in presence.roster(world.state, cursors=True).people] == [there]
    presence.left("ann", 1)
    news, pointing = presence.news(world.state), presence.pointing(world.state)
    assert news
    assert pointing
    assert news.gone == pointing.gone == ("ann",)
