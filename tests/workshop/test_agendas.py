"""Agendas of workshops: taken out, put in, and as files."""

import json
from collections.abc import Iterable

import pytest
from pydantic import ValidationError

from protocol import commands as c
from protocol import limits
from protocol.agenda import Agenda, StepPlan
from protocol.changes import Put
from protocol.codes import Code
from protocol.entries import EMPTY, Draft, Entry
from protocol.records import Key, Record, Step, StepKind
from server.live.session import explained
from server.workshop.actor import SYSTEM
from server.workshop.agendas import agenda_of
from server.workshop.fold import apply, fold
from server.workshop.invariants import broken
from server.workshop.seen_by import affected, difference, owners, seen, views
from server.workshop.state import State
from server.workshop.templates import FOLDER, founding, load, names
from tests.workshop.world import ANN, BOB, EVERYBODY, FAY, NOW, World, eyes, with_boards, writing


def begun(agenda: Agenda) -> State:
    """A workshop that was just made with it."""
    state = State()
    changes = founding(agenda, "w1", "ABC234", agenda.name, "", NOW)
    fold(
        state,
        Entry.after(EMPTY, NOW, Draft(by="system", client="system", n=1, name="workshop.create", changes=changes)),
    )
    return state


@pytest.mark.parametrize("name", names())
def test_what_goes_in_comes_out(name: str) -> None:
    """[DUP1] [TMPL4] A template's workshop has the template's agenda, through a file and back."""
    agenda = load(name)
    file = agenda_of(begun(agenda), issues=True).model_dump_json(indent=2)
    assert Agenda.model_validate_json(file) == agenda


@pytest.mark.parametrize("name", names())
def test_every_language_has_the_same_template(name: str) -> None:
    """[TMPL3] Other words, and nothing else; where we have no words in a language, English."""
    english = load(name)
    for folder in (file for file in FOLDER.iterdir() if file.is_dir()):
        other = load(name, folder.name)
        assert other != english
        assert shape(other) == shape(english)
    assert load(name, "xx") == english


def shape(agenda: Agenda) -> dict[str, object]:
    """An agenda without its words."""
    words = {"title", "instruction", "hint", "detail"}
    plain = agenda.model_dump(exclude={"name": True, "purpose": True, "lenses": True})
    rows = {
        key: [{k: v for k, v in row.items() if k not in words} for row in plain[key]] for key in ("steps", "sections")
    }
    return {**rows, "issues": [issue.chosen for issue in agenda.issues], "lenses": len(agenda.lenses)}


def test_nothing_of_what_happened_goes_along() -> None:
    """[DUP1] No people, notes or dots; what was revealed and skipped is as at first; settings are as they are."""
    world = with_boards("private")
    world.do(ANN, writing("n1"))
    world.do(FAY, c.StepReveal(step="private"))
    world.do(FAY, c.StepEdit(step="vote", skipped=True, dots=9))
    world.do(FAY, c.IssueAdd(id="mine", rank="a8", title="Mine"))
    world.go("propose")
    world.do(BOB, c.IssueAdd(id="bobs", rank="a9", title="Of Bob"))
    state = begun(agenda_of(world.state, issues=True))
    assert broken(state) == []
    assert [step.model_copy(update={"id": "", "rank": ""}) for step in in_order(state)] == [
        step.model_copy(update={"id": "", "rank": "", "revealed": False, "shown": False, "skipped": False})
        for step in in_order(world.state)
    ]
    assert not state.people
    assert not state.notes
    assert not state.boards
    assert [issue.title for issue in state.issues.values()] == ["Issue 1", "Issue 2", "Issue 3", "Mine"]
    assert all(issue.by is None for issue in state.issues.values())
    assert not begun(agenda_of(world.state, issues=False)).issues


def in_order(state: State) -> list[Step]:
    return sorted(state.steps.values(), key=lambda step: step.rank)


def test_every_setting_of_a_step_is_decided_on() -> None:
    """[DUP1] A setting goes along unless it says what happened."""
    happened = {"kind", "id", "rank", "revealed", "shown", "skipped"}
    assert set(Step.model_fields) - happened == set(StepPlan.model_fields)


def test_a_board_without_a_choice_goes_along() -> None:
    """[DUP1] [TMPL2] Where nothing is to be chosen, the board is part of the agenda, with or without issues."""
    for issues in (True, False):
        assert [board.title for board in begun(agenda_of(begun(load("swot")), issues=issues)).boards.values()] == [
            "Where we stand"
        ]


def test_another_agenda_before_anything_began() -> None:
    """[TMPL5] [STEP1] [FAN2] Nothing of the old one is left, people stay, and every copy is what is seen."""
    world = World()
    world.do(FAY, c.IssueChoose(ids=("i1", "i2")))
    world.do(ANN, c.PersonMove(person="ann", board="i1"))
    world.do(FAY, c.WorkshopStart(at=NOW + 3_600_000))
    copies = {actor: seen(world.state, eyes(actor)) for actor in EVERYBODY}
    command = c.AgendaSet(agenda=load("retrospective"))
    before = world.state.copy()
    changes = world.do(SYSTEM, command)
    assert broken(world.state) == []
    assert agenda_of(world.state, issues=True).model_copy(update={"name": "Retrospective"}) == load("retrospective")
    assert world.state.people["ann"].board is None
    assert len(world.state.people) == len(EVERYBODY)
    assert world.state.workshop.starts == world.state.workshop.step_started == NOW + 3_600_000
    keys = affected(before, changes)
    for actor in EVERYBODY:
        copy = State()
        apply(copy, [Put(record=record) for record in copies[actor]])
        apply(copy, difference(views(before, eyes(actor), keys), views(world.state, eyes(actor), keys)))
        assert by_key(seen(world.state, eyes(actor))) == by_key(
            r for kind in copy.records.values() for r in kind.values()
        )
    assert owners(before, keys, changes) <= set(before.people)


def by_key(records: Iterable[Record]) -> dict[Key, Record]:
    return {(record.kind, record.id): record for record in records}


def test_only_before_anything_began() -> None:
    """[TMPL5] A step that was left, a note, a proposal: it has begun."""
    gone, wrote = World(), with_boards("open")
    gone.go("propose")
    assert gone.refusal(SYSTEM, c.AgendaSet(agenda=load("quick"))) is Code.NOT_NOW
    gone.do(BOB, c.IssueAdd(id="bobs", rank="a9", title="Of Bob"))
    gone.go("welcome")
    assert gone.refusal(SYSTEM, c.AgendaSet(agenda=load("quick"))) is Code.NOT_NOW
    wrote.do(ANN, writing("n1"))
    wrote.go("welcome")
    assert wrote.refusal(SYSTEM, c.AgendaSet(agenda=load("quick"))) is Code.NOT_NOW
    assert World().refusal(FAY, c.AgendaSet(agenda=load("quick"))) is Code.FORBIDDEN


def plain() -> dict[str, object]:
    return dict(json.loads(load("swot").model_dump_json()))


STEP = {"step": "write", "title": "Write", "minutes": 5}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"version": 2}, Code.VERSION),
        ({"version": 0}, Code.INVALID),
        ({"version": "1"}, Code.INVALID),
        ({"plenary": "archive"}, Code.INVALID),
        ({"more": 1}, Code.INVALID),
        ({"name": "\u0007bell"}, Code.INVALID),
        ({"name": "x" * (limits.TITLE_CHARS + 1)}, Code.TOO_LONG),
        ({"steps": []}, Code.INVALID),
        ({"steps": [STEP] * (limits.STEPS + 1)}, Code.TOO_LONG),
        ({"steps": [{**STEP, "minutes": 10**9}]}, Code.INVALID),
        ({"steps": [{**STEP, "revealed": True}]}, Code.INVALID),
        ({"steps": [{**STEP, "step": "dance"}]}, Code.INVALID),
        ({"sections": [{"title": "A", "colour": "red; background: url(x)", "icon": "star"}]}, Code.INVALID),
        ({"issues": [{"title": "A", "chosen": True}] * (limits.BOARDS + 1)}, Code.INVALID),
    ],
)
def test_a_wrong_file_is_refused(wrong: dict[str, object], code: Code) -> None:
    """[TMPL4] [LIMIT1] With a code, and the field that is wrong."""
    with pytest.raises(ValidationError) as no:
        Agenda.model_validate_json(json.dumps(plain() | wrong))
    assert explained(b"", no.value).code is code


@pytest.mark.parametrize("text", ["", "null", "[]", "agenda", "{", "{}", '{"records": []}', "[" * 100_000])
def test_what_is_no_agenda(text: str) -> None:
    """[TMPL4]."""
    with pytest.raises(ValidationError) as no:
        Agenda.model_validate_json(text)
    assert explained(b"", no.value).code in {Code.MALFORMED, Code.INVALID}


def test_the_kinds_of_steps_are_those_of_the_protocol() -> None:
    """[TMPL4] Whatever a step can be, an agenda can hold."""
    assert all(StepPlan(step=kind, title="A", minutes=0).step is kind for kind in StepKind)
