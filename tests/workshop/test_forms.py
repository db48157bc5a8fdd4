"""The forms of the paper: an app that knows less than it holds takes nothing out of it."""

import hashlib

import pytest
from pycrdt import XmlElement

from protocol import commands as c
from protocol.changes import Patch
from protocol.codes import Code
from protocol.records import Paper, Update
from protocol.version import FORM, FORMS
from server.workshop import merging, paper, shelf, yjs
from server.workshop.fold import apply
from server.workshop.restore import paper_of_both
from server.workshop.seen_by import Viewer, affected, seen
from server.workshop.state import State
from tests.workshop.test_paper import begun, text
from tests.workshop.world import ANN, BOB, FAY, World
from tests.workshop.writing import Writer

OLD, NEW = FORM, FORM + 1


def edit(id_: str, data: str, form: int = OLD) -> c.PaperEdit:
    """What an app that knows this form wrote."""
    return c.PaperEdit(id=id_, data=data, form=form)


@pytest.fixture
def renewed(monkeypatch: pytest.MonkeyPatch) -> tuple[World, str]:
    """A server that knows a newer form than the paper that was begun before; and that paper's base."""
    world = begun()
    monkeypatch.setattr(paper, "FORM", NEW)
    return world


def test_what_it_holds_has_its_number() -> None:
    """[FORM1] What an older app cannot know asks for a newer form."""
    holds = sorted((name, sorted(inner)) for name, inner in shelf.CHILDREN.items())
    marks = sorted((name, sorted(attributes)) for name, attributes in yjs.MARKS.items())
    found = hashlib.sha256(repr((holds, marks)).encode()).hexdigest()
    assert max(FORMS) == FORM
    assert FORMS[FORM][0] == found, "the paper may hold something else: add a form to protocol/version.py"


def test_it_is_of_the_newest_that_was_written(renewed: tuple[World, str]) -> None:
    """[FORM1] Whatever is claimed, not newer than the server's; and never older again."""
    world, base = renewed
    assert world.state.workshop.paper_form == OLD
    world.do(ANN, edit("u1", Writer(11, base).paragraph("old")))
    assert world.state.workshop.paper_form == OLD
    world.do(BOB, edit("u2", Writer(12, base).paragraph("new"), NEW + 7))
    assert world.state.workshop.paper_form == NEW
    world.do(ANN, edit("u3", Writer(13, base).paragraph("late")))
    assert world.state.workshop.paper_form == NEW


def test_who_knows_less_is_sent_nothing(renewed: tuple[World, str]) -> None:
    """[FORM2] Not what was there before either, from the moment on."""
    world, base = renewed
    old, new = (Viewer(ANN.role, "ann", paper=True, form=form) for form in (OLD, NEW))
    world.do(ANN, edit("u1", Writer(11, base).paragraph("old")))
    assert told(world.state, old) == told(world.state, new) == {"paper", "u1"}
    [raising] = [
        one for one in world.do(BOB, edit("u2", Writer(12, base).paragraph("x"), NEW)) if isinstance(one, Patch)
    ]
    assert {("paper", "paper"), ("update", "u1")} <= affected(world.state, [raising])
    assert told(world.state, old) == set()
    assert told(world.state, new) == {"paper", "u1", "u2"}


def told(state: State, viewer: Viewer) -> set[str]:
    """What of the paper is sent."""
    return {record.id for record in seen(state, viewer) if isinstance(record, Paper | Update)}


def test_an_older_app_takes_nothing_out(renewed: tuple[World, str]) -> None:
    """[FORM3] But what it only adds goes in, and what it took back of its own."""
    world, base = renewed
    late = Writer(12, base)
    ann = Writer(11, base)
    element = ann.root.children
    element.append(XmlElement("live_quote", {"of": "n1"}))
    world.do(ANN, edit("u1", ann.take()[-1], NEW))
    late.hear(world.state.updates["u1"].data)
    del late.root.children[1]
    assert world.refusal(BOB, edit("u2", late.take()[-1])) is Code.VERSION
    assert world.refusal(BOB, edit("u3", Writer(13, base).delete(0, 2))) is Code.VERSION
    with_slip = Writer(14, base)
    with with_slip.document.transaction():
        with_slip.line(0).insert(4, " upon")
        del with_slip.line(0)[4:5]
    world.do(BOB, edit("u4", with_slip.take()[-1]))
    assert "Onceupon" in text(world.state)
    assert "live_quote" in text(world.state)
    world.do(FAY, edit("u5", Writer(15, base).delete(0, 2), NEW))
    assert "Onceupon" not in text(world.state)


def test_an_older_instance_takes_nothing_in() -> None:
    """[FORM5] It is kept on the device, and sent again."""
    world, base = begun()
    apply(world.state, [Patch(kind="workshop", id="workshop", set={"paper_form": NEW})])
    assert world.refusal(ANN, edit("u1", Writer(11, base).paragraph("mine"), NEW)) is Code.BUSY


def test_a_store_that_came_back_older_learns_the_form(renewed: tuple[World, str]) -> None:
    """[FORM1] [PAPER7] So that nobody gets what their app does not know."""
    world, base = renewed
    before = world.state.copy()
    world.do(ANN, edit("u1", Writer(11, base).paragraph("new"), NEW))
    apply(before, paper_of_both(before, world.state))
    assert before.workshop.paper_form == NEW
    assert paper_of_both(before, world.state) == ()


def test_one_that_begins_is_of_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """[FORM1]."""
    monkeypatch.setattr(paper, "FORM", NEW)
    world, base = begun()
    assert world.state.workshop.paper_form == NEW
    assert merging.holds(base, base)
