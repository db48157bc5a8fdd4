"""Who said that they are done with the step."""

from protocol import commands as c
from protocol.codes import Code
from server.workshop.seen_by import Viewer, affected, owners, seen_by, views
from server.workshop.shares import shares
from tests.workshop.world import ANN, BOB, FAY, SCREEN, World, eyes, with_boards


def test_people_say_for_themselves_that_they_are_ready() -> None:
    """[READY1]."""
    world = with_boards("open")
    world.do(ANN, c.PersonReady(step="open", ready=True))
    assert {p.id: p.ready for p in world.state.people.values()} == {"fay": None, "ann": "open", "bob": None, "cy": None}
    assert world.do(ANN, c.PersonReady(step="open", ready=True)) == ()
    world.do(ANN, c.PersonReady(step="open", ready=False))
    assert world.state.people["ann"].ready is None
    assert "person" not in c.PersonReady.model_fields
    assert world.refusal(ANN, c.PersonReady(step="vote", ready=True)) is Code.STALE


def test_ready_is_about_its_step() -> None:
    """[READY2] The next step asks anew; going on is the facilitator's alone."""
    world = with_boards("open")
    world.do(ANN, c.PersonReady(step="open", ready=True))
    assert world.state.step.id == "open"
    world.go("vote")
    assert world.state.people["ann"].ready != world.state.step.id
    world.go("open")
    assert world.state.people["ann"].ready == world.state.step.id
    world.do(FAY, c.PersonReady(step="open", ready=True))


def told(world: World, viewer: Viewer) -> str | None:
    """What somebody is told of Ann's being ready."""
    ann = seen_by(world.state, viewer, world.state.people["ann"])
    assert ann is not None
    return str(getattr(ann, "ready", None) or "")


def test_in_an_anonymous_step_nobody_is_told_who_is_ready() -> None:
    """[READY4] But oneself; facilitators are told how many."""
    world = with_boards("nameless")
    world.do(ANN, c.PersonReady(step="nameless", ready=True))
    others = [eyes(actor) for actor in (FAY, BOB, SCREEN)]
    assert [told(world, viewer) for viewer in others] == ["", "", ""]
    assert told(world, eyes(ANN)) == "nameless"
    assert shares(world.state).ready == 1
    world.do(FAY, c.PersonRemove(person="cy", removed=True))
    assert shares(world.state).ready is None


def test_who_is_ready_is_hidden_once_the_step_is_anonymous() -> None:
    """[READY4] [SEE6] With that very change; and it stays so when the step goes."""
    world = with_boards("open")
    world.do(ANN, c.PersonReady(step="open", ready=True))
    assert told(world, eyes(FAY)) == "open"
    world.go("vote")
    changes = world.do(FAY, c.StepEdit(step="open", anonymous=True))
    keys = affected(world.state, changes)
    assert ("person", "ann") in keys
    assert "ann" in owners(world.state, keys, changes)
    assert views(world.state, eyes(FAY), keys)["person", "ann"] != world.state.people["ann"]
    world.do(FAY, c.StepDrop(step="open"))
    assert (told(world, eyes(FAY)), told(world, eyes(ANN))) == ("", "open")
